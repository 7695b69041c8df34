//! Using a record.

use crate::world::*;
use allive_calls::Deposit;
use olife_nexus::*;

#[test]
fn a_use_is_checked_counted_charged_and_logged_in_one_call() {
    let (mut world, grant) = World::bought(3);
    let (balances, before) = (world.balances(), world.grant(grant).unwrap());
    let answer = world.use_record(GRANTEE, grant);
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
    assert_eq!(world.said(&answer), [(event, vec![topic(grant), topic(0)])]);
    assert_eq!(
        world.grant(grant),
        Some(Grant {
            bought: 2,
            used: 1,
            ..before
        })
    );
    assert_eq!(world.credit(PATIENT), PRICE);
    assert_eq!(world.credit(GRANTEE), 0);
    assert_eq!(world.books().owed, 30, "only whom it is owed to changed");
    assert_eq!(world.balances(), balances);
}

#[test]
fn each_bought_use_is_made_once() {
    let (mut world, grant) = World::bought(2);
    for (left, number) in [(1, 1), (0, 2)] {
        let answer = world.use_record(GRANTEE, grant);
        assert_eq!(answer.value, Ok(Ok(left)));
        assert_eq!(world.said::<RecordUsed, _>(&answer)[0].0.number, number);
    }
    assert_eq!(
        world.use_record(GRANTEE, grant).value,
        Ok(Err(NexusError::NoUsesLeft))
    );
    world.buy(GRANTEE, grant, 1).value.unwrap().unwrap();
    let third = world.use_record(GRANTEE, grant);
    assert_eq!(world.said::<RecordUsed, _>(&third)[0].0.number, 3);
    assert_eq!(world.credit(PATIENT), 30);
}

#[test]
fn an_offer_alone_gives_no_use() {
    let (mut world, grant) = World::offered();
    assert_eq!(
        world.use_record(GRANTEE, grant).value,
        Ok(Err(NexusError::NoUsesLeft))
    );
}

#[test]
fn nobody_but_the_grantee_uses_a_record() {
    let (mut world, grant) = World::bought(1);
    for other in [ADMIN, PATIENT, STRANGER] {
        let refused = world.use_record(other, grant);
        assert_eq!(refused.value, Ok(Err(NexusError::NotGrantee)), "{other:?}");
    }
}

#[test]
fn nothing_is_used_under_an_unknown_grant() {
    let (mut world, grant) = World::bought(1);
    assert_eq!(
        world.use_record(GRANTEE, grant + 1).value,
        Ok(Err(NexusError::UnknownGrant))
    );
}

#[test]
fn using_ends_at_the_moment_of_expiry() {
    let (mut world, grant) = World::bought(3);
    world.at(END - 1);
    assert_eq!(world.use_record(GRANTEE, grant).value, Ok(Ok(2)));
    world.at(END);
    assert_eq!(
        world.use_record(GRANTEE, grant).value,
        Ok(Err(NexusError::Expired))
    );
    world.at(END + 1);
    assert_eq!(
        world.use_record(GRANTEE, grant).value,
        Ok(Err(NexusError::Expired))
    );
}

#[test]
fn a_gift_is_counted_and_logged_and_credits_nobody() {
    let (mut world, _) = World::offered();
    let grant = world
        .offer(
            PATIENT,
            0,
            Terms {
                price: 0,
                ..terms()
            },
        )
        .value
        .unwrap()
        .unwrap();
    world.buy(GRANTEE, grant, 1).value.unwrap().unwrap();
    let answer = world.use_record(GRANTEE, grant);
    assert_eq!(answer.value, Ok(Ok(0)));
    let event = RecordUsed {
        grant,
        record: 0,
        number: 1,
        request: REQUEST,
        charged: 0,
    };
    assert_eq!(world.said(&answer), [(event, vec![topic(grant), topic(0)])]);
    assert_eq!(world.books().credits.len(), 0);
    assert_eq!(
        world.use_record(GRANTEE, grant).value,
        Ok(Err(NexusError::NoUsesLeft))
    );
}

#[test]
fn a_use_needs_no_token_and_is_not_stopped_by_its_pause() {
    let (mut world, grant) = World::bought(1);
    world.pause();
    assert_eq!(world.use_record(GRANTEE, grant).value, Ok(Ok(0)));
}

#[test]
fn earnings_of_several_grants_add_up_in_one_credit() {
    let (mut world, first) = World::bought(1);
    let dear = Terms {
        price: 7,
        ..terms()
    };
    let second = world.offer(PATIENT, 0, dear).value.unwrap().unwrap();
    world.buy(GRANTEE, second, 1).value.unwrap().unwrap();
    world.use_record(GRANTEE, first).value.unwrap().unwrap();
    world.use_record(GRANTEE, second).value.unwrap().unwrap();
    assert_eq!(world.credit(PATIENT), 17);
}

#[test]
fn a_use_stores_nothing_new_but_the_first_credit_of_a_patient() {
    let (mut world, grant) = World::bought(2);
    assert_eq!(world.use_record(GRANTEE, grant).deposit.items, 1);
    assert_eq!(world.use_record(GRANTEE, grant).deposit, Deposit::default());
}
