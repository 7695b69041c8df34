//! Writes the snapshots and the tables of `docs/costs.md`, or says what differs from what is
//! committed.

#![forbid(unsafe_code)]

use allive_costs::{
    page, prices,
    snapshot::{self, Costs, Snapshot, COSTS},
};
use std::{io, process::ExitCode};

fn main() -> io::Result<ExitCode> {
    let write = std::env::args()
        .skip(1)
        .any(|argument| argument == "--write");
    let now = snapshot::take();
    let then = snapshot::committed(now.keys().cloned())?;
    let mut drift = snapshot::drift(&then, &now);
    let shown = page::read()?;
    let page = page::with_tables(&shown, &tables(&now)?);
    if page != shown {
        drift.push(format!("{}: other figures in its tables", page::PAGE));
    }
    for line in &drift {
        println!("{line}");
    }
    if write {
        snapshot::write(&now)?;
        page::write(&page)?;
        println!("{} files written", now.len() + 1);
        return Ok(ExitCode::SUCCESS);
    }
    Ok(if drift.is_empty() {
        println!("nothing differs");
        ExitCode::SUCCESS
    } else {
        println!("what is built differs from what is committed");
        ExitCode::FAILURE
    })
}

fn tables(now: &Snapshot) -> io::Result<Vec<(&'static str, String)>> {
    let costs: Costs = serde_json::from_value(now[COSTS].clone())?;
    let mut tables = page::tables(&costs);
    tables.push(prices::table());
    Ok(tables)
}
