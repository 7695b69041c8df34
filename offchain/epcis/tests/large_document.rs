//! A document of 100,000 events: a day of a packaging line.
//!
//! `cargo test --release -p allive-epcis --test large_document -- --nocapture` says how long it
//! takes to read.

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use allive_epcis::{Document, DocumentError, Limits};

/// Without optimisation it takes several times as long, and a fifth of them will do.
const EVENTS: usize = if cfg!(debug_assertions) {
    20_000
} else {
    100_000
};
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 120 } else { 30 });

/// Events of four kinds, one after another: packs begin, are packed, and their case is shipped and
/// received.
fn document(events: usize) -> String {
    let mut text = String::from(
        r#"{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
{"cbvmda":"urn:epcglobal:cbv:mda:"}],"type":"EPCISDocument","schemaVersion":"2.0",
"creationDate":"2026-03-31T18:00:00Z","epcisBody":{"eventList":["#,
    );
    for number in 0..events {
        let case = number / 4;
        let packs: Vec<String> = (0..10)
            .map(|pack| format!(r#""urn:epc:id:sgtin:9521141.012345.{case}-{pack}""#))
            .collect();
        let packs = packs.join(",");
        let sscc = format!("urn:epc:id:sscc:9521141.0{case:09}");
        let time = format!(
            r#""eventTime":"2026-03-{:02}T{:02}:{:02}:{:02}.{:03}+01:00","eventTimeZoneOffset":"+01:00""#,
            1 + number / 86_400,
            number / 3600 % 24,
            number / 60 % 60,
            number % 60,
            number % 1000
        );
        if number > 0 {
            text.push(',');
        }
        match number % 4 {
            0 => write!(
                text,
                r#"{{"type":"ObjectEvent",{time},"action":"ADD","epcList":[{packs}],"bizStep":
"commissioning","disposition":"active","readPoint":{{"id":"urn:epc:id:sgln:9521141.00001.line-2"}},
"ilmd":{{"cbvmda:lotNumber":"L26-03A","cbvmda:itemExpirationDate":"2028-02-29"}}}}"#
            ),
            1 => write!(
                text,
                r#"{{"type":"AggregationEvent",{time},"action":"ADD","parentID":"{sscc}","childEPCs":
[{packs}],"bizStep":"packing","readPoint":{{"id":"urn:epc:id:sgln:9521141.00001.line-2"}}}}"#
            ),
            step => write!(
                text,
                r#"{{"type":"ObjectEvent",{time},"action":"OBSERVE","epcList":["{sscc}"],"bizStep":
"{}","readPoint":{{"id":"urn:epc:id:sgln:9521357.00007.0"}},"bizTransactionList":[{{"type":"desadv",
"bizTransaction":"urn:epcglobal:cbv:bt:9521141000006:D-{case}"}}],"sourceList":[{{"type":
"owning_party","source":"urn:epc:id:pgln:9521141.00000"}}],"sensorElementList":[{{"sensorReport":[{{
"type":"Temperature","value":5.25,"uom":"CEL"}}]}}]}}"#,
                if step == 2 { "shipping" } else { "receiving" }
            ),
        }
        .unwrap();
    }
    text.push_str("]}}");
    text
}

#[test]
fn a_large_document_is_read_and_checked_in_time() {
    let text = document(EVENTS);
    let begun = Instant::now();
    let document = Document::from_slice(text.as_bytes(), &Limits::default()).unwrap();
    let taken = begun.elapsed();
    println!("{EVENTS} events of {} MiB: {taken:.1?}", text.len() >> 20);
    assert!(taken < PATIENCE, "{taken:?}");
    assert_eq!(document.events.len(), EVENTS);
}

#[test]
fn one_bad_event_among_many_is_found() {
    let text = document(4_000).replacen("sscc:9521141.0000000500", "sscc:9521141.000000500", 1);
    let error = Document::from_slice(text.as_bytes(), &Limits::default()).unwrap_err();
    let DocumentError::Faults(report) = error else {
        panic!("{error}")
    };
    assert_eq!(report.faults().len(), 1, "{report}");
    assert_eq!(report.faults()[0].event, Some(2001));
    assert_eq!(report.faults()[0].field, "parentID");
}

#[test]
fn a_document_beyond_a_limit_is_refused() {
    let text = document(8);
    let read = |limits| Document::from_slice(text.as_bytes(), &limits).unwrap_err();
    let limits = Limits::default();
    assert!(matches!(
        read(Limits {
            max_bytes: 100,
            ..limits
        }),
        DocumentError::TooLarge { limit: 100 }
    ));
    assert!(matches!(
        read(Limits {
            max_events: 7,
            ..limits
        }),
        DocumentError::TooManyEvents {
            events: 8,
            limit: 7
        }
    ));
    assert!(matches!(
        read(Limits {
            max_depth: 3,
            ..limits
        }),
        DocumentError::Json(_)
    ));
}
