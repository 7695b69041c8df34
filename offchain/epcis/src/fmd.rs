//! The status of a pack in the verification system of the EU Falsified Medicines Directive, so far
//! as an event says it.
//!
//! CBV knows states that the directive does not, such as `damaged` or `reserved`: a pack in them
//! keeps its status. `decommissioning` takes an identifier off a thing and says nothing of its
//! status, and CBV has no disposition for a quarantine. The table is in the README.

use crate::{document::EventKind, Event};

/// The status of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FmdStatus {
    /// It can be supplied.
    Active,
    /// It was supplied to the public, in whole or in part.
    Supplied,
    /// It was taken as a sample.
    Sample,
    /// It was destroyed.
    Destroyed,
    /// It was stolen.
    Stolen,
    /// Its lot was recalled.
    Recalled,
    /// It is past its expiry.
    Expired,
}

impl FmdStatus {
    /// The status of the things of an event after it. `None` if the event does not say it: what was
    /// before still holds.
    pub fn after(event: &Event) -> Option<Self> {
        if event.kind == EventKind::Object && event.step() == Some("sampling") {
            return Some(Self::Sample);
        }
        let states = event
            .persistent_disposition
            .set
            .iter()
            .chain(&event.disposition);
        // Of several, the first in this list is what a pharmacy must know.
        let said = |word: &str| states.clone().any(|state| state.is(word));
        [
            ("stolen", Self::Stolen),
            ("destroyed", Self::Destroyed),
            ("dispensed", Self::Supplied),
            ("partially_dispensed", Self::Supplied),
            ("recalled", Self::Recalled),
            ("expired", Self::Expired),
            ("active", Self::Active),
        ]
        .into_iter()
        .find(|(word, _)| said(word))
        .map(|(_, status)| status)
    }
}
