//! The life of a DAPP: live, silent, accused, failed. README.md has the table.

use crate::FactoryError;
use allive_access::{Announced, Timestamp};
use allive_storage::Boxed;

/// A hash of a document that is kept elsewhere.
pub type Digest = Boxed<[u8; 32]>;

/// The state of a DAPP, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum State {
    /// It serves its users.
    Live,
    /// It is accused of having failed them. If the owner does not decide in time, it is live again.
    Accused(Announced<Accusation>),
    /// It has failed, for good. Its holders share the pot.
    Failed(Boxed<Failure>),
}

/// An accusation and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Accusation {
    /// Hash of the evidence.
    pub evidence: Digest,
    /// Hash of the DAPP's answer.
    pub answer: Option<Digest>,
}

/// How a DAPP failed, and what its holders share.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Failure {
    /// Why it failed.
    pub cause: Cause,
    /// All ALV that the factory held for the DAPP.
    pub pot: u128,
    /// The units of its token among which the pot is shared.
    pub supply: u128,
    /// The part of the pot that is not paid out yet.
    pub left: u128,
    /// The moment at which claims end.
    pub ends: Timestamp,
}

/// Why a DAPP failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Cause {
    /// Its operator closed it.
    OwnWord,
    /// It sent no heartbeat in time.
    Silence,
    /// It was accused, and the owner of the factory decided so.
    Decision,
}

/// The phase of a DAPP at a moment. Messages check this, never [`State`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Phase {
    /// It serves its users.
    Live,
    /// It sent no heartbeat for so long that anybody may declare it failed.
    Silent,
    /// It is accused, and may answer.
    Accused,
    /// It is over.
    Failed,
}

/// The state of a DAPP and its deadlines.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Life {
    /// The state.
    pub state: State,
    /// The moment from which on the DAPP counts as silent.
    pub alive_until: Timestamp,
    /// The moment from which on it can be accused.
    pub accusable_from: Timestamp,
}

impl Life {
    /// A new life, which begins with a first heartbeat.
    pub fn new(now: Timestamp, silence: Timestamp) -> Self {
        Self {
            state: State::Live,
            alive_until: now.saturating_add(silence),
            accusable_from: now,
        }
    }

    /// The phase in which the DAPP is now.
    pub fn phase(&self, now: Timestamp) -> Phase {
        match &self.state {
            State::Failed(_) => Phase::Failed,
            State::Accused(accusation) if !accusation.has_lapsed(now) => Phase::Accused,
            _ if self.is_silent(now) => Phase::Silent,
            _ => Phase::Live,
        }
    }

    /// Refuses a DAPP that is not live. Required for issuing units, taking ALV out and changing the
    /// price.
    ///
    /// # Errors
    /// `WrongPhase`.
    pub fn only_live(&self, now: Timestamp) -> Result<(), FactoryError> {
        match self.phase(now) {
            Phase::Live => Ok(()),
            phase => Err(FactoryError::WrongPhase(phase)),
        }
    }

    /// Refuses a DAPP that has failed. Required for exits of users and for what adds to their
    /// cover.
    ///
    /// # Errors
    /// `WrongPhase(Failed)`.
    pub fn only_unfailed(&self) -> Result<(), FactoryError> {
        match self.state {
            State::Failed(_) => Err(FactoryError::WrongPhase(Phase::Failed)),
            _ => Ok(()),
        }
    }

    /// Puts off the moment of silence.
    ///
    /// # Errors
    /// `WrongPhase(Failed)`.
    pub fn beat(&mut self, now: Timestamp, silence: Timestamp) -> Result<(), FactoryError> {
        self.only_unfailed()?;
        self.alive_until = now.saturating_add(silence);
        Ok(())
    }

    /// Accuses the DAPP. After an accusation has ended, there cannot be another for as long as one
    /// can last. So a DAPP against which nothing was proved has time to leave.
    ///
    /// # Errors
    /// `WrongPhase`, `TooEarly`.
    pub fn accuse(
        &mut self,
        evidence: Digest,
        now: Timestamp,
        answer: Timestamp,
    ) -> Result<(), FactoryError> {
        match self.phase(now) {
            Phase::Live | Phase::Silent => (),
            phase => return Err(FactoryError::WrongPhase(phase)),
        }
        if now < self.accusable_from {
            return Err(FactoryError::TooEarly);
        }
        let accusation = Accusation {
            evidence,
            answer: None,
        };
        let accused = Announced::new(accusation, now, answer);
        self.accusable_from = free_until(accused.lapses, answer);
        self.state = State::Accused(accused);
        Ok(())
    }

    /// Stores the DAPP's answer to an accusation. The last answer counts.
    ///
    /// # Errors
    /// `WrongPhase`.
    pub fn answer(&mut self, answer: Digest, now: Timestamp) -> Result<(), FactoryError> {
        self.accusation(now)?.value.answer = Some(answer);
        Ok(())
    }

    /// Takes the accusation back.
    ///
    /// # Errors
    /// `WrongPhase`.
    pub fn acquit(&mut self, now: Timestamp, answer: Timestamp) -> Result<(), FactoryError> {
        self.accusation(now)?;
        self.accusable_from = free_until(now, answer);
        self.state = State::Live;
        Ok(())
    }

    /// Refuses a failure for this cause if it is not possible now.
    ///
    /// # Errors
    /// `WrongPhase`; `TooEarly` before the time to answer is over.
    pub fn may_fail(&mut self, cause: Cause, now: Timestamp) -> Result<(), FactoryError> {
        self.only_unfailed()?;
        match cause {
            Cause::OwnWord => Ok(()),
            Cause::Silence if self.is_silent(now) => Ok(()),
            Cause::Silence => Err(FactoryError::WrongPhase(self.phase(now))),
            Cause::Decision if now < self.accusation(now)?.ready => Err(FactoryError::TooEarly),
            Cause::Decision => Ok(()),
        }
    }

    fn is_silent(&self, now: Timestamp) -> bool {
        now >= self.alive_until
    }

    fn accusation(&mut self, now: Timestamp) -> Result<&mut Announced<Accusation>, FactoryError> {
        let phase = self.phase(now);
        match &mut self.state {
            State::Accused(accusation) if phase == Phase::Accused => Ok(accusation),
            _ => Err(FactoryError::WrongPhase(phase)),
        }
    }
}

/// The moment until which there cannot be another accusation after one that ended at `end`. An
/// accusation lasts twice the time to answer.
fn free_until(end: Timestamp, answer: Timestamp) -> Timestamp {
    end.saturating_add(answer.saturating_mul(2))
}
