//! What is read from a document.

mod common;

use allive_epcis::{
    document::{Action, DocumentKind, EventKind, Thing},
    event_hash,
    hash::EventHash,
    Context, Document, DocumentError, Event, Limits, Problem,
};
use common::data;
use serde_json::{json, Value};

fn sample(name: &str) -> Document {
    Document::from_path(data("valid").join(name), &Limits::default()).unwrap()
}

fn with_event(context: Value, event: Value) -> Value {
    json!({
        "@context": context,
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-03-31T18:00:00Z",
        "epcisBody": { "eventList": [event] },
    })
}

const CONTEXT: &str = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

fn plain_event() -> Value {
    json!({
        "type": "ObjectEvent",
        "eventTime": "2026-03-02T08:00:00+01:00",
        "eventTimeZoneOffset": "+01:00",
        "epcList": ["urn:epc:id:sgtin:9521141.012345.A"],
        "action": "OBSERVE",
    })
}

fn read(document: &Value) -> Result<Document, DocumentError> {
    Document::from_slice(document.to_string().as_bytes(), &Limits::default())
}

fn only_event(document: &Value) -> Event {
    read(document).unwrap().events.remove(0)
}

#[test]
fn a_commissioning_says_product_serials_lot_and_expiry() {
    let document = sample("commission-packs.json");
    assert_eq!(document.kind, DocumentKind::Capture);
    let event = &document.events[0];
    assert_eq!(
        (event.kind, event.action),
        (EventKind::Object, Some(Action::Add))
    );
    assert_eq!(event.step(), Some("commissioning"));
    assert_eq!(event.time.to_string(), "2026-03-02T07:00:00.000Z");
    assert_eq!(event.offset_minutes, 60);
    let things: Vec<String> = event.things.iter().map(Thing::to_string).collect();
    assert_eq!(things[0], "https://id.gs1.org/01/09521141123454/21/7GQK2");
    assert_eq!(things.len(), 3);
    let lot = event
        .ilmd
        .iter()
        .find(|it| it.name == "urn:epcglobal:cbv:mda:lotNumber")
        .unwrap();
    assert_eq!(lot.text.as_deref(), Some("L26-03A"));
}

#[test]
fn a_shipment_says_from_whom_to_whom() {
    let document = sample("ship-and-receive.json");
    let event = &document.events[0];
    assert!(event.disposition.as_ref().unwrap().is("in_transit"));
    let owner = &event.destinations[0];
    assert!(owner.kind.as_ref().unwrap().is("owning_party"));
    assert_eq!(owner.id.to_string(), "https://id.gs1.org/417/9521357000006");
}

#[test]
fn sensors_say_what_they_measured_and_when() {
    let document = sample("cold-chain.json");
    let element = &document.events[0].sensors[0];
    assert_eq!(element.end.unwrap().to_string(), "2026-03-04T06:45:00.000Z");
    let report = &element.reports[0];
    assert!(report.kind.is("Temperature"));
    assert_eq!((report.min, report.max), (Some(2.4), Some(8.6)));
    assert_eq!(report.unit.as_deref(), Some("CEL"));
}

#[test]
fn an_event_and_its_declaration_have_one_hash() {
    let document = sample("error-declaration.json");
    let [wrong, declaration, right] = &document.events[..] else {
        panic!("three events expected")
    };
    assert_eq!(wrong.hash, declaration.hash);
    assert!(!wrong.is_declaration() && declaration.is_declaration());
    assert_ne!(wrong.hash, right.hash);
    let error = declaration.error.as_ref().unwrap();
    assert!(error.reason.as_ref().unwrap().is("incorrect_data"));
    assert_eq!(Some(&error.corrective_events[0]), right.id.as_ref());
}

#[test]
fn an_event_says_whether_it_is_named_by_its_hash() {
    let named = |name: &str| -> Vec<_> {
        let events = sample(name).events;
        events.iter().map(Event::is_named_by_its_hash).collect()
    };
    assert_eq!(named("named-by-its-hash.json"), [Some(true), Some(true)]);
    assert_eq!(named("named-by-another-hash.json"), [Some(false)]);
    assert_eq!(named("error-declaration.json"), [None, None, None]);
}

#[test]
fn every_extension_is_kept_by_hash() {
    let event = &sample("extensions.json").events[0];
    let fields: Vec<&str> = event
        .extensions
        .iter()
        .map(|it| it.field.as_str())
        .collect();
    for field in [
        "ex:tags",
        "ex:itemList",
        "readPoint.ex:shelf",
        "readPoint.ex:deep",
        "bizLocation.ex:floor",
        "sensorElementList[0].ex:note",
        "sensorElementList[0].sensorMetadata.ex:firmware",
        "sensorElementList[0].sensorReport[0].ex:raw",
    ] {
        assert!(fields.contains(&field), "{field}");
    }
    assert_eq!(fields.len(), 8);
    let shelf = event
        .extensions
        .iter()
        .find(|it| it.field == "readPoint.ex:shelf")
        .unwrap();
    assert_eq!(shelf.name, "https://vocabulary.example.org/terms/shelf");
    // SHA-256 of the three characters "7" with its quotes.
    assert_eq!(
        hex::encode(shelf.hash),
        "266aa5886067fbbc1a3a39fe432fc5bbf561abc90e4b8a322215ac17df6ce012"
    );
}

#[test]
fn the_hash_of_an_extension_depends_on_its_meaning_only() {
    let hash = |text: &str| {
        let mut event = plain_event();
        event["ex:a"] = serde_json::from_str(text).unwrap();
        let context = json!([CONTEXT, { "ex": "https://ns.example.org/" }]);
        only_event(&with_event(context, event)).extensions[0].hash
    };
    assert_eq!(hash(r#"{"b": 1.0, "a": [ ]}"#), hash(r#"{"a":[],"b":1}"#));
    assert_ne!(hash("[1,2]"), hash("[2,1]"));
}

#[test]
fn an_event_may_define_prefixes_of_its_own() {
    let mut event = plain_event();
    event["own:a"] = json!(1);
    assert!(read(&with_event(json!(CONTEXT), event.clone())).is_err());
    event["@context"] = json!([{ "own": "https://own.example.org/" }]);
    let read = only_event(&with_event(json!(CONTEXT), event));
    assert_eq!(read.extensions[0].name, "https://own.example.org/a");
}

#[test]
fn a_prefix_never_takes_the_place_of_a_scheme() {
    let document = |context| {
        with_event(context, {
            let mut event = plain_event();
            event["epcList"] = json!(["https://id.gs1.org/00/095211410000000014"]);
            event
        })
    };
    let before = only_event(&document(json!(CONTEXT)));
    let after = only_event(&document(json!([CONTEXT, { "https": "urn:x:" }])));
    assert_eq!(before, after);
}

#[test]
fn the_same_event_has_one_hash_however_it_is_written() {
    let first = plain_event();
    let mut second = plain_event();
    second["eventTime"] = json!("2026-03-02T07:00:00.0000Z");
    second["epcList"] = json!(["https://packs.example.org/gtin/9521141123454/ser/A?17=280229"]);
    second["recordTime"] = json!("2026-03-05T00:00:00Z");
    second["eventID"] = json!("urn:uuid:6c7a9a0e-9d1f-4f57-8a53-0f6d2f1f9b09");
    let hash = |event| only_event(&with_event(json!([CONTEXT]), event)).hash;
    let one = hash(first.clone());
    assert_eq!(one, hash(second));
    assert_eq!(
        one,
        event_hash(first.as_object().unwrap(), &Context::default())
    );
    assert_eq!(EventHash::from_name(&one.to_string()), Some(one));
    let mut third = plain_event();
    third["action"] = json!("DELETE");
    assert_ne!(one, hash(third));
}

#[test]
fn a_document_without_a_version_is_read_as_2_0() {
    let mut query = serde_json::from_slice::<Value>(
        &std::fs::read(data("valid").join("query-document.json")).unwrap(),
    )
    .unwrap();
    let before = read(&query).unwrap();
    assert_eq!(before.kind, DocumentKind::Query);
    query.as_object_mut().unwrap().remove("schemaVersion");
    assert_eq!(read(&query).unwrap(), before);
    for (version, known) in [("2", true), ("2.0", true), ("2.0.0", true), ("2.0.1", true)]
        .into_iter()
        .chain([
            ("1.2", false),
            ("2.1", false),
            ("2.0.x", false),
            ("20", false),
            ("", false),
        ])
    {
        query["schemaVersion"] = json!(version);
        assert_eq!(read(&query).is_ok(), known, "{version}");
    }
}

#[test]
fn faults_are_found_by_code() {
    let mut event = plain_event();
    event["recordTime"] = json!("2026-03-01T00:00:00Z");
    let Err(DocumentError::Faults(report)) = read(&with_event(json!(CONTEXT), event)) else {
        panic!("faults expected")
    };
    let [fault] = report.faults() else {
        panic!("{report}")
    };
    assert_eq!((fault.event, fault.field.as_str()), (Some(0), "recordTime"));
    assert!(matches!(fault.problem, Problem::BeforeTheEvent { .. }));
}

#[test]
fn a_missing_file_is_an_error_of_its_own() {
    let error = Document::from_path(data("valid").join("nothing.json"), &Limits::default());
    assert!(matches!(error, Err(DocumentError::Io(_))));
}
