//! A life as a document of EPCIS 2.0.
//!
//! The words are those of the table in `contracts/provenance/README.md`. What has no word there
//! stands in the timeline alone: that runs were split and joined, that a logger was named, alarms,
//! proposals, acknowledgements, and what a patient confirmed.
//!
//! **Identifiers.** Packs, lots and containers are GS1 Digital Links. A pack is named by its serial
//! if that is given, since the chain does not know it; otherwise by its lot and a quantity. What
//! GS1 has no key for has a URN of the project: blood, orders, identities. Every event says which
//! event of the chain it is (`allive:block`, `allive:event`) and who did it (`allive:actor`).
//!
//! **What was undone** is declared an error, as EPCIS has it: an event and its declaration have the
//! same hash. So has what somebody declared by [`ErrorDeclared`](crate::Fact::ErrorDeclared), if
//! that is who acted in the event.

mod event;
mod names;
mod sensor;

use crate::{words, About, Entry, Fact, Names, Trace, What};
use allive_epcis::{event_hash, identifiers::Serial, Context, EventHash};
use event::fields;
use names::Namer;
use provenance::ErrorReason;
use serde_json::{json, Map, Value};

/// The prefix of the project's own fields.
pub const NAMESPACE: &str = "urn:allive:epcis:";

/// The prefix of identities, where nothing better is given.
pub const IDENTITY: &str = "urn:allive:identity:";

/// How a document is written.
#[derive(Clone, Debug)]
pub struct Options<'n> {
    /// What identities are called: one with a GLN is that party (PGLN).
    pub names: &'n Names,
    /// What stands before the number of an identity without a GLN: [`IDENTITY`], or the DID of an
    /// Olife ID up to its last colon.
    pub identity: String,
    /// The serial of the pack, as its label has it.
    pub serial: Option<Serial>,
}

/// A document, and what its events are called.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The document.
    pub document: Value,
    /// The hash of each event, in their order. An error declaration has that of the event that it
    /// is about.
    pub hashes: Vec<EventHash>,
}

/// A life as a document.
pub fn document(trace: &Trace, options: &Options<'_>) -> Written {
    let context = json!([
        "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        { "allive": NAMESPACE }
    ]);
    let mut writer = Writer {
        namer: Namer::new(trace, options),
        context: Context::of(Some(&context)),
        events: Vec::new(),
        ends: Vec::new(),
    };
    for entry in &trace.entries {
        writer.write(entry);
    }
    for declared in &trace.declarations {
        writer.declared(declared.at.time, &declared.fact);
    }
    let hashes = writer.events.iter().map(|event| event.hash).collect();
    let events = writer.events.into_iter().map(|event| event.fields);
    let document = json!({
        "@context": context,
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": words::utc(trace.now).to_string(),
        "epcisBody": { "eventList": events.map(Value::Object).collect::<Vec<_>>() },
    });
    Written { document, hashes }
}

/// An event that was written.
struct Event {
    fields: Map<String, Value>,
    hash: EventHash,
    /// Who acted in it.
    by: Option<u64>,
    is_declared: bool,
}

/// An end that can be undone.
struct Ended {
    about: About,
    event: usize,
    /// What ended with it.
    things: Vec<String>,
}

struct Writer<'t> {
    namer: Namer<'t>,
    context: Context,
    events: Vec<Event>,
    ends: Vec<Ended>,
}

impl Writer<'_> {
    fn write(&mut self, entry: &Entry) {
        let undoes = matches!(entry.what, What::Restored | What::DispensingUndone);
        let undone = undoes.then(|| self.undo(entry)).flatten();
        let Some(mut written) = fields(&mut self.namer, entry) else {
            return;
        };
        if let Some(hash) = undone {
            written
                .fields
                .insert("allive:undoes".into(), hash.to_string().into());
        }
        let event = self.events.len();
        if let Some(things) = written.ended {
            self.ends.push(Ended {
                about: entry.about.clone(),
                event,
                things,
            });
        }
        let hash = event_hash(&written.fields, &self.context);
        written
            .fields
            .insert("eventID".into(), hash.to_string().into());
        self.events.push(Event {
            fields: written.fields,
            hash,
            by: entry.by.map(|by| by.identity),
            is_declared: false,
        });
    }

    /// Declares the last end of the same thing an error. Returns its hash.
    fn undo(&mut self, entry: &Entry) -> Option<EventHash> {
        let place = self.ends.iter().rposition(|end| end.about == entry.about)?;
        let ended = self.ends.remove(place);
        self.namer.lives_again(&ended.things);
        let hash = self.events.get(ended.event)?.hash;
        self.declare(ended.event, entry.time, ErrorReason::DidNotOccur, &[]);
        Some(hash)
    }

    /// Repeats an event as a declaration that it was an error.
    fn declare(&mut self, event: usize, time: u64, reason: ErrorReason, corrected: &[EventHash]) {
        let Some(event) = self
            .events
            .get_mut(event)
            .filter(|event| !event.is_declared)
        else {
            return;
        };
        event.is_declared = true;
        let (hash, by) = (event.hash, event.by);
        let mut fields = event.fields.clone();
        let mut declaration = json!({
            "declarationTime": words::utc(time).to_string(),
            "reason": match reason {
                ErrorReason::DidNotOccur => "did_not_occur",
                ErrorReason::IncorrectData => "incorrect_data",
            },
        });
        if let (false, Value::Object(fields)) = (corrected.is_empty(), &mut declaration) {
            let names: Vec<_> = corrected.iter().map(EventHash::to_string).collect();
            fields.insert("correctiveEventIDs".into(), names.into());
        }
        fields.insert("errorDeclaration".into(), declaration);
        self.events.push(Event {
            fields,
            hash,
            by,
            is_declared: true,
        });
    }

    /// What somebody declared on the chain, if it is about an event of this document in which the
    /// same acted.
    fn declared(&mut self, time: u64, fact: &Fact) {
        let Fact::ErrorDeclared {
            event,
            by,
            reason,
            corrected_by,
        } = fact
        else {
            return;
        };
        let about = |other: &Event| other.hash.0 == *event && other.by == Some(*by);
        if let Some(place) = self.events.iter().position(about) {
            let corrected: Vec<_> = corrected_by.iter().map(|hash| EventHash(*hash)).collect();
            self.declare(place, time, *reason, &corrected);
        }
    }
}
