use crate::{PSP22Error, PSP22};
use allive_payments::Token;
use ink::{
    codegen::TraitCallBuilder,
    env::{self, DefaultEnvironment},
    prelude::vec::Vec,
    primitives::{AccountId, LangError},
};

/// Why a token refused or failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum TokenError {
    /// The holder has too little.
    InsufficientBalance,
    /// The holder allowed too little.
    InsufficientAllowance,
    /// The token refused for a reason of its own, such as a pause.
    Refused,
    /// The token trapped, or did not answer as PSP22 does.
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
pub struct Psp22Client(AccountId);

impl Psp22Client {
    /// The token at `address`.
    pub const fn at(address: AccountId) -> Self {
        Self(address)
    }

    /// The address of the token.
    pub const fn address(&self) -> AccountId {
        self.0
    }

    /// Pays `value` from the calling contract to `to`.
    ///
    /// # Errors
    /// The error of the token, see [`TokenError`].
    pub fn transfer(&self, to: &AccountId, value: u128) -> Result<(), TokenError> {
        done(
            self.token()
                .call_mut()
                .transfer(*to, value, Vec::new())
                .try_invoke(),
        )
    }

    /// Pays `value` from `from` to `to`, using the allowance of the calling contract.
    ///
    /// # Errors
    /// The error of the token, see [`TokenError`].
    pub fn transfer_from(
        &self,
        from: &AccountId,
        to: &AccountId,
        value: u128,
    ) -> Result<(), TokenError> {
        let mut token = self.token();
        let payment = token
            .call_mut()
            .transfer_from(*from, *to, value, Vec::new());
        done(payment.try_invoke())
    }

    /// The balance of `owner`, as the token reports it.
    ///
    /// # Errors
    /// [`TokenError::Broken`].
    pub fn balance_of(&self, owner: &AccountId) -> Result<u128, TokenError> {
        answered(self.token().call().balance_of(*owner).try_invoke())
    }

    fn token(&self) -> ink::contract_ref!(PSP22, DefaultEnvironment) {
        self.0.into()
    }
}

/// A contract keeps money in it.
impl Token for Psp22Client {
    type Error = TokenError;

    fn transfer(&self, to: &AccountId, amount: u128) -> Result<(), TokenError> {
        self.transfer(to, amount)
    }

    fn transfer_from(
        &self,
        from: &AccountId,
        to: &AccountId,
        amount: u128,
    ) -> Result<(), TokenError> {
        self.transfer_from(from, to, amount)
    }

    fn balance_of(&self, owner: &AccountId) -> Result<u128, TokenError> {
        self.balance_of(owner)
    }
}

/// The answer of a call, as ink! returns it.
pub type Answer<T> = Result<Result<T, LangError>, env::Error>;

/// What a token answered.
///
/// # Errors
/// [`TokenError::Broken`] if there is no contract, it trapped, or its answer cannot be decoded.
pub fn answered<T>(answer: Answer<T>) -> Result<T, TokenError> {
    match answer {
        Ok(Ok(value)) => Ok(value),
        _ => Err(TokenError::Broken),
    }
}

/// As [`answered`], for a message that can return an error.
///
/// # Errors
/// The error of the token, see [`TokenError`].
pub fn done<T>(answer: Answer<Result<T, PSP22Error>>) -> Result<T, TokenError> {
    Ok(answered(answer)??)
}
