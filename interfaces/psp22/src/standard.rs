//! The part of the standard PSP22 that a caller needs, byte for byte.
//!
//! The crate `psp22` has all of it, but a contract that depends on it lists the events of a token
//! in its metadata.

use ink::{
    prelude::{string::String, vec::Vec},
    primitives::AccountId,
};

/// The messages of the standard that contracts of the suite call.
#[ink::trait_definition]
pub trait PSP22 {
    /// The balance of `owner`, in the smallest unit.
    #[ink(message)]
    fn balance_of(&self, owner: AccountId) -> u128;

    /// Holder: pays `value` to `to`.
    ///
    /// # Errors
    /// Those of the token.
    #[ink(message)]
    fn transfer(&mut self, to: AccountId, value: u128, data: Vec<u8>) -> Result<(), PSP22Error>;

    /// Spender: pays `value` from `from` to `to`, using the caller's allowance.
    ///
    /// # Errors
    /// Those of the token.
    #[ink(message)]
    fn transfer_from(
        &mut self,
        from: AccountId,
        to: AccountId,
        value: u128,
        data: Vec<u8>,
    ) -> Result<(), PSP22Error>;
}

/// The errors of the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum PSP22Error {
    /// A reason of the token's own.
    Custom(String),
    /// The holder has too little.
    InsufficientBalance,
    /// The holder allowed too little.
    InsufficientAllowance,
    /// Deprecated by the standard.
    ZeroRecipientAddress,
    /// Deprecated by the standard.
    ZeroSenderAddress,
    /// Deprecated by the standard.
    SafeTransferCheckFailed(String),
}
