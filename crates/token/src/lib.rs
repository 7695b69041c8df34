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
        call::{
            utils::{ReturnType, Set},
            Call, CallBuilder, ExecutionInput,
        },
        DefaultEnvironment,
    },
    prelude::vec::Vec,
    primitives::AccountId,
    scale::{Decode, Encode},
};
use standard::{PSP22Error, PSP22};

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

type Messages = ink::contract_ref!(PSP22, DefaultEnvironment);

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
    pub fn transfer(&self, to: AccountId, value: u128) -> Result<(), TokenError> {
        use ink::codegen::TraitCallBuilder;
        let mut token = Messages::from(self.0);
        Ok(answer(token.call_mut().transfer(to, value, Vec::new()))??)
    }

    /// Pays `value` from `from` to `to` out of what `from` allowed to the calling contract.
    ///
    /// # Errors
    /// What the token answered, see [`TokenError`].
    pub fn transfer_from(
        &self,
        from: AccountId,
        to: AccountId,
        value: u128,
    ) -> Result<(), TokenError> {
        use ink::codegen::TraitCallBuilder;
        let mut token = Messages::from(self.0);
        Ok(answer(token.call_mut().transfer_from(
            from,
            to,
            value,
            Vec::new(),
        ))??)
    }

    /// What `owner` holds, as the token says.
    ///
    /// # Errors
    /// [`TokenError::Broken`].
    pub fn balance_of(&self, owner: AccountId) -> Result<u128, TokenError> {
        use ink::codegen::TraitCallBuilder;
        let token = Messages::from(self.0);
        answer(token.call().balance_of(owner))
    }
}

type Message<Args, R> = CallBuilder<
    DefaultEnvironment,
    Set<Call<DefaultEnvironment>>,
    Set<ExecutionInput<Args>>,
    Set<ReturnType<R>>,
>;

fn answer<Args: Encode, R: Decode>(message: Message<Args, R>) -> Result<R, TokenError> {
    match message.try_invoke() {
        Ok(Ok(answer)) => Ok(answer),
        _ => Err(TokenError::Broken),
    }
}
