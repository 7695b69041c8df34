//! The values of which a deployment's file is made: accounts, amounts, durations, moments.

use crate::chain::accounts;
use allive_holders::AmountError;
use ink::primitives::AccountId;
use serde::{de::Error, Deserialize, Deserializer};
use std::time::UNIX_EPOCH;

/// Milliseconds.
pub const HOUR: u64 = 3_600_000;
/// Milliseconds.
pub const DAY: u64 = 24 * HOUR;

/// How much is at stake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Nothing: durations of seconds, keys that everybody knows.
    Development,
    /// Real money.
    Production,
}

/// An account, or whoever deploys, or the council of the suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Deployer,
    Council,
    Account(AccountId),
}

impl<'de> Deserialize<'de> for Who {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "deployer" => Ok(Self::Deployer),
            "council" => Ok(Self::Council),
            account => match accounts::account(account).map_err(Error::custom)? {
                nobody if nobody == AccountId::from([0; 32]) => Err(Error::custom(
                    "the account of 32 zero bytes is nobody: name another",
                )),
                account => Ok(Self::Account(account)),
            },
        }
    }
}

/// An amount of ALV, as text.
pub fn units<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
    let text = String::deserialize(deserializer)?;
    allive_holders::units(&text).map_err(|error| {
        Error::custom(match error {
            AmountError::Zero => format!("`{text}` is nothing"),
            _ => format!("`{text}` {error}"),
        })
    })
}

/// A duration, as text, in milliseconds.
pub fn milliseconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    let duration = humantime::parse_duration(&text)
        .map_err(|error| Error::custom(format!("`{text}`: {error}")))?;
    u64::try_from(duration.as_millis()).map_err(Error::custom)
}

/// A moment, as text, in milliseconds since the Unix epoch.
pub fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    let moment = humantime::parse_rfc3339(&text)
        .map_err(|error| Error::custom(format!("`{text}`: {error}")))?;
    let since = moment.duration_since(UNIX_EPOCH).map_err(Error::custom)?;
    u64::try_from(since.as_millis()).map_err(Error::custom)
}

/// A hash, as text.
pub fn hash<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<[u8; 32]>, D::Error> {
    let text = String::deserialize(deserializer)?;
    accounts::hash(&text).map(Some).map_err(Error::custom)
}
