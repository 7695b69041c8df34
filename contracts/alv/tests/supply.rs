//! Units come into being and go out of it.

use crate::world::*;
use ::psp22::{PSP22Burnable, PSP22Error, PSP22Mintable};
use allive_access::{AccessError, Pausable, PauseTerms};
use allive_simulator::{GENESIS, START};
use alv::{AlvError, AlvRef, MINTER};
use scale::Encode;

fn root_cell(world: &mut World) -> Option<Vec<u8>> {
    world.chain.read_cell(world.token, &ROOT)
}

#[test]
fn the_deployer_begins_with_the_whole_supply_and_the_ownership() {
    let mut world = bare();
    let twin = AlvRef::new(SUPPLY, CAP, PAUSE, GENESIS);
    let created = world.create(OWNER, "alv", twin).unwrap();
    world.token = created.address;
    assert_eq!(created.events, [world.minted(OWNER, SUPPLY)]);
    assert_eq!(
        [world.holds(OWNER), world.get(world.total_supply())],
        [SUPPLY; 2]
    );
    assert_eq!(world.get(world.contract().cap()), CAP);
    let stored = stored_state(&mut world);
    assert!(stored.roles.is_empty(), "nobody holds a role at first");
    assert_eq!(stored.paused_until, 0);
    assert_eq!(stored.balances.len(), 1);
}

#[test]
fn a_supply_above_the_cap_is_refused_and_one_at_the_cap_is_not() {
    let over = with(CAP + 1, CAP, PAUSE);
    assert_eq!(over.err(), Some(AlvError::CapExceeded));
    assert!(with(CAP, CAP, PAUSE).is_ok());
    assert!(with(u128::MAX, u128::MAX, PAUSE).is_ok());
}

#[test]
fn the_terms_of_the_pause_are_looked_at_before_the_cap() {
    let none = PauseTerms {
        duration: 0,
        cooldown: 0,
    };
    let unsound = Some(AlvError::Access(AccessError::UnsoundPauseTerms));
    assert_eq!(with(CAP + 1, CAP, none).err(), unsound);
    assert_eq!(with(CAP, CAP, none).err(), unsound);
}

#[test]
fn a_token_may_begin_with_nothing() {
    let mut world = with(0, 0, PAUSE).unwrap();
    assert_eq!(world.get(world.total_supply()), 0);
    world.grant(MINTER, ISSUER);
    assert_eq!(
        world.refused(ISSUER, world.contract().mint(1)),
        custom("CapExceeded")
    );
}

#[test]
fn the_minter_mints_for_itself_up_to_the_cap_exactly() {
    let mut world = World::new();
    for value in [CAP - SUPPLY + 1, u128::MAX] {
        assert_eq!(
            world.refused(ISSUER, world.contract().mint(value)),
            custom("CapExceeded")
        );
    }
    let receipt = world.receipt(ISSUER, world.contract().mint(CAP - SUPPLY));
    assert_eq!(receipt.events, [world.minted(ISSUER, CAP - SUPPLY)]);
    assert_eq!(
        [world.get(world.total_supply()), world.holds(ISSUER)],
        [CAP, CAP - SUPPLY]
    );
    assert_eq!(
        world.refused(ISSUER, world.contract().mint(1)),
        custom("CapExceeded")
    );
    assert_eq!(world.get(world.contract().cap()), CAP);
}

#[test]
fn nobody_but_a_minter_mints_not_even_the_owner() {
    let mut world = World::new();
    for other in [OWNER, HOLDER, GUARD, STRANGER] {
        assert_eq!(
            world.refused(other, world.contract().mint(1)),
            custom("MissingRole")
        );
        assert_eq!(
            world.refused(other, world.contract().mint(0)),
            custom("MissingRole")
        );
        assert_eq!(
            world.refused(other, world.contract().mint(u128::MAX)),
            custom("MissingRole")
        );
    }
}

#[test]
fn minting_or_burning_nothing_succeeds_and_says_nothing() {
    let mut world = World::new();
    let before = stored_state(&mut world);
    assert_eq!(world.receipt(ISSUER, world.contract().mint(0)).events, []);
    assert_eq!(world.receipt(STRANGER, world.contract().burn(0)).events, []);
    assert_eq!(stored_state(&mut world), before);
}

#[test]
fn a_holder_burns_her_own_units_and_no_more() {
    let mut world = World::new();
    for value in [WEALTH + 1, u128::MAX] {
        let refused = world.refused(HOLDER, world.contract().burn(value));
        assert_eq!(refused, PSP22Error::InsufficientBalance);
    }
    let receipt = world.receipt(HOLDER, world.contract().burn(WEALTH));
    assert_eq!(receipt.events, [world.burned(HOLDER, WEALTH)]);
    assert_eq!(
        [world.get(world.total_supply()), world.holds(HOLDER)],
        [SUPPLY - WEALTH, 0]
    );
    let refused = world.refused(HOLDER, world.contract().burn(1));
    assert_eq!(refused, PSP22Error::InsufficientBalance);
}

#[test]
fn what_was_burned_may_be_minted_again() {
    let mut world = World::new();
    world.done(ISSUER, world.contract().mint(CAP - SUPPLY));
    world.done(HOLDER, world.contract().burn(5));
    assert_eq!(
        world.refused(ISSUER, world.contract().mint(6)),
        custom("CapExceeded")
    );
    world.done(ISSUER, world.contract().mint(5));
    assert_eq!(world.get(world.total_supply()), CAP);
}

/// Messages of PSP22 end without writing the root cell; those that change it must not.
#[test]
fn the_supply_outlives_messages_that_leave_the_root_cell_alone() {
    let mut world = World::new();
    let root = |supply: u128| Some((supply, 0_u64, GENESIS).encode());
    world.done(ISSUER, world.contract().mint(7));
    assert_eq!(root_cell(&mut world), root(SUPPLY + 7));
    world.done(ISSUER, world.transfer(OTHER, 3));
    world.done(ISSUER, world.approve(OTHER, 3));
    world.done(OTHER, world.transfer_from(ISSUER, OTHER, 3));
    assert_eq!(root_cell(&mut world), root(SUPPLY + 7));
    world.done(OTHER, world.contract().burn(2));
    world.done(OTHER, world.transfer(ISSUER, 3));
    assert_eq!(root_cell(&mut world), root(SUPPLY + 5));
    assert_eq!(world.get(world.total_supply()), SUPPLY + 5);
}

#[test]
fn a_pause_stops_neither_minting_nor_burning() {
    let mut world = World::new();
    world.done(GUARD, world.contract().pause());
    world.done(ISSUER, world.contract().mint(7));
    world.done(ISSUER, world.contract().burn(3));
    world.done(HOLDER, world.contract().burn(WEALTH));
    assert_eq!(world.get(world.total_supply()), SUPPLY + 4 - WEALTH);
    assert_eq!(
        world.refused(ISSUER, world.transfer(OTHER, 4)),
        custom("Paused")
    );
    assert_eq!(stored_state(&mut world).paused_until, START + DURATION);
}

#[test]
fn the_largest_number_there_is_can_be_the_cap_and_does_not_overflow() {
    let mut world = with(u128::MAX, u128::MAX, PAUSE).unwrap();
    world.grant(MINTER, OWNER);
    for value in [1, u128::MAX] {
        let refused = world.refused(OWNER, world.contract().mint(value));
        assert_eq!(refused, custom("CapExceeded"));
    }
    world.done(OWNER, world.contract().burn(u128::MAX));
    world.done(OWNER, world.contract().mint(u128::MAX));
}
