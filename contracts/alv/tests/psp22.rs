//! The standard: beside the reference token, and where ALV says more than it.

use crate::world::*;
use ::psp22::PSP22Error;
use allive_support::standard::{self, Standing, Token};

const ALV: Token = Token {
    create: |chain, supply| create(chain, supply, u128::MAX, terms(), b"").unwrap(),
    standing: |chain, alv| {
        let books = books(chain, alv);
        Standing {
            supply: books.supply,
            balances: books.balances,
            allowances: books.allowances,
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
    let receipt = world.transfer(HOLDER, OTHER, 10).succeeded();
    assert_eq!(receipt.events, [world.transferred(HOLDER, OTHER, 10)]);
    assert_eq!(
        [world.balance(HOLDER), world.balance(OTHER)],
        [WEALTH - 10, 10]
    );
    assert_eq!(world.supply(), SUPPLY);
}

#[test]
fn more_than_the_balance_is_refused() {
    let mut world = World::new();
    for value in [WEALTH + 1, u128::MAX] {
        let refused = world.transfer(HOLDER, OTHER, value);
        assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientBalance)));
    }
    world.transfer(HOLDER, OTHER, WEALTH).succeeded();
}

#[test]
fn more_than_the_allowance_is_refused_and_another_spenders_does_not_count() {
    let mut world = World::new();
    world.approve(HOLDER, OTHER, 5).succeeded();
    let refused = world.transfer_from(OTHER, HOLDER, OTHER, 6);
    assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientAllowance)));
    let refused = world.transfer_from(STRANGER, HOLDER, STRANGER, 1);
    assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientAllowance)));
    let receipt = world.transfer_from(OTHER, HOLDER, STRANGER, 5).succeeded();
    let said = [
        world.approved(HOLDER, OTHER, 0),
        world.transferred(HOLDER, STRANGER, 5),
    ];
    assert_eq!(receipt.events, said);
    assert_eq!(world.allowance(HOLDER, OTHER), 0);
}

#[test]
fn who_frees_a_cell_gets_its_deposit() {
    let mut world = World::new();
    world.approve(HOLDER, OTHER, 5).succeeded();
    let coins = world.coins(HOLDER);
    let receipt = world.approve(HOLDER, OTHER, 0).succeeded();
    assert_eq!(receipt.deposit.items, -1);
    assert!(world.coins(HOLDER) > coins, "what the owner takes back");
    world.approve(HOLDER, OTHER, 5).succeeded();
    let (owner, spender) = (world.coins(HOLDER), world.coins(OTHER));
    world.transfer_from(OTHER, HOLDER, OWNER, 5).succeeded();
    assert_eq!(world.coins(HOLDER), owner);
    assert!(world.coins(OTHER) > spender, "what the spender uses up");
}
