//! The hash of an event, held against the pinned package `epcis_event_hash_generator`.
//!
//! `scripts/validate epcis` installs the package and runs it. Where Python or the package cannot be
//! had, these tests say so and pass.

mod common;

use std::{collections::BTreeMap, path::Path};

use allive_epcis::{hash::pre_hash, vocabulary, Context};
use common::{data, events_of, validate, Random};
use serde_json::{json, Map, Value};

/// Whether the package can be had here. `make test` has installed it before any test runs.
fn there_is_a_reference() -> bool {
    let empty = tempfile::tempdir().unwrap();
    let output = validate(&["--hashes".as_ref(), empty.path().as_os_str()]);
    if !output.status.success() {
        eprintln!(
            "SKIPPED: scripts/validate epcis does not run here: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    output.status.success()
}

/// What the package makes of every document of a folder, event by event. `None` is an event that
/// it cannot hash.
fn reference(folder: &Path) -> BTreeMap<String, Vec<Option<String>>> {
    let output = validate(&["--hashes".as_ref(), folder.as_os_str()]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn ours(document: &Value) -> Vec<String> {
    let context = Context::of(document.get("@context"));
    events_of(document)
        .iter()
        .map(|event| pre_hash(event.as_object().unwrap(), &context))
        .collect()
}

fn document(events: Vec<Value>) -> Value {
    json!({
        "@context": [
            vocabulary::CONTEXTS[0],
            { "ex": "https://ns.example.com/epcis/" },
            { "plain": "http://ns.example.com/plain" },
        ],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-01-01T00:00:00Z",
        "epcisBody": { "eventList": events },
    })
}

/// Writes a document. The package wants a type before what it is the type of, and here members are
/// written in the order of their names.
fn write(folder: &Path, number: usize, document: &Value) {
    let text = document.to_string().replace(TYPE_FIRST, "type");
    std::fs::write(folder.join(format!("{number:05}.json")), text).unwrap();
}

/// Stands for `type`, and sorts before every other name.
const TYPE_FIRST: &str = "!type";

/// Lists where the two differ in the documents of a folder.
fn differences(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for (name, theirs) in reference(folder) {
        let text = std::fs::read(folder.join(name)).unwrap();
        let document: Value = serde_json::from_slice(&text).unwrap();
        for ((event, ours), theirs) in events_of(&document).iter().zip(ours(&document)).zip(theirs)
        {
            if Some(&ours) != theirs.as_ref() {
                found.push(format!("{event}\n  ours   {ours}\n  theirs {theirs:?}"));
            }
        }
    }
    found
}

#[test]
fn both_hash_every_sample_alike() {
    if !there_is_a_reference() {
        return;
    }
    let found = differences(&data("valid"));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn both_hash_random_documents_alike() {
    if !there_is_a_reference() {
        return;
    }
    let mut random = Random::new(20_261_127);
    let folder = tempfile::tempdir().unwrap();
    for number in 0..250 {
        let events = (0..4).map(|_| random_event(&mut random)).collect();
        write(folder.path(), number, &document(events));
    }
    let found = differences(folder.path());
    assert!(
        found.is_empty(),
        "{} events differ:\n{}",
        found.len(),
        found[..found.len().min(5)].join("\n")
    );
}

#[test]
fn both_know_the_same_words() {
    if !there_is_a_reference() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for list in vocabulary::ALL {
        for word in list.words {
            let address = list.expand(word).unwrap();
            lines.push_str(&format!("{}\t{word}\t{address}\n", list.name));
        }
    }
    for (prefix, address) in vocabulary::PREFIXES {
        lines.push_str(&format!("prefix\t{prefix}\t{address}\n"));
    }
    let path = folder.path().join("words");
    std::fs::write(&path, lines).unwrap();
    let output = validate(&["--words".as_ref(), path.as_os_str()]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

/// An event and what each makes of it, from the end of the `action` on. `None` is no hash at all.
struct Difference {
    reason: &'static str,
    event: Value,
    ours: &'static str,
    theirs: Option<&'static str>,
}

fn event_with(more: Value) -> Value {
    let mut event = json!({
        "type": "ObjectEvent",
        "eventTime": "2026-01-01T00:00:00Z",
        "eventTimeZoneOffset": "+00:00",
        "action": "OBSERVE",
    });
    let fields = event.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    event
}

/// Every difference that the README lists.
fn listed_differences() -> Vec<Difference> {
    let difference = |reason, more, ours, theirs| Difference {
        reason,
        event: event_with(more),
        ours,
        theirs,
    };
    vec![
        difference(
            "a transaction without a type",
            json!({ "bizTransactionList": [{ "bizTransaction": "urn:x:1" }] }),
            "bizTransactionListbizTransaction=urn:x:1",
            None,
        ),
        difference(
            "the last half millisecond of a second",
            json!({ "sensorElementList": [{ "sensorReport": [
                { "type": "Temperature", "time": "2026-01-01T00:00:00.9995Z" }
            ] }] }),
            "sensorElementListsensorElementsensorReporttype=https://gs1.org/voc/Temperature\
             time=2026-01-01T00:00:01.000Z",
            None,
        ),
        difference(
            "half a millisecond after an even one",
            json!({ "sensorElementList": [{ "sensorReport": [
                { "type": "Temperature", "time": "2026-01-01T00:00:00.1425Z" }
            ] }] }),
            "sensorElementListsensorElementsensorReporttype=https://gs1.org/voc/Temperature\
             time=2026-01-01T00:00:00.143Z",
            Some(
                "sensorElementListsensorElementsensorReporttype=https://gs1.org/voc/Temperature\
                 time=2026-01-01T00:00:00.142Z",
            ),
        ),
        difference(
            "a text that Python reads as an infinite number",
            json!({ "ex:a": "infinity" }),
            "{https://ns.example.com/epcis/}a=infinity",
            None,
        ),
        difference(
            "a text with an underscore that Python reads as a number",
            json!({ "ex:a": "1_000" }),
            "{https://ns.example.com/epcis/}a=1_000",
            Some("{https://ns.example.com/epcis/}a=1000"),
        ),
        difference(
            "digits of other scripts",
            json!({ "ex:a": "１２" }),
            "{https://ns.example.com/epcis/}a=１２",
            Some("{https://ns.example.com/epcis/}a=12"),
        ),
        difference(
            "a value with a prefix of the EPCIS context that the document does not repeat",
            json!({ "sensorElementList": [{ "sensorReport": [{ "type": "gs1:Temperature" }] }] }),
            "sensorElementListsensorElementsensorReporttype=https://gs1.org/voc/Temperature",
            Some("sensorElementListsensorElementsensorReporttype=gs1:Temperature"),
        ),
        difference(
            "a name with a prefix of the EPCIS context that the document does not repeat",
            json!({ "action": "ADD", "ilmd": { "cbvmda:lotNumber": "L1" } }),
            "ilmd{urn:epcglobal:cbv:mda:}lotNumber=L1",
            Some("ilmdcbvmda:lotNumber=L1"),
        ),
        difference(
            "a prefix that the event itself defines",
            json!({ "@context": [{ "own": "https://own.example/" }], "own:a": 1 }),
            "{https://own.example/}a=1",
            Some("@contextown=https://own.example/own:a=1"),
        ),
        difference(
            "a word of the event in an extension",
            json!({ "bizStep": "shipping", "ex:a": "shipping" }),
            "bizStep=https://ref.gs1.org/cbv/BizStep-shipping\
             {https://ns.example.com/epcis/}a=shipping",
            Some(
                "bizStep=https://ref.gs1.org/cbv/BizStep-shipping\
                 {https://ns.example.com/epcis/}a=https://ref.gs1.org/cbv/BizStep-shipping",
            ),
        ),
        difference(
            "a time in another form than that of RFC 3339",
            json!({ "sensorElementList": [{ "sensorReport": [
                { "type": "Temperature", "time": "20260101T000000Z" }
            ] }] }),
            "sensorElementListsensorElementsensorReporttype=https://gs1.org/voc/Temperature\
             time=20260101T000000Z",
            Some(
                "sensorElementListsensorElementsensorReporttype=https://gs1.org/voc/Temperature\
                 time=2026-01-01T00:00:00.000Z",
            ),
        ),
        difference(
            "a returnable asset of a company with a prefix of 12 digits",
            json!({ "parentID": "urn:epc:id:grai:401234512345..7" }),
            "",
            None,
        ),
    ]
}

#[test]
fn every_listed_difference_is_as_listed() {
    let listed = listed_differences();
    let documents: Vec<Value> = listed
        .iter()
        .map(|it| document(vec![it.event.clone()]))
        .collect();
    let end = |text: &str| {
        let (_, end) = text.split_once("action=").unwrap();
        end.trim_start_matches("OBSERVE")
            .trim_start_matches("ADD")
            .to_owned()
    };
    let parents = [
        "https://id.gs1.org/8003/04012345123456",
        "urn:epc:id:grai:401234512345..7",
    ];
    for (it, document) in listed.iter().zip(&documents) {
        let text = &ours(document)[0];
        assert_eq!(end(text), it.ours, "{}", it.reason);
        if it.event.get("parentID").is_some() {
            assert!(text.contains(parents[0]), "{text}");
        }
    }
    if !there_is_a_reference() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (number, document) in documents.iter().enumerate() {
        write(folder.path(), number, document);
    }
    for (it, theirs) in listed.iter().zip(reference(folder.path()).values()) {
        let theirs = theirs[0].as_deref();
        if it.event.get("parentID").is_some() {
            assert!(theirs.unwrap().contains(parents[1]), "{theirs:?}");
        } else {
            assert_eq!(theirs.map(end).as_deref(), it.theirs, "{}", it.reason);
        }
    }
}

/// The package keeps the order of two members of a JSON object, which has none.
#[test]
fn a_type_goes_first_whatever_the_order_of_members() {
    let first = r#"{"type":"ObjectEvent","action":"OBSERVE","sourceList":[
        {"type":"location","source":"urn:x:1"}]}"#;
    let last = r#"{"sourceList":[{"source":"urn:x:1","type":"location"}],
        "action":"OBSERVE","type":"ObjectEvent"}"#;
    let hash = |text: &str| {
        let event: Map<String, Value> = serde_json::from_str(text).unwrap();
        pre_hash(&event, &Context::default())
    };
    assert_eq!(hash(first), hash(last));
    assert!(
        hash(last).ends_with("sourceListtype=https://ref.gs1.org/cbv/SDT-locationsource=urn:x:1")
    );
}

fn random_event(random: &mut Random) -> Value {
    let kind = *random.of(&[
        "ObjectEvent",
        "AggregationEvent",
        "TransactionEvent",
        "TransformationEvent",
        "AssociationEvent",
    ]);
    let mut event = Map::new();
    let mut put = |name: &str, value: Value| event.insert(name.to_owned(), value);
    put("type", json!(kind));
    put("eventTime", json!(random_time(random)));
    put(
        "eventTimeZoneOffset",
        json!(random.of(&["+00:00", "-05:30", "+14:00"])),
    );
    if random.one_in(3) {
        put("recordTime", json!(random_time(random)));
    }
    if random.one_in(4) {
        put(
            "eventID",
            json!("urn:uuid:00000000-0000-4000-8000-000000000001"),
        );
    }
    if random.one_in(5) {
        put(
            "errorDeclaration",
            json!({ "declarationTime": random_time(random), "reason": "incorrect_data" }),
        );
    }
    if random.one_in(4) {
        put("certificationInfo", random_uris(random));
    }
    if kind != "TransformationEvent" {
        put("action", json!(random.of(&["ADD", "OBSERVE", "DELETE"])));
    }
    for name in ["epcList", "childEPCs", "inputEPCList", "outputEPCList"] {
        if random.one_in(3) {
            put(name, random_uris(random));
        }
    }
    for name in [
        "quantityList",
        "childQuantityList",
        "inputQuantityList",
        "outputQuantityList",
    ] {
        if random.one_in(3) {
            let list: Vec<Value> = (0..random.below(3))
                .map(|_| {
                    let mut item = json!({ "epcClass": random_uri(random) });
                    if random.one_in(2) {
                        item["quantity"] = random_number(random);
                        item["uom"] = json!("KGM");
                    }
                    item
                })
                .collect();
            put(name, json!(list));
        }
    }
    if random.one_in(3) {
        put("parentID", random_uri(random));
    }
    if random.one_in(5) {
        put("transformationID", random_uri(random));
    }
    if random.one_in(2) {
        put("bizStep", random_word(random, &vocabulary::BIZ_STEPS));
    }
    if random.one_in(2) {
        put(
            "disposition",
            random_word(random, &vocabulary::DISPOSITIONS),
        );
    }
    if random.one_in(4) {
        put(
            "persistentDisposition",
            json!({
                "set": [random_word(random, &vocabulary::DISPOSITIONS), "damaged"],
                "unset": [random_word(random, &vocabulary::DISPOSITIONS)],
            }),
        );
    }
    for name in ["readPoint", "bizLocation"] {
        if random.one_in(2) {
            let mut place = json!({ "id": random_uri(random) });
            random_extensions(random, place.as_object_mut().unwrap());
            put(name, place);
        }
    }
    for (list, name, words) in [
        (
            "bizTransactionList",
            "bizTransaction",
            &vocabulary::TRANSACTION_TYPES,
        ),
        ("sourceList", "source", &vocabulary::PARTY_TYPES),
        ("destinationList", "destination", &vocabulary::PARTY_TYPES),
    ] {
        if random.one_in(3) {
            let items: Vec<Value> = (0..random.below(4))
                .map(
                    |_| json!({ TYPE_FIRST: random_word(random, words), name: random_uri(random) }),
                )
                .collect();
            put(list, json!(items));
        }
    }
    if random.one_in(3) {
        let list: Vec<Value> = (0..random.below(3))
            .map(|_| random_sensor(random))
            .collect();
        put("sensorElementList", json!(list));
    }
    if random.one_in(3) {
        let mut ilmd = Map::new();
        random_extensions(random, &mut ilmd);
        put("ilmd", Value::Object(ilmd));
    }
    random_extensions(random, &mut event);
    Value::Object(event)
}

fn random_time(random: &mut Random) -> String {
    let fraction = random.of(&[
        "",
        ".0",
        ".1",
        ".120",
        ".1234",
        ".9994",
        ".1115",
        ".99949999",
    ]);
    let offset = random.of(&["Z", "+02:00", "-11:45"]);
    format!(
        "20{:02}-{:02}-{:02}T{:02}:{:02}:{:02}{fraction}{offset}",
        random.below(60),
        random.below(12) + 1,
        random.below(28) + 1,
        random.below(24),
        random.below(60),
        random.below(60)
    )
}

fn random_uri(random: &mut Random) -> Value {
    let serial = *random.of(&["1", "0", "A-b_9", "x%2Fy", "a(b)*:,", "007", "z'=;"]);
    let plain = *random.of(&["1", "0", "A-b_9", "007", "z'=;"]);
    let host = *random.of(&[
        "https://id.gs1.org",
        "http://a.example/some/path",
        "https://b.example:8443",
    ]);
    let uris = [
        format!("urn:epc:id:sgtin:4012345.011111.{serial}"),
        format!("urn:epc:class:lgtin:401234.1011111.{serial}"),
        format!("urn:epc:id:sgln:4012345.00011.{serial}"),
        format!("urn:epc:id:grai:4012345.11111.{serial}"),
        format!("urn:epc:id:giai:4012345.{serial}"),
        format!("urn:epc:id:gdti:4012345.11111.{serial}"),
        format!("urn:epc:id:ginc:4012345.{serial}"),
        format!("urn:epc:id:itip:4012345.011111.01.02.{serial}"),
        format!("urn:epc:id:upui:4012345.011111.{serial}"),
        "urn:epc:id:cpi:4012345.A-1.99".to_owned(),
        "urn:epc:id:sscc:4012345.0000000111".to_owned(),
        "urn:epc:id:sgcn:4012345.11111.999".to_owned(),
        "urn:epc:id:pgln:401234512345.".to_owned(),
        "urn:epc:id:gsrn:4012345.1111111111".to_owned(),
        "urn:epc:id:gsrnp:4012345.1111111111".to_owned(),
        "urn:epc:id:gsin:4012345.111111111".to_owned(),
        "urn:epc:idpat:sgtin:4012345.011111.*".to_owned(),
        "urn:epc:idpat:grai:4012345.11111.*".to_owned(),
        "urn:epc:idpat:gdti:4012345.11111.*".to_owned(),
        "urn:epc:idpat:cpi:4012345.A-1.*".to_owned(),
        "urn:epc:idpat:itip:4012345.011111.01.02.*".to_owned(),
        // Not of the form that its scheme has.
        "urn:epc:id:sgtin:4012345.0111111.1".to_owned(),
        "urn:uuid:00000000-0000-4000-8000-000000000002".to_owned(),
        "geo:50.9,6.9".to_owned(),
        "https://a.example/what/ever?x=1".to_owned(),
        format!("{host}/00/040123450000001112"),
        format!("{host}/01/4012345999990"),
        format!("{host}/01/04012345999990/21/{plain}?17=271231"),
        format!("{host}/01/04012345999990/10/L1/21/{plain}"),
        format!("{host}/01/04012345999990/22/2A/10/L1/21/{plain}"),
        format!("{host}/01/04012345999990/22/2A"),
        format!("{host}/gtin/04012345999990/lot/{plain}"),
        format!("{host}/gtin/4012345999990/ser/{serial}"),
        format!("{host}/414/4012345000115/254/{plain}"),
        format!("{host}/417/4012345000009"),
        format!("{host}/253/4012345111118{plain}"),
        format!("{host}/255/4012345111118999"),
        format!("{host}/8003/04012345111118{plain}"),
        format!("{host}/giai/4012345{plain}"),
        format!("{host}/8006/040123451111180102/21/{plain}"),
        format!("{host}/8010/4012345A-1/8011/99"),
        format!("{host}/8018/401234511111111114"),
        format!("{host}/402/40123451111111119"),
        format!("{host}/401/4012345{plain}"),
        format!("{host}/00/0401234500000011"),
        "ex:thing".to_owned(),
    ];
    json!(random.of(&uris))
}

fn random_uris(random: &mut Random) -> Value {
    let count = random.below(4);
    json!((0..count).map(|_| random_uri(random)).collect::<Vec<_>>())
}

fn random_word(random: &mut Random, list: &vocabulary::Vocabulary) -> Value {
    let word = random.of(list.words);
    json!(match random.below(4) {
        0 => format!("{}{word}", list.address),
        1 if !list.urn.is_empty() => format!("{}{word}", list.urn),
        2 if random.one_in(4) => "https://own.example/words/other_word".to_owned(),
        _ => (*word).to_string(),
    })
}

fn random_number(random: &mut Random) -> Value {
    let numbers = [
        "0",
        "1",
        "2.50",
        "1e3",
        "0.0001",
        "0.00001",
        "-0.0",
        "123456789.125",
        "1e21",
        "1E-7",
        "9007199254740993",
        "-17.3",
        "0.1",
        "1e300",
        "4.9e-324",
        "18446744073709551615",
    ];
    serde_json::from_str::<Value>(random.of::<&str>(&numbers)).unwrap()
}

fn random_value(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth == 0 { 7 } else { 10 }) {
        0 => json!(true),
        1 => Value::Null,
        2 => random_number(random),
        3 => random_uri(random),
        4 => {
            json!(random.of(&["007", " padded ", "", "+5", "5.", ".5", "1e5", "0x10", "nan", "é"]))
        }
        5 => json!("2026-01-01T10:00:00+01:00"),
        6 => json!(random.of(&["urn:epcglobal:cbv:disp:active", "plain:word", "a text"])),
        7 => json!((0..random.below(3))
            .map(|_| random_value(random, depth - 1))
            .collect::<Vec<_>>()),
        _ => {
            let mut object = Map::new();
            random_extensions(random, &mut object);
            Value::Object(object)
        }
    }
}

fn random_extensions(random: &mut Random, object: &mut Map<String, Value>) {
    for name in [
        "ex:a",
        "ex:bList",
        "plain:c",
        "ex:someTime",
        "https://own.example/d",
        "comment",
    ] {
        if random.one_in(6) {
            object.insert(name.to_owned(), random_value(random, 2));
        }
    }
}

fn random_sensor(random: &mut Random) -> Value {
    let mut metadata = Map::new();
    for name in ["time", "startTime", "endTime"] {
        if random.one_in(3) {
            metadata.insert(name.to_owned(), json!(random_time(random)));
        }
    }
    for name in ["deviceID", "deviceMetadata", "rawData", "bizRules"] {
        if random.one_in(4) {
            metadata.insert(name.to_owned(), random_uri(random));
        }
    }
    random_extensions(random, &mut metadata);
    let reports: Vec<Value> = (0..random.below(3) + 1)
        .map(|_| {
            let mut report = Map::new();
            let mut put = |name: &str, value: Value| report.insert(name.to_owned(), value);
            put("type", random_word(random, &vocabulary::MEASUREMENTS));
            for name in [
                "value",
                "minValue",
                "maxValue",
                "meanValue",
                "sDev",
                "percRank",
                "percValue",
            ] {
                if random.one_in(3) {
                    put(name, random_number(random));
                }
            }
            if random.one_in(3) {
                put("exception", random_word(random, &vocabulary::ALERTS));
            }
            if random.one_in(3) {
                put("component", random_word(random, &vocabulary::COMPONENTS));
            }
            if random.one_in(3) {
                put("uom", json!("CEL"));
                put("stringValue", json!("1.50"));
                put("booleanValue", json!(false));
                put("hexBinaryValue", json!("f0f0"));
                put("time", json!(random_time(random)));
            }
            for name in ["uriValue", "microorganism", "coordinateReferenceSystem"] {
                if random.one_in(5) {
                    put(name, random_uri(random));
                }
            }
            random_extensions(random, &mut report);
            Value::Object(report)
        })
        .collect();
    let mut element = json!({ "sensorReport": reports });
    if random.one_in(2) {
        element["sensorMetadata"] = Value::Object(metadata);
    }
    random_extensions(random, element.as_object_mut().unwrap());
    element
}
