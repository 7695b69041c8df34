//! What the contract would refuse, by event and field, before anything is sent.

mod common;

use allive_capture::Problem;
use allive_olife_id_interface::Topic;
use common::*;
use provenance::*;
use serde_json::{json, Value};

#[test]
fn a_fifth_level_is_found_also_where_the_chain_has_four_of_them() {
    let mut ground = at_maker(2);
    put(&mut ground, container(1, MAKER), 4, None);
    let events = [
        pack(FACTORY_GLN, &sscc(2), vec![ground.pack(0)]),
        pack(FACTORY_GLN, &sscc(2), vec![sscc(1)]),
    ];
    ground.is_wrong(&events, 1, "childEPCs[0]", ProvenanceError::TooDeep.into());
}

#[test]
fn of_events_that_are_packed_together_each_has_its_own_faults() {
    let mut ground = at_maker(4);
    let unknown = || format!("https://id.gs1.org/01/{GTIN}/21/NOBODYS");
    let events = [
        pack(FACTORY_GLN, &sscc(2), ground.packs([0])),
        pack(FACTORY_GLN, &sscc(2), vec![ground.pack(1), unknown()]),
        pack(FACTORY_GLN, &sscc(2), vec![sscc(7)]),
    ];
    let sscc = number(&sscc(7));
    let faults = ground.faults(&events);
    let places: Vec<_> = faults
        .iter()
        .map(|it| (it.event, it.field.as_str(), it.problem.clone()))
        .collect();
    assert_eq!(
        places,
        [
            (1, "childEPCs[1]", Problem::UnknownSerial),
            (2, "childEPCs[0]", Problem::UnknownContainer { sscc }),
        ]
    );
}

#[test]
fn packing_into_itself_is_found_also_where_the_chain_has_it_inside() {
    let mut ground = at_maker(2);
    let (inner, outer) = (container(1, MAKER), container(2, MAKER));
    put(&mut ground, outer, 2, None);
    put(&mut ground, inner, 1, Some(outer));
    let events = [pack(FACTORY_GLN, &sscc(1), vec![sscc(2)])];
    ground.is_wrong(&events, 0, "parentID", ProvenanceError::Inside.into());
}

#[test]
fn only_in_its_roles_does_a_party_act() {
    let mut ground = Ground::new(2);
    let events = [commission(ground.packs([0]))];
    ground.chain.lost_roles = vec![(MAKER, Topic::MANUFACTURER)];
    ground.is_wrong(
        &events,
        0,
        "epcList[0]",
        ProvenanceError::NotAttested.into(),
    );
    let at_shop = with(
        events[0].clone(),
        "readPoint",
        json!({ "id": format!("https://id.gs1.org/414/{SHOP_GLN}") }),
    );
    let no_role = |party: &str, wanted: &str| Problem::NoRole {
        party: party.into(),
        wanted: wanted.into(),
    };
    ground.is_wrong(
        &[at_shop],
        0,
        "epcList[0]",
        no_role("Pharmacy Ann", "manufacturer"),
    );
    let mut ground = at_maker(2);
    let dispensed = with(
        dispense(ground.packs([0])),
        "readPoint",
        json!({ "id": format!("https://id.gs1.org/414/{FACTORY_GLN}") }),
    );
    let dispensers = "clinician, hospital, pharmacy, relief, blood service";
    ground.is_wrong(&[dispensed], 0, "", no_role("Vita", dispensers));
}

#[test]
fn only_who_has_something_ships_it_and_only_to_somebody_known() {
    let mut ground = at_pharmacy(2);
    let packs = ground.packs(0..2);
    let events = [ship(packs.clone(), "9521468000001")];
    ground.is_wrong(&events, 0, "epcList[0]", ProvenanceError::NotHolder.into());
    let mut ground = at_maker(2);
    let packs = ground.packs(0..2);
    let nobody = "9521777000006";
    let nobody = format!(
        "{}{}",
        &nobody[..12],
        allive_epcis::identifiers::check_digit(&nobody[..12]).unwrap()
    );
    let gln = nobody.parse().unwrap();
    ground.is_wrong(
        &[ship(packs.clone(), &nobody)],
        0,
        "destinationList",
        Problem::UnknownRecipient { gln },
    );
    let events = [observe(FACTORY_GLN, "shipping", packs.clone())];
    ground.is_wrong(&events, 0, "destinationList", Problem::NoRecipient);
    let events = [ship(packs.clone(), "9521141000007")];
    ground.is_wrong(&events, 0, "epcList[0]", ProvenanceError::ToItself.into());
    ground.told.told.deadline = 31 * DAY;
    let events = [ship(packs, "9521468000001")];
    ground.is_wrong(
        &events,
        0,
        "epcList[0]",
        ProvenanceError::BadDeadline.into(),
    );
}

#[test]
fn what_nobody_shipped_is_not_received_and_not_refused() {
    let mut ground = at_maker(2);
    let packs = ground.packs(0..2);
    ground.is_wrong(
        &[receive(packs.clone())],
        0,
        "epcList[0]",
        ProvenanceError::NotShipped.into(),
    );
    let refused = with(receive(packs), "disposition", json!("returned"));
    ground.is_wrong(
        &[refused],
        0,
        "epcList[0]",
        ProvenanceError::NotShipped.into(),
    );
}

#[test]
fn a_part_of_a_run_that_cannot_be_split_is_not_taken() {
    let not_whole = |why| Problem::NotWhole {
        first: 0,
        last: 9,
        why,
    };
    let mut ground = at_maker(10);
    ground.change(ground.unit(0), |unit| {
        unit.live()
            .unwrap()
            .ship(PHARMACY, NOW + DAY, NOW - 1, 9 * DAY)
            .unwrap();
    });
    let events = [receive(ground.packs(2..4))];
    ground.is_wrong(
        &events,
        0,
        "epcList[0]",
        not_whole("is on its way as a whole: name them all"),
    );
    let mut ground = at_pharmacy(10);
    let events = [with(
        observe(FACTORY_GLN, "holding", ground.packs([3])),
        "disposition",
        json!("non_conformant"),
    )];
    ground.is_wrong(
        &events,
        0,
        "epcList[0]",
        not_whole("another has: only its holder splits it"),
    );
    let mut ground = at_maker(10);
    ground.change(ground.unit(0), |unit| {
        unit.retire(End::Sample, NOW).unwrap()
    });
    let events = [observe(FACTORY_GLN, "destroying", ground.packs([3]))];
    ground.is_wrong(&events, 0, "epcList[0]", not_whole("has ended as a whole"));
    let mut ground = Ground::new(10);
    let inside = "is in a container: unpack it first, or name them all";
    let events = [
        commission(ground.packs(0..10)),
        pack(FACTORY_GLN, &sscc(1), ground.packs(0..10)),
        observe(FACTORY_GLN, "destroying", ground.packs([9])),
    ];
    ground.is_wrong(&events, 2, "epcList[0]", not_whole(inside));
    // As a whole it does not move by itself either.
    let events = [
        events[0].clone(),
        events[1].clone(),
        ship(ground.packs(0..10), "9521468000001"),
    ];
    ground.is_wrong(&events, 2, "epcList[0]", ProvenanceError::Inside.into());
}

#[test]
fn a_container_must_be_known_and_the_only_one_of_its_number() {
    let mut ground = at_maker(2);
    let number = number(&sscc(1));
    let events = [ship(vec![sscc(1)], "9521468000001")];
    ground.is_wrong(
        &events,
        0,
        "epcList[0]",
        Problem::UnknownContainer { sscc: number },
    );
    put(&mut ground, container(1, MAKER), 1, None);
    put(&mut ground, container(1, PHARMACY), 1, None);
    ground.is_wrong(
        &events,
        0,
        "epcList[0]",
        Problem::SeveralContainers { sscc: number },
    );
    ground.told.told.packers.insert(number, MAKER);
    let unit = UnitId::Container(container(1, MAKER));
    let until = NOW + 7 * DAY;
    assert_eq!(
        ground.actions(&events),
        [(
            MAKER,
            Action::Ship {
                unit,
                to: PHARMACY,
                until
            }
        )]
    );
}

#[test]
fn what_is_unpacked_must_be_in_it_and_what_is_packed_must_be_at_hand() {
    let mut ground = Ground::new(4);
    let begin = [
        commission(ground.packs(0..4)),
        pack(FACTORY_GLN, &sscc(1), ground.packs([0])),
        pack(FACTORY_GLN, &sscc(2), vec![sscc(1)]),
    ];
    let wrong = |ground: &mut Ground, event: Value, field: &str, error: ProvenanceError| {
        let events = [&begin[..], &[event]].concat();
        ground.is_wrong(&events, 3, field, error.into());
    };
    let inner = unpack(FACTORY_GLN, &sscc(1), ground.packs([0]));
    wrong(&mut ground, inner, "parentID", ProvenanceError::Inside);
    let deep = pack(FACTORY_GLN, &sscc(1), ground.packs([1]));
    wrong(&mut ground, deep, "parentID", ProvenanceError::Inside);
    let elsewhere = pack(SHOP_GLN, &sscc(3), ground.packs(1..4));
    wrong(
        &mut ground,
        elsewhere,
        "childEPCs[0]",
        ProvenanceError::NotHolder,
    );
    let mut ground = at_maker(4);
    put(&mut ground, container(1, MAKER), 1, None);
    ground.change(UnitId::Container(container(1, MAKER)), |unit| {
        let logger = NewLogger {
            by: LOGGER,
            bounds: vec![Bound {
                hundredths: 800,
                side: Side::Above,
            }],
            longest_gap: 30,
        };
        unit.watch_mut()
            .name(Some(&logger.into()), NOW - DAY)
            .unwrap();
    });
    let events = [pack(FACTORY_GLN, &sscc(1), ground.packs([0]))];
    ground.is_wrong(&events, 0, "parentID", ProvenanceError::IsWatched.into());
}

#[test]
fn only_a_genuine_pack_at_hand_is_dispensed_and_once() {
    let refused = |change: &dyn Fn(&mut Ground), problem: Problem| {
        let mut ground = at_pharmacy(3);
        change(&mut ground);
        let events = [dispense(ground.packs([1]))];
        ground.is_wrong(&events, 0, "epcList[0]", problem);
    };
    let not = |state| Problem::Refused(ProvenanceError::NotActive(state));
    refused(
        &|ground| {
            ground
                .chain
                .lots
                .values_mut()
                .for_each(|lot| lot.alerts.raise(Alert::RecallOne))
        },
        not(State::Recalled(Alert::RecallOne)),
    );
    refused(
        &|ground| ground.change(ground.unit(0), |unit| unit.suspect(9).unwrap()),
        not(State::Quarantined),
    );
    refused(
        &|ground| {
            ground
                .chain
                .lots
                .values_mut()
                .for_each(|lot| lot.expiry = Some(1))
        },
        Problem::LotDiffers { lot: "V42".into() },
    );
    let by = |by| {
        move |ground: &mut Ground| {
            let mut word = Word::default();
            let dispenser = Dispenser { by, site: SHOP };
            word.dispense(1, dispenser, None, NOW - 5, DAY).unwrap();
            ground.chain.words.insert((ground.lot(), 0), word);
        }
    };
    refused(
        &by(9),
        Problem::DispensedBy {
            by: "identity 9".into(),
        },
    );
    // Its own is there already.
    let mut ground = at_pharmacy(3);
    by(PHARMACY)(&mut ground);
    let events = [dispense(ground.packs([1, 2]))];
    assert_eq!(ground.actions(&events).len(), 1);
    // At another place of the pharmacy.
    let elsewhere = with(
        dispense(ground.packs([2])),
        "bizLocation",
        json!({ "id": "https://id.gs1.org/417/9521468000001" }),
    );
    ground.is_wrong(
        &[elsewhere],
        0,
        "epcList[0]",
        ProvenanceError::Elsewhere.into(),
    );
}
