//! What is wrong with a document for the chain, and where.

use allive_access::Timestamp;
use allive_epcis::identifiers::{Gln, Sscc};
use provenance::ProvenanceError;
use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The event, counted from 0.
    pub event: usize,
    /// The field, such as `epcList[1]`; empty if it is the event as a whole.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "event {}", self.event)?;
        if !self.field.is_empty() {
            write!(f, ", {}", self.field)?;
        }
        write!(f, ": {}", self.problem)
    }
}

/// Everything that is wrong, event by event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    faults: Vec<Fault>,
}

impl Report {
    pub(crate) const fn new(faults: Vec<Fault>) -> Self {
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
    /// Nothing says who did it.
    #[error("names no place and no party by a GLN, so nobody can be told to have done it")]
    NoParty,
    /// Nothing says to whom it goes.
    #[error("names no destination by a GLN: add a destinationList with the possessing_party")]
    NoRecipient,
    /// The recipient has no identity.
    #[error("no party has the GLN {gln}: add it to the parties, with its identity")]
    UnknownRecipient {
        /// Its GLN.
        gln: Gln,
    },
    /// A party lacks a role that this needs.
    #[error("{party} has none of the roles for this: {wanted}")]
    NoRole {
        /// The party.
        party: String,
        /// The roles.
        wanted: String,
    },
    /// No label of a serial is at hand.
    #[error(
        "no lot and no label at hand has this serial: add its lot folder, or its label as scanned"
    )]
    UnknownSerial,
    /// Nothing is told of a lot.
    #[error("lot {lot} is not on the chain, and no event before commissions it")]
    UnknownLot {
        /// Its code.
        lot: String,
    },
    /// The event says another lot than the label.
    #[error("is of lot {found}, and the event says {said}")]
    OtherLot {
        /// The lot by its label.
        found: String,
        /// The lot by the event.
        said: String,
    },
    /// The event says another expiry than the files of the lot.
    #[error("the lot expires on {found}, and the event says {said}")]
    OtherExpiry {
        /// By the files of the lot.
        found: String,
        /// By the event.
        said: String,
    },
    /// The lot on the chain is another one than that of the files.
    #[error("the chain has another lot {lot} of this maker: count, expiry or serials differ")]
    LotDiffers {
        /// Its code.
        lot: String,
    },
    /// Nobody knows who packed a container.
    #[error("no party packed a container {sscc} that is on the chain: add who packed it first")]
    UnknownContainer {
        /// Its number.
        sscc: Sscc,
    },
    /// Several packed containers of this number.
    #[error("several parties have packed a container {sscc}: add whose it is")]
    SeveralContainers {
        /// Its number.
        sscc: Sscc,
    },
    /// The chain has no such things.
    #[error("is nothing that the chain has: a pack by its GTIN and serial, a container by its SSCC, or a lot")]
    NoUnit,
    /// What should be an amount of a lot is not one.
    #[error("is no whole number of pieces")]
    NotACount,
    /// Only pieces are counted.
    #[error("is measured in {unit}, and the chain counts pieces")]
    Measured {
        /// The unit.
        unit: String,
    },
    /// Packs with serials were named by their number.
    #[error("the packs of this lot have serials: name them in the list of EPCs")]
    HasSerials,
    /// There are fewer.
    #[error("{wanted} pieces of the lot are wanted, and {there} are {place}")]
    NotEnough {
        /// How many are wanted.
        wanted: u64,
        /// How many there are.
        there: u64,
        /// Where.
        place: &'static str,
    },
    /// A part of a run cannot be had by itself.
    #[error("the chain has it in one run, packs {first} to {last} of the lot, which {why}")]
    NotWhole {
        /// The first pack of the run.
        first: u64,
        /// The last one.
        last: u64,
        /// Why it cannot be split.
        why: &'static str,
    },
    /// What is in a container is not known.
    #[error(
        "names no children, and this document does not say what is in the container: name them"
    )]
    NoChildren,
    /// A word of the chain is missing.
    #[error("a recall has a class: tell `recall` (I, II, III or withdrawn), or add an extension recallClass")]
    NoClass,
    /// A reason is missing.
    #[error("needs the commitment to a reason: tell `reason` (0x and 64 digits), or add an extension reason")]
    NoReason,
    /// An error declaration without a reason.
    #[error("says not why the event was wrong: did_not_occur or incorrect_data")]
    NoErrorReason,
    /// An event that corrects another cannot be named on the chain.
    #[error("is neither the hash of an event nor the name of one in this document")]
    UnknownCorrection,
    /// A transformation in several events.
    #[error("a transformation that several events tell together is not taken in")]
    InSeveralEvents,
    /// What is made together is made of different kinds of things.
    #[error("is made in another role than the first output")]
    OtherKind,
    /// Nothing says when what is made expires, and it has to.
    #[error("says not when it expires: add cbvmda:itemExpirationDate to ilmd")]
    NoExpiry,
    /// A day that cannot be read.
    #[error("{text:?} is no day such as 2028-03-31")]
    NotADay {
        /// The text.
        text: String,
    },
    /// The pack was dispensed by somebody else.
    #[error("was dispensed by {by} already: to dispense it now raises an alarm, which is no matter for an import")]
    DispensedBy {
        /// By whom.
        by: String,
    },
    /// The file of paths does not prove a label any more.
    #[error("the file of paths does not prove it: {why}")]
    NoProof {
        /// Why.
        why: String,
    },
    /// Nobody measures it.
    #[error("nobody is named to measure it: its holder names a logger first (Watch)")]
    NotWatched,
    /// The readings make no window.
    #[error(transparent)]
    Reading(#[from] crate::ReadingFault),
    /// Only the chain knows it.
    #[error("begins before this document, so only the chain knows it: name a node with --url")]
    NeedsChain,
    /// The contract would refuse it.
    #[error("the contract would refuse this: {}", crate::refusal::why(*.0))]
    Refused(ProvenanceError),
}

impl Problem {
    /// Whether it can follow from what is wrong with an earlier event.
    pub(crate) const fn may_follow(&self) -> bool {
        matches!(
            self,
            Self::Refused(_)
                | Self::UnknownLot { .. }
                | Self::UnknownContainer { .. }
                | Self::NotEnough { .. }
                | Self::NotWhole { .. }
                | Self::NoChildren
                | Self::NeedsChain
                | Self::NotWatched
        )
    }
}

impl From<ProvenanceError> for Problem {
    fn from(error: ProvenanceError) -> Self {
        Self::Refused(error)
    }
}

/// A moment of the chain, as documents write it.
pub(crate) fn moment(time: Timestamp) -> String {
    let time = i64::try_from(time).unwrap_or(i64::MAX);
    allive_epcis::Timestamp(time).to_string()
}
