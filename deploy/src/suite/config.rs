//! What a deployment is to be like: `deploy/<chain>.toml`, and the bounds of its profile.

use super::{
    checks::Circumstances,
    contract::{Contract, Section},
    values::{hash, Profile, Who},
};
use anyhow::{ensure, Context, Result};
use serde::{de::IgnoredAny, Deserialize};
use std::{collections::BTreeMap, fs, path::Path};

/// A deployment, as its file says it.
pub struct Config {
    pub profile: Profile,
    /// Hash of the first block of the only chain that it is meant for.
    pub genesis: Option<[u8; 32]>,
    /// Who is to own the contracts.
    pub admin: Who,
    /// Part of every address of a contract.
    pub salt: String,
    /// A section for each contract.
    pub sections: Vec<Box<dyn Section>>,
}

/// What does not concern one contract alone.
#[derive(Deserialize)]
struct General {
    profile: Profile,
    #[serde(default, deserialize_with = "hash")]
    genesis: Option<[u8; 32]>,
    admin: Who,
    #[serde(default)]
    salt: String,
    #[serde(flatten)]
    sections: BTreeMap<String, IgnoredAny>,
}

impl Config {
    /// Reads a deployment's file. What it wants is held against the bounds of its profile.
    ///
    /// # Errors
    /// By file and line, or by the value that is out of bounds.
    pub fn read(file: &Path, contracts: &[&dyn Contract]) -> Result<Self> {
        let place = || file.display().to_string();
        let text = fs::read_to_string(file).with_context(place)?;
        let config = Self::parse(&text, contracts).with_context(place)?;
        config.check().with_context(place)?;
        Ok(config)
    }

    fn parse(text: &str, contracts: &[&dyn Contract]) -> Result<Self> {
        let general: General = toml::from_str(text)?;
        for name in general.sections.keys() {
            ensure!(
                contracts.iter().any(|contract| contract.name() == name),
                "unknown field `{name}`: it is neither a value for all contracts nor a contract of the suite"
            );
        }
        let sections = contracts.iter().map(|contract| contract.section(text));
        Ok(Self {
            profile: general.profile,
            genesis: general.genesis,
            admin: general.admin,
            salt: general.salt,
            sections: sections.collect::<Result<_, _>>()?,
        })
    }

    /// The section of a contract.
    ///
    /// # Errors
    /// If there is none.
    pub fn section(&self, name: &str) -> Result<&dyn Section> {
        let mut sections = self.sections.iter();
        let section = sections.find(|section| section.name() == name);
        let section = section.with_context(|| format!("the deployment has no section `{name}`"))?;
        Ok(&**section)
    }

    /// Refuses what a contract would refuse, and what the profile does.
    ///
    /// # Errors
    /// By the value that is out of bounds.
    pub fn check(&self) -> Result<()> {
        if self.profile == Profile::Production {
            ensure!(
                self.genesis.is_some(),
                "a production deployment names its chain: `genesis` is missing"
            );
            ensure!(
                self.admin != Who::Deployer,
                "a production deployment hands its contracts over: `admin` must be \"council\", or an account such \
                 as a multisig"
            );
        }
        let mut circumstances = Circumstances {
            profile: self.profile,
            admin: self.admin,
            members: Vec::new(),
            grave_delay: 0,
            recovery: 0,
        };
        for section in &self.sections {
            section.add_to(&mut circumstances);
        }
        let mut sections = self.sections.iter();
        sections.try_for_each(|section| section.check(&circumstances))
    }
}
