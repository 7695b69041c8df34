//! Attestations of an identity, in a bounded cell for each topic.

use crate::{Digest, IdError};
use allive_olife_id_interface::{IdentityId, Points, Timestamp, Topics};
use ink::prelude::vec::Vec;

/// The most attestations of one topic that an identity has, and the most issuers that it can
/// refuse.
pub const MAX_SLOTS: usize = 16;

/// The longest that an attestation may last: ten years.
pub const LONGEST_TERM: Timestamp = 10 * 365 * 24 * 3_600_000;

/// What the owner approved an issuer for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Issuer {
    /// The topics that it may attest.
    pub topics: Topics,
    /// The most points that it can give to one identity. An issuer with a ceiling above zero is an
    /// anchor.
    pub ceiling: Points,
}

/// An attestation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Slot {
    /// Who attests.
    pub issuer: IdentityId,
    /// A commitment to what is attested.
    pub value: Digest,
    /// Points.
    pub weight: Points,
    /// Since when this issuer has attested this without a break.
    pub since: Timestamp,
    /// The moment from which on it does not count any more.
    pub expires: Timestamp,
}

/// All attestations of one topic about one identity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Class {
    /// The attestations.
    pub slots: Vec<Slot>,
    /// The issuers that the subject refuses. Their attestations stay but do not count. An anchor
    /// among them can still help in a recovery, since the refusal could be a thief's.
    pub refused: Vec<IdentityId>,
}

impl Class {
    /// Whether an attestation counts, as long as its issuer is approved.
    pub fn counts(&self, slot: &Slot, now: Timestamp) -> bool {
        now < slot.expires && !self.refused.contains(&slot.issuer)
    }

    /// Whether `issuer` attests now and has done so since before `moment`.
    pub fn attested_before(&self, issuer: IdentityId, moment: Timestamp, now: Timestamp) -> bool {
        let mut slots = self.slots.iter();
        slots.any(|slot| slot.issuer == issuer && slot.since < moment && now < slot.expires)
    }

    /// Adds an attestation, or replaces one of the same issuer. If the cell is full, attestations
    /// that do not count make room.
    ///
    /// # Errors
    /// `BadExpiry`, `Refused`, `NoRoom`.
    pub fn attest(
        &mut self,
        mut new: Slot,
        now: Timestamp,
        is_approved: impl Fn(IdentityId) -> bool,
    ) -> Result<(), IdError> {
        if new.expires <= now || new.expires > now.saturating_add(LONGEST_TERM) {
            return Err(IdError::BadExpiry);
        }
        if self.refused.contains(&new.issuer) {
            return Err(IdError::Refused);
        }
        let mut slots = self.slots.iter_mut();
        if let Some(slot) = slots.find(|slot| slot.issuer == new.issuer) {
            if now < slot.expires {
                new.since = slot.since;
            }
            *slot = new;
            return Ok(());
        }
        if self.slots.len() >= MAX_SLOTS {
            let refused = &self.refused;
            self.slots.retain(|slot| {
                now < slot.expires && !refused.contains(&slot.issuer) && is_approved(slot.issuer)
            });
        }
        if self.slots.len() >= MAX_SLOTS {
            return Err(IdError::NoRoom);
        }
        self.slots.push(new);
        Ok(())
    }

    /// Removes the attestation of an issuer.
    ///
    /// # Errors
    /// `NothingToDo` if it attested nothing.
    pub fn revoke(&mut self, issuer: IdentityId) -> Result<(), IdError> {
        let count = self.slots.len();
        self.slots.retain(|slot| slot.issuer != issuer);
        if self.slots.len() == count {
            return Err(IdError::NothingToDo);
        }
        Ok(())
    }

    /// Refuses an issuer, or accepts it again.
    ///
    /// # Errors
    /// `NothingToDo` if that is so already, `NoRoom`.
    pub fn refuse(&mut self, issuer: IdentityId, refused: bool) -> Result<(), IdError> {
        let count = self.refused.len();
        self.refused.retain(|other| *other != issuer);
        if (self.refused.len() != count) == refused {
            return Err(IdError::NothingToDo);
        }
        if !refused {
            return Ok(());
        }
        if self.refused.len() >= MAX_SLOTS {
            return Err(IdError::NoRoom);
        }
        self.refused.push(issuer);
        Ok(())
    }
}
