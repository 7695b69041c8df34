//! EPCIS 2.0 documents in JSON-LD, read and checked.
//!
//! A [`Document`] is read as a whole or not at all: [`Document::from_slice`] returns every event,
//! or a [`Report`] with everything that is wrong with any of them. Checked are
//!
//! - each field by its type and its place, as GS1's JSON schema for EPCIS 2.0 has them;
//! - identifiers, with their check digits, and standard words;
//! - times: nothing is recorded or declared an error before it happened;
//! - the events together: none is there twice, and what they say of one thing makes a story. It
//!   begins before it is seen, ends once, is in one container at a time, and containers are at most
//!   [`MAX_LEVELS`] in one another.
//!
//! Nothing is fetched. The contexts that can be named are those of EPCIS 2.0; a document may define
//! prefixes of its own.

mod event;
mod fault;
mod fields;
mod master_data;
mod reading;
mod sensor;
mod story;
mod thing;

use std::{
    collections::HashMap,
    fs::File,
    io::{self, Read},
    path::Path as FilePath,
};

use allive_records::{json, JsonError};
use serde_json::{Map, Value};
use thiserror::Error;

pub use event::{
    Action, Attribute, ErrorDeclaration, Event, EventKind, Extension, PersistentDisposition,
    Quantity, Typed,
};
pub use fault::{Fault, Problem, Report};
pub use sensor::{SensorElement, SensorReport};
pub use story::MAX_LEVELS;
pub use thing::{Thing, Word};

use self::fields::{Fields, Path, Reader};
use crate::{
    vocabulary::{CONTEXTS, PREFIXES},
    CbvVersion, Context, Timestamp,
};

/// Limits on the size of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Size of the text in bytes. Expect a multiple of it in memory while it is read.
    pub max_bytes: u64,
    /// Number of events.
    pub max_events: usize,
    /// Nesting of arrays and objects.
    pub max_depth: usize,
}

impl Default for Limits {
    /// 512 MiB, a million events, 64 levels.
    fn default() -> Self {
        Self {
            max_bytes: 512 << 20,
            max_events: 1_000_000,
            max_depth: 64,
        }
    }
}

/// Why a document cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// The file cannot be read.
    #[error("cannot read the file")]
    Io(#[from] io::Error),
    /// The text is larger than the limit.
    #[error("the text is larger than the limit of {limit} bytes")]
    TooLarge {
        /// The limit in force.
        limit: u64,
    },
    /// The text is not JSON of one meaning.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// There are more events than the limit.
    #[error("{events} events are more than the limit of {limit}")]
    TooManyEvents {
        /// Events found.
        events: usize,
        /// The limit in force.
        limit: usize,
    },
    /// Something in it is wrong.
    #[error(transparent)]
    Faults(#[from] Report),
}

/// The two kinds of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// Events to be captured: `EPCISDocument`.
    Capture,
    /// Events that answer a query: `EPCISQueryDocument`.
    Query,
}

/// A document that was read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its kind.
    pub kind: DocumentKind,
    /// The version by which its events are hashed.
    pub version: CbvVersion,
    /// When it was made; a query document may leave that out.
    pub created: Option<Timestamp>,
    /// Its events, in their order.
    pub events: Vec<Event>,
}

impl Document {
    /// Reads a document from memory.
    ///
    /// # Errors
    /// Every [`DocumentError`] but `Io`.
    pub fn from_slice(bytes: &[u8], limits: &Limits) -> Result<Self, DocumentError> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > limits.max_bytes {
            return Err(DocumentError::TooLarge {
                limit: limits.max_bytes,
            });
        }
        let value = json::parse(bytes, limits.max_depth)?;
        read(&value, limits)
    }

    /// Reads a document from a file, of which no more than the limit is read.
    ///
    /// # Errors
    /// Every [`DocumentError`].
    pub fn from_path(path: impl AsRef<FilePath>, limits: &Limits) -> Result<Self, DocumentError> {
        let mut bytes = Vec::new();
        File::open(path)?
            .take(limits.max_bytes.saturating_add(1))
            .read_to_end(&mut bytes)?;
        Self::from_slice(&bytes, limits)
    }
}

fn read(value: &Value, limits: &Limits) -> Result<Document, DocumentError> {
    let context = Context::of(value.get("@context"));
    let reader = Reader::new(None, context.clone());
    let envelope = match reader.object(value, &Path::Root) {
        Some(map) => read_envelope(&reader, map),
        None => None,
    };
    let mut faults = reader.into_faults();
    let Some(envelope) = envelope else {
        return Err(Report::new(faults).into());
    };
    if envelope.events.len() > limits.max_events {
        return Err(DocumentError::TooManyEvents {
            events: envelope.events.len(),
            limit: limits.max_events,
        });
    }
    let mut events = Vec::with_capacity(envelope.events.len());
    for (index, value) in envelope.events.iter().enumerate() {
        let mut reader = Reader::new(Some(index), context.clone());
        let Some(map) = reader.object(value, &Path::Root) else {
            faults.extend(reader.into_faults());
            continue;
        };
        if let Some(own) = map.get("@context") {
            check_context(&reader, own, false);
            reader.context = reader.context.clone().and(Some(own));
        }
        events.extend(reading::read(&reader, index, map));
        faults.extend(reader.into_faults());
    }
    faults.extend(story::check(&events));
    match (faults.is_empty(), envelope.kind, envelope.version) {
        (true, Some(kind), Some(version)) => Ok(Document {
            kind,
            version,
            created: envelope.created,
            events,
        }),
        _ => Err(Report::new(faults).into()),
    }
}

/// What is around the events.
struct Envelope<'v> {
    kind: Option<DocumentKind>,
    version: Option<CbvVersion>,
    created: Option<Timestamp>,
    events: &'v [Value],
}

fn read_envelope<'v>(reader: &Reader, map: &'v Map<String, Value>) -> Option<Envelope<'v>> {
    let fields = Fields {
        reader,
        map,
        path: Path::Root,
    };
    let context = fields.required("@context");
    if let Some(context) = context {
        check_context(reader, context, true);
    }
    let kind = document_kind(&fields);
    let capture = kind != Some(DocumentKind::Query);
    let mut known = vec![
        "@context",
        "id",
        "type",
        "schemaVersion",
        "creationDate",
        "epcisBody",
    ];
    if capture {
        known.extend(["instanceIdentifier", "sender", "receiver", "epcisHeader"]);
        for name in ["schemaVersion", "creationDate"] {
            fields.required(name);
        }
        for name in ["instanceIdentifier", "sender", "receiver"] {
            fields.text(name);
        }
        fields.inner("epcisHeader", |header| master_data::check_header(&header));
    }
    // What a document says of itself is no event, and has no part in any.
    fields.others(&known, |_, _| ());
    fields.uri("id");
    let created = fields.time("creationDate");
    let version = version(&fields);
    fields.required("epcisBody");
    let events = fields
        .inner("epcisBody", |body| {
            if capture {
                return event_list(&body);
            }
            body.required("queryResults");
            body.others(&["queryResults"], |_, _| ());
            body.inner("queryResults", |results| {
                results.others(&["queryName", "subscriptionID", "resultsBody"], |_, _| ());
                results.required("queryName");
                results.text("queryName");
                results.text("subscriptionID");
                results.required("resultsBody");
                results
                    .inner("resultsBody", |body| {
                        body.others(&["eventList", "vocabularyList"], |_, _| ());
                        master_data::check_vocabularies(&body);
                        event_list(&body)
                    })
                    .flatten()
            })
            .flatten()
        })
        .flatten();
    // What was found lives no longer than the closures; the events are found again by their place.
    events?;
    let events = map.get("epcisBody").and_then(|body| {
        if capture {
            body.get("eventList")
        } else {
            body.get("queryResults")?
                .get("resultsBody")?
                .get("eventList")
        }
    });
    Some(Envelope {
        kind,
        version,
        created,
        events: events.and_then(Value::as_array)?,
    })
}

/// Notes a list of events that is not there.
fn event_list(body: &Fields<'_>) -> Option<()> {
    let list = body.required("eventList")?;
    body.reader
        .array(list, &Path::Key(&body.path, "eventList"))
        .map(|_| ())
}

fn document_kind(fields: &Fields<'_>) -> Option<DocumentKind> {
    fields.required("type")?;
    match fields.text("type")? {
        "EPCISDocument" => Some(DocumentKind::Capture),
        "EPCISQueryDocument" => Some(DocumentKind::Query),
        other => {
            fields.fault(
                "type",
                Problem::UnknownType {
                    found: other.to_owned(),
                    known: "EPCISDocument, EPCISQueryDocument",
                },
            );
            None
        }
    }
}

/// The version that the document names, by default 2.0.
fn version(fields: &Fields<'_>) -> Option<CbvVersion> {
    if !fields.has("schemaVersion") {
        return Some(CbvVersion::default());
    }
    let found = fields.text("schemaVersion")?;
    let version = CbvVersion::of_schema(found);
    if version.is_none() {
        fields.fault(
            "schemaVersion",
            Problem::UnknownVersion {
                found: found.to_owned(),
            },
        );
    }
    version
}

/// Notes what of a context is not known, or changes what EPCIS defines.
fn check_context(reader: &Reader, context: &Value, of_document: bool) {
    let path = Path::Key(&Path::Root, "@context");
    let mut named = false;
    let mut check = |item: &Value, path: &Path<'_>| match item {
        Value::String(address) => {
            let known = CONTEXTS.contains(&address.as_str());
            named |= known;
            if !known {
                let address = address.clone();
                reader.fault(path, Problem::UnknownContext { address });
            }
        }
        Value::Object(map) => {
            for (name, value) in map {
                let path = Path::Key(path, name);
                let standard = PREFIXES.iter().find(|(prefix, _)| prefix == name);
                if name.starts_with('@') {
                    let keyword = name.clone();
                    reader.fault(&path, Problem::ContextKeyword { keyword });
                } else if standard.is_some_and(|(_, address)| value.as_str() != Some(address)) {
                    let prefix = name.clone();
                    reader.fault(&path, Problem::PrefixTaken { prefix });
                } else if value.is_string() {
                    reader.uri(value, &path);
                }
            }
        }
        other => {
            reader.typed(None::<()>, "an address or an object", other, path);
        }
    };
    match context {
        Value::Array(items) => {
            let mut seen = HashMap::new();
            for (index, item) in items.iter().enumerate() {
                let path = Path::Index(&path, index);
                check(item, &path);
                match seen.get(&item.to_string()) {
                    Some(&first) => reader.fault(&path, Problem::Twice { first }),
                    None => drop(seen.insert(item.to_string(), index)),
                }
            }
        }
        one => check(one, &path),
    }
    if of_document && !named {
        reader.fault(&path, Problem::NoEpcisContext);
    }
}
