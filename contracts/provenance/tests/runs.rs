//! Runs: split and joined.

use crate::world::*;
use provenance::*;

/// The length of a run.
fn length(world: &mut World, run: RunId) -> u64 {
    match cell(world, UnitId::Run(run)) {
        Cell::Run(run) => run.length,
        Cell::Container(_) => panic!("a container"),
    }
}

fn join(run: RunId) -> Action {
    Action::Join { run }
}

#[test]
fn a_run_is_split_in_two_at_the_same_place() {
    let (mut world, run) = commissioned();
    let rest = split(&mut world, MAKER, run, 4);
    assert_eq!(rest.first, 4);
    assert_eq!(length(&mut world, run), 4);
    assert_eq!(length(&mut world, rest), 6);
    let both = [run, rest].map(|run| custody(&mut world, UnitId::Run(run)));
    assert_eq!(both[0], both[1]);
    let last = split(&mut world, MAKER, rest, 5);
    assert_eq!((last.first, length(&mut world, last)), (9, 1));
}

#[test]
fn both_parts_of_a_split_have_packs() {
    let (mut world, run) = commissioned();
    for length in [0, COUNT, COUNT + 1, u64::MAX] {
        let error = refused(&mut world, MAKER, Action::Split { run, length });
        assert_eq!(error, ProvenanceError::BadSplit);
    }
    let missing = RunId { first: 1, ..run };
    let split = Action::Split {
        run: missing,
        length: 1,
    };
    assert_eq!(
        refused(&mut world, MAKER, split),
        ProvenanceError::UnknownUnit
    );
}

#[test]
fn only_the_holder_splits_and_joins() {
    let errors = [ProvenanceError::NotHolder, ProvenanceError::NoStanding];
    let (_, run) = commissioned();
    let begin = || commissioned().0;
    let action = |_: &World, _| Action::Split { run, length: 1 };
    assert_eq!(may(begin, action, &errors), [MAKER]);
    let begin = || {
        let (mut world, run) = commissioned();
        split(&mut world, MAKER, run, 1);
        world
    };
    assert_eq!(may(begin, |_, _| join(run), &errors), [MAKER]);
}

#[test]
fn neighbours_are_joined_and_a_cell_is_freed() {
    let (mut world, run) = commissioned();
    let rest = split(&mut world, MAKER, run, 4);
    let receipt = world.receipt(MAKER, message(&world, None, join(run)));
    assert_eq!(receipt.deposit.items, -1);
    assert_eq!(length(&mut world, run), COUNT);
    assert_eq!(world.get(world.contract().unit(UnitId::Run(rest))), None);
    assert_eq!(
        refused(&mut world, MAKER, join(run)),
        ProvenanceError::UnknownUnit
    );
}

#[test]
fn neighbours_that_differ_are_not_joined() {
    type Change = fn(&mut World, UnitId);
    let differ: [Change; 6] = [
        |world, unit| pass(world, unit, MAKER, PHARMACY),
        |world, unit| {
            let site = site(2);
            act(world, MAKER, Action::MoveTo { unit, site });
        },
        |world, unit| {
            let target = Target::Unit(unit);
            act(world, MAKER, raise(target, Alert::Stolen, Capacity::Maker));
        },
        |world, unit| {
            let end = End::Sample;
            act(world, MAKER, Action::Retire { unit, end });
        },
        |world, unit| act(world, MAKER, watch(unit, LOGGER)),
        |world, unit| {
            for unit in [unit, UnitId::Run(first_run())] {
                act(world, MAKER, suspect(unit, Capacity::Maker));
                act(world, MAKER, condemn(unit, Capacity::Maker));
                world.advance(1);
            }
        },
    ];
    for differ in differ {
        let (mut world, run) = commissioned();
        let rest = split(&mut world, MAKER, run, 4);
        differ(&mut world, UnitId::Run(rest));
        let error = refused(&mut world, MAKER, join(run));
        assert_eq!(error, ProvenanceError::NotAlike);
    }
}

#[test]
fn neighbours_that_came_one_after_the_other_are_joined_and_had_since_the_later() {
    let (mut world, run) = commissioned();
    let rest = split(&mut world, MAKER, run, 4);
    pass(&mut world, UnitId::Run(run), MAKER, PHARMACY);
    world.advance(7);
    pass(&mut world, UnitId::Run(rest), MAKER, PHARMACY);
    act(&mut world, PHARMACY, join(run));
    assert_eq!(custody(&mut world, UnitId::Run(run)).since, START + 7);
}

#[test]
fn what_is_on_its_way_is_neither_split_nor_joined() {
    let (mut world, run) = commissioned();
    let rest = split(&mut world, MAKER, run, 4);
    act(&mut world, MAKER, ship(UnitId::Run(rest), PHARMACY, UNTIL));
    let on_its_way = ProvenanceError::InTransit;
    assert_eq!(refused(&mut world, MAKER, join(run)), on_its_way);
    let split = Action::Split {
        run: rest,
        length: 1,
    };
    assert_eq!(refused(&mut world, MAKER, split.clone()), on_its_way);
    world.at(UNTIL + 1);
    act(&mut world, MAKER, split);
    let middle = RunId { first: 5, ..rest };
    act(&mut world, MAKER, join(rest));
    assert_eq!(world.get(world.contract().unit(UnitId::Run(middle))), None);
    act(&mut world, MAKER, join(run));
    assert_eq!(length(&mut world, run), COUNT);
}
