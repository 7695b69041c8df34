//! Which packs were dispensed: a bit for each, 256 to a cell.

use crate::{PrescriptionId, ProvenanceError};
use allive_access::Timestamp;
use allive_olife_id_interface::{IdentityId, Topic, Topics};
use ink::prelude::vec::Vec;

/// The roles in which somebody dispenses.
pub const DISPENSERS: Topics = Topic::PHARMACY.bit()
    | Topic::HOSPITAL.bit()
    | Topic::CLINICIAN.bit()
    | Topic::BLOOD_SERVICE.bit()
    | Topic::RELIEF.bit();

/// The cell of a pack, and its bit there.
#[allow(clippy::cast_possible_truncation)] // The rest of a division by 256 has eight bits.
pub const fn place(index: u64) -> (u64, u8) {
    (index / 256, (index % 256) as u8)
}

/// A bit for each of 256 packs. The lowest bit of the first byte is the first pack's.
pub type Flags = [u8; 32];

/// Who dispensed something, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Dispenser {
    /// Who.
    pub by: IdentityId,
    /// Where: a GLN, or 0.
    pub site: u64,
}

/// A dispensing that can still be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Recent {
    /// Which pack, by its bit.
    pub bit: u8,
    /// When.
    pub at: Timestamp,
    /// Who, and where.
    pub dispenser: Dispenser,
    /// On which prescription, which then had a fill less.
    pub prescription: Option<PrescriptionId>,
}

/// 256 packs of a lot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Word {
    /// Whether each was dispensed.
    pub flags: Flags,
    /// Those that were dispensed within the time to undo; also some older ones, until the next
    /// dispensing of the word.
    pub recent: Vec<Recent>,
}

impl Word {
    /// Whether a pack was dispensed.
    pub fn has(&self, bit: u8) -> bool {
        let byte = self.flags.get(usize::from(bit / 8));
        byte.is_some_and(|byte| byte & mask(bit) != 0)
    }

    /// Dispenses a pack, and forgets what cannot be undone any more.
    ///
    /// # Errors
    /// `IsDispensed`.
    pub fn dispense(
        &mut self,
        bit: u8,
        dispenser: Dispenser,
        prescription: Option<PrescriptionId>,
        now: Timestamp,
        span: Timestamp,
    ) -> Result<(), ProvenanceError> {
        if self.has(bit) {
            return Err(ProvenanceError::IsDispensed);
        }
        self.prune(now, span);
        self.flip(bit);
        self.recent.push(Recent {
            bit,
            at: now,
            dispenser,
            prescription,
        });
        Ok(())
    }

    /// Undoes a dispensing: by the same dispenser at the same place, in time. Returns the
    /// prescription that has its fill again.
    ///
    /// # Errors
    /// `NotDispensed`; `Final` if it is too late; `NotDispenser`.
    pub fn undo(
        &mut self,
        bit: u8,
        dispenser: Dispenser,
        now: Timestamp,
        span: Timestamp,
    ) -> Result<Option<PrescriptionId>, ProvenanceError> {
        if !self.has(bit) {
            return Err(ProvenanceError::NotDispensed);
        }
        let known = self
            .dispenser(bit)
            .filter(|recent| !recent.is_old(now, span));
        let recent = known.ok_or(ProvenanceError::Final)?;
        if recent.dispenser != dispenser {
            return Err(ProvenanceError::NotDispenser);
        }
        self.flip(bit);
        self.recent.retain(|recent| recent.bit != bit);
        Ok(recent.prescription)
    }

    /// Forgets what cannot be undone any more. Returns whether there was something.
    pub fn prune(&mut self, now: Timestamp, span: Timestamp) -> bool {
        let before = self.recent.len();
        self.recent.retain(|recent| !recent.is_old(now, span));
        self.recent.len() < before
    }

    /// By whom a pack was dispensed, if that is still known.
    pub fn dispenser(&self, bit: u8) -> Option<Recent> {
        self.recent.iter().find(|recent| recent.bit == bit).copied()
    }

    pub(crate) fn flip(&mut self, bit: u8) {
        if let Some(byte) = self.flags.get_mut(usize::from(bit / 8)) {
            *byte ^= mask(bit);
        }
    }
}

impl Recent {
    fn is_old(&self, now: Timestamp, span: Timestamp) -> bool {
        now >= self.at.saturating_add(span)
    }
}

const fn mask(bit: u8) -> u8 {
    1_u8.rotate_left((bit % 8) as u32)
}
