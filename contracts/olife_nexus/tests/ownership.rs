//! The owner, who has one power: `upgrade` says which.

use crate::world::*;
use allive_access::{AccessError, Ownable, OwnershipChanged, UpgradeError};
use allive_calls::at;
use allive_simulator::START;
use ink::{env::Event as _, primitives::AccountId};
use olife_nexus::*;
use scale::Encode;
use serde_json::Value;
use std::collections::BTreeSet;

type Ownership = Answer<(), AccessError>;

impl World {
    fn hand_over(&mut self, by: Actor, to: Option<Actor>) -> Ownership {
        let to = to.map(|actor| actor.account().into());
        self.act(by, at::<OlifeNexus>(self.nexus).transfer_ownership(to))
    }

    fn accept(&mut self, by: Actor) -> Ownership {
        self.act(by, at::<OlifeNexus>(self.nexus).accept_ownership())
    }

    /// The owner, and to whom ownership is offered.
    fn ownership(&mut self) -> [Option<AccountId>; 2] {
        let nexus = at::<OlifeNexus>(self.nexus);
        [nexus.owner(), nexus.pending_owner()].map(|query| self.get(query).map(|account| *account))
    }

    /// Whether an actor has the owner's power.
    fn rules(&mut self, actor: Actor) -> bool {
        let answer = self.announce(actor, [1; 32].into(), None).value.unwrap();
        assert!(matches!(
            answer,
            Ok(()) | Err(UpgradeError::CallerIsNotOwner)
        ));
        answer.is_ok()
    }
}

#[track_caller]
fn said(answer: &Ownership, owner: Actor, pending: Option<Actor>) {
    assert_eq!(answer.events.len(), 1);
    let topics = [OwnershipChanged::SIGNATURE_TOPIC.unwrap()];
    assert_eq!(answer.events[0].topics, topics);
    let fields = (owner.account(), pending.map(Actor::account)).encode();
    assert_eq!(answer.events[0].data, fields);
}

#[test]
fn the_nexus_changes_hands_when_the_candidate_accepts_and_not_before() {
    let mut world = World::new();
    assert_eq!(world.ownership(), [Some(ADMIN.account()), None]);
    let offered = world.hand_over(ADMIN, Some(STRANGER));
    assert_eq!((&offered.value, offered.frames), (&Ok(Ok(())), 1));
    said(&offered, ADMIN, Some(STRANGER));
    let both = [ADMIN, STRANGER].map(|actor| Some(actor.account()));
    assert_eq!(world.ownership(), both);
    assert_eq!([ADMIN, STRANGER].map(|who| world.rules(who)), [true, false]);

    let accepted = world.accept(STRANGER);
    assert_eq!((&accepted.value, accepted.frames), (&Ok(Ok(())), 1));
    said(&accepted, STRANGER, None);
    assert_eq!(world.ownership(), [Some(STRANGER.account()), None]);
    assert_eq!([ADMIN, STRANGER].map(|who| world.rules(who)), [false, true]);
}

#[test]
fn a_former_owner_has_no_power_left() {
    let mut world = World::new();
    world
        .announce(ADMIN, [1; 32].into(), None)
        .value
        .unwrap()
        .unwrap();
    world
        .hand_over(ADMIN, Some(STRANGER))
        .value
        .unwrap()
        .unwrap();
    world.accept(STRANGER).value.unwrap().unwrap();
    let refused = Ok(Err(AccessError::CallerIsNotOwner));
    assert_eq!(world.hand_over(ADMIN, Some(ADMIN)).value, refused);
    assert_eq!(world.hand_over(ADMIN, None).value, refused);
    let refused = Ok(Err(UpgradeError::CallerIsNotOwner));
    assert_eq!(world.cancel(ADMIN).value, refused);
    world.at(START + NOTICE);
    assert_eq!(world.upgrade(ADMIN, [1; 32].into()).value, refused);
    // What was announced stays, and is the new owner's to take back.
    assert_eq!(world.cancel(STRANGER).value, Ok(Ok(())));
}

#[test]
fn only_the_candidate_accepts_and_only_once() {
    let mut world = World::new();
    let refused = Ok(Err(AccessError::CallerIsNotPendingOwner));
    for anybody in ACTORS {
        assert_eq!(world.accept(anybody).value, refused, "nothing was offered");
    }
    world
        .hand_over(ADMIN, Some(STRANGER))
        .value
        .unwrap()
        .unwrap();
    for other in [ADMIN, PATIENT, GRANTEE] {
        assert_eq!(world.accept(other).value, refused, "{other:?}");
    }
    assert_eq!(world.accept(STRANGER).value, Ok(Ok(())));
    assert_eq!(world.accept(STRANGER).value, refused);
}

#[test]
fn an_offer_of_ownership_can_be_withdrawn_or_made_to_another() {
    let mut world = World::new();
    let refused = Ok(Err(AccessError::CallerIsNotPendingOwner));
    world
        .hand_over(ADMIN, Some(STRANGER))
        .value
        .unwrap()
        .unwrap();
    let withdrawn = world.hand_over(ADMIN, None);
    said(&withdrawn, ADMIN, None);
    assert_eq!(world.accept(STRANGER).value, refused);
    world
        .hand_over(ADMIN, Some(STRANGER))
        .value
        .unwrap()
        .unwrap();
    world
        .hand_over(ADMIN, Some(PATIENT))
        .value
        .unwrap()
        .unwrap();
    assert_eq!(world.accept(STRANGER).value, refused);
    assert_eq!(world.accept(PATIENT).value, Ok(Ok(())));
}

#[test]
fn nobody_but_the_owner_offers_ownership() {
    let mut world = World::new();
    for other in [PATIENT, GRANTEE, STRANGER] {
        for candidate in [None, Some(other)] {
            let refused = world.hand_over(other, candidate);
            assert_eq!(refused.value, Ok(Err(AccessError::CallerIsNotOwner)));
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
        "Ownable::transfer_ownership",
        "Ownable::accept_ownership",
        "Upgradeable::announce_upgrade",
        "Upgradeable::cancel_upgrade",
        "Upgradeable::set_code_hash",
    ];
    assert_eq!(changing, known.into());
    assert!(messages.iter().all(|message| message["payable"] == false));
}
