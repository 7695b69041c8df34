//! Content identifiers: the name of a file by its hash.

use data_encoding::{Encoding, BASE32_NOPAD};
use sha2::{Digest, Sha256};
use std::{fmt, io, str::FromStr};

/// Version 1, content as it is (`raw`), SHA-256, 32 bytes.
const PREFIX: [u8; 4] = [0x01, 0x55, 0x12, 0x20];

/// The content identifier of a file by its SHA-256: version 1 of the multiformats, codec `raw`.
///
/// Its binary form, of 36 bytes, is what a lot on the chain has as `paths`. Its text form begins
/// with `bafkrei`. Every mirror of the file has the same name for it. Nodes of IPFS exchange blocks
/// of at most 2 MiB, so the paths of more than some 65,000 packs are mirrored by plain servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cid([u8; 32]);

/// A text is no content identifier of this kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no content identifier of version 1 of raw content by SHA-256")]
pub struct CidError {
    /// The text.
    pub text: String,
}

impl Cid {
    /// That of content whose SHA-256 is known.
    pub const fn of_sha256(hash: [u8; 32]) -> Self {
        Self(hash)
    }

    /// That of a file, which is read to its end.
    ///
    /// # Errors
    /// What the reader says.
    pub fn of(reader: &mut impl io::Read) -> io::Result<Self> {
        let mut hasher = Sha256::new();
        io::copy(reader, &mut hasher)?;
        Ok(Self(hasher.finalize().into()))
    }

    /// The binary form.
    pub fn to_bytes(self) -> Vec<u8> {
        [&PREFIX[..], &self.0].concat()
    }
}

/// Base 32 of RFC 4648 in lower case, which multibase calls `b`.
fn lower() -> Encoding {
    let mut specification = BASE32_NOPAD.specification();
    specification.symbols.make_ascii_lowercase();
    // Only the case of letters differs from a valid one.
    specification.encoding().unwrap_or(BASE32_NOPAD)
}

impl fmt::Display for Cid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b{}", lower().encode(&self.to_bytes()))
    }
}

impl FromStr for Cid {
    type Err = CidError;

    fn from_str(text: &str) -> Result<Self, CidError> {
        let wrong = || CidError { text: text.into() };
        let bytes = text
            .strip_prefix('b')
            .and_then(|digits| lower().decode(digits.as_bytes()).ok())
            .ok_or_else(wrong)?;
        let hash = bytes.strip_prefix(&PREFIX).ok_or_else(wrong)?;
        Ok(Self(hash.try_into().map_err(|_| wrong())?))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn the_identifier_is_that_which_ipfs_gives_a_raw_block() {
        let text = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";
        let cid = Cid::of(&mut &b"hello world"[..]).unwrap();
        assert_eq!(cid.to_string(), text);
        assert_eq!(text.parse(), Ok(cid));
        assert_eq!(cid.to_bytes().len(), 36);
    }

    #[test]
    fn other_texts_are_no_identifiers() {
        let good = Cid::of_sha256([1; 32]).to_string();
        for text in [
            "",
            "b",
            &good[1..],
            &good.to_uppercase(),
            &good[..58],
            "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
        ] {
            assert_eq!(text.parse::<Cid>(), Err(CidError { text: text.into() }));
        }
    }
}
