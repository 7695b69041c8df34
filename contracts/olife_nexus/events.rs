//! What happened. No event carries a patient's account as a topic: topics are what observers index.
//! Ownership and upgrades have the events of `allive_access`.

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
    /// What was committed to.
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
    /// What for.
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
    /// What was paid for them.
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
    /// The how-manieth use of the grant this is, from 1.
    pub number: u32,
    /// What the grantee committed to asking for.
    pub request: [u8; 32],
    /// What the patient earned by it.
    pub charged: u128,
}

/// A grant ended: revoked by the patient, or settled.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantClosed {
    /// The grant.
    #[ink(topic)]
    pub grant: GrantId,
    /// What the grantee was credited for uses bought and not made.
    pub refunded: u128,
}

/// A credit was paid out.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditWithdrawn {
    /// Who was paid.
    pub account: AccountId,
    /// How much.
    pub amount: u128,
}

/// An account took the place of a former key of its identity.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inherited {
    /// What it inherited.
    pub holding: Holding,
    /// For whom it was kept.
    pub former: AccountId,
    /// For whom it is kept.
    pub heir: AccountId,
}
