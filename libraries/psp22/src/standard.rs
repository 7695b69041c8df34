//! The trait of PSP22 over accounts behind a pointer ([`Account`]).
//!
//! Names, selectors and encodings are those of [`psp22::PSP22`].

use allive_access::Account;
use ink::prelude::vec::Vec;
use psp22::PSP22Error;

/// PSP22, as the tokens of the suite implement it. A token may refuse a payment for a reason of its
/// own, as `Custom`; its README names the reasons.
#[ink::trait_definition]
pub trait PSP22 {
    /// The number of units that exist.
    #[ink(message)]
    fn total_supply(&self) -> u128;

    /// The balance of `owner`, in the smallest unit.
    #[ink(message)]
    fn balance_of(&self, owner: Account) -> u128;

    /// The units of `owner` that `spender` may still transfer.
    #[ink(message)]
    fn allowance(&self, owner: Account, spender: Account) -> u128;

    /// Holder: pays `value` to `to`. A payment of 0 or to oneself succeeds without an event. Event:
    /// `Transfer`. `data` is free for the payer to use, and is not read.
    ///
    /// # Errors
    /// `Custom` if units of the caller cannot be transferred now; `InsufficientBalance`.
    #[ink(message)]
    fn transfer(&mut self, to: Account, value: u128, data: Vec<u8>) -> Result<(), PSP22Error>;

    /// Spender: pays `value` from `from` to `to`. This uses the caller's allowance, unless the
    /// caller is `from`. A payment of 0 or from an account to itself succeeds without an event.
    /// Events: `Approval` with the new allowance, if one was used; `Transfer`.
    ///
    /// # Errors
    /// `InsufficientAllowance`; `Custom` if units of `from` cannot be transferred now;
    /// `InsufficientBalance`.
    #[ink(message)]
    fn transfer_from(
        &mut self,
        from: Account,
        to: Account,
        value: u128,
        data: Vec<u8>,
    ) -> Result<(), PSP22Error>;

    /// Holder: lets `spender` transfer up to `value` of the caller's units. This replaces any
    /// earlier allowance. An allowance for oneself succeeds without an event. Event: `Approval`.
    ///
    /// # Errors
    /// `Custom("ZeroAccount")` if `spender` is the account of 32 zero bytes.
    #[ink(message)]
    fn approve(&mut self, spender: Account, value: u128) -> Result<(), PSP22Error>;

    /// Holder: raises an allowance by `delta_value`, at most to the largest `u128`. With 0 or for
    /// oneself it succeeds without an event. Event: `Approval` with the new allowance.
    ///
    /// # Errors
    /// `Custom("ZeroAccount")` if `spender` is the account of 32 zero bytes.
    #[ink(message)]
    fn increase_allowance(&mut self, spender: Account, delta_value: u128)
        -> Result<(), PSP22Error>;

    /// Holder: lowers an allowance by `delta_value`. With 0 or for oneself it succeeds without an
    /// event. Event: `Approval` with the new allowance.
    ///
    /// # Errors
    /// `InsufficientAllowance` if the allowance is lower.
    #[ink(message)]
    fn decrease_allowance(&mut self, spender: Account, delta_value: u128)
        -> Result<(), PSP22Error>;
}
