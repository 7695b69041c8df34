//! The section `[council]` of a deployment, and the bounds of what it may say.

use super::{
    accounts,
    config::{milliseconds, words, Profile, Who, DAY, HOUR},
};
use allive_access::Account;
use allive_rpc::is_development_account;
use anyhow::{ensure, Result};
use council::{Bar, EmergencyTerms, Terms, MAX_MEMBERS};
use ink::primitives::AccountId;
use serde::Deserialize;

/// How few members may decide about real money.
const LEAST_MEMBERS: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Council {
    members: Vec<Who>,
    #[serde(deserialize_with = "milliseconds")]
    pub least_delay: u64,
    routine: Class,
    grave: Class,
    constitutional: Class,
    #[serde(deserialize_with = "milliseconds")]
    lifetime: u64,
    emergency: Emergency,
}

/// What an action of one class takes.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    threshold: u8,
    #[serde(deserialize_with = "milliseconds")]
    delay: u64,
}

/// What a pause in an emergency takes.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Emergency {
    threshold: u8,
    #[serde(deserialize_with = "milliseconds")]
    window: u64,
    #[serde(deserialize_with = "milliseconds")]
    cooldown: u64,
}

impl From<Class> for Bar {
    fn from(Class { threshold, delay }: Class) -> Self {
        Self { threshold, delay }
    }
}

impl Council {
    /// Who decides.
    pub fn members(&self, deployer: AccountId) -> Vec<Account> {
        let accounts = self.members.iter().filter_map(|member| match member {
            Who::Deployer => Some(deployer.into()),
            Who::Account(account) => Some((*account).into()),
            // Refused by `check`.
            Who::Council => None,
        });
        accounts.collect()
    }

    /// Thresholds and times.
    pub fn terms(&self) -> Terms {
        Terms {
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

    /// How long what is grave waits.
    pub fn grave_delay(&self) -> u64 {
        self.grave.delay
    }

    /// Refuses what the contract would refuse, and what the profile does.
    ///
    /// # Errors
    /// By the value that is out of bounds.
    pub fn check(&self, profile: Profile) -> Result<()> {
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
        if profile == Profile::Production {
            self.check_production()?;
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

    /// Refuses the members that the template names, who are nobody.
    pub fn are_filled_in(&self) -> Result<()> {
        for member in &self.members {
            if let Who::Account(account) = member {
                let bytes: &[u8; 32] = account.as_ref();
                ensure!(
                    bytes[..31] != [0; 31],
                    "council.members names {}, which only holds a place: name accounts whose keys somebody has",
                    accounts::hex(bytes)
                );
            }
        }
        Ok(())
    }

    fn check_production(&self) -> Result<()> {
        let count = self.members.len();
        ensure!(
            count >= LEAST_MEMBERS,
            "council.members names {count}, and in the profile `production` at least {LEAST_MEMBERS} decide"
        );
        for member in &self.members {
            if let Who::Account(account) = member {
                ensure!(
                    !is_development_account(account),
                    "council.members names {}, a development account, whose key everybody knows",
                    accounts::hex(account.as_ref())
                );
            }
        }
        for (name, value, least) in [
            ("least_delay", self.least_delay, DAY),
            ("lifetime", self.lifetime, 7 * DAY),
            ("emergency.window", self.emergency.window, HOUR),
            ("emergency.cooldown", self.emergency.cooldown, DAY),
        ] {
            ensure!(
                value >= least,
                "council.{name} is {}, and in the profile `production` it is at least {}",
                words(value),
                words(least)
            );
        }
        Ok(())
    }
}
