//! Moments, to the millisecond.

use std::fmt;

use crate::identifiers::{days_from_civil, days_in_month};

const DAY_MS: i64 = 86_400_000;

/// A moment: milliseconds from 1 January 1970, UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Reads a time stamp of RFC 3339, which must have an offset. Below a millisecond it is rounded
    /// half up. `None` if it is none, or a leap second.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_once(['T', 't'])?;
        let (year, month, day) = match date.split('-').collect::<Vec<_>>()[..] {
            [year, month, day] => (digits(year, 4)?, small(month)?, small(day)?),
            _ => return None,
        };
        if day == 0 || day > days_in_month(year, month) {
            return None;
        }
        let place = time.find(['Z', 'z', '+', '-'])?;
        let (clock, offset) = time.split_at_checked(place)?;
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        let (hour, minute, second) = match clock.split(':').collect::<Vec<_>>()[..] {
            [hour, minute, second] => (small(hour)?, small(minute)?, small(second)?),
            _ => return None,
        };
        let fits = hour < 24 && minute < 60 && second < 60;
        if !fits || fraction.is_empty() || !fraction.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        let mut ms = 0i64;
        for place in 0..3 {
            let digit = fraction.as_bytes().get(place).map_or(0, |it| it & 0x0F);
            ms = ms.checked_mul(10)?.checked_add(i64::from(digit))?;
        }
        if fraction.as_bytes().get(3).is_some_and(|it| *it >= b'5') {
            ms = ms.checked_add(1)?;
        }
        let minutes = i64::from(hour)
            .checked_mul(60)?
            .checked_add(i64::from(minute))?
            .checked_sub(offset_minutes(offset)?)?;
        days_from_civil(year, month, day)
            .checked_mul(DAY_MS)?
            .checked_add(minutes.checked_mul(60_000)?)?
            .checked_add(i64::from(second).checked_mul(1000)?)?
            .checked_add(ms)
            .map(Self)
    }
}

/// The minutes of an offset: `Z`, or a sign, hours and minutes.
pub(crate) fn offset_minutes(text: &str) -> Option<i64> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = text.split_at_checked(1)?;
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (small(hours)?, small(minutes)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let total = i64::from(hours)
        .checked_mul(60)?
        .checked_add(i64::from(minutes))?;
    match sign {
        "+" => Some(total),
        "-" => total.checked_neg(),
        _ => None,
    }
}

fn digits(text: &str, length: usize) -> Option<i64> {
    let plain = text.len() == length && text.bytes().all(|it| it.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

fn small(text: &str) -> Option<u8> {
    digits(text, 2).and_then(|it| u8::try_from(it).ok())
}

impl fmt::Display for Timestamp {
    /// In UTC with milliseconds: `2026-11-27T08:30:00.000Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut year, mut month) = (1970i64, 1u8);
        let (days, ms) = (self.0.div_euclid(DAY_MS), self.0.rem_euclid(DAY_MS));
        // A year has at least 365 days: the guess is never too early.
        year = year.saturating_add(days.div_euclid(365)).saturating_add(1);
        while days_from_civil(year, 1, 1) > days {
            year = year.saturating_sub(1);
        }
        while month < 12 && days_from_civil(year, month.saturating_add(1), 1) <= days {
            month = month.saturating_add(1);
        }
        let day = days
            .saturating_sub(days_from_civil(year, month, 1))
            .saturating_add(1);
        let (seconds, ms) = (ms.div_euclid(1000), ms.rem_euclid(1000));
        let (hour, minute) = (
            seconds.div_euclid(3600),
            seconds.div_euclid(60).rem_euclid(60),
        );
        let second = seconds.rem_euclid(60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z"
        )
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
