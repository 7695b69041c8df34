//! Revoking a grant.

use crate::world::*;
use allive_support::acting::topic;
use hostile::Mode;
use olife_nexus::*;

#[test]
fn the_patient_closes_a_grant_and_the_grantee_is_credited_for_unused_uses() {
    let (mut world, grant) = bought(3);
    world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
    let balances = balances_of(&mut world);
    let answer = world.receipt(PATIENT, world.contract().revoke(grant));
    assert_eq!(answer.frames, 1);
    assert_eq!(answer.events.len(), 1);
    let event = GrantClosed {
        grant,
        refunded: 20,
    };
    assert_eq!(world.events(&answer), [(event, vec![topic(grant)])]);
    assert_eq!(grant_of(&mut world, grant), None);
    assert_eq!(
        [
            world.get(world.contract().credit_of(PATIENT)),
            world.get(world.contract().credit_of(GRANTEE))
        ],
        [PRICE, 20]
    );
    assert_eq!(stored_state(&mut world).owed, 30);
    assert_eq!(balances_of(&mut world), balances);
    assert_eq!(
        stored_state(&mut world).counts,
        [1, 1],
        "its number is not given again"
    );
}

#[test]
fn the_patient_gets_the_deposit_of_the_grant_back() {
    let (mut world, grant) = offered();
    let coins = world.coins(PATIENT);
    let answer = world.receipt(PATIENT, world.contract().revoke(grant));
    assert_eq!(answer.deposit.items, -1);
    assert!(answer.deposit.bytes < 0);
    assert!(world.coins(PATIENT) > coins);
    assert_eq!(
        world.events(&answer),
        [(GrantClosed { grant, refunded: 0 }, vec![topic(grant)])]
    );
    assert_eq!(
        stored_state(&mut world).credits.len(),
        0,
        "nobody is credited nothing"
    );
}

#[test]
fn revoking_pays_the_patient_even_when_it_stores_a_first_credit() {
    let (mut world, grant) = bought(1);
    let coins = world.coins(PATIENT);
    let answer = world.send(PATIENT, world.contract().revoke(grant));
    assert_eq!(answer.deposit.items, 0);
    assert!(answer.deposit.bytes < 0);
    assert!(world.coins(PATIENT) > coins);
}

#[test]
fn nobody_but_the_patient_closes_a_grant() {
    let (mut world, grant) = bought(2);
    for moment in [END - 1, END, END + 1] {
        world.at(moment);
        for other in [ADMIN, GRANTEE, STRANGER] {
            let refused = world.refused(other, world.contract().revoke(grant));
            assert_eq!(refused, NexusError::NotOwner, "{other:?} at {moment}");
        }
    }
}

#[test]
fn another_patient_cannot_close_it() {
    let (mut world, grant) = bought(2);
    let own = open(&mut world, STRANGER, terms());
    assert_eq!(
        world.refused(STRANGER, world.contract().revoke(grant)),
        NexusError::NotOwner
    );
    world.done(STRANGER, world.contract().revoke(own));
    assert!(grant_of(&mut world, grant).is_some());
}

#[test]
fn a_closed_grant_is_unknown_to_everybody_and_for_good() {
    let (mut world, grant) = bought(2);
    world.done(PATIENT, world.contract().revoke(grant));
    for moment in [END - 1, END] {
        world.at(moment);
        assert_eq!(
            world.refused(PATIENT, world.contract().revoke(grant)),
            NexusError::UnknownGrant
        );
        assert_eq!(
            world.refused(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE)),
            NexusError::UnknownGrant
        );
        assert_eq!(
            world.refused(GRANTEE, world.contract().use_record(grant, REQUEST)),
            NexusError::UnknownGrant
        );
        assert_eq!(
            world.refused(GRANTEE, world.contract().settle(grant)),
            NexusError::UnknownGrant
        );
    }
    assert_eq!(
        world.refused(PATIENT, world.contract().revoke(grant + 1)),
        NexusError::UnknownGrant
    );
    assert_eq!(
        world.get(world.contract().credit_of(GRANTEE)),
        20,
        "refunded once"
    );
}

#[test]
fn closing_one_grant_leaves_the_others_alone() {
    let (mut world, grant) = bought(2);
    let other = world.done(PATIENT, world.contract().offer(0, terms()));
    world.done(GRANTEE, world.contract().buy(other, 1, ANY_PRICE));
    world.done(PATIENT, world.contract().revoke(grant));
    assert_eq!(
        world.done(GRANTEE, world.contract().use_record(other, REQUEST)),
        0
    );
}

#[test]
fn a_grant_can_be_closed_before_at_and_after_its_end() {
    for moment in [END - 1, END, END + 1] {
        let (mut world, grant) = bought(2);
        world.at(moment);
        world.done(PATIENT, world.contract().revoke(grant));
        assert_eq!(world.get(world.contract().credit_of(GRANTEE)), 20);
    }
}

#[test]
fn closing_a_settled_grant_refunds_nothing_again() {
    let (mut world, grant) = bought(2);
    world.at(END);
    world.done(STRANGER, world.contract().settle(grant));
    let answer = world.send(PATIENT, world.contract().revoke(grant));
    assert_eq!(
        world.events(&answer),
        [(GrantClosed { grant, refunded: 0 }, vec![topic(grant)])]
    );
    assert_eq!(world.get(world.contract().credit_of(GRANTEE)), 20);
}

#[test]
fn a_grant_can_be_closed_whatever_the_token_does() {
    let (mut world, grant) = bought(2);
    world.pause_alv();
    world.done(PATIENT, world.contract().revoke(grant));
    for mode in [Mode::Refuses, Mode::Traps] {
        let (mut world, grant) = bought_with_hostile(2, mode);
        world.done(PATIENT, world.contract().revoke(grant));
        assert_eq!(world.get(world.contract().credit_of(GRANTEE)), 20);
    }
}
