//! Whether serials can be guessed from others.
//!
//! Somebody who buys a few packs must not learn the serials of others. No test tells a list that
//! was computed by a rule from one that was drawn: this one finds counters, however they are
//! dressed.
//!
//! The serials of each length are looked at by themselves. Columns in which all are the same, such
//! as a prefix, say nothing. The others are read as one number, also without up to three of them at
//! the front and at the end, as long as these alone do not keep a guess from hitting: a check digit
//! or a random letter does not hide a counter. The numbers are sorted, so the order of the list has
//! no part. Then there are three ways to guess:
//!
//! - **Few**: any text of the same form. It hits as often as such texts are serials.
//! - **Near**: a serial and a little more. It finds counters of any small step, also an irregular
//!   one, and blocks of numbers.
//! - **Step**: a serial and a certain difference. It finds counters of any step, up or down.
//!
//! A list is refused if a guess hits with a chance of 1 in 10,000 or more, and hits so much more
//! often than in a random list that this is no coincidence. So seven or more in a row are found
//! among random ones, as far as they make up 1 in 10,000 of them.

use crate::serials::{text, Padded};
use std::{collections::BTreeMap, fmt};

/// One guess in so many may hit, and no more: Delegated Regulation (EU) 2016/161, Article 4(c).
pub const LIKELIEST: u32 = 10_000;

const LIMIT: f64 = 1.0 / LIKELIEST as f64;

/// The most columns that are left out at front and end together.
const LEFT_OUT: usize = 3;

/// By how much more often than in a random list a guess must hit: so many times as often, and so
/// many times more.
const TIMES: f64 = 8.0;
const MORE: f64 = 6.0;

/// How serials can be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There are too few texts of this form.
    Few,
    /// They are close to each other.
    Near,
    /// The same difference is between many.
    Step,
}

/// Two serials of which one is guessed from the other.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(
    "{reason}, such as {serial:?} in line {line} and {other:?} in line {other_line}: \
     one guess in {} hits, and it must be fewer than one in {LIKELIEST}",
    (1.0 / chance).ceil()
)]
pub struct Guessable {
    /// How.
    pub reason: Reason,
    /// How probable it is that a guess hits.
    pub chance: f64,
    /// A serial, and its line from 1.
    pub serial: String,
    /// Its line.
    pub line: u64,
    /// Another one.
    pub other: String,
    /// Its line.
    pub other_line: u64,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Few => "so many of all texts of this form are serials",
            Self::Near => "serials are close to each other",
            Self::Step => "serials follow each other in equal steps",
        })
    }
}

/// Refuses a list in which serials can be guessed. No serial may be there twice.
pub(crate) fn check(serials: &[Padded]) -> Result<(), Guessable> {
    let mut lengths: BTreeMap<usize, Vec<(u64, &Padded)>> = BTreeMap::new();
    for (line, serial) in (1..).zip(serials) {
        let of_length = lengths.entry(text(serial).len()).or_default();
        of_length.push((line, serial));
    }
    lengths.into_iter().try_for_each(|(length, serials)| {
        let form = Form::of(length, serials);
        form.check()
    })
}

/// The serials of one length.
struct Form<'s> {
    serials: Vec<(u64, &'s Padded)>,
    /// Where they differ. Of a single serial, all of it.
    columns: Vec<Column>,
}

#[derive(Clone, Copy)]
struct Column {
    place: usize,
    kinds: Kinds,
    /// How many characters can be here.
    size: f64,
}

impl<'s> Form<'s> {
    fn of(length: usize, serials: Vec<(u64, &'s Padded)>) -> Self {
        let single = serials.len() == 1;
        let columns = (0..length).filter_map(|place| {
            let mut seen = [false; 128];
            for (_, serial) in &serials {
                if let Some(seen) = seen.get_mut(usize::from(at(serial, place))) {
                    *seen = true;
                }
            }
            let column = Column::of(place, &seen, serials.len());
            (single || seen.iter().filter(|seen| **seen).count() > 1).then_some(column)
        });
        let columns = columns.collect();
        Self { serials, columns }
    }

    /// Where texts are few, they are also near each other, but a step says more.
    fn check(&self) -> Result<(), Guessable> {
        match self.near_or_in_steps() {
            Err(near) if near.reason == Reason::Near => self.few().and(Err(near)),
            Err(step) => Err(step),
            Ok(()) => self.few(),
        }
    }

    fn near_or_in_steps(&self) -> Result<(), Guessable> {
        for front in 0..=LEFT_OUT {
            for end in 0..=LEFT_OUT.saturating_sub(front) {
                let inside = self.columns.len().checked_sub(end);
                let Some(window) = inside.and_then(|end| self.columns.get(front..end)) else {
                    continue;
                };
                let left_out = texts(&self.columns) / texts(window);
                if !window.is_empty() && left_out * LIMIT < 1.0 {
                    self.near_or_in_steps_in(window, left_out)?;
                }
            }
        }
        Ok(())
    }

    /// Any text of this form.
    fn few(&self) -> Result<(), Guessable> {
        let chance = count(self.serials.len()) / texts(&self.columns);
        match (self.serials.first(), self.serials.last()) {
            (Some(one), Some(other)) if chance >= LIMIT => {
                Err(guessable(Reason::Few, chance, *one, *other))
            }
            _ => Ok(()),
        }
    }

    /// What is left out can be `left_out` texts.
    fn near_or_in_steps_in(&self, window: &[Column], left_out: f64) -> Result<(), Guessable> {
        let kinds = window
            .iter()
            .fold(Kinds::default(), |all, column| all.and(column.kinds));
        let mut numbers: Vec<_> = self
            .serials
            .iter()
            .map(|serial| (kinds.number(window, serial.1), *serial))
            .collect();
        numbers.sort_unstable_by_key(|(number, _)| *number);
        numbers.dedup_by_key(|(number, _)| *number);
        // Each difference, and the place of the smaller number.
        let mut gaps: Vec<_> = (0..)
            .zip(numbers.windows(2))
            .filter_map(|(place, pair)| match pair {
                [(less, _), (more, _)] => Some((more.saturating_sub(*less), place)),
                _ => None,
            })
            .collect();
        gaps.sort_unstable();
        if gaps.is_empty() {
            return Ok(());
        }

        let distinct = count(numbers.len());
        let serials = count(self.serials.len());
        // A random list has so many pairs of one given difference.
        let by_chance = distinct * (serials / texts(window)).min(1.0);
        let too_many = |hits: f64, differences: f64| {
            let random = by_chance * differences;
            let many = (TIMES * random + MORE).min(count(gaps.len()));
            // What is left out must be guessed, too, for as many packs as share a number.
            let chance = hits / distinct * (serials / distinct) / (differences * left_out);
            (hits >= many && chance >= LIMIT).then_some(chance)
        };
        let refused = |place: usize, reason, chance| {
            let mut pair = numbers.iter().skip(place).map(|(_, serial)| *serial);
            match (pair.next(), pair.next()) {
                (Some(one), Some(other)) => Err(guessable(reason, chance, one, other)),
                _ => Ok(()),
            }
        };

        let mut hits = 0.0;
        for same in gaps.chunk_by(|one, other| one.0 == other.0) {
            let Some((gap, place)) = same.first() else {
                continue;
            };
            let equal = count(same.len());
            hits += equal;
            // Two serials have some difference.
            if let Some(chance) = too_many(equal, 1.0).filter(|_| same.len() > 1) {
                return refused(*place, Reason::Step, chance);
            }
            let small = u32::try_from(*gap).ok().filter(|gap| *gap <= LIKELIEST);
            if let Some(chance) = small.and_then(|gap| too_many(hits, gap.into())) {
                return refused(*place, Reason::Near, chance);
            }
        }
        Ok(())
    }
}

impl Column {
    fn of(place: usize, seen: &[bool; 128], serials: usize) -> Self {
        let mut kinds = Kinds::default();
        let mut distinct = 0_u32;
        for (character, _) in (0_u8..).zip(seen).filter(|(_, seen)| **seen) {
            kinds.add(character);
            distinct = distinct.saturating_add(1);
        }
        let possible = f64::from(kinds.characters());
        // So many serials show nearly every character that can be here.
        let many = count(serials) >= 8.0 * possible;
        let size = if many { f64::from(distinct) } else { possible };
        Self { place, kinds, size }
    }
}

/// How many texts these columns can hold.
fn texts(columns: &[Column]) -> f64 {
    columns.iter().map(|column| column.size).product()
}

/// Which kinds of characters are in a text.
#[derive(Clone, Copy, Default)]
struct Kinds {
    digits: bool,
    upper: bool,
    lower: bool,
    /// Letters behind F, in either case.
    beyond_hex: bool,
    others: bool,
}

/// What set 82 has besides letters and digits.
const OTHERS: &[u8; 20] = br#"!"%&'()*+,-./:;<=>?_"#;

impl Kinds {
    fn add(&mut self, character: u8) {
        self.digits |= character.is_ascii_digit();
        self.upper |= character.is_ascii_uppercase();
        self.lower |= character.is_ascii_lowercase();
        self.beyond_hex |= character.is_ascii_alphabetic() && !character.is_ascii_hexdigit();
        self.others |= !character.is_ascii_alphanumeric();
    }

    fn and(self, other: Self) -> Self {
        Self {
            digits: self.digits | other.digits,
            upper: self.upper | other.upper,
            lower: self.lower | other.lower,
            beyond_hex: self.beyond_hex | other.beyond_hex,
            others: self.others | other.others,
        }
    }

    /// How many characters of these kinds there are.
    fn characters(self) -> u32 {
        let letters = if self.beyond_hex { 26 } else { 6 };
        [
            (self.digits, 10),
            (self.upper, letters),
            (self.lower, letters),
            (self.others, 20),
        ]
        .into_iter()
        .filter_map(|(is_there, size)| is_there.then_some(size))
        .sum()
    }

    /// What these columns of a serial are as a number: at most 82^20, which 128 bits hold.
    fn number(self, columns: &[Column], serial: &Padded) -> u128 {
        let (small, radix) = match self {
            Self { others: true, .. } => (36, 82),
            Self {
                upper: true,
                lower: true,
                ..
            } => (36, 62),
            Self {
                beyond_hex: true, ..
            } => (10, 36),
            Self {
                upper: false,
                lower: false,
                ..
            } => (10, 10),
            _ => (10, 16),
        };
        columns.iter().fold(0_u128, |number, column| {
            let character = at(serial, column.place);
            let value = match character {
                b'0'..=b'9' => character.saturating_sub(b'0'),
                b'A'..=b'Z' => character.saturating_sub(b'A').saturating_add(10),
                b'a'..=b'z' => character.saturating_sub(b'a').saturating_add(small),
                _ => {
                    let place = (62..).zip(OTHERS).find(|(_, other)| **other == character);
                    place.map_or(0, |(value, _)| value)
                }
            };
            number.saturating_mul(radix).saturating_add(value.into())
        })
    }
}

fn at(serial: &Padded, place: usize) -> u8 {
    serial.get(place).copied().unwrap_or_default()
}

/// A number of serials, which is far below 2^53.
#[allow(clippy::cast_precision_loss)]
fn count(number: usize) -> f64 {
    number as f64
}

fn guessable(
    reason: Reason,
    chance: f64,
    (line, serial): (u64, &Padded),
    (other_line, other): (u64, &Padded),
) -> Guessable {
    Guessable {
        reason,
        chance: chance.min(1.0),
        serial: text(serial).to_owned(),
        line,
        other: text(other).to_owned(),
        other_line,
    }
}
