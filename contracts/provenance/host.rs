use allive_merkle::{Hash, Sha256};
use ink::env::hash::{CryptoHash, Sha2x256};

/// SHA-256 by the chain's host.
pub struct Host;

impl Sha256 for Host {
    fn sha256(parts: &[&[u8]]) -> Hash {
        let mut hash = Hash::default();
        Sha2x256::hash(&parts.concat(), &mut hash);
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_hashed_as_one_text() {
        // FIPS 180-4, the example of one block.
        let abc = Host::sha256(&[b"a", b"", b"bc"]);
        assert_eq!(abc[..4], [0xba, 0x78, 0x16, 0xbf]);
        assert_eq!(abc[28..], [0xf2, 0x00, 0x15, 0xad]);
    }
}
