//! Writes the snapshots, or says what differs from the committed ones.

#![forbid(unsafe_code)]

use allive_costs::snapshot;
use std::process::ExitCode;

fn main() -> std::io::Result<ExitCode> {
    let write = std::env::args()
        .skip(1)
        .any(|argument| argument == "--write");
    let now = snapshot::take();
    let then = snapshot::committed(now.keys().cloned())?;
    let drift = snapshot::drift(&then, &now);
    for line in &drift {
        println!("{line}");
    }
    if write {
        snapshot::write(&now)?;
        println!("{} files written", now.len());
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
