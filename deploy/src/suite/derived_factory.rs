//! The wiring of `derived_factory`, which creates the tokens of DAPPs and holds what stands behind
//! them.

use super::{
    alv,
    checks::{check_is_somebody, check_pause, Circumstances},
    contract::{Contract, Section},
    findings::Findings,
    olife_id,
    planner::Planner,
    values::{milliseconds, units, Profile, Who, DAY, HOUR},
};
use crate::{
    chain::{
        accounts,
        book::Book,
        deployment::PlannedCode,
        queries::{Queries, TypedQueries},
    },
    table::{alv as alv_amount, duration},
};
use allive_access::PauseTerms;
use allive_calls::{at, Code};
use allive_olife_id_interface::OlifeIdClient;
use anyhow::{ensure, Result};
use derived_factory::{Charter, DerivedFactory, DerivedFactoryRef, Durations, Rules};
use serde::{Deserialize, Deserializer};

pub const NAME: &str = "derived_factory";

/// The code of the tokens that the factory creates.
const TOKEN_CODE: &str = "derived_token";

/// Milliseconds of the year by which durations are written: 365.25 days.
const YEAR: u64 = 31_557_600_000;
/// All of a share, in basis points.
const WHOLE: u16 = 10_000;

pub struct Wiring;

impl Contract for Wiring {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "factory"
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
            derived_factory: Settings,
        }
        Ok(Box::new(toml::from_str::<File>(file)?.derived_factory))
    }

    fn status(&self, chain: &dyn Queries, book: &Book, findings: &mut Findings) -> Result<()> {
        let factory = book.contract(NAME)?.account()?;
        let alv = book.contract(alv::NAME)?.account()?;
        let token = chain.get(at::<DerivedFactory>(factory).alv())?;
        findings.compare(
            "derived_factory: token",
            &chain.address(&alv),
            chain.address(&token),
        );
        let terms = chain.get(at::<DerivedFactory>(factory).terms())?;
        let identities = book.contract(olife_id::NAME)?.account()?;
        findings.compare(
            "derived_factory: Olife ID",
            &chain.address(&identities),
            chain.address(terms.identities.address()),
        );
        let uploaded = book.codes.get(TOKEN_CODE);
        findings.compare(
            &format!("derived_factory: code of {TOKEN_CODE}"),
            uploaded.map_or("none", |entry| &entry.code_hash),
            accounts::hex(terms.token_code.as_ref()),
        );
        findings.compare(
            "derived_factory: chain",
            &book.chain.genesis,
            accounts::hex(&terms.chain),
        );
        Ok(())
    }
}

/// The section `[derived_factory]` of a deployment's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    #[serde(deserialize_with = "points")]
    pub min_cover: u16,
    #[serde(deserialize_with = "points")]
    pub stake_share: u16,
    #[serde(deserialize_with = "units")]
    pub min_stake: u128,
    #[serde(deserialize_with = "milliseconds")]
    pub silence: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub answer: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub unbonding: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub notice: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub claims: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub pause: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub cooldown: u64,
    /// Who receives what holders of a failed DAPP's token did not claim.
    pub remainder_to: Who,
}

impl Section for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn check(&self, circumstances: &Circumstances) -> Result<()> {
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
            alv_amount(self.min_stake),
            alv_amount(Rules::MOST_MIN_STAKE)
        );
        self.check_durations(circumstances)?;
        check_pause(NAME, self.pause())?;
        let recovery = circumstances.recovery;
        ensure!(
            !circumstances.is_production() || self.silence > recovery,
            "derived_factory.silence is {}, and in the profile `production` it must exceed {}: twice olife_id.delay, \
             and contest, within which an operator who lost the key has another",
            duration(self.silence),
            duration(recovery)
        );
        circumstances.check_beneficiary("derived_factory.remainder_to", self.remainder_to)?;
        circumstances.check_council_is_in_time("derived_factory.answer", self.answer)
    }

    fn check_on_chain(&self, profile: Profile, _now: u64) -> Result<()> {
        check_is_somebody("derived_factory.remainder_to", self.remainder_to, profile)
    }

    fn plan(&self, planner: &mut Planner) -> Result<()> {
        let token = Code::read(TOKEN_CODE)?;
        let charter = Charter {
            remainder_to: planner.account(self.remainder_to)?.into(),
            rules: self.rules(),
            durations: self.durations(),
            pause: self.pause(),
            chain: planner.genesis(),
            identities: OlifeIdClient::at(planner.address(olife_id::NAME)?.into()),
        };
        let alv = planner.address(alv::NAME)?;
        let constructor = DerivedFactoryRef::new(alv, token.hash().into(), charter.into());
        let token = PlannedCode {
            code: token,
            purpose: "code alone; each DAPP has a contract made from it",
        };
        planner.create_after(vec![token], NAME, constructor)?;
        Ok(())
    }
}

impl Settings {
    /// What a DAPP must promise.
    fn rules(&self) -> Rules {
        Rules {
            min_cover: self.min_cover,
            stake_share: self.stake_share,
            min_stake: self.min_stake,
        }
    }

    /// How long things take.
    fn durations(&self) -> Durations {
        Durations {
            silence: self.silence,
            answer: self.answer,
            unbonding: self.unbonding,
            notice: self.notice,
            claims: self.claims,
        }
    }

    fn pause(&self) -> PauseTerms {
        PauseTerms {
            duration: self.pause,
            cooldown: self.cooldown,
        }
    }

    fn check_durations(&self, circumstances: &Circumstances) -> Result<()> {
        for (name, value, least) in [
            ("silence", self.silence, 7 * DAY),
            ("answer", self.answer, 3 * DAY),
            ("unbonding", self.unbonding, 14 * DAY),
            ("notice", self.notice, 7 * DAY),
            ("claims", self.claims, 2 * YEAR),
            ("pause", self.pause, HOUR),
        ] {
            let least = if circumstances.is_production() {
                least
            } else {
                1
            };
            ensure!(
                value >= least,
                "derived_factory.{name} is {}, and in this profile it is at least {}",
                duration(value),
                duration(least)
            );
            ensure!(
                value <= Durations::LONGEST,
                "derived_factory.{name} is {}, and must be at most {}",
                duration(value),
                duration(Durations::LONGEST)
            );
        }
        // None is longer than ten years, so that this cannot overflow.
        let declared = self.silence + 2 * self.answer;
        ensure!(
            self.unbonding > declared,
            "derived_factory.unbonding is {}, and must exceed {}: silence, and twice answer, within which a \
             failure is declared",
            duration(self.unbonding),
            duration(declared)
        );
        Ok(())
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
