//! What a deployment is to be like: `deploy/<chain>.toml`, and the bounds of its profile.

use super::{accounts, council::Council, factory::Factory, identity::Identity};
use allive_access::PauseTerms;
use allive_holders::{AmountError, Snapshot};
use allive_rpc::ChainKind;
use anyhow::{bail, ensure, Context, Result};
use ink::primitives::AccountId;
use serde::{Deserialize, Deserializer};
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

/// Milliseconds.
pub const HOUR: u64 = 3_600_000;
/// Milliseconds.
pub const DAY: u64 = 24 * HOUR;

/// A deployment, as its file says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub profile: Profile,
    #[serde(default, deserialize_with = "optional_hash")]
    pub genesis: Option<[u8; 32]>,
    pub admin: Who,
    #[serde(default)]
    pub salt: String,
    pub council: Council,
    pub alv: Alv,
    pub olife_id: Identity,
    pub olife_nexus: Nexus,
    pub alv_distributor: Distributor,
    pub derived_factory: Factory,
}

/// How much is at stake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Nothing: durations of seconds, keys that everybody knows.
    Development,
    /// Real money.
    Production,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alv {
    #[serde(deserialize_with = "units")]
    pub supply: u128,
    #[serde(deserialize_with = "units")]
    pub cap: u128,
    #[serde(deserialize_with = "milliseconds")]
    pause: u64,
    #[serde(deserialize_with = "milliseconds")]
    cooldown: u64,
    pub minters: Vec<Who>,
    pub pausers: Vec<Who>,
}

impl Alv {
    /// How long a pause lasts, and until the next.
    pub fn pause(&self) -> PauseTerms {
        PauseTerms {
            duration: self.pause,
            cooldown: self.cooldown,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nexus {
    #[serde(deserialize_with = "milliseconds")]
    pub longest_term: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub upgrade_notice: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distributor {
    /// The list of holders, from the folder of the project.
    holders: PathBuf,
    /// The last moment at which claims are good, in milliseconds since the Unix epoch.
    #[serde(deserialize_with = "moment")]
    pub deadline: u64,
    pub remainder_to: Who,
}

/// An account, or whoever deploys, or the council of the suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Deployer,
    Council,
    Account(AccountId),
}

/// Whom the words of a deployment's file stand for.
#[derive(Clone, Copy)]
pub struct Parties {
    pub deployer: AccountId,
    pub council: AccountId,
}

impl Who {
    /// The account that is meant.
    pub fn account(self, parties: &Parties) -> AccountId {
        match self {
            Self::Deployer => parties.deployer,
            Self::Council => parties.council,
            Self::Account(account) => account,
        }
    }
}

impl Config {
    /// Reads a deployment's file. What it wants is held against the bounds of its profile.
    ///
    /// # Errors
    /// By file and line, or by the value that is out of bounds.
    pub fn read(file: &Path) -> Result<Self> {
        let place = || file.display().to_string();
        let text = fs::read_to_string(file).with_context(place)?;
        let config: Self = toml::from_str(&text).with_context(place)?;
        config.check().with_context(place)?;
        Ok(config)
    }

    /// The list of holders of the earlier token.
    pub fn holders(&self, root: &Path) -> Result<Snapshot> {
        let file = root.join(&self.alv_distributor.holders);
        fs::File::open(&file)
            .map_err(anyhow::Error::from)
            .and_then(|csv| Ok(Snapshot::read(csv)?))
            .with_context(|| file.display().to_string())
    }

    /// Refuses a chain that this deployment is not meant for.
    pub fn fits(&self, chain: &ChainKind, now: u64) -> Result<()> {
        if let Some(genesis) = &self.genesis {
            ensure!(
                *genesis == chain.genesis,
                "this deployment is meant for the chain {}, and `{}` is {}: correct `genesis`, or --url",
                accounts::hex(genesis),
                chain.name,
                accounts::hex(&chain.genesis)
            );
        }
        if self.profile == Profile::Development {
            ensure!(
                chain.is_development,
                "the profile `development` has durations of seconds, and `{}` is no development chain: \
                 write a profile `production` for it (see deploy/production.toml)",
                chain.name
            );
        }
        if self.profile == Profile::Production {
            self.council.are_filled_in()?;
        }
        let open = self.alv_distributor.deadline.saturating_sub(now);
        let least = match self.profile {
            Profile::Development => 1,
            Profile::Production => 90 * DAY,
        };
        ensure!(
            open >= least,
            "alv_distributor.deadline leaves {} of claims, and at least {} are due",
            words(open),
            words(least)
        );
        Ok(())
    }

    fn check(&self) -> Result<()> {
        ensure!(
            self.alv.supply <= self.alv.cap,
            "alv.supply is above alv.cap"
        );
        ensure!(
            self.alv.pause().are_sound(),
            "alv.pause must be positive and at most {}, and alv.cooldown no shorter",
            words(PauseTerms::LONGEST)
        );
        if self.profile == Profile::Production {
            self.check_production()?;
        }
        self.council.check(self.profile)?;
        self.derived_factory.check(self.profile)?;
        self.olife_id.check(self.profile)?;
        if self.profile == Profile::Production {
            self.waits_for_recoveries()?;
        }
        if self.admin == Who::Council {
            self.check_council()?;
        }
        Ok(())
    }

    /// Refuses what a council as admin could not do its work with.
    fn check_council(&self) -> Result<()> {
        self.leaves_no_role()?;
        ensure!(
            self.alv.pausers.contains(&Who::Council),
            "the admin is the council, and alv.pausers does not name \"council\": it could not pause ALV in an emergency"
        );
        let delay = self.council.grave_delay();
        for (name, time) in [
            ("olife_id.notice", self.olife_id.terms().notice),
            (
                "olife_nexus.upgrade_notice",
                self.olife_nexus.upgrade_notice,
            ),
            (
                "derived_factory.answer",
                self.derived_factory.durations().answer,
            ),
        ] {
            ensure!(
                delay <= time,
                "council.grave has a delay of {}, and {name} is {}: what is agreed on when that begins must be \
                 able to come when it ends",
                words(delay),
                words(time)
            );
        }
        Ok(())
    }

    /// Refuses to leave a role with who deploys.
    fn leaves_no_role(&self) -> Result<()> {
        for (name, holders) in [
            ("alv.minters", &self.alv.minters),
            ("alv.pausers", &self.alv.pausers),
        ] {
            ensure!(
                !holders.contains(&Who::Deployer),
                "{name} names the deployer, with whom nothing is to be left: name the council, or an account"
            );
        }
        Ok(())
    }

    /// Refuses to leave money with who deploys.
    fn leaves_no_money(&self) -> Result<()> {
        for (name, receiver) in [
            ("olife_id.forfeits_to", self.olife_id.forfeits_to),
            (
                "alv_distributor.remainder_to",
                self.alv_distributor.remainder_to,
            ),
            (
                "derived_factory.remainder_to",
                self.derived_factory.remainder_to,
            ),
        ] {
            ensure!(
                receiver != Who::Deployer,
                "{name} names the deployer, with whom nothing is to be left: name the council, or an account"
            );
        }
        Ok(())
    }

    /// Refuses times that pass before who lost her keys has others. What is held against each other here is
    /// within its own bounds already, so that nothing overflows.
    fn waits_for_recoveries(&self) -> Result<()> {
        let terms = self.olife_id.terms();
        // Cancelled in its last moment, contested for as long as can be, and then waited for once more.
        let recovery = 2 * terms.delay + terms.contest;
        let silence = self.derived_factory.durations().silence;
        ensure!(
            silence > recovery,
            "derived_factory.silence is {}, and in the profile `production` it must exceed {}: twice olife_id.delay, \
             and contest, within which an operator who lost the key has another",
            words(silence),
            words(recovery)
        );
        let notice = self.olife_nexus.upgrade_notice;
        ensure!(
            notice >= recovery,
            "olife_nexus.upgrade_notice is {}, and in the profile `production` it is at least {}: twice \
             olife_id.delay, and contest, within which who lost a key has another, to leave with",
            words(notice),
            words(recovery)
        );
        Ok(())
    }

    fn check_production(&self) -> Result<()> {
        ensure!(
            self.genesis.is_some(),
            "a production deployment names its chain: `genesis` is missing"
        );
        for (name, value, least) in [
            ("alv.pause", self.alv.pause, HOUR),
            (
                "olife_nexus.longest_term",
                self.olife_nexus.longest_term,
                30 * DAY,
            ),
            (
                "olife_nexus.upgrade_notice",
                self.olife_nexus.upgrade_notice,
                14 * DAY,
            ),
        ] {
            ensure!(
                value >= least,
                "{name} is {}, and in the profile `production` it is at least {}",
                words(value),
                words(least)
            );
        }
        if self.admin == Who::Deployer {
            bail!("a production deployment hands its contracts over: `admin` must be \"council\", or an account such as a multisig");
        }
        self.leaves_no_role()?;
        self.leaves_no_money()
    }
}

/// A duration as people say it.
pub fn words(milliseconds: u64) -> String {
    humantime::format_duration(Duration::from_millis(milliseconds)).to_string()
}

impl<'de> Deserialize<'de> for Who {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "deployer" => Ok(Self::Deployer),
            "council" => Ok(Self::Council),
            account => accounts::account(account)
                .map(Self::Account)
                .map_err(serde::de::Error::custom),
        }
    }
}

/// An amount of ALV, as text.
pub fn units<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
    let text = String::deserialize(deserializer)?;
    allive_holders::units(&text).map_err(|error| {
        serde::de::Error::custom(match error {
            AmountError::Zero => format!("`{text}` is nothing"),
            _ => format!("`{text}` {error}"),
        })
    })
}

/// A duration, as text.
pub fn milliseconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    let duration = humantime::parse_duration(&text)
        .map_err(|error| serde::de::Error::custom(format!("`{text}`: {error}")))?;
    u64::try_from(duration.as_millis()).map_err(serde::de::Error::custom)
}

fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    let moment = humantime::parse_rfc3339(&text)
        .map_err(|error| serde::de::Error::custom(format!("`{text}`: {error}")))?;
    let since = moment
        .duration_since(UNIX_EPOCH)
        .map_err(serde::de::Error::custom)?;
    u64::try_from(since.as_millis()).map_err(serde::de::Error::custom)
}

fn optional_hash<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<[u8; 32]>, D::Error> {
    let text = String::deserialize(deserializer)?;
    accounts::hash(&text)
        .map(Some)
        .map_err(serde::de::Error::custom)
}
