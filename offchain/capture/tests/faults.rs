//! What is wrong, by event and field, before anything is sent.

mod common;

use allive_capture::{plan, Fault, NoChain, PlanError, Problem};
use allive_epcis::identifiers::Sscc;
use allive_olife_id_interface::Topic;
use common::*;
use provenance::*;
use serde_json::{json, Value};
use std::collections::HashSet;

/// With all of the lot at the maker's.
fn at_maker(count: u64) -> Ground {
    let mut ground = Ground::new(count);
    ground.lot_with(MAKER, Topic::MANUFACTURER, FACTORY);
    ground
}

/// With all of the lot at the pharmacy's.
fn at_pharmacy(count: u64) -> Ground {
    let mut ground = Ground::new(count);
    ground.lot_with(PHARMACY, Topic::PHARMACY, SHOP);
    ground
}

fn dispense(epcs: Vec<String>) -> Value {
    at(
        SHOP_GLN,
        "ObjectEvent",
        "DELETE",
        "dispensing",
        json!({ "epcList": epcs }),
    )
}

fn number(text: &str) -> Sscc {
    text.rsplit('/').next().unwrap().parse().unwrap()
}

/// A container on the chain.
fn put(ground: &mut Ground, id: ContainerId, height: u8, inside: Option<ContainerId>) {
    let custody = Custody::new(MAKER, Topic::MANUFACTURER, FACTORY, NOW - DAY).unwrap();
    let mut unit = Unit::of(custody);
    if let Some(above) = inside {
        unit.place = Place::Inside(above);
    }
    let container = Container {
        unit: unit.into(),
        children: 1,
        height,
    };
    ground
        .chain
        .units
        .insert(UnitId::Container(id), Cell::Container(container));
}

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
fn more_pieces_than_there_are_are_found_and_just_as_many_need_no_split() {
    let mut ground = Ground::new(1);
    let new = NewLot {
        product: ProductName::Gtin(MASKS.parse().unwrap()),
        code: b"M-17".to_vec(),
        expiry: None,
        count: 100,
        serials: None,
    };
    ground.commissioned(new, MAKER, Topic::MANUFACTURER, FACTORY);
    let destroy = |amount: Value| {
        let class = format!("https://id.gs1.org/01/{MASKS}/10/M-17");
        let mut list = json!({ "epcClass": class });
        list["quantity"] = amount;
        at(
            FACTORY_GLN,
            "ObjectEvent",
            "DELETE",
            "destroying",
            json!({ "quantityList": [list] }),
        )
    };
    let problem = Problem::NotEnough {
        wanted: 101,
        there: 100,
        place: "with this party",
    };
    ground.is_wrong(
        &[destroy(json!(101))],
        0,
        "quantityList[0].quantity",
        problem,
    );
    assert_eq!(ground.actions(&[destroy(json!(100))]).len(), 1);
    assert_eq!(ground.actions(&[destroy(json!(99))]).len(), 2);
    // After 60 are gone, 41 are too many.
    let problem = Problem::NotEnough {
        wanted: 41,
        there: 40,
        place: "with this party",
    };
    let events = [
        destroy(json!(60)),
        with(
            destroy(json!(41)),
            "eventTime",
            json!("2026-03-03T00:00:00Z"),
        ),
    ];
    ground.is_wrong(&events, 1, "quantityList[0].quantity", problem);
    ground.is_wrong(
        &[destroy(json!(1.5))],
        0,
        "quantityList[0].quantity",
        Problem::NotACount,
    );
    let mut weighed = destroy(json!(2));
    weighed["quantityList"][0]["uom"] = json!("KGM");
    let unit = "KGM".to_owned();
    ground.is_wrong(
        &[weighed],
        0,
        "quantityList[0].uom",
        Problem::Measured { unit },
    );
    let class = format!("https://id.gs1.org/01/{GTIN}/10/V42");
    ground.lot_with(MAKER, Topic::MANUFACTURER, FACTORY);
    let mut serials = destroy(json!(2));
    serials["quantityList"][0]["epcClass"] = json!(class);
    ground.is_wrong(
        &[serials],
        0,
        "quantityList[0].epcClass",
        Problem::HasSerials,
    );
}

#[test]
fn a_serial_must_be_of_the_lot_that_is_commissioned() {
    let folder = tempfile::tempdir().unwrap();
    let other = write_lot(folder.path(), "v43", GTIN, "V43", 1);
    let place = folder.path().join("v43").display().to_string();
    let mut ground = Ground::with(3, &format!("[[lot]]\nfolder = {place:?}\n"));
    let foreign = format!("https://id.gs1.org/01/{GTIN}/21/{}", other[0]);
    let unknown = format!("https://id.gs1.org/01/{GTIN}/21/NOBODYS");
    let said = |found: &str, said: &str| Problem::OtherLot {
        found: found.into(),
        said: said.into(),
    };
    let both = vec![ground.pack(0), foreign.clone(), unknown];
    let faults = ground.faults(&[commission(both)]);
    let fault = |field: &str, problem| Fault {
        event: 0,
        field: field.into(),
        problem,
    };
    assert_eq!(
        faults,
        [
            fault("epcList[1]", said("V43", "V42")),
            fault("epcList[2]", Problem::UnknownSerial),
        ]
    );
    let named = with(
        commission(vec![ground.pack(0)]),
        "ilmd",
        json!({ "cbvmda:lotNumber": "V43" }),
    );
    ground.is_wrong(&[named], 0, "epcList[0]", said("V42", "V43"));
    let dated = |day: &str| {
        with(
            commission(vec![foreign.clone()]),
            "ilmd",
            json!({ "cbvmda:itemExpirationDate": day }),
        )
    };
    let other = Problem::OtherExpiry {
        found: "2027-03-31".into(),
        said: "2027-04-30".into(),
    };
    ground.is_wrong(&[dated("2027-04-30")], 0, "epcList[0]", other);
    let text = "soon".to_owned();
    ground.is_wrong(&[dated("soon")], 0, "ilmd", Problem::NotADay { text });
}

#[test]
fn a_lot_that_the_chain_has_otherwise_is_not_commissioned() {
    let mut ground = at_maker(3);
    ground.chain.lots.values_mut().for_each(|lot| lot.count = 4);
    let lot = "V42".to_owned();
    let events = [commission(ground.packs([0]))];
    ground.is_wrong(
        &events,
        0,
        "epcList[0]",
        Problem::LotDiffers { lot: lot.clone() },
    );
    let events = [observe(FACTORY_GLN, "destroying", ground.packs([0]))];
    ground.is_wrong(&events, 0, "epcList[0]", Problem::LotDiffers { lot });
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

#[test]
fn an_alert_has_a_class_a_reason_and_somebody_who_may_say_it() {
    let mut ground = at_pharmacy(3);
    let recalled = with(
        observe(SHOP_GLN, "holding", ground.packs(0..3)),
        "disposition",
        json!("recalled"),
    );
    ground.is_wrong(
        &[recalled.clone()],
        0,
        "epcList[0]",
        ProvenanceError::BadAlert.into(),
    );
    ground.told.told.recall = None;
    ground.told.told.reason = None;
    let faults = ground.faults(&[recalled]);
    let problems: Vec<_> = faults
        .iter()
        .map(|fault| (fault.field.as_str(), fault.problem.clone()))
        .collect();
    assert_eq!(
        problems,
        [("", Problem::NoReason), ("disposition", Problem::NoClass)]
    );
    assert!(faults[0]
        .to_string()
        .contains("tell `reason` (0x and 64 digits)"));
    assert!(faults[1]
        .to_string()
        .contains("tell `recall` (I, II, III or withdrawn)"));
    // What is recalled already is nothing new.
    ground.told.told.reason = Some([1; 32]);
    ground.told.told.recall = Some(Alert::RecallOne);
    ground.change(ground.unit(0), |unit| unit.alerts.raise(Alert::RecallOne));
    let again = with(
        observe(SHOP_GLN, "holding", ground.packs(0..3)),
        "disposition",
        json!("recalled"),
    );
    assert_eq!(ground.actions(&[again]), []);
}

#[test]
fn a_declaration_says_why_and_names_events_by_their_hashes() {
    let mut ground = at_pharmacy(3);
    let declared = |error: Value| {
        let mut error = error;
        error["declarationTime"] = json!("2026-03-20T15:20:00Z");
        error
    };
    let event = with(
        dispense(ground.packs([0])),
        "errorDeclaration",
        declared(json!({})),
    );
    ground.is_wrong(
        &[event],
        0,
        "errorDeclaration.reason",
        Problem::NoErrorReason,
    );
    let error = json!({ "reason": "did_not_occur", "correctiveEventIDs": ["urn:uuid:6c7a9a0e-9d1f-4f57-8a53-0f6d2f1f9b01"] });
    let event = with(
        dispense(ground.packs([0])),
        "errorDeclaration",
        declared(error),
    );
    let field = "errorDeclaration.correctiveEventIDs[0]";
    ground.is_wrong(&[event], 0, field, Problem::UnknownCorrection);
}

#[test]
fn a_transformation_is_told_by_one_event_and_made_by_one_kind_of_maker() {
    let mut ground = at_maker(3);
    let class = format!("https://id.gs1.org/01/{MASKS}/10/NEW");
    let out = json!([{ "epcClass": class, "quantity": 20 }]);
    let half = at(
        FACTORY_GLN,
        "TransformationEvent",
        "",
        "repackaging",
        json!({
            "transformationID": "https://example.org/t/1", "outputQuantityList": out
        }),
    );
    ground.is_wrong(&[half], 0, "transformationID", Problem::InSeveralEvents);
    ground.change(ground.unit(0), |unit| unit.suspect(9).unwrap());
    let whole = at(
        FACTORY_GLN,
        "TransformationEvent",
        "",
        "repackaging",
        json!({
            "inputEPCList": ground.packs(0..3), "outputQuantityList": out,
            "ilmd": { "cbvmda:itemExpirationDate": "2027-01-31" }
        }),
    );
    let quarantined = ProvenanceError::NotActive(State::Quarantined);
    ground.is_wrong(&[whole], 0, "inputEPCList", quarantined.into());
}

#[test]
fn who_did_it_must_be_told_by_a_place_or_a_party() {
    let mut ground = at_maker(3);
    let mut event = observe(FACTORY_GLN, "destroying", ground.packs([0]));
    event.as_object_mut().unwrap().remove("readPoint");
    ground.is_wrong(&[event], 0, "", Problem::NoParty);
    let uri = observe(
        FACTORY_GLN,
        "destroying",
        vec!["https://example.org/thing/7".into()],
    );
    ground.is_wrong(&[uri], 0, "epcList[0]", Problem::NoUnit);
}

#[test]
fn everything_is_said_at_once_and_what_follows_from_it_is_not_said_again() {
    let mut ground = Ground::new(4);
    let events = [
        // Of no product.
        commission(ground.packs(0..4)),
        pack(FACTORY_GLN, &sscc(1), ground.packs([0])),
        ship(vec![sscc(1)], "9521468000001"),
        dispense(vec![format!("https://id.gs1.org/01/{GTIN}/21/NOBODYS")]),
        observe(FACTORY_GLN, "holding", vec![sscc(9)]),
    ];
    ground.chain.products.clear();
    let faults = ground.faults(&events);
    let shown: Vec<_> = faults.iter().map(Fault::to_string).collect();
    assert_eq!(
        shown,
        [
            "event 0, epcList[0]: the contract would refuse this: the product is not registered",
            "event 0, epcList[1]: the contract would refuse this: the product is not registered",
            "event 0, epcList[2]: the contract would refuse this: the product is not registered",
            "event 0, epcList[3]: the contract would refuse this: the product is not registered",
            "event 3, epcList[0]: no lot and no label at hand has this serial: add its lot folder, or its label as scanned",
            &format!(
                "event 4, epcList[0]: no party packed a container {} that is on the chain: add who packed it first",
                number(&sscc(9))
            ),
        ]
    );
}

#[test]
fn without_a_chain_what_begins_in_the_document_is_planned_and_the_rest_is_named() {
    let ground = Ground::new(4);
    let mut chain = NoChain { now: NOW };
    let events = [
        commission(ground.packs(0..4)),
        pack(FACTORY_GLN, &sscc(1), ground.packs([0])),
        ship(vec![sscc(1)], "9521468000001"),
    ];
    let told = &ground.told.told;
    let planned = plan(&read(&events), told, &mut chain, &HashSet::new(), &[]).unwrap();
    assert_eq!(planned.steps().count(), 4);
    let events = [
        ship(vec![sscc(1)], "9521468000001"),
        dispense(ground.packs([1])),
    ];
    let error = plan(&read(&events), told, &mut chain, &HashSet::new(), &[]).unwrap_err();
    let PlanError::Faults(report) = error else {
        panic!("{error}")
    };
    let problems: Vec<_> = report
        .faults()
        .iter()
        .map(|fault| (fault.event, fault.problem.clone()))
        .collect();
    assert_eq!(
        problems,
        [(0, Problem::NeedsChain), (1, Problem::NeedsChain)]
    );
    assert!(report.to_string().contains("name a node with --url"));
}
