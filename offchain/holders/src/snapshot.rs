//! Makes a Merkle tree from a CSV.

use crate::{
    account::read_holder, amount::Scale, files::Summary, leaf, AccountError, AmountError, Holder,
    FORMAT,
};
use allive_merkle::{Hash, Software, Tree};
use csv::{ByteRecord, ReaderBuilder, Terminator};
use std::{
    borrow::Cow,
    collections::{hash_map, HashMap},
    fmt, io,
};

/// One line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The holder.
    pub holder: Holder,
    /// How much, in the smallest unit. Never zero.
    pub amount: u128,
}

/// A list of holders, in the order of its file, and the Merkle tree over it.
#[derive(Clone, Debug)]
pub struct Snapshot {
    entries: Vec<Entry>,
    tree: Tree,
    total: u128,
}

/// A field of a CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line on which the record begins, counted from 1.
    pub line: u64,
    /// The field's place in the record, counted from 1.
    pub column: usize,
    /// The column's name in the header.
    pub name: &'static str,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, name } = self;
        write!(f, "line {line}, column {column} ({name})")
    }
}

/// Why a CSV is not a list of holders. None of it is used then.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The file cannot be read.
    #[error("the list cannot be read")]
    Read(#[source] io::Error),
    /// There is nothing but blank lines.
    #[error("the list is empty: it begins with a line `account,amount`")]
    Empty,
    /// The first line is not a header that is known.
    #[error(
        "line {line}: the header is `account,amount` (in ALV) or `account,units`, not {found:?}"
    )]
    Header {
        /// Where it stands.
        line: u64,
        /// What stands there.
        found: String,
    },
    /// A header, and no holders.
    #[error("the list has a header and no holders")]
    NoHolders,
    /// A line has too few fields, or too many.
    #[error("line {line}: {found} fields instead of 2")]
    Fields {
        /// Where the record begins.
        line: u64,
        /// How many there are.
        found: usize,
    },
    /// A field is not an account.
    #[error("{place}: {text:?} {error}")]
    Account {
        /// Where it stands.
        place: Place,
        /// What stands there.
        text: String,
        /// What is wrong with it.
        error: AccountError,
    },
    /// A field is not an amount.
    #[error("{place}: {text:?} {error}")]
    Amount {
        /// Where it stands.
        place: Place,
        /// What stands there.
        text: String,
        /// What is wrong with it.
        error: AmountError,
    },
    /// An account is on two lines, perhaps written in two ways.
    #[error("{place}: {holder} stands on line {first} already")]
    Duplicate {
        /// Where it stands for the second time.
        place: Place,
        /// The line where it stands for the first time.
        first: u64,
        /// Who it is.
        holder: Holder,
    },
    /// The sum of the amounts overflows.
    #[error("{place}: up to here the amounts add up to more than an amount can be (2^128 units)")]
    TotalTooLarge {
        /// The amount that is too much.
        place: Place,
    },
}

impl Snapshot {
    /// Reads a CSV of two columns, under the header `account,amount` (in ALV, with at most eight
    /// fraction digits) or `account,units`. How accounts are written is said at [`read_holder`].
    ///
    /// Quoted fields, spaces around fields, blank lines, a byte-order mark and either kind of line
    /// end are read. The line of the first holder has the index 0.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place.
    pub fn read(csv: impl io::Read) -> Result<Self, SnapshotError> {
        let mut records = Records::new(csv);
        let mut record = ByteRecord::new();
        let line = records.next(&mut record)?.ok_or(SnapshotError::Empty)?;
        let scale = match record.iter().collect::<Vec<_>>().as_slice() {
            [b"account", b"amount"] => Scale::Alv,
            [b"account", b"units"] => Scale::Units,
            fields => {
                let found = shown(&fields.join(&b',')).into_owned();
                return Err(SnapshotError::Header { line, found });
            }
        };

        let mut entries = Vec::new();
        let mut leaves = Vec::new();
        let mut lines = HashMap::new();
        let mut total = 0_u128;
        for index in 0.. {
            let Some(line) = records.next(&mut record)? else {
                break;
            };
            let entry = read_entry(&record, line, scale)?;
            match lines.entry(entry.holder) {
                hash_map::Entry::Vacant(vacant) => vacant.insert(line),
                hash_map::Entry::Occupied(first) => {
                    return Err(SnapshotError::Duplicate {
                        place: account_at(line),
                        first: *first.get(),
                        holder: entry.holder,
                    })
                }
            };
            total = total
                .checked_add(entry.amount)
                .ok_or(SnapshotError::TotalTooLarge {
                    place: amount_at(line, scale),
                })?;
            leaves.push(leaf::<Software>(index, &entry.holder, entry.amount));
            entries.push(entry);
        }
        let tree = Tree::build(leaves).map_err(|_| SnapshotError::NoHolders)?;
        Ok(Self {
            entries,
            tree,
            total,
        })
    }

    /// The root to publish.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.tree.root()
    }

    /// The number of holders, to publish with the root.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.tree.count()
    }

    /// The sum of all amounts, in the smallest unit: what the distributor must hold.
    #[must_use]
    pub fn total(&self) -> u128 {
        self.total
    }

    /// The holders, in the order of the file; the place of each is its index.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The proof for the holder at `index`; `None` outside the list.
    #[must_use]
    pub fn proof(&self, index: u64) -> Option<Vec<Hash>> {
        self.tree.proof(index)
    }

    /// What `snapshot.json` says.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary {
            format: FORMAT.to_owned(),
            root: self.root(),
            count: self.count(),
            total: self.total,
            shard_digits: crate::files::shard_digits(self.count()),
        }
    }
}

/// Records with the lines on which they begin.
struct Records<R>(csv::Reader<io::Chain<R, &'static [u8]>>);

impl<R: io::Read> Records<R> {
    fn new(csv: R) -> Self {
        // The csv crate counts newlines as it meets them. So that a record always ends behind its
        // newline, the last one gets one, and the carriage return before it is left to the
        // trimming.
        Self(
            ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .terminator(Terminator::Any(b'\n'))
                .from_reader(csv.chain(b"\n")),
        )
    }

    /// Reads the next record that is not blank, and gives its line; `None` at the end.
    fn next(&mut self, record: &mut ByteRecord) -> Result<Option<u64>, SnapshotError> {
        while self.0.read_byte_record(record).map_err(unreadable)? {
            let inside = record.as_slice().iter().filter(|b| **b == b'\n').count();
            let newlines = u64::try_from(inside).unwrap_or(u64::MAX).saturating_add(1);
            let line = self.0.position().line().saturating_sub(newlines);
            // Behind a quote that is never closed there is no newline but those inside.
            let least = record.position().map_or(1, csv::Position::line);
            record.trim();
            if !record.as_slice().is_empty() || record.len() > 1 {
                return Ok(Some(line.max(least)));
            }
        }
        Ok(None)
    }
}

/// Bytes are read, of any number of fields: only reading itself can fail.
fn unreadable(error: csv::Error) -> SnapshotError {
    SnapshotError::Read(error.into())
}

fn read_entry(record: &ByteRecord, line: u64, scale: Scale) -> Result<Entry, SnapshotError> {
    let (Some(account), Some(amount), 2) = (record.get(0), record.get(1), record.len()) else {
        return Err(SnapshotError::Fields {
            line,
            found: record.len(),
        });
    };
    let holder =
        read_holder(&String::from_utf8_lossy(account)).map_err(|error| SnapshotError::Account {
            place: account_at(line),
            text: shown(account).into_owned(),
            error,
        })?;
    let amount = scale
        .read(&String::from_utf8_lossy(amount))
        .map_err(|error| SnapshotError::Amount {
            place: amount_at(line, scale),
            text: shown(amount).into_owned(),
            error,
        })?;
    Ok(Entry { holder, amount })
}

fn account_at(line: u64) -> Place {
    Place {
        line,
        column: 1,
        name: "account",
    }
}

fn amount_at(line: u64, scale: Scale) -> Place {
    let name = match scale {
        Scale::Alv => "amount",
        Scale::Units => "units",
    };
    Place {
        line,
        column: 2,
        name,
    }
}

/// What an error quotes: no more than a line.
fn shown(field: &[u8]) -> Cow<'_, str> {
    const MOST: usize = 80;
    match field.get(..MOST) {
        None => String::from_utf8_lossy(field),
        Some(start) => Cow::Owned(format!("{}…", String::from_utf8_lossy(start))),
    }
}
