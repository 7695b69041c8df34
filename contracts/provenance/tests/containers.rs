//! Containers: packed, nested, shipped, unpacked.

use crate::world::*;
use provenance::*;

/// The lot in two runs, of which the first is in a case.
fn packed() -> (World, UnitId, UnitId) {
    let (mut world, run) = commissioned();
    let rest = split(&mut world, MAKER, run, 4);
    let (run, rest) = (UnitId::Run(run), UnitId::Run(rest));
    act(&mut world, MAKER, pack(case(MAKER, 1), &[run]));
    (world, run, rest)
}

fn children(world: &mut World, number: u64) -> u32 {
    match cell(world, container(MAKER, number)) {
        Cell::Container(container) => container.children,
        Cell::Run(_) => panic!("a run"),
    }
}

#[test]
fn a_container_begins_with_what_is_packed_first_and_ends_with_what_is_unpacked_last() {
    let (mut world, run) = commissioned();
    let rest = split(&mut world, MAKER, run, 4);
    let units = [run, rest].map(UnitId::Run);
    world.advance(3);
    let said = step(&mut world, MAKER, pack(case(MAKER, 1), &units));
    let right = Step::Packed {
        container: case(MAKER, 1),
        units: units.to_vec(),
    };
    assert_eq!(said, right);
    assert_eq!(children(&mut world, 1), 2);
    let place = Place::Inside(case(MAKER, 1));
    for unit in units {
        assert_eq!(cell(&mut world, unit).unit().place, place);
    }
    let its = custody(&mut world, container(MAKER, 1));
    assert_eq!(
        (its.holder, its.site, its.since),
        (id(MAKER), site(1), START + 3)
    );
    act(&mut world, MAKER, unpack(case(MAKER, 1), &units[..1]));
    assert_eq!(custody(&mut world, units[0]), its);
    assert_eq!(children(&mut world, 1), 1);
    let said = step(&mut world, MAKER, unpack(case(MAKER, 1), &units[1..]));
    let right = Step::Unpacked {
        container: case(MAKER, 1),
        units: units[1..].to_vec(),
    };
    assert_eq!(said, right);
    let gone = world.contract().unit(container(MAKER, 1));
    assert_eq!(world.get(gone), None);
    // Its number can be used again.
    act(&mut world, MAKER, pack(case(MAKER, 1), &units));
}

#[test]
fn more_is_packed_into_an_own_container_at_the_same_place() {
    let (mut world, _, rest) = packed();
    act(
        &mut world,
        MAKER,
        Action::MoveTo {
            unit: rest,
            site: 0,
        },
    );
    let error = refused(&mut world, MAKER, pack(case(MAKER, 1), &[rest]));
    assert_eq!(error, ProvenanceError::Elsewhere);
    let site = site(1);
    act(&mut world, MAKER, Action::MoveTo { unit: rest, site });
    act(&mut world, MAKER, pack(case(MAKER, 1), &[rest]));
    assert_eq!(children(&mut world, 1), 2);
    let (mut world, _, rest) = packed();
    pass(&mut world, rest, MAKER, PHARMACY);
    let error = refused(&mut world, MAKER, pack(case(MAKER, 1), &[rest]));
    assert_eq!(error, ProvenanceError::Elsewhere);
}

#[test]
fn only_the_holder_packs_and_unpacks() {
    let errors = [ProvenanceError::NotHolder, ProvenanceError::NoStanding];
    let begin = || packed().0;
    let (_, run, rest) = packed();
    let action = |_: &World, _| pack(case(MAKER, 2), &[rest]);
    assert_eq!(may(begin, action, &errors), [MAKER]);
    let action = |_: &World, _| unpack(case(MAKER, 1), &[run]);
    assert_eq!(may(begin, action, &errors), [MAKER]);
}

#[test]
fn nobody_takes_a_container_number_away_from_another() {
    let (mut world, _, rest) = packed();
    pass(&mut world, rest, MAKER, PHARMACY);
    // In the maker's name it is refused, in its own it is another container.
    let error = refused(&mut world, PHARMACY, pack(case(MAKER, 2), &[rest]));
    assert_eq!(error, ProvenanceError::NotPacker);
    act(&mut world, PHARMACY, pack(case(PHARMACY, 1), &[rest]));
    assert_eq!(children(&mut world, 1), 1);
}

#[test]
fn the_number_of_a_container_has_its_check_digit() {
    let (mut world, _, rest) = packed();
    let mut wrong = case(MAKER, 2);
    wrong.sscc += 1;
    let error = refused(&mut world, MAKER, pack(wrong, &[rest]));
    assert_eq!(error, ProvenanceError::BadContainer);
}

#[test]
fn nothing_in_a_container_moves_or_changes_by_itself() {
    let (mut world, run, _) = packed();
    let UnitId::Run(id) = run else { panic!() };
    for action in [
        ship(run, PHARMACY, UNTIL),
        Action::CallBack { unit: run },
        Action::MoveTo { unit: run, site: 0 },
        Action::Split { run: id, length: 1 },
        Action::Join { run: id },
        Action::Retire {
            unit: run,
            end: End::Destroyed,
        },
        pack(case(MAKER, 2), &[run]),
    ] {
        let error = refused(&mut world, MAKER, action);
        assert_eq!(error, ProvenanceError::Inside);
    }
    for action in [receive(run, PHARMACY), Action::Refuse { unit: run }] {
        let error = refused(&mut world, PHARMACY, action);
        assert_eq!(error, ProvenanceError::Inside);
    }
}

#[test]
fn a_pallet_is_shipped_and_received_with_all_that_is_in_it_and_its_recipient_unpacks_it() {
    let (mut world, run, rest) = packed();
    act(
        &mut world,
        MAKER,
        pack(case(MAKER, 2), &[container(MAKER, 1), rest]),
    );
    let pallet = container(MAKER, 2);
    act(&mut world, MAKER, ship(pallet, PHARMACY, UNTIL));
    assert_eq!(state(&mut world), State::InTransit);
    let error = refused(&mut world, MAKER, unpack(case(MAKER, 2), &[rest]));
    assert_eq!(error, ProvenanceError::InTransit);
    act(&mut world, PHARMACY, receive(pallet, PHARMACY));
    let known = verify(&mut world, claim(0, 0)).unwrap();
    assert_eq!(known.state, State::Genuine);
    assert_eq!(known.custody.holder, id(PHARMACY));
    act(
        &mut world,
        PHARMACY,
        unpack(case(MAKER, 2), &[container(MAKER, 1), rest]),
    );
    act(&mut world, PHARMACY, unpack(case(MAKER, 1), &[run]));
    assert_eq!(custody(&mut world, run).holder, id(PHARMACY));
}

#[test]
fn nothing_is_packed_while_it_or_the_container_is_on_its_way() {
    let (mut world, run, rest) = packed();
    act(&mut world, MAKER, ship(rest, PHARMACY, UNTIL));
    let into = pack(case(MAKER, 1), &[rest]);
    let error = refused(&mut world, MAKER, into.clone());
    assert_eq!(error, ProvenanceError::InTransit);
    act(&mut world, MAKER, Action::CallBack { unit: rest });
    let case_one = container(MAKER, 1);
    act(&mut world, MAKER, ship(case_one, PHARMACY, UNTIL));
    let error = refused(&mut world, MAKER, into.clone());
    assert_eq!(error, ProvenanceError::InTransit);
    // A shipment that lapsed is in nobody's way, and stays behind.
    world.at(UNTIL + 1);
    act(&mut world, MAKER, into);
    act(&mut world, MAKER, unpack(case(MAKER, 1), &[run, rest]));
    for unit in [run, rest] {
        assert_eq!(custody(&mut world, unit).shipped, None);
    }
}

#[test]
fn only_what_is_directly_in_an_outermost_container_is_unpacked() {
    let (mut world, run, rest) = packed();
    act(
        &mut world,
        MAKER,
        pack(case(MAKER, 2), &[container(MAKER, 1)]),
    );
    let error = refused(&mut world, MAKER, unpack(case(MAKER, 2), &[run]));
    assert_eq!(error, ProvenanceError::Elsewhere);
    let error = refused(&mut world, MAKER, unpack(case(MAKER, 1), &[run]));
    assert_eq!(error, ProvenanceError::Inside);
    let error = refused(&mut world, MAKER, unpack(case(MAKER, 2), &[rest]));
    assert_eq!(error, ProvenanceError::Elsewhere);
    // An inner container takes nothing in either.
    let error = refused(&mut world, MAKER, pack(case(MAKER, 1), &[rest]));
    assert_eq!(error, ProvenanceError::Inside);
}

#[test]
fn containers_nest_four_deep_and_no_fifth() {
    let (mut world, _, _) = packed();
    for number in 1..4 {
        let inner = container(MAKER, number);
        act(&mut world, MAKER, pack(case(MAKER, number + 1), &[inner]));
    }
    assert_eq!(state(&mut world), State::Genuine);
    let error = refused(
        &mut world,
        MAKER,
        pack(case(MAKER, 5), &[container(MAKER, 4)]),
    );
    assert_eq!(error, ProvenanceError::TooDeep);
}

#[test]
fn nothing_is_packed_twice_or_into_itself() {
    let (mut world, run, rest) = packed();
    let itself = container(MAKER, 1);
    for (number, units) in [
        (2, vec![rest, rest]),
        (1, vec![itself]),
        (1, vec![rest, itself]),
        (1, vec![run]),
    ] {
        let error = refused(&mut world, MAKER, pack(case(MAKER, number), &units));
        assert_eq!(error, ProvenanceError::Inside);
    }
    // Into what is inside it.
    act(&mut world, MAKER, pack(case(MAKER, 2), &[itself]));
    let outer = container(MAKER, 2);
    let error = refused(&mut world, MAKER, pack(case(MAKER, 1), &[outer]));
    assert_eq!(error, ProvenanceError::Inside);
    // Unpacked twice.
    let error = refused(&mut world, MAKER, unpack(case(MAKER, 2), &[itself, itself]));
    assert_eq!(error, ProvenanceError::Elsewhere);
}

#[test]
fn one_to_64_units_are_packed_and_unpacked_at_once() {
    let (mut world, run) = commissioned();
    let units = vec![UnitId::Run(run); MAX_UNITS + 1];
    for units in [&units[..0], &units] {
        for action in [pack(case(MAKER, 1), units), unpack(case(MAKER, 1), units)] {
            let error = refused(&mut world, MAKER, action);
            assert_eq!(error, ProvenanceError::BadUnits);
        }
    }
    let (mut world, mut units) = many(MAX_UNITS as u64);
    world.watched = false;
    act(&mut world, MAKER, pack(case(MAKER, 1), &units));
    units.reverse();
    act(&mut world, MAKER, unpack(case(MAKER, 1), &units));
}

/// A lot of so many runs of one piece.
fn many(count: u64) -> (World, Vec<UnitId>) {
    let mut world = registered();
    let lot = NewLot { count, ..new_lot() };
    let id = lot_id(&lot, MAKER);
    act(&mut world, MAKER, commission(lot));
    let mut run = RunId { lot: id, first: 0 };
    let mut units = vec![UnitId::Run(run)];
    for _ in 1..count {
        run = split(&mut world, MAKER, run, 1);
        units.push(UnitId::Run(run));
    }
    (world, units)
}

#[test]
fn a_pallet_of_many_runs_moves_at_the_cost_of_a_pallet_of_one() {
    let cost = |count| {
        let (mut world, units) = many(count);
        act(&mut world, MAKER, pack(case(MAKER, 1), &units));
        let action = ship(container(MAKER, 1), PHARMACY, UNTIL);
        let receipt = world.receipt(MAKER, message(&world, None, action));
        receipt.gas.ref_time
    };
    let (one, many) = (cost(1), cost(20));
    assert!(many.abs_diff(one) < one / 1_000, "{one}, {many}");
}

#[test]
fn what_leaves_a_container_takes_its_alerts_and_suspicions_along() {
    let (mut world, run, _) = packed();
    let case_one = container(MAKER, 1);
    let target = Target::Unit(case_one);
    act(
        &mut world,
        MAKER,
        raise(target, Alert::RecallTwo, Capacity::Maker),
    );
    act(
        &mut world,
        MAKER,
        Action::Suspect {
            unit: case_one,
            capacity: Capacity::Custodian,
            reason: REASON,
        },
    );
    act(&mut world, MAKER, unpack(case(MAKER, 1), &[run]));
    let left = cell(&mut world, run);
    assert!(left.unit().alerts.raised.has(Alert::RecallTwo));
    assert_eq!(left.unit().suspected_by, [id(MAKER)]);
    assert_eq!(state(&mut world), State::Recalled(Alert::RecallTwo));
}
