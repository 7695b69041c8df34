//! Element strings: application identifiers and their values, as a code carries them.

use std::fmt;

use super::{codes::checked_text, digits::only_digits, IdentifierError};

/// The separator behind a value of variable length, as scanners send it.
pub const FNC1: char = '\u{1d}';

/// What a value is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// Exactly so many digits; the code needs no separator behind them.
    Digits(usize),
    /// One digit to so many.
    UpToDigits(usize),
    /// One character of set 82 to so many.
    UpToText(usize),
}

/// An application identifier: the number that says what a value means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ai {
    number: &'static str,
    content: Content,
}

impl Ai {
    /// Its digits, such as `01`.
    pub fn as_str(self) -> &'static str {
        self.number
    }
}

const fn ai(number: &'static str, content: Content) -> Ai {
    Ai { number, content }
}

/// The application identifiers that labels of health products carry.
const KNOWN: &[Ai] = &[
    ai("00", Content::Digits(18)),
    ai("01", Content::Digits(14)),
    ai("02", Content::Digits(14)),
    ai("10", Content::UpToText(20)),
    ai("11", Content::Digits(6)),
    ai("12", Content::Digits(6)),
    ai("13", Content::Digits(6)),
    ai("15", Content::Digits(6)),
    ai("16", Content::Digits(6)),
    ai("17", Content::Digits(6)),
    ai("20", Content::Digits(2)),
    ai("21", Content::UpToText(20)),
    ai("22", Content::UpToText(20)),
    ai("30", Content::UpToDigits(8)),
    ai("37", Content::UpToDigits(8)),
    ai("90", Content::UpToText(30)),
    ai("91", Content::UpToText(90)),
    ai("92", Content::UpToText(90)),
    ai("93", Content::UpToText(90)),
    ai("94", Content::UpToText(90)),
    ai("95", Content::UpToText(90)),
    ai("96", Content::UpToText(90)),
    ai("97", Content::UpToText(90)),
    ai("98", Content::UpToText(90)),
    ai("99", Content::UpToText(90)),
    ai("235", Content::UpToText(28)),
    ai("240", Content::UpToText(30)),
    ai("241", Content::UpToText(30)),
    ai("250", Content::UpToText(30)),
    ai("254", Content::UpToText(20)),
    ai("410", Content::Digits(13)),
    ai("411", Content::Digits(13)),
    ai("412", Content::Digits(13)),
    ai("413", Content::Digits(13)),
    ai("414", Content::Digits(13)),
    ai("415", Content::Digits(13)),
    ai("416", Content::Digits(13)),
    ai("417", Content::Digits(13)),
    ai("710", Content::UpToText(20)),
    ai("711", Content::UpToText(20)),
    ai("712", Content::UpToText(20)),
    ai("713", Content::UpToText(20)),
    ai("714", Content::UpToText(20)),
    ai("715", Content::UpToText(20)),
    ai("7003", Content::Digits(10)),
];

/// The application identifier at the front of a text. None of the known ones begins another.
fn at_front(text: &str) -> Option<Ai> {
    KNOWN.iter().copied().find(|ai| text.starts_with(ai.number))
}

/// What stands in a code: values, each with its application identifier, each at most once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ElementString {
    elements: Vec<(Ai, String)>,
}

impl ElementString {
    /// Adds a value.
    ///
    /// # Errors
    /// `UnknownAi`, `Twice`, and what is wrong with the value.
    pub fn push(&mut self, number: &str, value: &str) -> Result<(), IdentifierError> {
        let ai = KNOWN
            .iter()
            .copied()
            .find(|ai| ai.number == number)
            .ok_or_else(|| unknown(number))?;
        self.add(ai, value)
    }

    fn add(&mut self, ai: Ai, value: &str) -> Result<(), IdentifierError> {
        if self.get(ai.number).is_some() {
            return Err(IdentifierError::Twice { ai: ai.number });
        }
        let found = value.chars().count();
        match ai.content {
            Content::Digits(needed) if found != needed => {
                return Err(IdentifierError::ShortValue {
                    ai: ai.number,
                    found,
                    needed,
                })
            }
            Content::UpToDigits(limit) | Content::UpToText(limit)
                if found == 0 || found > limit =>
            {
                return Err(IdentifierError::ValueLength {
                    ai: ai.number,
                    found,
                    limit,
                })
            }
            Content::Digits(_) | Content::UpToDigits(_) => only_digits(ai.number, value)?,
            Content::UpToText(limit) => checked_text(ai.number, value, "more", limit)?,
        }
        self.elements.push((ai, value.to_owned()));
        Ok(())
    }

    /// The value of an application identifier.
    pub fn get(&self, number: &str) -> Option<&str> {
        self.elements
            .iter()
            .find(|(ai, _)| ai.number == number)
            .map(|(_, value)| value.as_str())
    }

    /// All values, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.elements
            .iter()
            .map(|(ai, value)| (ai.number, value.as_str()))
    }

    /// Reads a label: as scanned, or as people read it, with application identifiers in brackets.
    ///
    /// As scanned it may begin with the sign of its symbology (`]d2`, `]C1`, `]Q3`, `]e0`) and with
    /// a separator. In brackets, a bracket inside a value is written `\(`.
    ///
    /// # Errors
    /// `Empty`, `UnknownAi`, `Twice`, and what is wrong with a value.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let text = text.trim_end_matches(['\r', '\n']);
        let read = if text.trim_start().starts_with('(') {
            Self::from_brackets(text.trim())
        } else {
            Self::from_scan(text)
        }?;
        if read.elements.is_empty() {
            return Err(IdentifierError::Empty);
        }
        Ok(read)
    }

    fn from_scan(text: &str) -> Result<Self, IdentifierError> {
        let mut rest = text;
        for sign in ["]d2", "]C1", "]Q3", "]e0"] {
            rest = rest.strip_prefix(sign).unwrap_or(rest);
        }
        let mut read = Self::default();
        loop {
            rest = rest.strip_prefix(FNC1).unwrap_or(rest);
            if rest.is_empty() {
                return Ok(read);
            }
            let ai = at_front(rest).ok_or_else(|| unknown(rest))?;
            rest = rest.strip_prefix(ai.number).unwrap_or_default();
            let end = match ai.content {
                // A separator inside would be refused as no digit, so it is cut off first.
                Content::Digits(length) => rest
                    .char_indices()
                    .take(length)
                    .find(|(_, character)| *character == FNC1)
                    .map(|(place, _)| place)
                    .or_else(|| rest.char_indices().nth(length).map(|(place, _)| place)),
                _ => rest.find(FNC1),
            };
            let (value, behind) = rest
                .split_at_checked(end.unwrap_or(rest.len()))
                .unwrap_or((rest, ""));
            read.add(ai, value)?;
            rest = behind;
        }
    }

    fn from_brackets(text: &str) -> Result<Self, IdentifierError> {
        let mut read = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            let (number, behind) = rest
                .strip_prefix('(')
                .and_then(|it| it.split_once(')'))
                .ok_or_else(|| unknown(rest))?;
            let mut value = String::new();
            let mut characters = behind.char_indices().peekable();
            let mut end = behind.len();
            while let Some((place, character)) = characters.next() {
                match character {
                    '\\' if characters.next_if(|(_, next)| *next == '(').is_some() => {
                        value.push('(');
                    }
                    '(' => {
                        end = place;
                        break;
                    }
                    other => value.push(other),
                }
            }
            read.push(number, value.trim())?;
            rest = behind.get(end..).unwrap_or_default();
        }
        Ok(read)
    }

    /// What a code carries, without the sign of its symbology: a separator stands behind each value
    /// of variable length but the last.
    pub fn scanned(&self) -> String {
        let mut out = String::new();
        let mut open = false;
        for (ai, value) in &self.elements {
            if open {
                out.push(FNC1);
            }
            out.push_str(ai.number);
            out.push_str(value);
            open = !matches!(ai.content, Content::Digits(_)) || ai.number == "7003";
        }
        out
    }
}

impl fmt::Display for ElementString {
    /// With application identifiers in brackets, for people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (ai, value) in &self.elements {
            write!(f, "({}){}", ai.number, value.replace('(', "\\("))?;
        }
        Ok(())
    }
}

fn unknown(text: &str) -> IdentifierError {
    IdentifierError::UnknownAi {
        rest: text.chars().take(8).collect(),
    }
}
