//! The embedded chain: the real `pallet-contracts`, the same as the development node's, in this
//! process.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod frames;
#[allow(missing_docs)]
mod runtime;

use allive_calls::{Chain, Deposit, Event, Failure, Gas, Keyring, Outcome, Returned};
use frame_support::{
    storage::{child, storage_prefix, with_transaction, KeyPrefixIterator, TransactionOutcome},
    weights::Weight,
};
use ink::primitives::{AccountId, Hash};
use pallet_contracts::{Code, CollectEvents, DebugInfo, Determinism};
use runtime::{Runtime, RuntimeEvent, RuntimeGenesisConfig};
use scale::Decode;
use sp_runtime::{AccountId32, BuildStorage, DispatchError};
use std::collections::BTreeMap;

type EventRecord = frame_system::EventRecord<RuntimeEvent, <Runtime as frame_system::Config>::Hash>;

/// The identifier that contracts on the embedded chain are given.
pub const GENESIS: [u8; 32] = *b"allive embedded chain's genesis!";

/// The time at which every embedded chain begins: 2026-01-01T00:00:00Z, in milliseconds.
pub const START: u64 = 1_767_225_600_000;

/// Far above what any message may cost; what it does cost is measured.
const GAS_LIMIT: Weight = Weight::from_parts(1_000_000_000_000, 16 * 1024 * 1024);
const DEPOSIT_LIMIT: u128 = 1_000_000_000_000;
const ENDOWMENT: u128 = 1_000_000_000_000_000_000;

/// `pallet-contracts` with its published weights, 5 nested frames, and a clock that only
/// [`advance`](Chain::advance) moves. Same actions, same results: nothing in it is random.
pub struct EmbeddedChain {
    ext: sp_io::TestExternalities,
    stored: BTreeMap<AccountId32, Stored>,
}

/// Items and bytes that a contract stores.
#[derive(Clone, Copy, Default)]
struct Stored {
    items: u32,
    bytes: u32,
}

impl Default for EmbeddedChain {
    fn default() -> Self {
        Self::new()
    }
}

impl EmbeddedChain {
    /// A chain at [`START`], on which every account of the [`Keyring`](Keyring) has coins.
    pub fn new() -> Self {
        let rich = Keyring::all().map(|key| (to32(key.account()), ENDOWMENT));
        let genesis = RuntimeGenesisConfig {
            balances: pallet_balances::GenesisConfig {
                balances: rich.into(),
            },
            ..Default::default()
        };
        let mut ext = match genesis.build_storage() {
            Ok(storage) => sp_io::TestExternalities::new(storage),
            Err(error) => panic!("the embedded chain has no first block: {error}"),
        };
        ext.execute_with(|| {
            frame_system::Pallet::<Runtime>::set_block_number(1);
            pallet_timestamp::Pallet::<Runtime>::set_timestamp(START);
        });
        Self {
            ext,
            stored: BTreeMap::new(),
        }
    }

    /// Gives `account` enough coins to pay for anything.
    pub fn endow(&mut self, account: AccountId) {
        use frame_support::traits::fungible::Mutate;
        let minted = self.ext.execute_with(|| {
            pallet_balances::Pallet::<Runtime>::mint_into(&to32(account), ENDOWMENT)
        });
        assert!(minted.is_ok(), "the embedded chain cannot mint: {minted:?}");
    }

    /// Every contract on the chain.
    pub fn contracts(&mut self) -> Vec<AccountId> {
        // Eight bytes of a hash stand before the account.
        let account = |key: &[u8]| AccountId::decode(&mut key.get(8..).unwrap_or_default());
        let prefix = storage_prefix(b"Contracts", b"ContractInfoOf").to_vec();
        self.ext
            .execute_with(|| KeyPrefixIterator::new(prefix.clone(), prefix, account).collect())
    }

    /// The hash of the code that `contract` runs.
    pub fn code_hash(&mut self, contract: AccountId) -> Hash {
        Hash::from(self.info_of(contract).code_hash)
    }

    /// Writes a cell of `contract` directly to storage. No code runs and nothing is charged.
    ///
    /// `key` is what the contract passes to the chain: the storage key, then the key of the
    /// mapping, as SCALE. For states too large to be reached by calls; a test must show that such a
    /// state equals one that calls made.
    pub fn write_cell(&mut self, contract: AccountId, key: &[u8], value: &[u8]) {
        let trie = self.child_of(contract);
        self.ext
            .execute_with(|| child::put_raw(&trie, &hashed(key), value));
    }

    /// Reads a cell of `contract`, as [`write_cell`](Self::write_cell) writes it.
    pub fn read_cell(&mut self, contract: AccountId, key: &[u8]) -> Option<Vec<u8>> {
        let trie = self.child_of(contract);
        self.ext
            .execute_with(|| child::get_raw(&trie, &hashed(key)))
    }

    /// Every cell of `contract`: its key in the chain's own hashing, and its value.
    pub fn cells(&mut self, contract: AccountId) -> BTreeMap<Vec<u8>, Vec<u8>> {
        let trie = self.child_of(contract);
        self.ext.execute_with(|| {
            let mut cells = BTreeMap::new();
            let mut key = Vec::new();
            while let Some(next) = sp_io::default_child_storage::next_key(trie.storage_key(), &key)
            {
                cells.insert(
                    next.clone(),
                    child::get_raw(&trie, &next).unwrap_or_default(),
                );
                key = next;
            }
            cells
        })
    }

    fn child_of(&mut self, contract: AccountId) -> child::ChildInfo {
        child::ChildInfo::new_default(&self.info_of(contract).trie_id)
    }

    fn info_of(&mut self, contract: AccountId) -> Info {
        match self.ext.execute_with(|| info(&to32(contract))) {
            Some(info) => info,
            None => panic!("no contract at {contract:?}"),
        }
    }

    /// Runs `action` in an empty event log and takes its measure. A `trial` leaves no trace.
    fn transact<R>(&mut self, trial: bool, action: impl FnOnce() -> R) -> (R, Deposit, u32) {
        frames::take();
        let outcome = self.ext.execute_with(|| {
            frame_system::Pallet::<Runtime>::reset_events();
            with_transaction(|| {
                let result = action();
                let seen = frames::take();
                let outcome = Ok::<_, DispatchError>((result, stored(&seen), seen.deepest));
                if trial {
                    TransactionOutcome::Rollback(outcome)
                } else {
                    TransactionOutcome::Commit(outcome)
                }
            })
        });
        let (result, stored, deepest) = match outcome {
            Ok(outcome) => outcome,
            Err(error) => unreachable!("the action reports its own failures: {error:?}"),
        };
        let deposit = self.difference(stored, trial);
        self.settle();
        (result, deposit, deepest)
    }

    /// Calls `contract` with coins, and with no more gas than this.
    pub fn call_with(
        &mut self,
        caller: AccountId,
        contract: AccountId,
        input: Vec<u8>,
        value: u128,
        limit: Gas,
    ) -> Outcome {
        let limit = Weight::from_parts(limit.ref_time, limit.proof_size);
        self.invoke(caller, contract, input, (value, limit), false)
    }

    /// Pays coins from one account to another, as their holder could.
    pub fn pay(&mut self, from: AccountId, to: AccountId, value: u128) {
        use frame_support::traits::{fungible::Mutate, tokens::Preservation};
        let paid = self.ext.execute_with(|| {
            pallet_balances::Pallet::<Runtime>::transfer(
                &to32(from),
                &to32(to),
                value,
                Preservation::Preserve,
            )
        });
        assert!(paid.is_ok(), "the coins were not paid: {paid:?}");
    }

    /// Removes a code, as its uploader can while no contract uses it. Returns whether the chain
    /// did.
    pub fn remove_code(&mut self, uploader: AccountId, code: Hash) -> bool {
        let code = <[u8; 32]>::from(code).into();
        let removed = self.ext.execute_with(|| {
            let uploader = frame_system::RawOrigin::Signed(to32(uploader));
            pallet_contracts::Pallet::<Runtime>::remove_code(uploader.into(), code)
        });
        removed.is_ok()
    }

    fn invoke(
        &mut self,
        caller: AccountId,
        contract: AccountId,
        input: Vec<u8>,
        (value, limit): (u128, Weight),
        trial: bool,
    ) -> Outcome {
        let (result, deposit, frames) = self.transact(trial, || {
            pallet_contracts::Pallet::<Runtime>::bare_call(
                to32(caller),
                to32(contract),
                value,
                limit,
                Some(DEPOSIT_LIMIT),
                input,
                DebugInfo::Skip,
                CollectEvents::UnsafeCollect,
                Determinism::Enforced,
            )
        });
        Outcome {
            contract,
            result: result.result.map(returned).map_err(failure),
            events: events(result.events),
            gas: gas(result.gas_consumed),
            deposit,
            frames,
        }
    }

    fn difference(&mut self, after: BTreeMap<AccountId32, Stored>, trial: bool) -> Deposit {
        let mut deposit = Deposit::default();
        for (contract, new) in after {
            let old = self.stored.get(&contract).copied().unwrap_or_default();
            deposit.items += i64::from(new.items) - i64::from(old.items);
            deposit.bytes += i64::from(new.bytes) - i64::from(old.bytes);
            if !trial {
                self.stored.insert(contract, new);
            }
        }
        deposit
    }

    /// Moves changes out of the overlay, which would make each later read slower.
    fn settle(&mut self) {
        let settled = self.ext.commit_all();
        assert!(
            settled.is_ok(),
            "the embedded chain cannot commit: {settled:?}"
        );
    }
}

impl Chain for EmbeddedChain {
    fn upload(&mut self, caller: AccountId, code: &[u8]) -> Hash {
        let uploaded = self.ext.execute_with(|| {
            pallet_contracts::Pallet::<Runtime>::bare_upload_code(
                to32(caller),
                code.to_vec(),
                Some(DEPOSIT_LIMIT),
                Determinism::Enforced,
            )
        });
        match uploaded {
            Ok(uploaded) => Hash::from(uploaded.code_hash.0),
            Err(error) => panic!("the code was not uploaded: {error:?}"),
        }
    }

    fn instantiate(
        &mut self,
        caller: AccountId,
        code: &[u8],
        input: Vec<u8>,
        salt: &[u8],
    ) -> Outcome {
        let (result, deposit, frames) = self.transact(false, || {
            pallet_contracts::Pallet::<Runtime>::bare_instantiate(
                to32(caller),
                0,
                GAS_LIMIT,
                Some(DEPOSIT_LIMIT),
                Code::Upload(code.to_vec()),
                input,
                salt.to_vec(),
                DebugInfo::Skip,
                CollectEvents::UnsafeCollect,
            )
        });
        let (contract, returned) = match result.result {
            Ok(created) => (from32(&created.account_id), Ok(returned(created.result))),
            Err(error) => (AccountId::from([0; 32]), Err(failure(error))),
        };
        Outcome {
            contract,
            result: returned,
            events: events(result.events),
            gas: gas(result.gas_consumed),
            deposit,
            frames,
        }
    }

    fn call(&mut self, caller: AccountId, contract: AccountId, input: Vec<u8>) -> Outcome {
        self.invoke(caller, contract, input, (0, GAS_LIMIT), false)
    }

    fn dry_run(&mut self, caller: AccountId, contract: AccountId, input: Vec<u8>) -> Outcome {
        self.invoke(caller, contract, input, (0, GAS_LIMIT), true)
    }

    fn balance(&mut self, account: AccountId) -> u128 {
        self.ext
            .execute_with(|| pallet_balances::Pallet::<Runtime>::free_balance(to32(account)))
    }

    fn now(&mut self) -> u64 {
        self.ext.execute_with(pallet_timestamp::Now::<Runtime>::get)
    }

    fn advance(&mut self, milliseconds: u64) {
        self.ext.execute_with(|| {
            let now = pallet_timestamp::Now::<Runtime>::get();
            pallet_timestamp::Pallet::<Runtime>::set_timestamp(now.saturating_add(milliseconds));
        });
    }
}

/// The head of what the chain knows about a contract. `pallet-contracts` keeps the two counters
/// private, but not their encoding.
#[derive(Decode)]
struct Info {
    trie_id: Vec<u8>,
    code_hash: [u8; 32],
    bytes: u32,
    items: u32,
}

fn info(contract: &AccountId32) -> Option<Info> {
    use frame_support::{StorageHasher, Twox64Concat};
    let mut key = storage_prefix(b"Contracts", b"ContractInfoOf").to_vec();
    key.extend(Twox64Concat::hash(contract.as_ref()));
    let raw = frame_support::storage::unhashed::get_raw(&key)?;
    Info::decode(&mut &raw[..]).ok()
}

/// What each contract that ran stores now.
fn stored(seen: &frames::Seen) -> BTreeMap<AccountId32, Stored> {
    let stored = |contract| {
        info(contract).map_or(Stored::default(), |info| Stored {
            items: info.items,
            bytes: info.bytes,
        })
    };
    seen.contracts
        .iter()
        .map(|contract| (contract.clone(), stored(contract)))
        .collect()
}

fn hashed(key: &[u8]) -> Vec<u8> {
    use frame_support::StorageHasher;
    frame_support::Blake2_128Concat::hash(key)
}

fn events(records: Option<Vec<EventRecord>>) -> Vec<Event> {
    records
        .into_iter()
        .flatten()
        .filter_map(|record| match record.event {
            RuntimeEvent::Contracts(pallet_contracts::Event::ContractEmitted {
                contract,
                data,
            }) => {
                let topics = record.topics.iter().map(|topic| topic.0).collect();
                Some(Event {
                    contract: from32(&contract),
                    topics,
                    data,
                })
            }
            _ => None,
        })
        .collect()
}

fn returned(value: pallet_contracts::ExecReturnValue) -> Returned {
    Returned {
        reverted: value.did_revert(),
        data: value.data,
    }
}

fn failure(error: DispatchError) -> Failure {
    Failure::Dispatch(match error {
        DispatchError::Module(module) => module.message.unwrap_or("unnamed").to_owned(),
        other => format!("{other:?}"),
    })
}

fn gas(weight: Weight) -> Gas {
    Gas {
        ref_time: weight.ref_time(),
        proof_size: weight.proof_size(),
    }
}

fn to32(account: AccountId) -> AccountId32 {
    AccountId32::new(*AsRef::<[u8; 32]>::as_ref(&account))
}

fn from32(account: &AccountId32) -> AccountId {
    AccountId::from(*AsRef::<[u8; 32]>::as_ref(account))
}
