//! What other contracts ask Olife ID, in one call each: which identity an account acts for, which
//! role it holds now, how far it is trusted now, and whether it inherits from another account.

#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

mod client;
mod topic;

pub use client::{NoAnswer, NotHeir, OlifeIdClient};
pub use topic::{Topic, Topics};

pub use allive_access::Timestamp;

use allive_access::Account;

/// The number of an identity, counted from 0. It outlives keys.
pub type IdentityId = u64;

/// Points of trust.
pub type Points = u32;

/// The queries for other contracts. They change nothing and never fail: an unknown account has no
/// identity, no role and no trust.
#[ink::trait_definition]
pub trait IdentityRegistry {
    /// The identity for which `account` may act now. None while the identity is frozen, after it
    /// was proved false, and for a key without the purpose to act.
    #[ink(message)]
    fn identity_of(&self, account: Account) -> Option<IdentityId>;

    /// Whether `account` may act now for an identity that holds `role` now: an issuer that is
    /// approved for the role attested it, and the attestation neither expired nor was revoked.
    #[ink(message)]
    fn has_role(&self, account: Account, role: Topic) -> bool;

    /// The trust score now of the identity for which `account` may act. 0 if there is none.
    #[ink(message)]
    fn trust(&self, account: Account) -> Points;

    /// The moment at which `former` lost the purpose `HOLD` for the identity for which `account`
    /// has it now. Holdings of keys with this purpose belong to the identity. A contract can pass
    /// to `account` what `former` held before that moment. None if there is no such moment, and
    /// while the identity is frozen.
    #[ink(message)]
    fn successor_since(&self, account: Account, former: Account) -> Option<u64>;
}
