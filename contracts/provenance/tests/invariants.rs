//! Random sequences of actions against a model that knows of each piece who has it and what is
//! said of it. [`StoredState::check`] holds after each step, too.

use crate::{
    measured::{any_measuring, Measured},
    world::*,
};
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
}

struct Model {
    pieces: Vec<Piece>,
    /// What is said of the lot.
    lot: Raised,
    /// The last that was proposed to be lowered of the lot.
    proposed: Option<(Alert, AccountId, u64)>,
    measured: Measured,
}

/// Mostly who has the unit, otherwise anybody.
fn actor(dice: &mut Dice, model: &Model, inside: &[u64]) -> AccountId {
    if dice.roll(5) > 0 {
        model.pieces[inside[0] as usize].holder
    } else {
        HOLDERS[dice.roll(3) as usize]
    }
}

fn any_action(dice: &mut Dice, state: &StoredState, now: u64) -> Action {
    let units: Vec<UnitId> = state.units.keys().copied().collect();
    let any = |dice: &mut Dice| units[dice.roll(units.len() as u64) as usize];
    let unit = any(dice);
    let run = state.run_of(dice.roll(COUNT));
    let number = dice.roll(5);
    let packer = HOLDERS[dice.roll(3) as usize];
    let to = HOLDERS[dice.roll(3) as usize];
    let container = case(packer, number);
    // Mostly what can be done with it.
    let likely = dice.roll(4) > 0;
    let content = state.units[&unit].unit();
    if likely && content.retired.is_some() {
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
        21 | 22 => Action::Dispense {
            claim: {
                let index = dice.roll(COUNT);
                claim(index, state.run_of(index).first).into()
            },
            role: Topic::PHARMACY,
            site: match content.place {
                Place::Free(custody) => custody.site,
                Place::Inside(_) => site(3),
            },
        },
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
            let answer = world.answer(by, message(&world, None, action));
            assert_eq!(answer.is_ok(), model.lot.has(alert));
            if answer.is_ok() {
                model.proposed = Some((alert, by, now));
            }
        }
        3..=5 => {
            let action = Action::Lower { target, alert };
            let answer = world.answer(by, message(&world, None, action));
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
    assert_eq!(known.custody.holder, id(piece.holder), "who has it");
    model.measured.compare(state, index, &known);
    let stolen = piece.stolen || model.lot.has(Alert::Stolen);
    let recalled = piece.recalled || model.lot.recall().is_some();
    let right = match known.state {
        State::Stolen => stolen,
        State::Illegitimate => piece.illegitimate && !stolen,
        State::Ended(_) => !stolen && !piece.illegitimate,
        State::Recalled(_) => recalled && !stolen && !piece.illegitimate && !piece.dispensed,
        State::Genuine if known.cold.is_broken() => false,
        _ => !stolen && !piece.illegitimate && !recalled && !piece.dispensed,
    };
    assert!(right, "{index} is {:?}, but {piece:?}", known.state);
    if piece.dispensed && !stolen && !piece.illegitimate {
        assert!(matches!(known.state, State::Ended(_)));
    }
}

#[test]
fn whatever_is_done_every_piece_has_one_run_one_holder_and_no_alert_is_lost() {
    let (mut done, mut refused) = (0, 0);
    for seed in 1..=4 {
        let mut dice = Dice(seed * 0x9e37_79b9);
        let mut world = cold_lot();
        world.watched = false;
        let mut nonce = 0;
        for pharmacy in [PHARMACY, WHOLESALER] {
            let both = Topic::PHARMACY.bit() | Topic::WHOLESALER.bit();
            attest(&mut world, pharmacy, both);
        }
        let piece = Piece {
            holder: MAKER,
            stolen: false,
            recalled: false,
            illegitimate: false,
            dispensed: false,
        };
        let mut model = Model {
            pieces: vec![piece; COUNT as usize],
            lot: Raised(0),
            proposed: None,
            measured: Measured::new(),
        };
        for _ in 0..STEPS / 4 {
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
                    (any_action(&mut dice, &state, now), None)
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
                    Action::Dispense { claim, .. } => actor(&mut dice, &model, &[claim.index]),
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
                    (Ok(Outcome::Done), Action::Dispense { claim, .. }) => {
                        done += 1;
                        model.pieces[claim.index as usize].dispensed = true;
                    }
                    (Ok(_), Action::UndoDispense { index, .. }) => {
                        done += 1;
                        model.pieces[index as usize].dispensed = false;
                    }
                    (Ok(_), _) => done += 1,
                }
                world.advance(dice.roll(5));
            }
            let state = stored_state(&mut world);
            for index in [dice.roll(COUNT), dice.roll(COUNT)] {
                compare(&mut world, &model, &state, index);
            }
        }
        let state = stored_state(&mut world);
        for index in 0..COUNT {
            compare(&mut world, &model, &state, index);
        }
    }
    assert!(done > STEPS / 8, "{done} done, {refused} refused");
}
