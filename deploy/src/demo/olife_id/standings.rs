//! What other contracts are told of the patient's keys, at three moments.

use super::person::{Person, PERSON, WEIGHT};
use crate::{
    demo::actor::Actor::{Patient, Renewed},
    table::table,
};
use allive_calls::{at, Chain, Typed};
use allive_olife_id_interface::{IdentityId, IdentityRegistry, Points, Topic};
use anyhow::{ensure, Result};
use olife_id::OlifeId;

/// What a key of the patient's is taken for by whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    identity: Option<IdentityId>,
    is_patient: bool,
    trust: Points,
}

pub const NOBODY: Standing = Standing {
    identity: None,
    is_patient: false,
    trust: 0,
};
pub const HERSELF: Standing = Standing {
    identity: Some(PERSON),
    is_patient: true,
    trust: WEIGHT,
};

/// What others say of both of the patient's keys, the old one first.
#[derive(Default)]
pub struct Recovered(Vec<(&'static str, [Standing; 2])>);

impl Recovered {
    /// Asks what another contract would be told about the old key and the new one.
    ///
    /// # Errors
    /// If it is something else than expected.
    pub fn note<C: Chain>(
        &mut self,
        person: &mut Person<C>,
        when: &'static str,
        expected: [Standing; 2],
    ) -> Result<()> {
        let contract = || at::<OlifeId>(person.identities);
        let chain = &mut *person.journal.chain;
        let standings = [Patient, Renewed].map(|key| {
            let account = || key.account().into();
            Standing {
                identity: chain.get(contract().identity_of(account())),
                is_patient: chain.get(contract().has_role(account(), Topic::Patient)),
                trust: chain.get(contract().trust(account())),
            }
        });
        ensure!(standings == expected, "{standings:?}, not {expected:?}");
        self.0.push((when, standings));
        Ok(())
    }

    /// The table.
    pub fn tell(&self) {
        println!("\nWhat other contracts are told of the patient's keys");
        let header = ["when", "key", "identity", "holds the role", "trust"];
        let mut rows = table(&header, 4);
        for (when, standings) in &self.0 {
            for (key, standing) in ["old", "new"].into_iter().zip(standings) {
                rows.add_row([
                    (*when).to_owned(),
                    key.to_owned(),
                    standing
                        .identity
                        .map_or("none".to_owned(), |number| number.to_string()),
                    if standing.is_patient { "yes" } else { "no" }.to_owned(),
                    standing.trust.to_string(),
                ]);
            }
        }
        println!("{rows}");
    }
}
