//! A deployment on a chain in this process, before anything is sent.

use super::deployment::Deployment;
use allive_calls::{Chain, Outcome};
use allive_simulator::EmbeddedChain;
use anyhow::{Context, Result};

/// What became of each step.
pub struct Rehearsal {
    pub creations: Vec<Outcome>,
    pub setup_calls: Vec<Outcome>,
}

/// Carries out the whole deployment at this time.
///
/// # Errors
/// By the step that would be refused.
pub fn rehearse(deployment: &Deployment, now: u64) -> Result<Rehearsal> {
    let deployer = deployment.deployer;
    let mut chain = EmbeddedChain::new();
    chain.endow(deployer);
    // Deadlines are meant for the time of the real chain.
    let passed = now.saturating_sub(chain.now());
    chain.advance(passed);
    for code in deployment.codes() {
        chain.upload(deployer, &code.wasm);
    }
    let contracts = deployment.contracts.iter();
    let creations = contracts.map(|contract| {
        let created = contract.create(&mut chain, deployer, &deployment.salt);
        created.with_context(|| format!("{}: create, in rehearsal", contract.code.name))
    });
    let creations = creations.collect::<Result<_>>()?;
    let calls = deployment.setup_calls.iter();
    let setup_calls = calls.map(|call| {
        let made = call.make(&mut chain, deployer);
        made.with_context(|| format!("{}, in rehearsal", call.what))
    });
    let setup_calls = setup_calls.collect::<Result<_>>()?;
    Ok(Rehearsal {
        creations,
        setup_calls,
    })
}
