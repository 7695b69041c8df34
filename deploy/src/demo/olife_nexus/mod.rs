//! The chapters of the Nexus: a patient is paid for the use of her record; and what she left there
//! with a lost key is carried over by the new one.

mod inheritance;
mod records;
mod sale;

pub use inheritance::Inheritance;
pub use records::Records;
pub use sale::sell;

use super::{deployment::Suite, journal::Journal};
use crate::{
    suite::{
        olife_nexus::{Settings, NAME},
        values::DAY,
    },
    table::alv,
};
use allive_calls::{at, Chain, Typed};
use anyhow::{ensure, Result};
use olife_nexus::OlifeNexus;

/// How long new code is announced.
pub const NOTICE: u64 = 30 * DAY;

/// What the story wants of the contract.
pub fn section() -> Settings {
    Settings {
        longest_term: 365 * DAY,
        upgrade_notice: NOTICE,
    }
}

/// Refuses an end at which the Nexus still owes something.
///
/// # Errors
/// By what it owes.
pub fn check_nothing_owed<C: Chain>(journal: &mut Journal<C>, suite: &Suite) -> Result<()> {
    let nexus = suite.address(NAME)?;
    let owed = journal.chain.get(at::<OlifeNexus>(nexus).owed());
    ensure!(owed == 0, "the Nexus still owes {} ALV", alv(owed));
    Ok(())
}
