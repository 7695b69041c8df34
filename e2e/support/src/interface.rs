//! What a caller must know of a contract, from its metadata: everything but prose and Rust's names.

use allive_calls::Code;
use serde_json::{json, Value};

/// The messages of a built contract.
///
/// # Panics
/// If it is not built.
pub fn messages(name: &str) -> Vec<Value> {
    all(name, "messages")
}

/// The events of a built contract.
///
/// # Panics
/// If it is not built.
pub fn events(name: &str) -> Vec<Value> {
    all(name, "events")
}

/// The metadata of a built contract.
///
/// # Panics
/// If it is not built.
pub fn metadata(name: &str) -> Value {
    let code = match Code::read(name) {
        Ok(code) => code,
        Err(error) => panic!("{error}"),
    };
    match serde_json::from_str(&code.metadata) {
        Ok(metadata) => metadata,
        Err(error) => panic!("metadata of {name}: {error}"),
    }
}

fn all(name: &str, kind: &str) -> Vec<Value> {
    let metadata = metadata(name);
    let items = metadata["spec"][kind].as_array().into_iter().flatten();
    items.map(|item| known(&metadata, item)).collect()
}

fn known(metadata: &Value, item: &Value) -> Value {
    let typed = |spec: &Value| written_out(metadata, &spec["type"]);
    let args: Vec<_> = item["args"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|arg| json!([arg["label"], arg["indexed"], typed(&arg["type"])]))
        .collect();
    let answer = item.get("returnType").map(typed);
    json!([
        item["label"],
        item["selector"],
        item["mutates"],
        item["payable"],
        item["signature_topic"],
        args,
        answer
    ])
}

/// A type of the metadata with the types that it names written out, and no prose.
fn written_out(metadata: &Value, number: &Value) -> Value {
    let types = metadata["types"].as_array().into_iter().flatten();
    let Some(found) = types
        .into_iter()
        .find(|candidate| candidate["id"] == *number)
    else {
        panic!("the metadata name a type {number} that they do not have")
    };
    walk(metadata, &found["type"])
}

fn walk(metadata: &Value, value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| walk(metadata, item)).collect(),
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| *name != "docs")
            .map(|(name, field)| {
                let field = match (name.as_str(), field) {
                    ("type", Value::Number(_)) => written_out(metadata, field),
                    ("tuple", Value::Array(items)) => items
                        .iter()
                        .map(|item| written_out(metadata, item))
                        .collect(),
                    _ => walk(metadata, field),
                };
                (name.clone(), field)
            })
            .collect(),
        other => other.clone(),
    }
}
