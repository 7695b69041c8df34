//! Attestations and their slots.

use crate::world::*;
use allive_olife_id_interface::{IdentityId, Topic};
use olife_id::*;

fn class(world: &mut World, topic: Topic) -> Class {
    match stored(world, Query::Attestations(PERSON_ID, topic)) {
        Some(Stored::Attestations(class)) => class,
        other => panic!("{other:?}"),
    }
}

/// So many issuers of a topic, each of which attested the person.
fn crowd(world: &mut World, count: u8, topic: Topic) -> Vec<IdentityId> {
    world.watched = false;
    let issuers = (0..count).map(|place| {
        let key = account(0xa0 + place);
        let issuer = create(world, key, &[], 0);
        approve(world, issuer, topic, 0);
        issuer
    });
    let issuers: Vec<_> = issuers.collect();
    world.watched = true;
    issuers
}

#[test]
fn an_approved_issuer_attests_and_renews() {
    let mut world = World::new();
    let now = world.now();
    let attested = attest(PERSON_ID, Topic::CLINICIAN, 3, now + 10);
    let answer = world.receipt(ISSUER, world.act(attested.clone()));
    let acted = acted(ISSUER_ID, ISSUER, attested);
    world.assert_emitted(&answer, acted);
    let mut slot = Slot {
        issuer: ISSUER_ID,
        value: [7; 32],
        weight: 3,
        issued: now,
        stored: now,
        since: now,
        expires: now + 10,
    };
    assert_eq!(
        class(&mut world, Topic::CLINICIAN).slots[..],
        [slot.clone()]
    );
    // Renewed without a break, and after one.
    for (moment, since) in [(now + 9, now), (now + 19, now + 19)] {
        world.at(moment);
        world.done(
            ISSUER,
            world.act(attest(PERSON_ID, Topic::CLINICIAN, 3, moment + 10)),
        );
        slot.expires = moment + 10;
        (slot.issued, slot.stored, slot.since) = (moment, moment, since);
        assert_eq!(
            class(&mut world, Topic::CLINICIAN).slots[..],
            [slot.clone()]
        );
    }
}

#[test]
fn nobody_attests_what_it_is_not_approved_for_nor_itself() {
    let mut world = World::new();
    for by in [FRIEND, PERSON, ANCHOR] {
        let attested = attest(GUARDIANS[0], Topic::CLINICIAN, 0, EXPIRES);
        assert_eq!(world.refused(by, world.act(attested)), IdError::NotIssuer);
    }
    let other = attest(PERSON_ID, Topic::HOSPITAL, 0, EXPIRES);
    assert_eq!(world.refused(ISSUER, world.act(other)), IdError::NotIssuer);
    let own = attest(ISSUER_ID, Topic::CLINICIAN, 0, EXPIRES);
    assert_eq!(world.refused(ISSUER, world.act(own)), IdError::Itself);
    let nobody = attest(NEXT, Topic::CLINICIAN, 0, EXPIRES);
    assert_eq!(
        world.refused(ISSUER, world.act(nobody)),
        IdError::UnknownIdentity
    );
}

#[test]
fn an_attestation_ends_after_now_and_within_ten_years() {
    let mut world = World::new();
    let now = world.now();
    for expires in [0, now, now + LONGEST_TERM + 1] {
        let attested = attest(PERSON_ID, Topic::CLINICIAN, 0, expires);
        assert_eq!(
            world.refused(ISSUER, world.act(attested)),
            IdError::BadExpiry
        );
    }
    for expires in [now + 1, now + LONGEST_TERM] {
        world.done(
            ISSUER,
            world.act(attest(PERSON_ID, Topic::CLINICIAN, 0, expires)),
        );
    }
}

#[test]
fn only_its_issuer_revokes_an_attestation_also_when_it_is_approved_no_more() {
    let mut world = World::new();
    world.done(
        ISSUER,
        world.act(attest(PERSON_ID, Topic::CLINICIAN, 0, EXPIRES)),
    );
    let revoke = revoke(PERSON_ID, Topic::CLINICIAN);
    for by in [ANCHOR, PERSON] {
        assert_eq!(
            world.refused(by, world.act(revoke.clone())),
            IdError::NothingToDo
        );
    }
    withdraw_approval(&mut world, ISSUER_ID, None);
    world.done(ISSUER, world.act(revoke.clone()));
    assert_eq!(class(&mut world, Topic::CLINICIAN).slots[0].expires, 0);
    assert_eq!(
        world.refused(ISSUER, world.act(revoke)),
        IdError::NothingToDo
    );
}

#[test]
fn a_subject_refuses_an_issuer_and_lets_it_attest_again() {
    let mut world = World::new();
    world.done(
        ISSUER,
        world.act(attest(PERSON_ID, Topic::CLINICIAN, 0, EXPIRES)),
    );
    let refuse = |refused| Action::Refuse {
        topic: Topic::CLINICIAN,
        issuer: ISSUER_ID,
        refused,
    };
    assert_eq!(
        world.refused(PERSON, world.act(refuse(false))),
        IdError::NothingToDo
    );
    world.done(PERSON, world.act(refuse(true)));
    assert!(!world.get(world.has_role(PERSON, Topic::CLINICIAN)));
    // A live attestation goes on, so that a thief cannot let that of an anchor run out. It does not
    // count.
    let again = attest(PERSON_ID, Topic::CLINICIAN, 0, EXPIRES);
    world.done(ISSUER, world.act(again.clone()));
    assert!(!world.get(world.has_role(PERSON, Topic::CLINICIAN)));
    world.advance(SETTLING);
    assert_eq!(
        world.refused(ISSUER, world.act(again.clone())),
        IdError::Refused
    );
    assert_eq!(
        world.refused(PERSON, world.act(refuse(true))),
        IdError::NothingToDo
    );
    world.done(PERSON, world.act(refuse(false)));
    world.done(ISSUER, world.act(again));
    assert!(world.get(world.has_role(PERSON, Topic::CLINICIAN)));
}

/// A class that is full with the words of sixteen issuers, and a seventeenth that waits. The first
/// attestation ends soon.
fn full(topic: Topic) -> (World, Vec<IdentityId>) {
    let mut world = World::new();
    let issuers = crowd(&mut world, 17, topic);
    world.watched = false;
    let now = world.now();
    world.done(by(0), world.act(attest(PERSON_ID, topic, 0, now + 10)));
    for place in 1..16 {
        world.done(by(place), world.act(attest(PERSON_ID, topic, 0, EXPIRES)));
    }
    world.watched = true;
    (world, issuers)
}

/// The key of an issuer of the crowd.
fn by(place: u8) -> ink::primitives::AccountId {
    account(0xa0 + place)
}

#[test]
fn sixteen_attestations_of_a_topic_are_kept_and_one_that_does_not_count_makes_room() {
    let topic = Topic::LABORATORY;
    let last = attest(PERSON_ID, topic, 0, EXPIRES);
    let is_full = |world: &mut World| {
        let refused = world.answer(by(16), world.act(last.clone()));
        refused == Err(IdError::NoRoom)
    };
    // Expired, revoked, refused long ago, or approved no more: but only when nothing that was
    // issued earlier can come any more.
    type Ends = fn(&mut World, &[IdentityId]);
    let ends: [Ends; 4] = [
        |world, _| world.advance(10),
        |world, _| {
            world.done(by(3), world.act(revoke(PERSON_ID, Topic::LABORATORY)));
        },
        |world, issuers| {
            let refuse = refuse(Topic::LABORATORY, issuers[3], true);
            world.done(PERSON, world.act(refuse));
        },
        |world, issuers| withdraw_approval(world, issuers[3], None),
    ];
    for (number, end) in ends.iter().enumerate() {
        let (mut world, issuers) = full(topic);
        // Of the first, of which the end comes by itself, there is another.
        let now = world.now();
        world.done(by(0), world.act(attest(PERSON_ID, topic, 0, EXPIRES)));
        if number == 0 {
            world.done(by(3), world.act(attest(PERSON_ID, topic, 0, now + 10)));
        }
        assert!(is_full(&mut world));
        // One of them renews all the same.
        world.done(by(1), world.act(last.clone()));
        end(&mut world, &issuers);
        world.at(now + LONGEST_WAIT);
        assert!(is_full(&mut world), "{number}");
        world.advance(1);
        assert!(!is_full(&mut world), "{number}");
        let slots = class(&mut world, topic).slots;
        assert_eq!(slots.len(), 16);
        assert!(slots.iter().all(|slot| slot.issuer != issuers[3]));
    }
    // One that was proved false has no word any more.
    let (mut world, issuers) = full(topic);
    let accuse = world.contract().accuse(issuers[3], EVIDENCE);
    world.done(OWNER, accuse);
    world.advance(NOTICE);
    let condemn = world.contract().condemn(issuers[3]);
    world.done(OWNER, condemn);
    assert!(!is_full(&mut world));
}

#[test]
fn a_subject_refuses_up_to_sixteen_issuers_of_a_topic() {
    let mut world = World::new();
    let topic = Topic::PATIENT;
    world.watched = false;
    for issuer in 0..16 {
        let refused = true;
        world.done(
            PERSON,
            world.act(Action::Refuse {
                topic,
                issuer,
                refused,
            }),
        );
    }
    let more = Action::Refuse {
        topic,
        issuer: 16,
        refused: true,
    };
    assert_eq!(world.refused(PERSON, world.act(more)), IdError::NoRoom);
}
