//! A chain to which calls are sent.

use super::journal::Receipt;
use crate::chain::queries::Queries;
use allive_calls::Gas;
use anyhow::Result;
use ink::primitives::AccountId;

/// What a call would take.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub gas: Gas,
    /// What is put on hold; negative if more is freed.
    pub deposit: i128,
    pub fee: u128,
}

/// A chain to which calls are sent, by accounts whose keys are at hand.
pub trait Backend: Queries {
    /// Sends a call, and waits until it is in a final block. It is tried before; `check` sees what
    /// it would return.
    ///
    /// # Errors
    /// If it would be refused, or `check` refuses; or if it was executed and failed.
    fn send(
        &self,
        by: &AccountId,
        contract: AccountId,
        input: Vec<u8>,
        check: &dyn Fn(&[u8]) -> Result<()>,
    ) -> Result<Receipt>;

    /// What it would take now. None if it would be refused now.
    fn cost(&self, by: &AccountId, contract: AccountId, input: Vec<u8>) -> Result<Option<Cost>>;

    /// How many transactions of an account the chain has.
    fn sent_by(&self, account: &AccountId) -> Result<u64>;

    /// Hash of the first block.
    fn genesis(&self) -> [u8; 32];

    /// An amount of the chain's coin.
    fn coins(&self, amount: u128) -> String;
}

#[cfg(feature = "node")]
pub mod node {
    use super::*;
    use crate::chain::{accounts, connection::Connection};
    use allive_calls::{Failure, Returned};
    use allive_rpc::{Key, Transaction};
    use anyhow::{bail, Context};
    use std::collections::BTreeMap;

    /// A node, and keys.
    pub struct OnNode<'a> {
        pub connection: &'a Connection,
        pub keys: BTreeMap<AccountId, Key>,
    }

    impl OnNode<'_> {
        fn key(&self, account: &AccountId) -> Result<&Key> {
            let key = self.keys.get(account);
            key.with_context(|| format!("no key of {} is at hand", self.address(account)))
        }
    }

    impl Queries for OnNode<'_> {
        fn query(&self, contract: AccountId, input: Vec<u8>) -> Result<Result<Returned, Failure>> {
            self.connection.query(contract, input)
        }

        fn now(&self) -> Result<u64> {
            self.connection.time()
        }

        fn address(&self, account: &AccountId) -> String {
            self.connection.address(account)
        }
    }

    impl Backend for OnNode<'_> {
        fn send(
            &self,
            by: &AccountId,
            contract: AccountId,
            input: Vec<u8>,
            check: &dyn Fn(&[u8]) -> Result<()>,
        ) -> Result<Receipt> {
            let key = self.key(by)?;
            let transaction = Transaction::Call { contract, input };
            let trial = self.connection.node.trial(by, &transaction)?;
            match &trial.result {
                Ok(returned) => check(&returned.data)?,
                Err(failure) => bail!("{failure}"),
            }
            let sent = self.connection.send(key, &transaction, trial)?;
            Ok(Receipt {
                block: sent.block,
                block_hash: accounts::hex(&sent.block_hash),
                extrinsic: accounts::hex(&sent.extrinsic),
                fee: sent.fee.to_string(),
            })
        }

        fn cost(
            &self,
            by: &AccountId,
            contract: AccountId,
            input: Vec<u8>,
        ) -> Result<Option<Cost>> {
            let key = self.key(by)?;
            let transaction = Transaction::Call { contract, input };
            let trial = self.connection.node.trial(by, &transaction)?;
            if !matches!(&trial.result, Ok(returned) if !returned.reverted) {
                return Ok(None);
            }
            Ok(Some(Cost {
                gas: trial.required,
                deposit: trial.deposit,
                fee: self
                    .connection
                    .node
                    .fee(key, &transaction, trial.required)?,
            }))
        }

        fn sent_by(&self, account: &AccountId) -> Result<u64> {
            Ok(self.connection.node.nonce(account)?)
        }

        fn genesis(&self) -> [u8; 32] {
            self.connection.node.kind().genesis
        }

        fn coins(&self, amount: u128) -> String {
            self.connection.coins(amount)
        }
    }
}
