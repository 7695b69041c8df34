//! Offering a record.

use crate::world::*;
use allive_calls::{at, Chain};
use allive_simulator::START;
use olife_nexus::*;

#[test]
fn the_owner_offers_a_record() {
    let mut world = World::new();
    world
        .register(PATIENT, POINTER.to_vec())
        .value
        .unwrap()
        .unwrap();
    world
        .register(PATIENT, POINTER.to_vec())
        .value
        .unwrap()
        .unwrap();
    let (coins, balances) = (world.chain.balance(PATIENT.account()), world.balances());
    let answer = world.offer(PATIENT, 1, terms());
    assert_eq!(answer.value, Ok(Ok(0)));
    assert_eq!(answer.frames, 1);
    let event = GrantOffered {
        grant: 0,
        grantee: GRANTEE.account(),
        record: 1,
        purpose: Purpose::Research,
        price: PRICE,
        uses: USES,
        expires: END,
    };
    let topics = vec![topic(0), *AsRef::<[u8; 32]>::as_ref(&GRANTEE.account())];
    assert_eq!(world.said(&answer), [(event, topics)]);
    let grant = Grant {
        record: 1,
        patient: PATIENT.account(),
        patient_since: START,
        grantee: GRANTEE.account(),
        grantee_since: START,
        purpose: Purpose::Research,
        price: PRICE,
        expires: END,
        for_sale: USES,
        bought: 0,
        used: 0,
    };
    assert_eq!(world.grant(0), Some(grant));
    assert_eq!(world.grant(1), None);
    assert_eq!(world.counts(), [2, 1]);
    assert_eq!(world.balances(), balances);
    assert_eq!(answer.deposit.items, 1);
    assert!(
        world.chain.balance(PATIENT.account()) < coins,
        "the patient pays the deposit"
    );
}

#[test]
fn a_record_may_be_open_to_several_at_once() {
    let (mut world, _) = World::offered();
    let other = Terms {
        grantee: STRANGER.account(),
        price: 3,
        ..terms()
    };
    assert_eq!(world.offer(PATIENT, 0, other).value, Ok(Ok(1)));
    assert_eq!(world.offer(PATIENT, 0, terms()).value, Ok(Ok(2)));
    assert_eq!(
        world.buy(STRANGER, 0, 1).value,
        Ok(Err(NexusError::NotGrantee))
    );
    assert_eq!(
        world.buy(GRANTEE, 1, 1).value,
        Ok(Err(NexusError::NotGrantee))
    );
    assert_eq!(world.counts(), [1, 3]);
}

#[test]
fn every_purpose_is_kept_and_reported() {
    use Purpose::*;
    let (mut world, _) = World::offered();
    for purpose in [Treatment, Payment, Operations, Research, PublicHealth] {
        let answer = world.offer(PATIENT, 0, Terms { purpose, ..terms() });
        let grant = answer.value.clone().unwrap().unwrap();
        assert_eq!(world.said::<GrantOffered, _>(&answer)[0].0.purpose, purpose);
        assert_eq!(world.grant(grant).unwrap().purpose, purpose);
    }
}

#[test]
fn a_record_that_is_not_registered_cannot_be_offered() {
    let (mut world, _) = World::offered();
    for record in [1, u64::MAX] {
        assert_eq!(
            world.offer(PATIENT, record, terms()).value,
            Ok(Err(NexusError::UnknownRecord))
        );
    }
}

#[test]
fn nobody_but_the_owner_offers_a_record() {
    let (mut world, _) = World::offered();
    world.register(STRANGER, vec![1]).value.unwrap().unwrap();
    for other in [ADMIN, GRANTEE, STRANGER] {
        let own = Terms {
            grantee: other.account(),
            price: 0,
            ..terms()
        };
        assert_eq!(
            world.offer(other, 0, own).value,
            Ok(Err(NexusError::NotOwner)),
            "{other:?}"
        );
    }
    assert_eq!(
        world.offer(PATIENT, 1, terms()).value,
        Ok(Err(NexusError::NotOwner))
    );
}

#[test]
fn an_offer_has_at_least_one_use() {
    let (mut world, _) = World::offered();
    assert_eq!(
        world.offer(PATIENT, 0, Terms { uses: 0, ..terms() }).value,
        Ok(Err(NexusError::NoUses))
    );
    assert!(world
        .offer(PATIENT, 0, Terms { uses: 1, ..terms() })
        .value
        .unwrap()
        .is_ok());
    assert!(world
        .offer(
            PATIENT,
            0,
            Terms {
                uses: u32::MAX,
                ..terms()
            }
        )
        .value
        .unwrap()
        .is_ok());
}

#[test]
fn an_offer_ends_after_now_and_within_the_longest_term() {
    let (mut world, _) = World::offered();
    let mut until = |expires| {
        world
            .offer(PATIENT, 0, Terms { expires, ..terms() })
            .value
            .unwrap()
    };
    for bad in [0, START - 1, START, START + LONGEST + 1, u64::MAX] {
        assert_eq!(until(bad), Err(NexusError::BadExpiry), "{bad}");
    }
    for good in [START + 1, START + LONGEST] {
        assert!(until(good).is_ok(), "{good}");
    }
    world.at(START + 1);
    assert_eq!(
        world
            .offer(
                PATIENT,
                0,
                Terms {
                    expires: START + 1,
                    ..terms()
                }
            )
            .value,
        Ok(Err(NexusError::BadExpiry))
    );
    assert!(world
        .offer(
            PATIENT,
            0,
            Terms {
                expires: START + LONGEST + 1,
                ..terms()
            }
        )
        .value
        .unwrap()
        .is_ok());
}

#[test]
fn the_price_of_all_uses_can_be_written_down() {
    let (mut world, _) = World::offered();
    let mut at_price = |price, uses| {
        world
            .offer(
                PATIENT,
                0,
                Terms {
                    price,
                    uses,
                    ..terms()
                },
            )
            .value
            .unwrap()
    };
    assert_eq!(at_price(u128::MAX, 2), Err(NexusError::AmountTooLarge));
    assert_eq!(
        at_price(u128::MAX / 5 + 1, 5),
        Err(NexusError::AmountTooLarge)
    );
    assert!(at_price(u128::MAX, 1).is_ok());
    assert!(at_price(u128::MAX / 5, 5).is_ok());
}

#[test]
fn a_price_that_nobody_can_pay_harms_nobody() {
    let mut world = World::new();
    let grant = world.open(
        PATIENT,
        Terms {
            price: u128::MAX,
            uses: 1,
            ..terms()
        },
    );
    let refused = NexusError::Token(allive_psp22_interface::TokenError::InsufficientAllowance);
    assert_eq!(world.buy(GRANTEE, grant, 1).value, Ok(Err(refused)));
    assert_eq!(world.revoke(PATIENT, grant).value, Ok(Ok(())));
}

#[test]
fn what_cannot_be_read_as_an_offer_is_not_understood() {
    let (mut world, _) = World::offered();
    let mut bytes = input(at::<OlifeNexus>(world.nexus).offer(0, terms()));
    // The purpose follows selector, record and grantee. There are five.
    bytes[4 + 8 + 32] = 5;
    let cells = world.cells();
    let outcome = world.chain.call(PATIENT.account(), world.nexus, bytes);
    // ink! answers Ok(Err(LangError::CouldNotReadInput)) and undoes.
    let returned = outcome.result.unwrap();
    assert!(returned.reverted);
    assert_eq!(returned.data, [1, 1]);
    assert_eq!(world.cells(), cells);
}
