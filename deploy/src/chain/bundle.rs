//! New code for a contract, as `cargo contract build` leaves it.

use super::accounts;
use anyhow::{Context, Result};
use serde_json::Value;
use std::{fs, path::Path};

/// New code and what it says of itself.
pub struct Bundle {
    pub wasm: Vec<u8>,
    pub hash: [u8; 32],
    pub metadata: Value,
    /// Selector of the message that takes over the state.
    pub migration: Option<[u8; 4]>,
}

impl Bundle {
    /// Reads a file as `cargo contract build` leaves it. The migration is a message of the new
    /// code.
    ///
    /// # Errors
    /// If it is no such file, or has no such message.
    pub fn read(file: &Path, migration: Option<&str>) -> Result<Self> {
        let place = || file.display().to_string();
        let text = fs::read_to_string(file).with_context(place)?;
        let metadata: Value = serde_json::from_str(&text).with_context(place)?;
        let wasm = metadata["source"]["wasm"]
            .as_str()
            .and_then(accounts::bytes)
            .with_context(|| format!("{}: no code in it; a .contract file is wanted", place()))?;
        let hash = sp_core::blake2_256(&wasm);
        let migration = migration
            .map(|label| selector(&metadata, label).with_context(place))
            .transpose()?;
        Ok(Self {
            wasm,
            hash,
            metadata,
            migration,
        })
    }
}

fn selector(metadata: &Value, label: &str) -> Result<[u8; 4]> {
    let messages = metadata["spec"]["messages"]
        .as_array()
        .into_iter()
        .flatten();
    let message = messages
        .into_iter()
        .find(|message| message["label"] == label)
        .with_context(|| format!("the new code has no message `{label}`"))?;
    let selector = message["selector"].as_str().and_then(accounts::bytes);
    selector
        .and_then(|bytes| bytes.try_into().ok())
        .with_context(|| format!("the message `{label}` has no selector"))
}
