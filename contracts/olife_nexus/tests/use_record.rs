//! Using a record.

use crate::world::*;
use allive_calls::Deposit;
use allive_support::acting::topic;
use olife_nexus::*;

#[test]
fn a_use_is_checked_counted_charged_and_logged_in_one_call() {
    let (mut world, grant) = bought(3);
    let (balances, before) = (
        balances_of(&mut world),
        grant_of(&mut world, grant).unwrap(),
    );
    let answer = world.send(GRANTEE, world.contract().use_record(grant, REQUEST));
    assert_eq!(answer.value, Ok(Ok(2)), "two bought uses are left");
    assert_eq!(answer.frames, 1);
    let event = RecordUsed {
        grant,
        record: 0,
        number: 1,
        request: REQUEST,
        charged: PRICE,
    };
    assert_eq!(answer.events.len(), 1);
    assert_eq!(
        world.events(&answer),
        [(event, vec![topic(grant), topic(0)])]
    );
    assert_eq!(
        grant_of(&mut world, grant),
        Some(Grant {
            bought: 2,
            used: 1,
            ..before
        })
    );
    assert_eq!(world.get(world.contract().credit_of(PATIENT)), PRICE);
    assert_eq!(world.get(world.contract().credit_of(GRANTEE)), 0);
    assert_eq!(
        stored_state(&mut world).owed,
        30,
        "only whom it is owed to changed"
    );
    assert_eq!(balances_of(&mut world), balances);
}

#[test]
fn each_bought_use_is_made_once() {
    let (mut world, grant) = bought(2);
    for (left, number) in [(1, 1), (0, 2)] {
        let answer = world.send(GRANTEE, world.contract().use_record(grant, REQUEST));
        assert_eq!(answer.value, Ok(Ok(left)));
        assert_eq!(world.events::<RecordUsed, _>(&answer)[0].0.number, number);
    }
    assert_eq!(
        world.refused(GRANTEE, world.contract().use_record(grant, REQUEST)),
        NexusError::NoUsesLeft
    );
    world.done(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE));
    let third = world.send(GRANTEE, world.contract().use_record(grant, REQUEST));
    assert_eq!(world.events::<RecordUsed, _>(&third)[0].0.number, 3);
    assert_eq!(world.get(world.contract().credit_of(PATIENT)), 30);
}

#[test]
fn an_offer_alone_gives_no_use() {
    let (mut world, grant) = offered();
    assert_eq!(
        world.refused(GRANTEE, world.contract().use_record(grant, REQUEST)),
        NexusError::NoUsesLeft
    );
}

#[test]
fn nobody_but_the_grantee_uses_a_record() {
    let (mut world, grant) = bought(1);
    for other in [ADMIN, PATIENT, STRANGER] {
        let refused = world.refused(other, world.contract().use_record(grant, REQUEST));
        assert_eq!(refused, NexusError::NotGrantee, "{other:?}");
    }
}

#[test]
fn nothing_is_used_under_an_unknown_grant() {
    let (mut world, grant) = bought(1);
    assert_eq!(
        world.refused(GRANTEE, world.contract().use_record(grant + 1, REQUEST)),
        NexusError::UnknownGrant
    );
}

#[test]
fn using_ends_at_the_moment_of_expiry() {
    let (mut world, grant) = bought(3);
    world.at(END - 1);
    assert_eq!(
        world.done(GRANTEE, world.contract().use_record(grant, REQUEST)),
        2
    );
    world.at(END);
    assert_eq!(
        world.refused(GRANTEE, world.contract().use_record(grant, REQUEST)),
        NexusError::Expired
    );
    world.at(END + 1);
    assert_eq!(
        world.refused(GRANTEE, world.contract().use_record(grant, REQUEST)),
        NexusError::Expired
    );
}

#[test]
fn a_gift_is_counted_and_logged_and_credits_nobody() {
    let (mut world, _) = offered();
    let grant = world.done(
        PATIENT,
        world.contract().offer(
            0,
            Terms {
                price: 0,
                ..terms()
            },
        ),
    );
    world.done(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE));
    let answer = world.send(GRANTEE, world.contract().use_record(grant, REQUEST));
    assert_eq!(answer.value, Ok(Ok(0)));
    let event = RecordUsed {
        grant,
        record: 0,
        number: 1,
        request: REQUEST,
        charged: 0,
    };
    assert_eq!(
        world.events(&answer),
        [(event, vec![topic(grant), topic(0)])]
    );
    assert_eq!(stored_state(&mut world).credits.len(), 0);
    assert_eq!(
        world.refused(GRANTEE, world.contract().use_record(grant, REQUEST)),
        NexusError::NoUsesLeft
    );
}

#[test]
fn a_use_needs_no_token_and_is_not_stopped_by_its_pause() {
    let (mut world, grant) = bought(1);
    world.pause_alv();
    assert_eq!(
        world.done(GRANTEE, world.contract().use_record(grant, REQUEST)),
        0
    );
}

#[test]
fn earnings_of_several_grants_add_up_in_one_credit() {
    let (mut world, first) = bought(1);
    let dear = Terms {
        price: 7,
        ..terms()
    };
    let second = world.done(PATIENT, world.contract().offer(0, dear));
    world.done(GRANTEE, world.contract().buy(second, 1, ANY_PRICE));
    world.done(GRANTEE, world.contract().use_record(first, REQUEST));
    world.done(GRANTEE, world.contract().use_record(second, REQUEST));
    assert_eq!(world.get(world.contract().credit_of(PATIENT)), 17);
}

#[test]
fn a_use_stores_nothing_new_but_the_first_credit_of_a_patient() {
    let (mut world, grant) = bought(2);
    assert_eq!(
        world
            .send(GRANTEE, world.contract().use_record(grant, REQUEST))
            .deposit
            .items,
        1
    );
    assert_eq!(
        world
            .send(GRANTEE, world.contract().use_record(grant, REQUEST))
            .deposit,
        Deposit::default()
    );
}
