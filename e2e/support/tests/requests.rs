//! Signed requests (`libraries/requests`): which keys sign, deadlines, and nonces in any order.

use allive_access::Account;
use allive_calls::{EthereumKey, Keyring};
use allive_requests::{
    Describe, Domain, Nonces, Request, RequestError, Signature, Signer, Text, LONGEST,
};
use ink::primitives::AccountId;
use scale::Encode;

const DOMAIN: Domain = Domain {
    purpose: b"allive/test/v1  ",
    chain: &[7; 32],
    contract: &AccountId([9; 32]),
};
const NOW: u64 = 1_000;

#[derive(Clone, Debug, Encode)]
struct Say(Vec<u8>);

impl Describe for Say {
    fn describe(&self, text: &mut Text) {
        text.words("Test: say ").hex(&self.0);
    }
}

fn request(nonce: u64, deadline: u64) -> Request<Say> {
    Request {
        signer: Keyring::Bob.account().into(),
        action: Say(vec![1]),
        nonce,
        deadline,
    }
}

fn accept(nonces: &mut Nonces, request: &Request<Say>, by: Keyring) -> Result<(), RequestError> {
    let signature = Signature::Sr25519(by.sign(request.message(&DOMAIN).raw()));
    nonces.accept(request, &signature, &DOMAIN, NOW)
}

#[ink::test]
fn each_nonce_is_used_once_in_any_order() {
    let mut nonces = Nonces::default();
    for nonce in [5, 0, 127, 128, u64::MAX, 129, 1, u64::MAX - 127] {
        let request = request(nonce, NOW);
        assert_eq!(accept(&mut nonces, &request, Keyring::Bob), Ok(()));
        for _ in 0..2 {
            let again = accept(&mut nonces, &request, Keyring::Bob);
            assert_eq!(again, Err(RequestError::NonceUsed));
        }
    }
    let bob = Account::from(Keyring::Bob.account());
    assert_eq!(nonces.cell(&bob, 0), 1 | 2 | (1 << 5) | (1 << 127));
    assert_eq!(nonces.cell(&bob, 1), 1 | 2);
    assert_eq!(nonces.cell(&bob, u64::MAX >> 7), 1 | (1 << 127));
    assert_eq!(nonces.cell(&bob, 2), 0);
    let other = Account::from(Keyring::Eve.account());
    assert_eq!(nonces.cell(&other, 0), 0);
}

#[ink::test]
fn a_nonce_that_was_taken_is_accepted_no_more() {
    let mut nonces = Nonces::default();
    let bob = Keyring::Bob.account().into();
    assert_eq!(nonces.take(&bob, 3), Ok(()));
    assert_eq!(nonces.take(&bob, 3), Err(RequestError::NonceUsed));
    let refused = accept(&mut nonces, &request(3, NOW), Keyring::Bob);
    assert_eq!(refused, Err(RequestError::NonceUsed));
}

#[ink::test]
fn a_request_is_good_up_to_its_deadline_which_is_at_most_a_year_ahead() {
    for (nonce, (deadline, right)) in (0..).zip([
        (0, Err(RequestError::Expired)),
        (NOW - 1, Err(RequestError::Expired)),
        (NOW, Ok(())),
        (NOW + LONGEST, Ok(())),
        (NOW + LONGEST + 1, Err(RequestError::DeadlineTooFar)),
        (u64::MAX, Err(RequestError::DeadlineTooFar)),
    ]) {
        let mut nonces = Nonces::default();
        let answer = accept(&mut nonces, &request(nonce, deadline), Keyring::Bob);
        assert_eq!(answer, right, "{deadline}");
    }
}

#[ink::test]
fn a_request_that_its_signer_did_not_sign_leaves_the_nonce() {
    let mut nonces = Nonces::default();
    let request = request(0, NOW);
    let refused = accept(&mut nonces, &request, Keyring::Eve);
    assert_eq!(refused, Err(RequestError::BadSignature));
    assert_eq!(accept(&mut nonces, &request, Keyring::Bob), Ok(()));
}

/// As Olife ID has them: keys that are Ethereum addresses, and others that sign nothing.
#[derive(Clone, Debug, Encode)]
enum Key {
    Account(Account),
    Ethereum([u8; 20]),
    Hashed([u8; 32]),
}

impl Signer for Key {
    fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Account(account) => Some(account),
            _ => None,
        }
    }
    fn address(&self) -> Option<&[u8; 20]> {
        match self {
            Self::Ethereum(address) => Some(address),
            _ => None,
        }
    }
}

#[test]
fn each_key_signs_in_its_own_ways_and_in_no_other() {
    let wallet = EthereumKey::from_seed([7; 32]);
    let bob = Keyring::Bob;
    let padded = {
        let mut bytes = [0; 32];
        bytes[..20].copy_from_slice(&wallet.address());
        Key::Account(AccountId(bytes).into())
    };
    let keys = [
        (Key::Account(bob.account().into()), [true, false, false]),
        (Key::Account(wallet.account().into()), [false, true, true]),
        (Key::Ethereum(wallet.address()), [false, false, true]),
        (Key::Hashed(wallet.account().0), [false; 3]),
        (padded, [false; 3]),
    ];
    for bytes in [9, 500] {
        for (place, (signer, own)) in keys.iter().enumerate() {
            let request = Request {
                signer: signer.clone(),
                action: Say(vec![1; bytes]),
                nonce: 5,
                deadline: 86_400_000,
            };
            let (message, text) = (request.message(&DOMAIN), request.text(&DOMAIN));
            for form in [message.raw(), message.wrapped()] {
                let shown = [
                    Signature::Sr25519(bob.sign(form)),
                    Signature::Ecdsa(wallet.sign(form)),
                    Signature::Eip191(wallet.sign_personal(&text)),
                ];
                let good = shown.map(|signature| request.is_signed(&signature, &DOMAIN));
                assert_eq!(good, *own, "key {place}");
            }
            // One form is not shown as another.
            let mixed = [
                Signature::Eip191(wallet.sign_personal(message.raw())),
                Signature::Eip191(wallet.sign(&text)),
                Signature::Ecdsa(wallet.sign_personal(&text)),
                Signature::Ecdsa(wallet.sign(&text)),
            ];
            for signature in mixed {
                assert!(!request.is_signed(&signature, &DOMAIN), "key {place}");
            }
        }
    }
}
