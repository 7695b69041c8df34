//! Texts for people, written without `core::fmt`, which would add 2,000 bytes of code.

use crate::Domain;
use allive_access::Timestamp;
use ink::{prelude::vec::Vec, primitives::AccountId};

/// An action that can say in words what it does.
pub trait Describe {
    /// Writes one line: the name of the contract, then what the action does, with its amounts and
    /// its accounts. A person decides by it whether to sign.
    fn describe(&self, text: &mut Text);
}

/// A text that is being written.
#[derive(Clone, Debug, Default)]
pub struct Text(Vec<u8>);

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Text {
    /// Adds words.
    #[inline(never)]
    pub fn words(&mut self, words: &str) -> &mut Self {
        self.0.extend_from_slice(words.as_bytes());
        self
    }

    /// Adds bytes in hexadecimal digits after `0x`.
    #[inline(never)]
    pub fn hex(&mut self, bytes: &[u8]) -> &mut Self {
        self.words("0x");
        for byte in bytes {
            for nibble in [byte >> 4, byte & 0x0f] {
                self.0.push(match nibble {
                    0..=9 => b'0'.saturating_add(nibble),
                    _ => b'a'.saturating_add(nibble.saturating_sub(10)),
                });
            }
        }
        self
    }

    /// Adds an account, in hexadecimal digits.
    pub fn account(&mut self, account: &AccountId) -> &mut Self {
        self.hex(account.as_ref())
    }

    /// Adds a number.
    pub fn number(&mut self, number: impl Into<u128>) -> &mut Self {
        self.digits(number.into(), 1)
    }

    /// Adds an amount of a token in whole tokens, with as many digits after the point as the token
    /// has decimals.
    pub fn amount(&mut self, amount: u128, decimals: u8) -> &mut Self {
        self.digits(amount, decimals.saturating_add(1));
        let point = self.0.len().saturating_sub(decimals.into());
        self.0.insert(point, b'.');
        self
    }

    /// Adds a moment: date and time in UTC.
    #[inline(never)]
    pub fn moment(&mut self, moment: Timestamp) -> &mut Self {
        let (days, rest) = (moment / DAY, moment % DAY);
        let (year, month, day) = date(days);
        for (number, width, after) in [
            (year, 4, "-"),
            (month, 2, "-"),
            (day, 2, " "),
            (rest / 3_600_000, 2, ":"),
            (rest / 60_000 % 60, 2, ":"),
            (rest / 1_000 % 60, 2, "."),
            (rest % 1_000, 3, " UTC"),
        ] {
            self.digits(number.into(), width).words(after);
        }
        self
    }

    /// The whole text of a request whose action is described.
    pub(crate) fn ends(
        mut self,
        nonce: u64,
        deadline: Timestamp,
        digest: &[u8; 32],
        domain: &Domain,
    ) -> Vec<u8> {
        self.words("\nnonce: ").number(nonce);
        self.words("\ndeadline: ").moment(deadline);
        self.words("\nrequest: ").hex(digest);
        self.words("\npurpose: ");
        self.0.extend_from_slice(domain.purpose);
        self.words("\nchain: ").hex(domain.chain);
        self.words("\ncontract: ").account(domain.contract);
        self.0
    }

    /// Adds a number in at least `width` digits.
    #[inline(never)]
    fn digits(&mut self, number: u128, width: u8) -> &mut Self {
        let start = self.0.len();
        let mut rest = number.to_be_bytes();
        for place in 0_u8.. {
            if place > 0 && place >= width && rest == [0; 16] {
                break;
            }
            let digit = b'0'.saturating_add(divide_by_ten(&mut rest));
            self.0.insert(start, digit);
        }
        self
    }
}

/// Divides a number by ten, byte for byte, and returns the remainder. The compiler's division of
/// 128 bits would be a kilobyte of code.
fn divide_by_ten(number: &mut [u8; 16]) -> u8 {
    let mut rest = 0;
    for byte in number {
        let part = (u16::from(rest) << 8) | u16::from(*byte);
        // Neither can fail: the rest is below 10.
        *byte = u8::try_from(part / 10).unwrap_or_default();
        rest = u8::try_from(part % 10).unwrap_or_default();
    }
    rest
}

const DAY: Timestamp = 24 * 3_600_000;

/// The date of a day since 1970: year, month and day, by the calendar that everybody uses.
///
/// Years are counted from March, so that the day that a leap year has more is the last. An era is
/// 400 years, after which the calendar repeats.
fn date(days: u64) -> (u64, u64, u64) {
    // From 1 March of the year 0.
    let days = days.saturating_add(719_468);
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let leaps = (day_of_era / 1_460)
        .saturating_sub(day_of_era / 36_524)
        .saturating_add(day_of_era / 146_096);
    let year_of_era = day_of_era.saturating_sub(leaps) / 365;
    let before = year_of_era
        .saturating_mul(365)
        .saturating_add(year_of_era / 4)
        .saturating_sub(year_of_era / 100);
    let day_of_year = day_of_era.saturating_sub(before);
    // Months from March on, of 30.6 days: 31, 30, 31, 30, 31, twice, and the rest.
    let month = day_of_year.saturating_mul(5).saturating_add(2) / 153;
    let day = day_of_year
        .saturating_sub(month.saturating_mul(153).saturating_add(2) / 5)
        .saturating_add(1);
    let year = era.saturating_mul(400).saturating_add(year_of_era);
    match month {
        0..=9 => (year, month.saturating_add(3), day),
        _ => (year.saturating_add(1), month.saturating_sub(9), day),
    }
}
