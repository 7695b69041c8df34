use allive_access::Pause;
use allive_olife_id_interface::IdentityId;

/// What ink! reads with every message: the inline fields of the root cell.
#[derive(Debug)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct State {
    /// How many identities were created.
    pub identity_count: IdentityId,
    /// The pause, which stops new risk.
    pub pause: Pause,
}
