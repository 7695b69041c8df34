//! What events name.

use std::fmt;

use crate::identifiers::Epc;

/// A thing, a class of things, a place or a party.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// By a key of GS1 that is checked here.
    Epc(Epc),
    /// By another URI.
    Uri(String),
}

impl Thing {
    /// Whether it is known to be a class with a quantity, and not one thing.
    pub fn is_class(&self) -> bool {
        matches!(self, Self::Epc(epc) if epc.is_class())
    }

    /// Whether it is a logistic unit, which other things are packed into.
    pub(super) fn is_container(&self) -> bool {
        matches!(self, Self::Epc(Epc::Sscc(_)))
    }
}

impl fmt::Display for Thing {
    /// A canonical Digital Link, or the URI.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Epc(epc) => epc.fmt(f),
            Self::Uri(uri) => f.write_str(uri),
        }
    }
}

/// A word that says a step, a state, a kind or a reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Word {
    /// A standard word, in its short form: `shipping`.
    Standard(&'static str),
    /// The URI of a word that somebody else defines.
    Own(String),
}

impl Word {
    /// Whether it is this standard word.
    pub fn is(&self, word: &str) -> bool {
        matches!(self, Self::Standard(own) if *own == word)
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standard(word) => f.write_str(word),
            Self::Own(uri) => f.write_str(uri),
        }
    }
}
