//! The section `[derived_factory]` of a deployment, and the bounds of what it may say.

use super::config::{milliseconds, units, words, Profile, Who, DAY, HOUR};
use crate::table::alv;
use allive_access::PauseTerms;
use anyhow::{ensure, Result};
use derived_factory::{Durations, Rules};
use serde::{Deserialize, Deserializer};

/// Milliseconds of the year by which durations are written: 365.25 days.
const YEAR: u64 = 31_557_600_000;
/// All of a share, in basis points.
const WHOLE: u16 = 10_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factory {
    #[serde(deserialize_with = "points")]
    min_cover: u16,
    #[serde(deserialize_with = "points")]
    stake_share: u16,
    #[serde(deserialize_with = "units")]
    min_stake: u128,
    #[serde(deserialize_with = "milliseconds")]
    silence: u64,
    #[serde(deserialize_with = "milliseconds")]
    answer: u64,
    #[serde(deserialize_with = "milliseconds")]
    unbonding: u64,
    #[serde(deserialize_with = "milliseconds")]
    notice: u64,
    #[serde(deserialize_with = "milliseconds")]
    claims: u64,
    #[serde(deserialize_with = "milliseconds")]
    pause: u64,
    #[serde(deserialize_with = "milliseconds")]
    cooldown: u64,
    /// Who receives what holders of a failed DAPP's token did not claim.
    pub remainder_to: Who,
}

impl Factory {
    /// What a DAPP must promise.
    pub fn rules(&self) -> Rules {
        Rules {
            min_cover: self.min_cover,
            stake_share: self.stake_share,
            min_stake: self.min_stake,
        }
    }

    /// How long things take.
    pub fn durations(&self) -> Durations {
        Durations {
            silence: self.silence,
            answer: self.answer,
            unbonding: self.unbonding,
            notice: self.notice,
            claims: self.claims,
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
        for (name, value, least) in [
            ("min_cover", self.min_cover, Rules::LEAST_COVER),
            ("stake_share", self.stake_share, Rules::LEAST_STAKE_SHARE),
        ] {
            ensure!(
                (least..=WHOLE).contains(&value),
                "derived_factory.{name} is {}, and must be {} to 100%",
                percent(value),
                percent(least)
            );
        }
        ensure!(
            (1..=Rules::MOST_MIN_STAKE).contains(&self.min_stake),
            "derived_factory.min_stake is {} ALV, and must be something, at most {}",
            alv(self.min_stake),
            alv(Rules::MOST_MIN_STAKE)
        );
        for (name, value, least) in self.least_durations(profile) {
            ensure!(
                value >= least,
                "derived_factory.{name} is {}, and in this profile it is at least {}",
                words(value),
                words(least)
            );
            ensure!(
                value <= Durations::LONGEST,
                "derived_factory.{name} is {}, and must be at most {}",
                words(value),
                words(Durations::LONGEST)
            );
        }
        // None is longer than ten years, so that this cannot overflow.
        let declared = self.silence + 2 * self.answer;
        ensure!(
            self.unbonding > declared,
            "derived_factory.unbonding is {}, and must exceed {}: silence, and twice answer, within which a \
             failure is declared",
            words(self.unbonding),
            words(declared)
        );
        ensure!(
            self.pause().are_sound(),
            "derived_factory.pause is {}, and must be positive and at most {}, and derived_factory.cooldown no \
             shorter",
            words(self.pause),
            words(PauseTerms::LONGEST)
        );
        Ok(())
    }

    /// Each duration with the least that the profile takes for it.
    fn least_durations(&self, profile: Profile) -> [(&'static str, u64, u64); 6] {
        let least = |production| match profile {
            Profile::Development => 1,
            Profile::Production => production,
        };
        [
            ("silence", self.silence, least(7 * DAY)),
            ("answer", self.answer, least(3 * DAY)),
            ("unbonding", self.unbonding, least(14 * DAY)),
            ("notice", self.notice, least(7 * DAY)),
            ("claims", self.claims, least(2 * YEAR)),
            ("pause", self.pause, least(HOUR)),
        ]
    }
}

/// `"12.5%"`, in basis points.
fn points<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let text = String::deserialize(deserializer)?;
    read(&text).ok_or_else(|| {
        serde::de::Error::custom(format!(
            "`{text}` is no percentage such as \"50%\" or \"12.5%\""
        ))
    })
}

fn read(text: &str) -> Option<u16> {
    let number = text.strip_suffix('%')?;
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    format!("{whole}{part:0<2}").parse().ok()
}

fn percent(points: u16) -> String {
    match points % 100 {
        0 => format!("{}%", points / 100),
        part => format!("{}.{part:02}%", points / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_to_the_basis_point_and_nothing_else_is() {
        for (text, points) in [
            ("0%", 0),
            ("50%", 5_000),
            ("12.5%", 1_250),
            ("0.01%", 1),
            ("100%", 10_000),
        ] {
            assert_eq!(read(text), Some(points), "{text}");
        }
        for text in [
            "", "%", "50", ".5%", "-1%", "+1%", "0.001%", "1e2%", "700%%", "999999%",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!([2_000, 1_250].map(percent), ["20%", "12.50%"]);
    }
}
