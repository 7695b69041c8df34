//! Writes the snapshots and the tables of `docs/costs.md` (`--write`), or says what differs from
//! what is committed. `--only NAME` shows what one contract costs as it is built now, and touches
//! no file.

#![forbid(unsafe_code)]

use allive_costs::{
    page, prices,
    snapshot::{self, Costs, Snapshot, COSTS},
};
use std::{io, process::ExitCode};

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => compare(false),
        ["--write"] => compare(true),
        ["--only", name] => Ok(show(name)),
        _ => {
            eprintln!("usage: snapshot [--write | --only NAME]");
            Ok(ExitCode::FAILURE)
        }
    }
}

fn compare(write: bool) -> io::Result<ExitCode> {
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

fn show(name: &str) -> ExitCode {
    let Some(contract) = snapshot::take_one(name) else {
        eprintln!("no contract `{name}`");
        return ExitCode::FAILURE;
    };
    println!("{name}: {} bytes of code", contract.wasm_bytes);
    println!("{:<32} {:>14} {:>9}", "message", "ref_time", "proof");
    for (message, cost) in &contract.messages {
        println!("{message:<32} {:>14} {:>9}", cost.ref_time, cost.proof_size);
    }
    ExitCode::SUCCESS
}
