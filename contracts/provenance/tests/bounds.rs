//! A watch has at most eight bounds, also that of what leaves a container: what was measured on
//! both sides may be more. Each of these states has a way out.

use crate::world::*;
use provenance::*;

/// The bounds of a unit; and another, which is that of its container.
fn bounds() -> ([Bound; MAX_BOUNDS], Bound) {
    let above = |place: usize| Bound {
        hundredths: 800 + i16::try_from(place).unwrap(),
        side: Side::Above,
    };
    (std::array::from_fn(above), above(MAX_BOUNDS))
}

/// When the maker packs the unit.
const PACKED: u64 = START + 10;

/// The unit was outside of eight bounds before it was packed. Its container is measured for a
/// ninth.
fn too_many() -> (World, UnitId) {
    let mut world = cold_lot();
    let unit = UnitId::Run(first_run());
    let (own, other) = bounds();
    act(&mut world, MAKER, measure(unit, LOGGER, &own, 30));
    world.at(PACKED);
    let warm = own.map(|bound| (bound, 1));
    act(&mut world, LOGGER, report(unit, START, PACKED, &warm));
    act(&mut world, MAKER, unwatch(unit));
    act(&mut world, MAKER, pack(case(MAKER, 1), &[unit]));
    let measured = measure(container(MAKER, 1), SPARE, &[other], 30);
    act(&mut world, MAKER, measured);
    (world, unit)
}

/// The same, and the container was outside of its bound.
fn too_many_for_long() -> (World, UnitId) {
    let (mut world, unit) = too_many();
    let (_, other) = bounds();
    world.advance(1);
    let warm = report(container(MAKER, 1), PACKED, PACKED + 1, &[(other, 1)]);
    act(&mut world, SPARE, warm);
    (world, unit)
}

fn out(unit: UnitId) -> Action {
    unpack(case(MAKER, 1), &[unit])
}

fn tallies(world: &mut World, unit: UnitId) -> Vec<Tally> {
    let watch = cell(world, unit).unit().watch.clone();
    watch.map_or(vec![], |watch| watch.tallies.clone())
}

#[test]
fn what_leaves_a_container_has_at_most_eight_bounds_with_those_of_the_container() {
    for (mut world, unit) in [too_many(), too_many_for_long()] {
        let refused = refused(&mut world, MAKER, out(unit));
        assert_eq!(refused, ProvenanceError::TooManyBounds);
    }
    // Eight with that of the container are not too many.
    let (mut world, unit) = too_many_for_long();
    let (own, other) = bounds();
    let release_one = release(unit, Capacity::Authority, &[(own[0], 1)]);
    act(&mut world, AUTHORITY, release_one);
    act(&mut world, MAKER, out(unit));
    let kept: Vec<Bound> = tallies(&mut world, unit)
        .iter()
        .map(|it| it.bound)
        .collect();
    assert_eq!(kept, [&own[1..], &[other]].concat());
}

#[test]
fn what_has_too_many_bounds_leaves_its_container_when_that_is_not_measured_any_more() {
    let (mut world, unit) = too_many();
    act(&mut world, MAKER, unwatch(container(MAKER, 1)));
    act(&mut world, MAKER, out(unit));
    let kept = tallies(&mut world, unit);
    let right = bounds().0.map(|bound| Tally {
        bound,
        outside: 1,
        measured: false,
    });
    assert_eq!(kept, right, "and nothing that was counted is lost");
}

#[test]
fn what_has_too_many_bounds_leaves_its_container_when_somebody_answers_for_what_was_counted() {
    let (own, other) = bounds();
    for (of_container, bound) in [(true, other), (false, own[3])] {
        let (mut world, unit) = too_many_for_long();
        act(&mut world, MAKER, unwatch(container(MAKER, 1)));
        let without_logger = refused(&mut world, MAKER, out(unit));
        assert_eq!(without_logger, ProvenanceError::TooManyBounds);
        let target = if of_container {
            container(MAKER, 1)
        } else {
            unit
        };
        let answer = release(target, Capacity::Authority, &[(bound, 1)]);
        act(&mut world, AUTHORITY, answer);
        act(&mut world, MAKER, out(unit));
        let kept = tallies(&mut world, unit);
        assert_eq!(kept.len(), MAX_BOUNDS);
        assert!(kept.iter().all(|tally| tally.bound != bound));
    }
}

/// Nobody else is needed for that.
#[test]
fn the_container_of_what_has_too_many_bounds_moves_and_ends_with_it() {
    let (mut world, unit) = too_many_for_long();
    pass(&mut world, container(MAKER, 1), MAKER, WHOLESALER);
    let refused = refused(&mut world, WHOLESALER, out(unit));
    assert_eq!(refused, ProvenanceError::TooManyBounds);
    let end = Action::Retire {
        unit: container(MAKER, 1),
        end: End::Destroyed,
    };
    act(&mut world, WHOLESALER, end);
    let known = verify(&mut world, claim(0, 0)).unwrap();
    assert_eq!(known.state, State::Ended(End::Destroyed));
}
