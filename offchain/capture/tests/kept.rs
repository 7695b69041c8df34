//! What is not sent, and why.

mod common;

use allive_capture::Note;
use allive_olife_id_interface::Topic;
use common::*;
use provenance::*;
use serde_json::json;

#[test]
fn an_event_is_declared_an_error_and_what_it_said_is_not_sent() {
    let mut ground = Ground::new(3);
    ground.lot_with(PHARMACY, Topic::PHARMACY, SHOP);
    let wrong = at(
        SHOP_GLN,
        "ObjectEvent",
        "DELETE",
        "dispensing",
        json!({ "epcList": ground.packs([0]) }),
    );
    let right = with(
        at(
            SHOP_GLN,
            "ObjectEvent",
            "DELETE",
            "dispensing",
            json!({ "epcList": ground.packs([1]) }),
        ),
        "eventID",
        json!("urn:uuid:6c7a9a0e-9d1f-4f57-8a53-0f6d2f1f9b01"),
    );
    let declaration = with(
        wrong.clone(),
        "errorDeclaration",
        json!({
            "declarationTime": "2026-03-20T15:20:00Z",
            "reason": "incorrect_data",
            "correctiveEventIDs": ["urn:uuid:6c7a9a0e-9d1f-4f57-8a53-0f6d2f1f9b01"],
        }),
    );
    let events = [wrong, declaration, right];
    let document = read(&events);
    let plan = ground.planned(&events);
    assert_eq!(plan.deeds[0].notes, [Note::Declared { by: 1 }]);
    let declared = ErrorDeclaration {
        event: document.events[0].hash.0,
        reason: ErrorReason::IncorrectData,
        corrected_by: vec![document.events[2].hash.0],
    };
    let steps: Vec<_> = plan.steps().collect();
    assert_eq!(steps.len(), 2);
    assert_eq!(
        steps[0].action,
        Action::DeclareError {
            declaration: declared.into()
        }
    );
    assert!(matches!(&steps[1].action, Action::Dispense { claim, .. } if claim.index == 1));
}

#[test]
fn what_the_chain_has_nothing_for_is_listed_with_its_reason_and_kept_by_hash() {
    let mut ground = Ground::new(3);
    let transaction =
        json!([{ "type": "po", "bizTransaction": "urn:epcglobal:cbv:bt:9521141000007:PO-1" }]);
    let packs = ground.packs([0]);
    let events = [
        at(
            FACTORY_GLN,
            "TransactionEvent",
            "ADD",
            "shipping",
            json!({ "epcList": packs, "bizTransactionList": transaction, "ex:shelf": "7" }),
        ),
        at(
            FACTORY_GLN,
            "AssociationEvent",
            "ADD",
            "installing",
            json!({ "parentID": sscc(1), "childEPCs": ["urn:epc:id:giai:9521357.logger-88"] }),
        ),
        observe(FACTORY_GLN, "decommissioning", packs.clone()),
        observe(FACTORY_GLN, "picking", packs),
        at(
            FACTORY_GLN,
            "AggregationEvent",
            "ADD",
            "loading",
            json!({
                "parentID": "urn:epc:id:giai:9521357.truck-1", "childEPCs": [sscc(1)]
            }),
        ),
    ];
    let plan = ground.planned(&events);
    assert_eq!(plan.steps().count(), 0);
    let notes: Vec<_> = plan
        .deeds
        .iter()
        .map(|deed| deed.notes[0].to_string())
        .collect();
    for (note, why) in notes.iter().zip([
        "a business transaction moves no goods",
        "something was tied to it",
        "an identifier was taken off",
        "no action for this step",
        "its parent has no SSCC",
    ]) {
        assert!(
            note.contains(why) && note.contains("kept by its hash"),
            "{note}"
        );
    }
    let kept = &plan.kept[0];
    assert_eq!(kept.hash, read(&events).events[0].hash);
    assert_eq!(kept.extensions[0].field, "ex:shelf");
    assert_ne!(kept.extensions[0].hash, [0; 32]);
}

#[test]
fn what_others_tell_is_compared_with_the_chain_and_never_sent() {
    let mut ground = Ground::new(4);
    ground.lot_with(MAKER, Topic::MANUFACTURER, FACTORY);
    ground.change(ground.unit(0), |unit| {
        unit.live()
            .unwrap()
            .ship(STRANGER, NOW + DAY, NOW - 1, DAY * 9)
            .unwrap();
        unit.live()
            .unwrap()
            .receive(STRANGER, Topic::WHOLESALER, 9521357000075, NOW - 1)
            .unwrap();
    });
    let events = [
        observe(OTHER_GLN, "receiving", ground.packs(0..4)),
        observe(OTHER_GLN, "destroying", ground.packs([1])),
        observe("9521777000006", "destroying", ground.packs([2])),
    ];
    let plan = ground.planned(&events);
    assert_eq!(plan.steps().count(), 0);
    let others = |party: &str, shown| Note::Others {
        party: party.into(),
        shown,
    };
    let notes: Vec<_> = plan
        .deeds
        .iter()
        .map(|deed| deed.notes[0].clone())
        .collect();
    assert_eq!(
        notes,
        [
            others("Other", true),
            others("Other", false),
            others("GLN 9521777000006", false)
        ]
    );
}

#[test]
fn what_the_chain_shows_already_is_not_sent_again() {
    let mut ground = Ground::new(6);
    ground.lot_with(MAKER, Topic::MANUFACTURER, FACTORY);
    let events = [
        commission(ground.packs(0..6)),
        ship(ground.packs(0..6), "9521468000001"),
    ];
    ground.change(ground.unit(0), |unit| {
        unit.live()
            .unwrap()
            .ship(PHARMACY, NOW + DAY, NOW - 1, DAY * 9)
            .unwrap();
    });
    let plan = ground.planned(&events);
    assert_eq!(plan.steps().count(), 0);
    assert!(plan
        .deeds
        .iter()
        .all(|deed| deed.notes.contains(&Note::There)));
    assert_eq!(plan.deeds[0].events, [0]);
}
