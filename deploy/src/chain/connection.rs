//! A connection to a chain with contracts.

use super::{
    accounts,
    book::{Book, Line},
    queries::Queries,
};
use allive_calls::{Failure, Returned};
use allive_rpc::{Key, Node, Sent, Transaction, Trial};
use anyhow::{bail, Result};
use ink::primitives::AccountId;
use std::{
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

#[derive(clap::Args)]
#[group(id = "connection")]
pub struct Args {
    /// Where the node listens
    #[arg(long, value_name = "URL", default_value = "ws://127.0.0.1:9944")]
    url: String,
    /// The folder of address books
    #[arg(long, value_name = "FOLDER", default_value = "deployments")]
    pub book: PathBuf,
}

impl Args {
    /// Connects to the chain.
    pub fn connect(&self) -> Result<Connection> {
        Ok(Connection {
            node: Node::connect(&self.url)?,
        })
    }

    /// Connects to the chain, and opens its address book.
    ///
    /// # Errors
    /// If there is none.
    pub fn connect_with_book(&self) -> Result<(Connection, Book)> {
        let connection = self.connect()?;
        let book = Book::require(&self.book, &connection.node.kind().genesis)?;
        Ok((connection, book))
    }
}

/// A chain that is asked and told.
pub struct Connection {
    pub node: Node,
}

impl Queries for Connection {
    fn query(&self, contract: AccountId, input: Vec<u8>) -> Result<Result<Returned, Failure>> {
        // Nobody: a query asks for no coins.
        let caller = AccountId::from([0; 32]);
        let call = Transaction::Call { contract, input };
        Ok(self.node.trial(&caller, &call)?.result)
    }

    fn now(&self) -> Result<u64> {
        Ok(self.node.now()?)
    }

    fn address(&self, account: &AccountId) -> String {
        accounts::address(account, self.node.kind().address_prefix)
    }
}

impl Connection {
    /// The time of the chain, or that of this machine before the first block.
    pub fn time(&self) -> Result<u64> {
        let now = self.node.now()?;
        if now > 0 {
            return Ok(now);
        }
        let since = SystemTime::now().duration_since(UNIX_EPOCH)?;
        Ok(u64::try_from(since.as_millis())?)
    }

    /// Sends a transaction that was tried, if it would succeed.
    ///
    /// # Errors
    /// If it would be refused, or was executed and failed.
    pub fn send(&self, key: &Key, transaction: &Transaction, trial: Trial) -> Result<Sent> {
        let trial = accepted(trial)?;
        succeeded(self.node.send(key, transaction, &trial)?)
    }

    /// Where a transaction is, and what it cost.
    pub fn receipt(&self, sent: &Sent) -> String {
        format!(
            "block {} {}, extrinsic {}, fee {}",
            sent.block,
            accounts::hex(&sent.block_hash),
            accounts::hex(&sent.extrinsic),
            self.coins(sent.fee)
        )
    }

    /// An amount of the chain's coin.
    pub fn coins(&self, amount: u128) -> String {
        let kind = self.node.kind();
        let places = usize::from(kind.decimals);
        let digits = format!("{amount:0>width$}", width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let shown = &fraction[..places.min(6)];
        let point = if shown.is_empty() { "" } else { "." };
        format!("{whole}{point}{shown} {}", kind.coin)
    }
}

/// A transaction, as the address book keeps it.
pub fn line(step: &str, sent: &Sent) -> Line {
    Line {
        step: step.to_owned(),
        extrinsic: accounts::hex(&sent.extrinsic),
        block: sent.block,
        block_hash: accounts::hex(&sent.block_hash),
        fee: sent.fee.to_string(),
    }
}

/// A trial that would succeed.
///
/// # Errors
/// If the chain or the contract would refuse.
pub fn accepted(trial: Trial) -> Result<Trial> {
    match &trial.result {
        Ok(returned) if !returned.reverted => Ok(trial),
        Ok(returned) => bail!(
            "the contract would refuse: it returns {}",
            accounts::hex(&returned.data)
        ),
        Err(failure) => bail!("{failure}"),
    }
}

/// A transaction that succeeded.
///
/// # Errors
/// If it was executed and failed.
fn succeeded(sent: Sent) -> Result<Sent> {
    match &sent.failure {
        None => Ok(sent),
        Some(failure) => bail!(
            "{failure}; the transaction {} is in block {}",
            accounts::hex(&sent.extrinsic),
            sent.block
        ),
    }
}
