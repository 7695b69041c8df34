//! What the tool has to know of a contract. The file that bears the contract's name says it.

use super::{checks::Circumstances, findings::Findings, planner::Planner, values::Profile};
use crate::chain::{book::Book, deployment::SetupCall, queries::Queries};
use anyhow::Result;
use ink::primitives::AccountId;

/// A contract of the suite, whatever a deployment wants of it.
pub trait Contract: Sync {
    /// The name of its folder, its crate, its Wasm, and its section in a deployment's file.
    fn name(&self) -> &'static str;

    /// What people call it.
    fn title(&self) -> &'static str;

    /// Whether it has an owner. Ownership is offered to whom a deployment names as `admin`.
    fn has_owner(&self) -> bool;

    /// Whether it is a vault of ALV: it holds ALV for others, which a pause does not keep from
    /// them.
    fn is_vault(&self) -> bool {
        false
    }

    /// Its section of a deployment's file, given the text of the whole file.
    ///
    /// # Errors
    /// By line and column.
    fn section(&self, file: &str) -> Result<Box<dyn Section>, toml::de::Error>;

    /// Asks the contract what it was told for good, and what else a reader of its status wants to
    /// know.
    ///
    /// # Errors
    /// If the book lacks a contract, or the chain does not answer.
    fn status(&self, chain: &dyn Queries, book: &Book, findings: &mut Findings) -> Result<()>;

    /// The calls by which its owner gives the council the owner's roles, and lays them down.
    fn pass_roles(
        &self,
        _address: AccountId,
        _owner: AccountId,
        _council: AccountId,
    ) -> Vec<SetupCall> {
        Vec::new()
    }
}

/// A contract's section of a deployment's file.
pub trait Section {
    /// The name of the contract.
    fn name(&self) -> &'static str;

    /// Adds what other sections are held against.
    fn add_to(&self, _circumstances: &mut Circumstances) {}

    /// Refuses what the contract would refuse, and what the profile does.
    ///
    /// # Errors
    /// By the value that is out of bounds.
    fn check(&self, circumstances: &Circumstances) -> Result<()>;

    /// Refuses what does not fit the chain that it is meant for, at this time.
    ///
    /// # Errors
    /// By the value that does not fit.
    fn check_on_chain(&self, _profile: Profile, _now: u64) -> Result<()> {
        Ok(())
    }

    /// Plans the contract, and the calls that set it up. Those that all owned contracts have in
    /// common, and all vaults, are planned for it.
    ///
    /// # Errors
    /// If something is not built, or cannot be read.
    fn plan(&self, planner: &mut Planner) -> Result<()>;
}
