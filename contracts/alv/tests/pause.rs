//! A pause of transfers that ends by itself.

use crate::world::*;
use ::psp22::{PSP22Error, PSP22};
use allive_access::{AccessControl, AccessError, Pausable, PauseChanged, PauseTerms};
use allive_calls::{at, psp22, Chain, Receipt};
use allive_simulator::START;
use alv::{Alv, AlvError, PAUSER, VAULT};
use ink::env::Event as _;
use scale::Encode;

const HOUR: u64 = 3_600_000;

type Answer = Receipt<Result<(), AccessError>>;

#[track_caller]
fn said(receipt: &Answer, until: u64) {
    assert_eq!(receipt.events.len(), 1);
    let signature = PauseChanged::SIGNATURE_TOPIC.unwrap();
    assert_eq!(receipt.events[0].topics, [signature]);
    assert_eq!(receipt.events[0].data, until.encode());
}

#[test]
fn terms_of_a_pause_outside_their_bounds_are_refused() {
    let of = |duration, cooldown| with(1, 1, PauseTerms { duration, cooldown }).err();
    let unsound = Some(AlvError::Access(AccessError::UnsoundPauseTerms));
    let longest = 72 * HOUR;
    assert_eq!(of(0, 0), unsound);
    assert_eq!(of(0, HOUR), unsound);
    assert_eq!(of(longest + 1, longest + 1), unsound);
    assert_eq!(of(u64::MAX, u64::MAX), unsound);
    assert_eq!(of(HOUR, HOUR - 1), unsound);
    assert_eq!(of(HOUR, 0), unsound);
    assert_eq!(of(1, 1), None);
    assert_eq!(of(longest, longest), None);
    assert_eq!(of(HOUR, u64::MAX), None);
}

#[test]
fn a_pauser_pauses_for_the_time_that_the_terms_say() {
    let mut world = World::new();
    assert!(!world.get(world.contract().paused()));
    assert_eq!(world.get(world.contract().paused_until()), 0);
    world.at(START + 10);
    let receipt = world.receipt(GUARD, world.contract().pause());
    let until = START + 10 + DURATION;
    said(&receipt, until);
    assert!(world.get(world.contract().paused()));
    assert_eq!(world.get(world.contract().paused_until()), until);
}

#[test]
fn nobody_but_a_pauser_begins_or_ends_a_pause_not_even_the_owner() {
    let mut world = World::new();
    for other in [OWNER, HOLDER, ISSUER, STRANGER] {
        assert_eq!(
            world.refused(other, world.contract().pause()),
            AccessError::MissingRole
        );
    }
    world.done(GUARD, world.contract().pause());
    for other in [OWNER, HOLDER, ISSUER, STRANGER] {
        assert_eq!(
            world.refused(other, world.contract().unpause()),
            AccessError::MissingRole
        );
    }
    assert!(world.get(world.contract().paused()));
}

#[test]
fn the_role_is_looked_at_before_the_clock() {
    let mut world = World::new();
    let refusal = Ok(Err(AccessError::MissingRole));
    assert_eq!(
        world.send(STRANGER, world.contract().unpause()).value,
        refusal,
        "nothing is paused"
    );
    world.done(GUARD, world.contract().pause());
    // Too soon for a pauser, and over for a pauser.
    for moment in [0, DURATION, DURATION + COOLDOWN - 1] {
        world.at(START + moment);
        assert_eq!(
            world.send(STRANGER, world.contract().pause()).value,
            refusal,
            "at {moment}"
        );
        assert_eq!(
            world.send(STRANGER, world.contract().unpause()).value,
            refusal,
            "at {moment}"
        );
    }
}

#[test]
fn holders_cannot_pay_until_the_moment_at_which_the_pause_ends_by_itself() {
    let mut world = World::new();
    world.done(HOLDER, world.approve(OTHER, 100));
    for powerful in [GUARD, ISSUER] {
        world.done(HOLDER, world.transfer(powerful, 1));
    }
    world.done(GUARD, world.contract().pause());
    for moment in [0, DURATION - 1] {
        world.at(START + moment);
        assert!(world.get(world.contract().paused()));
        assert_eq!(
            world.refused(HOLDER, world.transfer(OTHER, 1)),
            custom("Paused")
        );
        assert_eq!(
            world.refused(OTHER, world.transfer_from(HOLDER, STRANGER, 1)),
            custom("Paused")
        );
        assert_eq!(
            world.refused(HOLDER, world.transfer_from(HOLDER, STRANGER, 1)),
            custom("Paused")
        );
        // The owner, the pauser and the minter are holders like any other.
        for powerful in [OWNER, GUARD, ISSUER] {
            assert_eq!(
                world.refused(powerful, world.transfer(OTHER, 1)),
                custom("Paused")
            );
        }
    }
    world.at(START + DURATION);
    assert!(!world.get(world.contract().paused()));
    assert_eq!(world.get(world.contract().paused_until()), START + DURATION);
    world.done(HOLDER, world.transfer(OTHER, 1));
    world.done(OTHER, world.transfer_from(HOLDER, STRANGER, 1));
}

#[test]
fn the_allowance_is_looked_at_before_the_pause_and_the_pause_before_the_balance() {
    let mut world = World::new();
    world.done(HOLDER, world.approve(OTHER, WEALTH + 1));
    world.done(GUARD, world.contract().pause());
    let refused = world.refused(OTHER, world.transfer_from(HOLDER, STRANGER, WEALTH + 2));
    assert_eq!(refused, PSP22Error::InsufficientAllowance);
    let refused = world.refused(OTHER, world.transfer_from(HOLDER, STRANGER, WEALTH + 1));
    assert_eq!(refused, custom("Paused"));
    // What moves nothing is not stopped.
    world.done(HOLDER, world.transfer(OTHER, 0));
    world.done(HOLDER, world.transfer(HOLDER, 1));
}

#[test]
fn allowances_can_be_changed_during_a_pause_and_leave_it_running() {
    let mut world = World::new();
    world.done(GUARD, world.contract().pause());
    world.done(HOLDER, world.approve(OTHER, 9));
    let more = psp22(world.alv).increase_allowance(OTHER.id(), 4);
    let less = psp22(world.alv).decrease_allowance(OTHER.id(), 3);
    world.done(HOLDER, more);
    world.done(HOLDER, less);
    assert_eq!(world.get(world.allowance(HOLDER, OTHER)), 10);
    assert!(
        world.get(world.contract().paused()),
        "no message of PSP22 writes the root cell"
    );
    assert_eq!(world.get(world.contract().paused_until()), START + DURATION);
}

#[test]
fn the_next_pause_must_wait_for_the_cooldown_after_the_last() {
    let mut world = World::new();
    world.done(GUARD, world.contract().pause());
    for moment in [0, DURATION - 1, DURATION, DURATION + COOLDOWN - 1] {
        world.at(START + moment);
        assert_eq!(
            world.refused(GUARD, world.contract().pause()),
            AccessError::PauseTooSoon
        );
    }
    world.at(START + DURATION + COOLDOWN);
    world.done(GUARD, world.contract().pause());
    assert_eq!(
        world.get(world.contract().paused_until()),
        START + 2 * DURATION + COOLDOWN
    );
}

#[test]
fn another_pauser_cannot_repeat_a_pause_sooner() {
    let mut world = World::new();
    world.grant(PAUSER, STRANGER);
    world.done(GUARD, world.contract().pause());
    world.at(START + DURATION + COOLDOWN - 1);
    assert_eq!(
        world.refused(STRANGER, world.contract().pause()),
        AccessError::PauseTooSoon
    );
}

#[test]
fn a_pause_ended_early_is_over_at_once_and_the_cooldown_begins_there() {
    let mut world = World::new();
    world.done(GUARD, world.contract().pause());
    world.at(START + 100);
    let receipt = world.receipt(GUARD, world.contract().unpause());
    let until = START + 100;
    said(&receipt, until);
    assert!(!world.get(world.contract().paused()));
    assert_eq!(world.get(world.contract().paused_until()), until);
    world.done(HOLDER, world.transfer(OTHER, 1));
    world.at(START + 100 + COOLDOWN - 1);
    assert_eq!(
        world.refused(GUARD, world.contract().pause()),
        AccessError::PauseTooSoon
    );
    world.at(START + 100 + COOLDOWN);
    world.done(GUARD, world.contract().pause());
}

#[test]
fn only_a_running_pause_can_be_ended() {
    let mut world = World::new();
    assert_eq!(
        world.refused(GUARD, world.contract().unpause()),
        AccessError::NotPaused
    );
    world.done(GUARD, world.contract().pause());
    world.at(START + DURATION);
    assert_eq!(
        world.refused(GUARD, world.contract().unpause()),
        AccessError::NotPaused
    );
}

#[test]
fn a_vault_pays_out_during_a_pause_and_so_does_whom_it_allowed() {
    let mut world = World::new();
    world.grant(VAULT, OTHER);
    world.done(HOLDER, world.transfer(OTHER, 100));
    world.done(OTHER, world.approve(STRANGER, 10));
    world.done(HOLDER, world.approve(OTHER, 10));
    world.done(GUARD, world.contract().pause());
    let receipt = world.receipt(OTHER, world.transfer(STRANGER, 40));
    assert_eq!(receipt.events, [world.transferred(OTHER, STRANGER, 40)]);
    world.done(STRANGER, world.transfer_from(OTHER, STRANGER, 10));
    assert_eq!(world.holds(STRANGER), 50);
    // Nothing is paid in: not by the vault that was allowed to, and not to the vault.
    assert_eq!(
        world.refused(OTHER, world.transfer_from(HOLDER, OTHER, 1)),
        custom("Paused")
    );
    assert_eq!(
        world.refused(HOLDER, world.transfer(OTHER, 1)),
        custom("Paused")
    );
    assert_eq!(
        world.refused(STRANGER, world.transfer(OTHER, 1)),
        custom("Paused")
    );
}

#[test]
fn a_vault_named_during_a_pause_pays_out_at_once_and_one_that_resigned_does_not() {
    let mut world = World::new();
    world.done(GUARD, world.contract().pause());
    world.grant(VAULT, HOLDER);
    world.done(HOLDER, world.transfer(OTHER, 1));
    let resign = at::<Alv>(world.alv).renounce_role(VAULT);
    world.done(HOLDER, resign);
    assert_eq!(
        world.refused(HOLDER, world.transfer(OTHER, 1)),
        custom("Paused")
    );
}

#[test]
fn a_pauser_who_lost_the_role_cannot_stretch_the_pause_which_still_ends() {
    let mut world = World::new();
    world.done(GUARD, world.contract().pause());
    let revoke = at::<Alv>(world.alv).revoke_role(PAUSER, GUARD.id().into());
    world.done(OWNER, revoke);
    assert_eq!(
        world.refused(GUARD, world.contract().unpause()),
        AccessError::MissingRole
    );
    world.at(START + DURATION);
    world.done(HOLDER, world.transfer(OTHER, 1));
    world.at(START + DURATION + COOLDOWN);
    assert_eq!(
        world.refused(GUARD, world.contract().pause()),
        AccessError::MissingRole
    );
    assert_eq!(world.chain.now(), START + DURATION + COOLDOWN);
}

#[test]
fn the_first_pause_need_not_wait_and_a_cooldown_without_end_allows_no_second() {
    let once = PauseTerms {
        duration: 1,
        cooldown: u64::MAX,
    };
    let mut world = with(SUPPLY, CAP, once).unwrap();
    world.grant(PAUSER, GUARD);
    world.done(GUARD, world.contract().pause());
    world.at(START + 1_000 * HOUR);
    let refused = world.refused(GUARD, world.contract().pause());
    assert_eq!(refused, AccessError::PauseTooSoon);
}
