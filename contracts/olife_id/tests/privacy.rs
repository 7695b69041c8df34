//! What the chain can tell of a person, by the shape of the contract.

use crate::world::code;
use serde_json::Value;

fn metadata() -> Value {
    serde_json::from_str(&code("olife_id").metadata).unwrap()
}

/// Topics are what observers index: the number of an identity, or an account, would be followed by
/// them.
#[test]
fn no_event_has_a_topic_but_its_signature() {
    let metadata = metadata();
    let events = metadata["spec"]["events"].as_array().unwrap();
    assert_eq!(events.len(), 9);
    for event in events {
        assert!(event["signature_topic"].is_string(), "{event}");
        for field in event["args"].as_array().unwrap() {
            assert_eq!(
                field["indexed"], false,
                "{}: {}",
                event["label"], field["label"]
            );
        }
    }
}

/// Follows every type that a message takes or returns, an event carries or a cell holds. The words
/// of a request are answered to who asks, and held nowhere.
#[test]
fn nothing_holds_text_or_bytes_of_any_length() {
    let metadata = metadata();
    let types = metadata["types"].as_array().unwrap();
    let kind = |id: &Value| &types[id.as_u64().unwrap() as usize]["type"]["def"];
    let mut bytes = Vec::new();
    for entry in types {
        let own = &entry["type"]["def"];
        assert_ne!(own["primitive"], "str", "a type of text");
        let element = own["sequence"].get("type");
        if element.is_some_and(|element| kind(element)["primitive"] == "u8") {
            bytes.push(&entry["id"]);
        }
    }
    let messages = metadata["spec"]["messages"].as_array().unwrap();
    let asked = messages.iter().find(|it| it["label"] == "request_text");
    let answer = &asked.unwrap()["returnType"]["type"];
    for entry in types.iter().filter(|entry| entry["id"] != *answer) {
        assert!(!names(&entry["type"]["def"], &bytes), "{entry}");
    }
    for part in ["constructors", "messages", "events"] {
        for item in metadata["spec"][part].as_array().unwrap() {
            assert!(!names(&item["args"], &bytes), "{item}");
        }
    }
}

/// Whether one of these types is named somewhere in there.
fn names(value: &Value, types: &[&Value]) -> bool {
    match value {
        Value::Object(object) => object
            .iter()
            .any(|(name, value)| name == "type" && types.contains(&value) || names(value, types)),
        Value::Array(list) => list.iter().any(|value| names(value, types)),
        _ => false,
    }
}
