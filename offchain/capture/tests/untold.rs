//! What an event does not say, or not rightly: by event and field.

mod common;

use allive_capture::{plan, Fault, NoChain, PlanError, Problem};
use allive_olife_id_interface::Topic;
use common::*;
use provenance::*;
use serde_json::{json, Value};
use std::collections::HashSet;

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
