//! A chain that remembers what each message took.

use allive_calls::{artifacts, Chain, Gas, Outcome};
use ink::primitives::{AccountId, Hash};
use serde_json::Value;
use std::{collections::BTreeMap, fs, io, path::Path};

/// What one message took, or one constructor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// `<contract>.<message>`, and the case where its first argument is an enumeration.
    pub name: String,
    /// Whether it was done: not refused, and not stopped.
    pub done: bool,
    /// What it took.
    pub gas: Gas,
}

/// A chain, and what each message took that it was sent or asked.
pub struct Recorded<'n, C> {
    /// The chain itself.
    pub chain: C,
    /// What was taken, in order.
    pub taken: Vec<Taken>,
    names: &'n Names,
    /// Which contract lies where.
    contracts: BTreeMap<AccountId, String>,
}

impl<'n, C: Chain> Recorded<'n, C> {
    /// Nothing recorded yet.
    pub fn new(chain: C, names: &'n Names) -> Self {
        Self {
            chain,
            taken: Vec::new(),
            names,
            contracts: BTreeMap::new(),
        }
    }

    fn record(&mut self, name: String, outcome: &Outcome) {
        let done = matches!(&outcome.result, Ok(returned) if !returned.reverted);
        self.taken.push(Taken {
            name,
            done,
            gas: outcome.gas,
        });
    }

    fn name(&self, contract: AccountId, input: &[u8]) -> String {
        let known = self.contracts.get(&contract).map(String::as_str);
        self.names.message(known, input)
    }
}

impl<C: Chain> Chain for Recorded<'_, C> {
    fn upload(&mut self, caller: AccountId, code: &[u8]) -> Hash {
        self.chain.upload(caller, code)
    }

    fn instantiate(
        &mut self,
        caller: AccountId,
        code: &[u8],
        input: Vec<u8>,
        salt: &[u8],
    ) -> Outcome {
        let name = self.names.contract(code);
        let outcome = self.chain.instantiate(caller, code, input, salt);
        self.record(format!("{name}, created"), &outcome);
        self.contracts.insert(outcome.contract, name);
        outcome
    }

    fn call(&mut self, caller: AccountId, contract: AccountId, input: Vec<u8>) -> Outcome {
        let name = self.name(contract, &input);
        let outcome = self.chain.call(caller, contract, input);
        self.record(name, &outcome);
        outcome
    }

    fn dry_run(&mut self, caller: AccountId, contract: AccountId, input: Vec<u8>) -> Outcome {
        let name = self.name(contract, &input);
        let outcome = self.chain.dry_run(caller, contract, input);
        self.record(name, &outcome);
        outcome
    }

    fn balance(&mut self, account: AccountId) -> u128 {
        self.chain.balance(account)
    }

    fn now(&mut self) -> u64 {
        self.chain.now()
    }

    fn advance(&mut self, milliseconds: u64) {
        self.chain.advance(milliseconds);
    }
}

/// What built contracts and their messages are called.
pub struct Names {
    /// Code and metadata, by the name of the contract.
    built: BTreeMap<String, (Vec<u8>, Value)>,
}

/// Contracts that no scenario creates: the factory does.
const CREATED_BY_OTHERS: &str = "derived_token";

impl Names {
    /// Reads every contract that was built.
    pub fn read() -> io::Result<Self> {
        let mut built = BTreeMap::new();
        for entry in fs::read_dir(artifacts())? {
            let wasm = entry?.path();
            if wasm
                .extension()
                .is_some_and(|extension| extension == "wasm")
            {
                let metadata = fs::read(wasm.with_extension("json"))?;
                let metadata = serde_json::from_slice(&metadata)?;
                built.insert(stem(&wasm), (fs::read(&wasm)?, metadata));
            }
        }
        Ok(Self { built })
    }

    fn contract(&self, code: &[u8]) -> String {
        let mut built = self.built.iter();
        let found = built.find(|(_, (wasm, _))| wasm == code);
        found.map_or_else(|| "unknown code".to_owned(), |(name, _)| name.clone())
    }

    fn message(&self, contract: Option<&str>, input: &[u8]) -> String {
        let contract = contract.unwrap_or(CREATED_BY_OTHERS);
        let selector = input.get(..4).unwrap_or_default();
        let hex = format!("0x{}", hex::encode(selector));
        let metadata = self.built.get(contract).map(|(_, metadata)| metadata);
        let found = metadata.and_then(|metadata| {
            let messages = metadata["spec"]["messages"].as_array()?;
            let message = messages
                .iter()
                .find(|one| one["selector"] == hex.as_str())?;
            let label = message["label"].as_str()?;
            let label = label.rsplit("::").next().unwrap_or(label);
            let argument = &message["args"][0]["type"]["type"];
            let case = input
                .get(4)
                .and_then(|first| case(metadata, argument, *first));
            Some(case.map_or_else(|| label.to_owned(), |case| format!("{label}:{case}")))
        });
        format!("{contract}.{}", found.unwrap_or(hex))
    }
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into()
}

/// The case of an enumeration that begins with this byte; none of what is no enumeration.
fn case(metadata: &Value, id: &Value, first: u8) -> Option<String> {
    let types = metadata["types"].as_array()?;
    let found = &types.iter().find(|one| one["id"] == *id)?["type"];
    if let Some(variants) = found["def"]["variant"]["variants"].as_array() {
        // Those of the language say nothing.
        if found["path"].as_array()?.len() < 2 {
            return None;
        }
        let index = |one: &&Value| one["index"] == first;
        let name = variants.iter().find(index)?["name"].as_str()?;
        return Some(name.to_owned());
    }
    let inner = &found["def"]["composite"]["fields"].as_array()?.first()?["type"];
    case(metadata, inner, first)
}
