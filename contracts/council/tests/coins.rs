//! The council's own coins.

use crate::world::*;
use allive_calls::{parts, read, Event, Gas};
use council::*;

const LIMIT: Gas = Gas {
    ref_time: 1_000_000_000_000,
    proof_size: 16 * 1024 * 1024,
};

#[test]
fn anyone_gives_coins_by_message_or_by_plain_transfer() {
    let mut world = World::new();
    let before = world.coins(world.council);
    let (council, input) = parts(world.contract().deposit());
    let outcome = world.chain.call_with(STRANGER, council, input, 70, LIMIT);
    assert_eq!(read::<Result<(), CouncilError>>(outcome.result), Ok(Ok(())));
    let said: Vec<Deposited> = outcome.events.iter().filter_map(Event::decode).collect();
    let event = Deposited {
        from: STRANGER.into(),
        amount: 70,
    };
    assert_eq!(said, [event]);
    world.chain.pay(STRANGER, council, 30);
    assert_eq!(world.coins(council), before + 100);
}

#[test]
fn coins_are_paid_by_a_proposal() {
    let mut world = World::new();
    let council = world.council;
    world.chain.pay(STRANGER, council, 100);
    let payee = account(0x77);
    world.chain.endow(payee);
    let held = [council, payee].map(|account| world.coins(account));
    let pay = |amount: u128| Action::Pay {
        to: payee.into(),
        amount,
    };
    carry_out(&mut world, pay(60));
    assert_eq!(world.coins(council), held[0] - 60);
    assert_eq!(world.coins(payee), held[1] + 60);
    let refused = carry(&mut world, pay(1_000_000_000)).value;
    assert_eq!(refused, Ok(Err(CouncilError::NotPaid)));
}

#[test]
fn coins_go_with_a_call() {
    let mut world = World::new();
    let council = world.council;
    world.chain.pay(STRANGER, council, 100);
    let new = constructor(&MEMBERS[..4], TERMS);
    let other = world.create(STRANGER, "council", new).unwrap().address;
    let before = world.coins(other);
    let mut deposit = call(allive_calls::at::<Council>(other).deposit());
    deposit.value = 60;
    carry_out(&mut world, calls([deposit]));
    assert_eq!(world.coins(other), before + 60);
}

#[test]
fn a_message_without_purpose_for_coins_takes_none() {
    let (mut world, proposal) = ready();
    let (council, input) = parts(world.contract().execute(proposal));
    let before = world.coins(council);
    let outcome = world.chain.call_with(STRANGER, council, input, 1, LIMIT);
    assert!(read::<Result<(), CouncilError>>(outcome.result).is_err());
    assert_eq!(world.coins(council), before);
    world.done(STRANGER, world.contract().execute(proposal));
}
