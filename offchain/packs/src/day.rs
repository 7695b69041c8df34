//! The last day of a lot.

use allive_epcis::identifiers::{Date, Expiry};
use provenance::Day;
use std::{fmt, str::FromStr};

/// The last day on which a lot may be used, as its maker writes it: `2028-03-31`, or `2028-03`,
/// which is the last of the month and stands on the label with the day 00.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastDay {
    date: Date,
    whole_month: bool,
}

/// A text is no such day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no day from 1970 to 2099, such as 2028-03-31, or 2028-03 for the last of the month")]
pub struct LastDayError {
    /// The text.
    pub text: String,
}

impl LastDay {
    /// The day.
    pub const fn date(self) -> Date {
        self.date
    }

    /// As the label has it.
    pub fn on_label(self) -> Expiry {
        let day = if self.whole_month { 0 } else { self.date.day };
        Expiry::from(Date { day, ..self.date })
    }

    /// As the chain has it.
    pub fn number(self) -> Day {
        number(self.date).unwrap_or_default()
    }
}

/// The number of a day on the chain; none before 1970.
pub(crate) fn number(date: Date) -> Option<Day> {
    Day::try_from(date.days()).ok()
}

impl FromStr for LastDay {
    type Err = LastDayError;

    fn from_str(text: &str) -> Result<Self, LastDayError> {
        let wrong = || LastDayError { text: text.into() };
        let mut parts = text.split('-');
        let mut part = |width| {
            let part = parts.next();
            part.map(|part| {
                let digits = part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit());
                digits.then_some(part).ok_or_else(wrong)
            })
            .transpose()
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        let (Some(year), Some(month)) = (year, month) else {
            return Err(wrong());
        };
        let whole_month = day.is_none();
        if parts.next().is_some() || day == Some("00") {
            return Err(wrong());
        }
        let years = year.get(2..).unwrap_or_default();
        let label = format!("{years}{month}{}", day.unwrap_or("00"));
        let year: u16 = year.parse().map_err(|_| wrong())?;
        // A label has no century.
        if !(1970..2100).contains(&year) {
            return Err(wrong());
        }
        let expiry: Expiry = label.parse().map_err(|_| wrong())?;
        let date = expiry.seen_from(year).map_err(|_| wrong())?;
        Ok(Self { date, whole_month })
    }
}

impl fmt::Display for LastDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date;
        if self.whole_month {
            return write!(f, "{:04}-{:02}", date.year, date.month);
        }
        date.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn a_month_alone_means_its_last_day_and_stands_on_the_label_as_day_00() {
        for (text, label, date) in [
            ("2028-03-31", "280331", "2028-03-31"),
            ("2028-03", "280300", "2028-03-31"),
            ("2028-02", "280200", "2028-02-29"),
            ("2027-02", "270200", "2027-02-28"),
        ] {
            let last: LastDay = text.parse().unwrap();
            assert_eq!(last.on_label().to_string(), label);
            assert_eq!(last.date().to_string(), date);
            assert_eq!(last.to_string(), text);
        }
        assert_eq!("1970-01-02".parse::<LastDay>().unwrap().number(), 1);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2028",
            "2028-3",
            "2028-03-00",
            "2027-02-29",
            "2028-13",
            "28-03-31",
            "2028-03-31-1",
            "1969-12",
            "2100-01",
            "2028-+3",
        ] {
            assert!(text.parse::<LastDay>().is_err(), "{text}");
        }
    }
}
