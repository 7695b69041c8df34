//! The suite: its contracts, each wired by one file that bears its name.

pub mod alv;
pub mod alv_distributor;
pub mod checks;
pub mod config;
pub mod contract;
pub mod council;
pub mod derived_factory;
pub mod findings;
pub mod olife_id;
pub mod olife_nexus;
pub mod ownership;
pub mod planner;
pub mod provenance;
#[cfg(test)]
mod tests;
pub mod values;

use crate::chain::{
    book::{Book, Entry},
    deployment::Deployment,
    queries::Queries,
};
use anyhow::Result;
use config::Config;
use contract::Contract;
use findings::Findings;
use ink::primitives::AccountId;
use ownership::Admin;
use planner::{Planner, Stage, Target};
use std::path::Path;

/// The contracts of the suite, in the order in which they are created.
pub const CONTRACTS: &[&dyn Contract] = &[
    &council::Wiring,
    &alv::Wiring,
    &olife_id::Wiring,
    &olife_nexus::Wiring,
    &alv_distributor::Wiring,
    &derived_factory::Wiring,
    &provenance::Wiring,
];

/// Those that have an owner.
pub fn owned() -> impl Iterator<Item = &'static dyn Contract> {
    CONTRACTS
        .iter()
        .copied()
        .filter(|contract| contract.has_owner())
}

/// Those that are vaults of ALV.
pub fn vaults() -> impl Iterator<Item = &'static dyn Contract> {
    CONTRACTS
        .iter()
        .copied()
        .filter(|contract| contract.is_vault())
}

/// Reads a deployment's file.
///
/// # Errors
/// By file and line, or by the value that is out of bounds.
pub fn config(file: &Path) -> Result<Config> {
    Config::read(file, CONTRACTS)
}

/// The deployment that a configuration wants.
///
/// # Errors
/// If a contract is not built, or a list that it needs cannot be read.
pub fn plan(config: &Config, target: Target) -> Result<Deployment> {
    let mut planner = Planner::new(target);
    for contract in CONTRACTS {
        config.section(contract.name())?.plan(&mut planner)?;
    }
    for vault in vaults() {
        let call = alv::vault(&planner, vault)?;
        planner.call(Stage::Vaults, call);
    }
    let admin = Admin {
        account: planner.account(config.admin)?,
        shown: planner.shown(config.admin)?,
    };
    if admin.account != planner.deployer() {
        for contract in owned() {
            let name = contract.name();
            let offer = ownership::offer(name, planner.address(name)?, planner.deployer(), &admin);
            planner.call(Stage::Ownership, offer);
        }
    }
    Ok(planner.deployment())
}

/// What each contract was told for good, who may do what with them, and who owns them.
///
/// # Errors
/// If the book lacks a contract, or the chain does not answer.
pub fn status(chain: &dyn Queries, book: &Book, findings: &mut Findings) -> Result<()> {
    for contract in CONTRACTS {
        contract.status(chain, book, findings)?;
    }
    for vault in vaults() {
        alv::vault_status(chain, book, vault.name(), findings)?;
    }
    let council = book.contract(council::NAME)?.account()?;
    for contract in owned() {
        let name = contract.name();
        let address = book.contract(name)?.account()?;
        ownership::status(chain, (name, address), council, findings)?;
    }
    Ok(())
}

/// What is offered to the council and not accepted, each with its address.
///
/// # Errors
/// If the book lacks a contract, or the chain does not answer.
pub fn offered_to_council(
    chain: &dyn Queries,
    book: &Book,
) -> Result<Vec<(&'static str, AccountId)>> {
    let council = book.contract(council::NAME)?.account()?;
    let mut offered = Vec::new();
    for contract in owned() {
        let address = book.contract(contract.name()).and_then(Entry::account)?;
        if ownership::is_offered(chain, address, council)? {
            offered.push((contract.name(), address));
        }
    }
    Ok(offered)
}
