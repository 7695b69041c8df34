//! The secret that lies hidden on a pack.

use crate::PackLabel;
use allive_merkle::Software;
use data_encoding::BASE32_NOPAD;
use provenance::{salt_of, Secret};

/// The hidden secret of a pack as it is printed: 26 characters of base 32.
pub fn hidden_text(secret: &Secret) -> String {
    BASE32_NOPAD.encode(secret)
}

/// Reads a hidden secret as a person types it: in either case, with spaces and hyphens. None if it
/// is none.
pub fn read_hidden(text: &str) -> Option<Secret> {
    let typed = text
        .chars()
        .filter(|character| !" -\t\r\n".contains(*character));
    let text: String = typed
        .map(|character| character.to_ascii_uppercase())
        .collect();
    let bytes = BASE32_NOPAD.decode(text.as_bytes()).ok()?;
    Secret::try_from(bytes).ok()
}

impl PackLabel {
    /// Whether a secret is the one that lies hidden on this pack.
    pub fn hides(&self, secret: &Secret) -> bool {
        salt_of::<Software>(secret) == self.salt
    }
}
