//! The chapter of provenance: a medicine goes from its maker to a patient, and its copied label
//! raises an alarm; the lot is recalled, and the recall lowered; a vaccine gets warm; a donation of
//! blood is made components, and recalled. Each life is told out of events alone.

mod blood;
mod goods;
mod medicine;
mod recall;
mod roles;
mod supply;
mod tables;
mod vaccine;

use super::{deployment::Suite, journal::Journal};
use crate::suite::{
    olife_id,
    provenance::{Settings, NAME},
    values::DAY,
};
use allive_calls::Chain;
use anyhow::Result;
use supply::Supply;
use tables::Lives;

/// What the story wants of the contract.
pub fn section() -> Settings {
    Settings {
        longest_transit: 30 * DAY,
        lowering_delay: recall::DELAY,
        undo: 10 * DAY,
        notify: DAY,
        upgrade_notice: 30 * DAY,
    }
}

/// Plays the chapter. Returns what is to be told at the end.
///
/// # Errors
/// At the first step that does not end as it must.
pub fn play<C: Chain>(journal: &mut Journal<C>, suite: &Suite) -> Result<Lives> {
    let mut supply = Supply {
        journal,
        identities: suite.address(olife_id::NAME)?,
        provenance: suite.address(NAME)?,
        facts: Vec::new(),
        verified: 0,
    };
    let mut lives = Lives::default();
    supply.attest()?;
    let medicine = medicine::play(&mut supply, &mut lives)?;
    recall::play(&mut supply, &medicine, &mut lives)?;
    vaccine::play(&mut supply, &mut lives)?;
    blood::play(&mut supply, &mut lives)?;
    lives.events = supply.facts.len();
    lives.verified = supply.verified;
    Ok(lives)
}
