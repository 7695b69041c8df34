//! How far dental work is made. The laboratory says so, and only the patient can read it.

use crate::{ProductName, ProvenanceError, Secret};
use allive_access::Timestamp;
use allive_merkle::{leaf, Domain, Hash, Sha256};
use ink::scale::Encode;

/// Begins what is hashed to a commitment to a stage.
pub const MAKE_DOMAIN: Domain = *b"allive/make/v1  ";

/// How long it stays known how far an order is, after it was last said: a year.
pub const KEPT_PROGRESS: Timestamp = 365 * 24 * 3_600_000;

/// How far an order of dental work is. This is the list that the project publishes: a patient tries
/// each of these. A code never changes its meaning, and a stage to come gets a code of its own.
///
/// A laboratory says them in any order and leaves out what it does not do: a denture is not fired,
/// and what came back is made again. The chain does not know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Stage {
    /// The order has arrived, with an impression or a scan.
    Received = 0,
    /// Impression or scan, shade and prescription were checked: it can be made.
    Accepted = 1,
    /// It waits for an answer of the dentist, or for another impression.
    OnHold = 2,
    /// It is modelled, in wax or on a screen.
    Design = 3,
    /// It is cast, pressed, milled or printed; a denture is set up in wax and processed.
    Forming = 4,
    /// It is sintered, fired or cured.
    Firing = 5,
    /// It is with the dentist to be tried in.
    TryIn = 6,
    /// It is fitted, stained, glazed and polished.
    Finishing = 7,
    /// It is inspected, and its statement of conformity is written.
    QualityControl = 8,
    /// It can be collected or shipped.
    Ready = 9,
    /// The dentist has it.
    Delivered = 10,
    /// It came back, and is adjusted or made again.
    Remake = 11,
    /// It will not be made.
    Cancelled = 12,
}

impl Stage {
    /// All of them, by their codes.
    pub const ALL: [Self; 13] = [
        Self::Received,
        Self::Accepted,
        Self::OnHold,
        Self::Design,
        Self::Forming,
        Self::Firing,
        Self::TryIn,
        Self::Finishing,
        Self::QualityControl,
        Self::Ready,
        Self::Delivered,
        Self::Remake,
        Self::Cancelled,
    ];

    /// Its code, which is hashed.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// What a laboratory says: the leaf of secret, code of the stage and number, in SCALE. The
    /// number is that of the [`Progress`] which it becomes, so the same stage looks like another
    /// when it is said again. Laboratory and patient share the `secret`, which is random and of
    /// this order alone.
    pub fn commitment<H: Sha256>(self, secret: &Secret, number: u32) -> Hash {
        leaf::<H>(&MAKE_DOMAIN, &(secret, self.code(), number).encode())
    }

    /// What a patient reads: which stage was said, if it was one of the list with this secret.
    pub fn of<H: Sha256>(secret: &Secret, progress: &Progress) -> Option<Self> {
        let is_said =
            |stage: &Self| stage.commitment::<H>(secret, progress.number) == progress.commitment;
        Self::ALL.into_iter().find(is_said)
    }
}

/// What a laboratory says of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct NewProgress {
    /// The order.
    pub name: ProductName,
    /// How many times the laboratory has said so, with this one. So nothing counts twice, and
    /// nothing is left out.
    pub number: u32,
    /// A [commitment](Stage::commitment) to the stage.
    pub commitment: Hash,
}

/// How far an order is, for whoever has its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Progress {
    /// How many times the laboratory has said so, with this one.
    pub number: u32,
    /// A [commitment](Stage::commitment) to the stage.
    pub commitment: Hash,
    /// When it said so.
    pub at: Timestamp,
}

impl Progress {
    /// What follows the `last`.
    ///
    /// # Errors
    /// `BadNumber` unless the number is the next one, from 1.
    pub fn after(
        last: Option<Self>,
        new: &NewProgress,
        now: Timestamp,
    ) -> Result<Self, ProvenanceError> {
        let NewProgress {
            number, commitment, ..
        } = *new;
        let said = last.map_or(0, |last| last.number);
        if said.checked_add(1) != Some(number) {
            return Err(ProvenanceError::BadNumber);
        }
        Ok(Self {
            number,
            commitment,
            at: now,
        })
    }

    /// Whether it can be forgotten: nothing was said for [`KEPT_PROGRESS`].
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.at.saturating_add(KEPT_PROGRESS)
    }
}
