//! Proofs as files that any web server can hand out.

use crate::{Holder, Snapshot};
use allive_merkle::Hash;
use serde::{de::Error as _, Deserialize, Deserializer, Serialize, Serializer};
use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// The version of the format of leaves and files. A change of either gets another number.
///
/// ```text
/// snapshot.json       {"format": "allive-holders/1", "root": "0x…", "count": 3, "total": "1250000001", "shard_digits": 1}
/// proofs/<x>.json     {"0x…": {"index": 0, "amount": "1250000000", "proof": ["0x…", …]}, …}
/// ```
///
/// The holders whose account, in hex, ends with the digits `<x>` are in `proofs/<x>.json`.
/// `snapshot.json` has the number of these digits, which is chosen so that a file has about 64
/// holders at most. So a front end loads two small files and computes nothing, however many holders
/// there are. A holder is written in lower case: 64 digits for an account, 40 for an address.
/// Amounts are in the smallest unit, as strings, since JavaScript's numbers are too small for them.
/// If there is no file, there is no such holder.
///
/// The same list gives the same bytes.
pub const FORMAT: &str = "allive-holders/1";

const SUMMARY: &str = "snapshot.json";
const PROOFS: &str = "proofs";

/// Holders in a file of proofs, on average, at most: some 90 KB.
const PER_SHARD: u64 = 64;
/// The digits for a snapshot of 64 × 16^6 holders, about a thousand million.
const MAX_DIGITS: u32 = 6;

/// The published data of a whole list: `snapshot.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// [`FORMAT`].
    pub format: String,
    /// The root, for the distributor's constructor.
    #[serde(with = "hash")]
    pub root: Hash,
    /// The number of holders, for the same.
    pub count: u64,
    /// The sum of all amounts, in the smallest unit: what the distributor must hold.
    #[serde(with = "units")]
    pub total: u128,
    /// How many last hex digits of an account name its file of proofs.
    pub shard_digits: u32,
}

/// What a holder submits, beside her account or address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Her index in the list.
    pub index: u64,
    /// Her amount, in the smallest unit.
    #[serde(with = "units")]
    pub amount: u128,
    /// The proof that this is in the list.
    #[serde(with = "hashes")]
    pub proof: Vec<Hash>,
}

/// Why files of proofs could not be written, or read.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// What the system said.
    #[error("{}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// The folder exists already. Old proofs beside new ones would be misleading.
    #[error("{} exists already: name a new folder", path.display())]
    Exists {
        /// What is there.
        path: PathBuf,
    },
    /// A file is not what this writes.
    #[error("{}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        error: serde_json::Error,
    },
    /// A snapshot of another format.
    #[error("{} has the format {found:?}, not {FORMAT:?}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// The format it names.
        found: String,
    },
}

impl Snapshot {
    /// Writes `proofs/` and `snapshot.json` into `folder`, which is created if it is not there.
    /// `snapshot.json` comes last, so that a run that was broken off leaves none.
    ///
    /// `progress` is told the number of proofs written, from time to time.
    ///
    /// # Errors
    /// [`FilesError::Exists`] if `proofs` is there already; [`FilesError::Io`].
    pub fn write(&self, folder: &Path, mut progress: impl FnMut(u64)) -> Result<(), FilesError> {
        let proofs = folder.join(PROOFS);
        fs::create_dir_all(folder).map_err(at(folder))?;
        fs::create_dir(&proofs).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => FilesError::Exists {
                path: proofs.clone(),
            },
            _ => at(&proofs)(error),
        })?;

        let summary = self.summary();
        let mut order: Vec<_> = (0..)
            .zip(self.entries())
            .map(|(index, entry)| (shard(&entry.holder, summary.shard_digits), index, entry))
            .collect();
        order.sort_unstable_by_key(|(shard, index, _)| (*shard, *index));

        let mut written = 0_u64;
        for holders in order.chunk_by(|(left, ..), (right, ..)| left == right) {
            let claims = holders.iter().map(|(_, index, entry)| {
                let claim = Claim {
                    index: *index,
                    amount: entry.amount,
                    proof: self.proof(*index).unwrap_or_default(),
                };
                (entry.holder.to_string(), claim)
            });
            let Some((shard, ..)) = holders.first() else {
                continue;
            };
            write_json(
                &proofs.join(shard_name(*shard, summary.shard_digits)),
                |file| serde_json::Serializer::new(file).collect_map(claims),
            )?;
            written = written.saturating_add(u64::try_from(holders.len()).unwrap_or(u64::MAX));
            progress(written);
        }
        write_json(&folder.join(SUMMARY), |file| {
            serde_json::to_writer_pretty(file, &summary)
        })
    }
}

impl Summary {
    /// Reads `snapshot.json` from `folder`.
    ///
    /// # Errors
    /// [`FilesError::Io`], [`FilesError::Json`], [`FilesError::Format`].
    pub fn read(folder: &Path) -> Result<Self, FilesError> {
        /// What every format has.
        #[derive(Deserialize)]
        struct Version {
            format: String,
        }
        let path = folder.join(SUMMARY);
        let text = fs::read(&path).map_err(at(&path))?;
        let version: Version = serde_json::from_slice(&text).map_err(not_ours(&path))?;
        if version.format != FORMAT {
            let found = version.format;
            return Err(FilesError::Format { path, found });
        }
        serde_json::from_slice(&text).map_err(not_ours(&path))
    }
}

/// The claim of `holder` among the files in `folder`; `None` if she is not in the list. It is not
/// verified: the distributor does that.
///
/// # Errors
/// [`FilesError::Io`], [`FilesError::Json`], [`FilesError::Format`].
pub fn find(folder: &Path, holder: &Holder) -> Result<Option<Claim>, FilesError> {
    let digits = Summary::read(folder)?.shard_digits;
    let path = folder
        .join(PROOFS)
        .join(shard_name(shard(holder, digits), digits));
    let text = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        text => text.map_err(at(&path))?,
    };
    let mut claims: HashMap<String, Claim> =
        serde_json::from_slice(&text).map_err(not_ours(&path))?;
    Ok(claims.remove(&holder.to_string()))
}

/// As few as keep the average below [`PER_SHARD`].
pub(crate) fn shard_digits(count: u64) -> u32 {
    (1..MAX_DIGITS)
        .find(|digits| count.div_ceil(PER_SHARD) <= 16_u64.saturating_pow(*digits))
        .unwrap_or(MAX_DIGITS)
}

/// The number that the last `digits` hex digits of the account make.
fn shard(holder: &Holder, digits: u32) -> u32 {
    let bytes: &[u8] = match holder {
        Holder::Account(account) => account.as_ref(),
        Holder::Address(address) => address,
    };
    let end = bytes.last_chunk().copied().map_or(0, u32::from_be_bytes);
    end & 16_u32.saturating_pow(digits).saturating_sub(1)
}

fn shard_name(shard: u32, digits: u32) -> String {
    let width = usize::try_from(digits).unwrap_or_default();
    format!("{shard:0width$x}.json")
}

fn write_json(
    path: &Path,
    json: impl FnOnce(&mut BufWriter<File>) -> serde_json::Result<()>,
) -> Result<(), FilesError> {
    let mut file = BufWriter::new(File::create_new(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => FilesError::Exists { path: path.into() },
        _ => at(path)(error),
    })?);
    json(&mut file).map_err(io::Error::from).map_err(at(path))?;
    file.write_all(b"\n")
        .and_then(|()| file.flush())
        .map_err(at(path))
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> FilesError + '_ {
    move |error| FilesError::Io {
        path: path.into(),
        error,
    }
}

fn not_ours(path: &Path) -> impl FnOnce(serde_json::Error) -> FilesError + '_ {
    move |error| FilesError::Json {
        path: path.into(),
        error,
    }
}

fn hash_text(hash: &Hash) -> String {
    let mut text = String::from("0x");
    text.push_str(&hex::encode(hash));
    text
}

fn read_hash<E: serde::de::Error>(text: &str) -> Result<Hash, E> {
    let mut hash = Hash::default();
    let digits = text
        .strip_prefix("0x")
        .ok_or_else(|| E::custom("no 0x before a hash"))?;
    hex::decode_to_slice(digits, &mut hash).map_err(E::custom)?;
    Ok(hash)
}

/// A hash as `0x` and 64 digits.
mod hash {
    use super::*;

    pub fn serialize<S: Serializer>(hash: &Hash, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hash_text(hash))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Hash, D::Error> {
        read_hash(&String::deserialize(deserializer)?)
    }
}

/// Hashes as `0x` and 64 digits each.
mod hashes {
    use super::*;

    pub fn serialize<S: Serializer>(hashes: &[Hash], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(hashes.iter().map(hash_text))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Hash>, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        texts.iter().map(|text| read_hash(text)).collect()
    }
}

/// A number of units as a text.
mod units {
    use super::*;

    pub fn serialize<S: Serializer>(units: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(units)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}
