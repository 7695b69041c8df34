//! Size: a month of a wearable, and years of it.

mod common;

use std::time::{Duration, Instant};

use allive_records::{Bundle, Limits, Record, RecordSecret};
use common::{record, CHAIN, CONTRACT, OWNER};

/// A generous bound: the work is linear, and a quadratic step would take minutes.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn one_entry_of_a_month_is_shown_with_a_short_proof() {
    let record = record("wearable-month.json", 1);
    assert!(record.tree().count >= 1_200);
    let disclosure = record.disclose(&[777]).unwrap();
    // ceil(log2(1242)) steps at most.
    assert!(disclosure.entries[0].proof.len() <= 11);
    assert!(serde_json::to_string(&disclosure).unwrap().len() < 4_096);
    disclosure
        .verify(
            record.commitment(CHAIN, CONTRACT, OWNER),
            CHAIN,
            CONTRACT,
            OWNER,
        )
        .unwrap();
}

#[test]
fn thirty_thousand_entries_take_time_in_proportion() {
    let started = Instant::now();
    let entries: Vec<_> = (0..30_000)
        .map(|n| {
            format!(
                r#"{{"fullUrl":"urn:x:{n}","resource":{{"resourceType":"Basic","id":"{n}","v":{n}.50}}}}"#
            )
        })
        .collect();
    let text = format!(
        r#"{{"resourceType":"Bundle","type":"collection","entry":[{}]}}"#,
        entries.join(",")
    );
    let bundle = Bundle::from_slice(text.as_bytes(), &Limits::default()).unwrap();
    let record = Record::new(bundle, RecordSecret::generate().unwrap()).unwrap();
    let all: Vec<_> = (0..record.tree().count).collect();
    let shown = record
        .disclose(&all)
        .unwrap()
        .verify(
            record.commitment(CHAIN, CONTRACT, OWNER),
            CHAIN,
            CONTRACT,
            OWNER,
        )
        .unwrap();
    assert_eq!(shown.len(), 30_000);
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
}
