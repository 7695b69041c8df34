//! The standard: beside the reference token, and where ALV says more than it.

use crate::world::*;
use ::psp22::PSP22Error;
use allive_calls::Typed;
use allive_simulator::GENESIS;
use allive_support::code;
use allive_support::standard::{self, Standing, Token};
use alv::AlvRef;

const ALV: Token = Token {
    create: |chain, supply| {
        let new = AlvRef::new(supply, u128::MAX, PAUSE, GENESIS);
        let created = chain.create(OWNER.id(), &code("alv"), new, b"");
        created.unwrap().unwrap().address
    },
    standing: |chain, alv| {
        let stored = StoredState::of(chain, alv);
        Standing {
            supply: stored.supply,
            balances: stored.balances,
            allowances: stored.allowances,
        }
    },
};

#[test]
fn any_sequence_does_what_it_does_to_the_reference_token() {
    standard::any_sequence_does_what_it_does_to_the_reference(ALV);
}

#[test]
fn the_edges_are_those_of_the_reference_token() {
    standard::the_edges_are_those_of_the_reference(ALV);
}

#[test]
fn data_may_be_left_out_and_is_never_read() {
    standard::data_may_be_left_out_and_is_never_read(ALV);
}

#[test]
fn a_transfer_moves_the_value_and_says_so() {
    let mut world = World::new();
    let receipt = world.receipt(HOLDER, world.transfer(OTHER, 10));
    assert_eq!(receipt.events, [world.transferred(HOLDER, OTHER, 10)]);
    assert_eq!([world.holds(HOLDER), world.holds(OTHER)], [WEALTH - 10, 10]);
    assert_eq!(world.get(world.total_supply()), SUPPLY);
}

#[test]
fn more_than_the_balance_is_refused() {
    let mut world = World::new();
    for value in [WEALTH + 1, u128::MAX] {
        let refused = world.refused(HOLDER, world.transfer(OTHER, value));
        assert_eq!(refused, PSP22Error::InsufficientBalance);
    }
    world.done(HOLDER, world.transfer(OTHER, WEALTH));
}

#[test]
fn more_than_the_allowance_is_refused_and_another_spenders_does_not_count() {
    let mut world = World::new();
    world.done(HOLDER, world.approve(OTHER, 5));
    let refused = world.refused(OTHER, world.transfer_from(HOLDER, OTHER, 6));
    assert_eq!(refused, PSP22Error::InsufficientAllowance);
    let refused = world.refused(STRANGER, world.transfer_from(HOLDER, STRANGER, 1));
    assert_eq!(refused, PSP22Error::InsufficientAllowance);
    let receipt = world.receipt(OTHER, world.transfer_from(HOLDER, STRANGER, 5));
    let said = [
        world.approved(HOLDER, OTHER, 0),
        world.transferred(HOLDER, STRANGER, 5),
    ];
    assert_eq!(receipt.events, said);
    assert_eq!(world.get(world.allowance(HOLDER, OTHER)), 0);
}

#[test]
fn who_frees_a_cell_gets_its_deposit() {
    let mut world = World::new();
    world.done(HOLDER, world.approve(OTHER, 5));
    let coins = world.coins(HOLDER);
    let receipt = world.receipt(HOLDER, world.approve(OTHER, 0));
    assert_eq!(receipt.deposit.items, -1);
    assert!(world.coins(HOLDER) > coins, "what the owner takes back");
    world.done(HOLDER, world.approve(OTHER, 5));
    let (owner, spender) = (world.coins(HOLDER), world.coins(OTHER));
    world.done(OTHER, world.transfer_from(HOLDER, OWNER, 5));
    assert_eq!(world.coins(HOLDER), owner);
    assert!(world.coins(OTHER) > spender, "what the spender uses up");
}
