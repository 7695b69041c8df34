//! What several sections of a deployment's file are held against.

use super::values::{Profile, Who, DAY};
use crate::{chain::accounts, table::duration};
use allive_access::PauseTerms;
use anyhow::{ensure, Result};

/// What a section is held against besides its own bounds.
#[derive(Clone, Debug)]
pub struct Circumstances {
    pub profile: Profile,
    /// Who is to own the contracts.
    pub admin: Who,
    /// Who decides in the council.
    pub members: Vec<Who>,
    /// How long the council waits with what is grave.
    pub grave_delay: u64,
    /// Within what time who lost a key has another, at the latest.
    pub recovery: u64,
}

impl Circumstances {
    /// Whether there is real money.
    pub fn is_production(&self) -> bool {
        self.profile == Profile::Production
    }

    /// Refuses, where there is real money, what is shorter than `least`.
    pub fn check_least(&self, name: &str, value: u64, least: u64) -> Result<()> {
        ensure!(
            !self.is_production() || value >= least,
            "{name} is {}, and in the profile `production` it is at least {}",
            duration(value),
            duration(least)
        );
        Ok(())
    }

    /// Refuses to leave a role with who deploys, if the contracts are handed over.
    pub fn check_role_holders(&self, name: &str, holders: &[Who]) -> Result<()> {
        let is_handed_over = self.is_production() || self.admin == Who::Council;
        ensure!(
            !is_handed_over || !holders.contains(&Who::Deployer),
            "{name} names the deployer, with whom nothing is to be left: name the council, or an account"
        );
        Ok(())
    }

    /// Refuses, where there is real money, to leave any with who deploys.
    pub fn check_receiver(&self, name: &str, receiver: Who) -> Result<()> {
        ensure!(
            !self.is_production() || receiver != Who::Deployer,
            "{name} names the deployer, with whom nothing is to be left: name the council, or an account"
        );
        Ok(())
    }

    /// Refuses, where there is real money, a beneficiary that decides what it receives. Whoever
    /// declares a failure, or an identity false, must gain nothing by it.
    pub fn check_beneficiary(&self, name: &str, beneficiary: Who) -> Result<()> {
        self.check_receiver(name, beneficiary)?;
        let decides = [self.admin, Who::Council].contains(&beneficiary)
            || self.members.contains(&beneficiary);
        ensure!(
            !self.is_production() || !decides,
            "{name} names the council, one of its members, or the admin, who decide what is left there: name an \
             account of its own, such as a fund for users who were harmed"
        );
        Ok(())
    }

    /// Refuses, where there is real money, to replace code before everybody saw it come, and before
    /// who lost a key has another.
    pub fn check_upgrade_notice(&self, name: &str, notice: u64) -> Result<()> {
        self.check_least(name, notice, 14 * DAY)?;
        ensure!(
            !self.is_production() || notice >= self.recovery,
            "{name} is {}, and in the profile `production` it is at least {}: twice olife_id.delay, and contest, \
             within which who lost a key has another, to leave with",
            duration(notice),
            duration(self.recovery)
        );
        self.check_council_is_in_time(name, notice)
    }

    /// Refuses a time at whose end a council as admin could not act, because its own delay is
    /// longer.
    pub fn check_council_is_in_time(&self, name: &str, time: u64) -> Result<()> {
        ensure!(
            self.admin != Who::Council || self.grave_delay <= time,
            "council.grave has a delay of {}, and {name} is {}: what is agreed on when that begins must be \
             able to come when it ends",
            duration(self.grave_delay),
            duration(time)
        );
        Ok(())
    }
}

/// Refuses, where there is real money, an account that only holds a place in the template.
pub fn check_is_somebody(name: &str, who: Who, profile: Profile) -> Result<()> {
    let Who::Account(account) = who else {
        return Ok(());
    };
    let bytes: &[u8; 32] = account.as_ref();
    ensure!(
        profile == Profile::Development || bytes[..31] != [0; 31],
        "{name} names {}, which only holds a place: name accounts whose keys somebody has",
        accounts::hex(bytes)
    );
    Ok(())
}

/// Refuses what no contract takes for the terms of its pause.
pub fn check_pause(contract: &str, pause: PauseTerms) -> Result<()> {
    ensure!(
        pause.are_sound(),
        "{contract}.pause is {}, and must be positive and at most {}, and {contract}.cooldown no shorter",
        duration(pause.duration),
        duration(PauseTerms::LONGEST)
    );
    Ok(())
}
