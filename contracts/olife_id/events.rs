//! The events of Olife ID. No event has an identity or an account as a topic, since observers index
//! topics. Ownership and pauses have the events of `allive_access`.

use crate::{Action, Control, Issuer, Key, Recovery, Truth};
use allive_access::Account;
use allive_olife_id_interface::IdentityId;

/// A person carried out an action, by an account or by a signature.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct Acted {
    /// The identity of the key: after `Create` the new one, after `Consent` the one that awaits the
    /// key.
    pub identity: IdentityId,
    /// The key and the action.
    pub done: (Key, Action),
}

/// A recovery began to wait, or was cancelled. The field holds the new state.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct RecoveryChanged {
    /// Which identity.
    pub identity: IdentityId,
    /// Its recovery.
    pub recovery: Recovery,
}

/// Keys and guardians were replaced. This ended freezing, recovery and announcement.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct ControlChanged {
    /// Which identity.
    pub identity: IdentityId,
    /// How many times keys and guardians changed.
    pub version: u32,
    /// Whether by a recovery.
    pub recovered: bool,
    /// The new keys and guardians.
    pub control: Control,
}

/// The approval of an issuer began, changed or ended.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct IssuerChanged {
    /// Which identity.
    pub issuer: IdentityId,
    /// The new approval. None if it ended.
    pub approved: Option<Issuer>,
}

/// An identity was accused, acquitted, or proved false. The field holds the new state.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct TruthChanged {
    /// Which identity.
    pub identity: IdentityId,
    /// Whether it is accused or was proved false.
    pub truth: Truth,
}

/// ALV was deposited into a purse.
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

/// ALV was paid out: a withdrawal from a purse, or a forfeited bond.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct Paid {
    /// Whose purse or bond.
    pub identity: IdentityId,
    /// The subject of a forfeited bond. None for a withdrawal.
    pub lost_for: Option<IdentityId>,
    /// Who was paid.
    pub to: Account,
    /// How much, in the smallest unit.
    pub amount: u128,
}
