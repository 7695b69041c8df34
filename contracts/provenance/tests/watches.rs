//! The rules of watches and verdicts as plain Rust.

use crate::world::{FROST, HEAT, START};
use allive_storage::Boxed;
use proptest::prelude::*;
use provenance::*;

const OTHER: Bound = Bound {
    hundredths: 2_500,
    side: Side::Above,
};

fn storage(limits: &[(Bound, u32)]) -> Storage {
    let limits = limits.iter();
    Storage {
        limits: limits
            .map(|&(bound, minutes)| Limit { bound, minutes })
            .collect(),
        longest_gap: 30,
    }
}

fn watch(bounds: &[Bound], longest_gap: u32) -> Watch {
    let mut watch = Watch::default();
    watch
        .name(named(7, bounds, longest_gap).as_ref(), START)
        .unwrap();
    watch
}

fn named(by: u64, bounds: &[Bound], longest_gap: u32) -> Option<Boxed<NewLogger>> {
    let bounds = bounds.to_vec();
    let new = NewLogger {
        by,
        bounds,
        longest_gap,
    };
    Some(new.into())
}

fn window(from: u64, until: u64, outside: &[(Bound, u64)]) -> Window {
    let outside = outside.iter();
    Window {
        from,
        until,
        outside: outside
            .map(|&(bound, time)| Outside { bound, time })
            .collect(),
        digest: [0; 32],
    }
}

fn cold(storage: &Storage, watches: &[&Watch], now: u64) -> Cold {
    let watches = watches.iter();
    let watches: Vec<_> = watches.map(|watch| (*watch).clone().into()).collect();
    Cold::of(storage, &watches, now)
}

#[test]
fn the_worst_of_several_limits_is_the_answer() {
    let both = storage(&[(HEAT, 0), (FROST, 1)]);
    assert_eq!(cold(&storage(&[]), &[], START), Cold::Unlimited);
    assert_eq!(cold(&both, &[], START), Cold::NotWatched);
    let heat = watch(&[HEAT], 30);
    assert_eq!(cold(&both, &[&heat], START), Cold::NotWatched);
    let late = START + 30 * MINUTE + 1;
    assert_eq!(cold(&both, &[&heat], late), Cold::Silent(START));
    let mut frost = watch(&[FROST], 30);
    frost
        .report(
            7,
            &window(START, START + 2 * MINUTE, &[(FROST, MINUTE)]),
            late,
        )
        .unwrap();
    assert_eq!(cold(&both, &[&heat, &frost], START), Cold::Kept(START));
    assert_eq!(cold(&both, &[&heat, &frost], late), Cold::Silent(START));
    frost
        .report(7, &window(late - 1, late, &[(FROST, 1)]), late)
        .unwrap();
    assert_eq!(cold(&both, &[&heat, &frost], late), Cold::Excursion(FROST));
    // Whatever the order of the limits is.
    let other_way = storage(&[(FROST, 1), (HEAT, 0)]);
    assert_eq!(
        cold(&other_way, &[&heat, &frost], late),
        Cold::Excursion(FROST)
    );
}

#[test]
fn it_is_watched_since_the_last_of_its_loggers_was_named() {
    let both = storage(&[(HEAT, 0), (FROST, 0)]);
    let mut later = Watch::default();
    later
        .name(named(8, &[FROST], 30).as_ref(), START + 5)
        .unwrap();
    let heat = watch(&[HEAT], 30);
    for watches in [[&heat, &later], [&later, &heat]] {
        assert_eq!(cold(&both, &watches, START + 5), Cold::Kept(START + 5));
    }
}

#[test]
fn the_verdict_of_which_the_notice_is_missing_is_the_graver_and_else_the_earlier() {
    let verdict = |at, noticed: bool| Verdict {
        by: 1,
        at,
        due: at + 9,
        noticed: noticed.then_some(Noticed { by: 2, at: at + 1 }),
    };
    for (one, other, right) in [
        ((1, true), (2, false), (2, false)),
        ((1, false), (2, true), (1, false)),
        ((1, false), (2, false), (1, false)),
        ((1, true), (2, true), (1, true)),
    ] {
        let [one, other, right] = [one, other, right].map(|(at, noticed)| verdict(at, noticed));
        assert_eq!(one.graver(other), right);
        assert_eq!(other.graver(one), right);
    }
}

#[derive(Clone, Debug)]
enum Step {
    Name(u64, u8, u32),
    End,
    Report {
        by: u64,
        skips: u64,
        length: u64,
        outside: u64,
    },
    WriteOff(u64),
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (1..3_u64, 1..4_u8, 0..3_u32).prop_map(|(by, bounds, gap)| Step::Name(by, bounds, gap)),
        1 => Just(Step::End),
        6 => (1..3_u64, 0..5 * MINUTE, 0..3 * MINUTE, 0..3 * MINUTE)
            .prop_map(|(by, skips, length, outside)| Step::Report { by, skips, length, outside }),
        1 => (0..MINUTE).prop_map(Step::WriteOff),
        3 => (0..4 * MINUTE).prop_map(Step::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whoever is named and reports in whatever order: the windows never overlap, what was reported
    /// outside is counted until it is written off, and nothing else but gaps is.
    #[test]
    fn a_window_never_overlaps_another_and_what_it_told_is_not_lost(steps in prop::collection::vec(step(), 0..40)) {
        let mut watch = Watch::default();
        let mut now = START;
        let mut told_until = 0;
        // What was reported of HEAT and not written off.
        let mut told = 0;
        for step in steps {
            match step {
                Step::Wait(time) => now += time,
                Step::End => drop(watch.name(None, now)),
                Step::Name(by, bounds, gap) => {
                    let all = [HEAT, FROST, OTHER];
                    let bounds: Vec<Bound> = (0..3).filter(|bit| (bounds >> bit) & 1 == 1).map(|bit| all[bit as usize]).collect();
                    prop_assert!(watch.name(named(by, &bounds, gap).as_ref(), now).is_ok());
                    let logger = watch.logger.unwrap();
                    prop_assert_eq!((logger.by, logger.named), (by, now));
                    prop_assert!(bounds.iter().all(|bound| watch.measures(*bound)));
                }
                Step::Report { by, skips, length, outside } => {
                    let before = watch.clone();
                    let start = watch.logger.map_or(START, |logger| logger.until);
                    let (from, until) = (start + skips, start + skips + length);
                    let sent = window(from, until, &[(HEAT, outside)]);
                    let is_due = watch.logger.is_some_and(|logger| logger.by == by && from >= logger.named);
                    let is_sound = length > 0 && until <= now && outside <= length && watch.measures(HEAT);
                    let mut after = watch.clone();
                    let answer = after.report(by, &sent, now);
                    prop_assert_eq!(answer.is_ok(), is_due && is_sound);
                    if answer.is_err() {
                        continue;
                    }
                    watch = after;
                    prop_assert!(from >= told_until, "a moment was told twice");
                    told_until = until;
                    told += outside;
                    let gap = from - start;
                    let allowed = before.logger.unwrap().longest_gap;
                    let counted = if gap > u64::from(allowed) * MINUTE { gap } else { 0 };
                    for tally in &watch.tallies {
                        let earlier = before.tallies.iter().find(|it| it.bound == tally.bound).unwrap();
                        let own = if tally.bound == HEAT { outside } else { 0 };
                        let more = if tally.measured { counted + own } else { 0 };
                        prop_assert_eq!(tally.outside, earlier.outside + more);
                    }
                }
                Step::WriteOff(time) => {
                    let all = [Outside { bound: HEAT, time }];
                    let mut after = watch.clone();
                    if after.write_off(&all).is_ok() {
                        watch = after;
                        told = told.saturating_sub(time);
                    }
                }
            }
            let counted = watch.tallies.iter().find(|tally| tally.bound == HEAT);
            let counted = counted.map_or(0, |tally| tally.outside);
            prop_assert!(counted >= told, "{} of {} is lost", told - counted, told);
            prop_assert!(watch.tallies.iter().all(|tally| tally.measured || tally.outside > 0));
            prop_assert_eq!(watch.tallies.iter().any(|tally| tally.measured), watch.logger.is_some());
        }
    }
}
