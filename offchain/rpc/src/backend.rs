//! The trait `Chain` on a node.

use crate::{key, Key, Node, NodeError, Sent, Transaction, Trial};
use allive_calls::{Chain, Deposit, Failure, Gas, Keyring, Outcome};
use ink::primitives::{AccountId, Hash};
use std::collections::BTreeMap;

/// A node on which scenarios run.
///
/// Each transaction is dry-run first, because only a dry run gives its return value. Then it is
/// sent, even if it must fail, and both must agree.
///
/// A node does not tell how deep a call went: [`Outcome::frames`] is 0.
pub struct NodeChain {
    node: Node,
    keys: BTreeMap<AccountId, Key>,
}

impl NodeChain {
    /// A chain on which the accounts of the [`Keyring`] act.
    ///
    /// # Errors
    /// Those of [`Node::connect`].
    pub fn connect(url: &str) -> Result<Self, NodeError> {
        let ring = Keyring::all().map(|name| format!("//{name:?}"));
        let keys = ring.iter().filter_map(|secret| key(secret).ok());
        Ok(Self {
            node: Node::connect(url)?,
            keys: keys.map(|key| (key.account(), key)).collect(),
        })
    }

    /// The node.
    pub fn node(&self) -> &Node {
        &self.node
    }

    fn transact(&mut self, caller: AccountId, transaction: &Transaction) -> Outcome {
        let outcome = self.try_transact(caller, transaction);
        outcome.unwrap_or_else(|error| failed(error.to_string()))
    }

    fn try_transact(
        &mut self,
        caller: AccountId,
        transaction: &Transaction,
    ) -> Result<Outcome, NodeError> {
        let Some(key) = self.keys.get(&caller) else {
            return Ok(failed(format!("no key of {caller:?} is known here")));
        };
        let trial = self.node.trial(&caller, transaction)?;
        let sent = self.node.send(key, transaction, &trial)?;
        let stored = self.stored(&sent)?;
        Ok(outcome(trial, Some(sent), stored))
    }

    /// What a transaction added to the contracts that it reached, if its block has no other.
    fn stored(&self, sent: &Sent) -> Result<Deposit, NodeError> {
        let mut sum = Deposit::default();
        for contract in &sent.touched {
            let before = self.node.contract_at(contract, sent.parent_hash)?;
            if let Some(after) = self.node.contract_at(contract, sent.block_hash)? {
                let added = after.since(before.as_ref());
                sum.items += added.items;
                sum.bytes += added.bytes;
            }
        }
        Ok(sum)
    }
}

impl Chain for NodeChain {
    fn upload(&mut self, caller: AccountId, code: &[u8]) -> Hash {
        let transaction = Transaction::Upload {
            code: code.to_vec(),
        };
        match self.transact(caller, &transaction).result {
            Ok(_) => Hash::from(sp_core::blake2_256(code)),
            Err(failure) => panic!("the code was not uploaded: {failure}"),
        }
    }

    fn instantiate(
        &mut self,
        caller: AccountId,
        code: &[u8],
        input: Vec<u8>,
        salt: &[u8],
    ) -> Outcome {
        let transaction = Transaction::InstantiateWithCode {
            code: code.to_vec(),
            input,
            salt: salt.to_vec(),
        };
        self.transact(caller, &transaction)
    }

    fn call(&mut self, caller: AccountId, contract: AccountId, input: Vec<u8>) -> Outcome {
        self.transact(caller, &Transaction::Call { contract, input })
    }

    fn dry_run(&mut self, caller: AccountId, contract: AccountId, input: Vec<u8>) -> Outcome {
        let trial = self
            .node
            .trial(&caller, &Transaction::Call { contract, input });
        match trial {
            Ok(trial) => outcome(trial, None, Deposit::default()),
            Err(error) => failed(error.to_string()),
        }
    }

    fn balance(&mut self, account: AccountId) -> u128 {
        alive(self.node.balance(&account))
    }

    fn now(&mut self) -> u64 {
        alive(self.node.now())
    }

    fn advance(&mut self, milliseconds: u64) {
        alive(self.node.advance_clock(milliseconds));
    }
}

fn outcome(trial: Trial, sent: Option<Sent>, deposit: Deposit) -> Outcome {
    let mut result = trial.result;
    let mut events = Vec::new();
    if let Some(sent) = sent {
        // A revert is a failure of the transaction, and an answer of the contract.
        let expected = result.as_ref().map_or_else(
            |failure| Some(failure.clone()),
            |returned| {
                returned
                    .reverted
                    .then(|| Failure::Dispatch("ContractReverted".into()))
            },
        );
        if sent.failure != expected {
            result = Err(Failure::Dispatch(format!(
                "the trial said {expected:?}, the block {:?}",
                sent.failure
            )));
        }
        events = sent.events;
    }
    Outcome {
        contract: trial.contract.unwrap_or_else(nobody),
        result,
        events,
        gas: trial.consumed,
        deposit,
        frames: 0,
    }
}

fn failed(reason: String) -> Outcome {
    Outcome {
        contract: nobody(),
        result: Err(Failure::Dispatch(reason)),
        events: Vec::new(),
        gas: Gas::default(),
        deposit: Deposit::default(),
        frames: 0,
    }
}

fn nobody() -> AccountId {
    AccountId::from([0; 32])
}

/// Scenarios have no use for a node that ended under them.
fn alive<T>(answer: Result<T, NodeError>) -> T {
    match answer {
        Ok(answer) => answer,
        Err(error) => panic!("{error}"),
    }
}
