//! The connection.

use crate::{
    calls::{Payload, Weight},
    state, trial, ContractInfo, Key, NodeError, Transaction, Trial,
};
use allive_calls::{Event, Failure, Gas};
use ink::primitives::AccountId;
use scale::Decode;
use std::{collections::BTreeSet, future::Future, time::Duration};
use subxt::{
    backend::{legacy::LegacyRpcMethods, rpc::RpcClient},
    config::PolkadotConfig,
    ext::subxt_core::events::EventDetails,
    Metadata, OnlineClient,
};
use tokio::runtime::Runtime;

/// The longest time until a transaction must be final.
const PATIENCE: Duration = Duration::from_secs(180);

/// A connection to a chain with `pallet-contracts`. Every state is that of the latest final block.
pub struct Node {
    pub(crate) tokio: Runtime,
    pub(crate) api: OnlineClient<PolkadotConfig>,
    pub(crate) rpc: LegacyRpcMethods<PolkadotConfig>,
    raw: RpcClient,
    kind: ChainKind,
    limits: Limits,
}

/// The identity of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainKind {
    /// Hash of its first block: its identity.
    pub genesis: [u8; 32],
    /// Its name.
    pub name: String,
    /// Whether it is a development chain: its type is `Development` or `Local`.
    pub is_development: bool,
    /// Symbol of its coin.
    pub coin: String,
    /// Decimals of its coin.
    pub decimals: u8,
    /// Prefix of its addresses (SS58).
    pub address_prefix: u16,
}

/// What a chain allows and charges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of Wasm that a contract may have.
    pub code: u32,
    /// Deposit for a storage item.
    pub per_item: u128,
    /// Deposit for a byte of storage.
    pub per_byte: u128,
    /// The existential deposit: an account with fewer coins is removed.
    pub existential_deposit: u128,
    /// Billionths of its code's deposit that each contract adds to its own.
    pub lockup: u32,
}

/// The result of a transaction in a final block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Hash of the transaction.
    pub extrinsic: [u8; 32],
    /// Number of the block.
    pub block: u64,
    /// Hash of the block.
    pub block_hash: [u8; 32],
    /// Hash of the block before.
    pub parent_hash: [u8; 32],
    /// What was paid for it, without deposits.
    pub fee: u128,
    /// Why it failed, if it did.
    pub failure: Option<Failure>,
    /// Events of contracts, in order.
    pub events: Vec<Event>,
    /// Every contract that was called or created.
    pub touched: BTreeSet<AccountId>,
}

impl Node {
    /// Connects, and reads what the chain is.
    ///
    /// # Errors
    /// `Unreachable`; `NoPallet` where contracts or a clock are missing; `Foreign`.
    pub fn connect(url: &str) -> Result<Self, NodeError> {
        let unreachable = |reason: String| NodeError::Unreachable {
            url: url.to_owned(),
            reason,
        };
        let tokio = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .map_err(|error| unreachable(error.to_string()))?;
        let connecting = async {
            let raw = RpcClient::from_insecure_url(url)
                .await
                .map_err(|error| unreachable(error.to_string()))?;
            let api = OnlineClient::from_rpc_client(raw.clone())
                .await
                .map_err(NodeError::from_rpc)?;
            Ok::<_, NodeError>((raw, api))
        };
        let (raw, api) = tokio.block_on(connecting)?;
        let rpc = LegacyRpcMethods::new(raw.clone());
        let kind = tokio.block_on(kind(&raw, &rpc, &api))?;
        let limits = limits(&api.metadata(), &kind.name)?;
        Ok(Self {
            tokio,
            api,
            rpc,
            raw,
            kind,
            limits,
        })
    }

    /// The identity of the chain.
    pub fn kind(&self) -> &ChainKind {
        &self.kind
    }

    /// What the chain allows and charges.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Time of the latest block, in milliseconds since the Unix epoch; zero where there is none
    /// yet.
    ///
    /// # Errors
    /// `Lost`, `Foreign`.
    pub fn now(&self) -> Result<u64, NodeError> {
        let now = self.read(state::value("Timestamp", "Now"))?;
        Ok(now.unwrap_or_default())
    }

    /// Coins of an account that can be spent.
    ///
    /// # Errors
    /// `Lost`, `Foreign`.
    pub fn balance(&self, account: &AccountId) -> Result<u128, NodeError> {
        // Nonce and three counters of references, then the balance.
        let info: Option<([u32; 4], u128)> = self.read(state::account(account))?;
        Ok(info.map_or(0, |(_, free)| free))
    }

    /// How many transactions an account has sent.
    ///
    /// # Errors
    /// `Lost`, `Foreign`.
    pub fn nonce(&self, account: &AccountId) -> Result<u64, NodeError> {
        let nonce: Option<u32> = self.read(state::account(account))?;
        Ok(nonce.unwrap_or_default().into())
    }

    /// What the chain knows about a contract, if there is one.
    ///
    /// # Errors
    /// `Lost`, `Foreign`.
    pub fn contract(&self, contract: &AccountId) -> Result<Option<ContractInfo>, NodeError> {
        self.read(state::contract(contract))
    }

    /// The same as of the block of this hash.
    ///
    /// # Errors
    /// `Lost`, `Foreign`.
    pub fn contract_at(
        &self,
        contract: &AccountId,
        block: [u8; 32],
    ) -> Result<Option<ContractInfo>, NodeError> {
        let key = state::contract(contract);
        decoded(self.wait(self.rpc.state_get_storage(&key, Some(block.into())))?)
    }

    /// Whether code of this hash is on the chain.
    ///
    /// # Errors
    /// `Lost`.
    pub fn has_code(&self, hash: &[u8; 32]) -> Result<bool, NodeError> {
        Ok(self.raw_value(state::code(hash))?.is_some())
    }

    /// What a transaction by `caller` would do. It changes nothing and needs no key.
    ///
    /// # Errors
    /// `Lost`, `Foreign`.
    pub fn trial(&self, caller: &AccountId, transaction: &Transaction) -> Result<Trial, NodeError> {
        let (function, arguments) = trial::request(caller, transaction);
        let bytes = self.wait(async {
            let at = self.rpc.chain_get_finalized_head().await?;
            self.rpc
                .state_call(function, Some(&arguments), Some(at))
                .await
        })?;
        trial::answer(transaction, &bytes, &self.api.metadata())
    }

    /// The most that the chain can charge for a transaction, without its deposit.
    ///
    /// # Errors
    /// `Lost`, `Foreign`.
    pub fn fee(&self, key: &Key, transaction: &Transaction, gas: Gas) -> Result<u128, NodeError> {
        let payload = Payload::new(transaction, weight(gas), 0);
        self.wait(async {
            let transactions = self.api.tx();
            let signed = transactions
                .create_signed(&payload, key.pair(), Default::default())
                .await?;
            signed.partial_fee_estimate().await
        })
    }

    /// Sends a transaction with the limits that its trial showed to be enough, and waits until it
    /// is in a final block.
    ///
    /// Its nonce is that of the account in the latest block: of two transactions that were sent for
    /// one step, the second after a restart, only one can be executed.
    ///
    /// # Errors
    /// `NotTaken`, `Poor`, `Lost`. A transaction that was executed and failed is no error here: see
    /// [`Sent::failure`].
    pub fn send(
        &self,
        key: &Key,
        transaction: &Transaction,
        trial: &Trial,
    ) -> Result<Sent, NodeError> {
        let deposit = trial.deposit.max(0).unsigned_abs();
        let payload = Payload::new(transaction, weight(trial.required), deposit);
        self.submit(key, &payload)
    }

    /// Gives coins to an account.
    ///
    /// # Errors
    /// As for [`send`](Self::send).
    pub fn give(&self, key: &Key, to: &AccountId, coins: u128) -> Result<Sent, NodeError> {
        self.submit(key, &Payload::give(to, coins))
    }

    fn submit(&self, key: &Key, payload: &Payload) -> Result<Sent, NodeError> {
        let sending = async {
            let transactions = self.api.tx();
            let progress = transactions
                .sign_and_submit_then_watch_default(payload, key.pair())
                .await?;
            let included = progress.wait_for_finalized().await?;
            let (extrinsic, block_hash) = (included.extrinsic_hash(), included.block_hash());
            let events = included.fetch_events().await?;
            let block = self.api.blocks().at(block_hash).await?;
            let mut sent = Sent {
                extrinsic: extrinsic.0,
                block: block.number().into(),
                block_hash: block_hash.0,
                parent_hash: block.header().parent_hash.0,
                fee: 0,
                failure: None,
                events: Vec::new(),
                touched: BTreeSet::new(),
            };
            for event in events.iter() {
                sent.note(&event?, &self.api.metadata());
            }
            Ok::<_, subxt::Error>(sent)
        };
        let outcome = self
            .tokio
            .block_on(async { tokio::time::timeout(PATIENCE, sending).await });
        match outcome {
            Ok(outcome) => outcome.map_err(NodeError::from_rpc),
            Err(_) => Err(NodeError::Lost(format!(
                "a transaction was not final after {} s",
                PATIENCE.as_secs()
            ))),
        }
    }

    /// Moves the clock of a node whose clock can be moved, and makes a block.
    ///
    /// # Errors
    /// `Foreign` where the node has no such method.
    pub fn advance_clock(&self, milliseconds: u64) -> Result<u64, NodeError> {
        self.wait(async {
            let parameters = subxt::backend::rpc::rpc_params![milliseconds];
            self.raw.request("clock_advance", parameters).await
        })
    }

    fn read<T: Decode>(&self, key: Vec<u8>) -> Result<Option<T>, NodeError> {
        decoded(self.raw_value(key)?)
    }

    fn raw_value(&self, key: Vec<u8>) -> Result<Option<Vec<u8>>, NodeError> {
        self.wait(async {
            let at = self.rpc.chain_get_finalized_head().await?;
            self.rpc.state_get_storage(&key, Some(at)).await
        })
    }

    pub(crate) fn wait<T>(
        &self,
        future: impl Future<Output = Result<T, subxt::Error>>,
    ) -> Result<T, NodeError> {
        self.tokio.block_on(future).map_err(NodeError::from_rpc)
    }
}

fn decoded<T: Decode>(value: Option<Vec<u8>>) -> Result<Option<T>, NodeError> {
    value
        .map(|bytes| T::decode(&mut &bytes[..]))
        .transpose()
        .map_err(|error| NodeError::Foreign(error.to_string()))
}

impl Sent {
    fn note(&mut self, event: &EventDetails<PolkadotConfig>, metadata: &Metadata) {
        let fields = event.field_bytes();
        match (event.pallet_name(), event.variant_name()) {
            ("System", "ExtrinsicFailed") => self.failure = Some(trial::failure(fields, metadata)),
            ("TransactionPayment", "TransactionFeePaid") => {
                // Who, what, tip.
                let paid = <([u8; 32], u128)>::decode(&mut &fields[..]);
                self.fee = paid.map_or(0, |(_, fee)| fee);
            }
            ("Contracts", "ContractEmitted") => self.events.extend(emitted(event)),
            // The contract is the last field of both.
            ("Contracts", "Called" | "Instantiated") => {
                if let Some(contract) = fields.last_chunk::<32>() {
                    self.touched.insert(AccountId::from(*contract));
                }
            }
            _ => {}
        }
    }
}

/// The event of a contract that an event of the chain is, if it is one.
pub(crate) fn emitted(event: &EventDetails<PolkadotConfig>) -> Option<Event> {
    if (event.pallet_name(), event.variant_name()) != ("Contracts", "ContractEmitted") {
        return None;
    }
    let (contract, data) = <([u8; 32], Vec<u8>)>::decode(&mut event.field_bytes()).ok()?;
    Some(Event {
        contract: contract.into(),
        topics: event.topics().iter().map(|topic| topic.0).collect(),
        data,
    })
}

fn weight(gas: Gas) -> Weight {
    Weight {
        ref_time: gas.ref_time,
        proof_size: gas.proof_size,
    }
}

async fn kind(
    raw: &RpcClient,
    rpc: &LegacyRpcMethods<PolkadotConfig>,
    api: &OnlineClient<PolkadotConfig>,
) -> Result<ChainKind, NodeError> {
    let nothing = subxt::backend::rpc::rpc_params![];
    let reading = async {
        let name = rpc.system_chain().await?;
        let properties = rpc.system_properties().await?;
        // A word for known types, an object for others.
        let kind: Option<String> = raw.request("system_chainType", nothing).await.ok();
        Ok((name, properties, kind))
    };
    let (name, properties, kind) = reading.await.map_err(NodeError::from_rpc)?;
    let property = |name: &str| properties.get(name);
    Ok(ChainKind {
        genesis: api.genesis_hash().0,
        name,
        is_development: matches!(kind.as_deref(), Some("Development" | "Local")),
        coin: property("tokenSymbol")
            .and_then(|value| value.as_str())
            .unwrap_or("UNIT")
            .to_owned(),
        decimals: property("tokenDecimals")
            .and_then(|value| value.as_u64())
            .and_then(|value| value.try_into().ok())
            .unwrap_or(12),
        address_prefix: property("ss58Format")
            .and_then(|value| value.as_u64())
            .and_then(|value| value.try_into().ok())
            .unwrap_or(42),
    })
}

fn limits(metadata: &Metadata, chain: &str) -> Result<Limits, NodeError> {
    Ok(Limits {
        code: constant(metadata, chain, "Contracts", "MaxCodeLen")?,
        per_item: constant(metadata, chain, "Contracts", "DepositPerItem")?,
        per_byte: constant(metadata, chain, "Contracts", "DepositPerByte")?,
        existential_deposit: constant(metadata, chain, "Balances", "ExistentialDeposit")?,
        lockup: constant(metadata, chain, "Contracts", "CodeHashLockupDepositPercent")?,
    })
}

fn constant<T: Decode>(
    metadata: &Metadata,
    chain: &str,
    pallet: &'static str,
    name: &str,
) -> Result<T, NodeError> {
    let pallet_metadata = metadata
        .pallet_by_name(pallet)
        .ok_or_else(|| NodeError::NoPallet {
            chain: chain.to_owned(),
            pallet,
        })?;
    pallet_metadata
        .constant_by_name(name)
        .and_then(|constant| T::decode(&mut constant.value()).ok())
        .ok_or_else(|| NodeError::Foreign(format!("no constant {pallet}::{name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_without_contracts_is_named_and_so_is_what_it_lacks() {
        let url = std::env::var("ALLIVE_NODE_URL");
        let node = Node::connect(&url.expect("`make test-node` sets ALLIVE_NODE_URL")).unwrap();
        let whole = node.api.metadata();
        assert_eq!(limits(&whole, "whole").unwrap(), node.limits);

        // The same chain, as it would describe itself without the pallet.
        let mut pruned = (*whole).clone();
        pruned.retain(|pallet| pallet != "Contracts", |_| true);
        let refusal = limits(&pruned.into(), "pruned").unwrap_err().to_string();
        for word in ["pruned", "no pallet `Contracts`", "pallet-contracts"] {
            assert!(refusal.contains(word), "{refusal}");
        }
    }
}
