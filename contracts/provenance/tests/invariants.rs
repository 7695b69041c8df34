//! Random sequences of actions against a model that knows of each piece who has it and what is
//! said of it. [`StoredState::check`] holds after each step, too.

use crate::{
    measured::{any_measuring, Measured},
    replay,
    world::*,
};
use allive_merkle::Software;
use allive_olife_id_interface::Topic;
use allive_support::acting::Dice;
use ink::primitives::AccountId;
use provenance::*;

const STEPS: u64 = 2_000;
const HOLDERS: [AccountId; 3] = [MAKER, PHARMACY, WHOLESALER];
const ALERTS: [Alert; 5] = [
    Alert::Stolen,
    Alert::RecallOne,
    Alert::RecallTwo,
    Alert::RecallThree,
    Alert::Withdrawn,
];

/// What is known of a piece, without runs and containers.
#[derive(Clone, Copy, Debug)]
struct Piece {
    holder: AccountId,
    /// Stolen, and recalled or withdrawn: by what was said of its run or a container above. The
    /// random parties never lower that.
    stolen: bool,
    recalled: bool,
    /// So is what was determined to be illegitimate.
    illegitimate: bool,
    dispensed: bool,
    /// Whether that was on the prescription.
    filled: bool,
    /// Whether a part of it was dispensed.
    opened: bool,
    transformed: bool,
}

/// Fills of the one prescription.
const FILLS: u8 = 6;

/// The secret that opens the fill after so many.
fn secret(number: u8) -> [u8; 32] {
    (number..200).fold([0x5e; 32], |secret, _| lock_of::<Software>(&secret))
}

/// What the random maker makes of packs: the lots of these codes, one after the other.
fn boxes(number: usize) -> NewLot {
    NewLot {
        code: format!("BOX-{number}").into_bytes(),
        count: 3,
        serials: None,
        ..new_lot()
    }
}

struct Model {
    pieces: Vec<Piece>,
    /// What is said of the lot.
    lot: Raised,
    /// The last that was proposed to be lowered of the lot.
    proposed: Option<(Alert, AccountId, u64)>,
    /// Of which pieces each of the [`boxes`] was made.
    made: Vec<Vec<u64>>,
    /// How many fills were used, and how many of these given back.
    used: u8,
    given_back: u8,
    measured: Measured,
}

/// Mostly who has the unit, otherwise anybody.
fn actor(dice: &mut Dice, model: &Model, inside: &[u64]) -> AccountId {
    match inside.first() {
        Some(first) if dice.roll(5) > 0 => model.pieces[*first as usize].holder,
        _ => HOLDERS[dice.roll(3) as usize],
    }
}

/// A pack is dispensed, or a part of it, sometimes on the prescription.
fn any_dispensing(dice: &mut Dice, model: &Model, state: &StoredState) -> Action {
    let part = dice.roll(2) == 0;
    let mut index = dice.roll(COUNT);
    if part {
        // Mostly a pack that is a run of its own.
        let mut all = (index..COUNT).chain(0..index);
        let alone = all.find(|index| {
            let unit = UnitId::Run(state.run_of(*index));
            state.pieces(unit).len() == 1 && state.units[&unit].unit().retired.is_none()
        });
        index = alone.unwrap_or(index);
    }
    let run = state.run_of(index);
    let site = match state.units[&UnitId::Run(run)].unit().place {
        Place::Free(custody) => custody.site,
        Place::Inside(_) => site(3),
    };
    let claim = claim(index, run.first).into();
    let role = Topic::PHARMACY;
    let prescription = (dice.roll(2) == 0).then(|| Fill {
        prescription: prescription_id(LABORATORY, COMMITMENT),
        // Mostly the next one.
        secret: secret((model.used + 1).saturating_sub(u8::from(dice.roll(4) != 0))),
    });
    let prescription = prescription.map(Into::into);
    if !part {
        Action::Dispense {
            claim,
            role,
            site,
            prescription,
        }
    } else {
        Action::DispensePart {
            claim,
            role,
            site,
            prescription,
        }
    }
}

const COMMITMENT: [u8; 32] = [0xc0; 32];

fn any_action(dice: &mut Dice, model: &Model, state: &StoredState, now: u64) -> Action {
    let units: Vec<UnitId> = state.units.keys().copied().collect();
    let live = units.iter().copied();
    let live = live.filter(|unit| state.units[unit].unit().retired.is_none());
    let live: Vec<UnitId> = live.collect();
    let any = |dice: &mut Dice| {
        // Mostly one that still lives.
        let from = match dice.roll(5) {
            1.. if !live.is_empty() => &live,
            _ => &units,
        };
        from[dice.roll(from.len() as u64) as usize]
    };
    let unit = any(dice);
    let run = state.run_of(dice.roll(COUNT));
    let number = dice.roll(5);
    let packer = HOLDERS[dice.roll(3) as usize];
    let to = HOLDERS[dice.roll(3) as usize];
    let container = case(packer, number);
    // Mostly what can be done with it.
    let likely = dice.roll(4) > 0;
    let content = state.units[&unit].unit();
    let comes_back = |end| matches!(end, End::Sample | End::Exported);
    if likely && content.retired.is_some_and(|it| comes_back(it.end)) {
        return Action::Restore { unit };
    }
    match content.place {
        Place::Inside(container) if likely => return unpack(container, &[unit]),
        Place::Free(custody) if likely => {
            if let Some(shipment) = custody.transit(now) {
                let mut holders = HOLDERS.into_iter();
                let to = holders.find(|holder| id(*holder) == shipment.to);
                return receive(unit, to.unwrap());
            }
        }
        _ => (),
    }
    match dice.roll(25) {
        0..=2 => Action::Split {
            run,
            length: dice.roll(4),
        },
        3 => Action::Join { run },
        4..=6 => pack(container, &[unit, any(dice)][..1 + dice.roll(2) as usize]),
        7..=9 => unpack(container, &[unit]),
        10..=12 => ship(unit, to, now + 1 + dice.roll(20)),
        13..=15 => receive(unit, to),
        16 => Action::Refuse { unit },
        17 => Action::CallBack { unit },
        18 => Action::MoveTo {
            unit,
            site: [0, site(3), site(5)][dice.roll(3) as usize],
        },
        19 if dice.roll(4) == 0 => Action::Retire {
            unit,
            end: [End::Sample, End::Exported][dice.roll(2) as usize],
        },
        20 => Action::Restore { unit },
        24 if dice.roll(4) == 0 => Action::Redirect {
            unit,
            to: id(to),
            until: now + DELAY + 1 + dice.roll(20),
            reason: REASON,
        },
        // Of one or two short runs, so that some packs are left.
        23 if dice.roll(2) == 0 => {
            let likely = live.iter().filter_map(|unit| match unit {
                UnitId::Run(run) => Some(*run),
                UnitId::Container(_) => None,
            });
            let likely = likely.filter(|run| {
                let inside = state.pieces(UnitId::Run(*run));
                let by_maker = inside
                    .iter()
                    .all(|it| model.pieces[*it as usize].holder == MAKER);
                by_maker && (1..4).contains(&inside.len())
            });
            let mut inputs: Vec<RunId> = likely.take(1 + dice.roll(2) as usize).collect();
            if inputs.is_empty() || dice.roll(5) == 0 {
                inputs.push(run);
            }
            let lot = boxes(model.made.len());
            Action::Transform {
                inputs,
                outputs: vec![lot.into()],
                kind: Transformation::Repackaging,
            }
        }
        21 | 22 => any_dispensing(dice, model, state),
        _ => {
            let index = dice.roll(COUNT);
            let run = state.run_of(index);
            Action::UndoDispense { run, index }
        }
    }
}

/// Something is said of the lot, or taken back; now and then of a unit.
fn say(world: &mut World, dice: &mut Dice, model: &mut Model, state: &StoredState) {
    let mut alert = ALERTS[dice.roll(5) as usize];
    if let (Some(raised), 1..=6) = (
        ALERTS.into_iter().find(|it| model.lot.has(*it)),
        dice.roll(8),
    ) {
        alert = raised;
    }
    let lot = lot_id(&new_lot(), MAKER);
    let target = Target::Lot(lot);
    let now = world.now();
    let (by, capacity) = [
        (MAKER, Capacity::Maker),
        (AUTHORITY, Capacity::Authority),
        (SECOND, Capacity::Authority),
    ][dice.roll(3) as usize];
    match dice.roll(8) {
        0 if dice.roll(3) == 0 => {
            act(world, by, raise(target, alert, capacity));
            model.lot = raised(model.lot, alert);
            model.proposed = model.proposed.filter(|(of, ..)| *of != alert);
        }
        1 | 2 => {
            let reason = REASON;
            let action = Action::ProposeLowering {
                target,
                alert,
                capacity,
                reason,
            };
            let answer = world.answer(by, message(world, None, action));
            assert_eq!(answer.is_ok(), model.lot.has(alert));
            if answer.is_ok() {
                model.proposed = Some((alert, by, now));
            }
        }
        3..=5 => {
            let action = Action::Lower { target, alert };
            let answer = world.answer(by, message(world, None, action));
            let may = model.proposed.is_some_and(|(of, proposer, when)| {
                let waited = now - when;
                of == alert && proposer != by && (DELAY..2 * DELAY).contains(&waited)
            });
            assert_eq!(answer.is_ok(), may && by != MAKER);
            if answer.is_ok() {
                model.lot = Raised(model.lot.0 & !raised(Raised(0), alert).0);
                model.proposed = None;
            }
        }
        _ if dice.roll(200) == 0 => {
            let units: Vec<UnitId> = state.units.keys().copied().collect();
            let unit = units[dice.roll(units.len() as u64) as usize];
            act(world, AUTHORITY, suspect(unit, Capacity::Authority));
            act(world, AUTHORITY, condemn(unit, Capacity::Authority));
            for index in state.pieces(unit) {
                model.pieces[index as usize].illegitimate = true;
            }
        }
        _ if dice.roll(60) == 0 => {
            let units: Vec<UnitId> = state.units.keys().copied().collect();
            let unit = units[dice.roll(units.len() as u64) as usize];
            let inside = state.pieces(unit);
            let target = Target::Unit(unit);
            act(world, AUTHORITY, raise(target, alert, Capacity::Authority));
            for index in inside {
                let piece = &mut model.pieces[index as usize];
                match alert {
                    Alert::Stolen => piece.stolen = true,
                    _ => piece.recalled = true,
                }
            }
        }
        _ => world.advance(dice.roll(DELAY)),
    }
}

fn raised(set: Raised, alert: Alert) -> Raised {
    let mut alerts = Alerts {
        raised: set,
        lowering: None,
    };
    alerts.raise(alert);
    alerts.raised
}

/// What the contract answers about a piece is what the model knows.
fn compare(world: &mut World, model: &Model, state: &StoredState, index: u64) {
    let piece = model.pieces[index as usize];
    let first = state.run_of(index).first;
    let known = verify(world, claim(index, first)).unwrap();
    replay::compare(world, &claim(index, first), &known);
    assert_eq!(known.custody.holder, id(piece.holder), "who has it");
    model.measured.compare(state, index, &known);
    let stolen = piece.stolen || model.lot.has(Alert::Stolen);
    let recalled = piece.recalled || model.lot.recall().is_some();
    let right = match known.state {
        State::Stolen => stolen,
        State::Illegitimate => piece.illegitimate && !stolen,
        State::Ended(_) => !stolen && !piece.illegitimate,
        State::Recalled(_) => recalled && !stolen && !piece.illegitimate && !piece.dispensed,
        State::Genuine if known.cold.is_broken() || piece.opened => false,
        _ => !stolen && !piece.illegitimate && !recalled && !piece.dispensed,
    };
    assert!(right, "{index} is {:?}, but {piece:?}", known.state);
    if piece.dispensed && !stolen && !piece.illegitimate {
        assert!(matches!(known.state, State::Ended(_)));
    }
    if piece.transformed && !stolen && !piece.illegitimate {
        assert_eq!(known.state, State::Ended(End::Transformed));
    }
}

/// What was made of packs is known as recalled upstream if anything is said of one of these.
fn compare_made(world: &mut World, model: &Model, state: &StoredState) {
    for (number, inputs) in model.made.iter().enumerate() {
        let lot = boxes(number);
        let runs = state.units.iter().filter(|(unit, cell)| {
            let UnitId::Run(run) = unit else { return false };
            run.lot == lot_id(&lot, MAKER) && cell.unit().retired.is_none()
        });
        for (unit, _) in runs {
            let UnitId::Run(run) = unit else { panic!() };
            let claim = Claim {
                product: lot.product.clone(),
                code: lot.code.clone(),
                expiry: lot.expiry,
                index: run.first,
                first: run.first,
                proof: None,
            };
            let known = verify(world, claim.clone()).unwrap();
            replay::compare(world, &claim, &known);
            let warned = model.lot != Raised(0)
                || inputs.iter().any(|index| {
                    let piece = model.pieces[*index as usize];
                    piece.stolen || piece.recalled || piece.illegitimate
                });
            match known.state {
                State::Stolen | State::Illegitimate | State::Recalled(_) | State::Ended(_) => (),
                State::RecalledUpstream => assert!(warned),
                state => assert!(!warned, "{number} is {state:?}"),
            }
        }
    }
}

#[test]
fn whatever_is_done_every_piece_has_one_run_one_holder_and_no_alert_is_lost() {
    let (mut done, mut refused) = (0, 0);
    let (mut parts, mut transformed, mut filled) = (0, 0, 0);
    for seed in 1..=10 {
        let mut dice = Dice(seed * 0x9e37_79b9);
        let mut world = cold_lot();
        world.watched = false;
        let mut nonce = 0;
        for pharmacy in [PHARMACY, WHOLESALER] {
            let both = Topic::PHARMACY.bit() | Topic::WHOLESALER.bit();
            attest(&mut world, pharmacy, both);
        }
        attest(&mut world, LABORATORY, Topic::CLINICIAN.bit());
        let expires = world.now() + LONGEST_PRESCRIPTION;
        let prescribe = Action::Prescribe {
            prescription: NewPrescription {
                commitment: COMMITMENT,
                lock: lock_of::<Software>(&secret(0)),
                fills: FILLS,
                expires,
            }
            .into(),
        };
        act(&mut world, LABORATORY, prescribe);
        let piece = Piece {
            holder: MAKER,
            stolen: false,
            recalled: false,
            illegitimate: false,
            dispensed: false,
            filled: false,
            opened: false,
            transformed: false,
        };
        let mut model = Model {
            pieces: vec![piece; COUNT as usize],
            lot: Raised(0),
            proposed: None,
            made: Vec::new(),
            used: 0,
            given_back: 0,
            measured: Measured::new(),
        };
        for _ in 0..STEPS / 10 {
            let state = stored_state(&mut world);
            if dice.roll(6) == 0 {
                say(&mut world, &mut dice, &mut model, &state);
            } else {
                let now = world.now();
                let (action, speaker) = if dice.roll(4) == 0 {
                    let units: Vec<UnitId> = state.units.keys().copied().collect();
                    let unit = units[dice.roll(units.len() as u64) as usize];
                    any_measuring(&mut dice, &state, unit, now)
                } else {
                    (any_action(&mut dice, &model, &state, now), None)
                };
                let by = match &action {
                    _ if speaker.is_some() => speaker.unwrap(),
                    Action::Redirect { .. } => AUTHORITY,
                    Action::Receive { role, .. } if dice.roll(10) > 0 => {
                        let of = ROLES.into_iter().find(|(_, own)| own == role);
                        of.unwrap().0
                    }
                    Action::Ship { unit, .. }
                    | Action::Watch { unit, .. }
                    | Action::MoveTo { unit, .. }
                    | Action::CallBack { unit }
                    | Action::Retire { unit, .. }
                    | Action::Restore { unit } => actor(&mut dice, &model, &state.pieces(*unit)),
                    Action::Split { run, .. } | Action::Join { run } => {
                        actor(&mut dice, &model, &[run.first])
                    }
                    Action::Pack { units, .. } | Action::Unpack { units, .. } => {
                        actor(&mut dice, &model, &state.pieces(units[0]))
                    }
                    Action::Dispense { claim, .. } | Action::DispensePart { claim, .. } => {
                        actor(&mut dice, &model, &[claim.index])
                    }
                    Action::Transform { .. } => MAKER,
                    Action::UndoDispense { index, .. } => actor(&mut dice, &model, &[*index]),
                    _ => HOLDERS[dice.roll(3) as usize],
                };
                // Now and then it is signed, and somebody else submits it.
                let answer = if dice.roll(4) == 0 {
                    nonce += 1;
                    let request = request_of(&mut world, by, action.clone(), nonce);
                    let message = submitted(&world, by, &request);
                    world.answer(STRANGER, message)
                } else {
                    let message = message(&world, None, action.clone());
                    world.answer(by, message)
                };
                if answer.is_ok() {
                    model.measured.done(&state, &action, now);
                }
                match (answer, action) {
                    (Err(_), _) => refused += 1,
                    (Ok(_), Action::Receive { unit, .. }) => {
                        done += 1;
                        for index in state.pieces(unit) {
                            model.pieces[index as usize].holder = by;
                        }
                    }
                    (
                        Ok(Outcome::Done),
                        Action::Dispense {
                            claim,
                            prescription,
                            ..
                        },
                    ) => {
                        done += 1;
                        let piece = &mut model.pieces[claim.index as usize];
                        assert!(!piece.dispensed && !piece.transformed, "{piece:?}");
                        piece.dispensed = true;
                        piece.filled = prescription.is_some();
                        model.used += u8::from(piece.filled);
                    }
                    (
                        Ok(Outcome::Done),
                        Action::DispensePart {
                            claim,
                            prescription,
                            ..
                        },
                    ) => {
                        done += 1;
                        parts += 1;
                        let piece = &mut model.pieces[claim.index as usize];
                        assert!(!piece.dispensed && !piece.transformed, "{piece:?}");
                        piece.opened = true;
                        model.used += u8::from(prescription.is_some());
                    }
                    (Ok(_), Action::UndoDispense { index, .. }) => {
                        done += 1;
                        let piece = &mut model.pieces[index as usize];
                        piece.dispensed = false;
                        model.given_back += u8::from(piece.filled);
                        piece.filled = false;
                    }
                    (Ok(_), Action::Transform { inputs, .. }) => {
                        done += 1;
                        transformed += 1;
                        let all = inputs.iter();
                        let all = all.flat_map(|run| state.pieces(UnitId::Run(*run)));
                        let all: Vec<u64> = all.collect();
                        for index in &all {
                            let piece = &mut model.pieces[*index as usize];
                            let whole = !piece.dispensed && !piece.opened && !piece.transformed;
                            let warned = piece.stolen || piece.recalled || model.lot != Raised(0);
                            assert!(whole && !warned && piece.holder == MAKER, "{piece:?}");
                            piece.transformed = true;
                        }
                        model.made.push(all);
                    }
                    (Ok(_), _) => done += 1,
                }
                world.advance(dice.roll(5));
            }
            let state = stored_state(&mut world);
            for index in [dice.roll(COUNT), dice.roll(COUNT)] {
                compare(&mut world, &model, &state, index);
            }
            compare_made(&mut world, &model, &state);
            let asked = world
                .contract()
                .prescription(prescription_id(LABORATORY, COMMITMENT));
            let left = world.get(asked).unwrap().fills;
            assert_eq!(left + model.used, FILLS + model.given_back);
        }
        filled += u32::from(model.used);
        let state = stored_state(&mut world);
        for index in 0..COUNT {
            compare(&mut world, &model, &state, index);
        }
    }
    assert!(done > STEPS / 8, "{done} done, {refused} refused");
    let rare = [parts, transformed, filled];
    assert!(rare.iter().all(|times| *times > 0), "{rare:?}");
}
