//! Who acts: by its own key, as a delegate, and where Olife ID does not answer.

use crate::world::*;
use ::false_id::{FalseId, Mode};
use allive_calls::at;
use allive_olife_id_interface::{Standing, Topic};
use ink::primitives::LangError;
use provenance::*;
use scale::Encode;

/// Every kind of question: of the role, and of the holder.
fn actions() -> [Action; 2] {
    let lot = NewLot {
        code: b"LOT-2".to_vec(),
        ..new_lot()
    };
    let run = RunId {
        lot: lot_id(&new_lot(), MAKER),
        first: 0,
    };
    [commission(lot), ship(UnitId::Run(run), PHARMACY, UNTIL)]
}

fn behave(world: &mut World, mode: Mode) {
    world.tell(ADMIN, at::<FalseId>(world.identities).behave(mode));
}

#[test]
fn whoever_has_no_identity_does_nothing() {
    let (mut world, _) = commissioned();
    for action in actions() {
        let error = refused(&mut world, STRANGER, action);
        assert_eq!(error, ProvenanceError::NoStanding);
    }
}

#[test]
fn an_organisation_acts_by_whom_olife_id_lets_act_for_it() {
    for action in actions() {
        let (mut world, _) = commissioned();
        let other = message(&world, Some(id(MAKER)), action.clone());
        assert_eq!(world.refused(STRANGER, other), ProvenanceError::NoStanding);
        // So Olife ID answers of a delegate of the maker's.
        let standing = Standing {
            identity: id(MAKER),
            held: Topic::MANUFACTURER.bit(),
            trust: 0,
        };
        let answer: Result<Option<Standing>, LangError> = Ok(Some(standing));
        let (bytes, reverted) = (answer.encode(), false);
        behave(&mut world, Mode::Answers { bytes, reverted });
        let message = message(&world, Some(id(MAKER)), action);
        world.done(STRANGER, message);
    }
}

#[test]
fn whoever_names_an_organisation_does_not_act_for_itself() {
    let (mut world, _) = commissioned();
    for action in actions() {
        let message = message(&world, Some(id(RIVAL)), action);
        assert_eq!(world.refused(MAKER, message), ProvenanceError::NoStanding);
    }
}

#[test]
fn a_key_of_an_organisation_may_name_it() {
    let (mut world, _) = commissioned();
    for action in actions() {
        let message = message(&world, Some(id(MAKER)), action.clone());
        world.done(MAKER, message);
    }
}

#[test]
fn where_olife_id_does_not_answer_nothing_is_done() {
    let (mut world, _) = commissioned();
    let bytes = vec![9];
    for mode in [
        Mode::Traps,
        Mode::Answers {
            bytes,
            reverted: true,
        },
    ] {
        behave(&mut world, mode);
        for action in actions() {
            for organisation in [None, Some(id(MAKER))] {
                let message = message(&world, organisation, action.clone());
                assert_eq!(world.refused(MAKER, message), ProvenanceError::NoAnswer);
            }
        }
    }
}
