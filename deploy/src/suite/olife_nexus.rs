//! The wiring of `olife_nexus`: records, and the ALV that is paid for their use.

use super::{
    alv,
    checks::Circumstances,
    contract::{Contract, Section},
    findings::{known, Findings},
    olife_id,
    planner::Planner,
    values::{milliseconds, DAY},
};
use crate::chain::{
    book::Book,
    queries::{Queries, TypedQueries},
};
use allive_calls::at;
use anyhow::Result;
use ink::primitives::AccountId;
use olife_nexus::{OlifeNexus, OlifeNexusRef};
use serde::Deserialize;

pub const NAME: &str = "olife_nexus";

pub struct Wiring;

impl Contract for Wiring {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Nexus"
    }

    fn has_owner(&self) -> bool {
        true
    }

    fn is_vault(&self) -> bool {
        true
    }

    fn section(&self, file: &str) -> Result<Box<dyn Section>, toml::de::Error> {
        #[derive(Deserialize)]
        struct File {
            olife_nexus: Settings,
        }
        Ok(Box::new(toml::from_str::<File>(file)?.olife_nexus))
    }

    fn status(&self, chain: &dyn Queries, book: &Book, findings: &mut Findings) -> Result<()> {
        let contract = || Ok::<_, anyhow::Error>(at::<OlifeNexus>(book.contract(NAME)?.account()?));
        let shown = |account: AccountId| chain.address(&account);
        let alv = book.contract(alv::NAME)?.account()?;
        let token = chain.get(contract()?.alv());
        findings.compare("olife_nexus: token", &shown(alv), known(token.map(shown))?);
        let identities = book.contract(olife_id::NAME)?.account()?;
        let asked = chain.get(contract()?.identities());
        findings.compare(
            "olife_nexus: Olife ID",
            &shown(identities),
            known(asked.map(shown))?,
        );
        Ok(())
    }
}

/// The section `[olife_nexus]` of a deployment's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    #[serde(deserialize_with = "milliseconds")]
    pub longest_term: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub upgrade_notice: u64,
}

impl Section for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn check(&self, circumstances: &Circumstances) -> Result<()> {
        circumstances.check_least("olife_nexus.longest_term", self.longest_term, 30 * DAY)?;
        circumstances.check_upgrade_notice("olife_nexus.upgrade_notice", self.upgrade_notice)
    }

    fn plan(&self, planner: &mut Planner) -> Result<()> {
        let constructor = OlifeNexusRef::new(
            planner.address(alv::NAME)?,
            planner.address(olife_id::NAME)?.into(),
            self.longest_term,
            self.upgrade_notice,
            planner.genesis(),
        );
        planner.create(NAME, constructor)?;
        Ok(())
    }
}
