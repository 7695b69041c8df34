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
        let topics = topic.bit();
        let ceiling = 0;
        let approved = Some(Issuer { topics, ceiling });
        let approve = world.contract().approve_issuer(issuer, approved);
        world.done(OWNER, approve);
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
    let attested = attest(PERSON_ID, Topic::Clinician, 3, now + 10);
    let answer = world.receipt(ISSUER, world.act(attested.clone()));
    let acted = acted(ISSUER_ID, ISSUER, attested);
    world.assert_emitted(&answer, acted);
    let mut slot = Slot {
        issuer: ISSUER_ID,
        value: [7; 32],
        weight: 3,
        since: now,
        expires: now + 10,
    };
    assert_eq!(
        class(&mut world, Topic::Clinician).slots[..],
        [slot.clone()]
    );
    // Renewed without a break, and after one.
    for (moment, since) in [(now + 9, now), (now + 19, now + 19)] {
        world.at(moment);
        world.done(
            ISSUER,
            world.act(attest(PERSON_ID, Topic::Clinician, 3, moment + 10)),
        );
        slot.expires = moment + 10;
        slot.since = since;
        assert_eq!(
            class(&mut world, Topic::Clinician).slots[..],
            [slot.clone()]
        );
    }
}

#[test]
fn nobody_attests_what_it_is_not_approved_for_nor_itself() {
    let mut world = World::new();
    for by in [FRIEND, PERSON, ANCHOR] {
        let attested = attest(GUARDIANS[0], Topic::Clinician, 0, EXPIRES);
        assert_eq!(world.refused(by, world.act(attested)), IdError::NotIssuer);
    }
    let other = attest(PERSON_ID, Topic::Hospital, 0, EXPIRES);
    assert_eq!(world.refused(ISSUER, world.act(other)), IdError::NotIssuer);
    let own = attest(ISSUER_ID, Topic::Clinician, 0, EXPIRES);
    assert_eq!(world.refused(ISSUER, world.act(own)), IdError::Itself);
    let nobody = attest(NEXT, Topic::Clinician, 0, EXPIRES);
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
        let attested = attest(PERSON_ID, Topic::Clinician, 0, expires);
        assert_eq!(
            world.refused(ISSUER, world.act(attested)),
            IdError::BadExpiry
        );
    }
    for expires in [now + 1, now + LONGEST_TERM] {
        world.done(
            ISSUER,
            world.act(attest(PERSON_ID, Topic::Clinician, 0, expires)),
        );
    }
}

#[test]
fn only_its_issuer_revokes_an_attestation_also_when_it_is_approved_no_more() {
    let mut world = World::new();
    world.done(
        ISSUER,
        world.act(attest(PERSON_ID, Topic::Clinician, 0, EXPIRES)),
    );
    let revoke = Action::Revoke {
        subject: PERSON_ID,
        topic: Topic::Clinician,
    };
    for by in [ANCHOR, PERSON] {
        assert_eq!(
            world.refused(by, world.act(revoke.clone())),
            IdError::NothingToDo
        );
    }
    let approve = world.contract().approve_issuer(ISSUER_ID, None);
    world.done(OWNER, approve);
    world.done(ISSUER, world.act(revoke.clone()));
    assert_eq!(class(&mut world, Topic::Clinician).slots[..], []);
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
        world.act(attest(PERSON_ID, Topic::Clinician, 0, EXPIRES)),
    );
    let refuse = |refused| Action::Refuse {
        topic: Topic::Clinician,
        issuer: ISSUER_ID,
        refused,
    };
    assert_eq!(
        world.refused(PERSON, world.act(refuse(false))),
        IdError::NothingToDo
    );
    world.done(PERSON, world.act(refuse(true)));
    assert!(!world.get(world.has_role(PERSON, Topic::Clinician)));
    let again = attest(PERSON_ID, Topic::Clinician, 0, EXPIRES);
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
    assert!(world.get(world.has_role(PERSON, Topic::Clinician)));
}

#[test]
fn sixteen_attestations_of_a_topic_are_kept_and_one_that_does_not_count_makes_room() {
    let mut world = World::new();
    let topic = Topic::Laboratory;
    let issuers = crowd(&mut world, 17, topic);
    let by = |place: u8| account(0xa0 + place);
    world.watched = false;
    let now = world.now();
    world.done(by(0), world.act(attest(PERSON_ID, topic, 0, now + 10)));
    for place in 1..16 {
        world.done(by(place), world.act(attest(PERSON_ID, topic, 0, EXPIRES)));
    }
    world.watched = true;
    let last = attest(PERSON_ID, topic, 0, EXPIRES);
    assert_eq!(
        world.refused(by(16), world.act(last.clone())),
        IdError::NoRoom
    );
    // One of them renews all the same.
    world.done(by(1), world.act(last.clone()));
    let drop_first = |world: &mut World| {
        let subject = PERSON_ID;
        world.done(by(16), world.act(last.clone()));
        assert_eq!(class(world, topic).slots.len(), 16);
        world.done(by(16), world.act(Action::Revoke { subject, topic }));
    };
    // Expired.
    world.at(now + 10);
    drop_first(&mut world);
    world.done(by(0), world.act(last.clone()));
    // Refused.
    let issuer = issuers[3];
    let refused = true;
    world.done(
        PERSON,
        world.act(Action::Refuse {
            topic,
            issuer,
            refused,
        }),
    );
    drop_first(&mut world);
    let refused = false;
    world.done(
        PERSON,
        world.act(Action::Refuse {
            topic,
            issuer,
            refused,
        }),
    );
    world.done(by(3), world.act(last.clone()));
    assert_eq!(
        world.refused(by(16), world.act(last.clone())),
        IdError::NoRoom
    );
    // Approved no more.
    let approve = world.contract().approve_issuer(issuers[5], None);
    world.done(OWNER, approve);
    drop_first(&mut world);
}

#[test]
fn a_subject_refuses_up_to_sixteen_issuers_of_a_topic() {
    let mut world = World::new();
    let topic = Topic::Patient;
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
