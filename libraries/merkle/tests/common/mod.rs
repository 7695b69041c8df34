//! RFC 9162 section 2.1, written down from its definitions and slow: what the
//! crate is compared with. It shares no code with the crate but the digest.
#![allow(dead_code)] // each test file uses a part

use allive_merkle::{leaf, Domain, Hash, Sha256, Software};

pub const DOMAIN: &Domain = b"allive:test:v1\0\0";

/// Distinct leaves, as a list of `count` entries would have them.
pub fn leaves(count: u64) -> Vec<Hash> {
    (0..count)
        .map(|entry| leaf::<Software>(DOMAIN, &entry.to_le_bytes()))
        .collect()
}

/// The largest power of two below `n`, for `n > 1`.
fn split(n: usize) -> usize {
    let mut k = 1;
    while k * 2 < n {
        k *= 2;
    }
    k
}

/// `MTH` of section 2.1.1, over leaf hashes.
pub fn mth(leaves: &[Hash]) -> Hash {
    if leaves.len() == 1 {
        return leaves[0];
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let bytes = [&[1][..], &mth(left), &mth(right)].concat();
    Software::sha256(&[&bytes])
}

/// `PATH` of section 2.1.3.1, over leaf hashes.
pub fn path(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let k = split(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut proof, sibling) = if m < k {
        (path(m, left), right)
    } else {
        (path(m - k, right), left)
    };
    proof.push(mth(sibling));
    proof
}

/// On which side the siblings of leaf `m` of `n` stand, from the leaf up:
/// `true` is left. It is all that a verifier takes from index and count.
pub fn sides(m: usize, n: usize) -> Vec<bool> {
    if n == 1 {
        return Vec::new();
    }
    let k = split(n);
    let (mut sides, left) = if m < k {
        (sides(m, k), false)
    } else {
        (sides(m - k, n - k), true)
    };
    sides.push(left);
    sides
}
