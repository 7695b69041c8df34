use crate::{AccessError, Timestamp};

const HOUR: Timestamp = 3_600_000;

/// How long a pause lasts and how long until the next may begin, in milliseconds.
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

    /// A pause lasts, but not beyond [`Self::LONGEST`], and the time between two pauses is at least
    /// that of one: a contract is open at least half of the time, whoever holds the pauser's key.
    pub fn are_sound(&self) -> bool {
        0 < self.duration && self.duration <= Self::LONGEST && self.duration <= self.cooldown
    }
}

/// The state of a pause: the moment at which it ends or ended. Zero if there never was one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Pause {
    until: Timestamp,
}

impl Pause {
    /// Whether the pause covers the moment `now`. It ends by itself: at `until` it is over.
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

/// A pause as messages. Who may pause is the contract's to say.
#[ink::trait_definition]
pub trait Pausable {
    /// Whether the contract is paused at this moment.
    #[ink(message)]
    fn paused(&self) -> bool;

    /// When the running pause ends, or the last one ended, in milliseconds; zero if none ever was.
    #[ink(message)]
    fn paused_until(&self) -> u64;

    /// Pauses the contract for the time that its terms say.
    ///
    /// # Errors
    /// That the caller may not; `PauseTooSoon`.
    #[ink(message)]
    fn pause(&mut self) -> Result<(), AccessError>;

    /// Ends a pause before its time.
    ///
    /// # Errors
    /// That the caller may not; `NotPaused`.
    #[ink(message)]
    fn unpause(&mut self) -> Result<(), AccessError>;
}

/// A pause began, or was ended before its time.
#[ink::event]
pub struct PauseChanged {
    /// When it ends by itself, or ended, in milliseconds.
    pub until: Timestamp,
}
