use crate::{DerivedToken, Label};
use allive_access::Account;
use allive_psp22_interface::{done, TokenError};
use ink::{
    codegen::TraitCallBuilder,
    env::{
        call::{build_create, ExecutionInput, FromAccountId, Selector},
        ContractEnv, DefaultEnvironment,
    },
    primitives::{AccountId, Hash},
};

/// The chain did not create a token: the code was not uploaded, or the address is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCreated;

/// A derived token at an address, called by its factory.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct DerivedTokenClient(Account);

impl DerivedTokenClient {
    /// Creates a token that belongs to the calling contract: the constructor
    /// `new(name, symbol, decimals)` of the code with this hash.
    ///
    /// # Errors
    /// [`NotCreated`].
    pub fn create(code: Hash, label: Label, salt: &[u8]) -> Result<Self, NotCreated> {
        let new = ExecutionInput::new(Selector::new(ink::selector_bytes!("new")))
            .push_arg(label.name)
            .push_arg(label.symbol)
            .push_arg(label.decimals);
        let created = build_create::<Self>()
            .code_hash(code)
            .endowment(0)
            .exec_input(new)
            .salt_bytes(salt)
            .returns::<Self>()
            .try_instantiate();
        match created {
            Ok(Ok(token)) => Ok(token),
            _ => Err(NotCreated),
        }
    }

    /// The address of the token.
    pub const fn address(&self) -> &Account {
        &self.0
    }

    /// Mints `value` units for `to`.
    ///
    /// # Errors
    /// The error of the token.
    pub fn mint(&self, to: &AccountId, value: u128) -> Result<(), TokenError> {
        done(
            self.token()
                .call_mut()
                .mint((*to).into(), value)
                .try_invoke(),
        )
    }

    /// Burns `value` units of `from`.
    ///
    /// # Errors
    /// The error of the token, such as [`TokenError::InsufficientBalance`].
    pub fn burn(&self, from: &AccountId, value: u128) -> Result<(), TokenError> {
        done(
            self.token()
                .call_mut()
                .burn((*from).into(), value)
                .try_invoke(),
        )
    }

    /// Burns all units of `from`. Returns the amount.
    ///
    /// # Errors
    /// The error of the token.
    pub fn burn_all(&self, from: &AccountId) -> Result<u128, TokenError> {
        done(
            self.token()
                .call_mut()
                .burn_all((*from).into())
                .try_invoke(),
        )
    }

    /// Freezes the token for good.
    ///
    /// # Errors
    /// The error of the token.
    pub fn freeze(&self) -> Result<(), TokenError> {
        done(self.token().call_mut().freeze().try_invoke())
    }

    fn token(&self) -> ink::contract_ref!(DerivedToken, DefaultEnvironment) {
        (*self.0).into()
    }
}

impl ContractEnv for DerivedTokenClient {
    type Env = DefaultEnvironment;
}

impl FromAccountId<DefaultEnvironment> for DerivedTokenClient {
    fn from_account_id(address: AccountId) -> Self {
        Self(address.into())
    }
}
