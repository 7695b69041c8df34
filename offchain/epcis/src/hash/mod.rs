//! The hash of an event by CBV 2.0, which every copy of the event has in common.
//!
//! An event is brought into one text, the pre-hash: its fields in a fixed order, lists sorted,
//! identifiers as canonical Digital Links, standard words as addresses, times in UTC. The hash is
//! SHA-256 of that text. What is said *about* an event has no part in it: `eventID`, `recordTime`
//! and `errorDeclaration`. So an event and its error declaration have the same hash.
//!
//! The reference is the package `epcis_event_hash_generator` 1.9.3; the README lists where and why
//! this differs.

mod link;
mod node;
mod order;
mod value;

use std::fmt;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::Context;

/// The algorithms that are known, by the version of CBV that defines them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CbvVersion {
    /// CBV 2.0, the default.
    #[default]
    V2_0,
}

impl CbvVersion {
    /// The algorithm for a document of a `schemaVersion`. `None` if it is not known here.
    pub fn of_schema(version: &str) -> Option<Self> {
        let mut parts = version.split('.');
        let known = parts.next() == Some("2")
            && parts.next().is_none_or(|it| it == "0")
            && parts.all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
        known.then_some(Self::V2_0)
    }
}

impl fmt::Display for CbvVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V2_0 => f.write_str("CBV2.0"),
        }
    }
}

/// The hash of an event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventHash(pub [u8; 32]);

impl EventHash {
    /// Reads the hash out of the name of an event, `ni:///sha-256;…?ver=CBV2.0`. `None` if it is
    /// another name.
    pub fn from_name(name: &str) -> Option<Self> {
        let digits = name
            .strip_prefix("ni:///sha-256;")?
            .strip_suffix("?ver=CBV2.0")?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(digits, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl fmt::Display for EventHash {
    /// As a name of RFC 6920: `ni:///sha-256;…?ver=CBV2.0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = CbvVersion::V2_0;
        write!(f, "ni:///sha-256;{}?ver={version}", hex::encode(self.0))
    }
}

impl fmt::Debug for EventHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventHash({})", hex::encode(self.0))
    }
}

/// The pre-hash of an event.
///
/// `context` has the prefixes of its document; a `@context` of the event itself is added to them.
/// Every JSON object has a pre-hash, whether or not it is a valid event.
pub fn pre_hash(event: &Map<String, Value>, context: &Context) -> String {
    let own;
    let context = match event.get("@context") {
        Some(more) => {
            own = context.clone().and(Some(more));
            &own
        }
        None => context,
    };
    let kind = event
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let mut fields = node::fields(event, context);
    let mut text = format!("eventType={kind}");
    text.push_str(&order::ordered(&mut fields, order::EVENT));
    fields.retain(|field| !order::ABOUT_THE_EVENT.contains(&field.name.as_str()));
    text.push_str(&order::sorted(&fields));
    text
}

/// The hash of an event. See [`pre_hash`].
pub fn event_hash(event: &Map<String, Value>, context: &Context) -> EventHash {
    EventHash(Sha256::digest(pre_hash(event, context)).into())
}
