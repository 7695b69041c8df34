//! What a record is hashed to: its leaves, and the commitment that the chain holds.

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
/// DESIGN, privacy rule 2, with the count added (as `u64`, little-endian): the
/// tree is positional, and a proof is one for a place among so many leaves. The
/// count stays hidden behind the salt like the rest.
///
/// `chain` is the genesis hash, `contract` and `owner` are account identifiers:
/// a commitment copied to another chain, contract or owner opens nothing there.
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
