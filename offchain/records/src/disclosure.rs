//! A disclosure to a grantee, and its verification.
//!
//! The grantee needs only the disclosure from the patient. The commitment, its owner and its
//! contract come from the chain.
//!
//! Besides the chosen entries, a disclosure reveals the number of entries, the positions of the
//! chosen ones, and hashes of others. Guesses cannot be compared with these hashes, since each leaf
//! has its own salt. Two grantees of the same record can find out that it is the same. A patient
//! who does not want that registers the bundle again under a fresh secret.

use std::{collections::HashSet, fmt};

use allive_merkle::{verify, Hash, Software};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::{
    canonical,
    commitment::{commitment, leaf},
};

/// Chosen entries of a record with their proofs. As JSON, hashes and salts are hexadecimal strings
/// without a prefix.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    /// Opening of the commitment: the root of the record's tree.
    #[serde(with = "hex::serde")]
    pub root: Hash,
    /// Opening of the commitment: the number of entries.
    pub count: u64,
    /// Opening of the commitment: its salt.
    #[serde(with = "hex::serde")]
    pub salt: [u8; 32],
    /// The entries shown.
    pub entries: Vec<DisclosedEntry>,
}

/// One entry shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisclosedEntry {
    /// Its place in the record, from 0.
    pub index: u64,
    /// The entry, as the very text that was hashed (RFC 8785).
    pub canonical: String,
    /// The salt of its leaf.
    #[serde(with = "hex::serde")]
    pub salt: [u8; 32],
    /// The Merkle proof from its leaf to the root.
    #[serde(with = "hashes")]
    pub proof: Vec<Hash>,
}

/// Without the content: debug output ends up in logs.
impl fmt::Debug for Disclosure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disclosure")
            .field("entries", &self.entries)
            .finish_non_exhaustive()
    }
}

/// Without the content: debug output ends up in logs.
impl fmt::Debug for DisclosedEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DisclosedEntry")
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

/// Why a disclosure proves nothing.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum DisclosureError {
    /// Root, count and salt do not open this commitment for this chain,
    /// contract and owner.
    #[error("the disclosure does not open the commitment on chain")]
    WrongOpening,
    /// No entry is shown.
    #[error("the disclosure shows no entry")]
    Empty,
    /// An entry is shown twice.
    #[error("entry {index} is shown twice")]
    DuplicateEntry {
        /// The entry.
        index: u64,
    },
    /// The text is not JSON of one meaning in canonical form. Whoever made the
    /// record could otherwise commit to a text that two readers read differently.
    #[error("entry {index} is not canonical JSON")]
    NotCanonical {
        /// The entry.
        index: u64,
    },
    /// The entry is not the one at this place of the record.
    #[error("the proof of entry {index} does not lead to the record")]
    WrongProof {
        /// The entry.
        index: u64,
    },
}

/// An entry that was proved to stand at its place in the record.
///
/// It is proved to be what the owner committed to. It is not proved to be valid FHIR, or true.
#[derive(Clone, PartialEq)]
pub struct VerifiedEntry {
    index: u64,
    canonical: String,
    value: Value,
}

impl VerifiedEntry {
    /// Its place in the record, from 0.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The text that was committed.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// The entry as JSON.
    pub fn value(&self) -> &Value {
        &self.value
    }
}

/// Without the content: debug output ends up in logs.
impl fmt::Debug for VerifiedEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedEntry")
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

impl Disclosure {
    /// Checks everything against the chain's data. All entries are proved, or none is returned.
    ///
    /// # Errors
    /// The first fault, in the order opening, emptiness, then entry by entry.
    pub fn verify(
        &self,
        on_chain: Hash,
        chain: [u8; 32],
        contract: [u8; 32],
        owner: [u8; 32],
    ) -> Result<Vec<VerifiedEntry>, DisclosureError> {
        let opened = commitment(chain, contract, owner, self.root, self.count, self.salt);
        if opened != on_chain {
            return Err(DisclosureError::WrongOpening);
        }
        if self.entries.is_empty() {
            return Err(DisclosureError::Empty);
        }
        let mut seen = HashSet::new();
        self.entries
            .iter()
            .map(|entry| {
                let index = entry.index;
                if !seen.insert(index) {
                    return Err(DisclosureError::DuplicateEntry { index });
                }
                self.verify_entry(entry)
            })
            .collect()
    }

    fn verify_entry(&self, entry: &DisclosedEntry) -> Result<VerifiedEntry, DisclosureError> {
        let index = entry.index;
        let Ok(Some(value)) = canonical::parse_exact(&entry.canonical) else {
            return Err(DisclosureError::NotCanonical { index });
        };
        let leaf = leaf(&entry.salt, &entry.canonical);
        if !verify::<Software>(&self.root, index, self.count, &leaf, &entry.proof) {
            return Err(DisclosureError::WrongProof { index });
        }
        Ok(VerifiedEntry {
            index,
            canonical: entry.canonical.clone(),
            value,
        })
    }
}

/// A list of hashes as hexadecimal strings; `hex` itself knows single ones only.
mod hashes {
    use allive_merkle::Hash;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Hex(#[serde(with = "hex::serde")] Hash);

    pub fn serialize<S: Serializer>(hashes: &[Hash], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(hashes.iter().copied().map(Hex))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Hash>, D::Error> {
        let list = Vec::<Hex>::deserialize(deserializer)?;
        Ok(list.into_iter().map(|Hex(hash)| hash).collect())
    }
}
