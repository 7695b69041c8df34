//! Large states, written straight to storage.
//!
//! The weights of the embedded chain do not depend on how a state came about, so a state of 100,000
//! records need not be reached by 100,000 calls. `tests/scale.rs` shows that a small state written
//! so equals one that calls made.

use allive_calls::Code;
use allive_simulator::EmbeddedChain;
use ink::primitives::AccountId;
use scale::{Decode, DecodeAll, Encode};
use serde_json::Value;

/// Writes cells of one contract.
pub struct Filler<'c> {
    chain: &'c mut EmbeddedChain,
    contract: AccountId,
    metadata: Value,
}

impl<'c> Filler<'c> {
    /// A writer of the cells of `contract`, whose layout its metadata tells.
    ///
    /// # Panics
    /// If the metadata is not JSON.
    pub fn new(chain: &'c mut EmbeddedChain, contract: AccountId, code: &Code) -> Self {
        match serde_json::from_str(&code.metadata) {
            Ok(metadata) => Self {
                chain,
                contract,
                metadata,
            },
            Err(error) => panic!("metadata of {}: {error}", code.name),
        }
    }

    /// Writes the cell of a `Mapping` field.
    pub fn entry(&mut self, field: &str, key: impl Encode, value: impl Encode) {
        let mut cell = self.root_key(field);
        key.encode_to(&mut cell);
        self.chain.write_cell(self.contract, &cell, &value.encode());
    }

    /// Writes the cell of a `Lazy` field.
    pub fn cell(&mut self, field: &str, value: impl Encode) {
        let cell = self.root_key(field);
        self.chain.write_cell(self.contract, &cell, &value.encode());
    }

    /// Changes the root cell, whose fields are a `T` in order.
    ///
    /// # Panics
    /// If the root cell is no `T`.
    pub fn root<T: Encode + Decode>(&mut self, change: impl FnOnce(&mut T)) {
        const ROOT: [u8; 4] = [0; 4];
        let cell = self
            .chain
            .read_cell(self.contract, &ROOT)
            .unwrap_or_default();
        match T::decode_all(&mut &cell[..]) {
            Ok(mut root) => {
                change(&mut root);
                self.chain.write_cell(self.contract, &ROOT, &root.encode());
            }
            Err(error) => panic!("the root cell has other fields: {error}"),
        }
    }

    fn root_key(&self, field: &str) -> Vec<u8> {
        let root = &self.metadata["storage"]["root"]["layout"];
        let key = find(root, field)
            .and_then(|found| found["layout"]["root"]["root_key"].as_str())
            .and_then(|key| u32::from_str_radix(key.trim_start_matches("0x"), 16).ok());
        match key {
            // Metadata shows the four bytes of the key in the order in which they are stored.
            Some(key) => key.to_be_bytes().to_vec(),
            None => panic!("the storage has no cell of its own for `{field}`"),
        }
    }
}

/// The field of this name, of a layout or of a struct in it.
fn find<'a>(layout: &'a Value, field: &str) -> Option<&'a Value> {
    let fields = layout["struct"]["fields"].as_array()?;
    let own = fields.iter().find(|candidate| candidate["name"] == field);
    own.or_else(|| {
        let mut inner = fields.iter();
        inner.find_map(|outer| find(&outer["layout"], field))
    })
}

/// The account of the `number`th of many holders whom nobody controls.
pub fn holder(number: u32) -> AccountId {
    let mut bytes = [0xfe; 32];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    AccountId::from(bytes)
}
