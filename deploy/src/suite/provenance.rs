//! The wiring of `provenance`: products, lots, and whoever has them.

use super::{
    checks::Circumstances,
    contract::{Contract, Section},
    findings::{known, Findings},
    olife_id,
    planner::Planner,
    values::{milliseconds, DAY},
};
use crate::{
    chain::{
        accounts,
        book::Book,
        queries::{Queries, TypedQueries},
    },
    table::duration,
};
use allive_calls::at;
use anyhow::{ensure, Result};
use provenance::{Provenance, ProvenanceRef, Terms};
use serde::Deserialize;
use std::ops::RangeInclusive;

pub const NAME: &str = "provenance";

pub struct Wiring;

impl Contract for Wiring {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "provenance"
    }

    fn has_owner(&self) -> bool {
        true
    }

    fn section(&self, file: &str) -> Result<Box<dyn Section>, toml::de::Error> {
        #[derive(Deserialize)]
        struct File {
            provenance: Settings,
        }
        Ok(Box::new(toml::from_str::<File>(file)?.provenance))
    }

    fn status(&self, chain: &dyn Queries, book: &Book, findings: &mut Findings) -> Result<()> {
        let address = book.contract(NAME)?.account()?;
        let contract = || at::<Provenance>(address);
        let identities = book.contract(olife_id::NAME)?.account()?;
        let asked = chain.get(contract().identities());
        findings.compare(
            "provenance: Olife ID",
            &chain.address(&identities),
            known(asked.map(|account| chain.address(&account)))?,
        );
        let bound = chain.get(contract().chain());
        findings.compare(
            "provenance: chain",
            &book.chain.genesis,
            known(bound.map(|genesis| accounts::hex(&genesis)))?,
        );
        let terms = chain.get(contract().terms());
        findings.tell("provenance: terms", known(terms.map(|terms| told(&terms)))?);
        Ok(())
    }
}

/// The section `[provenance]` of a deployment's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    #[serde(deserialize_with = "milliseconds")]
    pub longest_transit: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub lowering_delay: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub undo: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub notify: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub upgrade_notice: u64,
}

impl Section for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn check(&self, circumstances: &Circumstances) -> Result<()> {
        for (name, value, bounds) in durations(&self.terms()) {
            let bounds = if circumstances.is_production() {
                bounds
            } else {
                1..=Terms::LONGEST
            };
            ensure!(
                bounds.contains(&value),
                "provenance.{name} is {}, and in this profile it is {} to {}",
                duration(value),
                duration(*bounds.start()),
                duration(*bounds.end())
            );
        }
        let notice = self.upgrade_notice;
        // What an authority ships can be received only after the delay.
        let arrival = self.longest_transit.saturating_add(self.lowering_delay);
        circumstances.check_upgrade_notice("provenance.upgrade_notice", notice)?;
        ensure!(
            !circumstances.is_production() || notice >= arrival,
            "provenance.upgrade_notice is {}, and in the profile `production` it is at least {}: \
             provenance.longest_transit and lowering_delay, so that what was on its way arrives \
             before new code comes",
            duration(notice),
            duration(arrival)
        );
        Ok(())
    }

    fn plan(&self, planner: &mut Planner) -> Result<()> {
        let constructor = ProvenanceRef::new(
            planner.address(olife_id::NAME)?.into(),
            self.terms(),
            self.upgrade_notice,
            planner.genesis(),
        );
        planner.create(NAME, constructor)?;
        Ok(())
    }
}

impl Settings {
    /// How long things last.
    fn terms(&self) -> Terms {
        Terms {
            longest_transit: self.longest_transit,
            lowering_delay: self.lowering_delay,
            undo: self.undo,
            notify: self.notify,
        }
    }
}

/// Each duration, and its bounds where there are real medicines.
fn durations(terms: &Terms) -> [(&'static str, u64, RangeInclusive<u64>); 4] {
    [
        // Goods that cross an ocean are on their way for weeks.
        (
            "longest_transit",
            terms.longest_transit,
            7 * DAY..=Terms::LONGEST,
        ),
        // Everybody sees for a day at least that a recall is to be lowered.
        ("lowering_delay", terms.lowering_delay, DAY..=Terms::LONGEST),
        // Article 13 of Delegated Regulation (EU) 2016/161 gives ten days, and no more.
        ("undo", terms.undo, DAY..=10 * DAY),
        // Section 582 of the American Federal Food, Drug, and Cosmetic Act gives 24 hours.
        ("notify", terms.notify, 1..=DAY),
    ]
}

/// `undo: 10days`, and so on.
fn told(terms: &Terms) -> String {
    let all = durations(terms).map(|(name, value, _)| format!("{name}: {}", duration(value)));
    all.join(", ")
}
