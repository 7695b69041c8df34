//! Alerts: raised at once, lowered slowly by two.

use crate::world::*;
use provenance::*;

const NOT_ALLOWED: [ProvenanceError; 4] = [
    ProvenanceError::NotAttested,
    ProvenanceError::NoStanding,
    ProvenanceError::NotMaker,
    ProvenanceError::NotHolder,
];

const ALL: [Alert; 5] = [
    Alert::Stolen,
    Alert::RecallOne,
    Alert::RecallTwo,
    Alert::RecallThree,
    Alert::Withdrawn,
];

fn run() -> RunId {
    let lot = lot_id(&new_lot(), MAKER);
    RunId { lot, first: 0 }
}

fn targets() -> [Target; 4] {
    [
        Target::Product(gtin()),
        Target::Lot(run().lot),
        Target::Unit(UnitId::Run(run())),
        Target::Unit(container(PHARMACY, 1)),
    ]
}

/// The pharmacy has received the run, and packed it.
fn packed() -> World {
    let (mut world, run) = delivered();
    let units = [UnitId::Run(run)];
    act(&mut world, PHARMACY, pack(case(PHARMACY, 1), &units));
    world
}

fn propose(target: Target, alert: Alert, capacity: Capacity) -> Action {
    Action::ProposeLowering {
        target,
        alert,
        capacity,
        reason: REASON,
    }
}

fn lower(target: Target, alert: Alert) -> Action {
    Action::Lower { target, alert }
}

fn lot() -> Target {
    Target::Lot(run().lot)
}

/// The lot is recalled, and its maker has proposed to lower that.
fn proposed() -> World {
    let mut world = commissioned().0;
    let (alert, maker) = (Alert::RecallOne, Capacity::Maker);
    act(&mut world, MAKER, raise(lot(), alert, maker));
    let said: LoweringProposed = event(&mut world, MAKER, propose(lot(), alert, maker));
    assert_eq!(said.ready, START + DELAY);
    world
}

#[test]
fn maker_and_authority_raise_alerts_of_product_lot_and_run_at_once() {
    for target in &targets()[..3] {
        for alert in &ALL[1..] {
            let action = |capacity| move |_: &World, _| raise(target.clone(), *alert, capacity);
            let maker = may(packed, action(Capacity::Maker), &NOT_ALLOWED);
            assert_eq!(maker, [MAKER]);
            let authority = may(packed, action(Capacity::Authority), &NOT_ALLOWED);
            assert_eq!(authority, [AUTHORITY, SECOND]);
            let mut world = packed();
            let action = raise(target.clone(), *alert, Capacity::Maker);
            let said: AlertRaised = event(&mut world, MAKER, action);
            assert_eq!((said.by, said.reason), (id(MAKER), REASON));
            assert_eq!(state(&mut world), State::Recalled(*alert));
        }
    }
}

#[test]
fn the_custodian_says_only_that_something_was_stolen_also_from_inside_a_container() {
    let stolen = |target: Target| {
        move |_: &World, _| raise(target.clone(), Alert::Stolen, Capacity::Custodian)
    };
    for target in &targets()[2..] {
        let custodian = may(packed, stolen(target.clone()), &NOT_ALLOWED);
        assert_eq!(custodian, [PHARMACY]);
        let mut world = packed();
        for alert in &ALL[1..] {
            let action = raise(target.clone(), *alert, Capacity::Custodian);
            let error = refused(&mut world, PHARMACY, action);
            assert_eq!(error, ProvenanceError::BadAlert);
        }
        let action = stolen(target.clone())(&world, PHARMACY);
        act(&mut world, PHARMACY, action);
        assert_eq!(state(&mut world), State::Stolen);
    }
    let mut world = packed();
    let action = stolen(lot())(&world, PHARMACY);
    assert_eq!(
        refused(&mut world, PHARMACY, action),
        ProvenanceError::BadAlert
    );
}

#[test]
fn a_product_is_not_stolen() {
    let mut world = packed();
    for (by, capacity) in [
        (MAKER, Capacity::Maker),
        (AUTHORITY, Capacity::Authority),
        (PHARMACY, Capacity::Custodian),
    ] {
        let action = raise(Target::Product(gtin()), Alert::Stolen, capacity);
        assert_eq!(refused(&mut world, by, action), ProvenanceError::BadAlert);
    }
}

#[test]
fn a_manufacturer_recalls_the_containers_that_it_packed() {
    let mut world = packed();
    let target = Target::Unit(container(PHARMACY, 1));
    let recall = |target: &Target| raise(target.clone(), Alert::RecallOne, Capacity::Maker);
    let error = refused(&mut world, PHARMACY, recall(&target));
    assert_eq!(error, ProvenanceError::NotAttested);
    let error = refused(&mut world, MAKER, recall(&target));
    assert_eq!(error, ProvenanceError::NotMaker);
    let (mut world, run) = commissioned();
    act(&mut world, MAKER, pack(case(MAKER, 1), &[UnitId::Run(run)]));
    pass(&mut world, container(MAKER, 1), MAKER, PHARMACY);
    act(
        &mut world,
        MAKER,
        recall(&Target::Unit(container(MAKER, 1))),
    );
    assert_eq!(state(&mut world), State::Recalled(Alert::RecallOne));
}

#[test]
fn a_recall_is_lowered_by_an_authority_after_the_delay_and_not_by_one_party_alone() {
    let begin = || {
        let mut world = proposed();
        world.at(START + DELAY);
        world
    };
    let action = |_: &World, _| lower(lot(), Alert::RecallOne);
    assert_eq!(may(begin, action, &NOT_ALLOWED), [AUTHORITY, SECOND]);
    // The authority that proposed does not lower.
    let mut world = proposed();
    let again = propose(lot(), Alert::RecallOne, Capacity::Authority);
    act(&mut world, AUTHORITY, again);
    world.at(START + DELAY);
    let error = refused(&mut world, AUTHORITY, lower(lot(), Alert::RecallOne));
    assert_eq!(error, ProvenanceError::SameParty);
    let said: AlertLowered = event(&mut world, SECOND, lower(lot(), Alert::RecallOne));
    assert_eq!(said.by, id(SECOND));
    assert_eq!(state(&mut world), State::Genuine);
    // It is lowered once.
    let error = refused(&mut world, SECOND, lower(lot(), Alert::RecallOne));
    assert_eq!(error, ProvenanceError::NotProposed);
}

#[test]
fn a_lowering_waits_for_the_delay_and_lapses_after_as_long_again() {
    for (moment, right) in [
        (START + DELAY - 1, Err(ProvenanceError::TooEarly)),
        (START + DELAY, Ok(())),
        (START + 2 * DELAY - 1, Ok(())),
        (START + 2 * DELAY, Err(ProvenanceError::Lapsed)),
    ] {
        let mut world = proposed();
        world.at(moment);
        let action = message(&world, None, lower(lot(), Alert::RecallOne));
        assert_eq!(world.answer(AUTHORITY, action).map(drop), right);
    }
    // What lapsed is proposed anew.
    let mut world = proposed();
    world.at(START + 2 * DELAY);
    let again = propose(lot(), Alert::RecallOne, Capacity::Maker);
    act(&mut world, MAKER, again);
    world.advance(DELAY);
    act(&mut world, AUTHORITY, lower(lot(), Alert::RecallOne));
}

#[test]
fn an_alert_that_is_raised_again_voids_the_proposal_to_lower_it() {
    let mut world = proposed();
    let again = raise(lot(), Alert::RecallOne, Capacity::Authority);
    act(&mut world, AUTHORITY, again);
    world.at(START + DELAY);
    let error = refused(&mut world, AUTHORITY, lower(lot(), Alert::RecallOne));
    assert_eq!(error, ProvenanceError::NotProposed);
    assert_eq!(state(&mut world), State::Recalled(Alert::RecallOne));
}

#[test]
fn a_class_falls_by_raising_the_lighter_and_lowering_the_graver() {
    let mut world = proposed();
    let lighter = raise(lot(), Alert::RecallThree, Capacity::Maker);
    act(&mut world, MAKER, lighter);
    assert_eq!(state(&mut world), State::Recalled(Alert::RecallOne));
    world.at(START + DELAY);
    let error = refused(&mut world, AUTHORITY, lower(lot(), Alert::RecallThree));
    assert_eq!(error, ProvenanceError::NotProposed);
    act(&mut world, AUTHORITY, lower(lot(), Alert::RecallOne));
    assert_eq!(state(&mut world), State::Recalled(Alert::RecallThree));
}

#[test]
fn only_what_is_raised_is_lowered_or_acknowledged() {
    let mut world = commissioned().0;
    for alert in ALL {
        let propose = propose(lot(), alert, Capacity::Maker);
        let error = refused(&mut world, MAKER, propose);
        assert_eq!(error, ProvenanceError::NotRaised);
        let error = refused(&mut world, AUTHORITY, lower(lot(), alert));
        assert_eq!(error, ProvenanceError::NotProposed);
    }
    let error = refused(&mut world, MAKER, Action::Acknowledge { target: lot() });
    assert_eq!(error, ProvenanceError::NotRaised);
}

#[test]
fn whoever_could_raise_an_alert_proposes_to_lower_it() {
    let begin = || {
        let mut world = packed();
        let target = Target::Unit(UnitId::Run(run()));
        act(
            &mut world,
            MAKER,
            raise(target, Alert::Stolen, Capacity::Maker),
        );
        world
    };
    for (capacity, right) in [
        (Capacity::Maker, vec![MAKER]),
        (Capacity::Authority, vec![AUTHORITY, SECOND]),
        (Capacity::Custodian, vec![PHARMACY]),
    ] {
        let target = Target::Unit(UnitId::Run(run()));
        let action = move |_: &World, _| propose(target.clone(), Alert::Stolen, capacity);
        assert_eq!(may(begin, action, &NOT_ALLOWED), right);
    }
}

#[test]
fn every_identity_acknowledges_an_alert() {
    let begin = || {
        let mut world = commissioned().0;
        act(
            &mut world,
            MAKER,
            raise(lot(), Alert::Withdrawn, Capacity::Maker),
        );
        world
    };
    let action = |_: &World, _| Action::Acknowledge { target: lot() };
    let everybody = ROLES.map(|(account, _)| account);
    assert_eq!(may(begin, action, &NOT_ALLOWED), everybody);
    let mut world = begin();
    let said: Acknowledged = event(&mut world, PATIENT, action(&begin(), PATIENT));
    assert_eq!((said.target, said.by), (lot(), id(PATIENT)));
}

#[test]
fn no_alert_is_raised_of_what_is_not_there() {
    let mut world = World::new();
    let unknown = [
        ProvenanceError::UnknownProduct,
        ProvenanceError::UnknownLot,
        ProvenanceError::UnknownUnit,
        ProvenanceError::UnknownUnit,
    ];
    for (target, right) in targets().into_iter().zip(unknown) {
        let action = raise(target, Alert::Withdrawn, Capacity::Authority);
        assert_eq!(refused(&mut world, AUTHORITY, action), right);
    }
}

#[test]
fn both_parts_of_a_split_run_keep_its_alerts() {
    let (mut world, run) = commissioned();
    let target = Target::Unit(UnitId::Run(run));
    act(
        &mut world,
        MAKER,
        raise(target, Alert::RecallTwo, Capacity::Maker),
    );
    let rest = split(&mut world, MAKER, run, 4);
    for (index, first) in [(0, 0), (rest.first, rest.first)] {
        let known = verify(&mut world, claim(index, first)).unwrap();
        assert_eq!(known.state, State::Recalled(Alert::RecallTwo));
    }
}
