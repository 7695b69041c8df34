//! A payment that is told to the contract that is paid.

use crate::world::*;
use ::hostile::{Hostile, HostileRef, Mode};
use allive_calls::{at, parts, psp22, Message, Receipt, Typed};
use allive_derived_token_interface::DerivedToken as _;
use allive_support::acting::Succeeded;
use derived_token::{DerivedToken, PSP22Payable};
use ink::primitives::AccountId;
use psp22::{PSP22Error, PSP22};
use scale::Encode;

type Answer = Receipt<Result<(), PSP22Error>>;

/// With a contract that can be paid, and does as it is told.
fn stage() -> (World, AccountId) {
    let mut world = World::new();
    let created = world.create(FACTORY, "hostile", HostileRef::new());
    (world, created.unwrap().address)
}

fn payment(
    world: &World,
    to: AccountId,
    value: u128,
    data: Vec<u8>,
) -> Message<impl Encode, Result<(), PSP22Error>> {
    at::<DerivedToken>(world.token).transfer_and_call(to.into(), value, data)
}

/// The one message by which the token calls somebody.
fn pay_and_tell(
    world: &mut World,
    by: impl Party,
    to: AccountId,
    value: u128,
    note: &[u8],
) -> Answer {
    let message = payment(world, to, value, note.to_vec().encode());
    world.most_frames = 5;
    let receipt = world.send(by, message);
    world.most_frames = 1;
    receipt
}

#[test]
fn the_receiver_is_paid_and_told_by_whom_how_much_and_what_for() {
    let (mut world, receiver) = stage();
    let receipt = pay_and_tell(&mut world, HOLDER, receiver, 10, b"a visit").succeeded();
    assert_eq!(receipt.frames, 2);
    assert_eq!(receipt.events, [world.transferred(HOLDER, receiver, 10)]);
    let told = (HOLDER.id(), 10, b"a visit".to_vec());
    assert_eq!(world.get(at::<Hostile>(receiver).told()), Some(told));
    assert_eq!(world.holds(receiver), 10);
    assert_eq!(world.holds(HOLDER), WEALTH - 10);
    // Nothing may be paid, and is told.
    let receipt = pay_and_tell(&mut world, STRANGER, receiver, 0, b"").succeeded();
    assert_eq!(receipt.events, []);
    let told = (STRANGER.id(), 0, vec![]);
    assert_eq!(world.get(at::<Hostile>(receiver).told()), Some(told));
}

#[test]
fn what_is_not_accepted_is_not_paid() {
    let (mut world, receiver) = stage();
    for mode in [Mode::Refuses, Mode::Traps] {
        world.tell(FACTORY, at::<Hostile>(receiver).behave(mode));
        let refused = pay_and_tell(&mut world, HOLDER, receiver, 10, b"").value;
        assert_eq!(refused, Ok(Err(custom("NotAccepted"))));
    }
    let refused = pay_and_tell(&mut world, HOLDER, STRANGER.id(), 10, b"").value;
    assert_eq!(refused, Ok(Err(custom("NotAccepted"))), "no contract");
    assert_eq!(world.holds(HOLDER), WEALTH);
}

#[test]
fn nothing_is_told_of_a_payment_that_is_not_made() {
    let (mut world, receiver) = stage();
    let refused = pay_and_tell(&mut world, HOLDER, receiver, WEALTH + 1, b"").value;
    assert_eq!(refused, Ok(Err(PSP22Error::InsufficientBalance)));
    let long = payment(&world, receiver, 1, vec![9; 256]);
    assert_eq!(world.refused(HOLDER, long), custom("TooMuchData"));
    world.done(FACTORY, world.contract().freeze());
    let refused = pay_and_tell(&mut world, HOLDER, receiver, 1, b"").value;
    assert_eq!(refused, Ok(Err(custom("Frozen"))));
    assert_eq!(world.get(at::<Hostile>(receiver).told()), None);
}

#[test]
fn a_contract_cannot_tell_itself_of_a_payment() {
    let (mut world, receiver) = stage();
    world.done(HOLDER, world.transfer(receiver, 10));
    for (value, error) in [
        (11, PSP22Error::InsufficientBalance),
        (10, custom("NotAccepted")),
        (0, custom("NotAccepted")),
    ] {
        let (token, input) = parts(payment(&world, receiver, value, b"".to_vec().encode()));
        let passed_on = at::<Hostile>(receiver).forward(token, input);
        let answer = world.chain.send(STRANGER.id(), passed_on).value;
        let refused = Err::<(), _>(error);
        assert_eq!(answer, Ok(Some(refused.encode())), "{value}");
        assert_eq!(world.get(at::<Hostile>(receiver).told()), None);
    }
}

#[test]
fn a_receiver_that_calls_the_token_again_is_not_let_in() {
    let (mut world, receiver) = stage();
    // By a contract between, since who is not let in traps.
    let between = world.create(FACTORY, "hostile", HostileRef::new());
    let between = between.unwrap().address;
    let (token, again) = parts(psp22(world.token).transfer(STRANGER.id(), 10, vec![]));
    let (target, input) = parts(at::<Hostile>(between).forward(token, again));
    let reenters = Mode::Reenters {
        target,
        input,
        insists: true,
    };
    world.tell(FACTORY, at::<Hostile>(receiver).behave(reenters));
    let answer = pay_and_tell(&mut world, HOLDER, receiver, 10, b"").value;
    assert_eq!(answer, Ok(Err(custom("NotAccepted"))));
    assert_eq!(world.holds(STRANGER), 0);
}

#[test]
fn what_a_frozen_token_paid_to_itself_is_told_to_nobody() {
    let (mut world, receiver) = stage();
    world.done(HOLDER, world.transfer(receiver, 10));
    world.done(FACTORY, world.contract().freeze());
    let (token, input) = parts(payment(&world, receiver, 10, b"".to_vec().encode()));
    let passed_on = at::<Hostile>(receiver).forward(token, input);
    world.chain.send(STRANGER.id(), passed_on);
    assert_eq!(world.get(at::<Hostile>(receiver).told()), None);
}
