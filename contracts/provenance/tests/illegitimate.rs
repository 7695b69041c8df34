//! Suspect, quarantined, cleared or illegitimate: section 582 of the American Federal Food, Drug,
//! and Cosmetic Act.

use crate::world::*;
use provenance::*;

const NOT_ALLOWED: [ProvenanceError; 5] = [
    ProvenanceError::NotAttested,
    ProvenanceError::NoStanding,
    ProvenanceError::NotMaker,
    ProvenanceError::NotHolder,
    ProvenanceError::NotSuspected,
];

const PARTIES: [(Capacity, ink::primitives::AccountId); 3] = [
    (Capacity::Custodian, PHARMACY),
    (Capacity::Maker, MAKER),
    (Capacity::Authority, AUTHORITY),
];

fn unit() -> UnitId {
    UnitId::Run(first_run())
}

fn target() -> Target {
    Target::Unit(unit())
}

fn acknowledge() -> Action {
    Action::Acknowledge { target: target() }
}

fn verdict(world: &mut World, unit: UnitId) -> Option<Verdict> {
    let cell = cell(world, unit);
    cell.unit().verdict.clone().map(|it| it.into_inner())
}

/// The pharmacy has determined that what it has is illegitimate.
fn condemned() -> World {
    let mut world = delivered().0;
    act(&mut world, PHARMACY, suspect(unit(), Capacity::Custodian));
    act(&mut world, PHARMACY, condemn(unit(), Capacity::Custodian));
    world
}

fn propose(capacity: Capacity) -> Action {
    Action::ProposeLowering {
        target: target(),
        alert: Alert::Illegitimate,
        capacity,
        reason: REASON,
    }
}

fn lower() -> Action {
    let alert = Alert::Illegitimate;
    let target = target();
    Action::Lower { target, alert }
}

#[test]
fn who_suspects_a_unit_determines_that_it_is_illegitimate() {
    for (capacity, by) in PARTIES {
        let begin = || {
            let mut world = delivered().0;
            act(&mut world, by, suspect(unit(), capacity));
            world
        };
        let action = |_: &World, _| condemn(unit(), capacity);
        assert_eq!(may(begin, action, &NOT_ALLOWED), [by]);
        let mut world = begin();
        let said: AlertRaised = event(&mut world, by, condemn(unit(), capacity));
        assert_eq!(
            (said.target, said.alert, said.by, said.capacity),
            (target(), Alert::Illegitimate, id(by), capacity)
        );
        let known = verify(&mut world, claim(0, 0)).unwrap();
        assert_eq!(known.state, State::Illegitimate);
        // Its suspicion has become the verdict.
        assert!(!known.suspected);
    }
}

#[test]
fn who_gave_it_away_suspects_it_still_and_does_not_condemn_it() {
    let mut world = delivered().0;
    act(&mut world, PHARMACY, suspect(unit(), Capacity::Custodian));
    pass(&mut world, unit(), PHARMACY, WHOLESALER);
    let error = refused(&mut world, PHARMACY, condemn(unit(), Capacity::Custodian));
    assert_eq!(error, ProvenanceError::NotHolder);
    // Nor does who has it now, by the word of another.
    let error = refused(&mut world, WHOLESALER, condemn(unit(), Capacity::Custodian));
    assert_eq!(error, ProvenanceError::NotSuspected);
}

#[test]
fn nobody_says_so_without_having_suspected_it() {
    for (capacity, by) in PARTIES {
        for target in [target(), Target::Lot(first_run().lot)] {
            let mut world = delivered().0;
            let error = refused(&mut world, by, raise(target, Alert::Illegitimate, capacity));
            assert_eq!(error, ProvenanceError::BadAlert);
        }
    }
}

#[test]
fn an_authority_must_know_within_the_time_to_notify() {
    let due = START + NOTIFY;
    for (at, late) in [(due, false), (due + 1, true)] {
        let mut world = condemned();
        let open = verdict(&mut world, unit()).unwrap();
        let right = Verdict {
            by: id(PHARMACY),
            at: START,
            due,
            noticed: None,
        };
        assert_eq!(open, right);
        assert_eq!([open.is_late(due), open.is_late(due + 1)], [false, true]);
        world.at(at);
        let said: Acknowledged = event(&mut world, AUTHORITY, acknowledge());
        assert_eq!(said.by, id(AUTHORITY));
        let noticed = verdict(&mut world, unit()).unwrap();
        let by = id(AUTHORITY);
        assert_eq!(noticed.noticed, Some(Noticed { by, at }));
        // That it was in time, or late, stays so.
        assert_eq!(noticed.is_late(due + 1_000), late);
    }
}

#[test]
fn only_the_first_acknowledgement_of_an_authority_stops_the_clock() {
    let mut world = condemned();
    for other in [MAKER, WHOLESALER, PHARMACY] {
        let said: Acknowledged = event(&mut world, other, acknowledge());
        assert_eq!(said.by, id(other));
    }
    assert_eq!(verdict(&mut world, unit()).unwrap().noticed, None);
    act(&mut world, SECOND, acknowledge());
    world.advance(1);
    act(&mut world, AUTHORITY, acknowledge());
    let noticed = verdict(&mut world, unit()).unwrap().noticed.unwrap();
    assert_eq!((noticed.by, noticed.at), (id(SECOND), START));
}

#[test]
fn an_authority_that_determines_it_knows_at_once() {
    let mut world = delivered().0;
    act(&mut world, AUTHORITY, suspect(unit(), Capacity::Authority));
    act(&mut world, AUTHORITY, condemn(unit(), Capacity::Authority));
    assert!(!verdict(&mut world, unit()).unwrap().is_late(u64::MAX));
}

#[test]
fn the_clock_of_the_first_verdict_runs() {
    let mut world = condemned();
    act(&mut world, MAKER, suspect(unit(), Capacity::Maker));
    world.advance(9);
    act(&mut world, MAKER, condemn(unit(), Capacity::Maker));
    let first = verdict(&mut world, unit()).unwrap();
    assert_eq!((first.by, first.at), (id(PHARMACY), START));
}

/// The end of a notice, in consultation with the authority.
#[test]
fn a_verdict_ends_as_an_alert_does_and_a_new_one_has_a_new_clock() {
    for (capacity, by) in PARTIES {
        let mut world = condemned();
        act(&mut world, by, propose(capacity));
        world.advance(DELAY);
        act(&mut world, SECOND, lower());
        assert_eq!(verdict(&mut world, unit()), None);
        assert_eq!(state(&mut world), State::Genuine);
        act(&mut world, PHARMACY, suspect(unit(), Capacity::Custodian));
        act(&mut world, PHARMACY, condemn(unit(), Capacity::Custodian));
        let again = verdict(&mut world, unit()).unwrap();
        assert_eq!(
            (again.at, again.due),
            (START + DELAY, START + DELAY + NOTIFY)
        );
    }
    // A new verdict of another voids the proposal, as with every alert.
    let mut world = condemned();
    act(&mut world, AUTHORITY, propose(Capacity::Authority));
    act(&mut world, MAKER, suspect(unit(), Capacity::Maker));
    act(&mut world, MAKER, condemn(unit(), Capacity::Maker));
    world.advance(DELAY);
    let error = refused(&mut world, SECOND, lower());
    assert_eq!(error, ProvenanceError::NotProposed);
}

#[test]
fn what_is_cleared_is_genuine_again() {
    let mut world = delivered().0;
    act(&mut world, PHARMACY, suspect(unit(), Capacity::Custodian));
    assert_eq!(state(&mut world), State::Quarantined);
    let known = verify(&mut world, claim(0, 0)).unwrap();
    assert!(known.suspected);
    let (unit, as_authority, reason) = (unit(), false, REASON);
    let clear = Action::Clear {
        unit,
        as_authority,
        reason,
    };
    act(&mut world, PHARMACY, clear);
    assert_eq!(state(&mut world), State::Genuine);
}

#[test]
fn both_parts_of_a_split_have_the_verdict_and_are_joined_again() {
    let mut world = condemned();
    let whole = verdict(&mut world, unit());
    let rest = UnitId::Run(split(&mut world, PHARMACY, first_run(), 4));
    assert_eq!(verdict(&mut world, rest), whole);
    act(&mut world, PHARMACY, Action::Join { run: first_run() });
    assert_eq!(verdict(&mut world, unit()), whole);
}

#[test]
fn what_leaves_a_container_takes_the_verdict_of_which_the_notice_is_missing() {
    for (child_is_known, container_is_known) in [(true, false), (false, true)] {
        let mut world = condemned();
        let pallet = container(PHARMACY, 1);
        act(&mut world, PHARMACY, pack(case(PHARMACY, 1), &[unit()]));
        world.advance(1);
        act(&mut world, PHARMACY, suspect(pallet, Capacity::Custodian));
        act(&mut world, PHARMACY, condemn(pallet, Capacity::Custodian));
        for (is_known, unit) in [(child_is_known, unit()), (container_is_known, pallet)] {
            if is_known {
                let target = Target::Unit(unit);
                act(&mut world, AUTHORITY, Action::Acknowledge { target });
            }
        }
        act(&mut world, PHARMACY, unpack(case(PHARMACY, 1), &[unit()]));
        let left = verdict(&mut world, unit()).unwrap();
        assert_eq!(left.noticed, None);
        let at = if child_is_known { START + 1 } else { START };
        assert_eq!(left.at, at);
    }
}

#[test]
fn a_copied_label_of_what_is_illegitimate_raises_an_alarm() {
    let mut world = condemned();
    let dispense = |by: ink::primitives::AccountId| Action::Dispense {
        claim: claim(3, 0).into(),
        role: allive_olife_id_interface::Topic::PHARMACY,
        site: site(u64::from(by.0[0])),
        prescription: None,
    };
    let error = refused(&mut world, PHARMACY, dispense(PHARMACY));
    assert_eq!(error, ProvenanceError::NotActive(State::Illegitimate));
    let role = allive_olife_id_interface::Topic::PHARMACY;
    attest(&mut world, WHOLESALER, role.bit());
    let sent = message(&world, None, dispense(WHOLESALER));
    assert_eq!(world.answer(WHOLESALER, sent), Ok(Outcome::Alarm));
}
