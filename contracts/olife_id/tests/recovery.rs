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
        anchors: vec![],
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
    let answer = world.receipt(PERSON, world.act(Action::Cancel { begun: None }));
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
        world.refused(PERSON, world.act(Action::Cancel { begun: None })),
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
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
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
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
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
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
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
    assert_eq!(recovery.anchors, [ANCHOR_ID]);
    assert_eq!(recovery.turns, world.now() + DELAY);
    world.done(SECOND, world.act(consent()));
    // The thief tries all it can.
    assert_eq!(
        world.refused(PERSON, world.act(Action::Cancel { begun: None })),
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
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    assert_eq!(
        world.refused(ANCHOR, world.act(recover(SECOND))),
        IdError::NotGuardian
    );
    // An issuer that gives no points is no anchor, however long it attested.
    let mut world = World::new();
    world.done(
        ISSUER,
        world.act(attest(PERSON_ID, Topic::CLINICIAN, 1, EXPIRES)),
    );
    world.advance(1);
    agree(&mut world, SECOND);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    assert_eq!(
        world.refused(ISSUER, world.act(recover(SECOND))),
        IdError::NotGuardian
    );
}

#[test]
fn an_anchor_that_renewed_its_attestation_still_helps() {
    let mut world = proposed();
    world.done(ANCHOR, world.act(known(PERSON_ID, 1)));
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    agree(&mut world, SECOND);
    world.done(ANCHOR, world.act(recover(SECOND)));
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Anchored);
}

#[test]
fn a_thief_who_refuses_the_anchor_does_not_keep_it_from_helping() {
    let mut world = attested();
    let refuse = Action::Refuse {
        topic: Topic::KNOWN,
        issuer: ANCHOR_ID,
        refused: true,
    };
    world.done(PERSON, world.act(refuse));
    assert_eq!(world.get(world.trust(PERSON)), 0);
    agree(&mut world, SECOND);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    agree(&mut world, SECOND);
    world.done(ANCHOR, world.act(recover(SECOND)));
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Anchored);
}

#[test]
fn an_anchor_that_is_one_no_more_neither_settles_nor_binds() {
    for revokes in [true, false] {
        let mut world = contested();
        agree(&mut world, SECOND);
        world.done(ANCHOR, world.act(recover(SECOND)));
        world.done(SECOND, world.act(consent()));
        if revokes {
            world.done(ANCHOR, world.act(revoke(PERSON_ID, Topic::KNOWN)));
        } else {
            withdraw_approval(&mut world, ANCHOR_ID, None);
        }
        world.advance(DELAY);
        assert_eq!(settle(&mut world), Err(IdError::Final));
        world.done(PERSON, world.act(Action::Cancel { begun: None }));
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
        world.refused(THIEF, world.act(Action::Cancel { begun: None })),
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
        world.refused(THIEF, world.act(Action::Cancel { begun: None })),
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

// ---- Anchors that come and go ----

/// Another anchor, a friend of the person's, that knows her since before the recovery.
fn two_anchors() -> World {
    let mut world = attested();
    approve(&mut world, FRIEND_ID, Topic::KNOWN, CEILING);
    world.done(FRIEND, world.act(known(PERSON_ID, 1)));
    world.advance(1);
    agree(&mut world, SECOND);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    world
}

#[test]
fn any_anchor_that_agreed_to_the_keys_and_still_stands_is_enough() {
    // Both agree before the guardians do, or the second joins later.
    for late in [false, true] {
        for first_leaves in [false, true] {
            let mut world = two_anchors();
            world.done(ANCHOR, world.act(recover(SECOND)));
            if late {
                agree(&mut world, SECOND);
            }
            world.done(FRIEND, world.act(recover(SECOND)));
            if !late {
                agree(&mut world, SECOND);
            }
            let recovery = the_person(&mut world).recovery;
            assert_eq!(recovery.anchors, [ANCHOR_ID, FRIEND_ID]);
            assert_eq!(recovery.turns, world.now() + DELAY, "begun once");
            world.done(SECOND, world.act(consent()));
            let goes = if first_leaves { ANCHOR } else { FRIEND };
            world.done(goes, world.act(revoke(PERSON_ID, Topic::KNOWN)));
            let cancel = world.refused(PERSON, world.act(Action::Cancel { begun: None }));
            assert_eq!(cancel, IdError::Final);
            world.advance(DELAY);
            assert_eq!(settle(&mut world), Ok(()));
        }
    }
}

#[test]
fn a_recovery_can_be_cancelled_when_no_anchor_that_agreed_stands() {
    let mut world = two_anchors();
    for key in [ANCHOR, FRIEND] {
        world.done(key, world.act(recover(SECOND)));
    }
    agree(&mut world, SECOND);
    for key in [ANCHOR, FRIEND] {
        world.done(key, world.act(revoke(PERSON_ID, Topic::KNOWN)));
    }
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    // An anchor that is one no more when the guardians agree does not count.
    let mut world = two_anchors();
    world.done(ANCHOR, world.act(recover(SECOND)));
    world.done(ANCHOR, world.act(revoke(PERSON_ID, Topic::KNOWN)));
    agree(&mut world, SECOND);
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Contested);
}

/// An anchor that agreed to other keys has not agreed to these.
#[test]
fn guardians_and_an_anchor_who_agree_on_other_keys_leave_the_former_anchors_behind() {
    let mut world = two_anchors();
    world.done(ANCHOR, world.act(recover(SECOND)));
    agree(&mut world, SECOND);
    world.done(FRIEND, world.act(recover(THIEF)));
    agree(&mut world, THIEF);
    assert_eq!(the_person(&mut world).recovery.anchors, [FRIEND_ID]);
    world.done(FRIEND, world.act(revoke(PERSON_ID, Topic::KNOWN)));
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
}

#[test]
fn an_anchor_that_was_refused_for_as_long_as_an_announcement_waits_does_not_help() {
    for (before, helps) in [(SETTLING - 1, true), (SETTLING, false)] {
        let mut world = attested();
        world.done(PERSON, world.act(refuse(Topic::KNOWN, ANCHOR_ID, true)));
        world.advance(before);
        agree(&mut world, SECOND);
        world.done(PERSON, world.act(Action::Cancel { begun: None }));
        // However long the recovery takes then.
        world.advance(2 * CONTEST - 1);
        let votes = world.answer(ANCHOR, world.act(recover(SECOND)));
        let expected = if helps {
            Ok(ANCHOR_ID)
        } else {
            Err(IdError::NotGuardian)
        };
        assert_eq!(votes, expected, "{before}");
    }
}

/// Accepted again, an anchor that was refused for long knows her only since then. One that the
/// thief refuses and accepts again has always known her.
#[test]
fn an_anchor_that_is_accepted_again_helps_in_recoveries_that_begin_later() {
    for (refused_for, helps) in [(1, true), (SETTLING, false)] {
        let mut world = attested();
        world.done(PERSON, world.act(refuse(Topic::KNOWN, ANCHOR_ID, true)));
        world.advance(refused_for);
        world.done(PERSON, world.act(refuse(Topic::KNOWN, ANCHOR_ID, false)));
        agree(&mut world, SECOND);
        world.done(PERSON, world.act(Action::Cancel { begun: None }));
        let votes = world.answer(ANCHOR, world.act(recover(SECOND)));
        assert_eq!(votes.is_ok(), helps, "{refused_for}");
    }
    // During a recovery no refusal settles.
    let mut world = attested();
    agree(&mut world, SECOND);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    world.done(PERSON, world.act(refuse(Topic::KNOWN, ANCHOR_ID, true)));
    world.advance(SETTLING);
    world.done(PERSON, world.act(refuse(Topic::KNOWN, ANCHOR_ID, false)));
    world.done(ANCHOR, world.act(recover(SECOND)));
    // One that was cancelled, and whose contest is over, is none.
    let mut world = contested();
    world.advance(2 * CONTEST);
    world.done(PERSON, world.act(refuse(Topic::KNOWN, ANCHOR_ID, true)));
    world.advance(SETTLING);
    world.done(PERSON, world.act(refuse(Topic::KNOWN, ANCHOR_ID, false)));
    agree(&mut world, SECOND);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    let refused = world.refused(ANCHOR, world.act(recover(SECOND)));
    assert_eq!(refused, IdError::NotGuardian);
}

/// Sixteen anchors vote, and guardians beside them: the last of sixteen votes is a guardian's.
#[test]
fn anchors_leave_room_for_the_votes_of_guardians() {
    let mut world = World::new();
    world.watched = false;
    let mut anchors = vec![ANCHOR];
    for place in 0..15 {
        let key = account(0xa0 + place);
        let issuer = create(&mut world, key, &[], 0);
        approve(&mut world, issuer, Topic::KNOWN, 1);
        anchors.push(key);
    }
    for anchor in &anchors {
        world.done(*anchor, world.act(known(PERSON_ID, 1)));
    }
    world.advance(SETTLING);
    agree(&mut world, SECOND);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    world.done(GUARDS[0], world.act(recover(SECOND)));
    let (last, others) = anchors.split_last().unwrap();
    for anchor in others {
        world.done(*anchor, world.act(recover(SECOND)));
    }
    let refused = world.refused(*last, world.act(recover(SECOND)));
    assert_eq!(refused, IdError::NotGuardian);
    // Who has voted may vote again, and the guardians' votes suffice.
    world.done(others[0], world.act(recover(SECOND)));
    world.done(GUARDS[1], world.act(recover(SECOND)));
    let recovery = the_person(&mut world).recovery;
    assert_eq!(
        (recovery.phase, recovery.anchors.len()),
        (Phase::Anchored, 15)
    );
}

/// The thief refuses the anchor, and one more issuer attests into a class that is full.
#[test]
fn nobody_drops_the_anchor_that_a_recovery_stands_on() {
    let mut world = World::new();
    world.watched = false;
    world.done(ANCHOR, world.act(known(PERSON_ID, CEILING)));
    for place in 0..16 {
        let key = account(0xa0 + place);
        let issuer = create(&mut world, key, &[], 0);
        approve(&mut world, issuer, Topic::KNOWN, 0);
        if place > 0 {
            world.done(key, world.act(known(PERSON_ID, 0)));
        }
    }
    let last = account(0xa0);
    // All that could make room is old enough.
    world.advance(LONGEST_WAIT + 1);
    agree(&mut world, SECOND);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    world.done(PERSON, world.act(refuse(Topic::KNOWN, ANCHOR_ID, true)));
    for wait in [0, SETTLING] {
        world.advance(wait);
        let full = world.refused(last, world.act(known(PERSON_ID, 0)));
        assert_eq!(full, IdError::NoRoom);
    }
    agree(&mut world, SECOND);
    world.done(ANCHOR, world.act(recover(SECOND)));
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Anchored);
    world.advance(SETTLING);
    let full = world.refused(last, world.act(known(PERSON_ID, 0)));
    assert_eq!(full, IdError::NoRoom);
    let cancel = world.refused(PERSON, world.act(Action::Cancel { begun: None }));
    assert_eq!(cancel, IdError::Final);
}

/// The thief refuses the anchor, whose attestation ends soon.
#[test]
fn an_anchor_that_a_thief_refuses_renews_its_attestation() {
    let mut world = World::new();
    let ends = world.now() + 10;
    world.done(ANCHOR, world.act(attest(PERSON_ID, Topic::KNOWN, 1, ends)));
    world.advance(1);
    agree(&mut world, SECOND);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    world.done(PERSON, world.act(refuse(Topic::KNOWN, ANCHOR_ID, true)));
    world.done(ANCHOR, world.act(known(PERSON_ID, 1)));
    world.at(ends);
    world.done(ANCHOR, world.act(recover(SECOND)));
}

#[test]
fn an_anchor_has_a_ceiling_and_is_approved_now() {
    let mut world = attested();
    agree(&mut world, SECOND);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    // It attests since before, but cannot give points.
    approve(&mut world, ANCHOR_ID, Topic::KNOWN, 0);
    let refused = world.refused(ANCHOR, world.act(recover(SECOND)));
    assert_eq!(refused, IdError::NotGuardian);
    world.advance(1);
    approve(&mut world, ANCHOR_ID, Topic::KNOWN, 1);
    world.done(ANCHOR, world.act(recover(SECOND)));
    // What it attested honestly still gives points, but its vote could be a thief's.
    world.advance(1);
    let now = world.now();
    withdraw_approval(&mut world, ANCHOR_ID, Some(now));
    assert_eq!(world.get(world.trust(PERSON)), 1);
    let refused = world.refused(ANCHOR, world.act(recover(SECOND)));
    assert_eq!(refused, IdError::NotGuardian);
}

/// An approval that ended breaks what the anchor attested, also if it is renewed later.
#[test]
fn an_anchor_that_was_not_approved_for_a_time_has_not_attested_without_a_break() {
    let mut world = attested();
    withdraw_approval(&mut world, ANCHOR_ID, None);
    agree(&mut world, SECOND);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    world.advance(1);
    approve(&mut world, ANCHOR_ID, Topic::KNOWN, CEILING);
    // What it attested under the approval that ended does not help.
    let refused = world.refused(ANCHOR, world.act(recover(SECOND)));
    assert_eq!(refused, IdError::NotGuardian);
    world.done(ANCHOR, world.act(known(PERSON_ID, CEILING)));
    let refused = world.refused(ANCHOR, world.act(recover(SECOND)));
    assert_eq!(refused, IdError::NotGuardian);
}

/// An anchor that came after the guardians first agreed does not help, also when a second agreement
/// is cancelled.
#[test]
fn a_recovery_that_was_cancelled_began_when_guardians_first_agreed() {
    let mut world = World::new();
    agree(&mut world, SECOND);
    let begun = world.now();
    world.advance(1);
    world.done(ANCHOR, world.act(known(PERSON_ID, CEILING)));
    world.advance(1);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    assert_eq!(the_person(&mut world).recovery.begun, begun);
    let refused = world.refused(ANCHOR, world.act(recover(SECOND)));
    assert_eq!(refused, IdError::NotGuardian);
}

/// The person is condemned while a recovery stands on an anchor.
#[test]
fn condemning_takes_nothing_from_a_recovery() {
    let mut world = contested();
    agree(&mut world, SECOND);
    world.done(ANCHOR, world.act(recover(SECOND)));
    world.done(SECOND, world.act(consent()));
    condemn(&mut world);
    let cancel = world.refused(PERSON, world.act(Action::Cancel { begun: None }));
    assert_eq!(cancel, IdError::Final);
    assert_eq!(settle(&mut world), Ok(()));
}

/// A relayer kept it back.
#[test]
fn what_was_signed_for_another_recovery_cancels_none() {
    let mut world = contested();
    let first = the_person(&mut world).recovery.begun;
    world.advance(2 * CONTEST);
    agree(&mut world, SECOND);
    let cancel = |begun| Action::Cancel { begun: Some(begun) };
    let refused = world.refused(PERSON, world.act(cancel(first)));
    assert_eq!(refused, IdError::NothingToDo);
    let begun = the_person(&mut world).recovery.begun;
    assert!(begun > first);
    world.done(PERSON, world.act(cancel(begun)));
    assert!(!Action::Cancel { begun: None }.is_dated());
}
