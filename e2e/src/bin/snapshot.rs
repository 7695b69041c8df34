//! Writes the snapshots, or says what differs from the committed ones.

#![forbid(unsafe_code)]

use allive_e2e::snapshot;
use std::process::ExitCode;

fn main() -> std::io::Result<ExitCode> {
    let write = std::env::args()
        .skip(1)
        .any(|argument| argument == "--write");
    let now = snapshot::take();
    let then = snapshot::committed(now.keys().cloned())?;
    let mut differs = false;
    for (name, value) in &now {
        for line in snapshot::differences(&then[name], value) {
            differs = true;
            println!("{name}{line}");
        }
    }
    if write {
        snapshot::write(&now)?;
        println!("{} files written to snapshots/", now.len());
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "{}",
        if differs {
            "the figures differ from snapshots/"
        } else {
            "nothing differs"
        }
    );
    Ok(if differs {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
