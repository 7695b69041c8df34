//! What a caller needs of the standard PSP22, to the byte.
//!
//! The crate `psp22` has it all, but with it a contract that merely calls a token would list the
//! events of a token among its own, and carry the code that reads reasons as text.

use ink::{prelude::vec::Vec, primitives::AccountId};

/// What a caller needs of the standard. The names give the messages their selectors.
#[ink::trait_definition]
pub trait PSP22 {
    /// What `owner` holds.
    #[ink(message)]
    fn balance_of(&self, owner: AccountId) -> u128;

    /// Pays `value` from the caller to `to`.
    #[ink(message)]
    fn transfer(&mut self, to: AccountId, value: u128, data: Vec<u8>) -> Result<(), PSP22Error>;

    /// Pays `value` from `from` to `to` out of what `from` allowed to the caller.
    #[ink(message)]
    fn transfer_from(
        &mut self,
        from: AccountId,
        to: AccountId,
        value: u128,
        data: Vec<u8>,
    ) -> Result<(), PSP22Error>;
}

/// The errors of the standard as they arrive. A reason is bytes here: nobody reads it.
#[derive(Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum PSP22Error {
    /// A reason of the token's own.
    Custom(Vec<u8>),
    /// The holder has too little.
    InsufficientBalance,
    /// The holder allowed too little.
    InsufficientAllowance,
    /// Deprecated by the standard.
    ZeroRecipientAddress,
    /// Deprecated by the standard.
    ZeroSenderAddress,
    /// Deprecated by the standard.
    SafeTransferCheckFailed(Vec<u8>),
}
