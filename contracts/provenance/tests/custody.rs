//! Custody: shipped, received, refused, called back, moved.

use crate::world::*;
use allive_olife_id_interface::Topic;
use provenance::*;

const OTHERS: [ProvenanceError; 2] = [ProvenanceError::NotHolder, ProvenanceError::NoStanding];

fn shipped() -> (World, UnitId) {
    let (mut world, run) = commissioned();
    let unit = UnitId::Run(run);
    act(&mut world, MAKER, ship(unit, PHARMACY, UNTIL));
    (world, unit)
}

fn unit() -> UnitId {
    let lot = lot_id(&new_lot(), MAKER);
    UnitId::Run(RunId { lot, first: 0 })
}

#[test]
fn the_holder_ships_and_the_recipient_receives_in_two_steps() {
    let (mut world, run) = commissioned();
    let unit = UnitId::Run(run);
    let said = step(&mut world, MAKER, ship(unit, PHARMACY, UNTIL));
    let right = Step::Shipped {
        unit,
        holder: id(MAKER),
        role: Topic::MANUFACTURER,
        to: id(PHARMACY),
        until: UNTIL,
    };
    assert_eq!(said, right);
    let between = custody(&mut world, unit);
    assert_eq!(between.holder, id(MAKER));
    let (to, until) = (id(PHARMACY), UNTIL);
    assert_eq!(
        between.shipped,
        Some(Shipment {
            to,
            until,
            ready: START
        })
    );
    world.advance(5);
    let said = step(&mut world, PHARMACY, receive(unit, PHARMACY));
    let right = Step::Received {
        unit,
        holder: id(PHARMACY),
        role: Topic::PHARMACY,
        site: site(5),
    };
    assert_eq!(said, right);
    let right = Custody::new(id(PHARMACY), Topic::PHARMACY, site(5), START + 5).unwrap();
    assert_eq!(custody(&mut world, unit), right);
}

#[test]
fn only_the_holder_ships_calls_back_and_moves() {
    let begin = || commissioned().0;
    let to_nobody = 999;
    let ship = |_: &World, _| Action::Ship {
        unit: unit(),
        to: to_nobody,
        until: UNTIL,
    };
    assert_eq!(may(begin, ship, &OTHERS), [MAKER]);
    let move_to = |_: &World, _| Action::MoveTo {
        unit: unit(),
        site: 0,
    };
    assert_eq!(may(begin, move_to, &OTHERS), [MAKER]);
    let begin = || shipped().0;
    let call_back = |_: &World, _| Action::CallBack { unit: unit() };
    assert_eq!(may(begin, call_back, &OTHERS), [MAKER]);
}

#[test]
fn only_the_recipient_receives_and_refuses() {
    let errors = [
        ProvenanceError::NotRecipient,
        ProvenanceError::NoStanding,
        ProvenanceError::BadRole,
    ];
    let begin = || shipped().0;
    let others = |world: &World, actor| match actor {
        STRANGER => receive(unit(), PHARMACY),
        _ => {
            let _ = world;
            receive(unit(), actor)
        }
    };
    assert_eq!(may(begin, others, &errors), [PHARMACY]);
    let refuse = |_: &World, _| Action::Refuse { unit: unit() };
    assert_eq!(may(begin, refuse, &errors), [PHARMACY]);
}

#[test]
fn goods_are_received_in_a_role_of_custodians_that_is_attested_at_that_moment() {
    for number in 0..Topic::COUNT {
        let role = Topic(number);
        let (mut world, unit) = shipped();
        let receive = Action::Receive {
            unit,
            role,
            site: 0,
        };
        if ANY_CUSTODIAN.contains(&role) {
            attest(&mut world, PHARMACY, !role.bit());
            let error = refused(&mut world, PHARMACY, receive.clone());
            assert_eq!(error, ProvenanceError::NotAttested);
            attest(&mut world, PHARMACY, role.bit());
            act(&mut world, PHARMACY, receive);
            assert_eq!(custody(&mut world, unit).role, role);
        } else {
            attest(&mut world, PHARMACY, u64::MAX);
            let error = refused(&mut world, PHARMACY, receive);
            assert_eq!(error, ProvenanceError::BadRole);
        }
    }
}

#[test]
fn a_holder_that_lost_its_role_still_ships_what_it_has() {
    let (mut world, run) = delivered();
    attest(&mut world, PHARMACY, 0);
    let until = world.now() + 1;
    act(
        &mut world,
        PHARMACY,
        ship(UnitId::Run(run), WHOLESALER, until),
    );
}

#[test]
fn a_shipment_can_be_received_until_its_deadline_and_then_is_the_shippers_again() {
    for late in [0, 1] {
        let (mut world, unit) = shipped();
        world.at(UNTIL + late);
        let expected = late == 0;
        let received = world.answer(PHARMACY, message(&world, None, receive(unit, PHARMACY)));
        let right = if expected {
            Ok(())
        } else {
            Err(ProvenanceError::NotShipped)
        };
        assert_eq!(received.map(drop), right);
    }
    // A carrier that never receives blocks nothing.
    let (mut world, unit) = shipped();
    world.at(UNTIL);
    let again = ship(unit, WHOLESALER, UNTIL + 10);
    let error = refused(&mut world, MAKER, again.clone());
    assert_eq!(error, ProvenanceError::InTransit);
    world.at(UNTIL + 1);
    for action in [Action::Refuse { unit }, Action::CallBack { unit }] {
        let by = match action {
            Action::Refuse { .. } => PHARMACY,
            _ => MAKER,
        };
        let error = refused(&mut world, by, action);
        assert_eq!(error, ProvenanceError::NotShipped);
    }
    act(&mut world, MAKER, again);
    let error = refused(&mut world, PHARMACY, receive(unit, PHARMACY));
    assert_eq!(error, ProvenanceError::NotRecipient);
    act(&mut world, WHOLESALER, receive(unit, WHOLESALER));
}

#[test]
fn a_deadline_is_later_than_now_and_not_beyond_the_longest_transit() {
    for (until, right) in [
        (START, false),
        (START + 1, true),
        (START + TRANSIT, true),
        (START + TRANSIT + 1, false),
        (u64::MAX, false),
    ] {
        let (mut world, run) = commissioned();
        let action = ship(UnitId::Run(run), PHARMACY, until);
        let answer = world.answer(MAKER, message(&world, None, action));
        let right = right.then_some(()).ok_or(ProvenanceError::BadDeadline);
        assert_eq!(answer.map(drop), right);
    }
}

#[test]
fn nobody_ships_to_itself() {
    let (mut world, run) = commissioned();
    let error = refused(&mut world, MAKER, ship(UnitId::Run(run), MAKER, UNTIL));
    assert_eq!(error, ProvenanceError::ToItself);
}

#[test]
fn what_is_refused_or_called_back_stays_with_its_holder_and_can_be_shipped_again() {
    for (by, refuses) in [(PHARMACY, true), (MAKER, false)] {
        let (mut world, unit) = shipped();
        if refuses {
            let said = step(&mut world, by, Action::Refuse { unit });
            let by = id(PHARMACY);
            assert_eq!(said, Step::Refused { unit, by });
        } else {
            let said = step(&mut world, by, Action::CallBack { unit });
            let holder = id(MAKER);
            assert_eq!(said, Step::CalledBack { unit, holder });
        }
        assert_eq!(custody(&mut world, unit).holder, id(MAKER));
        let error = refused(&mut world, PHARMACY, receive(unit, PHARMACY));
        assert_eq!(error, ProvenanceError::NotShipped);
        pass(&mut world, unit, MAKER, PHARMACY);
        // Once received, there is nothing to refuse or to call back.
        let error = refused(&mut world, PHARMACY, Action::Refuse { unit });
        assert_eq!(error, ProvenanceError::NotShipped);
        let error = refused(&mut world, PHARMACY, Action::CallBack { unit });
        assert_eq!(error, ProvenanceError::NotShipped);
    }
}

#[test]
fn the_holder_moves_it_between_places_of_its_own_but_not_on_its_way() {
    let (mut world, unit) = shipped();
    let move_to = |site| Action::MoveTo { unit, site };
    let error = refused(&mut world, MAKER, move_to(site(2)));
    assert_eq!(error, ProvenanceError::InTransit);
    world.at(UNTIL + 1);
    let error = refused(&mut world, MAKER, move_to(site(2) + 1));
    assert_eq!(error, ProvenanceError::BadSite);
    let said = step(&mut world, MAKER, move_to(site(2)));
    let right = Step::Moved {
        unit,
        holder: id(MAKER),
        site: site(2),
    };
    assert_eq!(said, right);
    let custody = custody(&mut world, unit);
    assert_eq!((custody.site, custody.since), (site(2), START));
}

#[test]
fn what_is_not_there_is_not_moved() {
    let mut world = registered();
    for unit in [unit(), container(MAKER, 1)] {
        for action in [
            ship(unit, PHARMACY, UNTIL),
            receive(unit, PHARMACY),
            Action::Refuse { unit },
            Action::CallBack { unit },
            Action::MoveTo { unit, site: 0 },
            Action::Restore { unit },
        ] {
            let error = refused(&mut world, PHARMACY, action);
            assert_eq!(error, ProvenanceError::UnknownUnit);
        }
    }
}
