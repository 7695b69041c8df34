//! A chain, and who acts on it.

use super::accounts;
use allive_access::{Ownable, Upgradeable};
use allive_calls::{parts, read, Message};
use allive_rpc::{Key, Node, Sent, Transaction, Trial};
use anyhow::{bail, Context, Result};
use ink::{
    codegen::TraitCallBuilder,
    env::{call::FromAccountId, DefaultEnvironment},
    primitives::AccountId,
};
use scale::{Decode, Encode};
use std::{
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

#[derive(clap::Args)]
#[group(id = "site")]
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
    pub fn connect(&self) -> Result<Site> {
        Ok(Site {
            node: Node::connect(&self.url)?,
        })
    }
}

/// A chain that is asked and told in types.
pub struct Site {
    pub node: Node,
}

impl Site {
    /// The answer of a contract to a query.
    ///
    /// # Errors
    /// If there is no such contract, or it does not answer so.
    pub fn get<Args: Encode, R: Decode>(&self, message: Message<Args, R>) -> Result<R> {
        let (contract, input) = parts(message);
        // Nobody: a query asks for no coins.
        let caller = AccountId::from([0; 32]);
        let trial = self
            .node
            .trial(&caller, &Transaction::Call { contract, input })?;
        read(trial.result)
            .with_context(|| format!("asking the contract {}", self.address(&contract)))
    }

    /// The time of the chain, or that of this machine before the first block.
    pub fn now(&self) -> Result<u64> {
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

    /// An account in the form of this chain.
    pub fn address(&self, account: &AccountId) -> String {
        accounts::address(account, self.node.kind().address_prefix)
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

/// The messages of whoever has an owner.
pub fn ownable(contract: AccountId) -> <AnyOwnable as TraitCallBuilder>::Builder {
    FromAccountId::<DefaultEnvironment>::from_account_id(contract)
}

/// The messages of whatever can be upgraded.
pub fn upgradeable(contract: AccountId) -> <AnyUpgradeable as TraitCallBuilder>::Builder {
    FromAccountId::<DefaultEnvironment>::from_account_id(contract)
}

type AnyOwnable = ink::contract_ref!(Ownable, DefaultEnvironment);
type AnyUpgradeable = ink::contract_ref!(Upgradeable, DefaultEnvironment);

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
