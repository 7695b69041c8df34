//! The wiring of `council`: its members own and govern the other contracts.

use super::{
    checks::{check_is_somebody, Circumstances},
    contract::{Contract, Section},
    findings::Findings,
    planner::{Planner, COUNCIL},
    values::{milliseconds, Profile, Who, DAY, HOUR},
};
use crate::{
    chain::{
        accounts,
        book::Book,
        queries::{Queries, TypedQueries},
    },
    table::duration,
};
use allive_access::Account;
use allive_calls::{at, parts, Keyring, Message};
use anyhow::{ensure, Context, Result};
use council::{Bar, Call, Council, CouncilRef, EmergencyTerms, MAX_MEMBERS};
use ink::primitives::AccountId;
use scale::Encode;
use serde::Deserialize;

pub const NAME: &str = COUNCIL;

/// How few members may decide about real money.
const LEAST_MEMBERS: usize = 3;

pub struct Wiring;

impl Contract for Wiring {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "council"
    }

    fn has_owner(&self) -> bool {
        false
    }

    fn section(&self, file: &str) -> Result<Box<dyn Section>, toml::de::Error> {
        #[derive(Deserialize)]
        struct File {
            council: Settings,
        }
        Ok(Box::new(toml::from_str::<File>(file)?.council))
    }

    /// Who decides.
    fn status(&self, chain: &dyn Queries, book: &Book, findings: &mut Findings) -> Result<()> {
        let council = book.contract(NAME)?.account()?;
        let constitution = chain.get(at::<Council>(council).constitution())?;
        let grave = constitution.terms.grave;
        findings.tell(
            "council: members",
            format!(
                "{}, of whom {} decide about what is grave, {} ahead",
                constitution.members.len(),
                grave.threshold,
                duration(grave.delay)
            ),
        );
        let bound = chain.get(at::<Council>(council).chain())?;
        findings.compare("council: chain", &book.chain.genesis, accounts::hex(&bound));
        Ok(())
    }
}

/// The section `[council]` of a deployment's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub members: Vec<Who>,
    #[serde(deserialize_with = "milliseconds")]
    pub least_delay: u64,
    pub routine: Class,
    pub grave: Class,
    pub constitutional: Class,
    #[serde(deserialize_with = "milliseconds")]
    pub lifetime: u64,
    pub emergency: Emergency,
}

/// What an action of one class takes.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub threshold: u8,
    #[serde(deserialize_with = "milliseconds")]
    pub delay: u64,
}

/// What a pause in an emergency takes.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emergency {
    pub threshold: u8,
    #[serde(deserialize_with = "milliseconds")]
    pub window: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub cooldown: u64,
}

impl From<Class> for Bar {
    fn from(Class { threshold, delay }: Class) -> Self {
        Self { threshold, delay }
    }
}

impl Section for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn add_to(&self, circumstances: &mut Circumstances) {
        circumstances.grave_delay = self.grave.delay;
        circumstances.members.clone_from(&self.members);
    }

    fn check(&self, circumstances: &Circumstances) -> Result<()> {
        let count = self.members.len();
        ensure!(
            !self.members.contains(&Who::Council),
            "council.members names the council, which cannot be a member of itself"
        );
        ensure!(
            (1..=MAX_MEMBERS).contains(&count),
            "council.members names {count}, and must name 1 to {MAX_MEMBERS}"
        );
        for (place, member) in self.members.iter().enumerate() {
            ensure!(
                !self.members[..place].contains(member),
                "council.members names one member twice"
            );
        }
        if circumstances.is_production() {
            self.check_members()?;
        }
        for (name, value, least) in [
            ("council.least_delay", self.least_delay, DAY),
            ("council.lifetime", self.lifetime, 7 * DAY),
            ("council.emergency.window", self.emergency.window, HOUR),
            ("council.emergency.cooldown", self.emergency.cooldown, DAY),
        ] {
            circumstances.check_least(name, value, least)?;
        }
        ensure!(
            self.least_delay > 0 && self.terms().are_sound(count, self.least_delay),
            "council: {count} members cannot have these terms. Thresholds rise, or stay, from routine (at least 1) over \
             grave (more than half of the members) to constitutional (at most all), and so do delays; that of grave is \
             at least least_delay; lifetime is longer than each, and at most two years; an emergency takes two members, \
             if there are two, and no more than what is grave; its window and cooldown are from 1 ms to a year"
        );
        Ok(())
    }

    /// Refuses, where there is real money, the members that the template names, who are nobody.
    fn check_on_chain(&self, profile: Profile, _now: u64) -> Result<()> {
        let mut members = self.members.iter();
        members.try_for_each(|member| check_is_somebody("council.members", *member, profile))
    }

    fn plan(&self, planner: &mut Planner) -> Result<()> {
        let members = self.members.iter();
        let members = members.map(|member| Ok(planner.account(*member)?.into()));
        let members: Vec<Account> = members.collect::<Result<_>>()?;
        let genesis = planner.genesis();
        let constructor = CouncilRef::new(members, self.terms(), self.least_delay, genesis);
        planner.create(NAME, constructor)?;
        Ok(())
    }
}

impl Settings {
    /// Thresholds and times.
    fn terms(&self) -> council::CouncilTerms {
        council::CouncilTerms {
            routine: self.routine.into(),
            grave: self.grave.into(),
            constitutional: self.constitutional.into(),
            lifetime: self.lifetime,
            emergency: EmergencyTerms {
                threshold: self.emergency.threshold,
                window: self.emergency.window,
                cooldown: self.emergency.cooldown,
            },
        }
    }

    /// Who decides about real money.
    fn check_members(&self) -> Result<()> {
        let count = self.members.len();
        ensure!(
            count >= LEAST_MEMBERS,
            "council.members names {count}, and in the profile `production` at least {LEAST_MEMBERS} decide"
        );
        for account in self.named() {
            ensure!(
                !Keyring::all().iter().any(|key| key.account() == account),
                "council.members names {}, a development account, whose key everybody knows",
                accounts::hex(account.as_ref())
            );
        }
        Ok(())
    }

    /// The members that are named by their accounts.
    fn named(&self) -> impl Iterator<Item = AccountId> + '_ {
        self.members.iter().filter_map(|member| match member {
            Who::Account(account) => Some(*account),
            Who::Deployer | Who::Council => None,
        })
    }
}

/// A message as a call of the council's, without coins. No contract of the suite survives a lack of
/// gas, so that none has to be left for it.
pub fn call<Args: Encode, R>(message: Message<Args, R>) -> Result<Call> {
    let (target, input) = parts(message);
    let (selector, arguments) = input
        .split_first_chunk()
        .context("a message has a selector")?;
    Ok(Call {
        target: target.into(),
        selector: *selector,
        arguments: arguments.to_vec(),
        value: 0,
        min_ref_time: 0,
    })
}
