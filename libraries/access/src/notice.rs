use crate::Timestamp;

/// Why an announced change cannot take effect now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum NoticeError {
    /// Nothing is announced.
    NotAnnounced,
    /// The notice is not over yet.
    TooEarly,
    /// The announcement lapsed before it was carried out.
    Lapsed,
}

/// An announced change. It waits for its notice, and then can take effect for as long as the notice
/// was.
///
/// An announcement lapses, so that an old one that nobody remembers cannot come as a surprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Announced<T> {
    /// The announced value.
    pub value: T,
    /// The moment from which on it can take effect.
    pub ready: Timestamp,
    /// The moment from which on it cannot take effect any more.
    pub lapses: Timestamp,
}

impl<T> Announced<T> {
    /// Announces `value` now, with a notice in milliseconds.
    pub fn new(value: T, now: Timestamp, notice: Timestamp) -> Self {
        let ready = now.saturating_add(notice);
        Self {
            value,
            ready,
            lapses: ready.saturating_add(notice),
        }
    }

    /// Whether the announcement has lapsed.
    pub fn has_lapsed(&self, now: Timestamp) -> bool {
        now >= self.lapses
    }

    /// The announced value, if it can take effect now.
    ///
    /// # Errors
    /// `TooEarly`, `Lapsed`.
    pub fn due(self, now: Timestamp) -> Result<T, NoticeError> {
        is_due(self.ready, self.lapses, now)?;
        Ok(self.value)
    }
}

/// A function of its own, so that it is compiled once for all types of values.
fn is_due(ready: Timestamp, lapses: Timestamp, now: Timestamp) -> Result<(), NoticeError> {
    if now >= lapses {
        return Err(NoticeError::Lapsed);
    }
    if now < ready {
        return Err(NoticeError::TooEarly);
    }
    Ok(())
}
