//! The leaf that stands for one holder in the Merkle tree of a snapshot.
//!
//! The contract verifies it, and the tool that builds the tree writes it. Both use this definition.

#![cfg_attr(not(feature = "std"), no_std)]
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

use allive_merkle::{Domain, Hash, Sha256};
use core::fmt;
use ink::{primitives::AccountId, scale::Encode};

/// The domain of lists of holders, which no other Merkle list uses.
pub const DOMAIN: Domain = *b"allive/holders  ";

/// A holder: an account of this chain, or an Ethereum address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Holder {
    /// An account of this chain.
    Account(AccountId),
    /// The last twenty bytes of the Keccak-256 hash of a secp256k1 public key.
    Address([u8; 20]),
}

/// `0x` and hex digits in lower case: 64 for an account, 40 for an address.
impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes: &[u8] = match self {
            Self::Account(account) => account.as_ref(),
            Self::Address(address) => address,
        };
        f.write_str("0x")?;
        bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The leaf at `index`: `holder` is owed `amount`, in the smallest unit.
///
/// [`allive_merkle::leaf`] of the SCALE encoding of (index, holder, amount): the index in 8 bytes,
/// little-endian; `0x00` and 32 bytes of an account, or `0x01` and 20 bytes of an address; the
/// amount in 16 bytes, little-endian.
#[must_use]
pub fn leaf<H: Sha256>(index: u64, holder: &Holder, amount: u128) -> Hash {
    allive_merkle::leaf::<H>(&DOMAIN, &(index, holder, amount).encode())
}
