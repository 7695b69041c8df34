//! Amounts as people write them.

/// Decimals of ALV: one ALV is 10^8 units.
pub const DECIMALS: usize = 8;

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not digits, with at most one point between digits: no sign, exponent or separator is read.
    #[error(
        "is not a number such as 12 or 12.5: no sign, exponent or thousands separator is read"
    )]
    NotANumber,
    /// A column of `units` holds whole numbers.
    #[error("is not a whole number of units")]
    NotWhole,
    /// More fraction digits than ALV has decimals, be they zeros.
    #[error("has {0} fraction digits, where ALV has {DECIMALS}")]
    FractionDigits(usize),
    /// The amount is zero.
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

/// The units of an amount in ALV, written as `12` or `12.5`.
///
/// # Errors
/// [`AmountError`].
pub fn units(alv: &str) -> Result<u128, AmountError> {
    Scale::Alv.read(alv)
}

impl Scale {
    /// The units that `text` stands for.
    pub(crate) fn read(self, text: &str) -> Result<u128, AmountError> {
        let (whole, fraction) = match text.split_once('.') {
            None => (text, "0"),
            Some(_) if self == Self::Units => return Err(AmountError::NotWhole),
            Some(parts) => parts,
        };
        // `parse` alone would take a sign.
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !is_number(whole) || !is_number(fraction) {
            return Err(AmountError::NotANumber);
        }
        if fraction.len() > DECIMALS {
            return Err(AmountError::FractionDigits(fraction.len()));
        }
        let units = match self {
            Self::Units => whole.parse(),
            // All eight decimals written out, the point left away, is the number of units.
            Self::Alv => format!("{whole}{fraction:0<DECIMALS$}").parse(),
        };
        match units {
            Err(_) => Err(AmountError::TooLarge),
            Ok(0) => Err(AmountError::Zero),
            Ok(units) => Ok(units),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]
    use super::*;
    use proptest::prelude::*;

    /// Units in one ALV.
    const UNIT: u128 = 100_000_000;
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
            (
                "3402823669209384634633746074317.68211456",
                AmountError::TooLarge,
            ),
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
            let _ = crate::read_holder(&text);
        }
    }
}
