use allive_access::{Ownership, Upgrades};

/// Who may replace the code of this contract, and how it is announced. Nothing else is governed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Governance {
    /// Announces upgrades and carries them out.
    pub ownership: Ownership,
    /// The notice, and what is announced.
    pub upgrades: Upgrades,
}
