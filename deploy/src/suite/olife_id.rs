//! The wiring of `olife_id`: identities, which the contracts that keep something for a person ask
//! about her keys.

use super::{
    alv,
    checks::{check_is_somebody, check_pause, Circumstances},
    contract::{Contract, Section},
    findings::Findings,
    planner::Planner,
    values::{milliseconds, units, Profile, Who, DAY, HOUR},
};
use crate::{
    chain::{
        accounts,
        book::Book,
        queries::{Queries, TypedQueries},
    },
    table::duration,
};
use allive_access::PauseTerms;
use allive_calls::at;
use allive_psp22_interface::Psp22Client;
use anyhow::{bail, ensure, Result};
use olife_id::{OlifeId, OlifeIdRef, Query, Setup, Stored};
use serde::Deserialize;

pub const NAME: &str = "olife_id";

pub struct Wiring;

impl Contract for Wiring {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Olife ID"
    }

    fn has_owner(&self) -> bool {
        true
    }

    fn section(&self, file: &str) -> Result<Box<dyn Section>, toml::de::Error> {
        #[derive(Deserialize)]
        struct File {
            olife_id: Settings,
        }
        Ok(Box::new(toml::from_str::<File>(file)?.olife_id))
    }

    fn status(&self, chain: &dyn Queries, book: &Book, findings: &mut Findings) -> Result<()> {
        let contract = book.contract(NAME)?.account()?;
        let alv = book.contract(alv::NAME)?.account()?;
        let stored = at::<OlifeId>(contract).stored(Query::Setup);
        let Some(Stored::Setup(setup)) = chain.get(stored)? else {
            bail!("olife_id does not say how it was set up");
        };
        let token = chain.address(&setup.alv.address());
        findings.compare("olife_id: token", &chain.address(&alv), token);
        findings.compare(
            "olife_id: chain",
            &book.chain.genesis,
            accounts::hex(&setup.chain),
        );
        let delay = duration(setup.terms.delay);
        findings.tell("olife_id: recovery", format!("waits {delay}"));
        Ok(())
    }
}

/// The section `[olife_id]` of a deployment's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    #[serde(deserialize_with = "milliseconds")]
    pub delay: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub contest: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub settling: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub unbonding: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub notice: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub fade: u64,
    #[serde(deserialize_with = "units")]
    pub bond: u128,
    #[serde(deserialize_with = "milliseconds")]
    pub pause: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub cooldown: u64,
    /// Who receives the bonds of those who vouched for a false identity.
    pub forfeits_to: Who,
}

impl Section for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    /// A recovery that is cancelled in its last moment, contested for as long as can be, and then
    /// waited for once more.
    fn add_to(&self, circumstances: &mut Circumstances) {
        let delays = self.delay.saturating_mul(2);
        circumstances.recovery = delays.saturating_add(self.contest);
    }

    fn check(&self, circumstances: &Circumstances) -> Result<()> {
        ensure!(
            self.terms().are_sound(),
            "olife_id cannot have these terms: a thief must not win. delay is at most contest, contest shorter than \
             settling, and delay shorter than unbonding; these and notice are from 1 ms to a year, and fade to ten"
        );
        check_pause(NAME, self.pause())?;
        for (name, value, least) in [
            ("olife_id.delay", self.delay, 3 * DAY),
            ("olife_id.contest", self.contest, 7 * DAY),
            ("olife_id.notice", self.notice, 7 * DAY),
            ("olife_id.fade", self.fade, 90 * DAY),
            ("olife_id.pause", self.pause, HOUR),
        ] {
            circumstances.check_least(name, value, least)?;
        }
        // None is longer than a year, so that this cannot overflow. Guardians who lost a contest
        // need an anchor for twice that time; in it, whoever they acted against must be able to
        // replace them.
        let most = 2 * self.contest;
        ensure!(
            !circumstances.is_production() || self.settling <= most,
            "olife_id.settling is {}, and in the profile `production` it is at most {}: twice contest, after which \
             guardians can agree again",
            duration(self.settling),
            duration(most)
        );
        circumstances.check_beneficiary("olife_id.forfeits_to", self.forfeits_to)?;
        circumstances.check_council_is_in_time("olife_id.notice", self.notice)
    }

    fn check_on_chain(&self, profile: Profile, _now: u64) -> Result<()> {
        check_is_somebody("olife_id.forfeits_to", self.forfeits_to, profile)
    }

    fn plan(&self, planner: &mut Planner) -> Result<()> {
        let setup = Setup {
            terms: self.terms(),
            pause: self.pause(),
            alv: Psp22Client::at(planner.address(alv::NAME)?),
            forfeits_to: planner.account(self.forfeits_to)?.into(),
            chain: planner.genesis(),
        };
        planner.create(NAME, OlifeIdRef::new(setup))?;
        Ok(())
    }
}

impl Settings {
    /// How long things take, and what a vouch costs.
    fn terms(&self) -> olife_id::IdentityTerms {
        olife_id::IdentityTerms {
            delay: self.delay,
            contest: self.contest,
            settling: self.settling,
            unbonding: self.unbonding,
            notice: self.notice,
            fade: self.fade,
            bond: self.bond,
        }
    }

    fn pause(&self) -> PauseTerms {
        PauseTerms {
            duration: self.pause,
            cooldown: self.cooldown,
        }
    }
}
