//! What a contract does with the statement of an institution: check it, and take it once.

use allive_nullifier::{Domain, NullifierError, Nullifiers, Scope, Statement, PURPOSE};
use allive_requests::{Message, Signature, LONGEST};
use ink::primitives::AccountId;
use sp_core::{sr25519::Pair, Pair as _};

const CHAIN: [u8; 32] = [0x11; 32];
const CONTRACT: AccountId = AccountId([0x22; 32]);
const PSEUDONYM: AccountId = AccountId([0x33; 32]);
const EXPIRES: u64 = 1_000;

fn hospital() -> Pair {
    Pair::from_seed(&[1; 32])
}

fn account(pair: &Pair) -> AccountId {
    AccountId(pair.public().0)
}

fn statement() -> Statement {
    Statement {
        domain: Domain::Person,
        scope: Scope {
            institution: 7,
            number: 3,
        },
        nullifier: [5; 32],
        pseudonym: PSEUDONYM,
        expires: EXPIRES,
    }
}

fn signed(statement: &Statement) -> Signature {
    let domain = allive_requests::Domain {
        purpose: &PURPOSE,
        chain: &CHAIN,
        contract: &CONTRACT,
    };
    Signature::Sr25519(hospital().sign(Message::of(&domain, statement).raw()).0)
}

fn check(statement: &Statement, signature: &Signature, now: u64) -> Result<(), NullifierError> {
    statement.check(&account(&hospital()), signature, &CHAIN, &CONTRACT, now)
}

#[ink::test]
fn a_statement_is_valid_until_it_expires() {
    let signature = signed(&statement());
    assert_eq!(check(&statement(), &signature, EXPIRES - 1), Ok(()));
    let late = check(&statement(), &signature, EXPIRES);
    assert_eq!(late, Err(NullifierError::Expired));
}

#[ink::test]
fn a_statement_is_valid_for_a_year_at_most() {
    let expires = |expires| Statement {
        expires,
        ..statement()
    };
    for (statement, expected) in [
        (expires(5 + LONGEST), Ok(())),
        (expires(6 + LONGEST), Err(NullifierError::ExpiresTooFar)),
        (expires(u64::MAX), Err(NullifierError::ExpiresTooFar)),
    ] {
        assert_eq!(check(&statement, &signed(&statement), 5), expected);
    }
}

/// The key of 32 zero bytes is the neutral point: this signature of it is valid for everything.
#[ink::test]
fn nobody_signs_a_statement() {
    let mut constant = [0; 64];
    constant[63] = 0x80;
    let nobody = AccountId([0; 32]);
    let signature = Signature::Sr25519(constant);
    let refused = statement().check(&nobody, &signature, &CHAIN, &CONTRACT, 0);
    assert_eq!(refused, Err(NullifierError::BadSignature));
}

#[ink::test]
fn a_statement_of_which_anything_was_altered_is_refused() {
    let signature = signed(&statement());
    let altered: [fn(&mut Statement); 6] = [
        |it| it.domain = Domain::Encounter,
        |it| it.scope.institution = 8,
        |it| it.scope.number = 4,
        |it| it.nullifier = [6; 32],
        |it| it.pseudonym = AccountId([0x34; 32]),
        |it| it.expires += 1,
    ];
    for alter in altered {
        let mut altered = statement();
        alter(&mut altered);
        let refused = check(&altered, &signature, 0);
        assert_eq!(refused, Err(NullifierError::BadSignature));
    }
}

#[ink::test]
fn a_statement_for_another_chain_or_contract_or_by_another_signer_is_refused() {
    let (statement, signature) = (statement(), signed(&statement()));
    let (signer, other) = (account(&hospital()), account(&Pair::from_seed(&[2; 32])));
    let checks = [
        statement.check(&signer, &signature, &[0x12; 32], &CONTRACT, 0),
        statement.check(&signer, &signature, &CHAIN, &PSEUDONYM, 0),
        statement.check(&other, &signature, &CHAIN, &CONTRACT, 0),
    ];
    assert_eq!(checks, [Err(NullifierError::BadSignature); 3]);
}

#[ink::test]
fn a_nullifier_is_spent_once_whoever_brings_it() {
    let mut spent = Nullifiers::default();
    let first = statement();
    assert!(!spent.is_spent(first.domain, first.scope, &first.nullifier));
    assert_eq!(spent.spend(&first), Ok(()));
    assert!(spent.is_spent(first.domain, first.scope, &first.nullifier));
    let mut again = statement();
    again.pseudonym = AccountId([0x34; 32]);
    again.expires = u64::MAX;
    assert_eq!(spent.spend(&again), Err(NullifierError::AlreadyUsed));
}

#[ink::test]
fn an_institution_that_signs_the_nullifier_of_another_keeps_nobody_out() {
    let mut spent = Nullifiers::default();
    let mut rival = statement();
    rival.scope.institution = 8;
    assert_eq!(spent.spend(&rival), Ok(()));
    assert_eq!(spent.spend(&statement()), Ok(()));
}

#[ink::test]
fn a_nullifier_of_one_group_or_domain_is_not_spent_in_another() {
    let mut spent = Nullifiers::default();
    assert_eq!(spent.spend(&statement()), Ok(()));
    let mut group = statement();
    group.scope.number = 4;
    assert_eq!(spent.spend(&group), Ok(()));
    let mut encounter = statement();
    encounter.domain = Domain::Encounter;
    assert_eq!(spent.spend(&encounter), Ok(()));
}
