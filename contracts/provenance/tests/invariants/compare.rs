//! What is stored, and what the contract answers, is what the model knows.

use super::model::*;
use crate::{replay, world::*};
use provenance::*;

/// Of every piece, by what is stored.
pub fn stored(model: &Model, state: &StoredState) {
    let dispensed = state.words.get(&(the_lot(), 0));
    for index in 0..COUNT {
        let piece = model.pieces[index as usize];
        let path = state.path(index);
        let units = path.iter().map(|unit| state.units[unit].unit());
        let raised = units.fold(Raised(0), |all, unit| all.and(unit.alerts.raised));
        assert_eq!(raised, piece.raised, "what is said of {index}");
        let holder = state.custody(path[0]).holder;
        assert_eq!(holder, id(piece.holder), "who has {index}");
        let was_dispensed = dispensed.is_some_and(|word| word.has(index as u8));
        assert_eq!(was_dispensed, piece.dispensed.is_some(), "{index}");
        let end = state.units[&path[0]].unit().retired.map(|it| it.end);
        assert_eq!(end == Some(End::Transformed), piece.transformed, "{index}");
        if piece.opened && !piece.destroyed {
            assert_eq!(end, Some(End::PartlyDispensed), "{index}");
        }
        model.measured.compare(state, index);
    }
    let alarms = model.alarms.iter();
    let alarms = alarms.map(|(index, alarm)| ((the_lot(), *index), *alarm));
    assert_eq!(state.alarms, alarms.collect(), "no alarm is lost");
    assert_eq!(state.lots[&the_lot()].alerts.raised, model.lot);
    let prescription = prescription_id(LABORATORY, COMMITMENT);
    assert_eq!(state.prescriptions[&prescription].fills, model.fills());
}

/// Of a piece, by what everybody is answered.
pub fn answered(world: &mut World, model: &Model, state: &StoredState, index: u64) {
    let piece = model.pieces[index as usize];
    let path = state.path(index);
    let UnitId::Run(run) = path[0] else { panic!() };
    let claim = claim(index, run.first);
    let known = verify(world, claim.clone()).unwrap();
    replay::compare(world, &claim, &known);
    assert_eq!(known.custody.holder, id(piece.holder), "who has it");
    model.measured.compare_answer(index, &known);
    let units = || path.iter().map(|unit| state.units[unit].unit());
    let ended = units().any(|unit| unit.retired.is_some());
    let suspected = units().any(|unit| !unit.suspected_by.is_empty());
    assert_eq!(known.suspected, suspected);
    let raised = piece.raised.and(model.lot);
    let [stolen, illegitimate] = [Alert::Stolen, Alert::Illegitimate].map(|it| raised.has(it));
    let recall = raised.recall();
    let gone = piece.dispensed.is_some() || ended && !piece.opened || piece.destroyed;
    let right = match known.state {
        State::Stolen => stolen,
        State::Illegitimate => illegitimate && !stolen,
        _ if stolen || illegitimate => false,
        State::Ended(end) => gone && (end == End::Destroyed) == piece.destroyed,
        _ if gone => false,
        State::Recalled(alert) => recall == Some(alert),
        _ if recall.is_some() => false,
        State::Quarantined => suspected || known.cold.is_broken(),
        _ if suspected || known.cold.is_broken() => false,
        State::InTransit => known.custody.shipped.is_some(),
        State::PartlyDispensed => piece.opened,
        State::Genuine => !piece.opened,
        State::Expired | State::RecalledUpstream => false,
    };
    assert!(right, "{index} is {:?}, but {piece:?}", known.state);
    if piece.transformed && !stolen && !illegitimate && !piece.destroyed {
        assert_eq!(known.state, State::Ended(End::Transformed));
    }
}

/// A pack has one index and one run: its label is no other pack, and nowhere else.
pub fn mislabelled(world: &mut World, state: &StoredState, index: u64, other: u64) {
    if index == other {
        return;
    }
    let [own, others] = [index, other].map(|index| state.run_of(index).first);
    let copied = Claim {
        index: other,
        first: others,
        ..claim(index, own)
    };
    assert_eq!(verify(world, copied), Err(Mismatch::Serial));
    if own != others {
        assert_eq!(verify(world, claim(index, others)), Err(Mismatch::Run));
    }
}

/// What was made of packs is known as recalled upstream if anything is said of one of these.
pub fn made(world: &mut World, model: &Model, state: &StoredState, number: usize) {
    let lot = boxes(number);
    let id = lot_id(&lot, MAKER);
    let runs = state.units.iter().filter_map(|(unit, cell)| match unit {
        UnitId::Run(run) if run.lot == id && cell.unit().retired.is_none() => Some(*run),
        _ => None,
    });
    let inputs = model.made[number].iter();
    let inputs = inputs.map(|index| model.pieces[*index as usize].raised);
    let warned = inputs.fold(model.lot, Raised::and) != Raised(0);
    for run in runs {
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
        match known.state {
            State::Stolen | State::Illegitimate | State::Recalled(_) | State::Ended(_) => (),
            State::RecalledUpstream => assert!(warned),
            state => assert!(!warned, "{number} is {state:?}"),
        }
    }
}
