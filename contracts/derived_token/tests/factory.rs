//! What the factory may do, and that nobody else may.

use crate::world::*;
use ::psp22::PSP22Error;
use allive_calls::at;
use allive_derived_token_interface::{DerivedError, DerivedToken as _};
use derived_token::{DerivedToken, DerivedTokenRef};

#[test]
fn whoever_creates_the_token_is_its_factory_and_nothing_is_in_being() {
    let mut world = bare();
    let new = DerivedTokenRef::new("Ours".into(), "OURS".into(), 0);
    let other = world.create(OTHER, "derived_token", new).unwrap().address;
    for (token, factory) in [(world.token, FACTORY), (other, OTHER)] {
        let said = world.get(at::<DerivedToken>(token).factory());
        assert_eq!(*said, factory.id());
        let stored = StoredState::of(&mut world.chain, token);
        assert_eq!(stored.factory, factory.id());
        assert_eq!((stored.supply, stored.balances.len()), (0, 0));
        assert!(!stored.frozen);
    }
    let theirs = at::<DerivedToken>(other).mint(FACTORY.id().into(), 1.into());
    assert_eq!(world.refused(FACTORY, theirs), DerivedError::NotFactory);
}

#[test]
fn nobody_but_the_factory_mints_burns_or_freezes_whatever_they_ask() {
    for mut world in [World::new(), frozen()] {
        let not_factory = DerivedError::NotFactory;
        for other in [HOLDER, OTHER, STRANGER] {
            for value in [0, 1, WEALTH, u128::MAX] {
                let answer = world.refused(other, world.mint(other, value));
                assert_eq!(answer, not_factory);
                let answer = world.refused(other, world.burn(HOLDER, value));
                assert_eq!(answer, not_factory);
            }
            for from in [HOLDER, STRANGER] {
                let answer = world.refused(other, world.burn_all(from));
                assert_eq!(answer, not_factory);
            }
            assert_eq!(world.refused(other, world.contract().freeze()), not_factory);
        }
    }
}

#[test]
fn the_factory_mints_for_anybody() {
    let mut world = bare();
    for (to, value) in [(HOLDER, 5), (FACTORY, 2), (HOLDER, 1)] {
        let receipt = world.receipt(FACTORY, world.mint(to, value));
        assert_eq!(receipt.events, [world.minted(to, value)]);
    }
    assert_eq!([world.holds(HOLDER), world.holds(FACTORY)], [6, 2]);
    assert_eq!(world.get(world.total_supply()), 8);
}

#[test]
fn the_supply_reaches_the_largest_number_there_is_and_does_not_overflow() {
    let mut world = World::new();
    for value in [u128::MAX - WEALTH + 1, u128::MAX] {
        let answer = world.refused(FACTORY, world.mint(OTHER, value));
        assert_eq!(answer, DerivedError::SupplyTooLarge);
    }
    world.done(FACTORY, world.mint(OTHER, u128::MAX - WEALTH));
    let answer = world.refused(FACTORY, world.mint(OTHER, 1));
    assert_eq!(answer, DerivedError::SupplyTooLarge);
    assert_eq!(world.get(world.total_supply()), u128::MAX);
    world.done(FACTORY, world.burn(HOLDER, 3));
    world.done(FACTORY, world.mint(HOLDER, 3));
    world.done(OTHER, world.transfer(HOLDER, u128::MAX - WEALTH));
    assert_eq!(world.holds(HOLDER), u128::MAX);
    let receipt = world.send(FACTORY, world.burn_all(HOLDER));
    assert_eq!(receipt.value, Ok(Ok(u128::MAX)));
}

#[test]
fn the_factory_burns_what_an_account_holds_without_its_leave_and_no_more() {
    let mut world = World::new();
    for (from, value) in [(HOLDER, WEALTH + 1), (HOLDER, u128::MAX), (OTHER, 1)] {
        let answer = world.refused(FACTORY, world.burn(from, value));
        assert_eq!(answer, DerivedError::InsufficientBalance);
    }
    world.done(HOLDER, world.approve(FACTORY, 1));
    let receipt = world.receipt(FACTORY, world.burn(HOLDER, WEALTH - 1));
    let said = world.burned(HOLDER, WEALTH - 1);
    assert_eq!(receipt.events, [said]);
    assert_eq!(
        [world.holds(HOLDER), world.get(world.total_supply())],
        [1, 1]
    );
    assert_eq!(
        stored_state(&mut world).allowances.len(),
        1,
        "none was used"
    );
    world.done(FACTORY, world.burn(HOLDER, 1));
    assert_eq!(world.get(world.total_supply()), 0);
}

#[test]
fn burning_all_takes_what_an_account_holds_frozen_or_not_and_says_how_much() {
    for mut world in [World::new(), frozen()] {
        world.done(HOLDER, world.approve(OTHER, 5));
        let receipt = world.send(FACTORY, world.burn_all(HOLDER));
        assert_eq!(receipt.value, Ok(Ok(WEALTH)));
        let said = world.burned(HOLDER, WEALTH);
        assert_eq!(receipt.events, [said]);
        assert_eq!(
            [world.holds(HOLDER), world.get(world.total_supply())],
            [0, 0]
        );
        assert_eq!(
            stored_state(&mut world).allowances.len(),
            1,
            "allowances stay"
        );
        for from in [HOLDER, STRANGER] {
            let receipt = world.send(FACTORY, world.burn_all(from));
            assert_eq!(receipt.value, Ok(Ok(0)));
            assert_eq!(receipt.events, []);
        }
    }
}

#[test]
fn minting_or_burning_nothing_succeeds_and_says_nothing() {
    let mut world = World::new();
    let before = stored_state(&mut world);
    assert_eq!(world.receipt(FACTORY, world.mint(OTHER, 0)).events, []);
    for from in [HOLDER, OTHER] {
        assert_eq!(world.receipt(FACTORY, world.burn(from, 0)).events, []);
    }
    assert_eq!(stored_state(&mut world), before);
}

#[test]
fn once_frozen_nothing_is_minted_and_only_all_of_an_account_is_burned() {
    let mut world = World::new();
    let before = stored_state(&mut world);
    assert!(!world.get(world.contract().is_frozen()));
    let receipt = world.receipt(FACTORY, world.contract().freeze());
    assert_eq!(receipt.events, []);
    assert!(world.get(world.contract().is_frozen()));
    let mut after = stored_state(&mut world);
    after.frozen = false;
    assert_eq!(after, before, "nothing but the frost changed");
    // The frost is looked at before value and balance.
    for value in [0, 1, WEALTH, WEALTH + 1, u128::MAX] {
        let answer = world.refused(FACTORY, world.mint(OTHER, value));
        assert_eq!(answer, DerivedError::Frozen);
        let answer = world.refused(FACTORY, world.burn(HOLDER, value));
        assert_eq!(answer, DerivedError::Frozen);
    }
    assert_eq!(world.done(FACTORY, world.burn_all(HOLDER)), WEALTH);
}

#[test]
fn a_token_freezes_once_and_for_good() {
    let mut world = frozen();
    for _ in 0..2 {
        let answer = world.refused(FACTORY, world.contract().freeze());
        assert_eq!(answer, DerivedError::Frozen);
        assert!(world.get(world.contract().is_frozen()));
    }
    world.done(FACTORY, world.burn_all(HOLDER));
    assert!(world.get(world.contract().is_frozen()));
}

#[test]
fn the_factory_moves_nobodys_units() {
    let mut world = World::new();
    for to in [FACTORY, OTHER] {
        let answer = world.refused(FACTORY, world.transfer_from(HOLDER, to, 1));
        assert_eq!(answer, PSP22Error::InsufficientAllowance);
    }
    world.done(HOLDER, world.approve(FACTORY, 2));
    world.done(FACTORY, world.transfer_from(HOLDER, OTHER, 2));
}

/// How the holders of a failed application are made whole: one after another, from what they held at
/// the moment of the frost.
#[test]
fn what_holders_had_at_the_frost_is_theirs_until_it_is_burned() {
    let mut world = World::new();
    world.done(HOLDER, world.transfer(OTHER, 300));
    world.done(FACTORY, world.mint(STRANGER, 50));
    world.done(FACTORY, world.contract().freeze());
    let mut settled = Vec::new();
    for holder in [OTHER, STRANGER, HOLDER] {
        let answer = world.send(FACTORY, world.burn_all(holder)).value;
        settled.push(answer.unwrap().unwrap());
    }
    assert_eq!(settled, [300, 50, WEALTH - 300]);
    assert_eq!(world.get(world.total_supply()), 0);
}
