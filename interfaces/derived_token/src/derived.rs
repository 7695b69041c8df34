use crate::Label;
use allive_access::Account;
use allive_psp22_interface::{
    ask,
    standard::{PSP22Error, Selector},
    tell, TokenError,
};
use ink::{
    env::{
        call::{self, build_create, ExecutionInput, FromAccountId},
        ContractEnv, DefaultEnvironment,
    },
    primitives::{AccountId, Hash},
};

/// The chain did not create a token: no such code, or the address is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCreated;

/// A derived token, as its factory calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Derived(Account);

const MINT: Selector = ink::selector_bytes!("DerivedToken::mint");
const BURN: Selector = ink::selector_bytes!("DerivedToken::burn");
const BURN_ALL: Selector = ink::selector_bytes!("DerivedToken::burn_all");
const FREEZE: Selector = ink::selector_bytes!("DerivedToken::freeze");

impl Derived {
    /// Creates a token that belongs to the calling contract: the constructor
    /// `new(name, symbol, decimals)` of the code with this hash.
    ///
    /// # Errors
    /// [`NotCreated`].
    pub fn create(code: Hash, label: Label, salt: &[u8]) -> Result<Self, NotCreated> {
        let new = ExecutionInput::new(call::Selector::new(ink::selector_bytes!("new")))
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

    /// Where the token is.
    pub const fn address(&self) -> &Account {
        &self.0
    }

    /// Brings `value` units into being, for `to`.
    ///
    /// # Errors
    /// What the token answered.
    pub fn mint(&self, to: &AccountId, value: u128) -> Result<(), TokenError> {
        tell(&self.0, &(MINT, to, value))
    }

    /// Takes `value` units of `from` out of being.
    ///
    /// # Errors
    /// What the token answered: [`TokenError::InsufficientBalance`].
    pub fn burn(&self, from: &AccountId, value: u128) -> Result<(), TokenError> {
        tell(&self.0, &(BURN, from, value))
    }

    /// Takes all units of `from` out of being, and returns how many there were.
    ///
    /// # Errors
    /// What the token answered.
    pub fn burn_all(&self, from: &AccountId) -> Result<u128, TokenError> {
        Ok(ask::<Result<u128, PSP22Error>>(
            &self.0,
            &(BURN_ALL, from),
        )??)
    }

    /// Freezes the token for good.
    ///
    /// # Errors
    /// What the token answered.
    pub fn freeze(&self) -> Result<(), TokenError> {
        tell(&self.0, &FREEZE)
    }
}

impl ContractEnv for Derived {
    type Env = DefaultEnvironment;
}

impl FromAccountId<DefaultEnvironment> for Derived {
    fn from_account_id(address: AccountId) -> Self {
        Self(address.into())
    }
}
