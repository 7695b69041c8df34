//! What an institution makes: the same number for the same subject, another for any other.

use allive_nullifier::{Domain, Nullifier, Scope, SecretKey};
use ink::primitives::AccountId;
use proptest::prelude::*;

const CHAIN: [u8; 32] = [0x11; 32];
const CONTRACT: AccountId = AccountId([0x22; 32]);
const SCOPE: Scope = Scope {
    institution: 7,
    number: 3,
};
const SUBJECT: &[u8] = b"MRN 0042";

fn key() -> SecretKey {
    SecretKey::new(core::array::from_fn(|place| place as u8))
}

fn nullifier(domain: Domain) -> Nullifier {
    key().nullifier(domain, &CHAIN, &CONTRACT, SCOPE, SUBJECT)
}

/// The expected values come from Python's `hmac` and `hashlib`.
#[test]
fn a_nullifier_is_the_hmac_that_the_specification_says() {
    let expected = [
        (
            Domain::Encounter,
            "9755177ecb52171e0a336f80acdcba079a91cdb77f106c9e97f96d6c899fe907",
        ),
        (
            Domain::Person,
            "ff20a20282985308c80d71e2b2c3a09354995ccbfe314288e7cee43212428391",
        ),
    ];
    for (domain, expected) in expected {
        assert_eq!(hex::encode(nullifier(domain)), expected);
    }
}

#[test]
fn another_key_chain_contract_institution_number_or_subject_has_another_nullifier() {
    let domain = Domain::Person;
    let other_scope = |institution, number| Scope {
        institution,
        number,
    };
    let others = [
        SecretKey::new([9; 32]).nullifier(domain, &CHAIN, &CONTRACT, SCOPE, SUBJECT),
        key().nullifier(domain, &[0x12; 32], &CONTRACT, SCOPE, SUBJECT),
        key().nullifier(domain, &CHAIN, &AccountId([0x23; 32]), SCOPE, SUBJECT),
        key().nullifier(domain, &CHAIN, &CONTRACT, other_scope(8, 3), SUBJECT),
        key().nullifier(domain, &CHAIN, &CONTRACT, other_scope(7, 4), SUBJECT),
        key().nullifier(domain, &CHAIN, &CONTRACT, SCOPE, b"MRN 0043"),
        nullifier(Domain::Encounter),
    ];
    for (place, other) in others.iter().enumerate() {
        assert_ne!(*other, nullifier(domain));
        assert!(!others[..place].contains(other));
    }
}

proptest! {
    #[test]
    fn nobody_has_the_nullifier_of_another(
        a in proptest::collection::vec(any::<u8>(), 0..40),
        b in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        let of = |subject: &[u8]| key().nullifier(Domain::Person, &CHAIN, &CONTRACT, SCOPE, subject);
        prop_assert_eq!(a == b, of(&a) == of(&b));
    }
}
