//! The label of a pack: the four data of every label, and the proof of its own.

use crate::{pack_leaf, product};
use allive_epcis::identifiers::{Expiry, Gtin, IdentifierError, Label, Lot, Serial};
use allive_merkle::Hash;
use data_encoding::BASE32_NOPAD;

/// How many characters AI 91 has on the label of a pack.
pub const PROOF_LENGTH: usize = 32;

/// What the label of a pack says.
///
/// AI 01 is the product, AI 17 the expiry, AI 10 the lot, AI 21 the serial. AI 91, which a company
/// fills as it likes, has the index of the pack in its lot (four bytes, big-endian) and the salt of
/// the pack (16 bytes), in base 32 of RFC 4648: 32 characters, `A` to `Z` and `2` to `7`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackLabel {
    /// The product.
    pub gtin: Gtin,
    /// The expiry, if the lot has one.
    pub expiry: Option<Expiry>,
    /// The lot.
    pub lot: Lot,
    /// The serial.
    pub serial: Serial,
    /// Which pack of the lot, from 0.
    pub index: u32,
    /// The salt.
    pub salt: [u8; 16],
}

/// Why a text is not the label of a pack that can be proved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// It is no label of GS1.
    #[error("this is no label of GS1")]
    Gs1(#[from] IdentifierError),
    /// It lacks one of the data.
    #[error("the label has no ({ai})")]
    Missing {
        /// The application identifier: 10 is the lot, 21 the serial, 91 the proof.
        ai: &'static str,
    },
    /// AI 91 has something else than index and salt.
    #[error("(91) of the label is no index and salt: {PROOF_LENGTH} characters of base 32")]
    NotAProof,
}

impl PackLabel {
    /// Reads a label as scanned, with FNC1 as 0x1D and with or without the sign of its symbology;
    /// as people read it, in brackets; or as a GS1 Digital Link.
    ///
    /// # Errors
    /// [`LabelError`].
    pub fn read(text: &str) -> Result<Self, LabelError> {
        let label = Label::parse(text)?;
        let missing = |ai| LabelError::Missing { ai };
        let lot = label.lot.ok_or(missing("10"))?;
        let serial = label.serial.ok_or(missing("21"))?;
        let proof = label.company.ok_or(missing("91"))?;
        let proof = BASE32_NOPAD
            .decode(proof.as_bytes())
            .ok()
            .and_then(|bytes| <[u8; 20]>::try_from(bytes).ok())
            .ok_or(LabelError::NotAProof)?;
        let [first, second, third, fourth, salt @ ..] = proof;
        Ok(Self {
            gtin: label.gtin,
            expiry: label.expiry,
            lot,
            serial,
            index: u32::from_be_bytes([first, second, third, fourth]),
            salt,
        })
    }

    fn label(&self) -> Label {
        let proof = [&self.index.to_be_bytes()[..], &self.salt].concat();
        Label {
            gtin: self.gtin,
            expiry: self.expiry,
            lot: Some(self.lot.clone()),
            serial: Some(self.serial.clone()),
            company: Some(BASE32_NOPAD.encode(&proof)),
        }
    }

    /// The element string that the code carries: AI 01, 17, 10, 21, 91, with 0x1D behind each value
    /// of variable length but the last.
    pub fn element_string(&self) -> String {
        // Every value was checked when it was made.
        let elements = self.label().elements();
        elements
            .map(|elements| elements.scanned())
            .unwrap_or_default()
    }

    /// The same for people, in brackets.
    pub fn for_people(&self) -> String {
        let elements = self.label().elements();
        elements
            .map(|elements| elements.to_string())
            .unwrap_or_default()
    }

    /// The leaf of the pack in the tree of its lot, if the label is genuine.
    pub fn leaf(&self) -> Hash {
        pack_leaf(
            &product(&self.gtin),
            self.serial.as_str(),
            self.index.into(),
            &self.salt,
        )
    }
}
