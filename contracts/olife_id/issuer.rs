//! Issuers: what they are approved for, and since when.

use crate::IdError;
use allive_olife_id_interface::{Points, Timestamp, Topic, Topics};
use ink::prelude::vec::Vec;

/// The most periods that an issuer has, of all topics together.
pub const MAX_PERIODS: usize = 64;

/// The end of a period that has not ended.
const OPEN: Timestamp = Timestamp::MAX;

/// A time for which an issuer is or was approved for a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Period {
    /// The topic that it may attest, or might.
    pub topic: Topic,
    /// When the approval began.
    pub from: Timestamp,
    /// When it ended. The greatest moment if it has not.
    pub until: Timestamp,
    /// What was attested from this moment on does not count. The owner names it when the approval
    /// ends; until then it is the greatest moment.
    pub honest_until: Timestamp,
}

/// What an issuer is approved for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Issuer {
    /// The most points that it can give to one identity. An issuer of `Known` with a ceiling above
    /// zero is an anchor.
    pub ceiling: Points,
    /// When its approval last changed.
    pub changed: Timestamp,
    /// Its approvals. An attestation counts by the period in which it was stored.
    pub periods: Vec<Period>,
}

impl Issuer {
    /// Whether it may attest a topic now.
    pub fn may_attest(&self, topic: Topic) -> bool {
        let mut periods = self.periods.iter();
        periods.any(|period| period.topic == topic && period.until == OPEN)
    }

    /// Whether an attestation of this topic counts that was stored at that moment.
    pub fn counts(&self, topic: Topic, stored: Timestamp) -> bool {
        let mut periods = self.periods.iter();
        periods.any(|period| {
            period.topic == topic && period.from <= stored && stored < period.honest_until
        })
    }

    /// Approves it for these topics and no others. What it attested of a topic goes on counting as
    /// long as the approval for the topic goes on. A topic that is added begins anew.
    ///
    /// # Errors
    /// `Incompatible` with `representative` and `adult`; `NothingToDo` without topics, and if
    /// nothing changes; `TooEarly` if the approval changed at
    /// this very moment, so that what was attested before and after that can be told apart;
    /// `NoRoom`.
    pub fn approve(
        &mut self,
        topics: Topics,
        ceiling: Points,
        now: Timestamp,
    ) -> Result<(), IdError> {
        // Otherwise one stolen key could take from an adult that it is one, and represent it.
        let apart = Topic::REPRESENTATIVE.bit() | Topic::ADULT.bit();
        if topics & apart == apart {
            return Err(IdError::Incompatible);
        }
        let is_open = Topic::of(topics).all(|topic| self.may_attest(topic));
        let is_new = |period: &Period| topics & period.topic.bit() == 0;
        let is_same = is_open && self.ceiling == ceiling && !self.periods.iter().any(is_new);
        if topics == 0 || is_same {
            return Err(IdError::NothingToDo);
        }
        if now <= self.changed {
            return Err(IdError::TooEarly);
        }
        self.periods
            .retain(|period| topics & period.topic.bit() != 0 && period.from < period.honest_until);
        for topic in Topic::of(topics) {
            if !self.may_attest(topic) {
                self.periods.push(Period {
                    topic,
                    from: now,
                    until: OPEN,
                    honest_until: OPEN,
                });
            }
        }
        if self.periods.len() > MAX_PERIODS {
            return Err(IdError::NoRoom);
        }
        self.ceiling = ceiling;
        self.changed = now;
        Ok(())
    }

    /// Ends the approval. What was attested before `honest_until` goes on counting, what was
    /// attested later does not. After the end, names an earlier such moment for what ended last.
    ///
    /// # Errors
    /// `NothingToDo` if it was never approved, and if nothing changes; `Widens` if more would count
    /// than before.
    pub fn withdraw(&mut self, honest_until: Timestamp, now: Timestamp) -> Result<(), IdError> {
        let last = self.last_end()?;
        let mut has_changed = false;
        for period in self.periods.iter_mut().filter(|one| one.until == last) {
            let before = *period;
            period.until = period.until.min(now);
            period.honest_until = honest_until.min(period.until);
            if period.honest_until > before.honest_until {
                return Err(IdError::Widens);
            }
            has_changed |= *period != before;
        }
        if !has_changed {
            return Err(IdError::NothingToDo);
        }
        self.changed = now;
        Ok(())
    }

    /// Names a later moment up to which it was honest, for the approval that ended last.
    ///
    /// # Errors
    /// `NothingToDo` if it is approved or never was, and if no more would count than before.
    pub fn restore(&mut self, honest_until: Timestamp, now: Timestamp) -> Result<(), IdError> {
        let last = self.last_end()?;
        let mut has_changed = false;
        for period in self.periods.iter_mut().filter(|one| one.until == last) {
            let restored = honest_until.min(last);
            if last < OPEN && restored > period.honest_until {
                period.honest_until = restored;
                has_changed = true;
            }
        }
        if !has_changed {
            return Err(IdError::NothingToDo);
        }
        self.changed = now;
        Ok(())
    }

    /// When the approval ended that ended last, or the greatest moment if one has not.
    fn last_end(&self) -> Result<Timestamp, IdError> {
        let ends = self.periods.iter().map(|period| period.until);
        ends.max().ok_or(IdError::NothingToDo)
    }
}
