//! What passes between a derived token and the factory that it belongs to.
//!
//! Neither the crate `psp22` nor one that needs it is linked: its events would be listed among
//! those of the factory.

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

/// What a derived token does beside PSP22: at the word of its factory, and of nobody else.
///
/// Its errors are those of the standard. What the standard has no word for is `Custom` with the
/// names below.
#[ink::trait_definition]
pub trait DerivedToken {
    /// Who created the token. For good.
    #[ink(message)]
    fn factory(&self) -> Account;

    /// Whether the token is frozen. For good, if it is.
    #[ink(message)]
    fn is_frozen(&self) -> bool;

    /// Brings `value` units into being, in the hands of `to`. Minting nothing succeeds and says
    /// nothing. Factory only. Event: `Transfer` from nobody.
    ///
    /// # Errors
    /// `NotFactory`, `Frozen`, `SupplyTooLarge`.
    #[ink(message)]
    fn mint(&mut self, to: Account, value: u128) -> Result<(), PSP22Error>;

    /// Takes `value` units of `from` out of being, whatever `from` allowed. Burning nothing
    /// succeeds and says nothing. Factory only. Event: `Transfer` to nobody.
    ///
    /// # Errors
    /// `NotFactory`, `Frozen`, `InsufficientBalance`.
    #[ink(message)]
    fn burn(&mut self, from: Account, value: u128) -> Result<(), PSP22Error>;

    /// Takes all that `from` holds out of being, also when frozen, and returns how much that was.
    /// Burning nothing succeeds and says nothing. Factory only. Event: `Transfer` to nobody.
    ///
    /// # Errors
    /// `NotFactory`.
    #[ink(message)]
    fn burn_all(&mut self, from: Account) -> Result<u128, PSP22Error>;

    /// Stops transfers, minting and burning for good; what remains is [`burn_all`](Self::burn_all).
    /// Factory only.
    ///
    /// # Errors
    /// `NotFactory`, `Frozen` if it is already.
    #[ink(message)]
    fn freeze(&mut self) -> Result<(), PSP22Error>;
}
