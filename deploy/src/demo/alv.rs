//! The chapter of ALV: who holds how much before the story and after it, and that this is all there
//! is.

use super::{actor::Actor, deployment::Suite, journal::Journal};
use crate::{
    suite::{
        alv::{Settings, NAME},
        values::{Who, HOUR},
        vaults,
    },
    table::{alv, grouped, table, ALV},
};
use allive_calls::{psp22, Chain, Typed};
use anyhow::{ensure, Result};
use ink::primitives::AccountId;
use psp22::PSP22;

const SUPPLY: u128 = 1_000_000 * ALV;
/// How long a pause lasts, and until the next.
const PAUSE: u64 = 72 * HOUR;

/// What the story wants of the contract.
pub fn section() -> Settings {
    Settings {
        supply: SUPPLY,
        cap: 10 * SUPPLY,
        pause: PAUSE,
        cooldown: PAUSE,
        minters: vec![],
        pausers: vec![Who::Deployer],
    }
}

/// What everybody in the story holds, and every contract that holds ALV for others.
pub struct Balances {
    alv: AccountId,
    accounts: Vec<(&'static str, AccountId)>,
    before: Vec<u128>,
    after: Vec<u128>,
}

impl Balances {
    /// The balances before the story.
    ///
    /// # Errors
    /// If a contract was not deployed.
    pub fn before<C: Chain>(journal: &mut Journal<C>, suite: &Suite) -> Result<Self> {
        let actors = Actor::ALL.map(|actor| (actor.name(), actor.account()));
        let mut balances = Self {
            alv: suite.address(NAME)?,
            accounts: actors.into(),
            before: Vec::new(),
            after: Vec::new(),
        };
        for vault in vaults() {
            let account = suite.address(vault.name())?;
            balances.accounts.push((vault.title(), account));
        }
        balances.before = balances.now(journal);
        Ok(balances)
    }

    /// Adds the balances after the story.
    pub fn and_after<C: Chain>(mut self, journal: &mut Journal<C>) -> Self {
        self.after = self.now(journal);
        self
    }

    fn now<C: Chain>(&self, journal: &mut Journal<C>) -> Vec<u128> {
        let accounts = self.accounts.iter();
        accounts
            .map(|(_, account)| journal.chain.get(psp22(self.alv).balance_of(*account)))
            .collect()
    }

    /// The table.
    pub fn tell(&self) {
        println!("\nBalances (ALV)");
        let mut rows = table(&["account", "before", "after"], 1);
        let balances = self.before.iter().zip(&self.after);
        for ((name, _), (before, after)) in self.accounts.iter().zip(balances) {
            rows.add_row([(*name).to_owned(), alv(*before), alv(*after)]);
        }
        println!("{rows}");
    }

    /// How many ALV there are, for people.
    ///
    /// # Errors
    /// If there are others than at the beginning, or somebody else holds some.
    pub fn total<C: Chain>(&self, journal: &mut Journal<C>) -> Result<String> {
        let supply = journal.chain.get(psp22(self.alv).total_supply());
        let held: u128 = self.after.iter().sum();
        ensure!(
            supply == SUPPLY && held == supply,
            "{} of {} ALV are accounted for",
            alv(held),
            alv(supply)
        );
        Ok(grouped(supply / ALV))
    }
}
