//! Who signs what a command sends beside a deployment, and where that is written down.

use super::{
    book::Book,
    site::{self, Site},
    up::confirm,
};
use allive_calls::{parts, read, Message};
use allive_rpc::{Key, Sent, Transaction, Trial};
use anyhow::{bail, Context, Result};
use scale::{Decode, Encode};
use std::fmt::Debug;

/// A key at work. It asks once, before it first signs.
pub struct Hand<'a> {
    pub site: &'a Site,
    pub key: &'a Key,
    pub book: &'a mut Book,
    pub folder: &'a site::Args,
    /// Whether it was agreed to.
    pub asked: bool,
}

impl Hand<'_> {
    /// Sends a message that the contract would accept.
    ///
    /// # Errors
    /// By the name of the contract's error if it would refuse.
    pub fn tell<Args, R, E>(
        &mut self,
        step: &str,
        message: Message<Args, Result<R, E>>,
    ) -> Result<Sent>
    where
        Args: Encode,
        R: Decode,
        E: Decode + Debug,
    {
        let (contract, input) = parts(message);
        let transaction = Transaction::Call { contract, input };
        let trial = self.try_out(&transaction)?;
        if let Ok(Err(error)) = read::<Result<R, E>>(trial.result.clone()) {
            bail!("{step}: the contract would refuse: {error:?}");
        }
        self.pass(step, &transaction, trial)
    }

    /// Sends any transaction.
    pub fn send(&mut self, step: &str, transaction: &Transaction) -> Result<Sent> {
        let trial = self.try_out(transaction)?;
        self.pass(step, transaction, trial)
    }

    fn try_out(&self, transaction: &Transaction) -> Result<Trial> {
        Ok(self.site.node.trial(&self.key.account(), transaction)?)
    }

    fn pass(&mut self, step: &str, transaction: &Transaction, trial: Trial) -> Result<Sent> {
        if !self.asked {
            println!("next: {step}");
            confirm(false)?;
            self.asked = true;
        }
        let sent = self.site.send(self.key, transaction, trial);
        let sent = sent.with_context(|| step.to_owned())?;
        println!("{step}: {}", self.site.receipt(&sent));
        self.book.note(step, &sent);
        self.book.save(&self.folder.book)?;
        Ok(sent)
    }
}
