//! The secret of a lot, and what is derived from it for each pack.

use allive_epcis::identifiers::{Gtin, Lot};
use allive_merkle::Software;
use hkdf::Hkdf;
use provenance::{salt_of, Secret};
use sha2::Sha256;
use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Begins the salt of HKDF's first step, so that a secret that serves two lots gives each others.
const LOT_DOMAIN: &[u8] = b"allive/packs/v1 ";
const HIDDEN_DOMAIN: &[u8] = b"allive/pack-hidden/v1";
const SERIAL_DOMAIN: &[u8] = b"allive/pack-serial/v1";

/// The secret of a lot: 32 bytes. Whoever has it can write the label of every pack. It is wiped
/// when dropped and never printed.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct LotSecret([u8; 32]);

/// Why there is no secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The system has no randomness to give.
    #[error("no randomness")]
    Randomness(#[source] getrandom::Error),
    /// What the system said.
    #[error("the secret {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// The file holds something else. The error does not repeat it.
    #[error("{} does not hold 64 hexadecimal digits", path.display())]
    NotASecret {
        /// The file.
        path: PathBuf,
    },
}

impl LotSecret {
    /// A new secret from the operating system.
    ///
    /// # Errors
    /// [`SecretError::Randomness`].
    pub fn generate() -> Result<Self, SecretError> {
        let mut secret = Self([0; 32]);
        getrandom::fill(&mut secret.0).map_err(SecretError::Randomness)?;
        Ok(secret)
    }

    /// A secret that was kept. The caller wipes its own copy.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret of a file. If there is no such file, it is made, with a new secret, and only its
    /// owner may read it. A file that is there is never written to.
    ///
    /// # Errors
    /// [`SecretError`].
    pub fn read_or_make(path: &Path) -> Result<Self, SecretError> {
        let failed = |error| SecretError::Io {
            path: path.into(),
            error,
        };
        let mut file = match private(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Self::read(path),
            file => file.map_err(failed)?,
        };
        let secret = Self::generate()?;
        let text = Zeroizing::new(hex::encode(secret.0));
        writeln!(file, "{}", *text)
            .and_then(|()| file.sync_all())
            .map_err(failed)?;
        Ok(secret)
    }

    fn read(path: &Path) -> Result<Self, SecretError> {
        let text = fs::read_to_string(path).map_err(|error| SecretError::Io {
            path: path.into(),
            error,
        })?;
        let text = Zeroizing::new(text);
        let mut secret = Self([0; 32]);
        hex::decode_to_slice(text.trim(), &mut secret.0)
            .map_err(|_| SecretError::NotASecret { path: path.into() })?;
        Ok(secret)
    }

    /// What is derived for the packs of a lot.
    pub fn keys(&self, gtin: &Gtin, lot: &Lot) -> PackKeys {
        let name = [
            LOT_DOMAIN,
            gtin.as_str().as_bytes(),
            lot.as_str().as_bytes(),
        ]
        .concat();
        PackKeys(Hkdf::new(Some(&name), &self.0))
    }
}

impl fmt::Debug for LotSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LotSecret(..)")
    }
}

/// Derives hidden secret, salt and serial of each pack of a lot, by HKDF-SHA-256 (RFC 5869).
///
/// The first step takes the lot's secret, and `allive/packs/v1 `, the 14 digits of the GTIN and the
/// code of the lot as salt. The second takes a domain and the index, as eight bytes big-endian, as
/// info. So one label tells nothing of the next.
pub struct PackKeys(Hkdf<Sha256>);

impl PackKeys {
    /// The secret that lies hidden on a pack, under a scratch-off or inside it. The patient
    /// confirms with it that she has the pack.
    pub fn hidden(&self, index: u64) -> Secret {
        self.derived(HIDDEN_DOMAIN, index)
    }

    /// The salt of a pack, which stands on its label: the contract's hash of the hidden secret.
    pub fn salt(&self, index: u64) -> [u8; 16] {
        salt_of::<Software>(&self.hidden(index))
    }

    /// The 80 bits that the random serial of a pack spells.
    pub(crate) fn serial(&self, index: u64) -> [u8; 10] {
        self.derived(SERIAL_DOMAIN, index)
    }

    fn derived<const LENGTH: usize>(&self, domain: &[u8], index: u64) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        // It fails only beyond 255 blocks of 32 bytes.
        let done = self
            .0
            .expand_multi_info(&[domain, &index.to_be_bytes()], &mut bytes);
        debug_assert!(done.is_ok());
        bytes
    }
}

impl fmt::Debug for PackKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PackKeys(..)")
    }
}

/// A new file that only its owner may read.
pub(crate) fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    /// Computed by Python's `hmac` from RFC 5869.
    #[test]
    fn salts_and_serials_are_those_of_hkdf() {
        let keys = LotSecret::from_bytes([7; 32])
            .keys(&"09506000134352".parse().unwrap(), &"V42".parse().unwrap());
        assert_eq!(
            hex::encode(keys.salt(0)),
            "dc110a33790c1449570756ad80c144f2"
        );
        assert_eq!(
            hex::encode(keys.salt(1 << 32)),
            "4415b92025caf884e28399429036efd0"
        );
        assert_eq!(hex::encode(keys.serial(258)), "1ddf7199c3710e15b9bc");
    }

    #[test]
    fn a_secret_that_serves_two_lots_gives_each_salts_of_its_own() {
        let secret = LotSecret::from_bytes([7; 32]);
        let keys = |gtin: &str, lot: &str| {
            secret
                .keys(&gtin.parse().unwrap(), &lot.parse().unwrap())
                .salt(0)
        };
        let one = keys("09506000134352", "V42");
        assert_ne!(one, keys("09506000134352", "V43"));
        assert_ne!(one, keys("09506000134369", "V42"));
    }
}
