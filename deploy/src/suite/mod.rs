//! The suite: its contracts, each wired by one file that bears its name.

pub mod alv;
pub mod alv_distributor;
pub mod checks;
pub mod config;
pub mod council;
pub mod derived_factory;
pub mod findings;
pub mod member;
pub mod olife_id;
pub mod olife_nexus;
pub mod ownership;
pub mod planner;
pub mod values;

use crate::chain::{
    book::{Book, Entry},
    deployment::Deployment,
    queries::Queries,
};
use anyhow::Result;
use config::Config;
use findings::Findings;
use ink::primitives::AccountId;
use member::Member;
use ownership::Admin;
use planner::{Planner, Setting, Stage};
use std::path::Path;

/// The contracts of the suite, in the order in which they are created.
pub const MEMBERS: [&dyn Member; 6] = [
    &council::Wiring,
    &alv::Wiring,
    &olife_id::Wiring,
    &olife_nexus::Wiring,
    &alv_distributor::Wiring,
    &derived_factory::Wiring,
];

/// Those that have an owner.
pub fn owned() -> impl Iterator<Item = &'static dyn Member> {
    MEMBERS.into_iter().filter(|member| member.has_owner())
}

/// Those that are vaults of ALV.
pub fn vaults() -> impl Iterator<Item = &'static dyn Member> {
    MEMBERS.into_iter().filter(|member| member.is_vault())
}

/// Reads a deployment's file.
///
/// # Errors
/// By file and line, or by the value that is out of bounds.
pub fn config(file: &Path) -> Result<Config> {
    Config::read(file, &MEMBERS)
}

/// The deployment that a configuration wants.
///
/// # Errors
/// If a contract is not built, or a list that it needs cannot be read.
pub fn plan(config: &Config, setting: Setting) -> Result<Deployment> {
    let mut planner = Planner::new(setting);
    for section in &config.sections {
        section.plan(&mut planner)?;
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
        for member in owned() {
            let name = member.name();
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
    for member in MEMBERS {
        member.status(chain, book, findings)?;
    }
    for vault in vaults() {
        alv::vault_status(chain, book, vault.name(), findings)?;
    }
    let council = book.contract(council::NAME)?.account()?;
    for member in owned() {
        let name = member.name();
        let contract = book.contract(name)?.account()?;
        ownership::status(chain, (name, contract), council, findings)?;
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
    for member in owned() {
        let contract = book.contract(member.name()).and_then(Entry::account)?;
        if ownership::is_offered(chain, contract, council)? {
            offered.push((member.name(), contract));
        }
    }
    Ok(offered)
}
