//! The events of the Nexus. No event has a patient's account as a topic, since observers index
//! topics. Ownership and upgrades have the events of `allive_access`.

use crate::{GrantId, Holding, Kind, Purpose, RecordId};
use allive_access::Timestamp;
use ink::primitives::AccountId;

/// A patient committed to a record.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRegistered {
    /// The new record.
    #[ink(topic)]
    pub record: RecordId,
    /// The commitment.
    pub commitment: [u8; 32],
    /// The format of the record.
    pub kind: Kind,
}

/// A patient offered a record to a grantee.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantOffered {
    /// The new grant.
    #[ink(topic)]
    pub grant: GrantId,
    /// Who may buy and use.
    #[ink(topic)]
    pub grantee: AccountId,
    /// The record.
    pub record: RecordId,
    /// The purpose.
    pub purpose: Purpose,
    /// Price of one use.
    pub price: u128,
    /// How many uses are for sale.
    pub uses: u32,
    /// When it ends, in milliseconds.
    pub expires: Timestamp,
}

/// A grantee paid for uses.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsesBought {
    /// The grant.
    #[ink(topic)]
    pub grant: GrantId,
    /// How many.
    pub uses: u32,
    /// What the grantee paid.
    pub paid: u128,
}

/// A record was used: the entry of the log.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordUsed {
    /// The grant under which it was used.
    #[ink(topic)]
    pub grant: GrantId,
    /// The record.
    #[ink(topic)]
    pub record: RecordId,
    /// The number of this use among those of the grant, counted from 1.
    pub number: u32,
    /// The grantee's commitment to its request.
    pub request: [u8; 32],
    /// What the patient earned.
    pub charged: u128,
}

/// A grant was revoked by the patient, or settled.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantClosed {
    /// The grant.
    #[ink(topic)]
    pub grant: GrantId,
    /// What the grantee was credited for uses bought but not made.
    pub refunded: u128,
}

/// A credit was paid out.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditWithdrawn {
    /// Whose credit it was.
    pub account: AccountId,
    /// Who was paid.
    pub to: AccountId,
    /// How much.
    pub amount: u128,
}

/// An account inherited a holding of a former key of its identity.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inherited {
    /// What it inherited.
    pub holding: Holding,
    /// The former key.
    pub former: AccountId,
    /// Who inherited it.
    pub heir: AccountId,
}
