//! What a contract stores, held against what new code would read.

use super::accounts;
use allive_calls::{shape, Code};
use anyhow::{ensure, Result};
use serde_json::{Map, Value};

/// What the code that runs has in storage: path → cell and type.
///
/// The chain keeps no layout. That of these sources is the code's only if they build that very
/// code; any other would let code through that cannot read what is stored.
///
/// # Errors
/// If these sources build other code than the contract runs.
pub fn stored(name: &str, running: &[u8; 32]) -> Result<Map<String, Value>> {
    let built = Code::read(name)?;
    ensure!(
        built.hash() == *running,
        "{name} runs the code {}, and these sources build {}: what lies in its storage is not known from them; \
         nothing was sent. Take the sources of the code that it runs, `make build` there, and give the new code by \
         --bundle",
        accounts::hex(running),
        accounts::hex(&built.hash())
    );
    Ok(cells(&built.metadata))
}

fn cells(metadata: &str) -> Map<String, Value> {
    let shape = shape::of(metadata);
    shape["storage"].as_object().cloned().unwrap_or_default()
}

/// Refuses code that would read the old cells as something else.
///
/// Each cell that is must stay, under its key and of its type; the root cell, which ink! reads
/// whole, must not change at all. New cells bring keys of their own.
///
/// # Errors
/// By each cell that would be read as something else.
pub fn compare(old: &Map<String, Value>, metadata: &Value) -> Result<()> {
    let new = cells(&metadata.to_string());
    let mut faults = Vec::new();
    for (cell, is) in old {
        match new.get(cell) {
            Some(will) if will == is => {}
            Some(will) => faults.push(format!("  {cell}: {is} becomes {will}")),
            None => faults.push(format!("  {cell}: {is} is gone")),
        }
    }
    for (cell, is) in &new {
        if !old.contains_key(cell) && is.as_str().is_some_and(|is| is.starts_with("root ")) {
            faults.push(format!("  {cell}: {is} is new in the root cell"));
        }
    }
    ensure!(
        faults.is_empty(),
        "the new code would not read what is stored; nothing was sent:\n{}",
        faults.join("\n")
    );
    Ok(())
}
