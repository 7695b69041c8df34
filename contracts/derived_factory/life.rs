//! The life of a DAPP: live, silent, accused, failed. README.md has the table.

use crate::FactoryError;
use allive_access::Announced;
use allive_storage::Boxed;

/// Milliseconds since the Unix epoch.
type Timestamp = u64;

/// A hash of a document that is kept elsewhere.
pub type Digest = Boxed<[u8; 32]>;

/// Where a DAPP stands, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum State {
    /// It serves its users.
    Live,
    /// It is accused of having failed them. If nothing is decided in its time, it is live again.
    Accused(Announced<Accusation>),
    /// It has failed, for good: its holders share the pot.
    Failed(Boxed<Failure>),
}

/// What a DAPP is accused of, and what it says to that.
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
    /// Why it is over.
    pub cause: Cause,
    /// All ALV that lay here for the DAPP.
    pub pot: u128,
    /// The units of its token among which the pot is shared.
    pub supply: u128,
    /// What of the pot is not paid out yet.
    pub left: u128,
    /// The moment at which claims end.
    pub ends: Timestamp,
}

/// Why a DAPP is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Cause {
    /// It said so.
    OwnWord,
    /// It gave no sign of life.
    Silence,
    /// It was accused, and the owner of this contract decided so.
    Decision,
}

/// Where a DAPP stands at a moment. Messages ask for this, never for [`State`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Phase {
    /// It serves its users.
    Live,
    /// It gave no sign of life for so long that anybody may declare it failed.
    Silent,
    /// It is accused, and may answer.
    Accused,
    /// It is over.
    Failed,
}

/// The state of a DAPP, and what it depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Life {
    /// The state.
    pub state: State,
    /// The moment from which on the DAPP counts as silent.
    pub alive_until: Timestamp,
    /// The moment from which on it can be accused (again).
    pub accusable_from: Timestamp,
}

impl Life {
    /// Life begins with a first heartbeat.
    pub fn new(now: Timestamp, silence: Timestamp) -> Self {
        Self {
            state: State::Live,
            alive_until: now.saturating_add(silence),
            accusable_from: now,
        }
    }

    /// Where the DAPP stands now.
    pub fn phase(&self, now: Timestamp) -> Phase {
        match &self.state {
            State::Failed(_) => Phase::Failed,
            State::Accused(accusation) if !accusation.has_lapsed(now) => Phase::Accused,
            _ if self.is_silent(now) => Phase::Silent,
            _ => Phase::Live,
        }
    }

    /// Issues tokens, lets the DAPP take money or change its price: only if nothing speaks against
    /// it.
    ///
    /// # Errors
    /// `WrongPhase`.
    pub fn only_live(&self, now: Timestamp) -> Result<(), FactoryError> {
        match self.phase(now) {
            Phase::Live => Ok(()),
            phase => Err(FactoryError::WrongPhase(phase)),
        }
    }

    /// Everything that its users hold already, and all that gives them more cover.
    ///
    /// # Errors
    /// `WrongPhase(Failed)`.
    pub fn only_unfailed(&self) -> Result<(), FactoryError> {
        match self.state {
            State::Failed(_) => Err(FactoryError::WrongPhase(Phase::Failed)),
            _ => Ok(()),
        }
    }

    /// A sign of life.
    ///
    /// # Errors
    /// `WrongPhase(Failed)`.
    pub fn beat(&mut self, now: Timestamp, silence: Timestamp) -> Result<(), FactoryError> {
        self.only_unfailed()?;
        self.alive_until = now.saturating_add(silence);
        Ok(())
    }

    /// Accuses. For as long as an accusation can last there cannot be another after its end: a DAPP
    /// of which nothing is proved can leave.
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

    /// The accused answers; the last answer counts.
    ///
    /// # Errors
    /// `WrongPhase`.
    pub fn answer(&mut self, answer: Digest, now: Timestamp) -> Result<(), FactoryError> {
        self.accusation(now)?.value.answer = Some(answer);
        Ok(())
    }

    /// The accusation is taken back.
    ///
    /// # Errors
    /// `WrongPhase`.
    pub fn acquit(&mut self, now: Timestamp, answer: Timestamp) -> Result<(), FactoryError> {
        self.accusation(now)?;
        self.accusable_from = free_until(now, answer);
        self.state = State::Live;
        Ok(())
    }

    /// Whether the DAPP may be declared failed for this cause.
    ///
    /// # Errors
    /// `WrongPhase`; `TooEarly` before the accused had its time to answer.
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

/// The moment until which there is no accusation after one that ended at `end`: an accusation lasts
/// twice the time to answer.
fn free_until(end: Timestamp, answer: Timestamp) -> Timestamp {
    end.saturating_add(answer.saturating_mul(2))
}
