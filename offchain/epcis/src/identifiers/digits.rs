//! Keys of digits only: GTIN, SSCC, GLN, and the prefix of a company.

use std::{fmt, str::FromStr};

use super::IdentifierError;

/// The check digit of GS1 over the digits before it: weights 3 and 1 from the right, to a multiple
/// of ten. `None` if something other than a digit is among them.
pub fn check_digit(digits: &str) -> Option<char> {
    let mut sum = 0u32;
    for (place, character) in digits.chars().rev().enumerate() {
        let weight = if place.checked_rem(2) == Some(0) {
            3
        } else {
            1
        };
        sum = sum.checked_add(character.to_digit(10)?.checked_mul(weight)?)?;
    }
    char::from_digit(10u32.checked_sub(sum % 10)? % 10, 10)
}

/// Refuses the first character that is no digit.
pub(super) fn only_digits(kind: &'static str, text: &str) -> Result<(), IdentifierError> {
    for (place, character) in text.chars().enumerate() {
        if !character.is_ascii_digit() {
            return Err(IdentifierError::Character {
                kind,
                character,
                position: place.saturating_add(1),
            });
        }
    }
    Ok(())
}

/// Checks that a text is digits whose last one is the check digit of the others.
pub(super) fn checked(kind: &'static str, text: &str) -> Result<(), IdentifierError> {
    only_digits(kind, text)?;
    let body = text.get(..text.len().saturating_sub(1)).unwrap_or_default();
    let found = text.chars().last().ok_or(IdentifierError::Empty)?;
    let expected = check_digit(body).ok_or(IdentifierError::Empty)?;
    if found == expected {
        Ok(())
    } else {
        Err(IdentifierError::CheckDigit {
            kind,
            text: text.to_owned(),
            expected,
            found,
        })
    }
}

macro_rules! key {
    ($(#[$about:meta])* $name:ident, $kind:literal, $length:literal) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $length]);

        impl $name {
            /// How many digits it has.
            pub const LENGTH: usize = $length;

            /// Its digits.
            pub fn as_str(&self) -> &str {
                // Only digits were let in.
                std::str::from_utf8(&self.0).unwrap_or_default()
            }

            /// The key whose digits before the check digit are these.
            ///
            /// # Errors
            /// `Length`, `Character`.
            pub fn with_check_digit(digits: &str) -> Result<Self, IdentifierError> {
                only_digits($kind, digits)?;
                let check = check_digit(digits).ok_or(IdentifierError::Empty)?;
                exact(&format!("{digits}{check}"))
            }
        }

        fn exact(text: &str) -> Result<$name, IdentifierError> {
            let bytes = <[u8; $length]>::try_from(text.as_bytes()).map_err(|_| {
                IdentifierError::Length {
                    kind: $kind,
                    allowed: stringify!($length),
                    found: text.chars().count(),
                }
            })?;
            checked($kind, text)?;
            Ok($name(bytes))
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.as_str())
            }
        }
    };
}

mod gtin {
    use super::*;

    key! {
        /// A Global Trade Item Number, held with 14 digits: shorter ones have zeros before them.
        Gtin, "GTIN", 14
    }

    impl FromStr for Gtin {
        type Err = IdentifierError;

        /// Reads 8, 12, 13 or 14 digits, of which the last must be the check digit.
        fn from_str(text: &str) -> Result<Self, IdentifierError> {
            match text.chars().count() {
                8 | 12 | 13 | 14 => {
                    // The error shall show what was given, not what zeros make of it.
                    checked("GTIN", text)?;
                    exact(&format!("{text:0>14}"))
                }
                found => Err(IdentifierError::Length {
                    kind: "GTIN",
                    allowed: "8, 12, 13 or 14",
                    found,
                }),
            }
        }
    }
}

mod sscc {
    use super::*;

    key! {
        /// A Serial Shipping Container Code: one pallet, case or other logistic unit.
        Sscc, "SSCC", 18
    }

    impl FromStr for Sscc {
        type Err = IdentifierError;

        /// Reads 18 digits, of which the last must be the check digit.
        fn from_str(text: &str) -> Result<Self, IdentifierError> {
            exact(text)
        }
    }
}

mod gln {
    use super::*;

    key! {
        /// A Global Location Number: a place or a party.
        Gln, "GLN", 13
    }

    impl FromStr for Gln {
        type Err = IdentifierError;

        /// Reads 13 digits, of which the last must be the check digit.
        fn from_str(text: &str) -> Result<Self, IdentifierError> {
            exact(text)
        }
    }
}

pub use gln::Gln;
pub use gtin::Gtin;
pub use sscc::Sscc;

/// The prefix that GS1 leased to a company: 6 to 12 digits. It is needed to write an EPC URN.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompanyPrefix(String);

impl CompanyPrefix {
    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes the prefix off the front of these digits.
    pub(super) fn strip<'d>(&self, digits: &'d str) -> Result<&'d str, IdentifierError> {
        digits
            .strip_prefix(self.as_str())
            .ok_or_else(|| IdentifierError::ForeignPrefix {
                key: digits.to_owned(),
                prefix: self.0.clone(),
            })
    }
}

impl FromStr for CompanyPrefix {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        only_digits("company prefix", text)?;
        match text.len() {
            6..=12 => Ok(Self(text.to_owned())),
            found => Err(IdentifierError::Length {
                kind: "company prefix",
                allowed: "6 to 12",
                found,
            }),
        }
    }
}

impl fmt::Display for CompanyPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
