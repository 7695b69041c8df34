//! The cold chain: loggers, windows, gaps, excursions, and who answers for them.

use crate::world::*;
use allive_olife_id_interface::Topic;
use ink::primitives::AccountId;
use provenance::*;

const NOT_ALLOWED: [ProvenanceError; 4] = [
    ProvenanceError::NotAttested,
    ProvenanceError::NoStanding,
    ProvenanceError::NotMaker,
    ProvenanceError::NotHolder,
];

/// How long the lot may be too warm.
const WARM: u64 = 60 * MINUTE;
/// The longest gap that the lot allows.
const GAP: u64 = 30 * MINUTE;

fn unit() -> UnitId {
    UnitId::Run(first_run())
}

/// The maker has a lot that must be kept cold, and its logger is named.
fn watched() -> World {
    let mut world = cold_lot();
    act(&mut world, MAKER, watch(unit(), LOGGER));
    world
}

/// The logger of a unit tells of the time until now.
#[track_caller]
fn tell(world: &mut World, by: AccountId, unit: UnitId, from: u64, outside: &[(Bound, u64)]) {
    let now = world.now();
    act(world, by, report(unit, from, now, outside));
}

fn known(world: &mut World, index: u64, first: u64) -> (State, Cold) {
    let known = verify(world, claim(index, first)).unwrap();
    (known.state, known.cold)
}

fn cold(world: &mut World) -> Cold {
    let (state, cold) = known(world, 0, 0);
    let is_broken = matches!(cold, Cold::Silent(_) | Cold::Excursion(_));
    assert_eq!(state == State::Quarantined, is_broken, "{cold:?}");
    cold
}

/// How long it was outside of a bound, by the unit's own cell.
fn outside(world: &mut World, unit: UnitId, bound: Bound) -> u64 {
    let watch = cell(world, unit).unit_mut().watch_mut().clone();
    let tallies = watch.tallies.iter();
    let own = tallies.filter(|tally| tally.bound == bound);
    own.map(|tally| tally.outside).sum()
}

#[test]
fn the_holder_names_a_logger_and_everybody_sees_since_when_it_is_watched() {
    let naming = |_: &World, _| watch(unit(), LOGGER);
    assert_eq!(may(cold_lot, naming, &NOT_ALLOWED), [MAKER]);
    assert_eq!(may(watched, |_, _| unwatch(unit()), &NOT_ALLOWED), [MAKER]);
    let mut world = cold_lot();
    assert_eq!(cold(&mut world), Cold::NotWatched);
    world.advance(5);
    let said: LoggerChanged = event(&mut world, MAKER, watch(unit(), LOGGER));
    let named = said.logger.unwrap().into_inner();
    assert_eq!((said.holder, named.by), (id(MAKER), id(LOGGER)));
    assert_eq!((named.bounds, named.longest_gap), (vec![FROST, HEAT], 30));
    assert_eq!(cold(&mut world), Cold::Kept(START + 5));
    let said: LoggerChanged = event(&mut world, MAKER, unwatch(unit()));
    assert_eq!((said.holder, said.logger), (id(MAKER), None));
    assert_eq!(cold(&mut world), Cold::NotWatched);
    let error = refused(&mut world, MAKER, unwatch(unit()));
    assert_eq!(error, ProvenanceError::NotLogger);
    // Nothing is left, and nothing is paid for.
    assert_eq!(cell(&mut world, unit()).unit().watch, None);
}

#[test]
fn only_its_logger_reports_in_the_role_of_loggers() {
    let begin = || {
        let mut world = watched();
        world.advance(9);
        world
    };
    let action = |_: &World, _| report(unit(), START, START + 9, &[]);
    let errors = [
        ProvenanceError::NotAttested,
        ProvenanceError::NoStanding,
        ProvenanceError::NotLogger,
    ];
    assert_eq!(may(begin, action, &errors), [LOGGER]);
    let mut world = begin();
    let sent = action(&begin(), LOGGER);
    let said = step(&mut world, LOGGER, sent.clone());
    let Step::WindowReported {
        unit: of,
        logger,
        window,
    } = said
    else {
        panic!("no window was reported")
    };
    assert_eq!((of, logger), (unit(), id(LOGGER)));
    assert_eq!(window.digest, [0xd1; 32]);
    let mut world = begin();
    attest(&mut world, LOGGER, Topic::CARRIER.bit());
    let error = refused(&mut world, LOGGER, sent);
    assert_eq!(error, ProvenanceError::NotAttested);
}

/// Hostile: a logger that tells of a time of which it has told, of which another has told, or in
/// which it was not there.
#[test]
fn a_logger_that_back_dates_is_refused() {
    let mut world = watched();
    let back_dated = ProvenanceError::BackDated;
    world.advance(20);
    // Before it was named.
    let action = report(unit(), START - 1, START + 10, &[]);
    assert_eq!(refused(&mut world, LOGGER, action), back_dated);
    act(&mut world, LOGGER, report(unit(), START, START + 10, &[]));
    // In its last window, or of it once more.
    for from in [START, START + 9] {
        let action = report(unit(), from, START + 20, &[]);
        assert_eq!(refused(&mut world, LOGGER, action), back_dated);
    }
    // Another logger that is named now has not seen what was before.
    act(&mut world, MAKER, watch(unit(), SPARE));
    let named = world.now();
    world.advance(1);
    let action = report(unit(), START + 10, named + 1, &[]);
    assert_eq!(refused(&mut world, SPARE, action), back_dated);
    act(&mut world, SPARE, report(unit(), named, named + 1, &[]));
    // The one before it tells nothing any more.
    let action = report(unit(), named + 1, named + 1, &[]);
    let error = refused(&mut world, LOGGER, action);
    assert_eq!(error, ProvenanceError::NotLogger);
}

#[test]
fn a_window_is_over_and_has_as_much_time_as_was_outside() {
    let mut world = watched();
    world.advance(100);
    let now = world.now();
    for (from, until, outside) in [
        (now, now, vec![]),
        (now - 1, now - 2, vec![]),
        (now - 1, now + 1, vec![]),
        (now - 50, now, vec![(HEAT, 51)]),
        (now - 50, now, vec![(HEAT, 1), (HEAT, 1)]),
        (
            now - 50,
            now,
            vec![(
                Bound {
                    hundredths: 0,
                    ..HEAT
                },
                1,
            )],
        ),
    ] {
        let action = report(unit(), from, until, &outside);
        let error = refused(&mut world, LOGGER, action);
        assert_eq!(error, ProvenanceError::BadWindow);
    }
    let whole = [(HEAT, 50), (FROST, 50)];
    act(&mut world, LOGGER, report(unit(), now - 50, now, &whole));
    assert_eq!(outside(&mut world, unit(), HEAT), 50);
}

#[test]
fn more_than_the_allowed_minutes_in_total_are_an_excursion() {
    let mut world = watched();
    let mut from = START;
    // Six windows of half an hour, in each of which it was too warm for ten minutes.
    for _ in 0..6 {
        world.advance(GAP);
        tell(&mut world, LOGGER, unit(), from, &[(HEAT, 10 * MINUTE)]);
        from = world.now();
        assert_eq!(cold(&mut world), Cold::Kept(START));
    }
    world.advance(1);
    tell(&mut world, LOGGER, unit(), from, &[(HEAT, 1)]);
    assert_eq!(outside(&mut world, unit(), HEAT), WARM + 1);
    assert_eq!(cold(&mut world), Cold::Excursion(HEAT));
    // What must not freeze is broken by the first moment.
    let mut world = watched();
    world.advance(1);
    tell(&mut world, LOGGER, unit(), START, &[(FROST, 1)]);
    assert_eq!(cold(&mut world), Cold::Excursion(FROST));
}

#[test]
fn a_gap_that_is_too_long_counts_as_outside_of_every_bound() {
    for (gap, counted) in [(GAP, 0), (GAP + 1, GAP + 1)] {
        let mut world = watched();
        world.advance(gap + 5);
        tell(&mut world, LOGGER, unit(), START + gap, &[]);
        for bound in [HEAT, FROST] {
            assert_eq!(outside(&mut world, unit(), bound), counted);
        }
        let right = match counted {
            0 => Cold::Kept(START),
            _ => Cold::Excursion(FROST),
        };
        assert_eq!(cold(&mut world), right);
    }
}

#[test]
fn goods_whose_logger_fell_silent_are_quarantined_until_it_reports() {
    let mut world = watched();
    world.at(START + GAP);
    assert_eq!(cold(&mut world), Cold::Kept(START));
    world.advance(1);
    assert_eq!(cold(&mut world), Cold::Silent(START));
    // It may have been out of reach: what it tells later counts.
    world.advance(5 * GAP);
    tell(&mut world, LOGGER, unit(), START, &[(HEAT, 3)]);
    assert_eq!(cold(&mut world), Cold::Kept(START));
    assert_eq!(outside(&mut world, unit(), HEAT), 3);
}

#[test]
fn whoever_replaces_or_ends_a_silent_logger_has_the_gap_counted() {
    for action in [watch(unit(), SPARE), unwatch(unit())] {
        let mut world = watched();
        world.advance(GAP + 1);
        act(&mut world, MAKER, action);
        assert_eq!(outside(&mut world, unit(), FROST), GAP + 1);
        assert_eq!(cold(&mut world), Cold::Excursion(FROST));
        // It counts once.
        let later = world.now() + GAP;
        act(&mut world, MAKER, watch(unit(), LOGGER));
        world.at(later);
        tell(&mut world, LOGGER, unit(), later - 1, &[]);
        assert_eq!(outside(&mut world, unit(), FROST), GAP + 1);
    }
}

#[test]
fn a_new_logger_goes_on_without_a_break_and_hides_no_gap() {
    let mut world = watched();
    // One logger after the other is named, and none reports.
    for logger in [SPARE, LOGGER] {
        world.advance(GAP / 2);
        act(&mut world, MAKER, watch(unit(), logger));
    }
    assert_eq!(cold(&mut world), Cold::Kept(START));
    world.advance(1);
    assert_eq!(cold(&mut world), Cold::Silent(START));
    let named = START + GAP;
    world.advance(1);
    tell(&mut world, LOGGER, unit(), named, &[]);
    assert_eq!(
        cold(&mut world),
        Cold::Kept(START),
        "half an hour is no gap"
    );
    let mut world = watched();
    for logger in [SPARE, LOGGER] {
        world.advance(GAP / 2 + 1);
        act(&mut world, MAKER, watch(unit(), logger));
    }
    assert_eq!(cold(&mut world), Cold::Excursion(FROST));
}

#[test]
fn a_logger_that_measures_more_or_less_closely_begins_anew() {
    let more = Bound {
        hundredths: 2_500,
        side: Side::Above,
    };
    for (bounds, longest_gap, since) in [
        (vec![FROST, HEAT], 29, START),
        (vec![FROST, HEAT], 31, START + 7),
        (vec![FROST, HEAT, more], 30, START + 7),
    ] {
        let mut world = watched();
        world.advance(7);
        let unit = unit();
        act(
            &mut world,
            MAKER,
            measure(unit, SPARE, &bounds, longest_gap),
        );
        let watch = cell(&mut world, unit).unit_mut().watch_mut().clone();
        assert_eq!(watch.logger.unwrap().since, since);
        // Less closely than the lot asks for is not watched.
        let right = match longest_gap {
            31 => Cold::NotWatched,
            _ => Cold::Kept(since),
        };
        assert_eq!(cold(&mut world), right);
    }
}

#[test]
fn a_logger_has_one_to_eight_bounds_each_once() {
    let bound = |hundredths| Bound {
        hundredths,
        side: Side::Above,
    };
    let eight: Vec<Bound> = (0..8).map(bound).collect();
    for (bounds, right) in [
        (vec![], Err(ProvenanceError::BadBounds)),
        (vec![HEAT, HEAT], Err(ProvenanceError::BadBounds)),
        (eight.clone(), Ok(())),
        (
            [eight.clone(), vec![HEAT]].concat(),
            Err(ProvenanceError::TooManyBounds),
        ),
    ] {
        let mut world = cold_lot();
        let action = measure(unit(), LOGGER, &bounds, 30);
        let sent = message(&world, None, action);
        assert_eq!(world.answer(MAKER, sent).map(drop), right);
    }
    // What was counted keeps its room, also without a logger.
    let mut world = watched();
    world.advance(1);
    tell(&mut world, LOGGER, unit(), START, &[(HEAT, 1)]);
    let action = measure(unit(), LOGGER, &eight, 30);
    let error = refused(&mut world, MAKER, action);
    assert_eq!(error, ProvenanceError::TooManyBounds);
}

/// Who receives goods and has no logger ends the watch. Then it is not watched, and what was
/// counted stays.
#[test]
fn goods_that_leave_the_watched_chain_have_a_way_on_and_keep_their_excursion() {
    for (outside, right) in [
        (vec![], Cold::NotWatched),
        (vec![(FROST, 1)], Cold::Excursion(FROST)),
    ] {
        let mut world = watched();
        world.advance(10);
        tell(&mut world, LOGGER, unit(), START, &outside);
        pass(&mut world, unit(), MAKER, PHARMACY);
        let error = refused(&mut world, MAKER, unwatch(unit()));
        assert_eq!(error, ProvenanceError::NotHolder);
        act(&mut world, PHARMACY, unwatch(unit()));
        world.advance(100 * GAP);
        assert_eq!(cold(&mut world), right);
        // With a logger of its own it goes on, watched from now on.
        act(&mut world, PHARMACY, watch(unit(), SPARE));
        let now = world.now();
        let right = match right {
            Cold::NotWatched => Cold::Kept(now),
            broken => broken,
        };
        assert_eq!(cold(&mut world), right);
    }
}

#[test]
fn a_logger_reports_on_its_way_in_a_container_and_after_an_end() {
    let mut world = watched();
    act(&mut world, MAKER, ship(unit(), PHARMACY, UNTIL));
    world.advance(1);
    tell(&mut world, LOGGER, unit(), START, &[(HEAT, 1)]);
    act(&mut world, MAKER, Action::CallBack { unit: unit() });
    act(&mut world, MAKER, pack(case(MAKER, 1), &[unit()]));
    world.advance(1);
    tell(&mut world, LOGGER, unit(), START + 1, &[(HEAT, 1)]);
    for action in [watch(unit(), SPARE), unwatch(unit())] {
        let error = refused(&mut world, MAKER, action);
        assert_eq!(error, ProvenanceError::Inside);
    }
    act(&mut world, MAKER, unpack(case(MAKER, 1), &[unit()]));
    let (unit, end) = (unit(), End::Sample);
    act(&mut world, MAKER, Action::Retire { unit, end });
    world.advance(1);
    tell(&mut world, LOGGER, unit, START + 2, &[(FROST, 1)]);
    for action in [watch(unit, SPARE), unwatch(unit)] {
        let error = refused(&mut world, MAKER, action);
        assert_eq!(error, ProvenanceError::IsRetired);
    }
    // An end that is undone does not undo what was counted.
    act(&mut world, MAKER, Action::Restore { unit });
    assert_eq!(outside(&mut world, unit, HEAT), 2);
    assert_eq!(cold(&mut world), Cold::Excursion(FROST));
}

#[test]
fn both_parts_of_a_split_keep_the_watch_and_are_joined_while_they_are_alike() {
    let mut world = watched();
    world.advance(1);
    tell(&mut world, LOGGER, unit(), START, &[(HEAT, 1)]);
    let rest = split(&mut world, MAKER, first_run(), 4);
    let rest = UnitId::Run(rest);
    world.advance(1);
    tell(&mut world, LOGGER, rest, START + 1, &[(FROST, 1)]);
    assert_eq!(known(&mut world, 0, 0).1, Cold::Kept(START));
    assert_eq!(known(&mut world, 4, 4).1, Cold::Excursion(FROST));
    let join = Action::Join { run: first_run() };
    let error = refused(&mut world, MAKER, join.clone());
    assert_eq!(error, ProvenanceError::NotAlike);
    tell(&mut world, LOGGER, unit(), START + 1, &[(FROST, 1)]);
    act(&mut world, MAKER, join);
    assert_eq!(cold(&mut world), Cold::Excursion(FROST));
    assert_eq!(outside(&mut world, unit(), HEAT), 1);
}

/// The lot is in a case, and the case on a pallet with a logger.
fn on_a_watched_pallet() -> World {
    let mut world = cold_lot();
    act(&mut world, MAKER, pack(case(MAKER, 1), &[unit()]));
    let in_it = container(MAKER, 1);
    act(&mut world, MAKER, pack(case(MAKER, 2), &[in_it]));
    act(&mut world, MAKER, watch(container(MAKER, 2), LOGGER));
    world
}

#[test]
fn an_excursion_does_not_end_by_unpacking() {
    let mut world = on_a_watched_pallet();
    let (inner, pallet) = (container(MAKER, 1), container(MAKER, 2));
    assert_eq!(cold(&mut world), Cold::Kept(START));
    world.advance(9);
    tell(&mut world, LOGGER, pallet, START, &[(FROST, 2), (HEAT, 3)]);
    assert_eq!(cold(&mut world), Cold::Excursion(FROST));
    act(&mut world, MAKER, unpack(case(MAKER, 2), &[inner]));
    assert_eq!(cold(&mut world), Cold::Excursion(FROST));
    act(&mut world, MAKER, unpack(case(MAKER, 1), &[unit()]));
    assert_eq!(cold(&mut world), Cold::Excursion(FROST));
    // Each moment counts once.
    for (bound, time) in [(FROST, 2), (HEAT, 3)] {
        assert_eq!(outside(&mut world, unit(), bound), time);
    }
}

/// A logger that is read out at the end of the journey tells of it after the pallet is unpacked.
#[test]
fn what_leaves_a_container_stays_with_its_logger_which_may_not_have_reported_yet() {
    let mut world = on_a_watched_pallet();
    let inner = container(MAKER, 1);
    world.advance(GAP);
    act(&mut world, MAKER, unpack(case(MAKER, 2), &[inner]));
    act(&mut world, MAKER, unpack(case(MAKER, 1), &[unit()]));
    assert_eq!(cold(&mut world), Cold::Kept(START));
    world.advance(1);
    assert_eq!(cold(&mut world), Cold::Silent(START));
    tell(&mut world, LOGGER, unit(), START, &[(FROST, 1)]);
    assert_eq!(cold(&mut world), Cold::Excursion(FROST));
}

#[test]
fn a_minute_counts_once_whoever_measured_it() {
    // The run has a logger for frost; the pallet on which it is has one for both.
    let mut world = cold_lot();
    let own = measure(unit(), SPARE, &[FROST], 30);
    act(&mut world, MAKER, own);
    assert_eq!(cold(&mut world), Cold::NotWatched);
    act(&mut world, MAKER, pack(case(MAKER, 1), &[unit()]));
    let pallet = container(MAKER, 1);
    act(&mut world, MAKER, watch(pallet, LOGGER));
    assert_eq!(cold(&mut world), Cold::Kept(START));
    world.advance(9);
    tell(&mut world, LOGGER, pallet, START, &[(FROST, 2), (HEAT, 4)]);
    // Its own logger is closer to it.
    assert_eq!(cold(&mut world), Cold::Kept(START));
    tell(&mut world, SPARE, unit(), START, &[(FROST, 1)]);
    assert_eq!(cold(&mut world), Cold::Excursion(FROST));
    world.advance(GAP + 1);
    tell(&mut world, SPARE, unit(), START + 9, &[]);
    act(&mut world, MAKER, unpack(case(MAKER, 1), &[unit()]));
    assert_eq!(outside(&mut world, unit(), FROST), 1);
    // The gap of the pallet's logger counts where no other measured.
    assert_eq!(outside(&mut world, unit(), HEAT), 4 + GAP + 1);
    let left = cell(&mut world, unit()).unit_mut().watch_mut().clone();
    assert_eq!(left.logger.unwrap().by, id(SPARE));
    assert!(left.measures(FROST) && !left.measures(HEAT));
}

#[test]
fn nothing_more_is_packed_into_a_container_that_is_or_was_watched() {
    let mut world = cold_lot();
    let rest = UnitId::Run(split(&mut world, MAKER, first_run(), 4));
    act(&mut world, MAKER, pack(case(MAKER, 1), &[unit()]));
    let pallet = container(MAKER, 1);
    act(&mut world, MAKER, watch(pallet, LOGGER));
    let more = pack(case(MAKER, 1), &[rest]);
    let is_watched = ProvenanceError::IsWatched;
    assert_eq!(refused(&mut world, MAKER, more.clone()), is_watched);
    world.advance(9);
    tell(&mut world, LOGGER, pallet, START, &[(HEAT, 2)]);
    act(&mut world, MAKER, unwatch(pallet));
    assert_eq!(refused(&mut world, MAKER, more.clone()), is_watched);
    // The ways on: another container, or somebody answers for what was counted.
    act(&mut world, MAKER, pack(case(MAKER, 2), &[rest]));
    act(&mut world, MAKER, unpack(case(MAKER, 2), &[rest]));
    let all = [(HEAT, 2)];
    act(
        &mut world,
        AUTHORITY,
        release(pallet, Capacity::Authority, &all),
    );
    act(&mut world, MAKER, more);
}

/// The pharmacy has the lot, which was too cold for two minutes.
fn frozen() -> World {
    let mut world = watched();
    world.advance(3 * MINUTE);
    tell(&mut world, LOGGER, unit(), START, &[(FROST, 2 * MINUTE)]);
    pass(&mut world, unit(), MAKER, PHARMACY);
    world
}

#[test]
fn a_quality_role_of_custodian_or_maker_or_an_authority_releases() {
    let all = [(FROST, 2 * MINUTE)];
    for (capacity, right) in [
        (Capacity::Custodian, vec![PHARMACY]),
        (Capacity::Maker, vec![MAKER]),
        (Capacity::Authority, vec![AUTHORITY, SECOND]),
    ] {
        let action = |_: &World, _| release(unit(), capacity, &all);
        // Nobody but an authority without the role of quality.
        let without = may(frozen, action, &NOT_ALLOWED);
        let authorities = capacity == Capacity::Authority;
        assert_eq!(without.is_empty(), !authorities);
        let begin = || {
            let mut world = frozen();
            for (actor, role) in ROLES {
                let roles = role.bit() | Topic::QUALITY.bit();
                attest(&mut world, actor, roles);
            }
            world
        };
        assert_eq!(may(begin, action, &NOT_ALLOWED), right);
        let mut world = begin();
        let said: Released = event(&mut world, right[0], action(&begin(), right[0]));
        assert_eq!((said.by, said.reason), (id(right[0]), REASON));
        assert_eq!(cold(&mut world), Cold::Kept(START));
    }
    // The packer of a container is its maker.
    let mut world = on_a_watched_pallet();
    world.advance(1);
    let pallet = container(MAKER, 2);
    tell(&mut world, LOGGER, pallet, START, &[(FROST, 1)]);
    pass(&mut world, pallet, MAKER, PHARMACY);
    attest(&mut world, MAKER, Topic::QUALITY.bit());
    let action = release(pallet, Capacity::Maker, &[(FROST, 1)]);
    act(&mut world, MAKER, action);
    assert_eq!(cold(&mut world), Cold::Kept(START));
}

#[test]
fn a_release_covers_what_was_seen_and_no_more() {
    let authority = |all: &[(Bound, u64)]| release(unit(), Capacity::Authority, all);
    let mut world = frozen();
    for wrong in [
        vec![],
        vec![(FROST, 0)],
        vec![(HEAT, 1)],
        vec![(FROST, 2 * MINUTE + 1)],
        vec![(FROST, MINUTE), (FROST, MINUTE + 1)],
    ] {
        let error = refused(&mut world, AUTHORITY, authority(&wrong));
        assert_eq!(error, ProvenanceError::BadRelease);
    }
    // A window that was reported meanwhile is not released.
    let from = world.now();
    world.advance(1);
    tell(&mut world, LOGGER, unit(), from, &[(FROST, 1)]);
    act(&mut world, AUTHORITY, authority(&[(FROST, 2 * MINUTE)]));
    assert_eq!(cold(&mut world), Cold::Excursion(FROST));
    act(&mut world, AUTHORITY, authority(&[(FROST, 1)]));
    assert_eq!(cold(&mut world), Cold::Kept(START));
    // Nor is what nobody has reported yet.
    world.advance(GAP + 1);
    assert!(matches!(cold(&mut world), Cold::Silent(_)));
    let error = refused(&mut world, AUTHORITY, authority(&[(FROST, 1)]));
    assert_eq!(error, ProvenanceError::BadRelease);
    // Whoever finds that it was released in error suspects it.
    tell(&mut world, LOGGER, unit(), from + 1, &[]);
    act(&mut world, MAKER, suspect(unit(), Capacity::Maker));
    assert_eq!(state(&mut world), State::Quarantined);
}

#[test]
fn what_was_not_kept_cold_is_not_dispensed() {
    let mut world = frozen();
    let dispense = Action::Dispense {
        claim: claim(0, 0).into(),
        role: Topic::PHARMACY,
        site: site(5),
        prescription: None,
    };
    let error = refused(&mut world, PHARMACY, dispense.clone());
    assert_eq!(error, ProvenanceError::NotActive(State::Quarantined));
    let all = [(FROST, 2 * MINUTE)];
    act(
        &mut world,
        AUTHORITY,
        release(unit(), Capacity::Authority, &all),
    );
    act(&mut world, PHARMACY, dispense);
}
