//! Transformations: new lots of what then has ended.

use crate::{Day, Lot, ProvenanceError, RunId, MAX_ANCESTORS};
use allive_olife_id_interface::Topic;
use ink::prelude::vec::Vec;

/// The most runs that go into a transformation.
pub const MAX_INPUTS: usize = 16;

/// The most lots that come out of a transformation.
pub const MAX_OUTPUTS: usize = 8;

/// The most cells of 256 packs in which a transformation looks whether one was dispensed.
pub const MAX_WORDS: u64 = 64;

/// The most transformations one after the other.
pub const MAX_LEVEL: u8 = 4;

/// What is made of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Transformation {
    /// A blood service makes components of donations, or pools them.
    BloodProcessing,
    /// A laboratory makes what was ordered for one patient, of materials, or divides a specimen.
    Making,
    /// A manufacturer packs anew.
    Repackaging,
    /// A manufacturer makes a medicine of ingredients.
    Compounding,
}

impl Transformation {
    /// The role of whoever does this. The names of all outputs ask for the same.
    pub const fn role(self) -> Topic {
        match self {
            Self::BloodProcessing => Topic::BLOOD_SERVICE,
            Self::Making => Topic::LABORATORY,
            Self::Repackaging | Self::Compounding => Topic::MANUFACTURER,
        }
    }

    /// Whether what comes out expires when the first of what went in does, or earlier. Frozen
    /// plasma lasts longer than the donation, a tablet in another box does not.
    const fn keeps_expiry(self) -> bool {
        matches!(self, Self::Repackaging | Self::Compounding)
    }
}

/// What went into a transformation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    ancestors: Vec<RunId>,
    level: u8,
    expiry: Option<Day>,
}

impl Origin {
    /// A run of a lot goes in, and with it all of which that lot was made.
    ///
    /// # Errors
    /// `TooManyAncestors`, `TooDeep`.
    pub fn add(&mut self, run: RunId, lot: &Lot) -> Result<(), ProvenanceError> {
        for ancestor in core::iter::once(&run).chain(&lot.ancestors) {
            if !self.ancestors.contains(ancestor) {
                self.ancestors.push(*ancestor);
            }
        }
        if self.ancestors.len() > MAX_ANCESTORS {
            return Err(ProvenanceError::TooManyAncestors);
        }
        if lot.level >= MAX_LEVEL {
            return Err(ProvenanceError::TooDeep);
        }
        self.level = self.level.max(lot.level.saturating_add(1));
        self.expiry = match (self.expiry, lot.expiry) {
            (Some(earlier), Some(other)) => Some(earlier.min(other)),
            (one, other) => one.or(other),
        };
        Ok(())
    }

    /// A lot comes out.
    ///
    /// # Errors
    /// `BadExpiry` if it expires later than what was packed anew or compounded.
    pub fn pass_on(&self, kind: Transformation, lot: &mut Lot) -> Result<(), ProvenanceError> {
        if let Some(last) = self.expiry.filter(|_| kind.keeps_expiry()) {
            if lot.expiry.is_none_or(|expiry| expiry > last) {
                return Err(ProvenanceError::BadExpiry);
            }
        }
        lot.ancestors.clone_from(&self.ancestors);
        lot.level = self.level;
        Ok(())
    }
}
