//! Events.

use super::{
    sensor::SensorElement,
    thing::{Thing, Word},
};
use crate::{EventHash, Timestamp};

/// The kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// Something happened to things.
    Object,
    /// Things were packed into, or unpacked from, a parent.
    Aggregation,
    /// Things were tied to a business transaction.
    Transaction,
    /// Things were consumed, and others made of them.
    Transformation,
    /// Things were tied to a parent, such as a logger to a box.
    Association,
}

impl EventKind {
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "ObjectEvent" => Self::Object,
            "AggregationEvent" => Self::Aggregation,
            "TransactionEvent" => Self::Transaction,
            "TransformationEvent" => Self::Transformation,
            "AssociationEvent" => Self::Association,
            _ => return None,
        })
    }
}

/// What an event does to the life of its things, or to their ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// They begin, or are tied.
    Add,
    /// They are seen.
    Observe,
    /// They end, or are untied.
    Delete,
}

impl Action {
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "ADD" => Self::Add,
            "OBSERVE" => Self::Observe,
            "DELETE" => Self::Delete,
            _ => return None,
        })
    }

    /// As documents write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "ADD",
            Self::Observe => "OBSERVE",
            Self::Delete => "DELETE",
        }
    }
}

/// A class of things and how much of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The class, such as a lot.
    pub class: Thing,
    /// How much: a count if there is no unit. `None` if the event does not say.
    pub amount: Option<f64>,
    /// The unit, by UN/CEFACT Recommendation 20.
    pub unit: Option<String>,
}

/// Something with a kind: a transaction, a source or a destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The kind.
    pub kind: Option<Word>,
    /// What it is.
    pub id: Thing,
}

/// States that hold until they are taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersistentDisposition {
    /// Those that begin.
    pub set: Vec<Word>,
    /// Those that end.
    pub unset: Vec<Word>,
}

/// Says that an event was an error. The event that carries it repeats the event that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorDeclaration {
    /// When it was declared.
    pub time: Timestamp,
    /// Why.
    pub reason: Option<Word>,
    /// The events that say what is right.
    pub corrective_events: Vec<String>,
}

/// A field that EPCIS does not define. Only the hash of its value is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// Where it is, such as `readPoint.ex:shelf`.
    pub field: String,
    /// Its name, the prefix written out.
    pub name: String,
    /// SHA-256 of the canonical form (RFC 8785) of its value.
    pub hash: [u8; 32],
}

/// What was said of things when they were made: a member of `ilmd`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name, the prefix written out, such as `urn:epcglobal:cbv:mda:lotNumber`.
    pub name: String,
    /// Its value, if that is a text.
    pub text: Option<String>,
    /// SHA-256 of the canonical form (RFC 8785) of its value.
    pub hash: [u8; 32],
}

/// An event that was read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its place in the document, counted from 0.
    pub index: usize,
    /// Its kind.
    pub kind: EventKind,
    /// Its hash. An error declaration has that of the event that it is about.
    pub hash: EventHash,
    /// Its name.
    pub id: Option<String>,
    /// When it happened.
    pub time: Timestamp,
    /// The local offset from UTC where it happened, in minutes.
    pub offset_minutes: i64,
    /// When it was recorded.
    pub record_time: Option<Timestamp>,
    /// Says that it was an error.
    pub error: Option<ErrorDeclaration>,
    /// What it does; a transformation has none.
    pub action: Option<Action>,
    /// The step of business.
    pub biz_step: Option<Word>,
    /// The state of the things afterwards.
    pub disposition: Option<Word>,
    /// States that hold until they are taken away.
    pub persistent_disposition: PersistentDisposition,
    /// The container, or what the children are tied to.
    pub parent: Option<Thing>,
    /// The things: `epcList` or `childEPCs`.
    pub things: Vec<Thing>,
    /// The classes: `quantityList` or `childQuantityList`.
    pub quantities: Vec<Quantity>,
    /// What a transformation consumes.
    pub inputs: Vec<Thing>,
    /// The classes of what a transformation consumes.
    pub input_quantities: Vec<Quantity>,
    /// What a transformation makes.
    pub outputs: Vec<Thing>,
    /// The classes of what a transformation makes.
    pub output_quantities: Vec<Quantity>,
    /// Ties the events of one transformation.
    pub transformation_id: Option<String>,
    /// Where it was seen.
    pub read_point: Option<Thing>,
    /// Where the things are afterwards.
    pub biz_location: Option<Thing>,
    /// The transactions that it is part of.
    pub transactions: Vec<Typed>,
    /// Whom or what the things come from.
    pub sources: Vec<Typed>,
    /// Whom or what they go to.
    pub destinations: Vec<Typed>,
    /// What sensors said.
    pub sensors: Vec<SensorElement>,
    /// Certificates that hold for it.
    pub certificates: Vec<String>,
    /// What was said of the things when they were made.
    pub ilmd: Vec<Attribute>,
    /// What EPCIS does not define.
    pub extensions: Vec<Extension>,
}

impl Event {
    /// Whether it declares an error. An event and its declaration have the same hash; the pair of
    /// this and the hash is what tells events apart.
    pub fn is_declaration(&self) -> bool {
        self.error.is_some()
    }

    /// Whether the name of the event is its hash. `None` if the name is no hash.
    ///
    /// A name that is another hash is no fault: GS1 has published events that were named by earlier
    /// drafts of the algorithm. What tells events apart is the hash that is computed here.
    pub fn is_named_by_its_hash(&self) -> Option<bool> {
        let named = self.id.as_deref().and_then(EventHash::from_name)?;
        Some(named == self.hash)
    }

    /// The step of business, if it is a standard one.
    pub fn step(&self) -> Option<&'static str> {
        match &self.biz_step {
            Some(Word::Standard(word)) => Some(word),
            _ => None,
        }
    }
}
