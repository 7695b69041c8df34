//! The trait of PSP22 over arguments that decode into pointers ([`Account`], [`Amount`]).
//!
//! Names, selectors and encodings are those of [`psp22::PSP22`].

use allive_access::{Account, Amount};
use ink::scale::{Decode, Encode, EncodeLike, Error, Input, Output};
use psp22::PSP22Error;

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
    fn transfer(&mut self, to: Account, value: Amount, data: Data) -> Result<(), PSP22Error>;

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
        value: Amount,
        data: Data,
    ) -> Result<(), PSP22Error>;

    /// Lets `spender` pay out up to `value` of the caller's units, in place of what was allowed
    /// before. Allowing oneself succeeds and says nothing. Event: `Approval`.
    #[ink(message)]
    fn approve(&mut self, spender: Account, value: Amount) -> Result<(), PSP22Error>;

    /// Allows `delta_value` more, at most the largest number there is. By nothing, or for oneself,
    /// it succeeds and says nothing. Event: `Approval` with the new allowance.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_encode_as_the_types_that_the_metadata_names() {
        use ink::{prelude::vec::Vec, primitives::AccountId};
        assert_eq!(Account::from(AccountId::from([1; 32])).encode(), [1; 32]);
        assert_eq!(Amount::from(5).encode(), 5_u128.encode());
        assert_eq!(Data.encode(), Vec::<u8>::new().encode());
    }
}
