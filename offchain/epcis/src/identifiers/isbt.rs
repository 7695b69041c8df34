//! Donation identification numbers of ISBT 128.

use std::{fmt, str::FromStr};

use super::IdentifierError;

const KIND: &str = "donation number";
const ALPHABET: &[u8; 37] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";

/// The check character of ISO 7064, mod 37-2, over digits and capital letters. `None` if something
/// else is among them.
pub fn mod37_2(text: &str) -> Option<char> {
    let mut sum = 0usize;
    for byte in text.bytes() {
        let value = ALPHABET.get(..36)?.iter().position(|&it| it == byte)?;
        sum = sum.checked_add(value)?.checked_mul(2)? % 37;
    }
    let check = 38usize.checked_sub(sum)? % 37;
    ALPHABET.get(check).copied().map(char::from)
}

/// The number of one donation of blood, cells or tissue: where it was collected (5 characters), the
/// year (2 digits), and a serial (6 digits). Behind it stand two characters, the flags, which are
/// not part of the number; and, where people read it, a check character.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DonationNumber {
    number: String,
    flags: Option<[u8; 2]>,
}

impl DonationNumber {
    /// The 13 characters that name the donation.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The two flag characters, if the text had them. `00` says nothing; `60` to `96` are 60 and
    /// the value of the check character.
    pub fn flags(&self) -> Option<&str> {
        self.flags
            .as_ref()
            .and_then(|flags| std::str::from_utf8(flags).ok())
    }

    /// The check character of the 13 characters.
    pub fn check_character(&self) -> char {
        // Only digits and capital letters were let in.
        mod37_2(&self.number).unwrap_or('*')
    }

    /// As a scanner reads it: `=`, the number and the flags (`00` if there are none).
    pub fn scanned(&self) -> String {
        format!("={}{}", self.number, self.flags().unwrap_or("00"))
    }

    /// Reads what a scanner reads: `=`, 13 characters, 2 flags. There is no check character in it,
    /// but flags from 60 to 96 check the number.
    ///
    /// # Errors
    /// `Length`, `Character`, `CheckDigit`.
    pub fn from_scan(text: &str) -> Result<Self, IdentifierError> {
        let inner = text.strip_prefix('=').unwrap_or(text);
        let (Some(number), Some(flags), 15) = (inner.get(..13), inner.get(13..), inner.len())
        else {
            return Err(IdentifierError::Length {
                kind: KIND,
                allowed: "13 and 2 flag",
                found: inner.chars().count(),
            });
        };
        let mut donation = Self::plain(number)?;
        let flags = <[u8; 2]>::try_from(flags.as_bytes()).map_err(|_| IdentifierError::Empty)?;
        for (place, &flag) in flags.iter().enumerate() {
            if !flag.is_ascii_digit() && !flag.is_ascii_uppercase() {
                return Err(IdentifierError::Character {
                    kind: KIND,
                    character: char::from(flag),
                    position: place.saturating_add(14),
                });
            }
        }
        donation.flags = Some(flags);
        donation.check_flags()?;
        Ok(donation)
    }

    fn check_flags(&self) -> Result<(), IdentifierError> {
        let value = self.flags().and_then(|flags| flags.parse::<usize>().ok());
        let Some(place @ 60..=96) = value else {
            return Ok(());
        };
        let found = ALPHABET
            .get(place.saturating_sub(60))
            .copied()
            .map_or('*', char::from);
        self.expect(found)
    }

    fn expect(&self, found: char) -> Result<(), IdentifierError> {
        let expected = self.check_character();
        if expected == found {
            Ok(())
        } else {
            Err(IdentifierError::CheckDigit {
                kind: KIND,
                text: self.number.clone(),
                expected,
                found,
            })
        }
    }

    fn plain(number: &str) -> Result<Self, IdentifierError> {
        if number.chars().count() != 13 {
            return Err(IdentifierError::Length {
                kind: KIND,
                allowed: "13",
                found: number.chars().count(),
            });
        }
        for (place, character) in number.chars().enumerate() {
            // The letter O is not used where a letter may stand.
            let letter = character.is_ascii_uppercase() && character != 'O';
            let fits = match place {
                0 => letter || ('1'..='9').contains(&character),
                1 => letter || character.is_ascii_digit(),
                _ => character.is_ascii_digit(),
            };
            if !fits {
                return Err(IdentifierError::Character {
                    kind: KIND,
                    character,
                    position: place.saturating_add(1),
                });
            }
        }
        Ok(Self {
            number: number.to_owned(),
            flags: None,
        })
    }
}

impl FromStr for DonationNumber {
    type Err = IdentifierError;

    /// Reads what people read: 13 characters, perhaps two flags, and the check character, which
    /// must fit. Spaces are left out: `G1234 98 654321 00 H`.
    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        let text: String = text.chars().filter(|it| *it != ' ').collect();
        let Some(found) = text.chars().last() else {
            return Err(IdentifierError::Empty);
        };
        let body = text
            .get(..text.len().saturating_sub(found.len_utf8()))
            .unwrap_or_default();
        let donation = match body.chars().count() {
            13 => Self::plain(body)?,
            15 => Self::from_scan(body)?,
            other => {
                return Err(IdentifierError::Length {
                    kind: KIND,
                    allowed: "13, or 15 with flags, and a check",
                    found: other.saturating_add(1),
                })
            }
        };
        donation.expect(found)?;
        Ok(donation)
    }
}

impl fmt::Display for DonationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |from, to| self.number.get(from..to).unwrap_or_default();
        write!(f, "{} {} {} ", part(0, 5), part(5, 7), part(7, 13))?;
        if let Some(flags) = self.flags() {
            write!(f, "{flags} ")?;
        }
        write!(f, "{}", self.check_character())
    }
}

impl fmt::Debug for DonationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DonationNumber({self})")
    }
}
