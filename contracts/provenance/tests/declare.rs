//! Events that are declared to be wrong, and questions that are counted.

use crate::world::*;
use allive_olife_id_interface::Topic;
use provenance::*;

fn declare(corrections: usize) -> Action {
    let declaration = ErrorDeclaration {
        event: [0xee; 32],
        reason: ErrorReason::IncorrectData,
        corrected_by: vec![[0xcc; 32]; corrections],
    };
    Action::DeclareError {
        declaration: declaration.into(),
    }
}

#[test]
fn every_identity_declares_that_an_event_was_wrong() {
    let all = may(
        World::new,
        |_, _| declare(1),
        &[ProvenanceError::NoStanding],
    );
    assert_eq!(all, ROLES.map(|(account, _)| account));
    let mut world = World::new();
    let said: ErrorDeclared = event(&mut world, PHARMACY, declare(2));
    let right = ErrorDeclared {
        event: [0xee; 32],
        by: id(PHARMACY),
        reason: ErrorReason::IncorrectData,
        corrected_by: vec![[0xcc; 32]; 2],
    };
    assert_eq!(said, right);
}

#[test]
fn at_most_eight_events_correct_another_and_none_itself() {
    let mut world = World::new();
    let wrong = ProvenanceError::BadDeclaration;
    let many = declare(MAX_CORRECTIONS + 1);
    assert_eq!(refused(&mut world, PHARMACY, many), wrong);
    act(&mut world, PHARMACY, declare(MAX_CORRECTIONS));
    let declaration = ErrorDeclaration {
        event: [0xee; 32],
        reason: ErrorReason::DidNotOccur,
        corrected_by: vec![[0xcc; 32], [0xee; 32]],
    };
    let itself = Action::DeclareError {
        declaration: declaration.into(),
    };
    assert_eq!(refused(&mut world, PHARMACY, itself), wrong);
}

#[test]
fn whoever_wants_to_be_counted_is_counted_for_the_lot() {
    let (mut world, run) = delivered();
    let asked = |world: &mut World| world.get(world.contract().asked(run.lot));
    assert_eq!(asked(&mut world), 0);
    for (times, index) in [(1, 3), (2, 3), (3, 4)] {
        let ask = world.contract().ask(claim(index, 0).into());
        let known = world.done(STRANGER, ask);
        assert_eq!(Ok(known), verify(&mut world, claim(index, 0)));
        assert_eq!(asked(&mut world), times);
    }
    // What is no pack is not counted, and neither is what is asked for free.
    let ask = world.contract().ask(claim(COUNT, 0).into());
    let error = world.refused(STRANGER, ask);
    assert_eq!(error, ProvenanceError::Mismatch(Mismatch::Serial));
    assert_eq!(asked(&mut world), 3);
    let dispense = Action::Dispense {
        claim: claim(3, 0).into(),
        role: Topic::PHARMACY,
        site: site(5),
        prescription: None,
    };
    act(&mut world, PHARMACY, dispense);
    let ask = world.contract().ask(claim(3, 0).into());
    let known = world.done(STRANGER, ask);
    assert_eq!(known.state, State::Ended(End::Dispensed));
}
