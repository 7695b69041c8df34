//! Declarations of errors, and questions that are counted.

use crate::{acting::Actor, Claim, ErrorDeclared, Known, Provenance, ProvenanceError, CUSTODIANS};
use allive_storage::Boxed;
use ink::{codegen::Env as _, prelude::vec::Vec};

/// The most events that correct another.
pub const MAX_CORRECTIONS: usize = 8;

/// The hash of an EPCIS event, as CBV 2.0 computes it.
pub type EventHash = [u8; 32];

/// Why an event was wrong, in the words of CBV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum ErrorReason {
    /// `did_not_occur`.
    DidNotOccur,
    /// `incorrect_data`.
    IncorrectData,
}

/// That an event was wrong. An event and its declaration have the same hash in CBV, so the chain
/// tells them apart by what says it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct ErrorDeclaration {
    /// The event.
    pub event: EventHash,
    /// Why it was wrong.
    pub reason: ErrorReason,
    /// The events that say what is right.
    pub corrected_by: Vec<EventHash>,
}

impl ErrorDeclaration {
    /// Refuses too many corrections, and an event that corrects itself.
    ///
    /// # Errors
    /// `BadDeclaration`.
    pub fn check(&self) -> Result<(), ProvenanceError> {
        let are_few = self.corrected_by.len() <= MAX_CORRECTIONS;
        let is_sound = are_few && !self.corrected_by.contains(&self.event);
        is_sound
            .then_some(())
            .ok_or(ProvenanceError::BadDeclaration)
    }
}

impl Provenance {
    #[inline(never)]
    pub(crate) fn declare_error(
        &mut self,
        actor: &Actor,
        declaration: Boxed<ErrorDeclaration>,
    ) -> Result<(), ProvenanceError> {
        let by = self.identity(actor, CUSTODIANS)?;
        declaration.check()?;
        let declaration = declaration.into_inner();
        self.env().emit_event(ErrorDeclared {
            event: declaration.event,
            by,
            reason: declaration.reason,
            corrected_by: declaration.corrected_by,
        });
        Ok(())
    }

    /// The answer about a pack, which is counted for its lot.
    pub(crate) fn counted(&mut self, claim: &Claim) -> Result<Known, ProvenanceError> {
        let known = self.answer(claim).map_err(ProvenanceError::Mismatch)?;
        let before = self.asked.get(known.lot).unwrap_or_default();
        // Cannot overflow: no chain has carried out 2^64 messages.
        self.asked.insert(known.lot, &before.saturating_add(1));
        Ok(known)
    }
}
