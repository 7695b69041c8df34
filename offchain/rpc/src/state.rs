//! What the chain knows about a contract, read from its storage.

use allive_calls::Deposit;
use ink::primitives::AccountId;
use scale::Decode;
use sp_core::hashing::{twox_128, twox_64};

/// A contract as the chain stores it.
///
/// The pallet keeps the two counters private, but not their encoding.
#[derive(Clone, Debug, PartialEq, Eq, Decode)]
pub struct ContractInfo {
    trie: Vec<u8>,
    /// Hash of its code.
    pub code_hash: [u8; 32],
    /// Bytes that it stores.
    pub bytes: u32,
    /// Items that it stores.
    pub items: u32,
}

impl ContractInfo {
    /// What was added since `before`; all of it if there was no contract.
    pub fn since(&self, before: Option<&Self>) -> Deposit {
        let (items, bytes) = before.map_or((0, 0), |before| (before.items, before.bytes));
        Deposit {
            items: i64::from(self.items) - i64::from(items),
            bytes: i64::from(self.bytes) - i64::from(bytes),
        }
    }
}

/// Key of a value that is alone under its name.
pub(crate) fn value(pallet: &str, name: &str) -> Vec<u8> {
    [twox_128(pallet.as_bytes()), twox_128(name.as_bytes())].concat()
}

/// Key of what the chain knows about a contract.
pub(crate) fn contract(contract: &AccountId) -> Vec<u8> {
    let account = AsRef::<[u8; 32]>::as_ref(contract);
    let mut key = value("Contracts", "ContractInfoOf");
    key.extend(twox_64(account));
    key.extend(account);
    key
}

/// Key of what the chain knows about a code.
pub(crate) fn code(hash: &[u8; 32]) -> Vec<u8> {
    let mut key = value("Contracts", "CodeInfoOf");
    key.extend(hash); // `Identity`: a hash is spread enough
    key
}

/// Key of an account's balances.
pub(crate) fn account(account: &AccountId) -> Vec<u8> {
    let account = AsRef::<[u8; 32]>::as_ref(account);
    let mut key = value("System", "Account");
    key.extend(sp_core::hashing::blake2_128(account));
    key.extend(account);
    key
}
