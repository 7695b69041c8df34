//! The rules as plain Rust, by properties.

use council::*;
use ink::primitives::AccountId;
use proptest::prelude::*;

/// The bit of the member who made the proposal.
const PROPOSER: Members = 0b10;
/// As if the proposer never voted.
const NOBODY: Members = 0;

fn account(byte: u8) -> AccountId {
    AccountId([byte; 32])
}

fn bars() -> impl Strategy<Value = Bar> {
    (0_u8..9, 0..3 * YEAR / 2).prop_map(|(threshold, delay)| Bar { threshold, delay })
}

prop_compose! {
    fn terms()(
        bars in [bars(), bars(), bars()],
        lifetime in 0..3 * YEAR,
        threshold in 0_u8..9,
        window in 0..2 * YEAR,
        cooldown in 0..2 * YEAR,
        sorted in any::<bool>(),
    ) -> CouncilTerms {
        let [mut routine, mut grave, mut constitutional] = bars;
        if sorted {
            // Chance alone seldom finds sound terms.
            let mut thresholds = [routine, grave, constitutional].map(|bar| bar.threshold.max(1));
            let mut delays = [routine, grave, constitutional].map(|bar| bar.delay % YEAR);
            thresholds.sort_unstable();
            delays.sort_unstable();
            for (place, bar) in [&mut routine, &mut grave, &mut constitutional].into_iter().enumerate() {
                (bar.threshold, bar.delay) = (thresholds[place], delays[place]);
            }
        }
        CouncilTerms {
            routine,
            grave,
            constitutional,
            lifetime,
            emergency: EmergencyTerms { threshold, window, cooldown },
        }
    }
}

proptest! {
    // Few terms are sound.
    #![proptest_config(ProptestConfig::with_cases(8_192))]

    #[test]
    fn sound_terms_keep_every_bound(terms in terms(), members in 1_usize..8, least in 1..YEAR) {
        if terms.are_sound(members, least) {
            let CouncilTerms { routine, grave, constitutional, lifetime, emergency } = terms;
            for bar in [routine, grave, constitutional] {
                prop_assert!((1..=members).contains(&usize::from(bar.threshold)));
                prop_assert!(bar.delay <= YEAR && bar.delay < lifetime);
            }
            for bar in [grave, constitutional] {
                prop_assert!(usize::from(bar.threshold) * 2 > members);
                prop_assert!(0 < bar.delay && least <= bar.delay);
            }
            prop_assert!(routine.threshold <= grave.threshold);
            prop_assert!(grave.threshold <= constitutional.threshold);
            prop_assert!(routine.delay <= grave.delay && grave.delay <= constitutional.delay);
            prop_assert!(lifetime <= 2 * YEAR);
            prop_assert!(emergency.threshold >= 2 || members == 1);
            prop_assert!(emergency.threshold <= grave.threshold);
            for time in [emergency.window, emergency.cooldown] {
                prop_assert!(0 < time && time <= YEAR);
            }
        }
    }
}

proptest! {
    #[test]
    fn who_approves_never_objects_and_the_delay_runs_exactly_while_enough_approve(
        words in prop::collection::vec((0_u32..5, 0..3, 0_u64..50), 1..60),
        threshold in 1_u8..6,
    ) {
        let bar = Bar { threshold, delay: 100 };
        let mut standing = pending();
        let mut now = 0;
        let mut since = None;
        for (member, word, passes) in words {
            now += passes;
            let bit = 1 << member;
            let before = standing.clone();
            let said = match word {
                0 => standing.approve(bit, &bar, now),
                1 => standing.withdraw(bit, PROPOSER, &bar, now),
                _ => standing.object(bit, PROPOSER, &bar, now),
            };
            if said.is_err() {
                prop_assert_eq!(&standing, &before);
            }
            prop_assert_eq!(standing.approvals & standing.objections, 0);
            let enough = standing.approvals.count_ones() >= u32::from(threshold);
            since = if enough { since.or(Some(now)) } else { None };
            prop_assert_eq!(standing.ready, since.map(|since| since + 100));
            let [against, for_it] = [standing.objections, standing.approvals].map(u32::count_ones);
            let taken_back = for_it == 0 && standing.objections & PROPOSER != 0;
            let cancelled = taken_back || against >= u32::from(threshold) && against >= for_it;
            prop_assert_eq!(standing.state == State::Cancelled, cancelled);
            if cancelled {
                break;
            }
        }
    }

    #[test]
    fn a_member_never_has_the_same_number_of_votes_twice(
        words in prop::collection::vec((prop::sample::select(vec![0_u32, 1, 4, 31]), 0..3), 1..60),
    ) {
        let bar = Bar { threshold: 4, delay: 100 };
        let mut standing = pending();
        let mut votes = [0; 32];
        for (member, word) in words {
            let bit = 1 << member;
            let said = match word {
                0 => standing.approve(bit, &bar, 0),
                1 => standing.withdraw(bit, NOBODY, &bar, 0),
                _ => standing.object(bit, NOBODY, &bar, 0),
            };
            votes[member as usize] += u32::from(said.is_ok());
            for (other, votes) in votes.into_iter().enumerate() {
                prop_assert_eq!(standing.votes_of(1 << other), votes);
                prop_assert_eq!(standing.only_after(1 << other, votes), Ok(()));
                let wrong = standing.only_after(1 << other, votes + 1);
                prop_assert_eq!(wrong, Err(CouncilError::OutOfTurn));
            }
            prop_assert!(standing.votes.len() <= 32);
        }
    }

    #[test]
    fn a_proposal_is_executed_only_in_its_phase_and_once(
        // Before, at and after each boundary.
        ready in prop::option::of(prop::sample::select(vec![0_u64, 100, 299, 300])),
        now in prop::sample::select(vec![0_u64, 99, 100, 101, 298, 299, 300, 301]),
        era in 0_u32..2,
    ) {
        let mut standing = Standing { ready, ..pending() };
        let executable = standing.phase(era, now) == Phase::Executable;
        let right = era == 0 && now < 300 && ready.is_some_and(|ready| ready <= now);
        prop_assert_eq!(executable, right);
        prop_assert_eq!(standing.execute(era, now).is_ok(), right);
        if right {
            prop_assert_eq!(standing.execute(era, now), Err(CouncilError::Executed));
        }
        prop_assert_eq!(standing.only_pending(era, now).is_ok(), !right && era == 0 && now < 300);
    }

    #[test]
    fn an_emergency_takes_enough_members_of_one_era_within_the_window_after_the_cooldown(
        asks in prop::collection::vec((0_u32..4, 0_u32..2, 0_u64..40), 1..60),
        threshold in 1_u8..4,
    ) {
        let terms = EmergencyTerms { threshold, window: 50, cooldown: 70 };
        let (mut emergency, mut now, mut era) = (Emergency::default(), 0, 0);
        // Who asked since the window opened, and when that was; when the last pause was.
        let (mut asked, mut opened, mut paused) = (vec![], None, None);
        for (member, next_era, passes) in asks {
            now += passes;
            // Eras change now and then.
            if passes == 0 && next_era == 1 {
                era += 1;
                opened = None;
            }
            if opened.is_some_and(|opened| now >= opened + 50) {
                opened = None;
            }
            let expected = if paused.is_some_and(|paused| now < paused + 70) {
                Err(CouncilError::CoolingDown)
            } else {
                if opened.is_none() {
                    asked.clear();
                    opened = Some(now);
                }
                if asked.contains(&member) {
                    Err(CouncilError::SaidAlready)
                } else {
                    asked.push(member);
                    let enough = asked.len() >= usize::from(threshold);
                    if enough {
                        (opened, paused) = (None, Some(now));
                    }
                    Ok(enough)
                }
            };
            prop_assert_eq!(emergency.ask(1 << member, era, &terms, now), expected);
        }
    }

    #[test]
    fn members_and_bits_are_one_to_one(count in 1_u8..33, bits in any::<u32>()) {
        let members: Vec<_> = (1..=count).map(|byte| account(byte).into()).collect();
        let terms = sound_for(count);
        let constitution = Constitution::new(members, terms, 1).unwrap();
        let mut all = 0;
        for byte in 1..=count {
            let bit = constitution.bit(&account(byte)).unwrap();
            prop_assert_eq!((bit.count_ones(), all & bit), (1, 0));
            all |= bit;
            let chosen = constitution.members_of(bits & bit);
            let expected = if bits & bit == 0 { vec![] } else { vec![account(byte).into()] };
            prop_assert_eq!(chosen, expected);
        }
        prop_assert_eq!(constitution.bit(&account(99)), Err(CouncilError::NotMember));
        prop_assert_eq!(constitution.members_of(bits).len(), (bits & all).count_ones() as usize);
    }

    #[test]
    fn an_amendment_leaves_who_was_not_named_and_begins_an_era(
        remove in prop::sample::subsequence((1_u8..=8).collect::<Vec<_>>(), 0..8),
        add in prop::sample::subsequence((9_u8..=20).collect::<Vec<_>>(), 0..12),
    ) {
        let list = |bytes: &[u8]| bytes.iter().map(|byte| account(*byte).into()).collect::<Vec<_>>();
        let before: Vec<u8> = (1..=8).collect();
        let mut after: Vec<u8> = before.iter().copied().filter(|byte| !remove.contains(byte)).collect();
        after.extend(&add);
        let mut constitution = Constitution::new(list(&before), sound_for(8), 1).unwrap();
        let amendment = Amendment {
            remove: list(&remove),
            add: list(&add),
            terms: sound_for(after.len() as u8),
        };
        prop_assert_eq!(constitution.amend(&amendment), Ok(()));
        prop_assert_eq!(constitution.members, list(&after));
        prop_assert_eq!(constitution.era, 1);
    }
}

#[test]
fn what_all_calls_need_does_not_overflow() {
    let call = |min_ref_time| Call {
        target: account(1).into(),
        selector: [0; 4],
        arguments: vec![],
        value: 0,
        min_ref_time,
    };
    assert_eq!(needed(&[]), 0);
    assert_eq!(needed(&[call(3), call(4)]), 7);
    assert_eq!(needed(&[call(3), call(u64::MAX)]), u64::MAX);
}

fn pending() -> Standing {
    Standing {
        proposer: account(1).into(),
        class: Class::Grave,
        era: 0,
        approvals: 0,
        objections: 0,
        ready: None,
        expires: 300,
        state: State::Pending,
        votes: vec![],
    }
}

fn sound_for(members: u8) -> CouncilTerms {
    let bar = |threshold, delay| Bar { threshold, delay };
    CouncilTerms {
        routine: bar(1, 0),
        grave: bar(members / 2 + 1, 1),
        constitutional: bar(members, 2),
        lifetime: 3,
        emergency: EmergencyTerms {
            threshold: members.min(2),
            window: 1,
            cooldown: 1,
        },
    }
}
