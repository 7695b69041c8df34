//! Prescriptions, filled by dispensing.

use crate::world::*;
use allive_merkle::Software;
use allive_olife_id_interface::Topic;
use ink::primitives::AccountId;
use provenance::*;

const DOCTOR: AccountId = SECOND;
const COMMITMENT: [u8; 32] = [0xc0; 32];
const EXPIRES: u64 = START + 300;

/// The secret that opens the fill after so many, the last first: each is the lock of the next one.
fn secrets() -> [[u8; 32]; 6] {
    let mut secret = [0x5e; 32];
    let mut all = [secret; 6];
    for place in all.iter_mut().rev() {
        *place = secret;
        secret = lock_of::<Software>(&secret);
    }
    all
}

fn prescribe(fills: u8) -> Action {
    Action::Prescribe {
        prescription: NewPrescription {
            commitment: COMMITMENT,
            lock: lock_of::<Software>(&secrets()[0]),
            fills,
            expires: EXPIRES,
        }
        .into(),
    }
}

fn prescription(world: &mut World) -> Prescription {
    let prescription = prescription_id(DOCTOR, COMMITMENT);
    let asked = world.contract().prescription(prescription);
    world.get(asked).unwrap()
}

fn cancel(as_authority: bool) -> Action {
    Action::CancelPrescription {
        prescription: prescription_id(DOCTOR, COMMITMENT),
        as_authority,
    }
}

/// A clinician, and two pharmacies: one has the packs 0 to 4 at `site(5)`, the other those from 5
/// at `site(3)`.
fn begin() -> World {
    let (mut world, run) = commissioned();
    attest(&mut world, DOCTOR, Topic::CLINICIAN.bit());
    let both = Topic::PHARMACY.bit() | Topic::WHOLESALER.bit();
    attest(&mut world, WHOLESALER, both);
    let rest = split(&mut world, MAKER, run, 5);
    pass(&mut world, UnitId::Run(run), MAKER, PHARMACY);
    pass(&mut world, UnitId::Run(rest), MAKER, WHOLESALER);
    world
}

fn prescribed(fills: u8) -> World {
    let mut world = begin();
    act(&mut world, DOCTOR, prescribe(fills));
    world
}

/// Dispenses a pack for the secret of this number.
fn fill(index: u64, number: usize) -> Action {
    let fill = Fill {
        prescription: prescription_id(DOCTOR, COMMITMENT),
        secret: secrets()[number],
    };
    dispense(index, Some(fill))
}

fn dispense(index: u64, prescription: Option<Fill>) -> Action {
    let (first, site) = if index < 5 {
        (0, site(5))
    } else {
        (5, site(3))
    };
    Action::Dispense {
        claim: claim(index, first).into(),
        role: Topic::PHARMACY,
        site,
        prescription: prescription.map(Into::into),
    }
}

fn undo(index: u64) -> Action {
    let lot = lot_id(&new_lot(), MAKER);
    let first = if index < 5 { 0 } else { 5 };
    let run = RunId { lot, first };
    Action::UndoDispense { run, index }
}

#[test]
fn a_clinician_prescribes_so_many_fills_until_an_end() {
    let errors = [ProvenanceError::NotAttested, ProvenanceError::NoStanding];
    let may = may(begin, |_, _| prescribe(2), &errors);
    assert_eq!(may, [DOCTOR]);
    let mut world = begin();
    let said: Prescribed = event(&mut world, DOCTOR, prescribe(2));
    let right = Prescribed {
        prescription: prescription_id(DOCTOR, COMMITMENT),
        prescriber: id(DOCTOR),
        commitment: COMMITMENT,
        fills: 2,
        expires: EXPIRES,
    };
    assert_eq!(said, right);
    let right = Prescription {
        prescriber: id(DOCTOR),
        fills: 2,
        expires: EXPIRES,
        lock: lock_of::<Software>(&secrets()[0]),
    };
    assert_eq!(prescription(&mut world), right);
    let error = refused(&mut world, DOCTOR, prescribe(2));
    assert_eq!(error, ProvenanceError::PrescriptionExists);
    // Another clinician takes nothing away by the same commitment.
    attest(&mut world, AUTHORITY, Topic::CLINICIAN.bit());
    act(&mut world, AUTHORITY, prescribe(1));
    assert_eq!(prescription(&mut world), right);
}

#[test]
fn a_prescription_has_1_to_99_fills_and_lasts_at_most_a_year() {
    let mut world = begin();
    let now = world.now();
    let with = |fills, expires| Action::Prescribe {
        prescription: NewPrescription {
            commitment: COMMITMENT,
            lock: [0; 32],
            fills,
            expires,
        }
        .into(),
    };
    for fills in [0, MAX_FILLS + 1] {
        let error = refused(&mut world, DOCTOR, with(fills, EXPIRES));
        assert_eq!(error, ProvenanceError::BadFills);
    }
    for expires in [now, now + LONGEST_PRESCRIPTION + 1] {
        let error = refused(&mut world, DOCTOR, with(1, expires));
        assert_eq!(error, ProvenanceError::BadDeadline);
    }
    act(
        &mut world,
        DOCTOR,
        with(MAX_FILLS, now + LONGEST_PRESCRIPTION),
    );
    let mut world = begin();
    let soon = world.now() + 1;
    act(&mut world, DOCTOR, with(1, soon));
}

#[test]
fn each_fill_counts_once_and_none_after_the_end() {
    let mut world = prescribed(2);
    let first = fill(0, 0);
    let Step::PackDispensed {
        prescription: on, ..
    } = step(&mut world, PHARMACY, first)
    else {
        panic!("nothing was dispensed")
    };
    assert_eq!(on, Some(prescription_id(DOCTOR, COMMITMENT)));
    // The same fill in another pharmacy.
    let again = fill(5, 0);
    let error = refused(&mut world, WHOLESALER, again);
    assert_eq!(error, ProvenanceError::WrongSecret);
    // The one after the next.
    let early = fill(5, 2);
    let error = refused(&mut world, WHOLESALER, early);
    assert_eq!(error, ProvenanceError::WrongSecret);
    let second = fill(5, 1);
    act(&mut world, WHOLESALER, second);
    assert_eq!(prescription(&mut world).fills, 0);
    let third = fill(1, 2);
    let error = refused(&mut world, PHARMACY, third);
    assert_eq!(error, ProvenanceError::NoFillLeft);
    for (moment, right) in [
        (EXPIRES - 1, Ok(())),
        (EXPIRES, Err(ProvenanceError::Lapsed)),
    ] {
        let mut world = prescribed(1);
        world.at(moment);
        let action = fill(0, 0);
        let message = message(&world, None, action);
        assert_eq!(world.answer(PHARMACY, message).map(drop), right);
    }
    let mut world = begin();
    let unknown = fill(0, 0);
    let error = refused(&mut world, PHARMACY, unknown);
    assert_eq!(error, ProvenanceError::UnknownPrescription);
}

#[test]
fn a_prescription_counts_that_was_given_in_the_role_whatever_came_of_the_role() {
    let mut world = prescribed(1);
    attest(&mut world, DOCTOR, 0);
    let action = fill(0, 0);
    act(&mut world, PHARMACY, action);
}

#[test]
fn who_prescribed_it_or_an_authority_cancels_a_prescription() {
    let errors = [
        ProvenanceError::NotPrescriber,
        ProvenanceError::NoStanding,
        ProvenanceError::NotAttested,
    ];
    let begin = || prescribed(2);
    for (as_authority, right) in [(false, DOCTOR), (true, AUTHORITY)] {
        let action = |_: &World, _| cancel(as_authority);
        assert_eq!(may(begin, action, &errors), [right]);
    }
    // Without its role, too.
    let mut world = begin();
    attest(&mut world, DOCTOR, 0);
    let action = cancel(false);
    let said: PrescriptionCancelled = event(&mut world, DOCTOR, action.clone());
    assert_eq!(said.by, id(DOCTOR));
    // In the same block, and later.
    for _ in 0..2 {
        let late = fill(0, 0);
        let error = refused(&mut world, PHARMACY, late);
        assert_eq!(error, ProvenanceError::Lapsed);
        let error = refused(&mut world, DOCTOR, action.clone());
        assert_eq!(error, ProvenanceError::Lapsed);
        world.advance(1);
    }
}

#[test]
fn undoing_a_dispensing_gives_back_its_fill_and_no_other() {
    let mut world = prescribed(2);
    let first = fill(0, 0);
    act(&mut world, PHARMACY, first.clone());
    act(&mut world, PHARMACY, dispense(1, None));
    act(&mut world, PHARMACY, undo(1));
    assert_eq!(prescription(&mut world).fills, 1);
    act(&mut world, PHARMACY, undo(0));
    assert_eq!(prescription(&mut world).fills, 2);
    let error = refused(&mut world, PHARMACY, undo(0));
    assert_eq!(error, ProvenanceError::NotDispensed);
    // Everybody has seen the secret of the first fill by now.
    let error = refused(&mut world, PHARMACY, first);
    assert_eq!(error, ProvenanceError::WrongSecret);
    for (by, index, number) in [(WHOLESALER, 5, 1), (PHARMACY, 0, 2)] {
        let action = fill(index, number);
        act(&mut world, by, action);
    }
    assert_eq!(prescription(&mut world).fills, 0);
    // Without the prescription it can be undone, too.
    let cancelled = cancel(false);
    act(&mut world, DOCTOR, cancelled);
    act(&mut world, PHARMACY, undo(0));
}

#[test]
fn an_alarm_uses_no_fill() {
    let mut world = prescribed(1);
    act(&mut world, PHARMACY, dispense(0, None));
    let copied = fill(0, 0);
    let message = message(&world, None, copied);
    assert_eq!(world.done(WHOLESALER, message), Outcome::Alarm);
    assert_eq!(prescription(&mut world).fills, 1);
}

#[test]
fn a_prescription_is_forgotten_when_no_fill_can_be_given_back_any_more() {
    let mut world = prescribed(1);
    world.at(EXPIRES - 1);
    let last = fill(0, 0);
    act(&mut world, PHARMACY, last);
    let prescription = prescription_id(DOCTOR, COMMITMENT);
    let prune = world.contract().prune_prescription(prescription);
    world.at(EXPIRES + UNDO - 1);
    let error = world.refused(STRANGER, prune);
    assert_eq!(error, ProvenanceError::NothingToPrune);
    world.advance(1);
    let error = refused(&mut world, PHARMACY, undo(0));
    assert_eq!(error, ProvenanceError::Final);
    let prune = |world: &World| world.contract().prune_prescription(prescription);
    let receipt = world.receipt(STRANGER, prune(&world));
    assert!(receipt.deposit.bytes < 0);
    let error = world.refused(STRANGER, prune(&world));
    assert_eq!(error, ProvenanceError::UnknownPrescription);
}
