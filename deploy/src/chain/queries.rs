//! Queries of contracts, in types, on whatever chain answers them.

use allive_access::{Ownable, Upgradeable};
use allive_calls::{parts, read, Failure, Message, Returned};
use anyhow::{Context, Result};
use ink::{
    codegen::TraitCallBuilder,
    env::{call::FromAccountId, DefaultEnvironment},
    primitives::AccountId,
};
use scale::{Decode, Encode};

/// A chain whose contracts answer queries: a node, or a chain in this process.
pub trait Queries {
    /// What the contract returns to a message that changes nothing.
    ///
    /// # Errors
    /// If the chain does not answer. What the contract refuses is in the inner result.
    fn query(&self, contract: AccountId, input: Vec<u8>) -> Result<Result<Returned, Failure>>;

    /// The time of the latest block, in milliseconds since the Unix epoch.
    fn now(&self) -> Result<u64>;

    /// An account in the form of this chain.
    fn address(&self, account: &AccountId) -> String;
}

/// Queries in types.
pub trait TypedQueries: Queries {
    /// The answer of a contract to a query.
    ///
    /// # Errors
    /// If there is no such contract, or it does not answer so.
    fn get<Args: Encode, R: Decode>(&self, message: Message<Args, R>) -> Result<R> {
        let (contract, input) = parts(message);
        read(self.query(contract, input)?)
            .with_context(|| format!("asking the contract {}", self.address(&contract)))
    }
}

impl<Q: Queries + ?Sized> TypedQueries for Q {}

/// The messages of any contract that has an owner.
pub fn ownable(contract: AccountId) -> <AnyOwnable as TraitCallBuilder>::Builder {
    FromAccountId::<DefaultEnvironment>::from_account_id(contract)
}

/// The messages of any contract that can be upgraded.
pub fn upgradeable(contract: AccountId) -> <AnyUpgradeable as TraitCallBuilder>::Builder {
    FromAccountId::<DefaultEnvironment>::from_account_id(contract)
}

type AnyOwnable = ink::contract_ref!(Ownable, DefaultEnvironment);
type AnyUpgradeable = ink::contract_ref!(Upgradeable, DefaultEnvironment);
