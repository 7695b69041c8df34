//! Contracts on `pallet-contracts` 31, by drink.
//!
//! Every other test runs on `pallet-contracts` 38, as chains do whose runtime is of mid-2024 or
//! later. Chains with an older runtime ask other prices, and know fewer host functions. This chain
//! shows that the suite runs there as well; what it costs there, nobody measures.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

use allive_calls::{Chain, Deposit, Event, Failure, Gas, Keyring, Outcome, Returned};
use drink::{
    frame_support::storage::{storage_prefix, PrefixIterator},
    minimal::{MinimalSandbox, MinimalSandboxRuntime, RuntimeEvent},
    pallet_contracts::{self, ContractResult, Determinism, ExecReturnValue},
    sandbox_api::prelude::*,
    AccountId32, DispatchError, Sandbox, Weight,
};
use ink_primitives::{AccountId, Hash};
use scale::Decode;

/// The identifier that contracts on this chain are given.
pub const GENESIS: [u8; 32] = *b"allive on drink's older pallet!!";

/// The time at which it begins: 2026-01-01T00:00:00Z, in milliseconds.
const START: u64 = 1_767_225_600_000;

const GAS_LIMIT: Weight = Weight::from_parts(1_000_000_000_000, 16 * 1024 * 1024);
const DEPOSIT_LIMIT: u128 = 1_000_000_000_000;
const ENDOWMENT: u128 = 1_000_000_000_000_000_000;

type Record =
    frame_system::EventRecord<RuntimeEvent, <MinimalSandboxRuntime as frame_system::Config>::Hash>;
type Answer<R> = ContractResult<Result<R, DispatchError>, u128, Record>;

/// Drink's minimal sandbox, with a clock that only [`advance`](Chain::advance) moves.
pub struct DrinkChain(MinimalSandbox);

impl Default for DrinkChain {
    fn default() -> Self {
        Self::new()
    }
}

impl DrinkChain {
    /// A chain on which every account of the [`Keyring`] has coins.
    ///
    /// # Panics
    /// If it cannot mint them.
    pub fn new() -> Self {
        let mut sandbox = MinimalSandbox::default();
        // Drink takes the time from the machine, in seconds; contracts count milliseconds.
        sandbox.set_timestamp(START);
        for key in Keyring::all() {
            let minted = sandbox.mint_into(&to32(key.account()), ENDOWMENT);
            assert!(minted.is_ok(), "drink cannot mint: {minted:?}");
        }
        Self(sandbox)
    }

    /// Runs `action` in an empty event log, and tells what it stored.
    fn transact<R>(&mut self, action: impl FnOnce(&mut MinimalSandbox) -> R) -> (R, Deposit) {
        self.0.reset_events();
        let before = self.0.execute_with(stored);
        let result = action(&mut self.0);
        let after = self.0.execute_with(stored);
        let deposit = Deposit {
            items: after.items - before.items,
            bytes: after.bytes - before.bytes,
        };
        (result, deposit)
    }
}

impl Chain for DrinkChain {
    fn upload(&mut self, caller: AccountId, code: &[u8]) -> Hash {
        let uploaded = self.0.upload_contract(
            code.to_vec(),
            to32(caller),
            Some(DEPOSIT_LIMIT),
            Determinism::Enforced,
        );
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
        let (result, deposit) = self.transact(|sandbox| {
            sandbox.deploy_contract(
                code.to_vec(),
                0,
                input,
                salt.to_vec(),
                to32(caller),
                GAS_LIMIT,
                Some(DEPOSIT_LIMIT),
            )
        });
        let contract = match &result.result {
            Ok(created) => from32(&created.account_id),
            Err(_) => AccountId::from([0; 32]),
        };
        outcome(contract, result, |created| created.result, deposit)
    }

    fn call(&mut self, caller: AccountId, contract: AccountId, input: Vec<u8>) -> Outcome {
        let (result, deposit) = self.transact(|sandbox| call(sandbox, caller, contract, input));
        outcome(contract, result, |returned| returned, deposit)
    }

    fn dry_run(&mut self, caller: AccountId, contract: AccountId, input: Vec<u8>) -> Outcome {
        let result = self.0.dry_run(|sandbox| {
            sandbox.reset_events();
            call(sandbox, caller, contract, input)
        });
        outcome(contract, result, |returned| returned, Deposit::default())
    }

    fn balance(&mut self, account: AccountId) -> u128 {
        self.0.free_balance(&to32(account))
    }

    fn now(&mut self) -> u64 {
        self.0.get_timestamp()
    }

    fn advance(&mut self, milliseconds: u64) {
        let now = self.0.get_timestamp();
        self.0.set_timestamp(now.saturating_add(milliseconds));
    }
}

fn call(
    sandbox: &mut MinimalSandbox,
    caller: AccountId,
    contract: AccountId,
    input: Vec<u8>,
) -> Answer<ExecReturnValue> {
    sandbox.call_contract(
        to32(contract),
        0,
        input,
        to32(caller),
        GAS_LIMIT,
        Some(DEPOSIT_LIMIT),
        Determinism::Enforced,
    )
}

fn outcome<R>(
    contract: AccountId,
    answer: Answer<R>,
    returned: impl FnOnce(R) -> ExecReturnValue,
    deposit: Deposit,
) -> Outcome {
    let returned = |value| {
        let value = returned(value);
        Returned {
            reverted: value.did_revert(),
            data: value.data,
        }
    };
    Outcome {
        contract,
        result: answer.result.map(returned).map_err(failure),
        events: events(answer.events),
        gas: Gas {
            ref_time: answer.gas_consumed.ref_time(),
            proof_size: answer.gas_consumed.proof_size(),
        },
        deposit,
        frames: 0,
    }
}

fn events(records: Option<Vec<Record>>) -> Vec<Event> {
    let emitted = |record: Record| match record.event {
        RuntimeEvent::Contracts(pallet_contracts::Event::ContractEmitted { contract, data }) => {
            Some(Event {
                contract: from32(&contract),
                topics: record.topics.iter().map(|topic| topic.0).collect(),
                data,
            })
        }
        _ => None,
    };
    records.into_iter().flatten().filter_map(emitted).collect()
}

fn failure(error: DispatchError) -> Failure {
    Failure::Dispatch(match error {
        DispatchError::Module(module) => module.message.unwrap_or("unnamed").to_owned(),
        other => format!("{other:?}"),
    })
}

/// The head of what the chain knows about a contract. The pallet keeps the two counters private,
/// but not their encoding.
#[derive(Decode)]
struct Info {
    _trie: Vec<u8>,
    _code_hash: [u8; 32],
    bytes: u32,
    items: u32,
}

/// What all contracts store.
fn stored() -> Deposit {
    let prefix = storage_prefix(b"Contracts", b"ContractInfoOf").to_vec();
    let all = PrefixIterator::<_>::new(prefix.clone(), prefix, |_, mut value| {
        Info::decode(&mut value)
    });
    all.fold(Deposit::default(), |sum, info| Deposit {
        items: sum.items + i64::from(info.items),
        bytes: sum.bytes + i64::from(info.bytes),
    })
}

fn to32(account: AccountId) -> AccountId32 {
    AccountId32::new(*AsRef::<[u8; 32]>::as_ref(&account))
}

fn from32(account: &AccountId32) -> AccountId {
    AccountId::from(*AsRef::<[u8; 32]>::as_ref(account))
}
