//! Alarms: the same pack was dispensed at two places.

use crate::{Dispenser, ProvenanceError};
use allive_olife_id_interface::IdentityId;

/// How far an alarm is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Phase {
    /// Nobody has explained it.
    Raised,
    /// One of the two dispensers has explained it.
    Explained,
    /// It was an error.
    Closed,
    /// It is a case for the authorities.
    Escalated,
}

/// That a pack that one had dispensed was to be dispensed by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Alarm {
    /// Who dispensed it.
    pub first: Dispenser,
    /// Who wanted to dispense it again, the last time.
    pub second: Dispenser,
    /// How many times somebody wanted to.
    pub times: u32,
    /// How far it is.
    pub phase: Phase,
}

impl Alarm {
    /// The alarm of a pack after it was to be dispensed again: a new one, or the old one raised
    /// anew.
    pub fn raised(earlier: Option<Self>, first: Dispenser, second: Dispenser) -> Self {
        let times = earlier.map_or(0, |alarm| alarm.times).saturating_add(1);
        Self {
            first,
            second,
            times,
            phase: Phase::Raised,
        }
    }

    /// One of the two dispensers explains it.
    ///
    /// # Errors
    /// `NotDispenser`, `WrongPhase`.
    pub fn explain(&mut self, by: IdentityId) -> Result<(), ProvenanceError> {
        if !self.concerns(by) {
            return Err(ProvenanceError::NotDispenser);
        }
        if self.phase != Phase::Raised {
            return Err(ProvenanceError::WrongPhase);
        }
        self.phase = Phase::Explained;
        Ok(())
    }

    /// The maker or an authority closes what was explained, as an error; an authority also what was
    /// escalated.
    ///
    /// # Errors
    /// `SameParty` for a dispenser; `WrongPhase`.
    pub fn close(&mut self, by: IdentityId, as_authority: bool) -> Result<(), ProvenanceError> {
        if self.concerns(by) {
            return Err(ProvenanceError::SameParty);
        }
        match self.phase {
            Phase::Explained => (),
            Phase::Escalated if as_authority => (),
            _ => return Err(ProvenanceError::WrongPhase),
        }
        self.phase = Phase::Closed;
        Ok(())
    }

    /// The maker or an authority escalates it, whether it was explained or not, or closed.
    ///
    /// # Errors
    /// `WrongPhase` if it is escalated.
    pub fn escalate(&mut self) -> Result<(), ProvenanceError> {
        if self.phase == Phase::Escalated {
            return Err(ProvenanceError::WrongPhase);
        }
        self.phase = Phase::Escalated;
        Ok(())
    }

    fn concerns(&self, identity: IdentityId) -> bool {
        self.first.by == identity || self.second.by == identity
    }
}
