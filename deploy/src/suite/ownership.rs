//! Ownership: offered by who deploys, accepted by whoever is to own.

use super::findings::{known, Findings};
use crate::chain::{
    deployment::{CallState, SetupCall},
    queries::{ownable, Queries, TypedQueries},
};
use allive_access::{Account, Ownable};
use anyhow::Result;
use ink::primitives::AccountId;

/// Whoever is to own a contract.
pub struct Admin {
    pub account: AccountId,
    /// For people.
    pub shown: String,
}

/// Offers ownership of a contract to its admin, who accepts it.
pub fn offer(name: &str, contract: AccountId, owner: AccountId, admin: &Admin) -> SetupCall {
    let account = admin.account;
    SetupCall::new(
        format!("{name}: ownership offered to {}", admin.shown),
        format!("offer {name} to {}", admin.shown),
        ownable(contract).transfer_ownership(Some(account.into())),
        move |chain| {
            let is_made = is_offered(chain, contract, account)? || owns(chain, contract, account)?;
            CallState::of_owners_call(chain, contract, owner, is_made)
        },
    )
}

/// Whether ownership of the contract is offered to the account.
pub fn is_offered(chain: &dyn Queries, contract: AccountId, account: AccountId) -> Result<bool> {
    let pending = chain.get(ownable(contract).pending_owner())?;
    Ok(is(pending, account))
}

/// Whether the account owns the contract.
pub fn owns(chain: &dyn Queries, contract: AccountId, account: AccountId) -> Result<bool> {
    let owner = chain.get(ownable(contract).owner())?;
    Ok(is(owner, account))
}

fn is(account: Option<Account>, expected: AccountId) -> bool {
    account.is_some_and(|account| *account == expected)
}

/// Who owns the contract now. The book does not say: ownership is meant to move.
pub fn status(
    chain: &dyn Queries,
    (name, contract): (&str, AccountId),
    council: AccountId,
    findings: &mut Findings,
) -> Result<()> {
    let called = |account: AccountId| match account == council {
        true => format!("the council, {}", chain.address(&account)),
        false => chain.address(&account),
    };
    let owner = chain.get(ownable(contract).owner()).and_then(|owner| {
        let pending = chain.get(ownable(contract).pending_owner())?;
        Ok(match (owner, pending) {
            (Some(owner), None) => called(*owner),
            (Some(owner), Some(pending)) => {
                format!("{}, offered to {}", called(*owner), called(*pending))
            }
            (None, _) => "nobody".into(),
        })
    });
    findings.tell(&format!("{name}: owner"), known(owner)?);
    Ok(())
}
