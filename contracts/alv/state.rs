use allive_access::Pause;

/// What ink! reads with every message: the inline fields of the root cell.
#[derive(Debug, Default)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct State {
    /// All units in being.
    pub total_supply: u128,
    /// Every transfer must know of it.
    pub pause: Pause,
}
