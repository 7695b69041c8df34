//! The suite of the story: wired as `allive up` wires it, from sections that the chapters give.

use super::{actor::Actor::Foundation, journal::Journal};
use crate::{
    chain::{accounts, deployment::Deployment},
    project,
    suite::{
        self,
        config::Config,
        contract::Section,
        planner::Target,
        values::{Profile, Who},
    },
};
use allive_calls::Chain;
use anyhow::{Context, Result};
use ink::primitives::AccountId;
use std::collections::BTreeMap;

/// The prefix of the addresses of development chains (SS58).
const ADDRESS_PREFIX: u16 = 42;

/// The suite as it was deployed.
pub struct Suite {
    /// Hash of the first block of the chain.
    pub genesis: [u8; 32],
    addresses: BTreeMap<String, AccountId>,
}

impl Suite {
    /// The address of a contract.
    ///
    /// # Errors
    /// If it was not deployed.
    pub fn address(&self, name: &str) -> Result<AccountId> {
        let address = self.addresses.get(name).copied();
        address.with_context(|| format!("{name} was not deployed"))
    }
}

/// The deployment of these sections by the foundation.
///
/// # Errors
/// If a contract is not built, or a section is out of bounds.
pub fn plan(sections: Vec<Box<dyn Section>>, genesis: [u8; 32], now: u64) -> Result<Deployment> {
    let config = Config {
        profile: Profile::Development,
        genesis: None,
        admin: Who::Deployer,
        salt: String::new(),
        sections,
    };
    config.check()?;
    let target = Target {
        deployer: Foundation.account(),
        genesis,
        address_prefix: ADDRESS_PREFIX,
        // The time tells this story from an earlier one on the same chain.
        salt: now.to_le_bytes().to_vec(),
        root: project::root()?,
    };
    suite::plan(&config, target)
}

/// Carries it out, and says what is where.
///
/// # Errors
/// At the first step that is refused.
pub fn deploy<C: Chain>(
    journal: &mut Journal<C>,
    deployment: &Deployment,
    genesis: [u8; 32],
) -> Result<Suite> {
    println!("\nDeployment");
    let mut addresses = BTreeMap::new();
    for contract in &deployment.contracts {
        for planned in &contract.codes {
            let (name, bytes) = (&planned.code.name, planned.code.wasm.len());
            println!(
                "  {name:<16} {:<66}  {bytes:>6} bytes of Wasm",
                planned.purpose
            );
            journal
                .chain
                .upload(deployment.deployer, &planned.code.wasm);
        }
        let (name, bytes) = (&contract.code.name, contract.code.wasm.len());
        contract
            .create(journal.chain, deployment.deployer, &deployment.salt)
            .with_context(|| name.clone())?;
        let address = accounts::hex(contract.address.as_ref());
        println!("  {name:<16} {address}  {bytes:>6} bytes of Wasm");
        addresses.insert(name.clone(), contract.address);
    }
    for call in &deployment.setup_calls {
        journal.set_up(Foundation, call)?;
    }
    Ok(Suite { genesis, addresses })
}
