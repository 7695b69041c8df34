//! What other contracts ask Olife ID, in one call each: whose account this is, which role it holds
//! now, how far it is trusted now, and what of another account it inherits.

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

/// What other contracts may ask. Nothing here changes anything, and nothing here fails: who is not
/// known has no identity, no role and no trust.
#[ink::trait_definition]
pub trait IdentityRegistry {
    /// The identity for which `account` may act now. None while the identity is frozen, for good if
    /// it was proved false, and for a key that is not for acting.
    #[ink(message)]
    fn identity_of(&self, account: Account) -> Option<IdentityId>;

    /// Whether `account` may act now for an identity that holds `role` now: an issuer that is
    /// approved for the role attested it, and the attestation neither expired nor was revoked.
    #[ink(message)]
    fn has_role(&self, account: Account, role: Topic) -> bool;

    /// How far the identity is trusted now for which `account` may act; 0 if there is none.
    #[ink(message)]
    fn trust(&self, account: Account) -> Points;

    /// When `former` ceased to hold for the identity for which `account` holds now: by the purpose
    /// of keys that what they hold in other contracts is the identity's. A contract can then give
    /// `account` what `former` had here at that moment. None while the identity is frozen.
    #[ink(message)]
    fn successor_since(&self, account: Account, former: Account) -> Option<u64>;
}
