//! The owner, who has one power: `upgrade` says which.

use crate::world::*;
use allive_access::{AccessError, Ownable, OwnershipChanged, UpgradeError, Upgradeable};
use allive_calls::{at, Message, Receipt};
use allive_simulator::START;
use ink::{env::Event as _, primitives::AccountId};
use olife_nexus::*;
use scale::Encode;
use serde_json::Value;
use std::collections::BTreeSet;

type Ownership = Receipt<Result<(), AccessError>>;

impl Deployed {
    fn hand_over(&self, to: Option<AccountId>) -> Message<impl Encode, Result<(), AccessError>> {
        at::<OlifeNexus>(self.nexus).transfer_ownership(to.map(Into::into))
    }
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
    assert!(matches!(
        answer,
        Ok(()) | Err(UpgradeError::CallerIsNotOwner)
    ));
    answer.is_ok()
}

#[track_caller]
fn said(answer: &Ownership, owner: AccountId, pending: Option<AccountId>) {
    assert_eq!(answer.events.len(), 1);
    let topics = [OwnershipChanged::SIGNATURE_TOPIC.unwrap()];
    assert_eq!(answer.events[0].topics, topics);
    let fields = (owner, pending).encode();
    assert_eq!(answer.events[0].data, fields);
}

#[test]
fn the_nexus_changes_hands_when_the_candidate_accepts_and_not_before() {
    let mut world = World::new();
    assert_eq!(ownership(&mut world), [Some(ADMIN), None]);
    let offered = world.send(ADMIN, world.hand_over(Some(STRANGER)));
    assert_eq!((&offered.value, offered.frames), (&Ok(Ok(())), 1));
    said(&offered, ADMIN, Some(STRANGER));
    let both = [ADMIN, STRANGER].map(Some);
    assert_eq!(ownership(&mut world), both);
    assert_eq!(
        [ADMIN, STRANGER].map(|who| rules(&mut world, who)),
        [true, false]
    );

    let accepted = world.send(STRANGER, world.contract().accept_ownership());
    assert_eq!((&accepted.value, accepted.frames), (&Ok(Ok(())), 1));
    said(&accepted, STRANGER, None);
    assert_eq!(ownership(&mut world), [Some(STRANGER), None]);
    assert_eq!(
        [ADMIN, STRANGER].map(|who| rules(&mut world, who)),
        [false, true]
    );
}

#[test]
fn a_former_owner_has_no_power_left() {
    let mut world = World::new();
    world.done(
        ADMIN,
        world.contract().announce_upgrade([1; 32].into(), None),
    );
    world.done(ADMIN, world.hand_over(Some(STRANGER)));
    world.done(STRANGER, world.contract().accept_ownership());
    let refused = AccessError::CallerIsNotOwner;
    assert_eq!(world.refused(ADMIN, world.hand_over(Some(ADMIN))), refused);
    assert_eq!(world.refused(ADMIN, world.hand_over(None)), refused);
    let refused = UpgradeError::CallerIsNotOwner;
    assert_eq!(
        world.refused(ADMIN, world.contract().cancel_upgrade()),
        refused
    );
    world.at(START + NOTICE);
    assert_eq!(
        world.refused(ADMIN, world.contract().set_code_hash([1; 32].into())),
        refused
    );
    // What was announced stays, and is the new owner's to take back.
    world.done(STRANGER, world.contract().cancel_upgrade());
}

#[test]
fn only_the_candidate_accepts_and_only_once() {
    let mut world = World::new();
    let refused = AccessError::CallerIsNotPendingOwner;
    for anybody in ACTORS {
        assert_eq!(
            world.refused(anybody, world.contract().accept_ownership()),
            refused,
            "nothing was offered"
        );
    }
    world.done(ADMIN, world.hand_over(Some(STRANGER)));
    for other in [ADMIN, PATIENT, GRANTEE] {
        assert_eq!(
            world.refused(other, world.contract().accept_ownership()),
            refused,
            "{other:?}"
        );
    }
    world.done(STRANGER, world.contract().accept_ownership());
    assert_eq!(
        world.refused(STRANGER, world.contract().accept_ownership()),
        refused
    );
}

#[test]
fn an_offer_of_ownership_can_be_withdrawn_or_made_to_another() {
    let mut world = World::new();
    let refused = AccessError::CallerIsNotPendingOwner;
    world.done(ADMIN, world.hand_over(Some(STRANGER)));
    let withdrawn = world.send(ADMIN, world.hand_over(None));
    said(&withdrawn, ADMIN, None);
    assert_eq!(
        world.refused(STRANGER, world.contract().accept_ownership()),
        refused
    );
    world.done(ADMIN, world.hand_over(Some(STRANGER)));
    world.done(ADMIN, world.hand_over(Some(PATIENT)));
    assert_eq!(
        world.refused(STRANGER, world.contract().accept_ownership()),
        refused
    );
    world.done(PATIENT, world.contract().accept_ownership());
}

#[test]
fn nobody_but_the_owner_offers_ownership() {
    let mut world = World::new();
    for other in [PATIENT, GRANTEE, STRANGER] {
        for candidate in [None, Some(other)] {
            let refused = world.refused(other, world.hand_over(candidate));
            assert_eq!(refused, AccessError::CallerIsNotOwner);
        }
    }
}

/// That none of the messages before `Ownable`'s obeys the owner is proved where each is.
#[test]
fn nothing_can_be_changed_but_by_the_messages_of_the_specification() {
    let metadata: Value = serde_json::from_str(&code("olife_nexus").metadata).unwrap();
    let messages = metadata["spec"]["messages"].as_array().unwrap();
    let changing = messages.iter().filter(|message| message["mutates"] == true);
    let changing: BTreeSet<_> = changing
        .filter_map(|message| message["label"].as_str())
        .collect();
    let known = [
        "register",
        "offer",
        "buy",
        "use_record",
        "revoke",
        "settle",
        "withdraw",
        "inherit",
        "act_for",
        "cancel",
        "Ownable::transfer_ownership",
        "Ownable::accept_ownership",
        "Upgradeable::announce_upgrade",
        "Upgradeable::cancel_upgrade",
        "Upgradeable::set_code_hash",
    ];
    assert_eq!(changing, known.into());
    assert!(messages.iter().all(|message| message["payable"] == false));
}

#[test]
fn ownership_is_not_offered_to_nobody() {
    let mut world = World::new();
    let offered = world.hand_over(Some([0; 32].into()));
    assert_eq!(world.answer(ADMIN, offered), Err(AccessError::ZeroAccount));
    assert_eq!(ownership(&mut world), [Some(ADMIN), None]);
}
