//! A pause at once, by fewer members.

use crate::world::*;
use allive_access::{AccessControl, Pausable, PauseTerms};
use allive_calls::at;
use allive_simulator::START;
use alv::{Alv, AlvRef};
use council::*;
use ink::primitives::AccountId;

const PAUSE: u64 = 30;

/// ALV that the council may pause.
fn with_alv() -> (World, AccountId) {
    let mut world = World::new();
    let terms = PauseTerms {
        duration: PAUSE,
        cooldown: PAUSE,
    };
    let alv = world.create(MEMBERS[0], "alv", AlvRef::new(1, 1, terms, GENESIS));
    let alv = alv.unwrap().address;
    let role = ink::selector_id!("PAUSER");
    let grant = at::<Alv>(alv).grant_role(role, world.council.into());
    world.done(MEMBERS[0], grant);
    (world, alv)
}

fn is_paused(world: &mut World, alv: AccountId) -> bool {
    world.get(at::<Alv>(alv).paused())
}

#[test]
fn enough_members_pause_at_once_and_it_ends_by_itself() {
    let (mut world, alv) = with_alv();
    let answer = world.send(MEMBERS[3], world.pause(alv));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(false)), 1));
    let called = |member: AccountId| EmergencyCalled {
        target: alv.into(),
        member: member.into(),
    };
    world.assert_emitted(&answer, called(MEMBERS[3]));
    assert!(!is_paused(&mut world, alv), "one is too few");
    let state = Emergency {
        members: 0b1000,
        era: 0,
        open_until: START + EMERGENCY.window,
        cooled: 0,
    };
    let query = world.contract().emergency(alv.into());
    assert_eq!(world.get(query), state);

    let answer = world.send(MEMBERS[0], world.pause(alv));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(true)), 2));
    world.assert_emitted(&answer, called(MEMBERS[0]));
    let cooled = START + EMERGENCY.cooldown;
    let paused = EmergencyPaused {
        target: alv.into(),
        cooled,
    };
    world.assert_emitted(&answer, paused);
    assert!(is_paused(&mut world, alv));
    let query = world.contract().emergency(alv.into());
    assert_eq!(world.get(query).cooled, cooled);
    world.at(START + PAUSE - 1);
    assert!(is_paused(&mut world, alv));
    world.at(START + PAUSE);
    assert!(!is_paused(&mut world, alv));
}

#[test]
fn nobody_but_members_ask_and_each_counts_once() {
    let (mut world, alv) = with_alv();
    let refused = world.refused(STRANGER, world.pause(alv));
    assert_eq!(refused, CouncilError::NotMember);
    world.done(MEMBERS[0], world.pause(alv));
    let refused = world.refused(MEMBERS[0], world.pause(alv));
    assert_eq!(refused, CouncilError::SaidAlready);
    assert!(!is_paused(&mut world, alv));
}

#[test]
fn the_next_pause_of_a_contract_comes_when_the_cooldown_is_over() {
    let (mut world, alv) = with_alv();
    for member in [0, 1] {
        world.done(MEMBERS[member], world.pause(alv));
    }
    world.at(START + EMERGENCY.cooldown - 1);
    let refused = world.refused(MEMBERS[2], world.pause(alv));
    assert_eq!(refused, CouncilError::CoolingDown);
    world.at(START + EMERGENCY.cooldown);
    assert!(!world.done(MEMBERS[2], world.pause(alv)));
    assert!(world.done(MEMBERS[1], world.pause(alv)));
    assert!(is_paused(&mut world, alv));
}

#[test]
fn the_cooldown_of_one_contract_is_not_that_of_another() {
    let (mut world, alv) = with_alv();
    for member in [0, 1] {
        world.done(MEMBERS[member], world.pause(alv));
    }
    let other = world.target;
    assert!(!world.done(MEMBERS[0], world.pause(other)));
}

#[test]
fn members_must_ask_within_the_window() {
    for (moment, right) in [(EMERGENCY.window - 1, true), (EMERGENCY.window, false)] {
        let (mut world, alv) = with_alv();
        world.done(MEMBERS[0], world.pause(alv));
        world.at(START + moment);
        assert_eq!(world.done(MEMBERS[1], world.pause(alv)), right);
    }
}

#[test]
fn who_is_no_member_any_more_does_not_count() {
    let (mut world, alv) = with_alv();
    let mut terms = terms_of_six();
    terms.emergency.window = YEAR;
    carry_out(&mut world, amend_to(&[], &[], terms));
    world.done(MEMBERS[4], world.pause(alv));
    carry_out(&mut world, amend_to(&[MEMBERS[4]], &[], terms));
    assert!(!world.done(MEMBERS[0], world.pause(alv)));
    assert!(world.done(MEMBERS[1], world.pause(alv)));
}

#[test]
fn a_pause_that_the_contract_refuses_was_not_asked_for_and_begins_no_cooldown() {
    let mut world = World::new();
    let target = world.target;
    world.done(MEMBERS[0], world.pause(target));
    let failed = CouncilError::CallFailed {
        index: 0,
        failure: Failure::Refused,
    };
    for member in [1, 2] {
        let refused = world.refused(MEMBERS[member], world.pause(target));
        assert_eq!(refused, failed);
    }
    let own = world.council;
    let refused = world.refused(MEMBERS[0], world.pause(own));
    assert_eq!(refused, CouncilError::CallsItself);
}
