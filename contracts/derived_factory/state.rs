use crate::DappId;
use allive_access::Pause;
use allive_psp22_interface::Psp22Client;

/// What ink! reads with every message: the inline fields of the root cell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct FactoryState {
    /// The collateral: the token that is staked and that units are bought with.
    pub alv: Psp22Client,
    /// While a pause lasts, nobody can register, buy, convert or reward.
    pub pause: Pause,
    /// How many DAPPs registered.
    pub dapp_count: DappId,
}
