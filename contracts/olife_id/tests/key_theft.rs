//! A thief with a key of the person, at every step of a recovery; guardians who collude; and every
//! deadline, a millisecond before it, at it and after it.

use crate::world::*;
use allive_access::NoticeError;
use allive_olife_id_interface::{IdentityId, IdentityRegistry, Topic};
use olife_id::*;

/// Everything that the thief tries between two steps. What comes of it is the contract's to say.
fn everything_that_a_thief_tries(world: &mut World) {
    for action in [
        announce(&[THIEF]),
        refuse(Topic::KNOWN, ANCHOR_ID, true),
        Action::Leave,
        vouch(1),
        accept(FRIEND_ID),
        withdraw(THIEF),
        recover(THIEF),
        known(FRIEND_ID, 1),
        Action::Announce { control: None },
        refuse(Topic::KNOWN, ANCHOR_ID, false),
        announce(&[THIEF, PERSON]),
        Action::Freeze,
        announce(&[THIEF]),
    ] {
        drop(world.send(PERSON, world.act(action)));
    }
    for action in [
        consent(),
        Action::Cancel { begun: None },
        announce(&[THIEF]),
    ] {
        drop(world.send(THIEF, world.act(action)));
    }
    drop(settle(world));
}

type Step = Box<dyn Fn(&mut World)>;

/// The thief holds the person's only key, and tries everything before each step of the guardians,
/// and cancels before the step of this number, or never. Returns whether it could.
fn recovered_against_a_thief_who_cancels(turn: usize, waits: u64) -> bool {
    let mut world = attested();
    world.watched = false;
    let mut steps: Vec<Step> = vec![
        Box::new(|world| drop(world.receipt(GUARDS[0], world.act(recover(SECOND))))),
        Box::new(|world| drop(world.receipt(GUARDS[1], world.act(recover(SECOND))))),
        Box::new(|world| drop(world.send(SECOND, world.act(consent())))),
        Box::new(|world| world.advance(DELAY - 1)),
        Box::new(|world| world.advance(1)),
        Box::new(|world| drop(settle(world))),
    ];
    steps.reverse();
    let mut place = 0;
    let mut cancelled = false;
    while let Some(step) = steps.pop() {
        if place == 0 || world.get(world.identity_of(SECOND)).is_none() {
            everything_that_a_thief_tries(&mut world);
        }
        if place >= turn
            && !cancelled
            && matches!(
                world
                    .send(PERSON, world.act(Action::Cancel { begun: None }))
                    .value,
                Ok(Ok(_))
            )
        {
            cancelled = true;
            assert_eq!(the_person(&mut world).recovery.phase, Phase::Contested);
            world.advance(waits);
            // Again, and with the anchor.
            steps = vec![
                Box::new(|world| drop(settle(world))),
                Box::new(|world| world.advance(1)),
                Box::new(|world| world.advance(DELAY - 1)),
                Box::new(|world| drop(world.send(SECOND, world.act(consent())))),
                Box::new(|world| drop(world.receipt(GUARDS[1], world.act(recover(SECOND))))),
                Box::new(|world| drop(world.receipt(ANCHOR, world.act(recover(SECOND))))),
                Box::new(|world| drop(world.receipt(GUARDS[0], world.act(recover(SECOND))))),
            ];
            continue;
        }
        step(&mut world);
        place += 1;
        assert_eq!(
            world.get(world.identity_of(THIEF)),
            None,
            "cancelled before step {turn}"
        );
    }
    let control = the_person(&mut world).control;
    let keys = control.keys[..].to_vec();
    assert_eq!(
        keys,
        [held(SECOND, ALL)],
        "cancelled before step {turn}, {waits}"
    );
    assert_eq!(world.get(world.identity_of(SECOND)), Some(PERSON_ID));
    assert_eq!(control.guardians, self::control(&[]).guardians);
    // What the thief prepared is void, and its key speaks for nobody.
    world.watched = true;
    assert_eq!(
        world.refused(PERSON, world.act(Action::Cancel { begun: None })),
        IdError::NotKey
    );
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Err(IdError::NothingToDo));
    assert_eq!(world.holds(THIEF), 0);
    cancelled
}

#[test]
fn a_thief_at_every_step_of_a_recovery_does_not_win() {
    for turn in 0..=6 {
        for waits in [0, CONTEST - 1] {
            let cancelled = recovered_against_a_thief_who_cancels(turn, waits);
            // Before the last step it is due, and whatever the thief tries, settling is part of it.
            assert_eq!(cancelled, turn < 5, "before step {turn}");
        }
    }
}

#[test]
fn a_thief_makes_no_identity_of_the_recovered_key_and_joins_none_by_it() {
    let mut world = proposed();
    // Agreed to before it was recovered, and to come after.
    create(&mut world, THIEF, &[], 0);
    let mut both = control(&[THIEF, PERSON]);
    both.guardians = Guardians::default();
    let control = Some(both);
    world.done(THIEF, world.act(Action::Announce { control }));
    world.advance(DELAY);
    assert_eq!(settle(&mut world), Ok(()));
    let recovered = world.now();
    let guardians = Guardians::default();
    let create = Action::Create { guardians };
    assert_eq!(world.refused(PERSON, world.act(create)), IdError::KeyTaken);
    let join = Action::Consent {
        identity: NEXT,
        purposes: olife_id::ALL,
    };
    assert_eq!(world.refused(PERSON, world.act(join)), IdError::KeyTaken);
    for (heir, since) in [(THIEF, None), (SECOND, Some(recovered))] {
        let follows = world.contract().successor_since(heir.into(), PERSON.into());
        assert_eq!(world.get(follows), since);
    }
    // Back to where it was it may come.
    world.done(SECOND, world.act(announce(&[SECOND, PERSON])));
    world.done(PERSON, world.act(consent()));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    assert_eq!(world.get(world.identity_of(PERSON)), Some(PERSON_ID));
}

#[test]
fn a_key_that_agreed_to_join_and_was_recovered_elsewhere_meanwhile_does_not_join() {
    let mut world = World::new();
    // A key without identity agrees to join that of the friend, and then to join that of the
    // person.
    let mut theirs = control(&[FRIEND, THIEF]);
    theirs.guardians = Guardians::default();
    let join = Action::Announce {
        control: Some(theirs),
    };
    world.done(PERSON, world.act(announce(&[PERSON, THIEF])));
    world.done(THIEF, world.act(consent()));
    world.advance(SETTLING);
    world.done(FRIEND, world.act(join));
    world.done(
        THIEF,
        world.act(Action::Consent {
            identity: FRIEND_ID,
            purposes: olife_id::ALL,
        }),
    );
    assert_eq!(settle(&mut world), Ok(()));
    world.done(PERSON, world.act(announce(&[PERSON])));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    let settle = world.contract().settle(FRIEND_ID);
    let answer = world.refused(STRANGER, settle);
    assert_eq!(answer, IdError::KeyTaken, "it follows the person");
}

#[test]
fn a_thief_whose_keys_waited_before_the_guardians_began_does_not_win_by_cancelling() {
    for head_start in [SETTLING - 1, SETTLING, 2 * SETTLING - 1] {
        let mut world = attested();
        world.done(PERSON, world.act(announce(&[THIEF])));
        world.done(THIEF, world.act(consent()));
        world.advance(head_start);
        agree(&mut world, SECOND);
        world.done(SECOND, world.act(consent()));
        assert_eq!(settle(&mut world), Err(IdError::TooEarly));
        world.done(PERSON, world.act(Action::Cancel { begun: None }));
        assert_eq!(settle(&mut world), Err(IdError::Contested), "{head_start}");
        world.advance(CONTEST - 1);
        assert_eq!(settle(&mut world), Err(IdError::Contested), "{head_start}");
        agree(&mut world, SECOND);
        world.done(ANCHOR, world.act(recover(SECOND)));
        world.done(SECOND, world.act(consent()));
        world.advance(DELAY);
        assert_eq!(settle(&mut world), Ok(()));
        assert_eq!(world.get(world.identity_of(SECOND)), Some(PERSON_ID));
    }
}

// ---- Guardians ----

/// All guardians want the thief, at the last minute before they are replaced, and whenever they can
/// again.
#[test]
fn guardians_who_collude_at_the_last_minute_do_not_win() {
    for last in [
        SETTLING - 1,
        SETTLING,
        SETTLING + 1,
        2 * SETTLING - CONTEST - 1,
    ] {
        let mut world = attested();
        let mut alone = control(&[PERSON]);
        alone.guardians = Guardians::default();
        let control = Some(alone.clone());
        world.done(PERSON, world.act(Action::Announce { control }));
        world.advance(last);
        for guard in GUARDS {
            world.done(guard, world.act(recover(THIEF)));
        }
        world.done(THIEF, world.act(consent()));
        world.done(PERSON, world.act(Action::Cancel { begun: None }));
        let cancelled = world.now();
        for moment in [cancelled, cancelled + CONTEST - 1] {
            world.at(moment);
            for guard in GUARDS {
                world.done(guard, world.act(recover(THIEF)));
            }
            assert_eq!(the_person(&mut world).recovery.phase, Phase::Contested);
            assert_eq!(settle(&mut world), Err(IdError::Contested));
        }
        world.at(cancelled + CONTEST);
        assert_eq!(settle(&mut world), Ok(()), "{last}");
        assert_eq!(the_person(&mut world).control, alone);
        for guard in GUARDS {
            assert_eq!(
                world.refused(guard, world.act(recover(THIEF))),
                IdError::NotGuardian
            );
        }
    }
}

/// She cancels so late that what she announced lapses in the contest. Announced anew, it settles
/// before guardians can agree again.
#[test]
fn who_cancels_late_announces_anew_and_replaces_guardians_who_collude() {
    let mut world = attested();
    let mut alone = control(&[PERSON]);
    alone.guardians = Guardians::default();
    let control = Some(alone.clone());
    let announce = Action::Announce { control };
    world.done(PERSON, world.act(announce.clone()));
    world.advance(SETTLING - 1);
    agree(&mut world, THIEF);
    world.advance(DELAY);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    let cancelled = world.now();
    world.done(PERSON, world.act(announce));
    world.at(cancelled + SETTLING);
    for guard in GUARDS {
        world.done(guard, world.act(recover(THIEF)));
    }
    assert_eq!(settle(&mut world), Ok(()));
    assert_eq!(the_person(&mut world).control, alone);
}

#[test]
fn a_frozen_guardian_has_no_word_but_what_it_said_before_counts() {
    let mut world = attested();
    world.done(GUARDS[0], world.act(recover(SECOND)));
    for guard in &GUARDS[..2] {
        world.done(*guard, world.act(Action::Freeze));
        assert_eq!(
            world.refused(*guard, world.act(recover(SECOND))),
            IdError::Frozen
        );
    }
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Idle);
    world.done(GUARDS[2], world.act(recover(SECOND)));
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Proposed);
}

/// It has one vote, as a guardian; it takes another anchor.
#[test]
fn a_guardian_that_is_an_anchor_is_a_guardian() {
    let mut world = World::new();
    for issuer in [GUARDIANS[0], FRIEND_ID] {
        approve(&mut world, issuer, Topic::KNOWN, CEILING);
    }
    for key in [GUARDS[0], FRIEND] {
        world.done(key, world.act(known(PERSON_ID, 1)));
    }
    world.advance(1);
    agree(&mut world, SECOND);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    for guard in GUARDS {
        world.done(guard, world.act(recover(SECOND)));
    }
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Contested);
    world.done(FRIEND, world.act(recover(SECOND)));
    assert_eq!(the_person(&mut world).recovery.phase, Phase::Anchored);
    assert_eq!(the_person(&mut world).recovery.anchors, [FRIEND_ID]);
}

// ---- Deadlines ----

/// What comes a millisecond before a moment, at it and after it.
#[track_caller]
fn around<T: PartialEq + std::fmt::Debug>(
    begin: impl Fn() -> (World, u64),
    ask: impl Fn(&mut World) -> T,
    expected: [T; 3],
) {
    let answers = [-1, 0, 1].map(|off| {
        let (mut world, moment) = begin();
        world.at(moment.checked_add_signed(off).unwrap());
        ask(&mut world)
    });
    assert_eq!(answers, expected);
}

fn announced() -> (World, u64) {
    let mut world = World::new();
    world.done(PERSON, world.act(announce(&[PERSON])));
    let now = world.now();
    (world, now)
}

fn after(begin: impl Fn() -> World, time: u64) -> (World, u64) {
    let mut world = begin();
    let now = world.now();
    (world, now + time)
}

fn settles(world: &mut World) -> Result<(), IdError> {
    settle(world)
}

#[test]
fn an_announcement_settles_from_its_time_until_as_long_again() {
    let early = Err(NoticeError::TooEarly.into());
    let lapsed = || Err(NoticeError::Lapsed.into());
    let at = |time| move || (announced().0, announced().1 + time);
    around(at(SETTLING), settles, [early, Ok(()), Ok(())]);
    around(at(2 * SETTLING), settles, [Ok(()), lapsed(), lapsed()]);
}

#[test]
fn a_recovery_settles_from_its_time_on_and_can_be_cancelled_until_then_and_after() {
    let early = Err(IdError::TooEarly);
    let begin = || after(proposed, DELAY);
    around(begin, settles, [early.clone(), Ok(()), Ok(())]);
    let cancels = |world: &mut World| {
        world.done(PERSON, world.act(Action::Cancel { begun: None }));
        the_person(world).recovery.phase
    };
    around(begin, cancels, [Phase::Contested; 3]);
    // With an anchor, neither before nor after.
    let anchored = || {
        let mut world = contested();
        agree(&mut world, SECOND);
        world.done(ANCHOR, world.act(recover(SECOND)));
        world.done(SECOND, world.act(consent()));
        world
    };
    let begin = || after(anchored, DELAY);
    around(begin, settles, [early, Ok(()), Ok(())]);
    let cancels =
        |world: &mut World| world.refused(PERSON, world.act(Action::Cancel { begun: None }));
    let finals = || IdError::Final;
    around(begin, cancels, [finals(), finals(), finals()]);
}

#[test]
fn a_contest_ends_and_then_guardians_wait_as_long_again() {
    let ready = || {
        let mut world = proposed();
        world.done(PERSON, world.act(announce(&[PERSON])));
        world.advance(SETTLING);
        world.done(PERSON, world.act(Action::Cancel { begun: None }));
        world
    };
    let contested = Err(IdError::Contested);
    let begin = || after(ready, CONTEST);
    around(begin, settles, [contested, Ok(()), Ok(())]);
    let agrees = |world: &mut World| {
        agree(world, THIEF);
        the_person(world).recovery.phase
    };
    around(begin, agrees, [Phase::Contested; 3]);
    let begin = || after(ready, 2 * CONTEST);
    let proposed = Phase::Proposed;
    around(begin, agrees, [Phase::Contested, proposed, proposed]);
    // So long an anchor can help, and no longer.
    let with_anchor = |world: &mut World| match world.answer(ANCHOR, world.act(recover(SECOND))) {
        Ok(_) => {
            agree(world, SECOND);
            Ok(the_person(world).recovery.phase)
        }
        Err(error) => Err(error),
    };
    let late = || Err(IdError::NotGuardian);
    around(begin, with_anchor, [Ok(Phase::Anchored), late(), late()]);
}

#[test]
fn an_anchor_attested_before_guardians_agreed_and_does_when_it_settles() {
    // A millisecond before the recovery, at the same time, and after it.
    let knew = |moment: i64| {
        let mut world = World::new();
        let subject: IdentityId = PERSON_ID;
        if moment < 0 {
            world.done(ANCHOR, world.act(known(subject, 1)));
            world.advance(1);
        }
        agree(&mut world, SECOND);
        world.advance(u64::from(moment > 0));
        if moment >= 0 {
            world.done(ANCHOR, world.act(known(subject, 1)));
        }
        world.done(PERSON, world.act(Action::Cancel { begun: None }));
        world.answer(ANCHOR, world.act(recover(SECOND))).is_ok()
    };
    assert_eq!([-1, 0, 1].map(knew), [true, false, false]);
    // Its attestation ends a millisecond after the recovery can settle, then, or before.
    let ends = || {
        let mut world = attested();
        let expires = world.now() + DELAY;
        world.done(
            ANCHOR,
            world.act(attest(PERSON_ID, Topic::KNOWN, 1, expires)),
        );
        agree(&mut world, SECOND);
        world.done(PERSON, world.act(Action::Cancel { begun: None }));
        agree(&mut world, SECOND);
        world.done(ANCHOR, world.act(recover(SECOND)));
        world.done(SECOND, world.act(consent()));
        (world, expires)
    };
    let cancels = |world: &mut World| {
        world
            .answer(PERSON, world.act(Action::Cancel { begun: None }))
            .err()
    };
    around(ends, cancels, [Some(IdError::Final), None, None]);
    let early = Err(IdError::TooEarly);
    let is_no_more = || Err(IdError::Final);
    around(ends, settles, [early, is_no_more(), is_no_more()]);
}

#[test]
fn an_accusation_is_decided_from_its_notice_until_as_long_again() {
    let accused = || {
        let mut world = attested();
        assert_eq!(rule(&mut world, Word::Accuse), Ok(()));
        world
    };
    let say = |word: Word| move |world: &mut World| rule(world, word);
    let early = Err(NoticeError::TooEarly.into());
    let lapsed = || Err(NoticeError::Lapsed.into());
    let at = |time| move || after(accused, time);
    around(at(NOTICE), say(Word::Condemn), [early, Ok(()), Ok(())]);
    let expected = [Ok(()), lapsed(), lapsed()];
    around(at(2 * NOTICE), say(Word::Condemn), expected);
    let nothing = || Err(IdError::NothingToDo);
    let expected = [Ok(()), nothing(), nothing()];
    around(at(2 * NOTICE), say(Word::Acquit), expected);
    let soon = Err(IdError::Challenged);
    around(at(3 * NOTICE), say(Word::Accuse), [soon, Ok(()), Ok(())]);
}

#[test]
fn a_bond_a_role_and_a_vouch_end_when_they_say() {
    let waits = || {
        let mut world = with_friend();
        world.done(FRIEND, world.act(vouch(10)));
        world.done(FRIEND, world.act(unvouch()));
        world
    };
    let returns = |world: &mut World| world.answer(FRIEND, world.act(unvouch())).err();
    let begin = || after(waits, UNBONDING);
    around(begin, returns, [Some(IdError::TooEarly), None, None]);
    let clinician = || {
        let mut world = World::new();
        let expires = world.now() + 10;
        world.done(
            ISSUER,
            world.act(attest(PERSON_ID, Topic::CLINICIAN, 0, expires)),
        );
        world
    };
    let has_role = |world: &mut World| world.get(world.has_role(PERSON, Topic::CLINICIAN));
    around(|| after(clinician, 10), has_role, [true, false, false]);
    // A day of a vouch, and all of them.
    let vouches = || {
        let mut world = with_friend();
        world.done(FRIEND, world.act(vouch(50)));
        world.done(PERSON, world.act(accept(FRIEND_ID)));
        world
    };
    let gives = |world: &mut World| world.get(world.trust(PERSON)) - CEILING;
    around(|| after(vouches, 2 * trust::DAY), gives, [49, 49, 49]);
    around(|| after(vouches, FADE - trust::DAY), gives, [1, 0, 0]);
}
