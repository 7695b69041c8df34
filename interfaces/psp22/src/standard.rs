//! What a caller needs of the standard PSP22, to the byte.
//!
//! The crate `psp22` has it all, but with it a contract that merely calls a token would list the
//! events of a token among its own, and carry the code that reads reasons as text.

use crate::Bytes;

/// A message by its selector.
pub type Selector = [u8; 4];

/// `balance_of(owner: AccountId) -> u128`.
pub const BALANCE_OF: Selector = ink::selector_bytes!("PSP22::balance_of");
/// `transfer(to: AccountId, value: u128, data: Vec<u8>) -> Result<(), PSP22Error>`.
pub const TRANSFER: Selector = ink::selector_bytes!("PSP22::transfer");
/// `transfer_from(from: AccountId, to: AccountId, value: u128, data: Vec<u8>) -> Result<(),
/// PSP22Error>`.
pub const TRANSFER_FROM: Selector = ink::selector_bytes!("PSP22::transfer_from");

/// The errors of the standard as they arrive. A reason is whatever bytes follow, its length among
/// them: nobody reads it.
#[derive(Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode)]
pub enum PSP22Error {
    /// A reason of the token's own.
    Custom(Bytes),
    /// The holder has too little.
    InsufficientBalance,
    /// The holder allowed too little.
    InsufficientAllowance,
    /// Deprecated by the standard.
    ZeroRecipientAddress,
    /// Deprecated by the standard.
    ZeroSenderAddress,
    /// Deprecated by the standard.
    SafeTransferCheckFailed(Bytes),
}
