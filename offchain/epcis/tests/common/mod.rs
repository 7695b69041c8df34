//! What the test files share.
#![allow(dead_code)]

use std::{
    ffi::OsStr,
    path::PathBuf,
    process::{Command, Output},
};

use serde_json::Value;

pub fn data(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/epcis")).join(path)
}

/// Runs `scripts/validate epcis`, which installs what it needs.
pub fn validate(arguments: &[&OsStr]) -> Output {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    Command::new(root.join("scripts/validate"))
        .arg("epcis")
        .args(arguments)
        .output()
        .expect("bash runs scripts/validate")
}

/// The documents of a folder of `data/epcis`.
pub fn documents(folder: &str) -> Vec<PathBuf> {
    let mut paths: Vec<_> = std::fs::read_dir(data(folder))
        .unwrap()
        .map(|item| item.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "json"))
        .collect();
    paths.sort();
    paths
}

pub fn valid_documents() -> Vec<PathBuf> {
    documents("valid")
}

/// The events of a document or a query document.
pub fn events_of(document: &Value) -> &[Value] {
    let body = &document["epcisBody"];
    let list = match body.get("queryResults") {
        Some(results) => &results["resultsBody"]["eventList"],
        None => &body["eventList"],
    };
    list.as_array().unwrap()
}

/// Numbers that are the same on every run.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(limit).unwrap()).unwrap()
    }

    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }
}
