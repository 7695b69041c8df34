use crate::{GrantId, RecordId};
use allive_access::Account;

/// What the Nexus keeps for an account and an heir can inherit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Holding {
    /// A record, for its owner.
    Record(RecordId),
    /// A grant, for its patient.
    Grant(GrantId),
    /// A grant, for its grantee, with the uses that it bought.
    Purchase(GrantId),
    /// The credit of this account.
    Credit(Account),
}
