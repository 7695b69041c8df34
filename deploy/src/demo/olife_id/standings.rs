//! What other contracts are told of the patient's keys, at three moments.

use super::person::{Person, PERSON, WEIGHT};
use crate::{
    demo::actor::Actor::{Patient, Renewed},
    table::table,
};
use allive_calls::{at, Chain, Typed};
use allive_olife_id_interface::{IdentityRegistry, Standing, Topic, Topics};
use anyhow::{ensure, Result};
use olife_id::OlifeId;

/// What is asked: whether an anchor knows somebody, which also asks for its trust, and whether it
/// is a patient.
const TOPICS: Topics = Topic::KNOWN.bit() | Topic::PATIENT.bit();

pub const NOBODY: Option<Standing> = None;
pub const HERSELF: Option<Standing> = Some(Standing {
    identity: PERSON,
    held: TOPICS,
    trust: WEIGHT,
});

/// What others say of both of the patient's keys, the old one first.
#[derive(Default)]
pub struct Recovered(Vec<(&'static str, [Option<Standing>; 2])>);

impl Recovered {
    /// Asks what another contract would be told about the old key and the new one.
    ///
    /// # Errors
    /// If it is something else than expected.
    pub fn note<C: Chain>(
        &mut self,
        person: &mut Person<C>,
        when: &'static str,
        expected: [Option<Standing>; 2],
    ) -> Result<()> {
        let contract = || at::<OlifeId>(person.identities);
        let chain = &mut *person.journal.chain;
        let standings = [Patient, Renewed].map(|key| {
            let account = key.account().into();
            chain.get(contract().standing(account, TOPICS))
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
                let is_patient = |one: Standing| one.held & Topic::PATIENT.bit() != 0;
                let holds = if standing.is_some_and(is_patient) {
                    "yes"
                } else {
                    "no"
                };
                rows.add_row([
                    (*when).to_owned(),
                    key.to_owned(),
                    standing.map_or("none".to_owned(), |one| one.identity.to_string()),
                    holds.to_owned(),
                    standing.map_or(0, |one| one.trust).to_string(),
                ]);
            }
        }
        println!("{rows}");
    }
}
