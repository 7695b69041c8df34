//! How a contract of the suite calls a PSP22 token: as a stranger.
//!
//! A token may refuse, trap, or answer with bytes that mean nothing. Each is an error that the
//! caller can return, so that everything it did before is undone.

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

pub mod standard;

use ink::{
    env::{
        call::{build_call, ExecutionInput, Selector},
        DefaultEnvironment,
    },
    prelude::{vec, vec::Vec},
    primitives::AccountId,
    scale::{Decode, DecodeAll, Encode, Error, Input, Output},
};
use standard::PSP22Error;

/// Why a token did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum TokenError {
    /// The holder has too little.
    InsufficientBalance,
    /// The holder allowed too little.
    InsufficientAllowance,
    /// The token refused for a reason of its own: it is paused, for instance.
    Refused,
    /// The token trapped, or its answer is not PSP22's.
    Broken,
}

impl From<PSP22Error> for TokenError {
    fn from(error: PSP22Error) -> Self {
        match error {
            PSP22Error::InsufficientBalance => Self::InsufficientBalance,
            PSP22Error::InsufficientAllowance => Self::InsufficientAllowance,
            _ => Self::Refused,
        }
    }
}

/// A PSP22 token at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Token(AccountId);

impl Token {
    /// The token at `address`.
    pub const fn at(address: AccountId) -> Self {
        Self(address)
    }

    /// Where the token is.
    pub const fn address(&self) -> AccountId {
        self.0
    }

    /// Pays `value` from the calling contract to `to`.
    ///
    /// # Errors
    /// What the token answered, see [`TokenError`].
    pub fn transfer(&self, to: &AccountId, value: u128) -> Result<(), TokenError> {
        tell(&self.0, &(standard::TRANSFER, to, value, NO_DATA))
    }

    /// Pays `value` from `from` to `to` out of what `from` allowed to the calling contract.
    ///
    /// # Errors
    /// What the token answered, see [`TokenError`].
    pub fn transfer_from(
        &self,
        from: &AccountId,
        to: &AccountId,
        value: u128,
    ) -> Result<(), TokenError> {
        tell(
            &self.0,
            &(standard::TRANSFER_FROM, from, to, value, NO_DATA),
        )
    }

    /// What `owner` holds, as the token says.
    ///
    /// # Errors
    /// [`TokenError::Broken`].
    pub fn balance_of(&self, owner: &AccountId) -> Result<u128, TokenError> {
        ask(&self.0, &(standard::BALANCE_OF, owner))
    }
}

/// The bytes that a payer may attach to a transfer: none.
const NO_DATA: Vec<u8> = Vec::new();

/// Sends a message to which a token answers whether it did it.
///
/// # Errors
/// What the token answered, see [`TokenError`].
pub fn tell(token: &AccountId, message: &impl Encode) -> Result<(), TokenError> {
    Ok(ask::<Result<(), PSP22Error>>(token, message)??)
}

/// Sends a message, a selector and its arguments, and returns the answer.
///
/// # Errors
/// [`TokenError::Broken`] if there is no contract, it trapped, or its answer is not an `R`.
pub fn ask<R: Decode>(token: &AccountId, message: &impl Encode) -> Result<R, TokenError> {
    let answer = call(token, &message.encode())?;
    R::decode_all(&mut &answer.0[..]).map_err(|_| TokenError::Broken)
}

/// Bytes in, bytes out. What ink! builds for a call it builds anew for each type of message and
/// answer; here there is one.
#[inline(never)]
fn call(contract: &AccountId, input: &[u8]) -> Result<Bytes, TokenError> {
    let Some((selector, arguments)) = input.split_first_chunk() else {
        return Err(TokenError::Broken);
    };
    let arguments = Bytes(arguments.to_vec());
    let answer = build_call::<DefaultEnvironment>()
        .call(*contract)
        .exec_input(ExecutionInput::new(Selector::new(*selector)).push_arg(arguments))
        .returns::<Bytes>()
        .try_invoke();
    match answer {
        Ok(Ok(bytes)) => Ok(bytes),
        _ => Err(TokenError::Broken),
    }
}

/// What stands in a message or an answer, to its end.
#[derive(Debug, PartialEq, Eq)]
pub struct Bytes(Vec<u8>);

impl Encode for Bytes {
    fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
        output.write(&self.0);
    }
}

impl Decode for Bytes {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        let mut bytes = vec![0; input.remaining_len()?.unwrap_or_default()];
        input.read(&mut bytes)?;
        Ok(Self(bytes))
    }
}
