//! Suspicion: a unit is quarantined until it is cleared.

use crate::world::*;
use allive_olife_id_interface::Topic;
use provenance::*;

const NOT_ALLOWED: [ProvenanceError; 5] = [
    ProvenanceError::NotAttested,
    ProvenanceError::NoStanding,
    ProvenanceError::NotMaker,
    ProvenanceError::NotHolder,
    ProvenanceError::NotSuspected,
];

fn unit() -> UnitId {
    let lot = lot_id(&new_lot(), MAKER);
    UnitId::Run(RunId { lot, first: 0 })
}

fn suspect(capacity: Capacity) -> Action {
    Action::Suspect {
        unit: unit(),
        capacity,
        reason: REASON,
    }
}

fn clear(as_authority: bool) -> Action {
    Action::Clear {
        unit: unit(),
        as_authority,
        reason: REASON,
    }
}

fn suspected() -> World {
    let (mut world, _) = delivered();
    act(&mut world, PHARMACY, suspect(Capacity::Custodian));
    world
}

#[test]
fn custodian_maker_and_authority_suspect_a_unit_which_is_quarantined() {
    for (capacity, right) in [
        (Capacity::Custodian, vec![PHARMACY]),
        (Capacity::Maker, vec![MAKER]),
        (Capacity::Authority, vec![AUTHORITY, SECOND]),
    ] {
        let begin = || delivered().0;
        let action = move |_: &World, _| suspect(capacity);
        assert_eq!(may(begin, action, &NOT_ALLOWED), right);
        let mut world = begin();
        let said: Suspected = event(&mut world, right[0], suspect(capacity));
        assert_eq!((said.by, said.reason), (id(right[0]), REASON));
        assert_eq!(state(&mut world), State::Quarantined);
    }
}

#[test]
fn whoever_suspects_it_clears_it_and_so_does_an_authority() {
    let own = |_: &World, _| clear(false);
    assert_eq!(may(suspected, own, &NOT_ALLOWED), [PHARMACY]);
    let authority = |_: &World, _| clear(true);
    assert_eq!(may(suspected, authority, &NOT_ALLOWED), [AUTHORITY, SECOND]);
    let mut world = suspected();
    let said: Cleared = event(&mut world, PHARMACY, clear(false));
    assert_eq!(said.by, id(PHARMACY));
    assert_eq!(state(&mut world), State::Genuine);
    act(&mut world, PHARMACY, suspect(Capacity::Custodian));
    assert_eq!(state(&mut world), State::Quarantined);
}

#[test]
fn it_is_quarantined_until_nobody_suspects_it_any_more() {
    let mut world = suspected();
    act(&mut world, MAKER, suspect(Capacity::Maker));
    let error = refused(&mut world, MAKER, suspect(Capacity::Maker));
    assert_eq!(error, ProvenanceError::IsSuspected);
    // Whoever gives it away can still clear it.
    pass(&mut world, unit(), PHARMACY, WHOLESALER);
    act(&mut world, PHARMACY, clear(false));
    assert_eq!(state(&mut world), State::Quarantined);
    let error = refused(&mut world, PHARMACY, clear(false));
    assert_eq!(error, ProvenanceError::NotSuspected);
    act(&mut world, MAKER, clear(false));
    assert_eq!(state(&mut world), State::Genuine);
    // An authority clears all at once.
    act(&mut world, MAKER, suspect(Capacity::Maker));
    act(&mut world, WHOLESALER, suspect(Capacity::Custodian));
    act(&mut world, AUTHORITY, clear(true));
    assert_eq!(state(&mut world), State::Genuine);
}

#[test]
fn at_most_eight_suspect_a_unit() {
    let (mut world, _) = delivered();
    for number in 0..=MAX_SUSPECTERS {
        let actor = allive_support::account(50 + number as u8);
        world.chain.endow(actor);
        attest(&mut world, actor, Topic::AUTHORITY.bit());
        let action = message(&world, None, suspect(Capacity::Authority));
        let right = if number < MAX_SUSPECTERS {
            Ok(())
        } else {
            Err(ProvenanceError::TooManySuspecters)
        };
        assert_eq!(world.answer(actor, action).map(drop), right);
    }
}
