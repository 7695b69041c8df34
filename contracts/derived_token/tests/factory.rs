//! What the factory may do, and that nobody else may.

use crate::world::*;
use ::psp22::PSP22Error;
use allive_calls::{at, Typed};
use allive_derived_token_interface::{DerivedError, DerivedToken as _};
use derived_token::{DerivedToken, DerivedTokenRef};

#[test]
fn whoever_creates_the_token_is_its_factory_and_nothing_is_in_being() {
    let mut world = World::bare();
    let created = world.chain.create(
        OTHER.id(),
        &code(),
        DerivedTokenRef::new("Ours".into(), "OURS".into(), 0),
        b"",
    );
    let other = created.unwrap().unwrap().address;
    for (token, factory) in [(world.token, FACTORY), (other, OTHER)] {
        let said = world.chain.get(at::<DerivedToken>(token).factory());
        assert_eq!(*said, factory.id());
        let books = books(&mut world.chain, token);
        assert_eq!(books.factory, Some(factory.id()));
        assert_eq!((books.supply, books.balances.len()), (0, 0));
        assert!(!books.frozen);
    }
    let theirs = at::<DerivedToken>(other).mint(FACTORY.id().into(), 1.into());
    let answer = world.chain.send(FACTORY.id(), theirs);
    assert_eq!(answer.value, refused(DerivedError::NotFactory));
}

#[test]
fn nobody_but_the_factory_mints_burns_or_freezes_whatever_they_ask() {
    for mut world in [World::new(), World::frozen()] {
        let not_factory = DerivedError::NotFactory;
        for other in [HOLDER, OTHER, STRANGER] {
            for value in [0, 1, WEALTH, u128::MAX] {
                let answer = world.mint(other, other, value);
                assert_eq!(answer.value, refused(not_factory));
                let answer = world.burn(other, HOLDER, value);
                assert_eq!(answer.value, refused(not_factory));
            }
            for from in [HOLDER, STRANGER] {
                let answer = world.burn_all(other, from);
                assert_eq!(answer.value, refused(not_factory));
            }
            assert_eq!(world.freeze(other).value, refused(not_factory));
        }
    }
}

#[test]
fn the_factory_mints_for_anybody() {
    let mut world = World::bare();
    for (to, value) in [(HOLDER, 5), (FACTORY, 2), (HOLDER, 1)] {
        let receipt = world.mint(FACTORY, to, value).succeeded();
        assert_eq!(receipt.events, [world.moved(None, Some(to), value)]);
    }
    assert_eq!([world.balance(HOLDER), world.balance(FACTORY)], [6, 2]);
    assert_eq!(world.supply(), 8);
}

#[test]
fn the_supply_reaches_the_largest_number_there_is_and_does_not_overflow() {
    let mut world = World::new();
    for value in [u128::MAX - WEALTH + 1, u128::MAX] {
        let answer = world.mint(FACTORY, OTHER, value);
        assert_eq!(answer.value, refused(DerivedError::SupplyTooLarge));
    }
    world.mint(FACTORY, OTHER, u128::MAX - WEALTH).succeeded();
    let answer = world.mint(FACTORY, OTHER, 1);
    assert_eq!(answer.value, refused(DerivedError::SupplyTooLarge));
    assert_eq!(world.supply(), u128::MAX);
    world.burn(FACTORY, HOLDER, 3).succeeded();
    world.mint(FACTORY, HOLDER, 3).succeeded();
    world
        .transfer(OTHER, HOLDER, u128::MAX - WEALTH)
        .succeeded();
    assert_eq!(world.balance(HOLDER), u128::MAX);
    let receipt = world.burn_all(FACTORY, HOLDER);
    assert_eq!(receipt.value, Ok(Ok(u128::MAX)));
}

#[test]
fn the_factory_burns_what_an_account_holds_without_its_leave_and_no_more() {
    let mut world = World::new();
    for (from, value) in [(HOLDER, WEALTH + 1), (HOLDER, u128::MAX), (OTHER, 1)] {
        let answer = world.burn(FACTORY, from, value);
        assert_eq!(answer.value, refused(DerivedError::InsufficientBalance));
    }
    world.approve(HOLDER, FACTORY, 1).succeeded();
    let receipt = world.burn(FACTORY, HOLDER, WEALTH - 1).succeeded();
    let said = world.moved(Some(HOLDER), None, WEALTH - 1);
    assert_eq!(receipt.events, [said]);
    assert_eq!([world.balance(HOLDER), world.supply()], [1, 1]);
    assert_eq!(world.books().allowances.len(), 1, "none was used");
    world.burn(FACTORY, HOLDER, 1).succeeded();
    assert_eq!(world.supply(), 0);
}

#[test]
fn burning_all_takes_what_an_account_holds_frozen_or_not_and_says_how_much() {
    for mut world in [World::new(), World::frozen()] {
        world.approve(HOLDER, OTHER, 5).succeeded();
        let receipt = world.burn_all(FACTORY, HOLDER);
        assert_eq!(receipt.value, Ok(Ok(WEALTH)));
        let said = world.moved(Some(HOLDER), None, WEALTH);
        assert_eq!(receipt.events, [said]);
        assert_eq!([world.balance(HOLDER), world.supply()], [0, 0]);
        assert_eq!(world.books().allowances.len(), 1, "allowances stay");
        for from in [HOLDER, STRANGER] {
            let receipt = world.burn_all(FACTORY, from);
            assert_eq!(receipt.value, Ok(Ok(0)));
            assert_eq!(receipt.events, []);
        }
    }
}

#[test]
fn minting_or_burning_nothing_succeeds_and_says_nothing() {
    let mut world = World::new();
    let before = world.books();
    assert_eq!(world.mint(FACTORY, OTHER, 0).succeeded().events, []);
    for from in [HOLDER, OTHER] {
        assert_eq!(world.burn(FACTORY, from, 0).succeeded().events, []);
    }
    assert_eq!(world.books(), before);
}

#[test]
fn once_frozen_nothing_is_minted_and_only_all_of_an_account_is_burned() {
    let mut world = World::new();
    let before = world.books();
    assert!(!world.is_frozen());
    let receipt = world.freeze(FACTORY).succeeded();
    assert_eq!(receipt.events, []);
    assert!(world.is_frozen());
    let mut after = world.books();
    after.frozen = false;
    assert_eq!(after, before, "nothing but the frost changed");
    // The frost is looked at before value and balance.
    for value in [0, 1, WEALTH, WEALTH + 1, u128::MAX] {
        let answer = world.mint(FACTORY, OTHER, value);
        assert_eq!(answer.value, refused(DerivedError::Frozen));
        let answer = world.burn(FACTORY, HOLDER, value);
        assert_eq!(answer.value, refused(DerivedError::Frozen));
    }
    assert_eq!(world.burn_all(FACTORY, HOLDER).value, Ok(Ok(WEALTH)));
}

#[test]
fn a_token_freezes_once_and_for_good() {
    let mut world = World::frozen();
    for _ in 0..2 {
        let answer = world.freeze(FACTORY);
        assert_eq!(answer.value, refused(DerivedError::Frozen));
        assert!(world.is_frozen());
    }
    world.burn_all(FACTORY, HOLDER).succeeded();
    assert!(world.is_frozen());
}

#[test]
fn the_factory_moves_nobodys_units() {
    let mut world = World::new();
    for to in [FACTORY, OTHER] {
        let answer = world.transfer_from(FACTORY, HOLDER, to, 1);
        assert_eq!(answer.value, Ok(Err(PSP22Error::InsufficientAllowance)));
    }
    world.approve(HOLDER, FACTORY, 2).succeeded();
    world.transfer_from(FACTORY, HOLDER, OTHER, 2).succeeded();
}

/// How the holders of a failed application are made whole: one after another, from what they held at
/// the moment of the frost.
#[test]
fn what_holders_had_at_the_frost_is_theirs_until_it_is_burned() {
    let mut world = World::new();
    world.transfer(HOLDER, OTHER, 300).succeeded();
    world.mint(FACTORY, STRANGER, 50).succeeded();
    world.freeze(FACTORY).succeeded();
    let mut settled = Vec::new();
    for holder in [OTHER, STRANGER, HOLDER] {
        let answer = world.burn_all(FACTORY, holder).value;
        settled.push(answer.unwrap().unwrap());
    }
    assert_eq!(settled, [300, 50, WEALTH - 300]);
    assert_eq!(world.supply(), 0);
}
