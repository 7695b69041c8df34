//! What a contract stores, read past its messages.

use allive_simulator::EmbeddedChain;
use ink::primitives::AccountId;
use scale::{Decode, DecodeAll};
use std::collections::BTreeMap;

/// The cells of a contract by the storage key of their field: `b"OWED"` for
/// `u32::from_be_bytes(*b"OWED")`. Reading a field takes its cells out; none may be left at the
/// end.
pub struct StoredCells(BTreeMap<[u8; 4], Vec<Entry>>);

/// Key and value.
type Entry = (Vec<u8>, Vec<u8>);

impl StoredCells {
    /// The cells of `contract`.
    ///
    /// # Panics
    /// If one has no storage key.
    pub fn of(chain: &mut EmbeddedChain, contract: AccountId) -> Self {
        Self::sorted(&chain.cells(contract))
    }

    /// Cells of a contract that were read already.
    ///
    /// # Panics
    /// If one has no storage key.
    pub fn sorted(cells: &BTreeMap<Vec<u8>, Vec<u8>>) -> Self {
        let mut sorted = BTreeMap::<_, Vec<_>>::new();
        for (key, value) in cells {
            // The chain puts sixteen bytes of a hash before what the contract named, and the
            // contract the storage key before that of the mapping, its last byte first.
            let Some((field, key)) = key[16..].split_first_chunk::<4>() else {
                panic!("a cell without a storage key: {key:?}");
            };
            let name = u32::from_le_bytes(*field).to_be_bytes();
            let entries = sorted.entry(name).or_default();
            entries.push((key.to_vec(), value.clone()));
        }
        Self(sorted)
    }

    /// The root cell, whose fields are a `V` in order.
    ///
    /// # Panics
    /// If there is none, or it is no `V`.
    #[track_caller]
    pub fn root<V: Decode>(&mut self) -> V {
        match self.cell(&[0; 4]) {
            Some(root) => root,
            None => panic!("there is no root cell"),
        }
    }

    /// The cell of a `Lazy`, if there is one.
    ///
    /// # Panics
    /// If it is no `V`.
    #[track_caller]
    pub fn cell<V: Decode>(&mut self, name: &[u8; 4]) -> Option<V> {
        let mut cells: Vec<((), V)> = self.entries(name);
        assert!(cells.len() <= 1, "more than one cell of {name:?}");
        cells.pop().map(|((), value)| value)
    }

    /// The entries of a `Mapping`.
    ///
    /// # Panics
    /// If a key is no `K`, or a value no `V`.
    #[track_caller]
    pub fn entries<K: Decode, V: Decode, C: FromIterator<(K, V)>>(&mut self, name: &[u8; 4]) -> C {
        let cells = self.0.remove(name).unwrap_or_default();
        let entries = cells.iter().map(|(key, value)| (whole(key), whole(value)));
        entries.collect()
    }
}

impl Drop for StoredCells {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.0.is_empty(), "unknown cells: {:?}", self.0);
        }
    }
}

#[track_caller]
fn whole<T: Decode>(bytes: &[u8]) -> T {
    match T::decode_all(&mut &bytes[..]) {
        Ok(value) => value,
        Err(error) => panic!("a cell holds less or more than it should: {error}"),
    }
}
