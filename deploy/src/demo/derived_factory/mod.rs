//! The chapter of the two tiers: DAPPs stake ALV and sell tokens of their own for it. One falls
//! silent, and what it left makes its holders whole.

mod dapps;
mod failure;
mod tables;
mod trade;

use super::{deployment::Suite, journal::Journal};
use crate::suite::{
    alv,
    derived_factory::{Settings, NAME},
    olife_nexus,
    values::{Who, DAY, HOUR},
};
use allive_calls::Chain;
use anyhow::Result;
use dapps::{Dapps, MIN_STAKE};
use tables::Ending;

/// What the story wants of the contract.
pub fn section() -> Settings {
    Settings {
        min_cover: 5_000,
        stake_share: 2_000,
        min_stake: MIN_STAKE,
        silence: 30 * DAY,
        answer: 7 * DAY,
        unbonding: 45 * DAY,
        notice: 14 * DAY,
        claims: 5 * 365 * DAY,
        pause: 72 * HOUR,
        cooldown: 72 * HOUR,
        remainder_to: Who::Deployer,
    }
}

/// Plays the chapter. Returns what is to be told at the end.
///
/// # Errors
/// At the first step that does not end as it must, or if a holder is not made whole to the unit.
pub fn play<C: Chain>(journal: &mut Journal<C>, suite: &Suite) -> Result<Ending> {
    let mut dapps = Dapps {
        journal,
        alv: suite.address(alv::NAME)?,
        factory: suite.address(NAME)?,
        contract: suite.address(olife_nexus::NAME)?,
    };
    let [fitness, clinic] = dapps.register()?;
    dapps.buy(&fitness, &clinic)?;
    let legs = dapps.convert(&fitness, &clinic)?;
    dapps.drain(&fitness)?;
    let (money, failure) = dapps.fail(&fitness, &clinic)?;
    let shares = dapps.claim(&fitness, &failure)?;
    dapps.go_on(&fitness, &clinic)?;
    Ok(Ending {
        legs,
        money,
        failure,
        shares,
    })
}
