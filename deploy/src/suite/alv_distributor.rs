//! The wiring of `alv_distributor`: it is given what the holders of the earlier token are owed.

use super::{
    alv,
    checks::Circumstances,
    contract::{Contract, Section},
    findings::Findings,
    planner::{Planner, Stage},
    values::{moment, Profile, Who, DAY},
};
use crate::{
    chain::{
        accounts,
        book::Book,
        deployment::{CallState, SetupCall},
        queries::{Queries, TypedQueries},
    },
    table::{alv as alv_amount, duration},
};
use allive_calls::{at, psp22};
use allive_holders::Snapshot;
use alv_distributor::{AlvDistributor, AlvDistributorRef};
use anyhow::{ensure, Context, Result};
use ink::primitives::AccountId;
use psp22::PSP22;
use serde::Deserialize;
use std::{
    fs,
    path::{Path, PathBuf},
};

pub const NAME: &str = "alv_distributor";

pub struct Wiring;

impl Contract for Wiring {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "distributor"
    }

    fn has_owner(&self) -> bool {
        false
    }

    fn is_vault(&self) -> bool {
        true
    }

    fn section(&self, file: &str) -> Result<Box<dyn Section>, toml::de::Error> {
        #[derive(Deserialize)]
        struct File {
            alv_distributor: Settings,
        }
        Ok(Box::new(toml::from_str::<File>(file)?.alv_distributor))
    }

    fn status(&self, chain: &dyn Queries, book: &Book, findings: &mut Findings) -> Result<()> {
        let contract = book.contract(NAME)?.account()?;
        let alv = book.contract(alv::NAME)?.account()?;
        let terms = chain.get(at::<AlvDistributor>(contract).terms())?;
        let token = chain.address(&terms.token.address());
        findings.compare("alv_distributor: token", &chain.address(&alv), token);
        findings.compare(
            "alv_distributor: chain",
            &book.chain.genesis,
            accounts::hex(&terms.chain),
        );
        Ok(())
    }
}

/// The section `[alv_distributor]` of a deployment's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The list of holders, from the folder of the project.
    pub holders: PathBuf,
    /// The last moment at which claims are good, in milliseconds since the Unix epoch.
    #[serde(deserialize_with = "moment")]
    pub deadline: u64,
    /// Who receives what was not claimed.
    pub remainder_to: Who,
}

impl Section for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn check(&self, circumstances: &Circumstances) -> Result<()> {
        circumstances.check_receiver("alv_distributor.remainder_to", self.remainder_to)
    }

    /// Refuses a deadline that leaves holders too little time.
    fn check_on_chain(&self, profile: Profile, now: u64) -> Result<()> {
        let open = self.deadline.saturating_sub(now);
        let least = match profile {
            Profile::Development => 1,
            Profile::Production => 90 * DAY,
        };
        ensure!(
            open >= least,
            "alv_distributor.deadline leaves {} of claims, and at least {} are due",
            duration(open),
            duration(least)
        );
        Ok(())
    }

    fn plan(&self, planner: &mut Planner) -> Result<()> {
        let holders = holders(&planner.root().join(&self.holders))?;
        let alv = planner.address(alv::NAME)?;
        let constructor = AlvDistributorRef::new(
            alv,
            holders.root(),
            holders.count(),
            self.deadline,
            planner.account(self.remainder_to)?,
            planner.genesis(),
        );
        let distributor = planner.create(NAME, constructor)?;
        planner.call(Stage::Funding, fund(alv, distributor, holders.total()));
        Ok(())
    }
}

/// Reads the list of holders of the earlier token.
pub fn holders(file: &Path) -> Result<Snapshot> {
    fs::File::open(file)
        .map_err(anyhow::Error::from)
        .and_then(|csv| Ok(Snapshot::read(csv)?))
        .with_context(|| file.display().to_string())
}

/// Pays the distributor what the holders of the earlier token are owed.
fn fund(alv: AccountId, distributor: AccountId, total: u128) -> SetupCall {
    let amount = alv_amount(total);
    SetupCall::new(
        format!("alv: {amount} ALV to {NAME}"),
        format!("give the distributor {amount} ALV"),
        psp22(alv).transfer(distributor, total, Vec::new()),
        move |chain| {
            let contract = || at::<AlvDistributor>(distributor);
            let claimed = chain.get(contract().claimed_total())?;
            let held = chain.get(psp22(alv).balance_of(distributor))?;
            // After the deadline anybody may have swept the rest: nothing is to be given again.
            let is_closed = chain.now()? > chain.get(contract().terms())?.deadline;
            Ok(if is_closed || claimed.saturating_add(held) >= total {
                CallState::Made
            } else {
                CallState::Missing
            })
        },
    )
}
