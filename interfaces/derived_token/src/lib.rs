//! The interface between a derived token and its factory.
//!
//! This crate does not depend on the crate `psp22`: otherwise the factory's metadata would list the
//! events of a token.

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
mod label;

pub use client::{DerivedTokenClient, NotCreated};
pub use label::Label;

use allive_access::Account;
use allive_psp22_interface::PSP22Error;

/// What a derived token does beside PSP22. Only its factory can change anything.
///
/// Its errors are those of the standard; the names below are `Custom`.
#[ink::trait_definition]
pub trait DerivedToken {
    /// The contract that created the token. It never changes.
    #[ink(message)]
    fn factory(&self) -> Account;

    /// Whether the token is frozen. A frozen token stays frozen.
    #[ink(message)]
    fn is_frozen(&self) -> bool;

    /// Factory: mints `value` units for `to`. Minting 0 succeeds without an event. Event:
    /// `Transfer` without `from`.
    ///
    /// # Errors
    /// `NotFactory`, `Frozen`, `SupplyTooLarge`.
    #[ink(message)]
    fn mint(&mut self, to: Account, value: u128) -> Result<(), PSP22Error>;

    /// Factory: burns `value` units of `from`, without an allowance. Burning 0 succeeds without an
    /// event. Event: `Transfer` without `to`.
    ///
    /// # Errors
    /// `NotFactory`, `Frozen`, `InsufficientBalance`.
    #[ink(message)]
    fn burn(&mut self, from: Account, value: u128) -> Result<(), PSP22Error>;

    /// Factory: burns the whole balance of `from`, also when frozen. Returns the amount. Burning 0
    /// succeeds without an event. Event: `Transfer` without `to`.
    ///
    /// # Errors
    /// `NotFactory`.
    #[ink(message)]
    fn burn_all(&mut self, from: Account) -> Result<u128, PSP22Error>;

    /// Factory: stops transfers, minting and burning for good, except [`burn_all`](Self::burn_all).
    ///
    /// # Errors
    /// `NotFactory`, `Frozen` if it is already.
    #[ink(message)]
    fn freeze(&mut self) -> Result<(), PSP22Error>;
}
