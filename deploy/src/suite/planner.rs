//! How the wiring of the contracts becomes a deployment.

use super::values::Who;
use crate::chain::{
    accounts,
    deployment::{Deployment, PlannedCode, PlannedContract, SetupCall},
};
use allive_calls::{Code, Constructor};
use anyhow::{Context, Result};
use ink::{
    env::{
        call::{ConstructorReturnType, FromAccountId},
        DefaultEnvironment,
    },
    primitives::AccountId,
};
use scale::{Decode, Encode};
use std::{
    fmt::Debug,
    path::{Path, PathBuf},
};

/// The name of the contract that [`Who::Council`] stands for.
pub const COUNCIL: &str = "council";

/// Who deploys, and where.
#[derive(Clone)]
pub struct Target {
    pub deployer: AccountId,
    /// Hash of the first block of the chain.
    pub genesis: [u8; 32],
    /// Prefix of the chain's addresses (SS58).
    pub address_prefix: u16,
    /// Part of every address of a contract.
    pub salt: Vec<u8>,
    /// The folder of the project.
    pub root: PathBuf,
}

/// When a setup call is made: nothing is paid before roles are given, and ownership passes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// What contracts may do.
    Vaults,
    /// What people may do.
    Roles,
    Funding,
    Ownership,
}

/// Collects contracts, in the order in which they are created, and setup calls.
pub struct Planner {
    target: Target,
    contracts: Vec<PlannedContract>,
    calls: Vec<(Stage, SetupCall)>,
}

impl Planner {
    pub fn new(target: Target) -> Self {
        Self {
            target,
            contracts: Vec::new(),
            calls: Vec::new(),
        }
    }

    /// Who deploys.
    pub fn deployer(&self) -> AccountId {
        self.target.deployer
    }

    /// Hash of the first block of the chain.
    pub fn genesis(&self) -> [u8; 32] {
        self.target.genesis
    }

    /// The folder of the project.
    pub fn root(&self) -> &Path {
        &self.target.root
    }

    /// The address of a contract that was planned before.
    ///
    /// # Errors
    /// If it was not: a contract is created after those that it names.
    pub fn address(&self, name: &str) -> Result<AccountId> {
        let mut contracts = self.contracts.iter();
        let planned = contracts.find(|contract| contract.code.name == name);
        let planned = planned.with_context(|| format!("{name} is not planned yet"))?;
        Ok(planned.address)
    }

    /// The account that is meant.
    pub fn account(&self, who: Who) -> Result<AccountId> {
        match who {
            Who::Deployer => Ok(self.deployer()),
            Who::Council => self.address(COUNCIL),
            Who::Account(account) => Ok(account),
        }
    }

    /// The account that is meant, for people.
    pub fn shown(&self, who: Who) -> Result<String> {
        Ok(match who {
            Who::Council => "the council".to_owned(),
            who => accounts::address(&self.account(who)?, self.target.address_prefix),
        })
    }

    /// Plans a contract.
    ///
    /// # Errors
    /// If it is not built.
    pub fn create<Ref, Args, R>(
        &mut self,
        name: &str,
        constructor: Constructor<Ref, Args, R>,
    ) -> Result<AccountId>
    where
        Args: Encode,
        Ref: FromAccountId<DefaultEnvironment>,
        R: ConstructorReturnType<Ref>,
        <R as ConstructorReturnType<Ref>>::Error: Decode + Debug,
    {
        self.create_after(Vec::new(), name, constructor)
    }

    /// Plans a contract that these codes are uploaded for.
    ///
    /// # Errors
    /// If it is not built.
    pub fn create_after<Ref, Args, R>(
        &mut self,
        codes: Vec<PlannedCode>,
        name: &str,
        constructor: Constructor<Ref, Args, R>,
    ) -> Result<AccountId>
    where
        Args: Encode,
        Ref: FromAccountId<DefaultEnvironment>,
        R: ConstructorReturnType<Ref>,
        <R as ConstructorReturnType<Ref>>::Error: Decode + Debug,
    {
        let Target { deployer, salt, .. } = &self.target;
        let planned = PlannedContract::new(Code::read(name)?, codes, constructor, deployer, salt);
        let address = planned.address;
        self.contracts.push(planned);
        Ok(address)
    }

    /// Plans a setup call.
    pub fn call(&mut self, stage: Stage, call: SetupCall) {
        self.calls.push((stage, call));
    }

    /// The deployment. Calls of one stage keep the order in which they were planned.
    pub fn deployment(mut self) -> Deployment {
        self.calls.sort_by_key(|(stage, _)| *stage);
        Deployment {
            deployer: self.target.deployer,
            salt: self.target.salt,
            contracts: self.contracts,
            setup_calls: self.calls.into_iter().map(|(_, call)| call).collect(),
        }
    }
}
