use allive_access::Pause;

/// What ink! reads with every message: the inline fields of the root cell.
#[derive(Debug, Default)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct State {
    /// The number of units that exist.
    pub total_supply: u128,
    /// The pause. It is here because every transfer checks it.
    pub pause: Pause,
}
