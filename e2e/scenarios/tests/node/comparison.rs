//! What messages take on the embedded chain, held against what they take on a node.

use crate::recorded::Taken;
use allive_calls::Gas;
use std::collections::BTreeMap;

/// By how much the two may differ: half a percent.
const TOLERANCE: f64 = 0.005;

/// What must be among that which is compared.
const WANTED: &[&str] = &[
    "alv.transfer",
    "alv.approve",
    "alv.balance_of",
    "alv.transfer_and_call",
    "derived_factory.redeem",
    "derived_factory.convert",
    "derived_token.transfer",
    "olife_nexus.register",
    "olife_nexus.offer",
    "olife_nexus.buy",
    "olife_nexus.use_record",
    "olife_id.act:Attest",
    "olife_id.act:Recover",
    "council.execute",
    "provenance.act",
    "provenance.act_for",
];

/// All calls of one message.
#[derive(Default)]
struct Row {
    calls: u32,
    /// The largest that was done, here and on the node.
    largest: [Gas; 2],
    /// The largest differences, in time and in proof.
    differences: [f64; 2],
}

/// Holds the same messages, in the same order, against each other, and prints what they took.
///
/// # Panics
/// If one differs by more than the tolerance, or one that is wanted is not there.
pub fn assert_alike(here: &[Taken], there: &[Taken]) {
    let mut rows = BTreeMap::<&str, Row>::new();
    let mut wrong = Vec::new();
    for (here, there) in here.iter().zip(there) {
        let row = rows.entry(&here.name).or_default();
        row.calls += 1;
        if here.done && here.gas >= row.largest[0] {
            row.largest = [here.gas, there.gas];
        }
        let found = differences(here.gas, there.gas);
        for (largest, found) in row.differences.iter_mut().zip(found) {
            *largest = largest.max(found);
        }
        if here.done != there.done || !alike(here.gas, there.gas) {
            wrong.push(format!("{here:?}, on the node {there:?}"));
        }
    }
    print(&rows);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for wanted in WANTED {
        let done = rows
            .get(wanted)
            .is_some_and(|row| row.largest[0].ref_time > 0);
        assert!(done, "{wanted} was not compared");
    }
}

/// Whether two measures differ by no more than the tolerance.
pub fn alike(here: Gas, there: Gas) -> bool {
    differences(here, there)
        .into_iter()
        .all(|found| found <= TOLERANCE)
}

fn differences(here: Gas, there: Gas) -> [f64; 2] {
    let difference = |here: u64, there: u64| here.abs_diff(there) as f64 / there.max(1) as f64;
    [
        difference(here.ref_time, there.ref_time),
        difference(here.proof_size, there.proof_size),
    ]
}

fn print(rows: &BTreeMap<&str, Row>) {
    println!(
        "{:<42} {:>5} {:>14} {:>14} {:>8} {:>8} {:>8} {:>8}",
        "message", "calls", "ref_time", "on the node", "differ", "proof", "node", "differ"
    );
    for (name, row) in rows {
        let [here, there] = row.largest;
        let [time, proof] = row.differences.map(|found| 100.0 * found);
        println!(
            "{name:<42} {:>5} {:>14} {:>14} {time:>7.3}% {:>8} {:>8} {proof:>7.3}%",
            row.calls, here.ref_time, there.ref_time, here.proof_size, there.proof_size
        );
    }
}
