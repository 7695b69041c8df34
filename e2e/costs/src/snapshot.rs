//! The committed figures, and how they are held against what is.

use crate::{
    meter::{Measure, Measures},
    per_block::{per_block, PerBlock},
    psp22, Hot, SUITE,
};
use allive_calls::shape;
use allive_calls::Code;
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// The sizes of state at which every message is measured.
pub const SCALES: [u32; 3] = [1, 1_000, 100_000];

/// How many differences of one file are shown.
const SHOWN: usize = 60;

/// The published token that the suite is measured against.
const REFERENCE: &str = "psp22";

/// Where the figures are committed.
pub const COSTS: &str = "snapshots/costs.json";

/// The content of [`COSTS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Costs {
    /// Published contracts that the suite is measured against.
    pub reference: BTreeMap<String, Contract>,
    /// The contracts of the suite.
    pub contracts: BTreeMap<String, Contract>,
    /// `<contract>.<message>`: how many of a hot message fit into one block.
    pub per_block: BTreeMap<String, PerBlock>,
    /// `<contract>.<message>`: number of records beside it → measure.
    pub scale: BTreeMap<String, BTreeMap<u32, Measure>>,
}

/// What one contract costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Size of its code; each byte is a byte of proof, on every call.
    pub wasm_bytes: usize,
    /// What each message costs, at its second call.
    pub messages: Measures,
}

/// Everything that is held fast: file, from the root of the project → content.
pub type Snapshot = BTreeMap<String, Value>;

/// Measures the contracts as they are built now.
///
/// # Panics
/// If a contract is not built, a message is refused, or a script forgets a message.
pub fn take() -> Snapshot {
    let mut snapshot = Snapshot::new();
    let mut costs = Costs {
        reference: [(REFERENCE.to_owned(), reference())].into(),
        contracts: BTreeMap::new(),
        per_block: BTreeMap::new(),
        scale: BTreeMap::new(),
    };
    for (name, script, hot) in SUITE {
        let code = read(name);
        for scale in SCALES {
            let measures = script(&code, scale);
            assert_complete(&code, &measures);
            for (message, measure) in &measures {
                let row = costs.scale.entry(format!("{name}.{message}")).or_default();
                row.insert(scale, *measure);
            }
            if scale == SCALES[0] {
                costs.per_block.extend(counts(name, &measures, hot));
                let wasm_bytes = code.wasm.len();
                costs.contracts.insert(
                    (*name).to_owned(),
                    Contract {
                        wasm_bytes,
                        messages: measures,
                    },
                );
            }
        }
        snapshot.insert(format!("snapshots/{name}.json"), shape::of(&code.metadata));
        snapshot.insert(
            format!("clients/metadata/{name}.json"),
            interface(&code.metadata),
        );
    }
    match serde_json::to_value(costs) {
        Ok(value) => snapshot.insert(COSTS.to_owned(), value),
        Err(error) => panic!("figures that JSON cannot hold: {error}"),
    };
    snapshot
}

/// What one contract costs as it is built now, beside one record: one of the suite, or the reference.
/// `None` if there is no contract of this name.
///
/// # Panics
/// As [`take`].
pub fn take_one(name: &str) -> Option<Contract> {
    if name == REFERENCE {
        return Some(reference());
    }
    let (_, script, _) = SUITE.iter().find(|(contract, ..)| *contract == name)?;
    let code = read(name);
    let messages = script(&code, SCALES[0]);
    assert_complete(&code, &messages);
    Some(Contract {
        wasm_bytes: code.wasm.len(),
        messages,
    })
}

fn reference() -> Contract {
    let code = read(REFERENCE);
    Contract {
        wasm_bytes: code.wasm.len(),
        messages: psp22::measure(&code),
    }
}

/// The committed snapshot. A file that is missing is `null`.
///
/// # Errors
/// If a file cannot be read or is not JSON.
pub fn committed(names: impl IntoIterator<Item = String>) -> io::Result<Snapshot> {
    names
        .into_iter()
        .map(|name| match fs::read_to_string(root().join(&name)) {
            Ok(text) => Ok((name, serde_json::from_str(&text)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((name, Value::Null)),
            Err(error) => Err(error),
        })
        .collect()
}

/// Writes a snapshot for commitment.
///
/// # Errors
/// If a folder cannot be written.
pub fn write(snapshot: &Snapshot) -> io::Result<()> {
    for (name, value) in snapshot {
        let file = root().join(name);
        file.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(file, format!("{value:#}\n"))?;
    }
    Ok(())
}

/// Every value that differs, as `file/path: old → new`. Of one file no more than `SHOWN`: a type
/// that was added to metadata gives new numbers to all that follow.
pub fn drift(old: &Snapshot, new: &Snapshot) -> Vec<String> {
    let mut drift = Vec::new();
    for (name, value) in new {
        let mut found = Vec::new();
        compare(name, &old[name], value, &mut found);
        let more = found.len().saturating_sub(SHOWN);
        drift.extend(found.into_iter().take(SHOWN));
        if more > 0 {
            drift.push(format!("{name}: and {more} more"));
        }
    }
    drift
}

fn compare(path: &str, old: &Value, new: &Value, found: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(before), Value::Object(after)) => {
            let mut keys: Vec<&String> = before.keys().chain(after.keys()).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                compare(&format!("{path}/{key}"), &old[key], &new[key], found);
            }
        }
        (Value::Array(before), Value::Array(after)) => {
            for place in 0..before.len().max(after.len()) {
                compare(&format!("{path}/{place}"), &old[place], &new[place], found);
            }
        }
        _ if old == new => {}
        _ => found.push(format!("{path}: {} → {}", shown(old), shown(new))),
    }
}

/// A value, or its beginning: all of a contract's metadata would hide what else differs.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(1_000) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Metadata for front ends: without what says how the code was built, which differs with folder and
/// compiler while the interface is the same.
fn interface(metadata: &str) -> Value {
    let mut metadata: Value = match serde_json::from_str(metadata) {
        Ok(metadata) => metadata,
        Err(error) => panic!("metadata that is not JSON: {error}"),
    };
    let language = metadata["source"]["language"].take();
    metadata["source"] = json!({ "language": language });
    metadata
}

/// How many of each hot message fit into one block.
fn counts(contract: &str, measures: &Measures, hot: Hot) -> BTreeMap<String, PerBlock> {
    let count = |(message, _): &(&str, &str)| match measures.get(*message) {
        Some(measure) => (format!("{contract}.{message}"), per_block(*measure)),
        None => panic!("{contract}: `{message}` is hot, and was not measured"),
    };
    hot.iter().map(count).collect()
}

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(name: &str) -> Code {
    match Code::read(name) {
        Ok(code) => code,
        Err(error) => panic!("{error}"),
    }
}

fn assert_complete(code: &Code, measures: &Measures) {
    let mut declared = shape::message_names(&code.metadata);
    declared.sort();
    // A message may be measured in several cases, `message:case`.
    let mut measured: Vec<&str> = measures
        .keys()
        .map(|name| name.split(':').next().unwrap_or(name))
        .collect();
    measured.dedup();
    assert!(
        declared.iter().eq(measured.iter().copied()),
        "{}: messages {declared:?}, measured {measured:?}",
        code.name
    );
}
