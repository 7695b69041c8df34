//! A payment that is told to the contract that is paid.

use crate::world::*;
use ::hostile::{Hostile, HostileRef, Mode};
use allive_access::Pausable;
use allive_calls::{at, parts, psp22, Message, Receipt, Typed};
use allive_simulator::GENESIS;
use alv::{Alv, AlvRef, PSP22Payable, MAX_DATA, ON_RECEIVED, VAULT};
use ink::primitives::AccountId;
use psp22::{PSP22Error, PSP22};
use scale::Encode;

type Answer = Receipt<Result<(), PSP22Error>>;

/// With a contract that can be paid, and does as it is told.
fn stage() -> (World, AccountId) {
    let mut world = World::new();
    let created = world.create(OWNER, "hostile", HostileRef::new());
    (world, created.unwrap().address)
}

/// A payment that the receiver is told of: the one message by which ALV calls somebody.
fn pay_and_tell(
    world: &mut World,
    by: impl Party,
    to: AccountId,
    value: u128,
    note: &[u8],
) -> Answer {
    let data = note.to_vec().encode();
    let message = world.contract().transfer_and_call(to.into(), value, data);
    call_out(world, by, message)
}

fn call_out(
    world: &mut World,
    by: impl Party,
    message: Message<impl Encode, Result<(), PSP22Error>>,
) -> Answer {
    world.most_frames = 5;
    let receipt = world.send(by, message);
    world.most_frames = 1;
    receipt
}

#[test]
fn the_receiver_is_paid_and_told_by_whom_how_much_and_what_for() {
    let (mut world, receiver) = stage();
    for note in [&b""[..], b"for a token", &[7; 200]] {
        let before = world.holds(receiver);
        let receipt = pay_and_tell(&mut world, HOLDER, receiver, 10, note).succeeded();
        assert_eq!(receipt.frames, 2);
        assert_eq!(receipt.events, [world.transferred(HOLDER, receiver, 10)]);
        assert_eq!(world.holds(receiver), before + 10);
        let told = (HOLDER.id(), 10, note.to_vec());
        assert_eq!(world.get(at::<Hostile>(receiver).told()), Some(told));
    }
    assert_eq!(world.holds(HOLDER), WEALTH - 30);
}

/// The selector, the payer, the amount, and then what the payer gave, byte for byte.
#[test]
fn what_is_told_is_laid_out_as_the_specification_says() {
    let told = at::<Hostile>(OWNER.id()).on_received(HOLDER.id(), 10, vec![1, 2, 3]);
    let (_, bytes) = parts(told);
    let data = vec![1_u8, 2, 3].encode();
    let expected = (ON_RECEIVED, HOLDER.id(), 10_u128).encode();
    assert_eq!(bytes, [expected, data].concat());
    assert_eq!(ON_RECEIVED, [0x03, 0x05, 0xee, 0xec]);
}

#[test]
fn what_is_not_accepted_is_not_paid() {
    let (mut world, receiver) = stage();
    let answers = |bytes: &[u8]| Mode::AnswersPayments {
        bytes: bytes.to_vec(),
        reverted: true,
    };
    for mode in [
        Mode::Refuses,
        Mode::Traps,
        answers(&[0, 0]),
        answers(&[]),
        answers(&[7; 1_000]),
    ] {
        world.tell(OWNER, at::<Hostile>(receiver).behave(mode.clone()));
        let refused = pay_and_tell(&mut world, HOLDER, receiver, 10, b"").value;
        assert_eq!(refused, Ok(Err(custom("NotAccepted"))), "{mode:?}");
        assert_eq!(world.holds(HOLDER), WEALTH);
    }
}

#[test]
fn only_a_contract_that_knows_the_message_can_be_paid_so() {
    let (mut world, receiver) = stage();
    let alv = world.alv;
    let another = world.create(OWNER, "alv", AlvRef::new(5, 5, PAUSE, GENESIS));
    for nobody in [STRANGER.id(), HOLDER.id(), another.unwrap().address] {
        let refused = pay_and_tell(&mut world, HOLDER, nobody, 10, b"").value;
        assert_eq!(refused, Ok(Err(custom("NotAccepted"))));
    }
    let itself = pay_and_tell(&mut world, HOLDER, alv, 10, b"").value;
    assert!(itself.is_err(), "the chain does not let it in");
    let data = vec![0xff; 3];
    let message = at::<Alv>(alv).transfer_and_call(receiver.into(), 10, data);
    let refused = call_out(&mut world, HOLDER, message).value;
    assert_eq!(
        refused,
        Ok(Err(custom("NotAccepted"))),
        "no arguments of its"
    );
}

#[test]
fn nothing_is_told_of_a_payment_that_is_not_made() {
    let (mut world, receiver) = stage();
    let refused = pay_and_tell(&mut world, HOLDER, receiver, WEALTH + 1, b"").value;
    assert_eq!(refused, Ok(Err(PSP22Error::InsufficientBalance)));
    world.done(GUARD, world.contract().pause());
    let refused = pay_and_tell(&mut world, HOLDER, receiver, 1, b"").value;
    assert_eq!(refused, Ok(Err(custom("Paused"))));
    assert_eq!(world.get(at::<Hostile>(receiver).told()), None);
    world.grant(VAULT, HOLDER);
    pay_and_tell(&mut world, HOLDER, receiver, 1, b"").succeeded();
}

/// A contract that pays itself: nothing moves, so it is told nothing, whatever it holds.
#[test]
fn a_contract_cannot_tell_itself_of_a_payment() {
    let (mut world, receiver) = stage();
    world.give(receiver, 10);
    for (value, error) in [
        (11, PSP22Error::InsufficientBalance),
        (u128::MAX, PSP22Error::InsufficientBalance),
        (10, custom("NotAccepted")),
        (0, custom("NotAccepted")),
    ] {
        let data = b"not paid".to_vec().encode();
        let message = at::<Alv>(world.alv).transfer_and_call(receiver.into(), value, data);
        let (alv, input) = parts(message);
        world.most_frames = 5;
        let passed_on = at::<Hostile>(receiver).forward(alv, input);
        let answer = world.chain.send(STRANGER.id(), passed_on).value;
        world.most_frames = 1;
        let refused: Result<(), _> = Err::<(), _>(error);
        assert_eq!(answer, Ok(Some(refused.encode())), "{value}");
        assert_eq!(world.get(at::<Hostile>(receiver).told()), None);
        assert_eq!(world.holds(receiver), 10);
    }
}

#[test]
fn nothing_may_be_paid_and_is_told() {
    let (mut world, receiver) = stage();
    let receipt = pay_and_tell(&mut world, STRANGER, receiver, 0, b"").succeeded();
    assert_eq!(receipt.events, []);
    assert_eq!(
        world.get(at::<Hostile>(receiver).told()),
        Some((STRANGER.id(), 0, vec![]))
    );
}

/// It holds what it was paid already, and cannot do anything with it before the payment is over.
#[test]
fn a_receiver_that_calls_alv_again_is_not_let_in() {
    let (mut world, receiver) = stage();
    // By a contract between, since who is not let in traps.
    let between = world.create(OWNER, "hostile", HostileRef::new());
    let between = between.unwrap().address;
    let again = psp22(world.alv).transfer(STRANGER.id(), 10, vec![]);
    let (alv, again) = parts(again);
    let (target, input) = parts(at::<Hostile>(between).forward(alv, again));
    for insists in [false, true] {
        world.tell(
            OWNER,
            at::<Hostile>(receiver).behave(Mode::Reenters {
                target,
                input: input.clone(),
                insists,
            }),
        );
        let answer = pay_and_tell(&mut world, HOLDER, receiver, 10, b"").value;
        let right = if insists {
            Err(custom("NotAccepted"))
        } else {
            Ok(())
        };
        assert_eq!(answer, Ok(right));
        assert_eq!(world.holds(STRANGER), 0);
    }
}

#[test]
fn data_of_255_bytes_are_told_and_more_are_refused() {
    let (mut world, receiver) = stage();
    // The count of the bytes within takes two.
    pay_and_tell(&mut world, HOLDER, receiver, 1, &[9; 253]).succeeded();
    for length in [MAX_DATA + 1, 10_000] {
        let data = vec![9; length];
        let message = at::<Alv>(world.alv).transfer_and_call(receiver.into(), 1, data);
        let refused = call_out(&mut world, HOLDER, message).value;
        assert_eq!(refused, Ok(Err(custom("TooMuchData"))));
    }
}

#[test]
fn what_the_receiver_stores_is_on_the_payers_account() {
    let (mut world, receiver) = stage();
    let first = pay_and_tell(&mut world, HOLDER, receiver, 1, b"").succeeded();
    // Its balance here, and what it was told there.
    assert_eq!(first.deposit.items, 2);
    let second = pay_and_tell(&mut world, HOLDER, receiver, 1, b"").succeeded();
    assert_eq!(second.deposit.items, 0);
}
