//! The hashes of a record: its leaves, and the commitment that the chain stores.

use allive_merkle::{Domain, Hash, Software};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Domain of a record's leaves.
pub const LEAF_DOMAIN: Domain = *b"allive/fhir-leaf";

/// Domain of a record's commitment.
pub const RECORD_DOMAIN: Domain = *b"allive/record/v1";

/// The commitment that the chain holds:
/// `SHA-256(domain || chain || contract || owner || root || count || salt)`.
///
/// `count` is a `u64`, little-endian. It is included because a proof shows a position among a
/// number of leaves. The salt hides the count like the rest.
///
/// `chain` is the genesis hash, `contract` and `owner` are account identifiers: a commitment that
/// is copied to another chain, contract or owner cannot be opened there.
pub fn commitment(
    chain: [u8; 32],
    contract: [u8; 32],
    owner: [u8; 32],
    root: Hash,
    count: u64,
    salt: [u8; 32],
) -> Hash {
    Sha256::new()
        .chain_update(RECORD_DOMAIN)
        .chain_update(chain)
        .chain_update(contract)
        .chain_update(owner)
        .chain_update(root)
        .chain_update(count.to_le_bytes())
        .chain_update(salt)
        .finalize()
        .into()
}

/// Hash of one leaf: the salt, then the canonical entry. The salt has a fixed
/// length, so the two cannot be shifted against each other.
pub(crate) fn leaf(salt: &[u8; 32], canonical: &str) -> Hash {
    let data = Zeroizing::new([salt.as_slice(), canonical.as_bytes()].concat());
    allive_merkle::leaf::<Software>(&LEAF_DOMAIN, &data)
}
