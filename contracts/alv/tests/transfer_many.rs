//! Many payments in one call.

use crate::world::*;
use allive_calls::{at, Chain, Receipt};
use allive_support::tokens::payments;
use alv::{Alv, AlvError, MAX_PAYMENTS, VAULT};
use ink::primitives::AccountId;
use scale::Encode;

type Answer = Receipt<Result<(), AlvError>>;

impl World {
    fn pay(&mut self, by: impl Party, plain: &[(AccountId, u128)]) -> Answer {
        let message = at::<Alv>(self.alv).transfer_many(payments(plain));
        self.act(by, message)
    }
}

/// Many accounts, each of which gets something else.
fn crowd(count: u8) -> Vec<(AccountId, u128)> {
    (1..=count)
        .map(|number| (AccountId::from([number; 32]), number.into()))
        .collect()
}

#[test]
fn each_payment_is_made_and_has_its_event() {
    let mut world = World::new();
    let [other, stranger] = [OTHER, STRANGER].map(Party::id);
    let receipt = world
        .pay(HOLDER, &[(other, 10), (stranger, 20), (other, 3)])
        .succeeded();
    let said = [
        world.transferred(HOLDER, OTHER, 10),
        world.transferred(HOLDER, STRANGER, 20),
        world.transferred(HOLDER, OTHER, 3),
    ];
    assert_eq!(receipt.events, said);
    let balances = [HOLDER, OTHER, STRANGER].map(|of| world.balance(of));
    assert_eq!(balances, [WEALTH - 33, 13, 20]);
}

#[test]
fn all_is_paid_to_the_last_unit_or_nothing_at_all() {
    let mut world = World::new();
    let [other, stranger] = [OTHER, STRANGER].map(Party::id);
    for short in [
        vec![(other, WEALTH), (stranger, 1)],
        vec![(other, WEALTH + 1)],
        vec![(other, 1), (stranger, u128::MAX), (other, 1)],
        vec![(other, u128::MAX), (stranger, u128::MAX)],
    ] {
        let refused = world.pay(HOLDER, &short);
        assert_eq!(
            refused.value,
            Ok(Err(AlvError::InsufficientBalance)),
            "{short:?}"
        );
    }
    world
        .pay(HOLDER, &[(other, WEALTH - 1), (stranger, 1)])
        .succeeded();
    assert_eq!(world.balance(HOLDER), 0);
}

#[test]
fn a_payment_of_nothing_or_to_oneself_is_passed_over() {
    let mut world = World::new();
    let [holder, other] = [HOLDER, OTHER].map(Party::id);
    let list = [(other, 0), (holder, 5), (holder, u128::MAX), (other, 2)];
    let receipt = world.pay(HOLDER, &list).succeeded();
    assert_eq!(receipt.events, [world.transferred(HOLDER, OTHER, 2)]);
    assert_eq!(
        [world.balance(HOLDER), world.balance(OTHER)],
        [WEALTH - 2, 2]
    );
    let before = world.books();
    for list in [vec![], vec![(other, 0)]] {
        // Whoever holds nothing may pay nothing.
        assert_eq!(world.pay(STRANGER, &list).succeeded().events, []);
    }
    assert_eq!(world.books(), before);
}

#[test]
fn a_hundred_payments_fit_into_one_call_and_one_more_is_refused() {
    let mut world = World::new();
    assert_eq!(MAX_PAYMENTS, 100);
    world.transfer(OWNER, HOLDER, 10_000).succeeded();
    let refused = world.pay(HOLDER, &crowd(101));
    assert_eq!(refused.value, Ok(Err(AlvError::TooManyPayments)));
    let refused = world.pay(HOLDER, &crowd(255));
    assert_eq!(refused.value, Ok(Err(AlvError::TooManyPayments)));
    let receipt = world.pay(HOLDER, &crowd(100)).succeeded();
    assert_eq!(receipt.events.len(), 100);
    assert_eq!(receipt.deposit.items, 100);
    for (account, value) in crowd(100) {
        assert_eq!(world.balance(account), value);
    }
    assert_eq!(world.balance(HOLDER), WEALTH + 10_000 - 5_050);
}

#[test]
fn a_list_that_is_too_long_or_cut_short_cannot_be_read() {
    let mut world = World::new();
    let before = world.chain.cells(world.alv);
    let selector = ink::selector_bytes!("transfer_many").encode();
    let long = [selector.clone(), vec![(OTHER.id(), 1_u128); 256].encode()].concat();
    let mut short = [selector, crowd(3).encode()].concat();
    short.pop();
    for input in [long, short] {
        let returned = world
            .chain
            .call(HOLDER.id(), world.alv, input)
            .result
            .unwrap();
        assert_eq!((returned.reverted, returned.data), (true, vec![1, 1]));
    }
    assert_eq!(world.chain.cells(world.alv), before);
}

#[test]
fn a_pause_stops_holders_even_from_paying_nothing_and_vaults_not_at_all() {
    let mut world = World::new();
    world.grant(VAULT, OTHER);
    world.transfer(HOLDER, OTHER, 10).succeeded();
    world.pause();
    for list in [vec![(STRANGER.id(), 1)], vec![(STRANGER.id(), 0)], vec![]] {
        assert_eq!(world.pay(HOLDER, &list).value, Ok(Err(AlvError::Paused)));
    }
    // The length is looked at first.
    let refused = world.pay(HOLDER, &crowd(101));
    assert_eq!(refused.value, Ok(Err(AlvError::TooManyPayments)));
    world
        .pay(OTHER, &[(STRANGER.id(), 4), (HOLDER.id(), 6)])
        .succeeded();
    world.at(DURATION);
    world.pay(HOLDER, &[(STRANGER.id(), 1)]).succeeded();
    assert_eq!(world.balance(STRANGER), 5);
}
