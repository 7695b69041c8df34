//! Settling a grant that has ended.

use crate::world::*;
use allive_access::Upgradeable;
use allive_simulator::START;
use allive_support::acting::topic;
use hostile::Mode;
use olife_nexus::*;

#[test]
fn anybody_settles_a_grant_that_has_ended() {
    for caller in [ADMIN, PATIENT, GRANTEE, STRANGER] {
        let (mut world, grant) = bought(3);
        world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
        let (balances, before) = (
            balances_of(&mut world),
            grant_of(&mut world, grant).unwrap(),
        );
        world.at(END);
        let answer = world.send(caller, world.contract().settle(grant));
        assert_eq!(answer.value, Ok(Ok(())), "{caller:?}");
        assert_eq!(answer.frames, 1);
        assert_eq!(answer.events.len(), 1);
        let event = GrantClosed {
            grant,
            refunded: 20,
        };
        assert_eq!(world.events(&answer), [(event, vec![topic(grant)])]);
        assert_eq!(
            grant_of(&mut world, grant),
            Some(Grant {
                for_sale: 0,
                bought: 0,
                ..before
            })
        );
        assert_eq!(
            [
                world.get(world.contract().credit_of(PATIENT)),
                world.get(world.contract().credit_of(GRANTEE))
            ],
            [PRICE, 20]
        );
        assert_eq!(stored_state(&mut world).owed, 30);
        assert_eq!(balances_of(&mut world), balances);
    }
}

#[test]
fn settling_begins_at_the_moment_of_expiry() {
    let (mut world, grant) = bought(1);
    world.at(END - 1);
    for caller in [PATIENT, GRANTEE, STRANGER] {
        assert_eq!(
            world.refused(caller, world.contract().settle(grant)),
            NexusError::NotExpired
        );
    }
    world.at(END);
    world.done(GRANTEE, world.contract().settle(grant));
    let (mut world, grant) = bought(1);
    world.at(END + 1);
    world.done(GRANTEE, world.contract().settle(grant));
}

#[test]
fn while_an_upgrade_is_announced_the_grantee_settles_before_the_end() {
    let (mut world, grant) = bought(3);
    world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
    let before = grant_of(&mut world, grant).unwrap();
    let refused = NexusError::NotExpired;
    assert_eq!(
        world.refused(GRANTEE, world.contract().settle(grant)),
        refused
    );
    announce(&mut world);
    for caller in [ADMIN, PATIENT, STRANGER] {
        assert_eq!(
            world.refused(caller, world.contract().settle(grant)),
            refused,
            "{caller:?}"
        );
    }
    let answer = world.receipt(GRANTEE, world.contract().settle(grant));
    assert_eq!(answer.frames, 1);
    let event = GrantClosed {
        grant,
        refunded: 20,
    };
    assert_eq!(world.events(&answer), [(event, vec![topic(grant)])]);
    let closed = Grant {
        for_sale: 0,
        bought: 0,
        ..before
    };
    assert_eq!(grant_of(&mut world, grant), Some(closed));
    assert_eq!(
        [
            world.get(world.contract().credit_of(PATIENT)),
            world.get(world.contract().credit_of(GRANTEE))
        ],
        [PRICE, 20]
    );
    let again = world.refused(GRANTEE, world.contract().settle(grant));
    assert_eq!(again, NexusError::NothingOwed);
}

#[test]
fn the_grantee_of_another_grant_settles_this_one_only_after_its_end() {
    let (mut world, grant) = bought(2);
    let others = GrantTerms {
        grantee: STRANGER,
        price: 0,
        ..terms()
    };
    let own = world.done(PATIENT, world.contract().offer(0, others));
    world.done(STRANGER, world.contract().buy(own, 1, ANY_PRICE));
    announce(&mut world);
    let refused = NexusError::NotExpired;
    assert_eq!(
        world.refused(STRANGER, world.contract().settle(grant)),
        refused
    );
    world.done(STRANGER, world.contract().settle(own));
    world.at(END);
    world.done(STRANGER, world.contract().settle(grant));
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
        let (mut world, grant) = bought(1);
        announce(&mut world);
        world.at(moment);
        assert_eq!(
            world.send(GRANTEE, world.contract().settle(grant)).value,
            right,
            "at {moment}"
        );
    }
    let (mut world, grant) = bought(1);
    announce(&mut world);
    world.done(ADMIN, world.contract().cancel_upgrade());
    assert_eq!(
        world.send(GRANTEE, world.contract().settle(grant)).value,
        refused
    );
}

#[test]
fn an_announcement_takes_no_right_from_anybody() {
    let (mut world, grant) = bought(2);
    announce(&mut world);
    world.done(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE));
    assert_eq!(
        world.done(GRANTEE, world.contract().use_record(grant, REQUEST)),
        2
    );
    open(&mut world, PATIENT, terms());
    world.done(PATIENT, world.contract().revoke(grant));
    let paid = world.send(PATIENT, world.contract().withdraw(PATIENT.into()));
    assert_eq!(paid.value, Ok(Ok(PRICE)));
}

fn announce(world: &mut World) {
    let announced = world.send(
        ADMIN,
        world.contract().announce_upgrade([1; 32].into(), None),
    );
    announced.value.unwrap().unwrap();
}

#[test]
fn a_grant_is_settled_once() {
    let (mut world, grant) = bought(2);
    world.at(END);
    world.done(GRANTEE, world.contract().settle(grant));
    for caller in [PATIENT, GRANTEE, STRANGER] {
        assert_eq!(
            world.refused(caller, world.contract().settle(grant)),
            NexusError::NothingOwed
        );
    }
    assert_eq!(world.get(world.contract().credit_of(GRANTEE)), 20);
}

#[test]
fn there_is_nothing_to_settle_where_nothing_is_left_of_what_was_bought() {
    let (mut world, grant) = offered();
    world.at(END);
    assert_eq!(
        world.refused(GRANTEE, world.contract().settle(grant)),
        NexusError::NothingOwed
    );
    let (mut world, grant) = bought(1);
    world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
    world.at(END);
    assert_eq!(
        world.refused(GRANTEE, world.contract().settle(grant)),
        NexusError::NothingOwed
    );
}

#[test]
fn an_unknown_grant_cannot_be_settled() {
    let (mut world, grant) = bought(1);
    world.at(END);
    assert_eq!(
        world.refused(GRANTEE, world.contract().settle(grant + 1)),
        NexusError::UnknownGrant
    );
}

#[test]
fn settling_frees_nothing_so_that_nobody_earns_the_deposit_of_the_patient() {
    let (mut world, grant) = bought(2);
    world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
    world.at(END);
    let answer = world.receipt(STRANGER, world.contract().settle(grant));
    assert_eq!(
        answer.deposit.items, 1,
        "the first credit of the grantee, and nothing freed"
    );
    assert!(answer.deposit.bytes > 0);
    assert!(
        world
            .send(PATIENT, world.contract().revoke(grant))
            .deposit
            .items
            < 0
    );
}

#[test]
fn a_gift_is_settled_at_nothing() {
    let (mut world, _) = offered();
    let grant = world.done(
        PATIENT,
        world.contract().offer(
            0,
            GrantTerms {
                price: 0,
                ..terms()
            },
        ),
    );
    world.done(GRANTEE, world.contract().buy(grant, 2, ANY_PRICE));
    world.at(END);
    let answer = world.send(GRANTEE, world.contract().settle(grant));
    assert_eq!(
        world.events(&answer),
        [(GrantClosed { grant, refunded: 0 }, vec![topic(grant)])]
    );
    assert_eq!(stored_state(&mut world).credits.len(), 0);
}

#[test]
fn a_grant_can_be_settled_whatever_the_token_does() {
    let (mut world, grant) = bought(2);
    world.at(END);
    world.pause_alv();
    world.done(GRANTEE, world.contract().settle(grant));
    for mode in [Mode::Refuses, Mode::Traps] {
        let (mut world, grant) = bought_with_hostile(2, mode);
        world.at(END);
        world.done(GRANTEE, world.contract().settle(grant));
        assert_eq!(world.get(world.contract().credit_of(GRANTEE)), 20);
    }
}
