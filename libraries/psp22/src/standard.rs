//! The trait of PSP22 over accounts behind a pointer ([`Account`]).
//!
//! Names, selectors and encodings are those of [`psp22::PSP22`].

use allive_access::Account;
use ink::prelude::vec::Vec;
use psp22::PSP22Error;

/// PSP22, as the tokens of the suite fill it in. They may refuse to pay for a reason of their own,
/// which is `Custom` and which their specifications name.
#[ink::trait_definition]
pub trait PSP22 {
    /// All units in being.
    #[ink(message)]
    fn total_supply(&self) -> u128;

    /// Units that `owner` holds.
    #[ink(message)]
    fn balance_of(&self, owner: Account) -> u128;

    /// Units of `owner` that `spender` may still pay out.
    #[ink(message)]
    fn allowance(&self, owner: Account, spender: Account) -> u128;

    /// Pays `value` from the caller to `to`. Paying nothing, or oneself, succeeds and says nothing.
    /// Event: `Transfer`. `data` is the payer's own, and is not read.
    ///
    /// # Errors
    /// `Custom` if units of the caller may not move now; `InsufficientBalance`.
    #[ink(message)]
    fn transfer(&mut self, to: Account, value: u128, data: Vec<u8>) -> Result<(), PSP22Error>;

    /// Pays `value` from `from` to `to`, out of the caller's allowance unless the caller is `from`.
    /// Paying nothing, or from an account to itself, succeeds and says nothing.
    /// Events: `Approval` with what is left of the allowance, if one was used; `Transfer`.
    ///
    /// # Errors
    /// `InsufficientAllowance` before any other; `Custom` if units of `from` may not move now;
    /// `InsufficientBalance`.
    #[ink(message)]
    fn transfer_from(
        &mut self,
        from: Account,
        to: Account,
        value: u128,
        data: Vec<u8>,
    ) -> Result<(), PSP22Error>;

    /// Lets `spender` pay out up to `value` of the caller's units, in place of what was allowed
    /// before. Allowing oneself succeeds and says nothing. Event: `Approval`.
    #[ink(message)]
    fn approve(&mut self, spender: Account, value: u128) -> Result<(), PSP22Error>;

    /// Allows `delta_value` more, at most the largest number there is. By nothing, or for oneself,
    /// it succeeds and says nothing. Event: `Approval` with the new allowance.
    #[ink(message)]
    fn increase_allowance(&mut self, spender: Account, delta_value: u128)
        -> Result<(), PSP22Error>;

    /// Allows `delta_value` less. By nothing, or for oneself, it succeeds and says nothing.
    /// Event: `Approval` with the new allowance.
    ///
    /// # Errors
    /// `InsufficientAllowance` if less than that is allowed.
    #[ink(message)]
    fn decrease_allowance(&mut self, spender: Account, delta_value: u128)
        -> Result<(), PSP22Error>;
}
