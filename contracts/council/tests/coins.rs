//! The council's own coins.

use crate::world::*;
use allive_calls::{parts, read, Chain, Event, Gas};
use council::*;

const LIMIT: Gas = Gas {
    ref_time: 1_000_000_000_000,
    proof_size: 16 * 1024 * 1024,
};

#[test]
fn anyone_gives_coins_by_message_or_by_plain_transfer() {
    let mut world = World::new();
    let before = world.chain.balance(world.council);
    let (council, input) = parts(world.contract().deposit());
    let outcome = world.chain.call_with(STRANGER, council, input, 70, LIMIT);
    assert_eq!(read::<Result<(), CouncilError>>(outcome.result), Ok(Ok(())));
    let said: Vec<Deposited> = outcome.events.iter().filter_map(Event::decode).collect();
    let event = Deposited {
        from: STRANGER.into(),
        amount: 70.into(),
    };
    assert_eq!(said, [event]);
    world.chain.pay(STRANGER, council, 30);
    assert_eq!(world.chain.balance(council), before + 100);
}

#[test]
fn coins_are_paid_by_a_proposal() {
    let mut world = World::new();
    let council = world.council;
    world.chain.pay(STRANGER, council, 100);
    let payee = account(0x77);
    world.chain.endow(payee);
    let held = [council, payee].map(|account| world.chain.balance(account));
    let pay = |amount: u128| Action::Pay {
        to: payee.into(),
        amount: amount.into(),
    };
    let answer = world.carry(pay(60));
    assert_eq!(answer.value, Ok(Ok(())));
    assert_eq!(world.chain.balance(council), held[0] - 60);
    assert_eq!(world.chain.balance(payee), held[1] + 60);
    let refused = world.carry(pay(1_000_000_000)).value;
    assert_eq!(refused, Ok(Err(CouncilError::NotPaid)));
}

#[test]
fn coins_go_with_a_call() {
    let mut world = World::new();
    let council = world.council;
    world.chain.pay(STRANGER, council, 100);
    let new = constructor(&MEMBERS[..4], TERMS);
    let other = create(&mut world.chain, "council", new);
    let before = world.chain.balance(other);
    let mut deposit = call(allive_calls::at::<Council>(other).deposit());
    deposit.value = 60.into();
    let answer = world.carry(calls([deposit]));
    assert_eq!(answer.value, Ok(Ok(())));
    assert_eq!(world.chain.balance(other), before + 60);
}

#[test]
fn a_message_without_purpose_for_coins_takes_none() {
    let (mut world, proposal) = World::ready();
    let (council, input) = parts(world.contract().execute(proposal));
    let before = world.chain.balance(council);
    let outcome = world.chain.call_with(STRANGER, council, input, 1, LIMIT);
    assert!(read::<Result<(), CouncilError>>(outcome.result).is_err());
    assert_eq!(world.chain.balance(council), before);
    assert_eq!(world.execute(proposal).value, Ok(Ok(())));
}
