//! A record: a bundle, a secret, and their Merkle tree.
//!
//! All randomness of a record comes from one secret of 256 bits. HKDF-SHA256 derives from it the
//! salt of each leaf and the salt of the commitment. So the patient keeps only the bundle and 32
//! bytes, and erasing these 32 bytes makes the hash on chain meaningless.
//!
//! The salt of a leaf hides an entry that is not disclosed. Without it, anybody with a proof could
//! compare the hash of a neighbour with the few hundred plausible heart rates.

use std::fmt;

use allive_merkle::{EmptyTree, Hash, Tree};
use hkdf::Hkdf;
use sha2::Sha256;
use thiserror::Error;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    bundle::{Bundle, Entry},
    commitment::{commitment, leaf},
    disclosure::{DisclosedEntry, Disclosure},
};

const SALT_DOMAIN: &[u8] = b"allive/record-salts/v1";

/// The secret of one record.
///
/// Take a new one each time a record is registered: under the same secret the
/// salts of two records are the same, so that an entry shown of one would open
/// the other to guessing. That is why this type cannot be cloned. It is wiped
/// when dropped and never printed.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RecordSecret([u8; 32]);

impl RecordSecret {
    /// A fresh secret from the operating system.
    ///
    /// # Errors
    /// If the system has no randomness to give.
    pub fn generate() -> Result<Self, RecordError> {
        let mut secret = Self([0; 32]);
        getrandom::fill(&mut secret.0).map_err(RecordError::Randomness)?;
        Ok(secret)
    }

    /// A secret that was stored. The caller must wipe its own copy.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, in order to keep them. Whoever has them can open the whole
    /// record entry by entry, by guessing.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for RecordSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecordSecret(..)")
    }
}

/// Why a record cannot be made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The operating system gave no randomness.
    #[error("no randomness from the operating system")]
    Randomness(#[source] getrandom::Error),
    /// A salt could not be derived. HKDF always gives 32 bytes; the variant exists instead of a
    /// panic.
    #[error("a salt could not be derived")]
    Derivation,
    /// There are no entries. A [`Bundle`] always has some.
    #[error("a record needs an entry")]
    Empty,
}

impl From<EmptyTree> for RecordError {
    fn from(_: EmptyTree) -> Self {
        Self::Empty
    }
}

/// Why entries cannot be shown.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DiscloseError {
    /// No entry was chosen.
    #[error("no entry was chosen")]
    Nothing,
    /// There is no such entry.
    #[error("entry {index} does not exist, the record has {count}")]
    NoSuchEntry {
        /// The entry asked for.
        index: u64,
        /// How many entries the record has.
        count: u64,
    },
    /// An entry was chosen twice.
    #[error("entry {index} was chosen twice")]
    Duplicate {
        /// The entry.
        index: u64,
    },
    /// A salt could not be derived.
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// The public data of a record's tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordTree {
    /// The Merkle root over the salted leaves.
    pub root: Hash,
    /// The number of leaves, which is that of the bundle's entries.
    pub count: u64,
}

struct Salts(Hkdf<Sha256>);

impl Salts {
    fn new(secret: &RecordSecret) -> Self {
        Self(Hkdf::new(Some(SALT_DOMAIN), &secret.0))
    }

    fn derive(&self, info: &[&[u8]]) -> Result<Zeroizing<[u8; 32]>, RecordError> {
        let mut salt = Zeroizing::new([0; 32]);
        self.0
            .expand_multi_info(info, salt.as_mut_slice())
            .map_err(|_| RecordError::Derivation)?;
        Ok(salt)
    }

    fn leaf(&self, index: u64) -> Result<Zeroizing<[u8; 32]>, RecordError> {
        self.derive(&[b"leaf", &index.to_be_bytes()])
    }

    fn commitment(&self) -> Result<Zeroizing<[u8; 32]>, RecordError> {
        self.derive(&[b"commitment"])
    }
}

/// A bundle under a secret, ready to be registered and shown in parts.
///
/// It is a function of the two: the same bundle and secret give the same record
/// again, and the same bundle under a fresh secret gives a record that nobody
/// can link to the first.
pub struct Record {
    bundle: Bundle,
    secret: RecordSecret,
    tree: Tree,
    commitment_salt: Zeroizing<[u8; 32]>,
}

impl Record {
    /// Builds the tree of a bundle.
    ///
    /// # Errors
    /// [`RecordError::Derivation`] and [`RecordError::Empty`], neither of which
    /// a [`Bundle`] can cause.
    pub fn new(bundle: Bundle, secret: RecordSecret) -> Result<Self, RecordError> {
        let salts = Salts::new(&secret);
        let leaves = (0..)
            .zip(bundle.entries())
            .map(|(index, entry)| Ok(leaf(&*salts.leaf(index)?, entry.canonical())))
            .collect::<Result<Vec<_>, RecordError>>()?;
        Ok(Self {
            tree: Tree::build(leaves)?,
            commitment_salt: salts.commitment()?,
            bundle,
            secret,
        })
    }

    /// Root and count of the tree.
    pub fn tree(&self) -> RecordTree {
        RecordTree {
            root: self.tree.root(),
            count: self.tree.count(),
        }
    }

    /// The entries, in the order of their leaves.
    pub fn entries(&self) -> &[Entry] {
        self.bundle.entries()
    }

    /// The secret, in order to keep it.
    pub fn secret(&self) -> &RecordSecret {
        &self.secret
    }

    /// The salt of the commitment. Together with [`Record::tree`] it opens the
    /// commitment and shows no entry.
    pub fn commitment_salt(&self) -> &[u8; 32] {
        &self.commitment_salt
    }

    /// The commitment to register on chain for this owner; see [`commitment`].
    pub fn commitment(&self, chain: [u8; 32], contract: [u8; 32], owner: [u8; 32]) -> Hash {
        let RecordTree { root, count } = self.tree();
        commitment(chain, contract, owner, root, count, *self.commitment_salt)
    }

    /// The disclosure of these entries for a grantee, in the given order.
    ///
    /// # Errors
    /// If nothing is chosen, an entry does not exist, or is chosen twice.
    pub fn disclose(&self, indices: &[u64]) -> Result<Disclosure, DiscloseError> {
        if indices.is_empty() {
            return Err(DiscloseError::Nothing);
        }
        let RecordTree { root, count } = self.tree();
        let salts = Salts::new(&self.secret);
        let mut seen = std::collections::HashSet::new();
        let mut entries = Vec::with_capacity(indices.len());
        for &index in indices {
            let missing = DiscloseError::NoSuchEntry { index, count };
            let entry = usize::try_from(index)
                .ok()
                .and_then(|place| self.entries().get(place));
            let (Some(entry), Some(proof)) = (entry, self.tree.proof(index)) else {
                return Err(missing);
            };
            if !seen.insert(index) {
                return Err(DiscloseError::Duplicate { index });
            }
            entries.push(DisclosedEntry {
                index,
                canonical: entry.canonical().to_owned(),
                salt: *salts.leaf(index)?,
                proof,
            });
        }
        Ok(Disclosure {
            root,
            count,
            salt: *self.commitment_salt,
            entries,
        })
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").finish_non_exhaustive()
    }
}
