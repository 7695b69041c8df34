//! Recovery: who wins, at every step of it.

use crate::world::*;
use allive_access::Pausable;
use allive_olife_id_interface::{IdentityId, IdentityRegistry, Topic};
use ink::primitives::AccountId;
use olife_id::*;

#[test]
fn enough_guardians_who_agree_freeze_and_after_the_delay_anyone_settles() {
    let mut world = attested();
    let answer = world.receipt(GUARDS[0], world.act(recover(SECOND)));
    assert_eq!(answer.events.len(), 1);
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Idle);
    assert_eq!(
        world.get(world.identity_of(PERSON)),
        Some(PERSON_ID),
        "one is not enough"
    );
    let answer = world.receipt(GUARDS[2], world.act(recover(SECOND)));
    let recovery = the_person(&mut world).recovery;
    let begun = world.now();
    let expected = Recovery {
        phase: Phase::Proposed,
        begun,
        turns: begun + DELAY,
        keys: vec![held(SECOND, ALL)],
        anchor: None,
        votes: vec![],
    };
    assert_eq!(recovery, expected);
    let identity = PERSON_ID;
    world.assert_emitted(&answer, recovery_changed(recovery));
    assert_eq!(world.get(world.identity_of(PERSON)), None, "frozen");
    assert_eq!(world.refused(PERSON, world.act(vouch(1))), IdError::Frozen);
    world.done(SECOND, world.act(consent()));
    world.at(begun + DELAY - 1);
    assert_eq!(settle(&mut world), Err(IdError::TooEarly));
    world.at(begun + DELAY);
    let settle = world.contract().settle(PERSON_ID);
    let answer = world.send(STRANGER, settle);
    let changed = ControlChanged {
        identity,
        version: 1,
        recovered: true,
        control: control(&[SECOND]),
    };
    world.assert_emitted(&answer, changed);
    assert_eq!(
        [PERSON, SECOND].map(|key| world.get(world.identity_of(key))),
        [None, Some(PERSON_ID)]
    );
    assert_eq!(
        world.get(world.trust(SECOND)),
        CEILING,
        "what was attested stays"
    );
    let since = world
        .contract()
        .successor_since(SECOND.into(), PERSON.into());
    assert_eq!(world.get(since), Some(begun + DELAY));
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Idle);
}

#[test]
fn guardians_must_agree_on_the_same_keys() {
    let mut world = attested();
    world.done(GUARDS[0], world.act(recover(SECOND)));
    world.done(GUARDS[1], world.act(recover(THIEF)));
    // Once more counts once.
    world.done(GUARDS[1], world.act(recover(THIEF)));
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Idle);
    // What one says takes the place of what it said before.
    world.done(GUARDS[1], world.act(recover(SECOND)));
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Proposed);
}

#[test]
fn nobody_but_a_guardian_recovers() {
    let mut world = attested();
    for by in [STRANGER, THIEF] {
        assert_eq!(
            world.refused(by, world.act(recover(THIEF))),
            IdError::NotKey
        );
    }
    for by in [FRIEND, PERSON, ANCHOR, ISSUER] {
        assert_eq!(
            world.refused(by, world.act(recover(THIEF))),
            IdError::NotGuardian
        );
    }
    let nobody = Action::Recover {
        identity: NEXT,
        keys: vec![held(THIEF, ALL)],
    };
    assert_eq!(
        world.refused(GUARDS[0], world.act(nobody)),
        IdError::UnknownIdentity
    );
    let unsound = Action::Recover {
        identity: PERSON_ID,
        keys: vec![],
    };
    assert_eq!(
        world.refused(GUARDS[0], world.act(unsound)),
        IdError::BadControl
    );
}

#[test]
fn a_recovered_key_must_agree_and_a_key_of_another_cannot() {
    let mut world = attested();
    agree(&mut world, SECOND);
    world.advance(DELAY);
    assert_eq!(settle(&mut world), Err(IdError::NoConsent));
    assert_eq!(
        world.refused(FRIEND, world.act(consent())),
        IdError::KeyTaken
    );
    world.done(SECOND, world.act(consent()));
    assert_eq!(settle(&mut world), Ok(()));
}

#[test]
fn a_living_controller_cancels_at_the_last_moment_and_guardians_alone_achieve_nothing() {
    let mut world = proposed();
    world.advance(DELAY);
    let answer = world.receipt(PERSON, world.act(Action::Cancel));
    let recovery = the_person(&mut world).recovery;
    assert_eq!(recovery.phase, Phase::Contested);
    assert_eq!(recovery.turns, world.now());
    world.assert_emitted(&answer, recovery_changed(recovery));
    assert_eq!(
        world.get(world.identity_of(PERSON)),
        Some(PERSON_ID),
        "thawed"
    );
    assert_eq!(
        world.refused(PERSON, world.act(Action::Cancel)),
        IdError::NothingToDo
    );
    let cancelled = world.now();
    // All guardians, for as long as the contest lasts.
    for moment in [cancelled, cancelled + CONTEST, cancelled + 2 * CONTEST - 1] {
        world.at(moment);
        for guard in GUARDS {
            world.done(guard, world.act(recover(THIEF)));
        }
        assert_eq!(the_person(&mut world).recovery.phase, Phase::Contested);
        assert_eq!(world.get(world.identity_of(PERSON)), Some(PERSON_ID));
    }
    // Then they begin anew, and can be cancelled anew.
    world.at(cancelled + 2 * CONTEST);
    agree(&mut world, THIEF);
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Proposed);
    world.done(PERSON, world.act(Action::Cancel));
}

#[test]
fn guardians_who_collude_cannot_keep_a_controller_from_replacing_them() {
    let mut world = attested();
    let mut others = control(&[PERSON]);
    others.guardians = Guardians::default();
    let control = Some(others.clone());
    world.done(PERSON, world.act(Action::Announce { control }));
    // At the last minute.
    world.advance(SETTLING - 1);
    agree(&mut world, THIEF);
    world.done(PERSON, world.act(Action::Cancel));
    let cancelled = world.now();
    world.at(cancelled + CONTEST - 1);
    for guard in GUARDS {
        world.done(guard, world.act(recover(THIEF)));
    }
    assert_eq!(settle(&mut world), Err(IdError::Contested));
    // For as long again, they can say what they like.
    world.at(cancelled + CONTEST);
    for guard in GUARDS {
        world.done(guard, world.act(recover(THIEF)));
    }
    assert_eq!(settle(&mut world), Ok(()));
    assert_eq!(the_person(&mut world).control, others);
    assert_eq!(
        world.refused(GUARDS[0], world.act(recover(THIEF))),
        IdError::NotGuardian
    );
}

#[test]
fn what_a_thief_announces_never_overtakes_a_recovery() {
    // At every moment before what the thief announced can come, guardians can still begin.
    for head_start in [0, DELAY, SETTLING - 1, SETTLING] {
        let mut world = attested();
        world.done(PERSON, world.act(announce(&[THIEF])));
        world.done(THIEF, world.act(consent()));
        world.advance(head_start);
        agree(&mut world, SECOND);
        world.done(SECOND, world.act(consent()));
        // The thief settles nothing while the recovery waits, nor when it is over.
        assert_eq!(settle(&mut world), Err(IdError::TooEarly));
        world.advance(DELAY);
        assert_eq!(settle(&mut world), Ok(()));
        assert_eq!(world.get(world.identity_of(SECOND)), Some(PERSON_ID));
        assert_eq!(the_person(&mut world).plan, None, "void");
        world.advance(SETTLING);
        assert_eq!(settle(&mut world), Err(IdError::NothingToDo));
    }
}

/// The thief cancels at the last moment, with what it announced ready. The guardians and the anchor
/// complete the recovery.
#[test]
fn after_a_cancelled_recovery_guardians_and_an_anchor_complete_it() {
    let mut world = proposed();
    world.done(PERSON, world.act(announce(&[THIEF])));
    world.done(THIEF, world.act(consent()));
    world.advance(SETTLING);
    world.done(PERSON, world.act(Action::Cancel));
    // Nothing settles for the time of the contest.
    world.advance(CONTEST - 1);
    assert_eq!(settle(&mut world), Err(IdError::Contested));
    agree(&mut world, SECOND);
    assert_eq!(
        the_person(&mut world).recovery.phase,
        Phase::Contested,
        "not without the anchor"
    );
    world.done(ANCHOR, world.act(recover(SECOND)));
    let recovery = the_person(&mut world).recovery;
    assert_eq!(recovery.phase, Phase::Anchored);
    assert_eq!(recovery.anchor, Some(ANCHOR_ID));
    assert_eq!(recovery.turns, world.now() + DELAY);
    world.done(SECOND, world.act(consent()));
    // The thief tries all it can.
    assert_eq!(
        world.refused(PERSON, world.act(Action::Cancel)),
        IdError::Final
    );
    world.done(PERSON, world.act(announce(&[THIEF])));
    assert_eq!(
        world.refused(PERSON, world.act(Action::Freeze)),
        IdError::Frozen
    );
    world.advance(DELAY);
    assert_eq!(settle(&mut world), Ok(()));
    assert_eq!(world.get(world.identity_of(SECOND)), Some(PERSON_ID));
    assert!(!the_person(&mut world).frozen);
    assert_eq!(settle(&mut world), Err(IdError::NothingToDo));
}

#[test]
fn the_order_in_which_guardians_and_the_anchor_agree_does_not_matter() {
    let mut world = contested();
    world.done(ANCHOR, world.act(recover(SECOND)));
    world.done(GUARDS[2], world.act(recover(SECOND)));
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Contested);
    world.done(GUARDS[1], world.act(recover(SECOND)));
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Anchored);
}

#[test]
fn an_anchor_must_want_the_same_keys_and_counts_as_no_guardian() {
    let mut world = contested();
    world.done(ANCHOR, world.act(recover(THIEF)));
    agree(&mut world, SECOND);
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Contested);
    world.done(GUARDS[1], world.act(recover(THIEF)));
    assert_eq!(
        the_person(&mut world).recovery.phase,
        Phase::Contested,
        "an anchor and one guardian"
    );
}

#[test]
fn an_anchor_helps_only_if_it_attested_before_the_recovery_began() {
    let mut world = World::new();
    agree(&mut world, SECOND);
    world.done(ANCHOR, world.act(known(PERSON_ID, CEILING)));
    world.done(PERSON, world.act(Action::Cancel));
    assert_eq!(
        world.refused(ANCHOR, world.act(recover(SECOND))),
        IdError::NotGuardian
    );
    // An issuer that gives no points is no anchor, however long it attested.
    let mut world = World::new();
    world.done(
        ISSUER,
        world.act(attest(PERSON_ID, Topic::Clinician, 1, EXPIRES)),
    );
    world.advance(1);
    agree(&mut world, SECOND);
    world.done(PERSON, world.act(Action::Cancel));
    assert_eq!(
        world.refused(ISSUER, world.act(recover(SECOND))),
        IdError::NotGuardian
    );
}

#[test]
fn an_anchor_that_renewed_its_attestation_still_helps() {
    let mut world = proposed();
    world.done(ANCHOR, world.act(known(PERSON_ID, 1)));
    world.done(PERSON, world.act(Action::Cancel));
    agree(&mut world, SECOND);
    world.done(ANCHOR, world.act(recover(SECOND)));
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Anchored);
}

#[test]
fn a_thief_who_refuses_the_anchor_does_not_keep_it_from_helping() {
    let mut world = attested();
    let refuse = Action::Refuse {
        topic: Topic::Known,
        issuer: ANCHOR_ID,
        refused: true,
    };
    world.done(PERSON, world.act(refuse));
    assert_eq!(world.get(world.trust(PERSON)), 0);
    agree(&mut world, SECOND);
    world.done(PERSON, world.act(Action::Cancel));
    agree(&mut world, SECOND);
    world.done(ANCHOR, world.act(recover(SECOND)));
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Anchored);
}

#[test]
fn an_anchor_that_is_one_no_more_neither_settles_nor_binds() {
    for revoke in [true, false] {
        let mut world = contested();
        agree(&mut world, SECOND);
        world.done(ANCHOR, world.act(recover(SECOND)));
        world.done(SECOND, world.act(consent()));
        if revoke {
            let topic = Topic::Known;
            let subject = PERSON_ID;
            world.done(ANCHOR, world.act(Action::Revoke { subject, topic }));
        } else {
            let approve = world.contract().approve_issuer(ANCHOR_ID, None);
            world.done(OWNER, approve);
        }
        world.advance(DELAY);
        assert_eq!(settle(&mut world), Err(IdError::Final));
        world.done(PERSON, world.act(Action::Cancel));
        assert_eq!(the_person(&mut world).recovery.phase, Phase::Contested);
    }
}

#[test]
fn a_thief_with_a_key_for_acting_cannot_cancel() {
    let mut world = World::new();
    let mut both = control(&[PERSON]);
    both.keys.push(held(THIEF, ACT | ATTEST));
    let control = Some(both);
    world.done(PERSON, world.act(Action::Announce { control }));
    world.done(THIEF, world.act(consent_for(ACT | ATTEST)));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    agree(&mut world, SECOND);
    assert_eq!(
        world.refused(THIEF, world.act(Action::Cancel)),
        IdError::NotForThat
    );
}

#[test]
fn a_key_that_is_only_announced_cannot_cancel() {
    let mut world = World::new();
    world.done(PERSON, world.act(announce(&[PERSON, THIEF])));
    world.done(THIEF, world.act(consent()));
    world.advance(SETTLING);
    agree(&mut world, SECOND);
    assert_eq!(
        world.refused(THIEF, world.act(Action::Cancel)),
        IdError::NotKey
    );
}

#[test]
fn without_guardians_nothing_is_recovered() {
    let mut world = attested();
    let alone: AccountId = account(0x50);
    let identity: IdentityId = create(&mut world, alone, &[], 0);
    for by in [GUARDS[0], ANCHOR, alone] {
        let keys = vec![held(THIEF, ALL)];
        let refused = world.refused(by, world.act(Action::Recover { identity, keys }));
        assert_eq!(refused, IdError::NotGuardian);
    }
}

#[test]
fn guardians_can_agree_on_other_keys_and_the_delay_begins_anew() {
    let mut world = proposed();
    world.advance(DELAY - 1);
    agree(&mut world, THIEF);
    let recovery = the_person(&mut world).recovery;
    assert_eq!(recovery.phase, Phase::Proposed);
    assert_eq!(recovery.turns, world.now() + DELAY);
    assert_eq!(
        the_person(&mut world).consents[..],
        [],
        "nobody awaits that key any more"
    );
}

#[test]
fn recovery_takes_the_place_of_freezing() {
    let mut world = attested();
    world.done(PERSON, world.act(Action::Freeze));
    agree(&mut world, PERSON);
    world.advance(DELAY);
    assert_eq!(settle(&mut world), Ok(()));
    assert_eq!(
        world.get(world.identity_of(PERSON)),
        Some(PERSON_ID),
        "the same key, thawed"
    );
}

#[test]
fn a_pause_stops_no_recovery() {
    let mut world = attested();
    world.done(OWNER, world.contract().pause());
    agree(&mut world, SECOND);
    world.done(SECOND, world.act(consent()));
    world.advance(DELAY);
    assert_eq!(settle(&mut world), Ok(()));
}
