//! What is to be done, event by event.

use allive_epcis::{document::Extension, EventHash};
use allive_olife_id_interface::IdentityId;
use provenance::Action;
use std::fmt;

/// Everything that a document asks for, in its order.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What is to be done. Each event is in one of them.
    pub deeds: Vec<Deed>,
    /// What is known of each event by its hash, in the order of the document.
    pub kept: Vec<Kept>,
}

impl Plan {
    /// Every step, in the order in which it is to be sent.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.deeds.iter().flat_map(|deed| &deed.steps)
    }
}

/// What one event asks for, or several that make one.
#[derive(Clone, Debug, Default)]
pub struct Deed {
    /// The events, by their places in the document.
    pub events: Vec<usize>,
    /// What is to be sent, in this order.
    pub steps: Vec<Step>,
    /// What else is to be said of it; always something if there is nothing to send.
    pub notes: Vec<Note>,
}

/// One call of the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The party that acts, by its identity.
    pub by: IdentityId,
    /// What it does.
    pub action: Action,
    /// The same in words.
    pub words: String,
}

/// What stays of an event in any case: its hash, and the hashes of what EPCIS does not define.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its place in the document.
    pub event: usize,
    /// Its hash by CBV 2.0.
    pub hash: EventHash,
    /// Whether it declares an error: both have the same hash.
    pub is_declaration: bool,
    /// Fields that EPCIS does not define.
    pub extensions: Vec<Extension>,
}

/// What is to be said of a deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The chain shows it already.
    There,
    /// It was sent before, as the journal says.
    Sent,
    /// It is of others, who send it themselves.
    Others {
        /// Who they are, as far as that is known.
        party: String,
        /// Whether the chain shows it now.
        shown: bool,
    },
    /// It was declared an error in the same document.
    Declared {
        /// The event that says so.
        by: usize,
    },
    /// An earlier event did it.
    With {
        /// That event.
        event: usize,
    },
    /// The chain has nothing for it: it is kept by its hash.
    KeptByHash {
        /// Why.
        why: &'static str,
    },
    /// More than the event says leaves a container.
    LeftOpen {
        /// What leaves it.
        rest: String,
    },
    /// A lot has other packs than those that the document commissions.
    Commissions {
        /// How many packs the document names.
        named: u64,
        /// How many packs the lot has.
        count: u64,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::There => f.write_str("the chain shows it already"),
            Self::Sent => f.write_str("sent before"),
            Self::Others { party, shown: true } => {
                write!(f, "told by others ({party}), not sent: the chain shows it")
            }
            Self::Others { party, .. } => {
                write!(f, "told by others ({party}), not sent: the chain does not show it now")
            }
            Self::Declared { by } => write!(f, "declared an error by event {by}, not sent"),
            Self::With { event } => write!(f, "done with event {event}"),
            Self::KeptByHash { why } => write!(f, "nothing to do on the chain: {why}; kept by its hash"),
            Self::LeftOpen { rest } => write!(
                f,
                "{rest} leave the container with it: they are of the same run, and cannot be packed again"
            ),
            Self::Commissions { named, count } => write!(
                f,
                "the lot has {count} packs, and this document commissions {named} of them; the chain has all"
            ),
        }
    }
}
