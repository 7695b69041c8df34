//! Many payments in one call.

use crate::world::*;
use allive_access::Pausable;
use allive_calls::{at, Chain, Message};
use allive_simulator::START;
use allive_support::tokens::payments;
use alv::{Alv, AlvError, MAX_PAYMENTS, VAULT};
use ink::primitives::AccountId;
use scale::Encode;

impl Deployed {
    fn pay(&self, plain: &[(AccountId, u128)]) -> Message<impl Encode, Result<(), AlvError>> {
        at::<Alv>(self.token).transfer_many(payments(plain))
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
    let receipt = world.receipt(
        HOLDER,
        world.pay(&[(other, 10), (stranger, 20), (other, 3)]),
    );
    let said = [
        world.transferred(HOLDER, OTHER, 10),
        world.transferred(HOLDER, STRANGER, 20),
        world.transferred(HOLDER, OTHER, 3),
    ];
    assert_eq!(receipt.events, said);
    let balances = [HOLDER, OTHER, STRANGER].map(|of| world.holds(of));
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
        let refused = world.refused(HOLDER, world.pay(&short));
        assert_eq!(refused, AlvError::InsufficientBalance, "{short:?}");
    }
    world.done(HOLDER, world.pay(&[(other, WEALTH - 1), (stranger, 1)]));
    assert_eq!(world.holds(HOLDER), 0);
}

#[test]
fn a_payment_of_nothing_or_to_oneself_is_passed_over() {
    let mut world = World::new();
    let [holder, other] = [HOLDER, OTHER].map(Party::id);
    let list = [(other, 0), (holder, 5), (holder, u128::MAX), (other, 2)];
    let receipt = world.receipt(HOLDER, world.pay(&list));
    assert_eq!(receipt.events, [world.transferred(HOLDER, OTHER, 2)]);
    assert_eq!([world.holds(HOLDER), world.holds(OTHER)], [WEALTH - 2, 2]);
    let before = stored_state(&mut world);
    for list in [vec![], vec![(other, 0)]] {
        // Whoever holds nothing may pay nothing.
        assert_eq!(world.receipt(STRANGER, world.pay(&list)).events, []);
    }
    assert_eq!(stored_state(&mut world), before);
}

#[test]
fn a_hundred_payments_fit_into_one_call_and_one_more_is_refused() {
    let mut world = World::new();
    assert_eq!(MAX_PAYMENTS, 100);
    world.done(OWNER, world.transfer(HOLDER, 10_000));
    let refused = world.refused(HOLDER, world.pay(&crowd(101)));
    assert_eq!(refused, AlvError::TooManyPayments);
    let refused = world.refused(HOLDER, world.pay(&crowd(255)));
    assert_eq!(refused, AlvError::TooManyPayments);
    let receipt = world.receipt(HOLDER, world.pay(&crowd(100)));
    assert_eq!(receipt.events.len(), 100);
    assert_eq!(receipt.deposit.items, 100);
    for (account, value) in crowd(100) {
        assert_eq!(world.holds(account), value);
    }
    assert_eq!(world.holds(HOLDER), WEALTH + 10_000 - 5_050);
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
    world.done(HOLDER, world.transfer(OTHER, 10));
    world.done(GUARD, world.contract().pause());
    for list in [vec![(STRANGER.id(), 1)], vec![(STRANGER.id(), 0)], vec![]] {
        assert_eq!(world.refused(HOLDER, world.pay(&list)), AlvError::Paused);
    }
    // The length is looked at first.
    let refused = world.refused(HOLDER, world.pay(&crowd(101)));
    assert_eq!(refused, AlvError::TooManyPayments);
    world.done(OTHER, world.pay(&[(STRANGER.id(), 4), (HOLDER.id(), 6)]));
    world.at(START + DURATION);
    world.done(HOLDER, world.pay(&[(STRANGER.id(), 1)]));
    assert_eq!(world.holds(STRANGER), 5);
}
