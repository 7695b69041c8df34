//! The holders of an earlier token, as a Merkle tree that a distributor pays from.
//!
//! [`Snapshot`] reads a CSV, computes root, total and proofs, and writes them as files of which a
//! front end loads one. [`find`] reads one back. `interfaces/distributor` defines a leaf.

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

mod account;
mod amount;
mod files;
mod snapshot;

pub use account::{read_holder, AccountError};
pub use allive_distributor_interface::{leaf, Holder, DOMAIN};
pub use amount::{units, AmountError, DECIMALS};
pub use files::{find, Claim, FilesError, Summary, FORMAT};
pub use snapshot::{Entry, Place, Snapshot, SnapshotError};
