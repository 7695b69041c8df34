//! What random parties say of goods, and take back: alerts, suspicions, alarms.

use super::model::{who, Model};
use crate::world::*;
use allive_support::acting::Dice;
use ink::primitives::AccountId;
use provenance::*;

const ALERTS: [Alert; 5] = [
    Alert::Stolen,
    Alert::RecallOne,
    Alert::RecallTwo,
    Alert::RecallThree,
    Alert::Withdrawn,
];

/// Who says what, unless somebody only waits.
pub fn anything(
    dice: &mut Dice,
    model: &Model,
    state: &StoredState,
) -> Option<(AccountId, Action)> {
    match dice.roll(10) {
        0..=3 => of_the_lot(dice, model),
        4 | 5 => of_a_unit(dice, state),
        6 | 7 => suspicion(dice, state),
        8 => None,
        _ => of_an_alarm(dice, model),
    }
}

fn of_the_lot(dice: &mut Dice, model: &Model) -> Option<(AccountId, Action)> {
    let mut alert = ALERTS[dice.roll(5) as usize];
    let mut raised = ALERTS.into_iter().filter(|it| model.lot.has(*it));
    if let (Some(raised), 1..=6) = (raised.next(), dice.roll(8)) {
        alert = raised;
    }
    let (by, capacity) = match dice.roll(8) {
        0 => (MAKER, Capacity::Maker),
        1..=4 => (AUTHORITY, Capacity::Authority),
        _ => (SECOND, Capacity::Authority),
    };
    let (target, reason) = (Target::Lot(the_lot()), REASON);
    let action = match dice.roll(6) {
        0 if dice.roll(6) == 0 => raise(target, alert, capacity),
        0 => return None,
        1 | 2 => Action::ProposeLowering {
            target,
            alert,
            capacity,
            reason,
        },
        _ => Action::Lower { target, alert },
    };
    Some((by, action))
}

/// Often a container, of which everything that leaves it takes along what is said.
fn of_a_unit(dice: &mut Dice, state: &StoredState) -> Option<(AccountId, Action)> {
    let alerted = state.units.iter().filter_map(|(unit, cell)| {
        let raised = cell.unit().alerts.raised;
        let mut all = ALERTS.into_iter();
        Some((*unit, all.find(|alert| raised.has(*alert))?))
    });
    let alerted: Vec<(UnitId, Alert)> = alerted.collect();
    let (capacity, reason) = (Capacity::Authority, REASON);
    let which = dice.roll(alerted.len().max(1) as u64) as usize;
    match (dice.roll(12), alerted.get(which)) {
        (0, _) => {
            let alert = ALERTS[dice.roll(5) as usize];
            let containers = state.units.keys();
            let mut containers = containers.filter(|it| matches!(it, UnitId::Container(_)));
            let unit = match containers.next() {
                Some(container) if dice.roll(2) == 0 => *container,
                _ => any_unit(dice, state),
            };
            Some((AUTHORITY, raise(Target::Unit(unit), alert, capacity)))
        }
        (1..=3, Some((unit, alert))) => {
            let propose = Action::ProposeLowering {
                target: Target::Unit(*unit),
                alert: *alert,
                capacity,
                reason,
            };
            Some((AUTHORITY, propose))
        }
        (4..=6, Some((unit, alert))) => {
            let (target, alert) = (Target::Unit(*unit), *alert);
            Some((SECOND, Action::Lower { target, alert }))
        }
        _ => None,
    }
}

fn suspicion(dice: &mut Dice, state: &StoredState) -> Option<(AccountId, Action)> {
    let authorities = [AUTHORITY, SECOND];
    let mut all = state.units.iter().filter_map(|(unit, cell)| {
        let mut authorities = authorities.into_iter();
        let by = authorities.find(|by| cell.unit().suspected_by.contains(&id(*by)))?;
        Some((*unit, by))
    });
    let (capacity, reason) = (Capacity::Authority, REASON);
    match (all.next(), dice.roll(12)) {
        (Some((unit, by)), 0) => Some((by, condemn(unit, capacity))),
        (Some((unit, by)), 1..=7) => {
            let as_authority = dice.roll(2) == 0;
            let clear = Action::Clear {
                unit,
                as_authority,
                reason,
            };
            Some((by, clear))
        }
        (None, 0..=3) => {
            let by = authorities[dice.roll(2) as usize];
            Some((by, suspect(any_unit(dice, state), capacity)))
        }
        _ => None,
    }
}

fn of_an_alarm(dice: &mut Dice, model: &Model) -> Option<(AccountId, Action)> {
    let all: Vec<u64> = model.alarms.keys().copied().collect();
    if all.is_empty() {
        return None;
    }
    let index = all[dice.roll(all.len() as u64) as usize];
    let (lot, reason) = (the_lot(), REASON);
    let pack = PackId { lot, index };
    if dice.roll(2) == 0 {
        let Alarm { first, second, .. } = model.alarms[&index];
        let by = [who(first.by), who(second.by), MAKER][dice.roll(3) as usize];
        return Some((by, Action::Explain { pack, reason }));
    }
    let (by, as_authority) = [(AUTHORITY, true), (MAKER, false)][dice.roll(2) as usize];
    let escalate = dice.roll(2) == 0;
    let settle = Action::Settle {
        pack,
        as_authority,
        escalate,
        reason,
    };
    Some((by, settle))
}

pub fn any_unit(dice: &mut Dice, state: &StoredState) -> UnitId {
    let place = dice.roll(state.units.len() as u64) as usize;
    *state.units.keys().nth(place).unwrap()
}
