//! The story of `allive demo`, told on any chain, a chapter for each contract.

mod actor;
mod alv;
mod alv_distributor;
mod council;
mod deployment;
mod derived_factory;
mod journal;
mod olife_id;
mod olife_nexus;
mod provenance;

use crate::suite::contract::Section;
use allive_calls::{Chain, Code};
use allive_records::Bundle;
use anyhow::Result;
use journal::Journal;

/// A bundle and the name of its file.
pub struct Sample {
    pub name: String,
    pub bundle: Bundle,
}

/// What is read before anything is done on a chain.
pub struct Script {
    samples: Vec<Sample>,
    claim: alv_distributor::Claim,
    /// What is to follow the Nexus.
    next: Code,
}

impl Script {
    /// The story about these bundles.
    ///
    /// # Errors
    /// If a file that it needs is not there.
    pub fn new(samples: Vec<Sample>) -> Result<Self> {
        Ok(Self {
            samples,
            claim: alv_distributor::Claim::read()?,
            next: Code::read("nexus_next")?,
        })
    }
}

/// The contracts as the story wants them, at this time.
fn sections(now: u64) -> Vec<Box<dyn Section>> {
    vec![
        Box::new(council::section()),
        Box::new(alv::section()),
        Box::new(olife_id::section()),
        Box::new(olife_nexus::section()),
        Box::new(alv_distributor::section(now)),
        Box::new(derived_factory::section()),
        Box::new(provenance::section()),
    ]
}

/// Plays the story from deployment to the last balance: a patient is paid for the use of her
/// record, from beginning to end; then what she bought with it is made good when its issuer falls
/// silent; then she loses her key, and stays who she is, with what she had; then a medicine goes
/// from its maker to a patient, is copied and recalled, a vaccine gets warm, and a donation is
/// recalled with its components; then a council takes over from who deployed all. Returns the
/// verdict.
///
/// # Errors
/// At the first step that does not end as it must.
pub fn play<C: Chain>(chain: &mut C, genesis: [u8; 32], script: Script) -> Result<String> {
    if chain.now() == 0 {
        // A chain without a block has no time yet.
        chain.advance(1);
    }
    let now = chain.now();
    let deployment = deployment::plan(sections(now), genesis, now)?;
    let journal = &mut Journal::new(chain);
    let suite = &deployment::deploy(journal, &deployment, genesis)?;

    let balances = alv::Balances::before(journal, suite)?;
    script.claim.play(journal, suite)?;
    let records = olife_nexus::Records::commit(journal, suite, script.samples)?;
    let receipts = olife_nexus::sell(journal, suite, &records)?;
    let ending = derived_factory::play(journal, suite)?;
    let inheritance = olife_nexus::Inheritance::leave(journal, suite, &records)?;
    let recovered = olife_id::play(journal, suite)?;
    let carried_over = inheritance.carry_over(journal)?;
    records.deliver(journal, 1)?;
    let lives = provenance::play(journal, suite)?;
    let handed_over = council::play(journal, suite, &script.next)?;
    let balances = balances.and_after(journal);

    receipts.tell();
    ending.tell();
    recovered.tell();
    carried_over.tell();
    lives.tell();
    handed_over.tell();
    balances.tell();
    println!("\nEach call");
    println!("{}", journal.table());

    let total = balances.total(journal)?;
    olife_nexus::check_nothing_owed(journal, suite)?;
    let (steps, refusals) = journal.count();
    Ok(format!(
        "VERDICT: passed. {steps} calls, {refusals} of them refused as they must be; \
         2 uses paid, proved and logged; {} holders made whole to the unit; \
         a lost key replaced, and nothing of what it stood for lost, nor of what the factory and the Nexus kept for it, {} things; \
         a pack traced from its maker to a patient, and its copied label found; \
         a recall lowered by two, a warm vaccine stopped, a donation recalled in three components: \
         packs verified {} times, and their lives told by {} events; \
         {} rights handed to a council of {}, which upgraded the Nexus and lost nothing of it; \
         all {total} ALV accounted for.",
        ending.shares.len(),
        carried_over.count(),
        lives.verified,
        lives.events,
        handed_over.count(),
        handed_over.members,
    ))
}
