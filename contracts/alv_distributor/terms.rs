use allive_merkle::Hash;
use allive_psp22_interface::Psp22Client;
use allive_signatures::ChainId;
use ink::primitives::AccountId;

/// What the constructor fixed for good.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct ClaimTerms {
    /// ALV.
    pub token: Psp22Client,
    /// Root of the list of holders.
    pub root: Hash,
    /// The number of holders. The root does not commit to it, so a proof may not bring it.
    pub count: u64,
    /// The last moment, in milliseconds, at which a claim is good.
    pub deadline: u64,
    /// Who receives the unclaimed remainder.
    pub remainder_to: AccountId,
    /// Genesis hash of the chain, which signatures bind.
    pub chain: ChainId,
}
