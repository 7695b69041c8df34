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

/// Follows every type that a message takes or returns, an event carries or a cell holds.
#[test]
fn nothing_holds_text_or_bytes_of_any_length() {
    let metadata = metadata();
    let types = metadata["types"].as_array().unwrap();
    let kind = |id: &Value| &types[id.as_u64().unwrap() as usize]["type"]["def"];
    for entry in types {
        let own = &entry["type"]["def"];
        assert_ne!(own["primitive"], "str", "a type of text");
        if let Some(element) = own["sequence"].get("type") {
            assert_ne!(kind(element)["primitive"], "u8", "bytes of any length");
        }
    }
}
