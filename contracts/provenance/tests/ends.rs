//! Ends: destroyed, dispensed as a whole, given as a sample, exported; and brought back.

use crate::world::*;
use provenance::*;

const ENDS: [End; 4] = [End::Destroyed, End::Dispensed, End::Sample, End::Exported];
const OTHERS: [ProvenanceError; 2] = [ProvenanceError::NotHolder, ProvenanceError::NoStanding];

fn unit() -> UnitId {
    let lot = lot_id(&new_lot(), MAKER);
    UnitId::Run(RunId { lot, first: 0 })
}

fn retire(end: End) -> Action {
    Action::Retire { unit: unit(), end }
}

fn restore() -> Action {
    Action::Restore { unit: unit() }
}

fn retired(end: End) -> World {
    let (mut world, _) = delivered();
    act(&mut world, PHARMACY, retire(end));
    world
}

#[test]
fn the_holder_ends_a_unit_and_everybody_sees_how() {
    for end in ENDS {
        let begin = || delivered().0;
        assert_eq!(may(begin, |_, _| retire(end), &OTHERS), [PHARMACY]);
        let mut world = begin();
        let said = step(&mut world, PHARMACY, retire(end));
        let right = Step::UnitRetired {
            unit: unit(),
            end,
            by: id(PHARMACY),
            site: site(5),
        };
        assert_eq!(said, right);
        assert_eq!(state(&mut world), State::Ended(end));
    }
}

#[test]
fn only_a_dispenser_ends_a_unit_as_dispensed() {
    for (holder, right) in [
        (MAKER, Err(ProvenanceError::BadRole)),
        (CARRIER, Err(ProvenanceError::BadRole)),
        (BLOOD_SERVICE, Ok(())),
    ] {
        let (mut world, run) = commissioned();
        if holder != MAKER {
            pass(&mut world, UnitId::Run(run), MAKER, holder);
        }
        let action = message(&world, None, retire(End::Dispensed));
        assert_eq!(world.answer(holder, action).map(drop), right);
    }
}

#[test]
fn what_ended_is_neither_moved_nor_changed_nor_ended_again() {
    let mut world = retired(End::Sample);
    let UnitId::Run(run) = unit() else { panic!() };
    let (unit, site) = (unit(), 0);
    for action in [
        retire(End::Destroyed),
        ship(unit, WHOLESALER, UNTIL),
        Action::MoveTo { unit, site },
        Action::CallBack { unit },
        Action::Split { run, length: 1 },
        pack(case(PHARMACY, 1), &[unit]),
    ] {
        let error = refused(&mut world, PHARMACY, action);
        assert_eq!(error, ProvenanceError::IsRetired);
    }
}

#[test]
fn the_holder_brings_it_back_within_the_time_to_undo() {
    for end in &ENDS[1..] {
        let begin = || retired(*end);
        assert_eq!(may(begin, |_, _| restore(), &OTHERS), [PHARMACY]);
        for (later, right) in [(UNDO - 1, Ok(())), (UNDO, Err(ProvenanceError::Final))] {
            let mut world = begin();
            world.advance(later);
            let action = message(&world, None, restore());
            assert_eq!(world.answer(PHARMACY, action).map(drop), right);
        }
        let mut world = begin();
        let said = step(&mut world, PHARMACY, restore());
        let (unit, by) = (unit(), id(PHARMACY));
        assert_eq!(said, Step::UnitRestored { unit, by });
        assert_eq!(state(&mut world), State::Genuine);
        let error = refused(&mut world, PHARMACY, restore());
        assert_eq!(error, ProvenanceError::NotRetired);
        act(&mut world, PHARMACY, retire(*end));
    }
}

#[test]
fn what_was_destroyed_never_comes_back() {
    let mut world = retired(End::Destroyed);
    let error = refused(&mut world, PHARMACY, restore());
    assert_eq!(error, ProvenanceError::Final);
}

#[test]
fn what_is_recalled_stolen_or_expired_does_not_come_back() {
    let lot = lot_id(&new_lot(), MAKER);
    for (target, alert) in [
        (Target::Product(gtin()), Alert::RecallThree),
        (Target::Lot(lot), Alert::Withdrawn),
        (Target::Unit(unit()), Alert::Stolen),
    ] {
        let mut world = retired(End::Exported);
        act(&mut world, MAKER, raise(target, alert, Capacity::Maker));
        let error = refused(&mut world, PHARMACY, restore());
        assert_eq!(error, ProvenanceError::Final);
    }
    let (mut world, _) = delivered();
    let end = u64::from(new_lot().expiry.unwrap() + 1) * DAY;
    world.at(end - 1);
    act(&mut world, PHARMACY, retire(End::Exported));
    act(&mut world, PHARMACY, restore());
    act(&mut world, PHARMACY, retire(End::Exported));
    world.at(end);
    let error = refused(&mut world, PHARMACY, restore());
    assert_eq!(error, ProvenanceError::Final);
}

#[test]
fn what_is_on_its_way_does_not_end() {
    let (mut world, _) = delivered();
    let until = world.now() + 1;
    act(&mut world, PHARMACY, ship(unit(), WHOLESALER, until));
    let error = refused(&mut world, PHARMACY, retire(End::Destroyed));
    assert_eq!(error, ProvenanceError::InTransit);
}

#[test]
fn what_is_in_a_container_ends_and_comes_back_with_it() {
    let (mut world, _) = delivered();
    let (pallet, units) = (container(PHARMACY, 1), [unit()]);
    act(&mut world, PHARMACY, pack(case(PHARMACY, 1), &units));
    let end = End::Exported;
    act(&mut world, PHARMACY, Action::Retire { unit: pallet, end });
    assert_eq!(state(&mut world), State::Ended(End::Exported));
    let error = refused(&mut world, PHARMACY, unpack(case(PHARMACY, 1), &units));
    assert_eq!(error, ProvenanceError::IsRetired);
    act(&mut world, PHARMACY, Action::Restore { unit: pallet });
    assert_eq!(state(&mut world), State::Genuine);
}
