//! Dates as labels carry them: six digits, without a century.

use std::{fmt, str::FromStr};

use super::{digits::only_digits, IdentifierError};

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year with its century.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day, 1 to the month's last.
    pub day: u8,
}

impl Date {
    /// Days from 1 January 1970, negative before it.
    pub fn days(self) -> i64 {
        days_from_civil(i64::from(self.year), self.month, self.day)
    }

    /// The first millisecond, in UTC, at which this day is over. What expires on a day may be used
    /// through that day.
    pub fn end_ms(self) -> i64 {
        self.days().saturating_add(1).saturating_mul(86_400_000)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Days from 1 January 1970 to a day of the Gregorian calendar. The year begins in March, so that
/// the leap day is the last of its year.
pub(crate) fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let month = i64::from(month);
    let year = if month > 2 {
        year
    } else {
        year.saturating_sub(1)
    };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let from_march = month.saturating_add(9).rem_euclid(12);
    let of_year = from_march
        .saturating_mul(153)
        .saturating_add(2)
        .div_euclid(5)
        .saturating_add(i64::from(day))
        .saturating_sub(1);
    let of_era_days = of_era
        .saturating_mul(365)
        .saturating_add(of_era.div_euclid(4))
        .saturating_sub(of_era.div_euclid(100))
        .saturating_add(of_year);
    era.saturating_mul(146_097)
        .saturating_add(of_era_days)
        .saturating_sub(719_468)
}

/// How many days a month has; 0 for a month that does not exist.
pub(crate) fn days_in_month(year: i64, month: u8) -> u8 {
    let leap = year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    }
}

/// An expiry date as a label has it: YYMMDD. A day of 00 is the month's last day.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Expiry {
    year: u8,
    month: u8,
    day: u8,
}

impl Expiry {
    /// The date, seen from a year.
    ///
    /// The century is the one that brings it nearest, by the rule of the GS1 General
    /// Specifications: two digits that are 51 or more above the year's own last two belong to the
    /// century before, 50 or more below to the century after.
    ///
    /// # Errors
    /// `Date`: the 29th of February of a year that has none.
    pub fn seen_from(self, year: u16) -> Result<Date, IdentifierError> {
        let wrong = || IdentifierError::Date {
            text: self.to_string(),
        };
        let own = i32::from(year.rem_euclid(100));
        let century = i32::from(year).saturating_sub(own);
        let ahead = i32::from(self.year).saturating_sub(own);
        let shift = match ahead {
            51.. => -100,
            ..=-50 => 100,
            _ => 0,
        };
        let full = century
            .saturating_add(shift)
            .saturating_add(i32::from(self.year));
        let last = days_in_month(i64::from(full), self.month);
        let day = if self.day == 0 { last } else { self.day };
        if day > last {
            return Err(wrong());
        }
        Ok(Date {
            year: u16::try_from(full).map_err(|_| wrong())?,
            month: self.month,
            day,
        })
    }
}

impl From<Date> for Expiry {
    fn from(date: Date) -> Self {
        Self {
            year: u8::try_from(date.year.rem_euclid(100)).unwrap_or_default(),
            month: date.month,
            day: date.day,
        }
    }
}

impl FromStr for Expiry {
    type Err = IdentifierError;

    /// Reads YYMMDD. The 29th of February is let in: whether the year has one is known only with
    /// its century.
    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        only_digits("date", text)?;
        let wrong = || IdentifierError::Date {
            text: text.to_owned(),
        };
        if text.len() != 6 {
            return Err(wrong());
        }
        let part = |from: usize, to: usize| text.get(from..to).and_then(|it| it.parse().ok());
        let (Some(year), Some(month), Some(day)) = (part(0, 2), part(2, 4), part(4, 6)) else {
            return Err(wrong());
        };
        // 2000 was a leap year: no month has more days than in that year.
        if !(1..=12).contains(&month) || day > days_in_month(2000, month) {
            return Err(wrong());
        }
        Ok(Self { year, month, day })
    }
}

impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}{:02}{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expiry({self})")
    }
}
