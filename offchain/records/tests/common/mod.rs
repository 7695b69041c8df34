//! What the test files share.
#![allow(dead_code)]

use std::path::PathBuf;

use allive_records::{Bundle, Limits, Record, RecordSecret};

pub const CHAIN: [u8; 32] = [0xC1; 32];
pub const CONTRACT: [u8; 32] = [0xC2; 32];
pub const OWNER: [u8; 32] = [0xC3; 32];

pub fn data(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data")).join(path)
}

pub fn samples() -> Vec<PathBuf> {
    let mut paths: Vec<_> = std::fs::read_dir(data("fhir"))
        .unwrap()
        .map(|item| item.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "json"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 7, "the sample bundles are missing");
    paths
}

pub fn sample(name: &str) -> Bundle {
    Bundle::from_path(data("fhir").join(name), &Limits::default()).unwrap()
}

/// A record whose every salt is known in advance.
pub fn record(name: &str, secret: u8) -> Record {
    Record::new(sample(name), RecordSecret::from_bytes([secret; 32])).unwrap()
}
