//! The standard: beside the reference token, and what is left of it when the token is frozen.

use crate::world::*;
use ::psp22::{PSP22Error, PSP22};
use allive_calls::{at, psp22, Typed};
use allive_derived_token_interface::DerivedToken as _;
use allive_support::acting::Succeeded;
use allive_support::{
    code,
    standard::{self, Standing, Token},
};
use derived_token::{DerivedToken, DerivedTokenRef};

const DERIVED: Token = Token {
    create: |chain, supply| {
        let new = DerivedTokenRef::new("Care points".into(), "CARE".into(), 8);
        let created = chain.create(FACTORY.id(), &code("derived_token"), new, b"");
        let token = created.unwrap().unwrap().address;
        let mint = at::<DerivedToken>(token).mint(FACTORY.id().into(), supply.into());
        let minted = chain.send(FACTORY.id(), mint);
        assert_eq!(minted.value, Ok(Ok(())));
        token
    },
    standing: |chain, token| {
        let stored = StoredState::of(chain, token);
        Standing {
            supply: stored.supply,
            balances: stored.balances,
            allowances: stored.allowances,
        }
    },
};

#[test]
fn any_sequence_does_what_it_does_to_the_reference_token() {
    standard::any_sequence_does_what_it_does_to_the_reference(DERIVED);
}

#[test]
fn the_edges_are_those_of_the_reference_token() {
    standard::the_edges_are_those_of_the_reference(DERIVED);
}

#[test]
fn data_may_be_left_out_and_is_never_read() {
    standard::data_may_be_left_out_and_is_never_read(DERIVED);
}

#[test]
fn nobody_transfers_once_the_token_is_frozen_not_even_the_factory() {
    let mut world = World::new();
    world.done(FACTORY, world.mint(FACTORY, 5));
    world.done(HOLDER, world.approve(OTHER, 5));
    world.done(HOLDER, world.transfer(OTHER, 1));
    world.done(FACTORY, world.contract().freeze());
    for by in [FACTORY, HOLDER, OTHER] {
        assert_eq!(
            world.refused(by, world.transfer(STRANGER, 1)),
            custom("Frozen")
        );
    }
    for to in [OTHER, STRANGER] {
        let refused = world.refused(OTHER, world.transfer_from(HOLDER, to, 1));
        assert_eq!(refused, custom("Frozen"));
    }
    let refused = world.refused(HOLDER, world.transfer_from(HOLDER, OTHER, 1));
    assert_eq!(refused, custom("Frozen"));
}

#[test]
fn the_allowance_is_looked_at_before_the_frost_and_the_frost_before_the_balance() {
    let mut world = frozen();
    world.done(HOLDER, world.approve(OTHER, WEALTH + 1));
    let refused = world.refused(OTHER, world.transfer_from(HOLDER, OTHER, WEALTH + 2));
    assert_eq!(refused, PSP22Error::InsufficientAllowance);
    let refused = world.refused(OTHER, world.transfer_from(HOLDER, OTHER, WEALTH + 1));
    assert_eq!(refused, custom("Frozen"));
    let refused = world.refused(HOLDER, world.transfer(OTHER, WEALTH + 1));
    assert_eq!(refused, custom("Frozen"));
    assert_eq!(
        world.refused(STRANGER, world.transfer(OTHER, 1)),
        custom("Frozen")
    );
}

#[test]
fn moving_nothing_or_to_oneself_succeeds_and_says_nothing_even_when_frozen() {
    let mut world = frozen();
    let before = stored_state(&mut world);
    let receipts = [
        world.send(HOLDER, world.transfer(OTHER, 0)),
        world.send(HOLDER, world.transfer(HOLDER, WEALTH + 1)),
        world.send(OTHER, world.transfer_from(HOLDER, STRANGER, 0)),
        world.send(OTHER, world.transfer_from(HOLDER, HOLDER, 1)),
    ];
    for receipt in receipts {
        assert_eq!(receipt.succeeded().events, []);
    }
    assert_eq!(stored_state(&mut world), before);
}

#[test]
fn allowances_can_be_changed_when_frozen_and_leave_it_frozen() {
    let mut world = frozen();
    world.done(HOLDER, world.approve(OTHER, 5));
    let more = psp22(world.token).increase_allowance(OTHER.id(), 3);
    world.done(HOLDER, more);
    let less = psp22(world.token).decrease_allowance(OTHER.id(), 1);
    world.done(HOLDER, less);
    let allowed = stored_state(&mut world).allowances;
    assert_eq!(allowed, [((HOLDER.id(), OTHER.id()), 7)].into());
    assert!(world.get(world.contract().is_frozen()));
}

/// Messages of PSP22 end without writing the root cell; those that change it must not.
#[test]
fn the_supply_outlives_messages_that_leave_the_root_cell_alone() {
    let mut world = World::new();
    world.done(FACTORY, world.mint(OTHER, 7));
    world.done(OTHER, world.transfer(STRANGER, 3));
    world.done(OTHER, world.approve(STRANGER, 3));
    world.done(STRANGER, world.transfer_from(OTHER, HOLDER, 3));
    assert_eq!(world.get(world.total_supply()), WEALTH + 7);
    world.done(FACTORY, world.burn(STRANGER, 2));
    world.done(STRANGER, world.transfer(OTHER, 1));
    assert_eq!(world.get(world.total_supply()), WEALTH + 5);
    world.done(FACTORY, world.burn_all(OTHER));
    world.done(OTHER, world.approve(STRANGER, 0));
    assert_eq!(world.get(world.total_supply()), WEALTH + 3);
}

#[test]
fn who_frees_a_cell_gets_its_deposit() {
    let mut world = World::new();
    world.done(HOLDER, world.approve(OTHER, 5));
    let coins = world.coins(HOLDER);
    let receipt = world.receipt(HOLDER, world.approve(OTHER, 0));
    assert_eq!(receipt.deposit.items, -1);
    assert!(world.coins(HOLDER) > coins, "what the owner takes back");
    let (factory, holder) = (world.coins(FACTORY), world.coins(HOLDER));
    let receipt = world.receipt(FACTORY, world.burn_all(HOLDER));
    assert_eq!(receipt.deposit.items, -1);
    assert_eq!(world.coins(HOLDER), holder);
    assert!(world.coins(FACTORY) > factory, "what the factory burns");
}
