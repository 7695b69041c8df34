use crate::ProposalId;
use allive_requests::ChainId;

/// What ink! reads with every message: the inline fields of the root cell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct CouncilState {
    /// How many proposals were made.
    pub proposal_count: ProposalId,
    /// Genesis hash of the chain, which signed requests bind. It never changes.
    pub chain: ChainId,
}
