//! The packs of a lot, off chain: what stands on each label, the Merkle tree over all packs, and
//! what a scanned label proves.
//!
//! - [`Batch::write`] makes serials, salts, tree, paths and labels of a lot.
//! - [`Serials`] are random, or a list of the maker's, in which no serial is twice and none can be
//!   guessed from others.
//! - [`Paths`] reads the proof of one pack out of the file of paths, or of a mirror of it.
//! - [`PackLabel`] is a label as scanned. [`check`] holds it against lot and paths, and makes the
//!   claim that the contract verifies; [`ask`] asks the chain.
//! - [`svg`] draws the GS1 DataMatrix.
//!
//! `contracts/provenance` defines a leaf, a lot and a claim.

#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

mod ask;
mod batch;
mod check;
mod cid;
mod day;
mod guessing;
mod hidden;
mod label;
mod lot_file;
mod paths;
mod picture;
mod secret;
mod serials;

pub use ask::{ask, Asked, Registry};
pub use batch::{Batch, BatchError, Files};
pub use check::{check, first_of_run, Verdict};
pub use cid::{Cid, CidError};
pub use day::{LastDay, LastDayError};
pub use guessing::{Guessable, Reason, LIKELIEST};
pub use hidden::{hidden_text, read_hidden};
pub use label::{LabelError, PackLabel, PROOF_LENGTH};
pub use lot_file::{LotFile, LotFileError, FORMAT};
pub use paths::{file_length, PathProof, Paths, PathsError, PathsWriter, BLOCK};
pub use picture::{svg, PictureError};
pub use secret::{LotSecret, PackKeys, SecretError};
pub use serials::{Duplicate, Serials, SerialsError};

use allive_epcis::identifiers::Gtin;
use allive_merkle::{leaf, Hash, Software};
use provenance::{pack_data, ProductName, PACK_DOMAIN};

/// The product that a GTIN names on the chain.
pub fn product(gtin: &Gtin) -> ProductName {
    // 14 digits.
    ProductName::Gtin(gtin.as_str().parse().unwrap_or_default())
}

/// The leaf of a pack, as the contract computes it.
pub fn pack_leaf(product: &ProductName, serial: &str, index: u64, salt: &[u8; 16]) -> Hash {
    let data = pack_data(product, serial.as_bytes(), index, salt);
    leaf::<Software>(&PACK_DOMAIN, &data)
}
