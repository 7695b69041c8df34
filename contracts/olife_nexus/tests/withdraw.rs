//! Withdrawing a credit.

use crate::world::*;
use allive_access::AccessControl;
use allive_calls::at;
use allive_psp22_interface::TokenError;
use alv::Alv;
use ink::primitives::AccountId;
use olife_nexus::*;

/// The patient has earned twenty.
fn earned() -> World {
    let (mut world, grant) = bought(3);
    for _ in 0..2 {
        world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
    }
    world
}

#[test]
fn a_patient_is_paid_all_that_she_earned() {
    let mut world = earned();
    let answer = world.send(PATIENT, world.contract().withdraw(PATIENT.into()));
    assert_eq!(answer.value, Ok(Ok(20)));
    assert_eq!(answer.frames, 2);
    let event = CreditWithdrawn {
        account: PATIENT,
        to: PATIENT,
        amount: 20,
    };
    assert_eq!(world.events(&answer), [(event, vec![])]);
    let paid = answer.events_of::<psp22::Transfer>();
    assert_eq!(paid.len(), 1);
    assert_eq!(
        (paid[0].from, paid[0].to, paid[0].value),
        (Some(world.nexus), Some(PATIENT), 20)
    );
    assert_eq!(
        balances_of(&mut world),
        [SUPPLY - WEALTH, 20, WEALTH - 30, 0, 10]
    );
    assert_eq!(
        stored_state(&mut world).owed,
        10,
        "one use is bought and not made"
    );
    assert_eq!(world.get(world.contract().credit_of(PATIENT)), 0);
}

#[test]
fn a_grantee_is_paid_what_was_refunded() {
    let (mut world, grant) = bought(3);
    world.done(PATIENT, world.contract().revoke(grant));
    assert_eq!(
        world.done(GRANTEE, world.contract().withdraw(GRANTEE.into())),
        30
    );
    assert_eq!(balances_of(&mut world), [SUPPLY - WEALTH, 0, WEALTH, 0, 0]);
    assert_eq!(stored_state(&mut world).owed, 0);
}

/// What was pushed out to a key that somebody lost would be lost.
#[test]
fn nobody_has_the_credit_of_another_paid_out() {
    let mut world = earned();
    let before = balances_of(&mut world);
    for caller in [ADMIN, GRANTEE, STRANGER] {
        let refused = world.refused(caller, world.contract().withdraw(caller.into()));
        assert_eq!(refused, NexusError::NothingOwed, "{caller:?}");
    }
    assert_eq!(balances_of(&mut world), before);
    assert_eq!(world.get(world.contract().credit_of(PATIENT)), 20);
}

#[test]
fn a_credit_is_paid_to_whom_its_owner_names_and_not_to_nobody() {
    let mut world = earned();
    let nobody = AccountId::from([0; 32]);
    let refused = world.refused(PATIENT, world.contract().withdraw(nobody.into()));
    assert_eq!(refused, NexusError::ZeroAccount);
    let answer = world.send(PATIENT, world.contract().withdraw(STRANGER.into()));
    assert_eq!(answer.value, Ok(Ok(20)));
    let event = CreditWithdrawn {
        account: PATIENT,
        to: STRANGER,
        amount: 20,
    };
    assert_eq!(world.events(&answer), [(event, vec![])]);
    assert_eq!([PATIENT, STRANGER].map(|who| world.holds(who)), [0, 20]);
    assert_eq!(stored_state(&mut world).owed, 10);
}

#[test]
fn a_credit_is_paid_once() {
    let mut world = earned();
    world.done(PATIENT, world.contract().withdraw(PATIENT.into()));
    let again = world.refused(PATIENT, world.contract().withdraw(PATIENT.into()));
    assert_eq!(again, NexusError::NothingOwed);
}

#[test]
fn an_emptied_credit_keeps_its_cell_so_that_nobody_earns_its_deposit() {
    let mut world = earned();
    let stored = world.chain.cells(world.nexus).len();
    world.done(PATIENT, world.contract().withdraw(PATIENT.into()));
    let emptied = stored_state(&mut world).credits.remove(&PATIENT);
    assert_eq!(emptied, Some(Credit::default()));
    assert_eq!(world.chain.cells(world.nexus).len(), stored);
}

#[test]
fn a_second_credit_is_paid_as_the_first() {
    let mut world = earned();
    world.done(PATIENT, world.contract().withdraw(PATIENT.into()));
    world.done(GRANTEE, world.contract().use_record(0, REQUEST));
    assert_eq!(
        world.done(PATIENT, world.contract().withdraw(PATIENT.into())),
        10
    );
    assert_eq!(
        balances_of(&mut world),
        [SUPPLY - WEALTH, 30, WEALTH - 30, 0, 0]
    );
}

#[test]
fn a_credit_does_not_expire() {
    let mut world = earned();
    world.at(END + 10 * LONGEST);
    assert_eq!(
        world.done(PATIENT, world.contract().withdraw(PATIENT.into())),
        20
    );
}

#[test]
fn a_registered_vault_pays_while_alv_is_paused() {
    let mut world = earned();
    world.pause_alv();
    assert_eq!(
        world.done(PATIENT, world.contract().withdraw(PATIENT.into())),
        20
    );
    assert_eq!(world.holds(PATIENT), 20);
}

#[test]
fn a_nexus_that_is_no_vault_pays_when_the_pause_is_over() {
    let mut world = World::new();
    let constructor =
        OlifeNexusRef::new(world.alv, world.identities.into(), LONGEST, NOTICE, GENESIS);
    let created = world.create(ADMIN, "olife_nexus", constructor);
    world.nexus = created.unwrap().address;
    let nexus = world.nexus;
    assert!(!world.tell(ADMIN, at::<Alv>(world.alv).has_role(VAULT, nexus.into())));
    world.allow(GRANTEE, nexus, WEALTH);
    let grant = open(&mut world, PATIENT, terms());
    world.done(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE));
    world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
    world.pause_alv();
    let refused = NexusError::Token(TokenError::Refused);
    assert_eq!(
        world.refused(PATIENT, world.contract().withdraw(PATIENT.into())),
        refused
    );
    assert_eq!(world.get(world.contract().credit_of(PATIENT)), 10);
    world.advance(PAUSE);
    assert_eq!(
        world.done(PATIENT, world.contract().withdraw(PATIENT.into())),
        10
    );
}

#[test]
fn money_given_to_the_nexus_is_owed_to_nobody() {
    let mut world = earned();
    let stored = stored_state(&mut world);
    world.give(world.nexus, 500);
    assert_eq!(stored_state(&mut world), stored);
    assert_eq!(
        world.refused(ADMIN, world.contract().withdraw(ADMIN.into())),
        NexusError::NothingOwed
    );
    assert_eq!(
        world.done(PATIENT, world.contract().withdraw(PATIENT.into())),
        20
    );
    assert_eq!(world.holds(world.nexus), 510);
}
