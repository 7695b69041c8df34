//! What random holders and loggers do: mostly what can be done with a unit, and sometimes anything.

use super::{
    measured::any_measuring,
    model::*,
    say::{self, any_unit},
};
use crate::world::*;
use allive_olife_id_interface::Topic;
use allive_support::acting::Dice;
use ink::primitives::AccountId;
use provenance::*;

/// Who does what next, unless somebody only waits.
pub fn anything(
    dice: &mut Dice,
    model: &Model,
    state: &StoredState,
    now: u64,
) -> Option<(AccountId, Action)> {
    if dice.roll(6) == 0 {
        return say::anything(dice, model, state);
    }
    let (by, action) = if dice.roll(4) == 0 {
        let unit = any_unit(dice, state);
        any_measuring(dice, state, unit, now)
    } else {
        (None, any_action(dice, model, state, now))
    };
    let by = by.unwrap_or_else(|| actor_of(dice, model, state, &action));
    Some((by, action))
}

/// Mostly who may do it.
fn actor_of(dice: &mut Dice, model: &Model, state: &StoredState, action: &Action) -> AccountId {
    match action {
        Action::Redirect { .. } => AUTHORITY,
        Action::Transform { .. } => MAKER,
        Action::Receive { role, .. } if dice.roll(10) > 0 => {
            let of = ROLES.into_iter().find(|(_, own)| own == role);
            of.unwrap().0
        }
        Action::Refuse { unit } => match state.custody(*unit).shipped {
            Some(shipment) if dice.roll(4) > 0 => who(shipment.to),
            _ => HOLDERS[dice.roll(3) as usize],
        },
        Action::Ship { unit, .. }
        | Action::Watch { unit, .. }
        | Action::MoveTo { unit, .. }
        | Action::CallBack { unit }
        | Action::Retire { unit, .. }
        | Action::Restore { unit } => actor(dice, model, &state.pieces(*unit)),
        Action::Split { run, .. } | Action::Join { run } => actor(dice, model, &[run.first]),
        Action::Pack { units, .. } | Action::Unpack { units, .. } => {
            actor(dice, model, &state.pieces(units[0]))
        }
        Action::Dispense { claim, .. } | Action::DispensePart { claim, .. } => {
            match actor(dice, model, &[claim.index]) {
                // It has no role of dispensers.
                MAKER if dice.roll(4) > 0 => PHARMACY,
                other => other,
            }
        }
        Action::UndoDispense { index, .. } => actor(dice, model, &[*index]),
        _ => HOLDERS[dice.roll(3) as usize],
    }
}

/// Mostly who has the unit, otherwise anybody.
fn actor(dice: &mut Dice, model: &Model, inside: &[u64]) -> AccountId {
    match inside.first() {
        Some(first) if dice.roll(5) > 0 => model.pieces[*first as usize].holder,
        _ => HOLDERS[dice.roll(3) as usize],
    }
}

fn any_action(dice: &mut Dice, model: &Model, state: &StoredState, now: u64) -> Action {
    let live = state.units.iter();
    let live = live.filter(|(_, cell)| cell.unit().retired.is_none());
    let live: Vec<UnitId> = live.map(|(unit, _)| *unit).collect();
    let any = |dice: &mut Dice| {
        // Mostly one that still lives.
        match dice.roll(5) {
            1.. if !live.is_empty() => live[dice.roll(live.len() as u64) as usize],
            _ => any_unit(dice, state),
        }
    };
    let unit = any(dice);
    let run = state.run_of(dice.roll(COUNT));
    // Mostly a container of who has the unit, and to somebody else.
    let holder = who(state.custody(unit).holder);
    let mut to = HOLDERS[dice.roll(3) as usize];
    if to == holder && dice.roll(8) > 0 {
        to = HOLDERS[(HOLDERS.iter().position(|it| *it == to).unwrap() + 1) % 3];
    }
    let packer = if dice.roll(8) > 0 { holder } else { to };
    let container = case(packer, dice.roll(5));
    if dice.roll(4) > 0 {
        if let Some(action) = likely(dice, state, unit, now) {
            return action;
        }
    }
    match dice.roll(24) {
        0..=2 => Action::Split {
            run,
            length: 1 + dice.roll(3) * dice.roll(3),
        },
        3 => any_joining(dice, state, run),
        4..=6 => pack(container, &[unit, any(dice)][..1 + dice.roll(2) as usize]),
        7..=9 => any_unpacking(dice, state, container, unit),
        10..=12 => ship(unit, to, now + 1 + dice.roll(20)),
        13 => receive(unit, to),
        14 => Action::Refuse { unit },
        15 => Action::CallBack { unit },
        16 => Action::MoveTo {
            unit,
            site: [0, site(3), site(5)][dice.roll(3) as usize],
        },
        17 if dice.roll(4) == 0 => {
            let ends = [End::Sample, End::Exported, End::Dispensed, End::Destroyed];
            // For good only seldom.
            let count = if dice.roll(4) == 0 { 4 } else { 3 };
            let end = ends[dice.roll(count) as usize];
            Action::Retire { unit, end }
        }
        18 => Action::Restore { unit },
        19 if dice.roll(2) == 0 => any_making(dice, model, state, run, &live),
        20 if dice.roll(4) == 0 => Action::Redirect {
            unit,
            to: id(to),
            until: now + DELAY + 1 + dice.roll(20),
            reason: REASON,
        },
        21 => any_undoing(dice, model, state),
        _ => any_dispensing(dice, model, state, now),
    }
}

fn any_joining(dice: &mut Dice, state: &StoredState, any: RunId) -> Action {
    let runs = (0..COUNT).map(|index| state.run_of(index));
    let runs = runs.map(|run| {
        let unit = state.units[&UnitId::Run(run)].unit();
        (run, unit.custody().ok().map(|custody| custody.holder))
    });
    let runs: Vec<(RunId, Option<u64>)> = runs.collect();
    // Mostly two neighbours of one holder.
    let mut neighbours = runs.windows(2).filter(|pair| {
        let [(run, holder), (next, other)] = [pair[0], pair[1]];
        run != next && holder.is_some() && holder == other
    });
    let likely = neighbours.next().filter(|_| dice.roll(4) > 0);
    let run = likely.map_or(any, |pair| pair[0].0);
    Action::Join { run }
}

/// Mostly something that is in a container.
fn any_unpacking(
    dice: &mut Dice,
    state: &StoredState,
    container: ContainerId,
    any: UnitId,
) -> Action {
    let inside = state.units.iter();
    let inside = inside.filter_map(|(unit, cell)| match cell.unit().place {
        Place::Inside(container) => Some((*unit, container)),
        Place::Free(_) => None,
    });
    let inside: Vec<(UnitId, ContainerId)> = inside.collect();
    if inside.is_empty() || dice.roll(8) == 0 {
        return unpack(container, &[any]);
    }
    let (unit, container) = inside[dice.roll(inside.len() as u64) as usize];
    unpack(container, &[unit])
}

/// Mostly of what was dispensed.
fn any_undoing(dice: &mut Dice, model: &Model, state: &StoredState) -> Action {
    let index = dice.roll(COUNT);
    let mut all = (index..COUNT).chain(0..index);
    let likely = all.find(|index| model.pieces[*index as usize].dispensed.is_some());
    let index = likely.unwrap_or(index);
    let run = state.run_of(index);
    Action::UndoDispense { run, index }
}

/// What brings a unit on: back from its end, out of its container, to its recipient.
fn likely(dice: &mut Dice, state: &StoredState, unit: UnitId, now: u64) -> Option<Action> {
    let content = state.units[&unit].unit();
    let comes_back = |end| matches!(end, End::Sample | End::Exported | End::Dispensed);
    if content.retired.is_some_and(|it| comes_back(it.end)) {
        return Some(Action::Restore { unit });
    }
    match content.place {
        Place::Inside(container) => Some(unpack(container, &[unit])),
        Place::Free(custody) => {
            let shipment = custody.transit(now)?;
            Some(match dice.roll(8) {
                0 => Action::Refuse { unit },
                1 => Action::CallBack { unit },
                _ => receive(unit, who(shipment.to)),
            })
        }
    }
}

/// A pack is dispensed, or a part of it, sometimes on the prescription. Where no dispenser has one,
/// mostly one is sent to the pharmacy.
fn any_dispensing(dice: &mut Dice, model: &Model, state: &StoredState, now: u64) -> Action {
    let part = dice.roll(2) == 0;
    let mut index = dice.roll(COUNT);
    let mut all = (index..COUNT).chain(0..index);
    // In part, a run of its own.
    let likely = all.find(|index| {
        let unit = UnitId::Run(state.run_of(*index));
        let piece = model.pieces[*index as usize];
        let is_there = piece.is_left() && piece.holder != MAKER;
        is_there
            && state.units[&unit].unit().retired.is_none()
            && (!part || state.pieces(unit).len() == 1)
    });
    match (dice.roll(4), likely) {
        (1.., Some(likely)) => index = likely,
        (1.., None) => {
            let path = state.path(index);
            return ship(path[path.len() - 1], PHARMACY, now + 20);
        }
        _ => (),
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
    if part {
        Action::DispensePart {
            claim,
            role,
            site,
            prescription,
        }
    } else {
        Action::Dispense {
            claim,
            role,
            site,
            prescription,
        }
    }
}

/// Packs are packed anew: one or two short runs, so that some packs are left.
fn any_making(
    dice: &mut Dice,
    model: &Model,
    state: &StoredState,
    any: RunId,
    live: &[UnitId],
) -> Action {
    let likely = live.iter().filter_map(|unit| match unit {
        UnitId::Run(run) => Some(*run),
        UnitId::Container(_) => None,
    });
    let likely = likely.filter(|run| {
        let inside = state.pieces(UnitId::Run(*run));
        let mut all = inside.iter();
        let by_maker = all.all(|it| model.pieces[*it as usize].holder == MAKER);
        by_maker && (1..4).contains(&inside.len())
    });
    let mut inputs: Vec<RunId> = likely.take(1 + dice.roll(2) as usize).collect();
    if inputs.is_empty() || dice.roll(5) == 0 {
        inputs.push(any);
    }
    let lot = boxes(model.made.len());
    Action::Transform {
        inputs,
        outputs: vec![lot.into()],
        kind: Transformation::Repackaging,
    }
}
