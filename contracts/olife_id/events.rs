//! What happened. No event has an identity or an account as a topic: topics are what observers
//! index. Ownership and pauses have the events of `allive_access`.

use crate::{Action, Control, Issuer, Key, Recovery, Truth};
use allive_access::Account;
use allive_olife_id_interface::IdentityId;

/// A person did something, by an account or by a signature.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct Acted {
    /// Whose key it was; the new identity if it was created; the awaiting one if the key agreed.
    pub identity: IdentityId,
    /// By which key, and what.
    pub done: (Key, Action),
}

/// A recovery began to wait, or was cancelled: how it stands now.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct RecoveryChanged {
    /// Which identity.
    pub identity: IdentityId,
    /// Its recovery.
    pub recovery: Recovery,
}

/// Keys and guardians were replaced: how they stand now. It ended freezing, recovery and
/// announcement.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct ControlChanged {
    /// Which identity.
    pub identity: IdentityId,
    /// How many times they changed.
    pub version: u32,
    /// Whether by a recovery.
    pub recovered: bool,
    /// Who speaks for it now.
    pub control: Control,
}

/// An issuer was approved, for other things than before, or not any more.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct IssuerChanged {
    /// Which identity.
    pub issuer: IdentityId,
    /// What it is approved for.
    pub approved: Option<Issuer>,
}

/// An identity was accused, no more, or proved false: how it stands now.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct TruthChanged {
    /// Which identity.
    pub identity: IdentityId,
    /// Whether it is what it was vouched to be.
    pub truth: Truth,
}

/// ALV came into a purse, by allowance.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct Deposited {
    /// Whose purse.
    pub identity: IdentityId,
    /// Who paid.
    pub from: Account,
    /// How much, in the smallest unit.
    pub amount: u128,
}

/// ALV left: out of a purse, or as a lost bond.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct Paid {
    /// Whose purse or bond.
    pub identity: IdentityId,
    /// For whom the bond was, if it was lost.
    pub lost_for: Option<IdentityId>,
    /// Who was paid.
    pub to: Account,
    /// How much, in the smallest unit.
    pub amount: u128,
}
