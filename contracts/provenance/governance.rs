use allive_access::{Ownership, Upgrades};

/// The owner, and the upgrades that it announces. The owner has no other power.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Governance {
    /// The owner, who announces upgrades and carries them out.
    pub ownership: Ownership,
    /// The notice, and the announced upgrade.
    pub upgrades: Upgrades,
}
