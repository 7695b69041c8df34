//! Merkle proofs by position, after RFC 9162 section 2.1, with leaves bound
//! to a domain.
//!
//! A root commits to a list. A proof shows that a leaf is at one index of the list, so each index
//! can be used once. The domain prevents a leaf of one list from being valid in another list with
//! the same data.
//!
//! A contract needs [`leaf`] and [`verify`], which allocate nothing. Trees and
//! proofs are made off chain, with the feature `builder`.

#![no_std]
#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used
)]

#[cfg(feature = "builder")]
mod builder;

#[cfg(feature = "builder")]
pub use builder::{EmptyTree, Software, Tree};

/// A SHA-256 digest: a leaf, a node or a root.
pub type Hash = [u8; 32];

/// The purpose of a list. Its length is fixed, so data cannot be mistaken for a part of it.
pub type Domain = [u8; 16];

/// An implementation of SHA-256 (FIPS 180-4): the chain's host function or a library.
pub trait Sha256 {
    /// The digest of the concatenation of `parts`.
    fn sha256(parts: &[&[u8]]) -> Hash;
}

/// The hash of one entry of a list: `SHA-256(0x00 || domain || data)`.
///
/// RFC 9162 section 2.1.1, with the domain put before the data. The prefix differs from that of a
/// [`node`], so a node cannot be mistaken for an entry.
#[must_use]
pub fn leaf<H: Sha256>(domain: &Domain, data: &[u8]) -> Hash {
    H::sha256(&[&[0x00], domain, data])
}

/// The hash over two neighbours: `SHA-256(0x01 || left || right)` (RFC 9162
/// section 2.1.1).
#[must_use]
pub fn node<H: Sha256>(left: &Hash, right: &Hash) -> Hash {
    H::sha256(&[&[0x01], left, right])
}

/// Whether `proof` shows that `leaf` stands at `index` of the list of `count`
/// leaves with this `root` (RFC 9162 section 2.1.3.2).
///
/// `proof` holds the siblings from the leaf up, at most 64. Anything malformed
/// is `false`: an index outside the list, a proof too short or too long. At
/// most `proof.len()` hashes are computed, and none past the root.
///
/// `root` and `count` must both come from the publisher of the list, never from the caller: the
/// root does not commit to the count, and with another count the same leaf can be proved at another
/// index. The contract must compute `leaf` itself, by [`leaf`].
#[must_use]
pub fn verify<H: Sha256>(root: &Hash, index: u64, count: u64, leaf: &Hash, proof: &[Hash]) -> bool {
    if index >= count {
        return false;
    }
    // Positions of the path and of the last node on the current level: `fn` and `sn` of the RFC.
    let mut place = index;
    let mut last = count.saturating_sub(1);
    let mut hash = *leaf;

    for sibling in proof {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            hash = node::<H>(sibling, &hash);
            // The last node of an odd level has no sibling and moves unchanged to the level above.
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node::<H>(&hash, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}
