//! `lot.json`: what a lot is commissioned with.

use crate::{product, Cid, LastDay};
use allive_epcis::identifiers::{Gtin, Lot};
use allive_merkle::Hash;
use provenance::{NewLot, Serials, MAX_COUNT};
use scale::Encode;
use serde::{Deserialize, Serialize};
use std::{fmt::Display, fs, io, path::Path, str::FromStr};

/// The version of leaves, labels and files. A change of any of them gets another one.
pub const FORMAT: &str = "allive-packs/1";

/// A lot with serials, as `Commission` takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotFile {
    /// The product.
    pub gtin: Gtin,
    /// The code of the lot.
    pub lot: Lot,
    /// The last day of use.
    pub expiry: Option<LastDay>,
    /// How many packs.
    pub count: u64,
    /// The root of the tree.
    pub root: Hash,
    /// The identifier of the file of paths.
    pub paths: Cid,
}

/// What is wrong with `lot.json`.
#[derive(Debug, thiserror::Error)]
pub enum LotFileError {
    /// It cannot be read.
    #[error("it cannot be read")]
    Io(#[from] io::Error),
    /// It is not what this writes.
    #[error("it is no description of a lot")]
    Json(#[from] serde_json::Error),
    /// It has another format.
    #[error("it has the format {found:?}, not {FORMAT:?}")]
    Format {
        /// The format that it names.
        found: String,
    },
    /// A field is not what it should be.
    #[error("{field}: {why}")]
    Field {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        why: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: String,
    gtin: String,
    lot: String,
    expiry: Option<String>,
    /// As the chain has it. Read from `expiry`.
    #[serde(default)]
    expiry_day: Option<u32>,
    count: u64,
    root: String,
    paths: String,
    /// `NewLot` in SCALE, for a tool that takes bytes. Made of the fields above, and never read.
    #[serde(default)]
    new_lot: String,
}

impl LotFile {
    /// What `Commission` takes, beside the place.
    pub fn new_lot(&self) -> NewLot {
        NewLot {
            product: product(&self.gtin),
            code: self.lot.as_str().into(),
            expiry: self.expiry.map(LastDay::number),
            count: self.count,
            serials: Some(Serials {
                root: self.root,
                paths: self.paths.to_bytes(),
            }),
        }
    }

    /// The text of `lot.json`.
    ///
    /// # Errors
    /// None is known.
    pub fn to_json(&self) -> Result<String, LotFileError> {
        let mut text = serde_json::to_string_pretty(&Written {
            format: FORMAT.into(),
            gtin: self.gtin.to_string(),
            lot: self.lot.to_string(),
            expiry: self.expiry.map(|day| day.to_string()),
            expiry_day: self.expiry.map(LastDay::number),
            count: self.count,
            root: in_hex(&self.root),
            paths: self.paths.to_string(),
            new_lot: in_hex(&self.new_lot().encode()),
        })?;
        text.push('\n');
        Ok(text)
    }

    /// Reads `lot.json`.
    ///
    /// # Errors
    /// [`LotFileError`].
    pub fn read(path: &Path) -> Result<Self, LotFileError> {
        let text = fs::read(path)?;
        let written: Written = serde_json::from_slice(&text)?;
        if written.format != FORMAT {
            let found = written.format;
            return Err(LotFileError::Format { found });
        }
        if written.count == 0 || written.count > MAX_COUNT {
            return Err(LotFileError::Field {
                field: "count",
                why: "a lot has 1 to 2^32 packs".into(),
            });
        }
        let mut root = Hash::default();
        let digits = written.root.strip_prefix("0x").unwrap_or_default();
        hex::decode_to_slice(digits, &mut root).map_err(|error| LotFileError::Field {
            field: "root",
            why: error.to_string(),
        })?;
        Ok(Self {
            gtin: field("gtin", &written.gtin)?,
            lot: field("lot", &written.lot)?,
            expiry: written
                .expiry
                .map(|day| field("expiry", &day))
                .transpose()?,
            count: written.count,
            root,
            paths: field("paths", &written.paths)?,
        })
    }
}

fn field<T: FromStr>(field: &'static str, text: &str) -> Result<T, LotFileError>
where
    T::Err: Display,
{
    text.parse().map_err(|error: T::Err| LotFileError::Field {
        field,
        why: error.to_string(),
    })
}

fn in_hex(bytes: &[u8]) -> String {
    format!("0x{}", hex::encode(bytes))
}
