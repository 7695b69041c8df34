//! The table of states and moments as plain Rust: every state at every moment of a short life.

use allive_access::Announced;
use derived_factory::{Accusation, Cause, FactoryError, Failure, Life, Phase, State};

/// Shorter than an accusation, so that a life can be both.
const SILENCE: u64 = 5;
const ANSWER: u64 = 4;
const EVIDENCE: [u8; 32] = [1; 32];

/// Accused at the moment 0 or not at all, with its last heartbeat at some moment.
fn life(accused: bool, last_beat: u64) -> Life {
    let mut life = Life::new(0, 1);
    if accused {
        life.accuse(EVIDENCE.into(), 0, ANSWER).unwrap();
    }
    life.beat(last_beat, SILENCE).unwrap();
    life
}

/// What a message would do to a life; it stays as it is.
fn try_it<R>(
    life: &Life,
    act: impl FnOnce(&mut Life) -> Result<R, FactoryError>,
) -> (Result<R, FactoryError>, Life) {
    let mut life = life.clone();
    (act(&mut life), life)
}

#[test]
fn a_life_is_at_every_moment_what_the_table_says() {
    for (accused, last_beat, now) in [false, true]
        .into_iter()
        .flat_map(|accused| [0, 3, 9].map(|beat| (accused, beat)))
        .flat_map(|(accused, beat)| (0..30).map(move |now| (accused, beat, now)))
    {
        let life = life(accused, last_beat);
        let at = format!("{accused} {last_beat} {now}");
        let silent = now >= last_beat + SILENCE;
        let is_accused = accused && now < 2 * ANSWER;
        let phase = match (is_accused, silent) {
            (true, _) => Phase::Accused,
            (false, true) => Phase::Silent,
            (false, false) => Phase::Live,
        };
        let wrong = Err(FactoryError::WrongPhase(phase));
        let only = |allowed: bool| if allowed { Ok(()) } else { wrong.clone() };

        assert_eq!(life.phase(now), phase, "{at}");
        assert_eq!(life.only_live(now), only(phase == Phase::Live), "{at}");
        assert_eq!(life.only_unfailed(), Ok(()));

        let (beats, after) = try_it(&life, |life| life.beat(now, SILENCE));
        assert_eq!(beats, Ok(()));
        assert_eq!(after.alive_until, now + SILENCE);
        assert_eq!(after.state, life.state);

        let (accuses, after) = try_it(&life, |life| life.accuse(EVIDENCE.into(), now, ANSWER));
        let from = if accused { 4 * ANSWER } else { 0 };
        if !is_accused && now >= from {
            assert_eq!(accuses, Ok(()), "{at}");
            let value = Accusation {
                evidence: EVIDENCE.into(),
                answer: None,
            };
            assert_eq!(
                after.state,
                State::Accused(Announced::new(value, now, ANSWER))
            );
            assert_eq!(after.accusable_from, now + 4 * ANSWER);
        } else {
            let early = Err(FactoryError::TooEarly);
            assert_eq!(
                accuses,
                if is_accused { wrong.clone() } else { early },
                "{at}"
            );
        }

        let (answers, _) = try_it(&life, |life| life.answer([2; 32].into(), now));
        assert_eq!(answers, only(is_accused), "{at}");
        let (acquits, after) = try_it(&life, |life| life.acquit(now, ANSWER));
        assert_eq!(acquits, only(is_accused), "{at}");
        if is_accused {
            assert_eq!(after.state, State::Live);
            assert_eq!(after.accusable_from, now + 2 * ANSWER);
        }

        let fails = |cause| try_it(&life, |life| life.may_fail(cause, now)).0;
        assert_eq!(fails(Cause::OwnWord), Ok(()), "{at}");
        assert_eq!(fails(Cause::Silence), only(silent), "{at}");
        let right = match is_accused && now < ANSWER {
            true => Err(FactoryError::TooEarly),
            false => only(is_accused),
        };
        assert_eq!(fails(Cause::Decision), right, "{at}");
    }
}

#[test]
fn a_life_that_failed_is_over() {
    let mut life = life(false, 0);
    life.state = State::Failed(
        Failure {
            cause: Cause::OwnWord,
            pot: 0,
            supply: 0,
            left: 0,
            ends: 7,
        }
        .into(),
    );
    let over = Err(FactoryError::WrongPhase(Phase::Failed));
    for now in [0, 7, 8, SILENCE, u64::MAX] {
        assert_eq!(life.phase(now), Phase::Failed);
        assert_eq!(life.only_live(now), over);
        assert_eq!(life.only_unfailed(), over);
        assert_eq!(life.beat(now, SILENCE), over);
        assert_eq!(life.accuse(EVIDENCE.into(), now, ANSWER), over);
        assert_eq!(life.answer(EVIDENCE.into(), now), over);
        assert_eq!(life.acquit(now, ANSWER), over);
        for cause in [Cause::OwnWord, Cause::Silence, Cause::Decision] {
            assert_eq!(life.may_fail(cause, now), over);
        }
    }
}
