//! The cold chain: who measures a unit, how long it was outside of its bounds, and what that means
//! for a lot.

use crate::{Bound, ProvenanceError, Storage};
use allive_access::Timestamp;
use allive_olife_id_interface::IdentityId;
use allive_storage::Boxed;
use ink::prelude::vec::Vec;

/// The most bounds of a watch.
pub const MAX_BOUNDS: usize = 8;

/// The milliseconds of a minute.
pub const MINUTE: Timestamp = 60_000;

/// Minutes as milliseconds.
const fn minutes(number: u32) -> Timestamp {
    // Cannot overflow: both have less than 33 bits.
    (number as Timestamp).saturating_mul(MINUTE)
}

/// How long something was outside of a bound. In milliseconds, so that no minute is lost between
/// many short windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Outside {
    /// The bound.
    pub bound: Bound,
    /// For how long, in milliseconds.
    pub time: Timestamp,
}

/// What a logger measured between two moments.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Window {
    /// When it begins: not before the last window ended, nor before the logger was named.
    pub from: Timestamp,
    /// When it ends: not after now.
    pub until: Timestamp,
    /// For how long it was outside of a bound. A bound that is missing was kept.
    pub outside: Vec<Outside>,
    /// The hash of the readings, which stay off chain, such as a `sensorElementList` of EPCIS.
    pub digest: [u8; 32],
}

/// Who measures a unit from now on, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct NewLogger {
    /// Whose reports count.
    pub by: IdentityId,
    /// What it measures: at least one bound, each once.
    pub bounds: Vec<Bound>,
    /// The longest gap between two windows, in minutes. A longer one counts as outside of all
    /// bounds. For a lot that asks for a shorter one, it is not watched.
    pub longest_gap: u32,
}

/// Who measures a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Logger {
    /// Whose reports count.
    pub by: IdentityId,
    /// The longest gap between two windows, in minutes.
    pub longest_gap: u32,
    /// Since when the unit is watched without a break, also by earlier loggers.
    pub since: Timestamp,
    /// When this logger was named. None of its windows begins earlier.
    pub named: Timestamp,
    /// When the last window ended, also that of an earlier logger.
    pub until: Timestamp,
}

impl Logger {
    /// Whether it has not reported for longer than its longest gap.
    pub fn is_silent(&self, now: Timestamp) -> bool {
        self.is_gap(now)
    }

    fn is_gap(&self, from: Timestamp) -> bool {
        self.gap(from) > minutes(self.longest_gap)
    }

    fn gap(&self, from: Timestamp) -> Timestamp {
        from.saturating_sub(self.until)
    }
}

/// What is counted of a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Tally {
    /// The bound.
    pub bound: Bound,
    /// How long it was outside, in milliseconds, without what was written off.
    pub outside: Timestamp,
    /// Whether the logger measures it now.
    pub measured: bool,
}

/// What is known of the temperature of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Watch {
    /// Who measures it, if somebody does.
    pub logger: Option<Logger>,
    /// At most [`MAX_BOUNDS`], each of another bound: those that are measured, and those outside of
    /// which it was.
    pub tallies: Vec<Tally>,
}

impl Watch {
    /// A logger measures it from now on, instead of the one before; or nobody does. If the one
    /// before measured these bounds, too, as closely, and its gap is not too long, it is watched
    /// without a break.
    ///
    /// # Errors
    /// `BadBounds` if there is none, or one is named twice; `TooManyBounds`; `NotLogger` if there
    /// is none to end.
    pub fn name(
        &mut self,
        logger: Option<&Boxed<NewLogger>>,
        now: Timestamp,
    ) -> Result<(), ProvenanceError> {
        let Some(new) = logger else {
            self.logger.ok_or(ProvenanceError::NotLogger)?;
            self.end(now);
            return Ok(());
        };
        let former = self.logger.filter(|former| {
            let all = new.bounds.iter().all(|bound| self.measures(*bound));
            all && new.longest_gap <= former.longest_gap && !former.is_silent(now)
        });
        self.end(now);
        if new.bounds.is_empty() {
            return Err(ProvenanceError::BadBounds);
        }
        for bound in &new.bounds {
            if self.measures(*bound) {
                return Err(ProvenanceError::BadBounds);
            }
            self.add(*bound, 0, true);
        }
        self.logger = Some(Logger {
            by: new.by,
            longest_gap: new.longest_gap,
            since: former.map_or(now, |former| former.since),
            named: now,
            until: former.map_or(now, |former| former.until),
        });
        self.only_some()
    }

    /// Nobody measures it from now on. A gap that is too long counts; what was counted stays.
    fn end(&mut self, now: Timestamp) {
        if let Some(logger) = self.logger.take() {
            self.count_gap(&logger, now);
        }
        for tally in &mut self.tallies {
            tally.measured = false;
        }
        self.tidy();
    }

    /// Its logger tells what it measured.
    ///
    /// # Errors
    /// `NotLogger`; `BackDated` if it begins before the last window ended, or before this logger
    /// was named; `BadWindow` if it ends before it begins or after now, or if it was outside of a
    /// bound that is not measured, of one twice, or for longer than the window.
    pub fn report(
        &mut self,
        by: IdentityId,
        window: &Window,
        now: Timestamp,
    ) -> Result<(), ProvenanceError> {
        let mut logger = self.logger.filter(|logger| logger.by == by);
        let logger = logger.as_mut().ok_or(ProvenanceError::NotLogger)?;
        let Window { from, until, .. } = *window;
        if from < logger.until || from < logger.named {
            return Err(ProvenanceError::BackDated);
        }
        let length = until.checked_sub(from).filter(|length| *length > 0);
        let length = length.filter(|_| until <= now);
        let length = length.ok_or(ProvenanceError::BadWindow)?;
        let mut rest = window.outside.as_slice();
        while let Some((first, others)) = rest.split_first() {
            let is_double = others.iter().any(|other| other.bound == first.bound);
            if is_double || first.time > length || !self.measures(first.bound) {
                return Err(ProvenanceError::BadWindow);
            }
            self.add(first.bound, first.time, true);
            rest = others;
        }
        self.count_gap(logger, from);
        logger.until = until;
        self.logger = Some(*logger);
        Ok(())
    }

    /// Somebody answers for it that so much of what was counted did no harm.
    ///
    /// # Errors
    /// `BadRelease` if that is nothing, or more than was counted.
    pub fn write_off(&mut self, all: &[Outside]) -> Result<(), ProvenanceError> {
        for Outside { bound, time } in all {
            let mut tallies = self.tallies.iter_mut();
            let tally = tallies.find(|tally| tally.bound == *bound);
            let tally = tally.ok_or(ProvenanceError::BadRelease)?;
            let rest = tally.outside.checked_sub(*time).filter(|_| *time > 0);
            tally.outside = rest.ok_or(ProvenanceError::BadRelease)?;
        }
        if all.is_empty() {
            return Err(ProvenanceError::BadRelease);
        }
        self.tidy();
        Ok(())
    }

    /// It leaves a container, and takes along what was counted there, unless its own logger
    /// measured the same bound. Without a logger of its own it stays with that of the container,
    /// which may not have reported yet.
    ///
    /// # Errors
    /// `TooManyBounds`.
    #[inline(never)]
    pub fn take_along(&mut self, container: &Self, now: Timestamp) -> Result<(), ProvenanceError> {
        let mut above = container.clone();
        if self.logger.is_some() {
            above.end(now);
        }
        above.tallies.retain(|tally| !self.measures(tally.bound));
        for tally in above.tallies {
            self.add(tally.bound, tally.outside, tally.measured);
        }
        self.logger = self.logger.or(above.logger);
        self.only_some()
    }

    /// Whether nothing is known, so that it need not be kept.
    pub fn is_empty(&self) -> bool {
        self.tallies.is_empty()
    }

    /// Whether its logger measures this bound.
    pub fn measures(&self, bound: Bound) -> bool {
        self.tally(bound).is_some_and(|tally| tally.measured)
    }

    fn tally(&self, bound: Bound) -> Option<&Tally> {
        self.tallies.iter().find(|tally| tally.bound == bound)
    }

    fn add(&mut self, bound: Bound, time: Timestamp, measured: bool) {
        let mut tallies = self.tallies.iter_mut();
        match tallies.find(|tally| tally.bound == bound) {
            Some(tally) => {
                tally.outside = tally.outside.saturating_add(time);
                tally.measured |= measured;
            }
            None => self.tallies.push(Tally {
                bound,
                outside: time,
                measured,
            }),
        }
    }

    fn count_gap(&mut self, logger: &Logger, until: Timestamp) {
        if !logger.is_gap(until) {
            return;
        }
        for tally in self.tallies.iter_mut().filter(|tally| tally.measured) {
            tally.outside = tally.outside.saturating_add(logger.gap(until));
        }
    }

    fn tidy(&mut self) {
        self.tallies
            .retain(|tally| tally.measured || tally.outside > 0);
    }

    fn only_some(&self) -> Result<(), ProvenanceError> {
        if self.tallies.len() > MAX_BOUNDS {
            return Err(ProvenanceError::TooManyBounds);
        }
        Ok(())
    }
}

/// Whether a pack was kept as it must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Cold {
    /// Its lot has no limits.
    #[default]
    Unlimited,
    /// Nothing is known against it, but some limit is not measured now, or not as closely as the
    /// lot asks for.
    NotWatched,
    /// All limits are measured without a break since this moment, and were kept.
    Kept(Timestamp),
    /// A logger has not reported since this moment, which is longer than allowed.
    Silent(Timestamp),
    /// It was outside of this bound for longer than allowed.
    Excursion(Bound),
}

impl Cold {
    /// What the watches of a run and of all containers above it, in this order, mean for a lot. If
    /// several loggers measure the same bound, only the first counts: the one closest to the goods.
    #[inline(never)] // So that it is not compiled where nothing has limits.
    pub fn of(storage: &Storage, watches: &[Boxed<Watch>], now: Timestamp) -> Self {
        if storage.limits.is_empty() {
            return Self::Unlimited;
        }
        let mut answer = Self::Kept(0);
        for limit in &storage.limits {
            let (outside, logger) = counted(limit.bound, watches);
            if outside > minutes(limit.minutes) {
                return Self::Excursion(limit.bound);
            }
            let close = logger.filter(|logger| logger.longest_gap <= storage.longest_gap);
            answer = match (answer, close) {
                (Self::Silent(_), _) => answer,
                (_, Some(logger)) if logger.is_silent(now) => Self::Silent(logger.until),
                (Self::Kept(since), Some(logger)) => Self::Kept(since.max(logger.since)),
                _ => Self::NotWatched,
            };
        }
        answer
    }

    /// Whether this quarantines it.
    pub const fn is_broken(&self) -> bool {
        matches!(self, Self::Silent(_) | Self::Excursion(_))
    }
}

/// How long a pack was outside of a bound, and which logger measures that.
fn counted(bound: Bound, watches: &[Boxed<Watch>]) -> (Timestamp, Option<Logger>) {
    let mut outside: Timestamp = 0;
    for watch in watches {
        if let Some(tally) = watch.tally(bound) {
            outside = outside.saturating_add(tally.outside);
            if tally.measured {
                return (outside, watch.logger);
            }
        }
    }
    (outside, None)
}
