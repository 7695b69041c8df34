//! The serials of a lot.

use crate::{guessing, Guessable, PackKeys};
use allive_epcis::identifiers::{IdentifierError, Serial};
use data_encoding::BASE32_NOPAD;
use std::{
    fmt,
    io::{self, BufRead},
};

/// The longest serial.
pub(crate) const LONGEST: usize = 20;

/// A serial with zero bytes behind it, which no serial has.
pub(crate) type Padded = [u8; LONGEST];

/// The serials of a lot, in the order of its packs: 20 bytes of memory for each.
#[derive(Clone, PartialEq, Eq)]
pub struct Serials(Vec<Padded>);

/// Two packs have the same serial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The serial.
    pub serial: String,
    /// The line of the first, from 1: its index and one more.
    pub first: u64,
    /// The line of the next one that has the same.
    pub next: u64,
}

impl fmt::Display for Duplicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            serial,
            first,
            next,
        } = self;
        write!(f, "{serial:?} in lines {first} and {next}")
    }
}

/// What is wrong with serials.
#[derive(Debug, thiserror::Error)]
pub enum SerialsError {
    /// The list cannot be read.
    #[error("the list cannot be read")]
    Io(#[from] io::Error),
    /// A line is no serial.
    #[error("line {line}")]
    NotASerial {
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        #[source]
        error: IdentifierError,
    },
    /// The list is empty.
    #[error("there are no serials")]
    Empty,
    /// Serials are there twice: all of them, in the order of their first lines.
    #[error("{} serials are there twice: {}", .0.len(), shown(.0))]
    Duplicates(Vec<Duplicate>),
    /// Some can be guessed from others.
    #[error("whoever has some of these serials guesses others")]
    Guessable(#[from] Guessable),
}

/// The first of them. A list has room for more than a screen.
fn shown(duplicates: &[Duplicate]) -> String {
    const SHOWN: usize = 10;
    let mut texts: Vec<_> = duplicates
        .iter()
        .take(SHOWN)
        .map(Duplicate::to_string)
        .collect();
    if duplicates.len() > SHOWN {
        texts.push("…".into());
    }
    texts.join(", ")
}

impl Serials {
    /// Random serials of 16 characters, `A` to `Z` and `2` to `7`: 80 bits of HKDF each.
    ///
    /// Of a lot of 2^32 packs, one in 2^48 guesses hits. Two of a thousand million packs of a
    /// product have the same serial with a chance below one in a million, over all its lots.
    ///
    /// # Errors
    /// [`SerialsError::Duplicates`], which is a reason to take another secret.
    pub fn random(keys: &PackKeys, count: u64) -> Result<Self, SerialsError> {
        let serials = (0..count).map(|index| {
            let mut serial = Padded::default();
            // 10 bytes are 16 characters.
            let (text, _) = serial.split_at_mut(16);
            BASE32_NOPAD.encode_mut(&keys.serial(index), text);
            serial
        });
        Self(serials.collect()).each_once()
    }

    /// Reads a list of the maker's: one serial a line, of 1 to 20 characters of set 82.
    ///
    /// # Errors
    /// `NotASerial`, `Empty`, `Duplicates`, `Guessable`, in this order.
    pub fn read(list: impl BufRead) -> Result<Self, SerialsError> {
        let mut serials = Vec::new();
        for (line, text) in (1..).zip(list.lines()) {
            let text = text?;
            let text = text.strip_suffix('\r').unwrap_or(&text);
            let serial: Serial = text
                .parse()
                .map_err(|error| SerialsError::NotASerial { line, error })?;
            let mut padded = Padded::default();
            for (to, from) in padded.iter_mut().zip(serial.as_str().bytes()) {
                *to = from;
            }
            serials.push(padded);
        }
        if serials.is_empty() {
            return Err(SerialsError::Empty);
        }
        let serials = Self(serials).each_once()?;
        guessing::check(&serials.0)?;
        Ok(serials)
    }

    fn each_once(self) -> Result<Self, SerialsError> {
        let mut sorted: Vec<_> = (1..)
            .zip(&self.0)
            .map(|(line, serial)| (serial, line))
            .collect();
        sorted.sort_unstable();
        let mut duplicates: Vec<_> = sorted
            .windows(2)
            .filter_map(|pair| match pair {
                [(serial, first), (next_serial, next)] if serial == next_serial => {
                    Some(Duplicate {
                        serial: text(serial).to_owned(),
                        first: *first,
                        next: *next,
                    })
                }
                _ => None,
            })
            .collect();
        drop(sorted);
        if duplicates.is_empty() {
            return Ok(self);
        }
        duplicates.sort_by_key(|duplicate| (duplicate.first, duplicate.next));
        Err(SerialsError::Duplicates(duplicates))
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        // Memory has less room than that.
        u64::try_from(self.0.len()).unwrap_or(u64::MAX)
    }

    /// All of them, in the order of the packs.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(text)
    }
}

impl fmt::Debug for Serials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Serials({})", self.0.len())
    }
}

/// A serial without the zero bytes behind it.
pub(crate) fn text(serial: &Padded) -> &str {
    let length = serial.iter().take_while(|byte| **byte != 0).count();
    let bytes = serial.get(..length).unwrap_or_default();
    // Only ASCII was let in.
    std::str::from_utf8(bytes).unwrap_or_default()
}
