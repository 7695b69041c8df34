//! The form of documents, held against GS1's JSON schema for EPCIS 2.0.
//!
//! `scripts/validate epcis` gets the schema and a validator. Where Python, npm or their packages
//! cannot be had, these tests say so and pass.

mod common;

use std::{collections::BTreeMap, path::Path};

use allive_epcis::{Document, Limits};
use common::{data, valid_documents, validate, Random};
use serde_json::{json, Value};

/// What the schema says of every document of a folder. `None` if there is no schema here.
fn schema(folder: &Path) -> Option<BTreeMap<String, Vec<String>>> {
    let output = validate(&["--schema".as_ref(), folder.as_os_str()]);
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        eprintln!("SKIPPED: scripts/validate epcis --schema does not run here: {said}");
        return None;
    }
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn the_schema_accepts_every_valid_sample() {
    for (name, faults) in schema(&data("valid")).into_iter().flatten() {
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
}

#[test]
fn what_the_schema_refuses_is_refused_here() {
    let samples: Vec<Value> = valid_documents()
        .iter()
        .map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random::new(2_000);
    for number in 0..2_000 {
        let mut document = random.of(&samples).clone();
        change(&mut random, &mut document);
        let path = folder.path().join(format!("{number:05}.json"));
        std::fs::write(path, document.to_string()).unwrap();
    }
    let mut refused = 0;
    for (name, faults) in schema(folder.path()).into_iter().flatten() {
        if faults.is_empty() {
            continue;
        }
        refused += 1;
        let path = folder.path().join(&name);
        assert!(
            Document::from_path(&path, &Limits::default()).is_err(),
            "the schema says {faults:?} of {}",
            std::fs::read_to_string(&path).unwrap()
        );
    }
    println!("{refused} of 2000 are refused by the schema");
}

/// A value that belongs almost nowhere.
fn stranger(random: &mut Random) -> Value {
    let strangers = [
        json!(null),
        json!(true),
        json!(5),
        json!(-1.5),
        json!(""),
        json!("two words"),
        json!("urn:x:1"),
        json!("https://a.example.org/b"),
        json!([]),
        json!({}),
        json!(["urn:x:1"]),
        json!({ "a": 1 }),
        json!([{}]),
        json!({ "id": "urn:x:2" }),
        json!("shipping"),
        json!("ADD"),
        json!("2026-01-01T00:00:00Z"),
        json!("+01:00"),
        json!("Temperature"),
        json!("location"),
    ];
    random.of(&strangers).clone()
}

/// How many values are in a value, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// One change at a random place.
fn change(random: &mut Random, document: &mut Value) {
    let place = random.below(count(document));
    change_at(random, document, place);
}

fn change_at(random: &mut Random, value: &mut Value, mut place: usize) {
    if place == 0 {
        return change_here(random, value);
    }
    place -= 1;
    let inside: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(members) => members.values_mut().collect(),
        _ => Vec::new(),
    };
    for inner in inside {
        let size = count(inner);
        if place < size {
            return change_at(random, inner, place);
        }
        place -= size;
    }
}

fn change_here(random: &mut Random, value: &mut Value) {
    let names = [
        "colour",
        "value",
        "uom",
        "type",
        "id",
        "https://a.example.org/x",
        "ilmd",
        "action",
        "epcList",
    ];
    match (random.below(3), &mut *value) {
        (0, Value::Object(members)) => {
            let gone = members
                .keys()
                .nth(random.below(members.len().max(1)))
                .cloned();
            gone.map(|name| members.remove(&name));
        }
        (0, Value::Array(items)) if !items.is_empty() => {
            items.remove(random.below(items.len()));
        }
        (1, Value::Object(members)) => {
            members.insert((*random.of(&names)).to_owned(), stranger(random));
        }
        (1, Value::Array(items)) => items.push(match items.first() {
            Some(first) if random.one_in(2) => first.clone(),
            _ => stranger(random),
        }),
        (1, Value::String(text)) => text.push(*random.of(&['x', ' ', '0'])),
        _ => *value = stranger(random),
    }
}
