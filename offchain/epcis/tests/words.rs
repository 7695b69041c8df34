//! The table of words in the README, held against the code.

use allive_epcis::{
    fmd::FmdStatus,
    vocabulary::{BIZ_STEPS, DISPOSITIONS},
    Document, Limits,
};
use serde_json::json;

const README: &str = include_str!("../README.md");

fn rows() -> Vec<Vec<&'static str>> {
    let (_, table) = README.split_once("| what happens |").unwrap();
    table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

#[test]
fn the_table_of_words_says_what_the_code_says() {
    let rows = rows();
    assert!(rows.len() >= 20);
    for row in rows {
        let [what, event, step, disposition, status] = row[..] else {
            panic!("{row:?}")
        };
        if step.is_empty() {
            continue;
        }
        let (step, disposition) = (step.trim_matches('`'), disposition.trim_matches('`'));
        assert!(BIZ_STEPS.words.contains(&step), "{step}");
        assert!(DISPOSITIONS.words.contains(&disposition), "{disposition}");
        let (kind, action) = event.split_once(", ").unwrap_or((event, ""));
        let mut fields = json!({
            "type": format!("{kind}Event"),
            "eventTime": "2026-03-02T08:00:00Z",
            "eventTimeZoneOffset": "+00:00",
            "bizStep": step,
            "disposition": disposition,
        });
        let thing = json!(["urn:epc:id:sgtin:9521141.012345.A"]);
        match kind {
            "Object" => fields["epcList"] = thing,
            "Aggregation" => {
                fields["parentID"] = json!("urn:epc:id:sscc:9521141.0000000001");
                fields["childEPCs"] = thing;
            }
            _ => {
                fields["inputEPCList"] = thing;
                fields["outputEPCList"] = json!(["urn:epc:id:sgtin:9521141.012345.B"]);
            }
        }
        if !action.is_empty() {
            fields["action"] = json!(action);
        }
        let document = json!({
            "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
            "type": "EPCISDocument",
            "schemaVersion": "2.0",
            "creationDate": "2026-03-31T18:00:00Z",
            "epcisBody": { "eventList": [fields] },
        });
        let read = Document::from_slice(document.to_string().as_bytes(), &Limits::default())
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        let found = match FmdStatus::after(&read.events[0]) {
            Some(status) => format!("{status:?}").to_lowercase(),
            None => "as before".to_owned(),
        };
        assert_eq!(found, status, "{what}");
    }
}
