//! The trait of PSP22 over arguments that decode into pointers ([`Account`], [`Amount`]).
//!
//! Names, selectors, encodings and documentation are those of [`psp22::PSP22`](::psp22::PSP22).

use ::psp22::PSP22Error;
use allive_access::{Account, Amount};
use ink::scale::{Decode, Encode, EncodeLike, Error, Input, Output};

/// Bytes that a payer may attach to a transfer. Nobody reads them, so they are not even decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Data;

impl Encode for Data {
    fn encode_to<T: Output + ?Sized>(&self, dest: &mut T) {
        dest.push_byte(0);
    }
}

impl Decode for Data {
    fn decode<I: Input>(_: &mut I) -> Result<Self, Error> {
        Ok(Self)
    }
}

impl EncodeLike for Data {}

#[cfg(feature = "std")]
impl ink::scale_info::TypeInfo for Data {
    type Identity = ink::prelude::vec::Vec<u8>;

    fn type_info() -> ink::scale_info::Type {
        Self::Identity::type_info()
    }
}

/// PSP22. What each message does is the standard's to say; what is said here is where it lies in ALV.
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
    /// `Custom("Paused")` unless the caller is a vault; `InsufficientBalance`.
    #[ink(message)]
    fn transfer(&mut self, to: Account, value: Amount, data: Data) -> Result<(), PSP22Error>;

    /// Pays `value` from `from` to `to`, out of the caller's allowance unless the caller is `from`.
    /// Paying nothing, or from an account to itself, succeeds and says nothing.
    /// Events: `Approval` with what is left of the allowance, if one was used; `Transfer`.
    ///
    /// # Errors
    /// `InsufficientAllowance` before any other; `Custom("Paused")` unless `from` is a vault;
    /// `InsufficientBalance`.
    #[ink(message)]
    fn transfer_from(
        &mut self,
        from: Account,
        to: Account,
        value: Amount,
        data: Data,
    ) -> Result<(), PSP22Error>;

    /// Lets `spender` pay out up to `value` of the caller's units, in place of what was allowed before.
    /// Allowing oneself succeeds and says nothing. Event: `Approval`.
    #[ink(message)]
    fn approve(&mut self, spender: Account, value: Amount) -> Result<(), PSP22Error>;

    /// Allows `delta_value` more, at most the largest number there is. By nothing, or for oneself, it
    /// succeeds and says nothing. Event: `Approval` with the new allowance.
    #[ink(message)]
    fn increase_allowance(
        &mut self,
        spender: Account,
        delta_value: Amount,
    ) -> Result<(), PSP22Error>;

    /// Allows `delta_value` less. By nothing, or for oneself, it succeeds and says nothing.
    /// Event: `Approval` with the new allowance.
    ///
    /// # Errors
    /// `InsufficientAllowance` if less than that is allowed.
    #[ink(message)]
    fn decrease_allowance(
        &mut self,
        spender: Account,
        delta_value: Amount,
    ) -> Result<(), PSP22Error>;
}
