//! What happened in a story, step by step, each held against what should have happened.

use super::actor::Actor;
use crate::{
    chain::deployment::SetupCall,
    table::{grouped, table},
};
use allive_calls::{Chain, Deposit, Event, Gas, Message, Typed};
use anyhow::{bail, Result};
use comfy_table::Table;
use scale::{Decode, Encode};
use std::fmt::Debug;

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
        match self.send(actor, action, message, "done")? {
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
        let outcome = format!("refused: {expected:?}");
        match self.send(actor, action, message, &outcome)?.0 {
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

    /// Makes a setup call, which must succeed.
    ///
    /// # Errors
    /// If it is refused.
    pub fn set_up(&mut self, actor: Actor, call: &SetupCall) -> Result<()> {
        let outcome = call.make(self.chain, actor.account())?;
        self.record(Step {
            actor,
            action: call.deed.clone(),
            outcome: "done".to_owned(),
            gas: outcome.gas,
            deposit: outcome.deposit,
            frames: outcome.frames,
        });
        Ok(())
    }

    fn send<Args: Encode, R: Decode>(
        &mut self,
        actor: Actor,
        action: &str,
        message: Message<Args, R>,
        outcome: &str,
    ) -> Result<(R, Vec<Event>)> {
        let receipt = self.chain.send(actor.account(), message);
        self.record(Step {
            actor,
            action: action.to_owned(),
            outcome: outcome.to_owned(),
            gas: receipt.gas,
            deposit: receipt.deposit,
            frames: receipt.frames,
        });
        Ok((receipt.value?, receipt.events))
    }

    fn record(&mut self, step: Step) {
        let Step {
            actor,
            action,
            outcome,
            ..
        } = &step;
        println!("  {:<14} {action}: {outcome}", actor.name());
        self.steps.push(step);
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

/// The one event of type `E` among these.
///
/// # Errors
/// If there is none, or more than one.
pub fn one<E: ink::env::Event + Decode>(events: &[Event]) -> Result<E> {
    let mut found = events.iter().filter_map(Event::decode);
    match (found.next(), found.next()) {
        (Some(event), None) => Ok(event),
        _ => bail!("expected one event of its kind"),
    }
}
