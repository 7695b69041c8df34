use crate::{AccessError, Timestamp};

const HOUR: Timestamp = 3_600_000;

/// How long a pause lasts, and the cooldown before the next, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct PauseTerms {
    /// How long a pause lasts unless it is ended sooner.
    pub duration: Timestamp,
    /// How long after the end of one pause the next may begin.
    pub cooldown: Timestamp,
}

impl PauseTerms {
    /// The longest pause that any deployment may choose.
    pub const LONGEST: Timestamp = 72 * HOUR;

    /// Whether the terms are within their bounds. A pause lasts from 1 ms to [`Self::LONGEST`], and
    /// the cooldown is at least as long. So a contract is open at least half of the time, whoever
    /// holds the pauser's key.
    pub fn are_sound(&self) -> bool {
        0 < self.duration && self.duration <= Self::LONGEST && self.duration <= self.cooldown
    }
}

/// The state of a pause: the moment at which the last one ends or ended. Zero if there never was
/// one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Pause {
    until: Timestamp,
}

impl Pause {
    /// Whether a pause is active at `now`. It ends by itself: at the moment `until` it is over.
    pub fn is_active(&self, now: Timestamp) -> bool {
        now < self.until
    }

    /// The moment at which the pause ends or ended.
    pub fn until(&self) -> Timestamp {
        self.until
    }

    /// Begins a pause. Returns its end.
    ///
    /// # Errors
    /// [`AccessError::PauseTooSoon`] until the cooldown after the last pause is over.
    pub fn begin(&mut self, now: Timestamp, terms: &PauseTerms) -> Result<Timestamp, AccessError> {
        if self.until > 0 && now < self.until.saturating_add(terms.cooldown) {
            return Err(AccessError::PauseTooSoon);
        }
        self.until = now.saturating_add(terms.duration);
        Ok(self.until)
    }

    /// Ends a running pause now; the cooldown counts from here.
    ///
    /// # Errors
    /// [`AccessError::NotPaused`].
    pub fn end(&mut self, now: Timestamp) -> Result<(), AccessError> {
        if !self.is_active(now) {
            return Err(AccessError::NotPaused);
        }
        self.until = now;
        Ok(())
    }
}

/// A pause as messages. Each contract decides who may pause: a role or its owner.
#[ink::trait_definition]
pub trait Pausable {
    /// Whether the contract is paused at this moment.
    #[ink(message)]
    fn paused(&self) -> bool;

    /// When the active pause ends or the last one ended, in milliseconds. Zero if there never was
    /// one.
    #[ink(message)]
    fn paused_until(&self) -> u64;

    /// Pauser or owner: pauses the contract for the duration of its pause terms.
    ///
    /// # Errors
    /// `MissingRole` or `CallerIsNotOwner`; `PauseTooSoon`.
    #[ink(message)]
    fn pause(&mut self) -> Result<(), AccessError>;

    /// Pauser or owner: ends a pause early.
    ///
    /// # Errors
    /// `MissingRole` or `CallerIsNotOwner`; `NotPaused`.
    #[ink(message)]
    fn unpause(&mut self) -> Result<(), AccessError>;
}

/// A pause began, or was ended early.
#[ink::event]
pub struct PauseChanged {
    /// When it will end by itself, or when it was ended, in milliseconds.
    pub until: Timestamp,
}
