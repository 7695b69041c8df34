//! The standard: beside the reference token, and what is left of it when the token is frozen.

use crate::world::*;
use ::psp22::{PSP22Error, PSP22};
use allive_calls::{at, psp22, Typed};
use allive_derived_token_interface::DerivedToken as _;
use allive_support::standard::{self, Standing, Token};
use derived_token::DerivedToken;

const DERIVED: Token = Token {
    create: |chain, supply| {
        let token = create(chain);
        let mint = at::<DerivedToken>(token).mint(FACTORY.id().into(), supply.into());
        let minted = chain.send(FACTORY.id(), mint);
        assert_eq!(minted.value, Ok(Ok(())));
        token
    },
    standing: |chain, token| {
        let books = books(chain, token);
        Standing {
            supply: books.supply,
            balances: books.balances,
            allowances: books.allowances,
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
    world.mint(FACTORY, FACTORY, 5).succeeded();
    world.approve(HOLDER, OTHER, 5).succeeded();
    world.transfer(HOLDER, OTHER, 1).succeeded();
    world.freeze(FACTORY).succeeded();
    for by in [FACTORY, HOLDER, OTHER] {
        assert_eq!(world.transfer(by, STRANGER, 1).value, custom("Frozen"));
    }
    for to in [OTHER, STRANGER] {
        let refused = world.transfer_from(OTHER, HOLDER, to, 1);
        assert_eq!(refused.value, custom("Frozen"));
    }
    let refused = world.transfer_from(HOLDER, HOLDER, OTHER, 1);
    assert_eq!(refused.value, custom("Frozen"));
}

#[test]
fn the_allowance_is_looked_at_before_the_frost_and_the_frost_before_the_balance() {
    let mut world = World::frozen();
    world.approve(HOLDER, OTHER, WEALTH + 1).succeeded();
    let refused = world.transfer_from(OTHER, HOLDER, OTHER, WEALTH + 2);
    assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientAllowance)));
    let refused = world.transfer_from(OTHER, HOLDER, OTHER, WEALTH + 1);
    assert_eq!(refused.value, custom("Frozen"));
    let refused = world.transfer(HOLDER, OTHER, WEALTH + 1);
    assert_eq!(refused.value, custom("Frozen"));
    assert_eq!(world.transfer(STRANGER, OTHER, 1).value, custom("Frozen"));
}

#[test]
fn moving_nothing_or_to_oneself_succeeds_and_says_nothing_even_when_frozen() {
    let mut world = World::frozen();
    let before = world.books();
    let receipts = [
        world.transfer(HOLDER, OTHER, 0),
        world.transfer(HOLDER, HOLDER, WEALTH + 1),
        world.transfer_from(OTHER, HOLDER, STRANGER, 0),
        world.transfer_from(OTHER, HOLDER, HOLDER, 1),
    ];
    for receipt in receipts {
        assert_eq!(receipt.succeeded().events, []);
    }
    assert_eq!(world.books(), before);
}

#[test]
fn allowances_can_be_changed_when_frozen_and_leave_it_frozen() {
    let mut world = World::frozen();
    world.approve(HOLDER, OTHER, 5).succeeded();
    let more = psp22(world.token).increase_allowance(OTHER.id(), 3);
    world.act(HOLDER, more).succeeded();
    let less = psp22(world.token).decrease_allowance(OTHER.id(), 1);
    world.act(HOLDER, less).succeeded();
    let allowed = world.books().allowances;
    assert_eq!(allowed, [((HOLDER.id(), OTHER.id()), 7)].into());
    assert!(world.is_frozen());
}

/// Messages of PSP22 end without writing the root cell; those that change it must not.
#[test]
fn the_supply_outlives_messages_that_leave_the_root_cell_alone() {
    let mut world = World::new();
    world.mint(FACTORY, OTHER, 7).succeeded();
    world.transfer(OTHER, STRANGER, 3).succeeded();
    world.approve(OTHER, STRANGER, 3).succeeded();
    world.transfer_from(STRANGER, OTHER, HOLDER, 3).succeeded();
    assert_eq!(world.supply(), WEALTH + 7);
    world.burn(FACTORY, STRANGER, 2).succeeded();
    world.transfer(STRANGER, OTHER, 1).succeeded();
    assert_eq!(world.supply(), WEALTH + 5);
    world.burn_all(FACTORY, OTHER).succeeded();
    world.approve(OTHER, STRANGER, 0).succeeded();
    assert_eq!(world.supply(), WEALTH + 3);
}

#[test]
fn who_frees_a_cell_gets_its_deposit() {
    let mut world = World::new();
    world.approve(HOLDER, OTHER, 5).succeeded();
    let coins = world.coins(HOLDER);
    let receipt = world.approve(HOLDER, OTHER, 0).succeeded();
    assert_eq!(receipt.deposit.items, -1);
    assert!(world.coins(HOLDER) > coins, "what the owner takes back");
    let (factory, holder) = (world.coins(FACTORY), world.coins(HOLDER));
    let receipt = world.burn_all(FACTORY, HOLDER).succeeded();
    assert_eq!(receipt.deposit.items, -1);
    assert_eq!(world.coins(HOLDER), holder);
    assert!(world.coins(FACTORY) > factory, "what the factory burns");
}
