use crate::{GrantId, RecordId};
use allive_access::Timestamp;
use allive_olife_id_interface::OlifeIdClient;
use allive_psp22_interface::Psp22Client;

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
}
