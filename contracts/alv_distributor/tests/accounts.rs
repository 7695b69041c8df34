//! Sums, and what events tell.

use crate::world::*;
use allive_calls::{psp22, Chain, Keyring};
use allive_support::acting::topic;
use proptest::prelude::*;
use psp22::PSP22;
use DistributorError::{AlreadyClaimed, Closed, NothingLeft, StillOpen, Token};

#[test]
fn claimed_total_counts_claims_and_no_gifts() {
    let mut world = World::new();
    assert_eq!(world.get(world.contract().claimed_total()), 0);
    world.give(world.distributor, 12_345);
    assert_eq!(world.get(world.contract().claimed_total()), 0);
    let mut sum = 0;
    for index in [CHARLIE, FIRST_OF_KEY_1, OF_KEY_2, 130] {
        world.done(STRANGER, world.claim(index));
        sum += world.list.amount(index);
        assert_eq!(world.get(world.contract().claimed_total()), sum);
        world.refused(STRANGER, world.claim(index));
        assert_eq!(world.get(world.contract().claimed_total()), sum);
        // What was paid comes back as a gift.
        world.give(world.distributor, world.list.amount(index));
        assert_eq!(world.get(world.contract().claimed_total()), sum);
    }
    world.at(DEADLINE + 1);
    world.done(STRANGER, world.contract().sweep());
    assert_eq!(world.get(world.contract().claimed_total()), sum);
}

/// No honest token has as much. What is owed is paid all the same, and the sum stops at the end of
/// the numbers.
#[test]
fn claimed_total_does_not_wrap() {
    let of = |ring: Keyring, amount| (Holder::Account(ring.account()), amount);
    let list = vec![of(Keyring::Bob, u128::MAX), of(Keyring::Charlie, 5)];
    let mut world = hostile_of(List::of(list));
    for index in [BOB, CHARLIE] {
        world.give(world.distributor, world.list.amount(index));
        world.done(STRANGER, world.claim(index));
        assert_eq!(world.get(world.contract().claimed_total()), u128::MAX);
    }
    assert_eq!(world.holds(Keyring::Charlie), 5);
}

#[derive(Clone, Debug)]
enum Step {
    Claim(u64),
    Give(u128),
    Sweep,
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0_u64..8).prop_map(Step::Claim),
        3 => (1_u128..1_500).prop_map(Step::Give),
        2 => Just(Step::Sweep),
        1 => (HOUR..5 * HOUR).prop_map(Step::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn claims_and_sweep_conserve_the_alv_given(steps in proptest::collection::vec(step(), 10..50)) {
        let mut world = unfunded(List::small());
        let (mut given, mut claimed, mut swept) = (0, 0, 0);
        let mut paid = [false; 8];
        for step in steps {
            let held = given - claimed - swept;
            let closed = world.chain.now() > DEADLINE;
            match step {
                Step::Give(value) => {
                    world.give(world.distributor, value);
                    given += value;
                }
                Step::Wait(time) => world.chain.advance(time),
                Step::Claim(index) => {
                    let amount = world.list.amount(index);
                    let expected = if closed {
                        Err(Closed)
                    } else if paid[index as usize] {
                        Err(AlreadyClaimed)
                    } else if amount > held {
                        Err(Token(allive_psp22_interface::TokenError::InsufficientBalance))
                    } else {
                        claimed += amount;
                        paid[index as usize] = true;
                        Ok(())
                    };
                    prop_assert_eq!(world.send(STRANGER, world.claim(index)).value, Ok(expected));
                }
                Step::Sweep => {
                    let expected = match (closed, held) {
                        (false, _) => Err(StillOpen),
                        (true, 0) => Err(NothingLeft),
                        (true, held) => {
                            swept += held;
                            Ok(held)
                        }
                    };
                    prop_assert_eq!(world.send(STRANGER, world.contract().sweep()).value, Ok(expected));
                }
            }
            prop_assert_eq!(world.holds(world.distributor), given - claimed - swept);
        }
        prop_assert_eq!(world.get(world.contract().claimed_total()), claimed);
        prop_assert_eq!(world.holds(REMAINDER), swept);
        // Each holder has what she is owed or nothing; the addresses share one destination.
        let mut to_destination = 0;
        for index in 0..8_u64 {
            let owed = if paid[index as usize] { world.list.amount(index) } else { 0 };
            prop_assert_eq!(world.get(world.contract().is_claimed(index)), paid[index as usize]);
            match world.list.holder(index) {
                Holder::Account(account) => prop_assert_eq!(world.holds(account), owed),
                Holder::Address(_) => to_destination += owed,
            }
        }
        prop_assert_eq!(world.holds(DESTINATION), to_destination);
        let supply = world.get(psp22(world.alv).total_supply());
        prop_assert_eq!(world.holds(ADMIN), supply - given);
    }
}

#[test]
fn each_payment_emits_its_event() {
    let mut world = World::new();
    for (place, payee) in [
        (BOB, Keyring::Bob),
        (FIRST_OF_KEY_1, DESTINATION),
        (SECOND_OF_KEY_1, DESTINATION),
    ] {
        let receipt = world.send(STRANGER, world.claim(place));
        assert_eq!(receipt.value, Ok(Ok(())));
        let (claimed, topics) = world.event::<Claimed, _>(&receipt);
        let Claimed {
            holder,
            index,
            to,
            amount,
        } = claimed;
        assert_eq!(holder, world.list.holder(place));
        assert_eq!((index, to), (place, payee.account()));
        assert_eq!(amount, world.list.amount(place));
        assert_eq!(topics, [topic(holder)]);
        // The token's own event, and no other, comes before it.
        assert_eq!(receipt.events.len(), 2);
        assert_eq!(receipt.events[0].contract, world.alv);
    }
    world.at(DEADLINE + 1);
    let rest = world.holds(world.distributor);
    let receipt = world.send(STRANGER, world.contract().sweep());
    let (Swept { to, amount }, topics) = world.event(&receipt);
    assert_eq!((to, amount), (REMAINDER.account(), rest));
    assert_eq!(topics, Vec::<[u8; 32]>::new());
    assert_eq!(receipt.events.len(), 2);
}

/// `World::send` checks it of every refusal in every test; here each kind of refusal is met, so
/// that it is checked of each.
#[test]
fn a_refusal_emits_nothing_and_moves_nothing() {
    let mut world = unfunded(List::small());
    world.give(world.distributor, 100);
    let mut refused = vec![
        world.send(STRANGER, world.claim(CHARLIE)).value,
        world
            .send(
                STRANGER,
                world.claim_as(OF_KEY_2, Claimant::Account(Keyring::Bob.account())),
            )
            .value,
    ];
    let unsigned = Claimant::Address {
        address: key(2).address(),
        destination: DESTINATION.account(),
        signature: [0; 65],
    };
    refused.push(
        world
            .send(STRANGER, world.claim_as(OF_KEY_2, unsigned))
            .value,
    );
    let itself = world.signed(&key(2), world.distributor);
    refused.push(world.send(STRANGER, world.claim_as(OF_KEY_2, itself)).value);
    refused.push(
        world
            .send(STRANGER, world.contract().sweep())
            .value
            .map(|result| result.map(|_| ())),
    );
    world.done(STRANGER, world.claim(BOB));
    refused.push(world.send(STRANGER, world.claim(BOB)).value);
    world.at(DEADLINE + 1);
    refused.push(world.send(STRANGER, world.claim(CHARLIE)).value);
    refused.push(
        world
            .send(STRANGER, world.contract().sweep())
            .value
            .map(|result| result.map(|_| ())),
    );
    use DistributorError::{BadProof, BadSignature, PaysItself};
    let short = Token(allive_psp22_interface::TokenError::InsufficientBalance);
    let kinds = [
        short,
        BadProof,
        BadSignature,
        PaysItself,
        StillOpen,
        AlreadyClaimed,
        Closed,
        NothingLeft,
    ];
    assert_eq!(refused, kinds.map(|kind| Ok(Err(kind))));
    assert_eq!(world.holds(world.distributor), 0);
    assert_eq!(world.holds(Keyring::Bob), 100);
    assert_eq!(world.get(world.contract().claimed_total()), 100);
}
