//! Settling a grant that has ended.

use crate::world::*;
use allive_simulator::START;
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
fn while_an_upgrade_is_announced_the_grantee_settles_before_the_end() {
    let (mut world, grant) = World::bought(3);
    world.use_record(GRANTEE, grant).value.unwrap().unwrap();
    let before = world.grant(grant).unwrap();
    let refused = Ok(Err(NexusError::NotExpired));
    assert_eq!(world.settle(GRANTEE, grant).value, refused);
    announce(&mut world);
    for caller in [ADMIN, PATIENT, STRANGER] {
        assert_eq!(world.settle(caller, grant).value, refused, "{caller:?}");
    }
    let answer = world.settle(GRANTEE, grant);
    assert_eq!(answer.value, Ok(Ok(())));
    assert_eq!(answer.frames, 1);
    let event = GrantClosed {
        grant,
        refunded: 20,
    };
    assert_eq!(world.said(&answer), [(event, vec![topic(grant)])]);
    let closed = Grant {
        for_sale: 0,
        bought: 0,
        ..before
    };
    assert_eq!(world.grant(grant), Some(closed));
    assert_eq!([world.credit(PATIENT), world.credit(GRANTEE)], [PRICE, 20]);
    let again = world.settle(GRANTEE, grant).value;
    assert_eq!(again, Ok(Err(NexusError::NothingOwed)));
}

#[test]
fn the_grantee_of_another_grant_settles_this_one_only_after_its_end() {
    let (mut world, grant) = World::bought(2);
    let others = Terms {
        grantee: STRANGER.account(),
        price: 0,
        ..terms()
    };
    let own = world.offer(PATIENT, 0, others).value.unwrap().unwrap();
    world.buy(STRANGER, own, 1).value.unwrap().unwrap();
    announce(&mut world);
    let refused = Ok(Err(NexusError::NotExpired));
    assert_eq!(world.settle(STRANGER, grant).value, refused);
    assert_eq!(world.settle(STRANGER, own).value, Ok(Ok(())));
    world.at(END);
    assert_eq!(world.settle(STRANGER, grant).value, Ok(Ok(())));
}

#[test]
fn the_grantees_way_out_is_open_until_the_announcement_lapses_or_is_cancelled() {
    let refused = Ok(Err(NexusError::NotExpired));
    let lapses = START + 2 * NOTICE;
    for (moment, right) in [
        (START + NOTICE, Ok(Ok(()))),
        (lapses - 1, Ok(Ok(()))),
        (lapses, refused.clone()),
    ] {
        let (mut world, grant) = World::bought(1);
        announce(&mut world);
        world.at(moment);
        assert_eq!(world.settle(GRANTEE, grant).value, right, "at {moment}");
    }
    let (mut world, grant) = World::bought(1);
    announce(&mut world);
    world.cancel(ADMIN).value.unwrap().unwrap();
    assert_eq!(world.settle(GRANTEE, grant).value, refused);
}

#[test]
fn an_announcement_takes_no_right_from_anybody() {
    let (mut world, grant) = World::bought(2);
    announce(&mut world);
    world.buy(GRANTEE, grant, 1).value.unwrap().unwrap();
    assert_eq!(world.use_record(GRANTEE, grant).value, Ok(Ok(2)));
    world.open(PATIENT, terms());
    assert_eq!(world.revoke(PATIENT, grant).value, Ok(Ok(())));
    let paid = world.withdraw(PATIENT);
    assert_eq!(paid.value, Ok(Ok(PRICE)));
}

fn announce(world: &mut World) {
    let announced = world.announce(ADMIN, [1; 32].into(), None);
    announced.value.unwrap().unwrap();
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
