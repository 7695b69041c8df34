//! What happened in a story, step by step, each held against what should have happened.

use crate::table::{grouped, table};
use allive_calls::{Chain, Deposit, Event, Gas, Keyring, Message, Receipt, Typed};
use anyhow::{bail, Result};
use comfy_table::Table;
use ink::primitives::AccountId;
use scale::{Decode, Encode};
use std::fmt::Debug;

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Deploys the suite and owns it, until a council does.
    Foundation,
    /// Owns the records.
    Patient,
    /// Buys uses.
    Group,
    /// A DAPP that sells a token of its own, and falls silent.
    Fitness,
    /// A DAPP that sells a token of its own, and goes on.
    Clinic,
    /// The patient, with the key that took the place of the one she lost.
    Renewed,
    /// Has no right to anything.
    Stranger,
}

impl Actor {
    /// Everybody in the story.
    pub const ALL: [Self; 7] = [
        Self::Foundation,
        Self::Patient,
        Self::Group,
        Self::Fitness,
        Self::Clinic,
        Self::Renewed,
        Self::Stranger,
    ];

    /// The account.
    pub fn account(self) -> AccountId {
        self.key().account()
    }

    /// The key.
    pub fn key(self) -> Keyring {
        match self {
            Self::Foundation => Keyring::Alice,
            Self::Patient => Keyring::Bob,
            Self::Group => Keyring::Charlie,
            Self::Fitness => Keyring::Dave,
            Self::Clinic => Keyring::Ferdie,
            Self::Renewed => Keyring::One,
            Self::Stranger => Keyring::Eve,
        }
    }

    /// As tables show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Foundation => "foundation",
            Self::Patient => "patient",
            Self::Group => "research group",
            Self::Fitness => "fitness DAPP",
            Self::Clinic => "clinic DAPP",
            Self::Renewed => "patient, new key",
            Self::Stranger => "stranger",
        }
    }
}

struct Step {
    actor: Actor,
    action: String,
    outcome: String,
    gas: Gas,
    deposit: Deposit,
    frames: u32,
}

/// A chain, and the journal of what was done on it.
pub struct Journal<'c, C> {
    /// The chain.
    pub chain: &'c mut C,
    steps: Vec<Step>,
    refusals: usize,
}

impl<'c, C: Chain> Journal<'c, C> {
    /// An empty journal.
    pub fn new(chain: &'c mut C) -> Self {
        Self {
            chain,
            steps: Vec::new(),
            refusals: 0,
        }
    }

    /// Announces what comes next.
    pub fn chapter(&self, title: &str) {
        println!("\n{title}");
    }

    /// Lets time pass.
    pub fn pass(&mut self, milliseconds: u64, what: &str) {
        self.chain.advance(milliseconds);
        println!("  {:<14} {what}", "");
    }

    /// Sends a message that must succeed. Returns its answer and its events.
    ///
    /// # Errors
    /// If it is refused.
    pub fn accept<Args, R, E>(
        &mut self,
        actor: Actor,
        action: &str,
        message: Message<Args, Result<R, E>>,
    ) -> Result<(R, Vec<Event>)>
    where
        Args: Encode,
        R: Decode,
        E: Decode + Debug,
    {
        let receipt = self.chain.send(actor.account(), message);
        match self.record(actor, action, receipt, "done")? {
            (Ok(answer), events) => Ok((answer, events)),
            (Err(error), _) => bail!("{} could not {action}: {error:?}", actor.name()),
        }
    }

    /// Sends a message that must be refused with `expected`.
    ///
    /// # Errors
    /// If it is done, or refused for another reason.
    pub fn refuse<Args, R, E>(
        &mut self,
        actor: Actor,
        action: &str,
        message: Message<Args, Result<R, E>>,
        expected: E,
    ) -> Result<()>
    where
        Args: Encode,
        R: Decode + Debug,
        E: Decode + Debug + PartialEq,
    {
        let receipt = self.chain.send(actor.account(), message);
        let outcome = format!("refused: {expected:?}");
        match self.record(actor, action, receipt, &outcome)?.0 {
            Err(error) if error == expected => {
                self.refusals += 1;
                Ok(())
            }
            other => bail!(
                "{} tried to {action}: expected {expected:?}, got {other:?}",
                actor.name()
            ),
        }
    }

    fn record<R>(
        &mut self,
        actor: Actor,
        action: &str,
        receipt: Receipt<R>,
        outcome: &str,
    ) -> Result<(R, Vec<Event>)> {
        let (gas, deposit, frames) = (receipt.gas, receipt.deposit, receipt.frames);
        let outcome = outcome.to_owned();
        println!("  {:<14} {action}: {outcome}", actor.name());
        self.steps.push(Step {
            actor,
            action: action.to_owned(),
            outcome,
            gas,
            deposit,
            frames,
        });
        Ok((receipt.value?, receipt.events))
    }

    /// How many steps there were, and how many of them were refusals.
    pub fn count(&self) -> (usize, usize) {
        (self.steps.len(), self.refusals)
    }

    /// Every step with what it cost.
    pub fn table(&self) -> Table {
        let mut table = table(
            &[
                "who", "what", "outcome", "ref_time", "proof", "items", "bytes", "frames",
            ],
            3,
        );
        for step in &self.steps {
            table.add_row([
                step.actor.name().to_owned(),
                step.action.clone(),
                step.outcome.clone(),
                grouped(step.gas.ref_time.into()),
                grouped(step.gas.proof_size.into()),
                format!("{:+}", step.deposit.items),
                format!("{:+}", step.deposit.bytes),
                step.frames.to_string(),
            ]);
        }
        table
    }
}
