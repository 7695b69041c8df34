//! What is wrong with a document, and where.

use std::fmt;

use crate::{identifiers::IdentifierError, Timestamp};

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The event, counted from 0; `None` if it is the document around the events.
    pub event: Option<usize>,
    /// The field, such as `epcList[1]`; empty if it is the event or the document as a whole.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.event {
            Some(event) => write!(f, "event {event}")?,
            None => f.write_str("document")?,
        }
        if !self.field.is_empty() {
            write!(f, ", {}", self.field)?;
        }
        write!(f, ": {}", self.problem)
    }
}

/// Everything that is wrong with a document: first the document itself, then event by event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    faults: Vec<Fault>,
}

impl Report {
    pub(super) fn new(mut faults: Vec<Fault>) -> Self {
        // Within an event the order is that in which it was read.
        faults.sort_by_key(|fault| fault.event);
        Self { faults }
    }

    /// The faults. There is at least one in a report that was returned.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl fmt::Display for Report {
    /// One line a fault.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, fault) in self.faults.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// It must be there.
    #[error("is missing")]
    Missing,
    /// It is of another JSON type.
    #[error("is {found}, not {expected}")]
    WrongType {
        /// What belongs there.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// A list or a text has nothing in it.
    #[error("is empty")]
    Empty,
    /// EPCIS has no such field here, and it is no extension either, for its name has no prefix.
    #[error("is no field of EPCIS here, and an extension has a prefix")]
    UnknownField,
    /// The prefix of a name is defined in no context.
    #[error("has the prefix {prefix:?}, which no context defines")]
    UnknownPrefix {
        /// The prefix.
        prefix: String,
    },
    /// A field that its event cannot have.
    #[error("does not belong to an event whose action is {action}")]
    NotWithAction {
        /// The action.
        action: &'static str,
    },
    /// The kind of a document or event is not known.
    #[error("{found:?} is not one of: {known}")]
    UnknownType {
        /// What is there.
        found: String,
        /// What can be there.
        known: &'static str,
    },
    /// The version of the standard is not known, and with it how events are hashed.
    #[error("version {found:?} is not known; this reads 2.0")]
    UnknownVersion {
        /// The version named.
        found: String,
    },
    /// None of the contexts is that of EPCIS.
    #[error("does not name the context of EPCIS 2.0")]
    NoEpcisContext,
    /// A context is known by its address only, and nothing is fetched.
    #[error("{address:?} is not known, and a context is never fetched")]
    UnknownContext {
        /// The address.
        address: String,
    },
    /// A context changes the meaning of names in a way that is not followed.
    #[error("a context that sets {keyword:?} is not read")]
    ContextKeyword {
        /// The keyword.
        keyword: String,
    },
    /// A context gives another meaning to a prefix of EPCIS.
    #[error("gives the prefix {prefix:?} of EPCIS another meaning")]
    PrefixTaken {
        /// The prefix.
        prefix: String,
    },
    /// A text is not a URI.
    #[error("{text:?} is not a URI")]
    NotAUri {
        /// The text.
        text: String,
    },
    /// A text is neither a standard word nor the URI of an own one.
    #[error("{text:?} is neither a standard {list} nor the URI of an own one")]
    NotAWord {
        /// The list of words.
        list: &'static str,
        /// The text.
        text: String,
    },
    /// A text is not a time stamp.
    #[error("{text:?} is not a time stamp with date, time and offset")]
    NotATime {
        /// The text.
        text: String,
    },
    /// A text is not an offset from UTC.
    #[error("{text:?} is not an offset from -14:00 to +14:00")]
    NotAnOffset {
        /// The text.
        text: String,
    },
    /// A text is not an action.
    #[error("{text:?} is not ADD, OBSERVE or DELETE")]
    NotAnAction {
        /// The text.
        text: String,
    },
    /// A text is not a unit of measure.
    #[error("{text:?} is not a unit of 2 or 3 capital letters and digits")]
    NotAUnit {
        /// The text.
        text: String,
    },
    /// A text is not binary data in hex digits.
    #[error("{text:?} has something other than hex digits")]
    NotHex {
        /// The text.
        text: String,
    },
    /// A quantity is zero or less.
    #[error("a quantity is more than zero")]
    NotPositive,
    /// An identifier is wrong in itself.
    #[error(transparent)]
    Identifier(#[from] IdentifierError),
    /// A class stands where a thing must.
    #[error("names a class of things, which belongs in a list of quantities")]
    Class,
    /// A single thing, a place or a party stands where a class must.
    #[error("names no class of things")]
    NotAClass,
    /// The event is about nothing.
    #[error("names nothing that it is about")]
    AboutNothing,
    /// The same stands in the list before.
    #[error("is in this list already, at {first}")]
    Twice {
        /// The place of the first, counted from 0.
        first: usize,
    },
    /// An event is recorded before it happens.
    #[error("is {earlier}, before the event, {event}")]
    BeforeTheEvent {
        /// What cannot be before.
        earlier: Timestamp,
        /// The time of the event.
        event: Timestamp,
    },
    /// A span of time ends before it begins.
    #[error("the span ends at {end}, before it begins")]
    EndsBeforeItBegins {
        /// The end.
        end: Timestamp,
    },
    /// The same event, or the same declaration, is there twice.
    #[error("is the same as event {first}")]
    SameEvent {
        /// The first.
        first: usize,
    },
    /// Two different events have one name.
    #[error("is the name of event {first}, too")]
    SameName {
        /// The first.
        first: usize,
    },
    /// A thing has an earlier event behind a later one.
    #[error("{thing} has a later event before this one, event {first}")]
    OutOfOrder {
        /// The thing.
        thing: String,
        /// The later event.
        first: usize,
    },
    /// A thing begins to be in an event behind one that names it already.
    #[error("{thing} is named before it is commissioned, by event {first}")]
    BeforeItsBeginning {
        /// The thing.
        thing: String,
        /// The event that names it.
        first: usize,
    },
    /// A thing ended by an event before.
    #[error("{thing} has ended in event {first}")]
    AfterItsEnd {
        /// The thing.
        thing: String,
        /// The event that ended it.
        first: usize,
    },
    /// A container is packed into itself, or into what is inside it.
    #[error("{thing} would be inside itself")]
    InsideItself {
        /// The container.
        thing: String,
    },
    /// Containers would be nested too deep.
    #[error("{level} containers would be in one another; {limit} are the most")]
    TooDeep {
        /// How many containers would be in one another.
        level: usize,
        /// How many can be.
        limit: usize,
    },
    /// What is packed is in a container already.
    #[error("is inside {container} since event {event}")]
    StillInside {
        /// The container.
        container: String,
        /// The event that packed it.
        event: usize,
    },
    /// What is unpacked is not in that container.
    #[error("is not inside {container}")]
    NotInside {
        /// The container.
        container: String,
    },
    /// A transformation makes what it consumes.
    #[error("is an input of the same transformation")]
    OutputIsInput,
}
