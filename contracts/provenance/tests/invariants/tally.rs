//! What a walk came across: one that is refused everything proves nothing.

use allive_support::walks;
use provenance::{Action, Outcome, ProvenanceError};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{Display, Formatter, Result as Written},
};

/// Every action of the walks; and what a dispensing does besides.
const DONE: [&str; 28] = [
    "Alarm",
    "CallBack",
    "Clear",
    "Condemn",
    "Dispense",
    "DispensePart",
    "Explain",
    "Join",
    "Lower",
    "MoveTo",
    "Pack",
    "ProposeLowering",
    "Raise",
    "Receive",
    "Redirect",
    "Refuse",
    "Release",
    "Report",
    "Restore",
    "Retire",
    "Settle",
    "Ship",
    "Split",
    "Suspect",
    "Transform",
    "UndoDispense",
    "Unpack",
    "Watch",
];

/// Refusals without which a walk came nowhere near an edge.
const REFUSED: [&str; 1] = ["TooManyBounds"];

#[derive(Default)]
pub struct Tally {
    done: BTreeMap<String, u64>,
    /// By kind of action and reason.
    refused: BTreeMap<(String, String), u64>,
}

impl Tally {
    pub fn count(&mut self, action: &Action, answer: &Result<Outcome, ProvenanceError>) {
        let kind = kind(action);
        match answer {
            Ok(Outcome::Done) => *self.done.entry(kind).or_default() += 1,
            Ok(Outcome::Alarm) => *self.done.entry("Alarm".to_owned()).or_default() += 1,
            Err(error) => {
                let refusal = (kind, format!("{error:?}"));
                *self.refused.entry(refusal).or_default() += 1;
            }
        }
    }

    /// Every action was done, and every refusal of the list came.
    pub fn assert_complete(&self) {
        let done: BTreeSet<_> = self.done.keys().map(String::as_str).collect();
        assert_eq!(done, BTreeSet::from(DONE));
        let refused: BTreeSet<_> = self.refused.keys().map(|(_, reason)| &**reason).collect();
        let missing: Vec<_> = REFUSED.iter().filter(|it| !refused.contains(*it)).collect();
        assert!(missing.is_empty(), "never refused with {missing:?}");
    }
}

/// The name of an action, without what it is about.
fn kind(action: &Action) -> String {
    let all = format!("{action:?}");
    let end = all.find(|letter: char| !letter.is_alphanumeric());
    all[..end.unwrap_or(all.len())].to_owned()
}

impl walks::Tally for Tally {
    fn steps(&self) -> u64 {
        self.done.values().chain(self.refused.values()).sum()
    }

    fn add(&mut self, other: Self) {
        for (kind, times) in other.done {
            *self.done.entry(kind).or_default() += times;
        }
        for (refusal, times) in other.refused {
            *self.refused.entry(refusal).or_default() += times;
        }
    }
}

impl Display for Tally {
    fn fmt(&self, to: &mut Formatter<'_>) -> Written {
        for kind in DONE {
            let done = self.done.get(kind).copied().unwrap_or_default();
            writeln!(to, "{kind:18} {done:7} done")?;
            for ((_, reason), times) in self.refused.iter().filter(|it| it.0 .0 == kind) {
                writeln!(to, "{:18} {times:7} {reason}", "")?;
            }
        }
        Ok(())
    }
}
