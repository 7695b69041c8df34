//! A pause of transfers that ends by itself.

use crate::world::*;
use ::psp22::{PSP22Error, PSP22};
use allive_access::{AccessControl, AccessError, Pausable, PauseChanged, PauseTerms};
use allive_calls::{at, psp22, Chain, Receipt, Typed};
use allive_simulator::{EmbeddedChain, START};
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

impl World {
    fn try_pause(&mut self, by: impl Party) -> Answer {
        let message = at::<Alv>(self.alv).pause();
        self.act(by, message)
    }

    fn unpause(&mut self, by: impl Party) -> Answer {
        let message = at::<Alv>(self.alv).unpause();
        self.act(by, message)
    }

    fn until(&mut self) -> u64 {
        self.chain.get(at::<Alv>(self.alv).paused_until())
    }
}

#[test]
fn terms_of_a_pause_outside_their_bounds_are_refused() {
    let mut chain = EmbeddedChain::new();
    let mut with = |duration, cooldown, salt: &[u8]| {
        let terms = PauseTerms { duration, cooldown };
        create(&mut chain, 1, 1, terms, salt).map(drop)
    };
    let unsound = Err(AlvError::Access(AccessError::UnsoundPauseTerms));
    let longest = 72 * HOUR;
    assert_eq!(with(0, 0, b""), unsound);
    assert_eq!(with(0, HOUR, b""), unsound);
    assert_eq!(with(longest + 1, longest + 1, b""), unsound);
    assert_eq!(with(u64::MAX, u64::MAX, b""), unsound);
    assert_eq!(with(HOUR, HOUR - 1, b""), unsound);
    assert_eq!(with(HOUR, 0, b""), unsound);
    assert_eq!(with(1, 1, b"shortest"), Ok(()));
    assert_eq!(with(longest, longest, b"longest"), Ok(()));
    assert_eq!(with(HOUR, u64::MAX, b"once"), Ok(()));
}

#[test]
fn a_pauser_pauses_for_the_time_that_the_terms_say() {
    let mut world = World::new();
    assert!(!world.paused());
    assert_eq!(world.until(), 0);
    world.at(10);
    let receipt = world.try_pause(GUARD).succeeded();
    let until = START + 10 + DURATION;
    said(&receipt, until);
    assert!(world.paused());
    assert_eq!(world.until(), until);
}

#[test]
fn nobody_but_a_pauser_begins_or_ends_a_pause_not_even_the_owner() {
    let mut world = World::new();
    for other in [OWNER, HOLDER, ISSUER, STRANGER] {
        assert_eq!(
            world.try_pause(other).value,
            Ok(Err(AccessError::MissingRole))
        );
    }
    world.pause();
    for other in [OWNER, HOLDER, ISSUER, STRANGER] {
        assert_eq!(
            world.unpause(other).value,
            Ok(Err(AccessError::MissingRole))
        );
    }
    assert!(world.paused());
}

#[test]
fn the_role_is_looked_at_before_the_clock() {
    let mut world = World::new();
    let refusal = Ok(Err(AccessError::MissingRole));
    assert_eq!(world.unpause(STRANGER).value, refusal, "nothing is paused");
    world.pause();
    // Too soon for a pauser, and over for a pauser.
    for moment in [0, DURATION, DURATION + COOLDOWN - 1] {
        world.at(moment);
        assert_eq!(world.try_pause(STRANGER).value, refusal, "at {moment}");
        assert_eq!(world.unpause(STRANGER).value, refusal, "at {moment}");
    }
}

#[test]
fn holders_cannot_pay_until_the_moment_at_which_the_pause_ends_by_itself() {
    let mut world = World::new();
    world.approve(HOLDER, OTHER, 100).succeeded();
    for powerful in [GUARD, ISSUER] {
        world.transfer(HOLDER, powerful, 1).succeeded();
    }
    world.pause();
    for moment in [0, DURATION - 1] {
        world.at(moment);
        assert!(world.paused());
        assert_eq!(world.transfer(HOLDER, OTHER, 1).value, custom("Paused"));
        assert_eq!(
            world.transfer_from(OTHER, HOLDER, STRANGER, 1).value,
            custom("Paused")
        );
        assert_eq!(
            world.transfer_from(HOLDER, HOLDER, STRANGER, 1).value,
            custom("Paused")
        );
        // The owner, the pauser and the minter are holders like any other.
        for powerful in [OWNER, GUARD, ISSUER] {
            assert_eq!(world.transfer(powerful, OTHER, 1).value, custom("Paused"));
        }
    }
    world.at(DURATION);
    assert!(!world.paused());
    assert_eq!(world.until(), START + DURATION);
    world.transfer(HOLDER, OTHER, 1).succeeded();
    world.transfer_from(OTHER, HOLDER, STRANGER, 1).succeeded();
}

#[test]
fn the_allowance_is_looked_at_before_the_pause_and_the_pause_before_the_balance() {
    let mut world = World::new();
    world.approve(HOLDER, OTHER, WEALTH + 1).succeeded();
    world.pause();
    let refused = world.transfer_from(OTHER, HOLDER, STRANGER, WEALTH + 2);
    assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientAllowance)));
    let refused = world.transfer_from(OTHER, HOLDER, STRANGER, WEALTH + 1);
    assert_eq!(refused.value, custom("Paused"));
    // What moves nothing is not stopped.
    world.transfer(HOLDER, OTHER, 0).succeeded();
    world.transfer(HOLDER, HOLDER, 1).succeeded();
}

#[test]
fn allowances_can_be_changed_during_a_pause_and_leave_it_running() {
    let mut world = World::new();
    world.pause();
    world.approve(HOLDER, OTHER, 9).succeeded();
    let more = psp22(world.alv).increase_allowance(OTHER.id(), 4);
    let less = psp22(world.alv).decrease_allowance(OTHER.id(), 3);
    world.act(HOLDER, more).succeeded();
    world.act(HOLDER, less).succeeded();
    assert_eq!(world.allowance(HOLDER, OTHER), 10);
    assert!(world.paused(), "no message of PSP22 writes the root cell");
    assert_eq!(world.until(), START + DURATION);
}

#[test]
fn the_next_pause_must_wait_for_the_cooldown_after_the_last() {
    let mut world = World::new();
    world.pause();
    for moment in [0, DURATION - 1, DURATION, DURATION + COOLDOWN - 1] {
        world.at(moment);
        assert_eq!(
            world.try_pause(GUARD).value,
            Ok(Err(AccessError::PauseTooSoon))
        );
    }
    world.at(DURATION + COOLDOWN);
    world.pause();
    assert_eq!(world.until(), START + 2 * DURATION + COOLDOWN);
}

#[test]
fn another_pauser_cannot_repeat_a_pause_sooner() {
    let mut world = World::new();
    world.grant(PAUSER, STRANGER);
    world.pause();
    world.at(DURATION + COOLDOWN - 1);
    assert_eq!(
        world.try_pause(STRANGER).value,
        Ok(Err(AccessError::PauseTooSoon))
    );
}

#[test]
fn a_pause_ended_early_is_over_at_once_and_the_cooldown_begins_there() {
    let mut world = World::new();
    world.pause();
    world.at(100);
    let receipt = world.unpause(GUARD).succeeded();
    let until = START + 100;
    said(&receipt, until);
    assert!(!world.paused());
    assert_eq!(world.until(), until);
    world.transfer(HOLDER, OTHER, 1).succeeded();
    world.at(100 + COOLDOWN - 1);
    assert_eq!(
        world.try_pause(GUARD).value,
        Ok(Err(AccessError::PauseTooSoon))
    );
    world.at(100 + COOLDOWN);
    world.pause();
}

#[test]
fn only_a_running_pause_can_be_ended() {
    let mut world = World::new();
    assert_eq!(world.unpause(GUARD).value, Ok(Err(AccessError::NotPaused)));
    world.pause();
    world.at(DURATION);
    assert_eq!(world.unpause(GUARD).value, Ok(Err(AccessError::NotPaused)));
}

#[test]
fn a_vault_pays_out_during_a_pause_and_so_does_whom_it_allowed() {
    let mut world = World::new();
    world.grant(VAULT, OTHER);
    world.transfer(HOLDER, OTHER, 100).succeeded();
    world.approve(OTHER, STRANGER, 10).succeeded();
    world.approve(HOLDER, OTHER, 10).succeeded();
    world.pause();
    let receipt = world.transfer(OTHER, STRANGER, 40).succeeded();
    assert_eq!(receipt.events, [world.transferred(OTHER, STRANGER, 40)]);
    world
        .transfer_from(STRANGER, OTHER, STRANGER, 10)
        .succeeded();
    assert_eq!(world.balance(STRANGER), 50);
    // Nothing is paid in: not by the vault that was allowed to, and not to the vault.
    assert_eq!(
        world.transfer_from(OTHER, HOLDER, OTHER, 1).value,
        custom("Paused")
    );
    assert_eq!(world.transfer(HOLDER, OTHER, 1).value, custom("Paused"));
    assert_eq!(world.transfer(STRANGER, OTHER, 1).value, custom("Paused"));
}

#[test]
fn a_vault_named_during_a_pause_pays_out_at_once_and_one_that_resigned_does_not() {
    let mut world = World::new();
    world.pause();
    world.grant(VAULT, HOLDER);
    world.transfer(HOLDER, OTHER, 1).succeeded();
    let resign = at::<Alv>(world.alv).renounce_role(VAULT);
    world.act(HOLDER, resign).succeeded();
    assert_eq!(world.transfer(HOLDER, OTHER, 1).value, custom("Paused"));
}

#[test]
fn a_pauser_who_lost_the_role_cannot_stretch_the_pause_which_still_ends() {
    let mut world = World::new();
    world.pause();
    let revoke = at::<Alv>(world.alv).revoke_role(PAUSER, GUARD.id().into());
    world.act(OWNER, revoke).succeeded();
    assert_eq!(
        world.unpause(GUARD).value,
        Ok(Err(AccessError::MissingRole))
    );
    world.at(DURATION);
    world.transfer(HOLDER, OTHER, 1).succeeded();
    world.at(DURATION + COOLDOWN);
    assert_eq!(
        world.try_pause(GUARD).value,
        Ok(Err(AccessError::MissingRole))
    );
    assert_eq!(world.chain.now(), START + DURATION + COOLDOWN);
}

#[test]
fn the_first_pause_need_not_wait_and_a_cooldown_without_end_allows_no_second() {
    let mut chain = EmbeddedChain::new();
    let once = PauseTerms {
        duration: 1,
        cooldown: u64::MAX,
    };
    let alv = create(&mut chain, SUPPLY, CAP, once, b"").unwrap();
    let mut world = World { chain, alv };
    world.grant(PAUSER, GUARD);
    world.pause();
    world.at(1_000 * HOUR);
    let refused = world.try_pause(GUARD);
    assert_eq!(refused.value, Ok(Err(AccessError::PauseTooSoon)));
}
