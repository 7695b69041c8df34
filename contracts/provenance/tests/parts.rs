//! Packs that are opened and dispensed in parts.

use crate::world::*;
use allive_merkle::Software;
use allive_olife_id_interface::Topic;
use provenance::*;

/// The pharmacy has pack 3 as a run of its own at `site(5)`, and all others; the wholesaler is a
/// pharmacy, too.
fn begin() -> World {
    let (mut world, run) = delivered();
    let both = Topic::PHARMACY.bit() | Topic::WHOLESALER.bit();
    attest(&mut world, WHOLESALER, both);
    let rest = split(&mut world, PHARMACY, run, 3);
    split(&mut world, PHARMACY, rest, 1);
    world
}

fn opened() -> World {
    let mut world = begin();
    act(&mut world, PHARMACY, part(3, 5));
    world
}

fn run() -> RunId {
    let lot = lot_id(&new_lot(), MAKER);
    RunId { lot, first: 3 }
}

fn part(index: u64, at: u64) -> Action {
    Action::DispensePart {
        claim: claim(index, index / 3 * 3).into(),
        role: Topic::PHARMACY,
        site: site(at),
        prescription: None,
    }
}

fn rest(at: u64) -> Action {
    Action::Dispense {
        claim: claim(3, 3).into(),
        role: Topic::PHARMACY,
        site: site(at),
        prescription: None,
    }
}

#[track_caller]
fn is(world: &mut World, right: State) {
    let known = verify(world, claim(3, 3)).unwrap();
    assert_eq!(known.state, right);
}

const DISPENSED: State = State::Ended(End::Dispensed);

#[test]
fn a_pack_is_dispensed_in_parts_and_then_as_a_whole() {
    let mut world = begin();
    for _ in 0..3 {
        let said = step(&mut world, PHARMACY, part(3, 5));
        let (by, site) = (id(PHARMACY), site(5));
        let right = Step::PartDispensed {
            pack: PackId {
                lot: run().lot,
                index: 3,
            },
            dispenser: Dispenser { by, site },
            role: Topic::PHARMACY,
            prescription: None,
        };
        assert_eq!(said, right);
        is(&mut world, State::PartlyDispensed);
    }
    act(&mut world, PHARMACY, rest(5));
    is(&mut world, DISPENSED);
    for action in [part(3, 5), rest(5)] {
        let error = refused(&mut world, PHARMACY, action);
        assert_eq!(error, ProvenanceError::NotActive(DISPENSED));
    }
    // Undone, the last part is there again.
    let (run, index) = (run(), 3);
    act(&mut world, PHARMACY, Action::UndoDispense { run, index });
    is(&mut world, State::PartlyDispensed);
    act(&mut world, PHARMACY, rest(5));
    is(&mut world, DISPENSED);
}

#[test]
fn only_a_pack_that_is_a_run_of_its_own_is_dispensed_in_part() {
    let mut world = begin();
    let error = refused(&mut world, PHARMACY, part(1, 5));
    assert_eq!(error, ProvenanceError::NotAlone);
}

#[test]
fn who_has_a_pack_dispenses_a_part_where_it_is_and_another_raises_an_alarm() {
    let mut world = begin();
    let error = refused(&mut world, WHOLESALER, part(3, 5));
    assert_eq!(error, ProvenanceError::NotHolder);
    let error = refused(&mut world, PHARMACY, part(3, 6));
    assert_eq!(error, ProvenanceError::Elsewhere);
    let mut world = opened();
    for action in [part(3, 6), rest(6)] {
        let error = refused(&mut world, PHARMACY, action);
        assert_eq!(error, ProvenanceError::Elsewhere);
    }
    for (times, action) in [(1, part(3, 6)), (2, rest(6))] {
        let message = message(&world, None, action);
        assert_eq!(world.done(WHOLESALER, message), Outcome::Alarm);
        let alarm = world.get(world.contract().alarm(run().lot, 3)).unwrap();
        assert_eq!(alarm.times, times);
        let (by, site) = (id(PHARMACY), site(5));
        assert_eq!(alarm.first, Dispenser { by, site });
    }
}

#[test]
fn an_opened_pack_goes_nowhere_and_is_not_whole_again_but_its_rest_can_be_destroyed() {
    let unit = UnitId::Run(run());
    let mut world = opened();
    for (action, right) in [
        (ship(unit, MAKER, UNTIL), ProvenanceError::IsRetired),
        (pack(case(PHARMACY, 1), &[unit]), ProvenanceError::IsRetired),
        (Action::Join { run: run() }, ProvenanceError::NotAlike),
        (Action::Restore { unit }, ProvenanceError::Final),
        (
            Action::Retire {
                unit,
                end: End::Sample,
            },
            ProvenanceError::IsRetired,
        ),
    ] {
        assert_eq!(refused(&mut world, PHARMACY, action), right);
    }
    let end = End::PartlyDispensed;
    let whole = UnitId::Run(RunId { first: 0, ..run() });
    let opens = Action::Retire { unit: whole, end };
    let error = refused(&mut world, PHARMACY, opens);
    assert_eq!(error, ProvenanceError::BadEnd);
    let end = End::Destroyed;
    act(&mut world, PHARMACY, Action::Retire { unit, end });
    is(&mut world, State::Ended(End::Destroyed));
}

#[test]
fn an_opened_pack_is_recalled_and_expires_as_any_other() {
    let recall = Alert::RecallOne;
    let mut world = opened();
    act(
        &mut world,
        MAKER,
        raise(Target::Lot(run().lot), recall, Capacity::Maker),
    );
    for action in [part(3, 5), rest(5)] {
        let error = refused(&mut world, PHARMACY, action);
        let right = State::Recalled(recall);
        assert_eq!(error, ProvenanceError::NotActive(right));
    }
    let mut world = opened();
    world.at(u64::from(new_lot().expiry.unwrap() + 1) * DAY);
    let error = refused(&mut world, PHARMACY, part(3, 5));
    assert_eq!(error, ProvenanceError::NotActive(State::Expired));
}

#[test]
fn each_part_uses_a_fill() {
    let mut world = begin();
    attest(&mut world, SECOND, Topic::CLINICIAN.bit());
    let second = [1; 32];
    let first = lock_of::<Software>(&second);
    let prescribe = Action::Prescribe {
        prescription: NewPrescription {
            commitment: [2; 32],
            lock: lock_of::<Software>(&first),
            fills: 2,
            expires: START + 100,
        }
        .into(),
    };
    let said: Prescribed = event(&mut world, SECOND, prescribe);
    for (secret, left) in [(first, 1), (second, 0)] {
        let prescription = said.prescription;
        let Action::DispensePart {
            claim, role, site, ..
        } = part(3, 5)
        else {
            panic!()
        };
        let fill = Some(Fill {
            prescription,
            secret,
        });
        let action = Action::DispensePart {
            claim,
            role,
            site,
            prescription: fill.map(Into::into),
        };
        let Step::PartDispensed {
            prescription: on, ..
        } = step(&mut world, PHARMACY, action)
        else {
            panic!("no part was dispensed")
        };
        assert_eq!(on, Some(prescription));
        let asked = world.contract().prescription(prescription);
        assert_eq!(world.get(asked).unwrap().fills, left);
    }
}
