//! The chapter of the council: whatever an admin may do is handed to it. It pauses at once in an
//! emergency, and decides about new code. Who deployed all has no say any more.

mod emergency;
mod members;
mod rights;
mod tables;
mod upgrade;

use super::{deployment::Suite, journal::Journal};
use crate::suite::{
    alv,
    council::{Class, Emergency, Settings, NAME},
    derived_factory, olife_id, olife_nexus, provenance,
    values::{Who, DAY, HOUR},
};
use allive_calls::{Chain, Code};
use anyhow::Result;
use members::{Members, MEMBERS};
use tables::{HandedOver, Right};

/// What the story wants of the contract.
pub fn section() -> Settings {
    Settings {
        members: MEMBERS.map(|member| Who::Account(member.account())).into(),
        least_delay: DAY,
        routine: Class {
            threshold: 2,
            delay: 0,
        },
        grave: Class {
            threshold: 2,
            delay: 2 * DAY,
        },
        constitutional: Class {
            threshold: 3,
            delay: 14 * DAY,
        },
        lifetime: 60 * DAY,
        emergency: Emergency {
            threshold: 2,
            window: HOUR,
            cooldown: 7 * DAY,
        },
    }
}

/// Plays the chapter. Returns what is to be told at the end.
///
/// # Errors
/// At the first step that does not end as it must, or if something of the Nexus is lost on the way.
pub fn play<C: Chain>(journal: &mut Journal<C>, suite: &Suite, next: &Code) -> Result<HandedOver> {
    let mut members = Members {
        journal,
        council: suite.address(NAME)?,
        alv: suite.address(alv::NAME)?,
        identities: suite.address(olife_id::NAME)?,
        nexus: suite.address(olife_nexus::NAME)?,
        factory: suite.address(derived_factory::NAME)?,
        provenance: suite.address(provenance::NAME)?,
    };
    let before = members.holders()?;
    members.take_over()?;
    let after = members.holders()?;
    let refusals = members.refuse_the_foundation(next.hash().into())?;
    members.pause()?;
    let kept = members.upgrade(next)?;
    let rights = before.into_iter().zip(after).zip(refusals);
    let rights = rights.map(|(((right, before), (_, after)), refused)| Right {
        right,
        before,
        after,
        refused,
    });
    Ok(HandedOver {
        members: MEMBERS.len(),
        rights: rights.collect(),
        kept,
    })
}
