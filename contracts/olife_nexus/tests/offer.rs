//! Offering a record.

use crate::world::*;
use allive_calls::{at, parts, Chain};
use allive_simulator::START;
use allive_support::acting::topic;
use olife_nexus::*;

#[test]
fn the_owner_offers_a_record() {
    let mut world = World::new();
    world.done(PATIENT, world.register(POINTER.to_vec()));
    world.done(PATIENT, world.register(POINTER.to_vec()));
    let (coins, balances) = (world.coins(PATIENT), balances_of(&mut world));
    let answer = world.send(PATIENT, world.contract().offer(1, terms()));
    assert_eq!(answer.value, Ok(Ok(0)));
    assert_eq!(answer.frames, 1);
    let event = GrantOffered {
        grant: 0,
        grantee: GRANTEE,
        record: 1,
        purpose: Purpose::Research,
        price: PRICE,
        uses: USES,
        expires: END,
    };
    let topics = vec![topic(0), *AsRef::<[u8; 32]>::as_ref(&GRANTEE)];
    assert_eq!(world.events(&answer), [(event, topics)]);
    let grant = Grant {
        record: 1,
        patient: PATIENT,
        patient_since: START,
        grantee: GRANTEE,
        grantee_since: START,
        purpose: Purpose::Research,
        price: PRICE,
        expires: END,
        for_sale: USES,
        bought: 0,
        used: 0,
    };
    assert_eq!(grant_of(&mut world, 0), Some(grant));
    assert_eq!(grant_of(&mut world, 1), None);
    assert_eq!(stored_state(&mut world).counts, [2, 1]);
    assert_eq!(balances_of(&mut world), balances);
    assert_eq!(answer.deposit.items, 1);
    assert!(world.coins(PATIENT) < coins, "the patient pays the deposit");
}

#[test]
fn a_record_may_be_open_to_several_at_once() {
    let (mut world, _) = offered();
    let other = GrantTerms {
        grantee: STRANGER,
        price: 3,
        ..terms()
    };
    assert_eq!(world.done(PATIENT, world.contract().offer(0, other)), 1);
    assert_eq!(world.done(PATIENT, world.contract().offer(0, terms())), 2);
    assert_eq!(
        world.refused(STRANGER, world.contract().buy(0, 1, ANY_PRICE)),
        NexusError::NotGrantee
    );
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(1, 1, ANY_PRICE)),
        NexusError::NotGrantee
    );
    assert_eq!(stored_state(&mut world).counts, [1, 3]);
}

#[test]
fn every_purpose_is_kept_and_reported() {
    use Purpose::*;
    let (mut world, _) = offered();
    for purpose in [Treatment, Payment, Operations, Research, PublicHealth] {
        let answer = world.send(
            PATIENT,
            world.contract().offer(0, GrantTerms { purpose, ..terms() }),
        );
        let grant = answer.value.clone().unwrap().unwrap();
        assert_eq!(
            world.events::<GrantOffered, _>(&answer)[0].0.purpose,
            purpose
        );
        assert_eq!(grant_of(&mut world, grant).unwrap().purpose, purpose);
    }
}

#[test]
fn a_record_that_is_not_registered_cannot_be_offered() {
    let (mut world, _) = offered();
    for record in [1, u64::MAX] {
        assert_eq!(
            world.refused(PATIENT, world.contract().offer(record, terms())),
            NexusError::UnknownRecord
        );
    }
}

#[test]
fn nobody_but_the_owner_offers_a_record() {
    let (mut world, _) = offered();
    world.done(STRANGER, world.register(vec![1]));
    for other in [ADMIN, GRANTEE, STRANGER] {
        let own = GrantTerms {
            grantee: other,
            price: 0,
            ..terms()
        };
        assert_eq!(
            world.refused(other, world.contract().offer(0, own)),
            NexusError::NotOwner,
            "{other:?}"
        );
    }
    assert_eq!(
        world.refused(PATIENT, world.contract().offer(1, terms())),
        NexusError::NotOwner
    );
}

#[test]
fn an_offer_has_at_least_one_use() {
    let (mut world, _) = offered();
    assert_eq!(
        world.refused(
            PATIENT,
            world.contract().offer(0, GrantTerms { uses: 0, ..terms() })
        ),
        NexusError::NoUses
    );
    assert!(world
        .answer(
            PATIENT,
            world.contract().offer(0, GrantTerms { uses: 1, ..terms() })
        )
        .is_ok());
    assert!(world
        .answer(
            PATIENT,
            world.contract().offer(
                0,
                GrantTerms {
                    uses: u32::MAX,
                    ..terms()
                }
            )
        )
        .is_ok());
}

#[test]
fn an_offer_ends_after_now_and_within_the_longest_term() {
    let (mut world, _) = offered();
    let mut until = |expires| {
        world.answer(
            PATIENT,
            world.contract().offer(0, GrantTerms { expires, ..terms() }),
        )
    };
    for bad in [0, START - 1, START, START + LONGEST + 1, u64::MAX] {
        assert_eq!(until(bad), Err(NexusError::BadExpiry), "{bad}");
    }
    for good in [START + 1, START + LONGEST] {
        assert!(until(good).is_ok(), "{good}");
    }
    world.at(START + 1);
    assert_eq!(
        world.refused(
            PATIENT,
            world.contract().offer(
                0,
                GrantTerms {
                    expires: START + 1,
                    ..terms()
                }
            )
        ),
        NexusError::BadExpiry
    );
    assert!(world
        .answer(
            PATIENT,
            world.contract().offer(
                0,
                GrantTerms {
                    expires: START + LONGEST + 1,
                    ..terms()
                }
            )
        )
        .is_ok());
}

#[test]
fn the_price_of_all_uses_can_be_written_down() {
    let (mut world, _) = offered();
    let mut at_price = |price, uses| {
        world.answer(
            PATIENT,
            world.contract().offer(
                0,
                GrantTerms {
                    price,
                    uses,
                    ..terms()
                },
            ),
        )
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
    let grant = open(
        &mut world,
        PATIENT,
        GrantTerms {
            price: u128::MAX,
            uses: 1,
            ..terms()
        },
    );
    let refused = NexusError::Token(allive_psp22_interface::TokenError::InsufficientAllowance);
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE)),
        refused
    );
    world.done(PATIENT, world.contract().revoke(grant));
}

#[test]
fn what_cannot_be_read_as_an_offer_is_not_understood() {
    let (mut world, _) = offered();
    let mut bytes = parts(at::<OlifeNexus>(world.nexus).offer(0, terms())).1;
    // The purpose follows selector, record and grantee. There are five.
    bytes[4 + 8 + 32] = 5;
    let cells = world.state();
    let outcome = world.chain.call(PATIENT, world.nexus, bytes);
    // ink! answers Ok(Err(LangError::CouldNotReadInput)) and undoes.
    let returned = outcome.result.unwrap();
    assert!(returned.reverted);
    assert_eq!(returned.data, [1, 1]);
    assert_eq!(world.state(), cells);
}

#[test]
fn nothing_is_offered_to_nobody() {
    let mut world = World::new();
    let record = world.done(PATIENT, world.register(POINTER.to_vec()));
    let to_nobody = GrantTerms {
        grantee: [0; 32].into(),
        ..terms()
    };
    let refused = world.refused(PATIENT, world.contract().offer(record, to_nobody));
    assert_eq!(refused, NexusError::ZeroAccount);
}
