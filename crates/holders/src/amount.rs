//! Amounts as people write them.

/// Decimals of ALV: one ALV is 10^8 units.
pub const DECIMALS: usize = 8;

/// Units in one ALV.
const UNIT: u128 = 100_000_000;

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not digits, with at most one point between digits: no sign, exponent or separator is read.
    #[error("is not a number such as 12 or 12.5: no sign, exponent or thousands separator is read")]
    NotANumber,
    /// A column of `units` holds whole numbers.
    #[error("is not a whole number of units")]
    NotWhole,
    /// More fraction digits than ALV has decimals, be they zeros.
    #[error("has {0} fraction digits, where ALV has {DECIMALS}")]
    FractionDigits(usize),
    /// Nothing is owed.
    #[error("is zero: a leaf that pays nothing would cost whoever claims it")]
    Zero,
    /// Above the largest number of units that an amount can be.
    #[error("is more than an amount can be (2^128 units)")]
    TooLarge,
}

/// How a column gives amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    /// `amount`: ALV, with up to eight fraction digits.
    Alv,
    /// `units`: whole units.
    Units,
}

impl Scale {
    /// The units that `text` stands for.
    pub(crate) fn read(self, text: &str) -> Result<u128, AmountError> {
        let units = match (self, text.split_once('.')) {
            (_, None) => {
                let whole = digits(text)?;
                if self == Self::Alv {
                    whole.checked_mul(UNIT).ok_or(AmountError::TooLarge)?
                } else {
                    whole
                }
            }
            (Self::Units, Some(_)) => return Err(AmountError::NotWhole),
            (Self::Alv, Some((whole, fraction))) => {
                let whole = digits(whole)?.checked_mul(UNIT).ok_or(AmountError::TooLarge)?;
                // Digits first: "1.5.000000000" is no number, whatever its length.
                let padded = format!("{fraction:0<DECIMALS$}");
                match digits(fraction) {
                    Err(AmountError::NotANumber) => return Err(AmountError::NotANumber),
                    _ if fraction.len() > DECIMALS => return Err(AmountError::FractionDigits(fraction.len())),
                    _ => whole.checked_add(digits(&padded)?).ok_or(AmountError::TooLarge)?,
                }
            }
        };
        if units == 0 {
            return Err(AmountError::Zero);
        }
        Ok(units)
    }
}

/// `str::parse` would take a sign.
fn digits(text: &str) -> Result<u128, AmountError> {
    if text.is_empty() || !text.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(AmountError::NotANumber);
    }
    text.parse().map_err(|_| AmountError::TooLarge)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]
    use super::*;
    use proptest::prelude::*;

    const MAX: &str = "340282366920938463463374607431768211455";

    #[test]
    fn alv_are_read_to_the_last_of_eight_decimals() {
        for (text, units) in [
            ("1", UNIT),
            ("12.5", 1_250_000_000),
            ("0.00000001", 1),
            ("007.10", 710_000_000),
            ("3402823669209384634633746074317.68211455", u128::MAX),
        ] {
            assert_eq!(Scale::Alv.read(text), Ok(units), "{text}");
        }
    }

    #[test]
    fn units_are_whole() {
        assert_eq!(Scale::Units.read("1"), Ok(1));
        assert_eq!(Scale::Units.read(MAX), Ok(u128::MAX));
        assert_eq!(Scale::Units.read("1.0"), Err(AmountError::NotWhole));
    }

    #[test]
    fn what_is_no_amount_says_why() {
        let nine = "1.000000000";
        let long = format!("0.{}", "1".repeat(60));
        for (text, error) in [
            ("", AmountError::NotANumber),
            (".5", AmountError::NotANumber),
            ("5.", AmountError::NotANumber),
            ("+5", AmountError::NotANumber),
            ("-5", AmountError::NotANumber),
            ("1e8", AmountError::NotANumber),
            ("1,000", AmountError::NotANumber),
            ("1_000", AmountError::NotANumber),
            ("1.2.3", AmountError::NotANumber),
            ("٣", AmountError::NotANumber),
            (nine, AmountError::FractionDigits(9)),
            (&long, AmountError::FractionDigits(60)),
            ("0", AmountError::Zero),
            ("0.00000000", AmountError::Zero),
            ("3402823669209384634633746074317.68211456", AmountError::TooLarge),
            ("3402823669209384634633746074318", AmountError::TooLarge),
            (MAX, AmountError::TooLarge),
        ] {
            assert_eq!(Scale::Alv.read(text), Err(error), "{text}");
        }
        let above = format!("{MAX}0");
        assert_eq!(Scale::Units.read(&above), Err(AmountError::TooLarge));
        assert_eq!(Scale::Units.read("0"), Err(AmountError::Zero));
    }

    proptest! {
        #[test]
        fn any_amount_reads_back(units in 1..=u128::MAX) {
            let text = format!("{}.{:08}", units / UNIT, units % UNIT);
            prop_assert_eq!(Scale::Alv.read(&text), Ok(units));
            prop_assert_eq!(Scale::Units.read(&units.to_string()), Ok(units));
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = Scale::Alv.read(&text);
            let _ = Scale::Units.read(&text);
            let _ = text.parse::<crate::Holder>();
        }
    }
}
