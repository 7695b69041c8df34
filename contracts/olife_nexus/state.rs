use crate::{GrantId, RecordId};
use allive_access::Timestamp;
use allive_olife_id_interface::OlifeIdClient;
use allive_psp22_interface::Psp22Client;
use allive_requests::ChainId;

/// What ink! reads with every message: the inline fields of the root cell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct State {
    /// The token that pays for uses.
    pub token: Psp22Client,
    /// The Olife ID contract that decides who inherits.
    pub identities: OlifeIdClient,
    /// The longest that a grant may last, in milliseconds.
    pub longest_term: Timestamp,
    /// How many records were registered.
    pub record_count: RecordId,
    /// How many grants were offered.
    pub grant_count: GrantId,
    /// Genesis hash of the chain, which signed requests bind. It never changes, and is here so that
    /// a signed request reads no cell for it.
    pub chain: ChainId,
}
