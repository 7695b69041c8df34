use allive_access::{Ownership, PauseTerms};

/// Who governs the token, and what the constructor fixed for good.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Governance {
    /// Grants and revokes roles.
    pub ownership: Ownership,
    /// The most units that can exist at one time.
    pub cap: u128,
    /// How long a pause lasts, and the cooldown before the next.
    pub pause: PauseTerms,
}
