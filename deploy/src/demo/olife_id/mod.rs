//! The chapter of Olife ID: somebody is known and holds a role, loses her key, and is the same by
//! another one.

mod person;
mod recovery;
mod standings;

use super::{deployment::Suite, journal::Journal};
use crate::suite::{
    alv, derived_factory,
    olife_id::{Settings, NAME},
    values::{Who, DAY, HOUR},
};
use crate::table::ALV;
use allive_calls::Chain;
use anyhow::Result;
use person::{Person, DELAY};
use standings::{Recovered, HERSELF, NOBODY};

/// What the story wants of the contract.
pub fn section() -> Settings {
    Settings {
        delay: DELAY,
        contest: 14 * DAY,
        settling: 28 * DAY,
        unbonding: 14 * DAY,
        notice: 14 * DAY,
        fade: 365 * DAY,
        bond: ALV,
        pause: 72 * HOUR,
        cooldown: 72 * HOUR,
        forfeits_to: Who::Deployer,
    }
}

/// Plays the chapter. Returns what is to be told at the end.
///
/// # Errors
/// At the first step that does not end as it must.
pub fn play<C: Chain>(journal: &mut Journal<C>, suite: &Suite) -> Result<Recovered> {
    let mut person = Person {
        journal,
        genesis: suite.genesis,
        identities: suite.address(NAME)?,
        alv: suite.address(alv::NAME)?,
        factory: suite.address(derived_factory::NAME)?,
    };
    person.create()?;
    person.attest()?;
    person.pay_in()?;
    let mut recovered = Recovered::default();
    recovered.note(&mut person, "before", [HERSELF, NOBODY])?;
    person.lose()?;
    recovered.note(&mut person, "while guardians recover", [NOBODY, NOBODY])?;
    person.recover()?;
    recovered.note(&mut person, "after", [NOBODY, HERSELF])?;
    person.inherit()?;
    Ok(recovered)
}
