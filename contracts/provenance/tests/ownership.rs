//! The owner, who has one power: `upgrade` says which.

use crate::world::*;
use allive_access::{AccessError, Ownable, OwnershipChanged, UpgradeError, Upgradeable};
use allive_calls::{at, Message};
use allive_support::{acting::emitted, code};
use ink::primitives::AccountId;
use provenance::*;
use scale::Encode;
use serde_json::Value;
use std::collections::BTreeSet;

fn hand_over(
    world: &World,
    to: Option<AccountId>,
) -> Message<impl Encode, Result<(), AccessError>> {
    at::<Provenance>(world.provenance).transfer_ownership(to.map(Into::into))
}

/// The owner, and to whom ownership is offered.
fn ownership(world: &mut World) -> [Option<AccountId>; 2] {
    let queries = [world.contract().owner(), world.contract().pending_owner()];
    queries.map(|query| world.get(query).map(|account| *account))
}

/// Whether an actor has the owner's power.
fn rules(world: &mut World, actor: AccountId) -> bool {
    let announce = world.contract().announce_upgrade([1; 32].into(), None);
    let answer = world.answer(actor, announce);
    let is_known = matches!(answer, Ok(()) | Err(UpgradeError::CallerIsNotOwner));
    assert!(is_known);
    answer.is_ok()
}

/// Sends it, and compares what is said of owner and candidate.
#[track_caller]
fn changes<Args: Encode>(
    world: &mut World,
    by: AccountId,
    message: Message<Args, Result<(), AccessError>>,
    [owner, pending]: [Option<AccountId>; 2],
) {
    let receipt = world.receipt(by, message);
    let event = OwnershipChanged {
        owner: owner.unwrap().into(),
        pending: pending.map(Into::into),
    };
    assert_eq!(receipt.events, [emitted(world.provenance, event)]);
    assert_eq!(ownership(world), [owner, pending]);
}

#[test]
fn it_changes_hands_when_the_candidate_accepts_and_not_before() {
    let mut world = World::new();
    assert_eq!(ownership(&mut world), [Some(ADMIN), None]);
    let offer = hand_over(&world, Some(STRANGER));
    changes(&mut world, ADMIN, offer, [ADMIN, STRANGER].map(Some));
    let both = [ADMIN, STRANGER];
    assert_eq!(both.map(|who| rules(&mut world, who)), [true, false]);
    let accept = world.contract().accept_ownership();
    changes(&mut world, STRANGER, accept, [Some(STRANGER), None]);
    assert_eq!(both.map(|who| rules(&mut world, who)), [false, true]);
}

#[test]
fn a_former_owner_has_no_power_left() {
    let mut world = World::new();
    let announce = world.contract().announce_upgrade([1; 32].into(), None);
    world.done(ADMIN, announce);
    world.done(ADMIN, hand_over(&world, Some(STRANGER)));
    world.done(STRANGER, world.contract().accept_ownership());
    for to in [Some(ADMIN), None] {
        let refused = world.refused(ADMIN, hand_over(&world, to));
        assert_eq!(refused, AccessError::CallerIsNotOwner);
    }
    let refused = world.refused(ADMIN, world.contract().cancel_upgrade());
    assert_eq!(refused, UpgradeError::CallerIsNotOwner);
    // What was announced stays, and is the new owner's to take back.
    world.done(STRANGER, world.contract().cancel_upgrade());
}

#[test]
fn only_the_candidate_accepts_and_only_once() {
    let mut world = World::new();
    let refused = AccessError::CallerIsNotPendingOwner;
    for anybody in [ADMIN, MAKER, AUTHORITY, STRANGER] {
        let accept = world.contract().accept_ownership();
        assert_eq!(
            world.refused(anybody, accept),
            refused,
            "nothing is offered"
        );
    }
    world.done(ADMIN, hand_over(&world, Some(STRANGER)));
    for other in [ADMIN, MAKER, AUTHORITY] {
        let accept = world.contract().accept_ownership();
        assert_eq!(world.refused(other, accept), refused);
    }
    world.done(STRANGER, world.contract().accept_ownership());
    let accept = world.contract().accept_ownership();
    assert_eq!(world.refused(STRANGER, accept), refused);
}

#[test]
fn an_offer_of_ownership_is_withdrawn_or_made_to_another_but_not_to_nobody() {
    let mut world = World::new();
    let refused = AccessError::CallerIsNotPendingOwner;
    world.done(ADMIN, hand_over(&world, Some(STRANGER)));
    let withdraw = hand_over(&world, None);
    changes(&mut world, ADMIN, withdraw, [Some(ADMIN), None]);
    let accept = world.contract().accept_ownership();
    assert_eq!(world.refused(STRANGER, accept), refused);
    world.done(ADMIN, hand_over(&world, Some(STRANGER)));
    world.done(ADMIN, hand_over(&world, Some(MAKER)));
    let accept = world.contract().accept_ownership();
    assert_eq!(world.refused(STRANGER, accept), refused);
    let to_nobody = hand_over(&world, Some([0; 32].into()));
    assert_eq!(world.refused(ADMIN, to_nobody), AccessError::ZeroAccount);
    world.done(MAKER, world.contract().accept_ownership());
}

#[test]
fn nobody_but_the_owner_offers_ownership() {
    let mut world = World::new();
    for other in [MAKER, AUTHORITY, STRANGER] {
        for candidate in [None, Some(other)] {
            let refused = world.refused(other, hand_over(&world, candidate));
            assert_eq!(refused, AccessError::CallerIsNotOwner);
        }
    }
}

#[test]
fn the_owner_has_no_power_over_goods() {
    let (mut world, run) = delivered();
    let unit = UnitId::Run(run);
    let target = Target::Unit(unit);
    for action in [
        register(order(), Class::Dental),
        commission(new_lot()),
        ship(unit, MAKER, UNTIL),
        Action::Retire {
            unit,
            end: End::Destroyed,
        },
        raise(target, Alert::Stolen, Capacity::Authority),
    ] {
        let error = refused(&mut world, ADMIN, action);
        assert_eq!(error, ProvenanceError::NoStanding);
    }
}

/// That none of the messages before `Ownable`'s obeys the owner is proved above, and where each is.
#[test]
fn nothing_can_be_changed_but_by_the_messages_of_the_specification() {
    let metadata: Value = serde_json::from_str(&code("provenance").metadata).unwrap();
    let messages = metadata["spec"]["messages"].as_array().unwrap();
    let changing = messages.iter().filter(|message| message["mutates"] == true);
    let changing: BTreeSet<_> = changing
        .filter_map(|message| message["label"].as_str())
        .collect();
    let known = [
        "act",
        "act_for",
        "ask",
        "cancel",
        "confirm",
        "prune",
        "prune_prescription",
        "prune_progress",
        "Ownable::transfer_ownership",
        "Ownable::accept_ownership",
        "Upgradeable::announce_upgrade",
        "Upgradeable::cancel_upgrade",
        "Upgradeable::set_code_hash",
    ];
    assert_eq!(changing, known.into());
    assert!(messages.iter().all(|message| message["payable"] == false));
}
