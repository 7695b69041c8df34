//! The chapter of provenance: a pack of a medicine goes from its maker to a patient, and its copied
//! label raises an alarm.

mod medicine;
mod supply;
mod tables;

use super::{deployment::Suite, journal::Journal};
use crate::suite::{
    olife_id,
    provenance::{Settings, NAME},
    values::DAY,
};
use allive_calls::Chain;
use anyhow::Result;
use medicine::Medicine;
use supply::Supply;
use tables::Traced;

/// What the story wants of the contract.
pub fn section() -> Settings {
    Settings {
        longest_transit: 30 * DAY,
        lowering_delay: 3 * DAY,
        undo: 10 * DAY,
        notify: DAY,
        upgrade_notice: 30 * DAY,
    }
}

/// Plays the chapter. Returns what is to be told at the end.
///
/// # Errors
/// At the first step that does not end as it must.
pub fn play<C: Chain>(journal: &mut Journal<C>, suite: &Suite) -> Result<Traced> {
    let medicine = Medicine::new(journal.chain.now())?;
    let mut supply = Supply {
        journal,
        identities: suite.address(olife_id::NAME)?,
        provenance: suite.address(NAME)?,
        medicine,
    };
    let mut traced = Traced::default();
    supply.attest()?;
    supply.commission()?;
    supply.note(&mut traced, "commissioned")?;
    supply.ship()?;
    supply.note(&mut traced, "shipped")?;
    supply.receive()?;
    supply.note(&mut traced, "received by a pharmacy")?;
    supply.dispense()?;
    supply.note(&mut traced, "dispensed")?;
    supply.refuse_copies()?;
    supply.note(&mut traced, "its copied label shown elsewhere")?;
    Ok(traced)
}
