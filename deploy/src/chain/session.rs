//! Who signs what a command sends beside a deployment, and where that is written down.

use super::{
    book::Book,
    connection::{self, Connection},
    deployment::{refusal, SetupCall},
};
use allive_calls::{parts, Message};
use allive_rpc::{Key, Sent, Transaction, Trial};
use anyhow::{bail, ensure, Context, Result};
use scale::{Decode, Encode};
use std::{
    fmt::Debug,
    io::{BufRead, IsTerminal, Write},
    path::Path,
};

/// A key at work on a chain. It asks once, before it first signs.
pub struct Session<'a> {
    pub connection: &'a Connection,
    pub key: &'a Key,
    pub book: &'a mut Book,
    /// The folder of the book.
    pub folder: &'a Path,
    /// Whether somebody agreed that it sends.
    pub is_agreed: bool,
}

impl Session<'_> {
    /// Sends a message that the contract would accept.
    ///
    /// # Errors
    /// By the name of the contract's error if it would refuse.
    pub fn call<Args, R, E>(
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
        self.send_unless_refused(step, &transaction, refusal::<R, E>)
    }

    /// Makes a setup call.
    ///
    /// # Errors
    /// By the name of the contract's error if it would refuse.
    pub fn set_up(&mut self, call: &SetupCall) -> Result<Sent> {
        let transaction = Transaction::Call {
            contract: call.contract,
            input: call.input.clone(),
        };
        self.send_unless_refused(&call.what, &transaction, |returned| call.refusal(returned))
    }

    /// Sends any transaction.
    pub fn send(&mut self, step: &str, transaction: &Transaction) -> Result<Sent> {
        let trial = self.try_out(transaction)?;
        self.sign_and_send(step, transaction, trial)
    }

    fn send_unless_refused(
        &mut self,
        step: &str,
        transaction: &Transaction,
        refusal: impl Fn(&[u8]) -> String,
    ) -> Result<Sent> {
        let trial = self.try_out(transaction)?;
        if let Ok(returned) = &trial.result {
            ensure!(
                !returned.reverted,
                "{step}: the contract would refuse: {}",
                refusal(&returned.data)
            );
        }
        self.sign_and_send(step, transaction, trial)
    }

    fn try_out(&self, transaction: &Transaction) -> Result<Trial> {
        let account = self.key.account();
        Ok(self.connection.node.trial(&account, transaction)?)
    }

    fn sign_and_send(
        &mut self,
        step: &str,
        transaction: &Transaction,
        trial: Trial,
    ) -> Result<Sent> {
        if !self.is_agreed {
            println!("next: {step}");
            confirm(false)?;
            self.is_agreed = true;
        }
        let sent = self.connection.send(self.key, transaction, trial);
        let sent = sent.with_context(|| step.to_owned())?;
        println!("{step}: {}", self.connection.receipt(&sent));
        self.book.log.push(connection::line(step, &sent));
        self.book.save(self.folder)?;
        Ok(sent)
    }
}

/// Asks before anything is sent.
pub fn confirm(yes: bool) -> Result<()> {
    if yes {
        return Ok(());
    }
    ensure!(
        std::io::stdin().is_terminal(),
        "nothing was sent: nobody is there to ask; run it with --yes"
    );
    print!("Send them? [y/N] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    if !matches!(answer.trim(), "y" | "Y" | "yes") {
        bail!("nothing was sent");
    }
    Ok(())
}
