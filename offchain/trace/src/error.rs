//! Why a life cannot be told.

use crate::Moment;
use provenance::{ContainerId, LotId, ProvenanceError};

/// Why a life cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TraceError {
    /// A fact cannot have happened after those before it.
    #[error(
        "event {} of block {} does not follow from the events before it ({error:?}): some are missing; \
         read them from the contract's first block on",
        at.index,
        at.block
    )]
    DoesNotFollow {
        /// Which fact.
        at: Moment,
        /// The rule of the contract that it would break.
        error: ProvenanceError,
    },
    /// A fact is older than the one before it.
    #[error("event {} of block {} is older than the one before it", at.index, at.block)]
    OutOfOrder {
        /// Which fact.
        at: Moment,
    },
    /// No event commissions the lot.
    #[error("no event commissions the lot {}", hex::encode(lot))]
    UnknownLot {
        /// Which lot.
        lot: LotId,
    },
    /// The lot is not among those that were given.
    #[error("what the chain knows of the lot {} is not given", hex::encode(lot))]
    LotNotGiven {
        /// Which lot.
        lot: LotId,
    },
    /// The lot has fewer packs.
    #[error("the lot has {count} packs, so there is none with the index {index}")]
    NoSuchPack {
        /// The index, from 0.
        index: u64,
        /// How many packs the lot has.
        count: u64,
    },
    /// No event packs the container.
    #[error("no event packs anything into the container {:018} of identity {}", container.sscc, container.packer)]
    UnknownContainer {
        /// Which container.
        container: ContainerId,
    },
}
