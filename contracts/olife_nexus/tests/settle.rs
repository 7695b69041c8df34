//! Settling a grant that has ended.

use crate::world::*;
use hostile::Mode;
use olife_nexus::*;

#[test]
fn anybody_settles_a_grant_that_has_ended() {
    for caller in [ADMIN, PATIENT, GRANTEE, STRANGER] {
        let (mut world, grant) = World::bought(3);
        world.use_record(GRANTEE, grant).value.unwrap().unwrap();
        let (balances, before) = (world.balances(), world.grant(grant).unwrap());
        world.at(END);
        let answer = world.settle(caller, grant);
        assert_eq!(answer.value, Ok(Ok(())), "{caller:?}");
        assert_eq!(answer.frames, 1);
        assert_eq!(answer.events.len(), 1);
        let event = GrantClosed {
            grant,
            refunded: 20,
        };
        assert_eq!(world.said(&answer), [(event, vec![topic(grant)])]);
        assert_eq!(
            world.grant(grant),
            Some(Grant {
                for_sale: 0,
                bought: 0,
                ..before
            })
        );
        assert_eq!([world.credit(PATIENT), world.credit(GRANTEE)], [PRICE, 20]);
        assert_eq!(world.books().owed, 30);
        assert_eq!(world.balances(), balances);
    }
}

#[test]
fn settling_begins_at_the_moment_of_expiry() {
    let (mut world, grant) = World::bought(1);
    world.at(END - 1);
    for caller in [PATIENT, GRANTEE, STRANGER] {
        assert_eq!(
            world.settle(caller, grant).value,
            Ok(Err(NexusError::NotExpired))
        );
    }
    world.at(END);
    assert_eq!(world.settle(GRANTEE, grant).value, Ok(Ok(())));
    let (mut world, grant) = World::bought(1);
    world.at(END + 1);
    assert_eq!(world.settle(GRANTEE, grant).value, Ok(Ok(())));
}

#[test]
fn a_grant_is_settled_once() {
    let (mut world, grant) = World::bought(2);
    world.at(END);
    world.settle(GRANTEE, grant).value.unwrap().unwrap();
    for caller in [PATIENT, GRANTEE, STRANGER] {
        assert_eq!(
            world.settle(caller, grant).value,
            Ok(Err(NexusError::NothingOwed))
        );
    }
    assert_eq!(world.credit(GRANTEE), 20);
}

#[test]
fn there_is_nothing_to_settle_where_nothing_is_left_of_what_was_bought() {
    let (mut world, grant) = World::offered();
    world.at(END);
    assert_eq!(
        world.settle(GRANTEE, grant).value,
        Ok(Err(NexusError::NothingOwed))
    );
    let (mut world, grant) = World::bought(1);
    world.use_record(GRANTEE, grant).value.unwrap().unwrap();
    world.at(END);
    assert_eq!(
        world.settle(GRANTEE, grant).value,
        Ok(Err(NexusError::NothingOwed))
    );
}

#[test]
fn an_unknown_grant_cannot_be_settled() {
    let (mut world, grant) = World::bought(1);
    world.at(END);
    assert_eq!(
        world.settle(GRANTEE, grant + 1).value,
        Ok(Err(NexusError::UnknownGrant))
    );
}

#[test]
fn settling_frees_nothing_so_that_nobody_earns_the_deposit_of_the_patient() {
    let (mut world, grant) = World::bought(2);
    world.use_record(GRANTEE, grant).value.unwrap().unwrap();
    world.at(END);
    let answer = world.settle(STRANGER, grant);
    assert_eq!(answer.value, Ok(Ok(())));
    assert_eq!(
        answer.deposit.items, 1,
        "the first credit of the grantee, and nothing freed"
    );
    assert!(answer.deposit.bytes > 0);
    assert!(world.revoke(PATIENT, grant).deposit.items < 0);
}

#[test]
fn a_gift_is_settled_at_nothing() {
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
    world.buy(GRANTEE, grant, 2).value.unwrap().unwrap();
    world.at(END);
    let answer = world.settle(GRANTEE, grant);
    assert_eq!(
        world.said(&answer),
        [(GrantClosed { grant, refunded: 0 }, vec![topic(grant)])]
    );
    assert_eq!(world.books().credits.len(), 0);
}

#[test]
fn a_grant_can_be_settled_whatever_the_token_does() {
    let (mut world, grant) = World::bought(2);
    world.at(END);
    world.pause();
    assert_eq!(world.settle(GRANTEE, grant).value, Ok(Ok(())));
    for mode in [Mode::Refuses, Mode::Traps] {
        let (mut world, grant) = World::bought_with_hostile(2, mode);
        world.at(END);
        assert_eq!(world.settle(GRANTEE, grant).value, Ok(Ok(())));
        assert_eq!(world.credit(GRANTEE), 20);
    }
}
