//! Builds Merkle trees and proofs, off chain.

extern crate alloc;

use crate::{node, Hash, Sha256};
use alloc::vec::Vec;
use core::fmt;
use sha2::Digest;

/// SHA-256 in software, for clients and tests.
#[derive(Clone, Copy, Debug)]
pub struct Software;

impl Sha256 for Software {
    fn sha256(parts: &[&[u8]]) -> Hash {
        let mut hasher = sha2::Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        hasher.finalize().into()
    }
}

/// The list has no leaves. Nothing could be proved with its root, so it must be a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmptyTree;

impl fmt::Display for EmptyTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Merkle tree needs at least one leaf")
    }
}

impl core::error::Error for EmptyTree {}

/// A Merkle tree with all its levels: about 64 bytes for each leaf.
#[derive(Clone, Debug)]
pub struct Tree {
    root: Hash,
    /// From the leaves up to the root.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree over `leaves`, in their order, each made by [`leaf`](crate::leaf).
    ///
    /// RFC 9162 section 2.1.1 splits a list at the largest power of two below
    /// its length. Pairing neighbours level by level, and lifting the last
    /// node of an odd level unchanged, gives the same tree.
    ///
    /// # Errors
    ///
    /// [`EmptyTree`] if there are no leaves.
    pub fn build(leaves: Vec<Hash>) -> Result<Self, EmptyTree> {
        let mut levels = Vec::new();
        let mut level = leaves;
        loop {
            let above = match level.as_slice() {
                [] => return Err(EmptyTree),
                [root] => {
                    let root = *root;
                    levels.push(level);
                    return Ok(Self { root, levels });
                }
                nodes => pair(nodes),
            };
            levels.push(level);
            level = above;
        }
    }

    /// The root that is published.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.root
    }

    /// The number of leaves, which is published with the root.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// The siblings of the leaf at `index` from the leaf up, as
    /// [`verify`](crate::verify) takes them (RFC 9162 section 2.1.3.1); `None`
    /// outside the list.
    #[must_use]
    pub fn proof(&self, index: u64) -> Option<Vec<Hash>> {
        if index >= self.count() {
            return None;
        }
        let mut place = usize::try_from(index).ok()?;
        let mut proof = Vec::with_capacity(self.levels.len());
        for level in &self.levels {
            proof.extend(level.get(place ^ 1));
            place >>= 1;
        }
        Some(proof)
    }
}

fn pair(nodes: &[Hash]) -> Vec<Hash> {
    let mut above = Vec::with_capacity(nodes.len().div_ceil(2));
    let mut pairs = nodes.chunks_exact(2);
    for neighbours in pairs.by_ref() {
        if let [left, right] = neighbours {
            above.push(node::<Software>(left, right));
        }
    }
    above.extend_from_slice(pairs.remainder());
    above
}
