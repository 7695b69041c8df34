//! Goods of a holder that cannot act: an authority ships them for it.

use crate::world::*;
use ::false_id::{FalseId, Known as Attested};
use allive_calls::at;
use provenance::*;

const OTHERS: [ProvenanceError; 2] = [ProvenanceError::NotAttested, ProvenanceError::NoStanding];

fn unit() -> UnitId {
    UnitId::Run(first_run())
}

fn redirect(until: u64) -> Action {
    Action::Redirect {
        unit: unit(),
        to: id(WHOLESALER),
        until,
        reason: REASON,
    }
}

/// The identity of the pharmacy, which has the goods, is frozen.
fn frozen() -> World {
    let mut world = delivered().0;
    let known = Attested::default();
    world.tell(ADMIN, at::<FalseId>(world.identities).know(PHARMACY, known));
    world
}

#[test]
fn an_authority_ships_for_a_holder_that_cannot() {
    let action = |_: &World, _| redirect(UNTIL);
    let right = [AUTHORITY, SECOND];
    assert_eq!(may(|| delivered().0, action, &OTHERS), right);
    let mut world = frozen();
    let stuck = refused(&mut world, PHARMACY, ship(unit(), WHOLESALER, UNTIL));
    assert_eq!(stuck, ProvenanceError::NoStanding);
    let said: Redirected = event(&mut world, AUTHORITY, redirect(UNTIL));
    let ready = START + DELAY;
    assert_eq!(
        (said.holder, said.by, said.to, said.ready, said.until),
        (id(PHARMACY), id(AUTHORITY), id(WHOLESALER), ready, UNTIL)
    );
    assert_eq!(state(&mut world), State::InTransit);
    world.at(ready - 1);
    let error = refused(&mut world, WHOLESALER, receive(unit(), WHOLESALER));
    assert_eq!(error, ProvenanceError::TooEarly);
    world.at(ready);
    act(&mut world, WHOLESALER, receive(unit(), WHOLESALER));
    assert_eq!(custody(&mut world, unit()).holder, id(WHOLESALER));
    assert_eq!(state(&mut world), State::Genuine);
}

#[test]
fn a_holder_that_can_act_calls_it_back() {
    let mut world = delivered().0;
    act(&mut world, AUTHORITY, redirect(UNTIL));
    world.at(START + DELAY - 1);
    act(&mut world, PHARMACY, Action::CallBack { unit: unit() });
    world.at(START + DELAY);
    let error = refused(&mut world, WHOLESALER, receive(unit(), WHOLESALER));
    assert_eq!(error, ProvenanceError::NotShipped);
    // The way out of each state: it lapses, it is refused, and it is redirected again.
    let until = world.now() + DELAY + 1;
    act(&mut world, AUTHORITY, redirect(until));
    let unit = unit();
    act(&mut world, WHOLESALER, Action::Refuse { unit });
    act(&mut world, AUTHORITY, redirect(until));
    world.at(until + 1);
    act(&mut world, AUTHORITY, redirect(until + 1 + DELAY + 1));
    assert_eq!(custody(&mut world, unit).holder, id(PHARMACY));
}

#[test]
fn it_can_be_received_between_the_delay_and_the_longest_transit_after_it() {
    let ready = START + DELAY;
    let late = Err(ProvenanceError::BadDeadline);
    for (until, right) in [
        (ready, late),
        (ready + 1, Ok(())),
        (ready + TRANSIT, Ok(())),
        (ready + TRANSIT + 1, late),
    ] {
        let mut world = delivered().0;
        let sent = message(&world, None, redirect(until));
        assert_eq!(world.answer(AUTHORITY, sent).map(drop), right);
    }
}

#[test]
fn what_is_on_its_way_ended_or_in_a_container_is_not_redirected() {
    let mut world = delivered().0;
    act(&mut world, PHARMACY, ship(unit(), CARRIER, START + 1));
    let error = refused(&mut world, AUTHORITY, redirect(UNTIL));
    assert_eq!(error, ProvenanceError::InTransit);
    world.at(START + 2);
    act(&mut world, PHARMACY, pack(case(PHARMACY, 1), &[unit()]));
    let error = refused(&mut world, AUTHORITY, redirect(UNTIL));
    assert_eq!(error, ProvenanceError::Inside);
    act(&mut world, PHARMACY, unpack(case(PHARMACY, 1), &[unit()]));
    let (unit, end) = (unit(), End::Sample);
    act(&mut world, PHARMACY, Action::Retire { unit, end });
    let error = refused(&mut world, AUTHORITY, redirect(UNTIL));
    assert_eq!(error, ProvenanceError::IsRetired);
}
