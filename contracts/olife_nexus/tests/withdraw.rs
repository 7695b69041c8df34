//! Withdrawing a credit.

use crate::world::*;
use allive_access::AccessControl;
use allive_calls::{at, psp22, Chain};
use allive_psp22_interface::TokenError;
use alv::Alv;
use olife_nexus::*;
use psp22::PSP22;

/// The patient has earned twenty.
fn earned() -> World {
    let (mut world, grant) = World::bought(3);
    for _ in 0..2 {
        world.use_record(GRANTEE, grant).value.unwrap().unwrap();
    }
    world
}

#[test]
fn a_patient_is_paid_all_that_she_earned() {
    let mut world = earned();
    let answer = world.withdraw(PATIENT);
    assert_eq!(answer.value, Ok(Ok(20)));
    assert_eq!(answer.frames, 2);
    let event = CreditWithdrawn {
        account: PATIENT.account(),
        amount: 20,
    };
    assert_eq!(world.said(&answer), [(event, vec![])]);
    let paid = answer.events_of::<psp22::Transfer>();
    assert_eq!(paid.len(), 1);
    assert_eq!(
        (paid[0].from, paid[0].to, paid[0].value),
        (Some(world.nexus), Some(PATIENT.account()), 20)
    );
    assert_eq!(world.balances(), [SUPPLY - WEALTH, 20, WEALTH - 30, 0, 10]);
    assert_eq!(world.books().owed, 10, "one use is bought and not made");
    assert_eq!(world.credit(PATIENT), 0);
}

#[test]
fn a_grantee_is_paid_what_was_refunded() {
    let (mut world, grant) = World::bought(3);
    world.revoke(PATIENT, grant).value.unwrap().unwrap();
    assert_eq!(world.withdraw(GRANTEE).value, Ok(Ok(30)));
    assert_eq!(world.balances(), [SUPPLY - WEALTH, 0, WEALTH, 0, 0]);
    assert_eq!(world.books().owed, 0);
}

/// What was pushed out to a key that somebody lost would be lost.
#[test]
fn nobody_has_the_credit_of_another_paid_out() {
    let mut world = earned();
    let before = world.balances();
    for caller in [ADMIN, GRANTEE, STRANGER] {
        let refused = world.withdraw(caller);
        assert_eq!(
            refused.value,
            Ok(Err(NexusError::NothingOwed)),
            "{caller:?}"
        );
    }
    assert_eq!(world.balances(), before);
    assert_eq!(world.credit(PATIENT), 20);
}

#[test]
fn a_credit_is_paid_once() {
    let mut world = earned();
    world.withdraw(PATIENT).value.unwrap().unwrap();
    let again = world.withdraw(PATIENT);
    assert_eq!(again.value, Ok(Err(NexusError::NothingOwed)));
}

#[test]
fn an_emptied_credit_keeps_its_cell_so_that_nobody_earns_its_deposit() {
    let mut world = earned();
    let stored = world.chain.cells(world.nexus).len();
    world.withdraw(PATIENT).value.unwrap().unwrap();
    let emptied = world.books().credits.remove(&PATIENT.account());
    assert_eq!(emptied, Some(Credit::default()));
    assert_eq!(world.chain.cells(world.nexus).len(), stored);
}

#[test]
fn a_second_credit_is_paid_as_the_first() {
    let mut world = earned();
    world.withdraw(PATIENT).value.unwrap().unwrap();
    world.use_record(GRANTEE, 0).value.unwrap().unwrap();
    assert_eq!(world.withdraw(PATIENT).value, Ok(Ok(10)));
    assert_eq!(world.balances(), [SUPPLY - WEALTH, 30, WEALTH - 30, 0, 0]);
}

#[test]
fn a_credit_does_not_expire() {
    let mut world = earned();
    world.at(END + 10 * LONGEST);
    assert_eq!(world.withdraw(PATIENT).value, Ok(Ok(20)));
}

#[test]
fn a_registered_vault_pays_while_alv_is_paused() {
    let mut world = earned();
    world.pause();
    assert_eq!(world.withdraw(PATIENT).value, Ok(Ok(20)));
    assert_eq!(world.holds(PATIENT.account()), 20);
}

#[test]
fn a_nexus_that_is_no_vault_pays_when_the_pause_is_over() {
    let mut world = World::new();
    let constructor = OlifeNexusRef::new(world.token, world.identities.into(), LONGEST, NOTICE);
    world.nexus = {
        use allive_calls::Typed;
        let code = code("olife_nexus");
        world
            .chain
            .create(ADMIN.account(), &code, constructor, b"2")
            .unwrap()
            .unwrap()
            .address
    };
    let nexus = world.nexus;
    assert!(!world.tell(ADMIN, at::<Alv>(world.token).has_role(VAULT, nexus.into())));
    world
        .tell(GRANTEE, psp22(world.token).approve(nexus, WEALTH))
        .unwrap();
    let grant = world.open(PATIENT, terms());
    world.buy(GRANTEE, grant, 1).value.unwrap().unwrap();
    world.use_record(GRANTEE, grant).value.unwrap().unwrap();
    world.pause();
    let refused = NexusError::Token(TokenError::Refused);
    assert_eq!(world.withdraw(PATIENT).value, Ok(Err(refused)));
    assert_eq!(world.credit(PATIENT), 10);
    world.chain.advance(PAUSE);
    assert_eq!(world.withdraw(PATIENT).value, Ok(Ok(10)));
}

#[test]
fn money_given_to_the_nexus_is_owed_to_nobody() {
    let mut world = earned();
    let (books, counts) = (world.books(), world.counts());
    world
        .tell(ADMIN, psp22(world.token).transfer(world.nexus, 500, vec![]))
        .unwrap();
    assert_eq!(world.books(), books);
    assert_eq!(world.counts(), counts);
    assert_eq!(
        world.withdraw(ADMIN).value,
        Ok(Err(NexusError::NothingOwed))
    );
    assert_eq!(world.withdraw(PATIENT).value, Ok(Ok(20)));
    assert_eq!(world.holds(world.nexus), 510);
}
