//! The section `[olife_id]` of a deployment, and the bounds of what it may say.

use super::config::{milliseconds, units, words, Profile, Who, DAY, HOUR};
use allive_access::PauseTerms;
use anyhow::{ensure, Result};
use olife_id::Terms;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    #[serde(deserialize_with = "milliseconds")]
    delay: u64,
    #[serde(deserialize_with = "milliseconds")]
    contest: u64,
    #[serde(deserialize_with = "milliseconds")]
    settling: u64,
    #[serde(deserialize_with = "milliseconds")]
    unbonding: u64,
    #[serde(deserialize_with = "milliseconds")]
    notice: u64,
    #[serde(deserialize_with = "milliseconds")]
    fade: u64,
    #[serde(deserialize_with = "units")]
    bond: u128,
    #[serde(deserialize_with = "milliseconds")]
    pause: u64,
    #[serde(deserialize_with = "milliseconds")]
    cooldown: u64,
    /// Who receives the bonds of those who vouched for a false identity.
    pub forfeits_to: Who,
}

impl Identity {
    /// How long things take, and what a vouch costs.
    pub fn terms(&self) -> Terms {
        Terms {
            delay: self.delay,
            contest: self.contest,
            settling: self.settling,
            unbonding: self.unbonding,
            notice: self.notice,
            fade: self.fade,
            bond: self.bond,
        }
    }

    /// How long a pause lasts, and until the next.
    pub fn pause(&self) -> PauseTerms {
        PauseTerms {
            duration: self.pause,
            cooldown: self.cooldown,
        }
    }

    /// Refuses what the contract would refuse, and what the profile does.
    ///
    /// # Errors
    /// By the value that is out of bounds.
    pub fn check(&self, profile: Profile) -> Result<()> {
        ensure!(
            self.terms().are_sound(),
            "olife_id cannot have these terms: a thief must not win. delay is at most contest, contest shorter than \
             settling, and delay shorter than unbonding; these and notice are from 1 ms to a year, and fade to ten"
        );
        ensure!(
            self.pause().are_sound(),
            "olife_id.pause is {}, and must be positive and at most {}, and olife_id.cooldown no shorter",
            words(self.pause),
            words(PauseTerms::LONGEST)
        );
        if profile == Profile::Production {
            self.check_production()?;
        }
        Ok(())
    }

    fn check_production(&self) -> Result<()> {
        for (name, value, least) in [
            ("delay", self.delay, 3 * DAY),
            ("contest", self.contest, 7 * DAY),
            ("notice", self.notice, 7 * DAY),
            ("fade", self.fade, 90 * DAY),
            ("pause", self.pause, HOUR),
        ] {
            ensure!(
                value >= least,
                "olife_id.{name} is {}, and in the profile `production` it is at least {}",
                words(value),
                words(least)
            );
        }
        // None is longer than a year, so that this cannot overflow. Guardians who lost a contest need an anchor for
        // twice that time; in it, whoever they acted against must be able to replace them.
        ensure!(
            self.settling <= 2 * self.contest,
            "olife_id.settling is {}, and in the profile `production` it is at most {}: twice contest, after which \
             guardians can agree again",
            words(self.settling),
            words(2 * self.contest)
        );
        Ok(())
    }
}
