use allive_access::Pause;
use allive_requests::ChainId;

/// What ink! reads with every message: the inline fields of the root cell.
#[derive(Debug, Default)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct State {
    /// The number of units that exist.
    pub total_supply: u128,
    /// The pause. It is here because every transfer checks it.
    pub pause: Pause,
    /// Genesis hash of the chain, which signed requests bind. It never changes, and is here so that
    /// a signed request reads no cell for it.
    pub chain: ChainId,
}
