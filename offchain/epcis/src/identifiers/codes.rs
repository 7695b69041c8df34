//! Texts that a label can carry: serials, lots, extensions of a place.

use std::{fmt, str::FromStr};

use super::IdentifierError;

/// Whether a character is in character set 82 of GS1, which serials and lots are made of.
pub fn is_cset82(character: char) -> bool {
    character.is_ascii_alphanumeric() || r#"!"%&'()*+,-./:;<=>?_"#.contains(character)
}

/// Whether a character is in character set 39 of GS1, which component identifiers are made of.
pub fn is_cset39(character: char) -> bool {
    character.is_ascii_digit() || character.is_ascii_uppercase() || "#-/".contains(character)
}

/// Checks a text of variable length in character set 82.
pub(super) fn checked_text(
    kind: &'static str,
    text: &str,
    allowed: &'static str,
    limit: usize,
) -> Result<(), IdentifierError> {
    for (place, character) in text.chars().enumerate() {
        if !is_cset82(character) {
            return Err(IdentifierError::Character {
                kind,
                character,
                position: place.saturating_add(1),
            });
        }
    }
    match text.len() {
        found if found == 0 || found > limit => Err(IdentifierError::Length {
            kind,
            allowed,
            found,
        }),
        _ => Ok(()),
    }
}

macro_rules! code {
    ($(#[$about:meta])* $name:ident, $kind:literal) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Its characters.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdentifierError;

            /// Reads 1 to 20 characters of set 82. Case and leading zeros count.
            fn from_str(text: &str) -> Result<Self, IdentifierError> {
                checked_text($kind, text, "1 to 20", 20)?;
                Ok(Self(text.to_owned()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

code! {
    /// The serial of one item: AI 21.
    Serial, "serial"
}
code! {
    /// The code of a lot or batch: AI 10.
    Lot, "lot"
}
code! {
    /// A place inside a place, such as a shelf or a dock: AI 254.
    Extension, "extension"
}
