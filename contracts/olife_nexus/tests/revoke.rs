//! Revoking a grant.

use crate::world::*;
use allive_calls::Chain;
use hostile::Mode;
use olife_nexus::*;

#[test]
fn the_patient_closes_a_grant_and_the_grantee_is_credited_for_unused_uses() {
    let (mut world, grant) = World::bought(3);
    world.use_record(GRANTEE, grant).value.unwrap().unwrap();
    let balances = world.balances();
    let answer = world.revoke(PATIENT, grant);
    assert_eq!(answer.value, Ok(Ok(())));
    assert_eq!(answer.frames, 1);
    assert_eq!(answer.events.len(), 1);
    let event = GrantClosed {
        grant,
        refunded: 20,
    };
    assert_eq!(world.said(&answer), [(event, vec![topic(grant)])]);
    assert_eq!(world.grant(grant), None);
    assert_eq!([world.credit(PATIENT), world.credit(GRANTEE)], [PRICE, 20]);
    assert_eq!(world.books().owed, 30);
    assert_eq!(world.balances(), balances);
    assert_eq!(world.counts(), [1, 1], "its number is not given again");
}

#[test]
fn the_patient_gets_the_deposit_of_the_grant_back() {
    let (mut world, grant) = World::offered();
    let coins = world.chain.balance(PATIENT.account());
    let answer = world.revoke(PATIENT, grant);
    assert_eq!(answer.value, Ok(Ok(())));
    assert_eq!(answer.deposit.items, -1);
    assert!(answer.deposit.bytes < 0);
    assert!(world.chain.balance(PATIENT.account()) > coins);
    assert_eq!(
        world.said(&answer),
        [(GrantClosed { grant, refunded: 0 }, vec![topic(grant)])]
    );
    assert_eq!(world.books().credits.len(), 0, "nobody is credited nothing");
}

#[test]
fn revoking_pays_the_patient_even_when_it_stores_a_first_credit() {
    let (mut world, grant) = World::bought(1);
    let coins = world.chain.balance(PATIENT.account());
    let answer = world.revoke(PATIENT, grant);
    assert_eq!(answer.deposit.items, 0);
    assert!(answer.deposit.bytes < 0);
    assert!(world.chain.balance(PATIENT.account()) > coins);
}

#[test]
fn nobody_but_the_patient_closes_a_grant() {
    let (mut world, grant) = World::bought(2);
    for moment in [END - 1, END, END + 1] {
        world.at(moment);
        for other in [ADMIN, GRANTEE, STRANGER] {
            let refused = world.revoke(other, grant);
            assert_eq!(
                refused.value,
                Ok(Err(NexusError::NotOwner)),
                "{other:?} at {moment}"
            );
        }
    }
}

#[test]
fn another_patient_cannot_close_it() {
    let (mut world, grant) = World::bought(2);
    let own = world.open(STRANGER, terms());
    assert_eq!(
        world.revoke(STRANGER, grant).value,
        Ok(Err(NexusError::NotOwner))
    );
    assert_eq!(world.revoke(STRANGER, own).value, Ok(Ok(())));
    assert!(world.grant(grant).is_some());
}

#[test]
fn a_closed_grant_is_unknown_to_everybody_and_for_good() {
    let (mut world, grant) = World::bought(2);
    world.revoke(PATIENT, grant).value.unwrap().unwrap();
    for moment in [END - 1, END] {
        world.at(moment);
        assert_eq!(
            world.revoke(PATIENT, grant).value,
            Ok(Err(NexusError::UnknownGrant))
        );
        assert_eq!(
            world.buy(GRANTEE, grant, 1).value,
            Ok(Err(NexusError::UnknownGrant))
        );
        assert_eq!(
            world.use_record(GRANTEE, grant).value,
            Ok(Err(NexusError::UnknownGrant))
        );
        assert_eq!(
            world.settle(GRANTEE, grant).value,
            Ok(Err(NexusError::UnknownGrant))
        );
    }
    assert_eq!(
        world.revoke(PATIENT, grant + 1).value,
        Ok(Err(NexusError::UnknownGrant))
    );
    assert_eq!(world.credit(GRANTEE), 20, "refunded once");
}

#[test]
fn closing_one_grant_leaves_the_others_alone() {
    let (mut world, grant) = World::bought(2);
    let other = world.offer(PATIENT, 0, terms()).value.unwrap().unwrap();
    world.buy(GRANTEE, other, 1).value.unwrap().unwrap();
    world.revoke(PATIENT, grant).value.unwrap().unwrap();
    assert_eq!(world.use_record(GRANTEE, other).value, Ok(Ok(0)));
}

#[test]
fn a_grant_can_be_closed_before_at_and_after_its_end() {
    for moment in [END - 1, END, END + 1] {
        let (mut world, grant) = World::bought(2);
        world.at(moment);
        assert_eq!(world.revoke(PATIENT, grant).value, Ok(Ok(())));
        assert_eq!(world.credit(GRANTEE), 20);
    }
}

#[test]
fn closing_a_settled_grant_refunds_nothing_again() {
    let (mut world, grant) = World::bought(2);
    world.at(END);
    world.settle(STRANGER, grant).value.unwrap().unwrap();
    let answer = world.revoke(PATIENT, grant);
    assert_eq!(
        world.said(&answer),
        [(GrantClosed { grant, refunded: 0 }, vec![topic(grant)])]
    );
    assert_eq!(world.credit(GRANTEE), 20);
}

#[test]
fn a_grant_can_be_closed_whatever_the_token_does() {
    let (mut world, grant) = World::bought(2);
    world.pause();
    assert_eq!(world.revoke(PATIENT, grant).value, Ok(Ok(())));
    for mode in [Mode::Refuses, Mode::Traps] {
        let (mut world, grant) = World::bought_with_hostile(2, mode);
        assert_eq!(world.revoke(PATIENT, grant).value, Ok(Ok(())));
        assert_eq!(world.credit(GRANTEE), 20);
    }
}
