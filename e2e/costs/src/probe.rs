//! Contracts in the text form of WebAssembly, each of which does one thing a number of times.

use allive_calls::{Chain, Gas, Keyring, Outcome};
use allive_simulator::EmbeddedChain;
use ink::primitives::AccountId;

/// How often a probe does its thing more than once. Up to 62 each number takes one byte of code.
const MORE: u64 = 50;

/// Everything that a probe may call.
const IMPORTS: &str = r#"
  (import "env" "memory" (memory 4 16))
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "seal1" "get_storage" (func $get (param i32 i32 i32 i32) (result i32)))
  (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
  (import "seal1" "contains_storage" (func $contains (param i32 i32) (result i32)))
  (import "seal1" "clear_storage" (func $clear (param i32 i32) (result i32)))
  (import "seal0" "deposit_event" (func $event (param i32 i32 i32 i32)))
  (import "seal2" "call"
    (func $call (param i32 i32 i64 i64 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "seal0" "delegate_call"
    (func $delegate (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "seal2" "instantiate" (func $create
    (param i32 i64 i64 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "seal0" "caller" (func $caller (param i32 i32)))
  (import "seal0" "now" (func $now (param i32 i32)))
  (import "seal0" "hash_sha2_256" (func $sha (param i32 i32 i32)))
  (import "seal0" "hash_blake2_256" (func $blake (param i32 i32 i32)))
  (import "seal0" "sr25519_verify" (func $verify (param i32 i32 i32 i32) (result i32)))
  (import "seal0" "ecdsa_recover" (func $recover (param i32 i32 i32) (result i32)))"#;

/// A chain on which probes are created and called.
pub struct Bench {
    chain: EmbeddedChain,
    created: u64,
}

/// A contract that does one thing a number of times.
#[derive(Default)]
pub struct Probe {
    /// What lies in its memory: address and bytes.
    pub memory: Vec<(u32, Vec<u8>)>,
    /// Functions beside its message.
    pub functions: String,
    /// What its message does first, once.
    pub first: String,
    /// What its message does repeatedly.
    pub each: String,
}

impl Default for Bench {
    fn default() -> Self {
        Self::new()
    }
}

impl Bench {
    /// A chain without contracts.
    pub fn new() -> Self {
        Self {
            chain: EmbeddedChain::new(),
            created: 0,
        }
    }

    /// What doing it once more adds to a message, without the loop around it.
    pub fn each(&mut self, probe: &Probe) -> Gas {
        let idle = Probe {
            each: String::new(),
            functions: String::new(),
            first: String::new(),
            memory: Vec::new(),
        };
        let [own, idle] = [probe, &idle].map(|probe| {
            let [once, more] = [1, 1 + MORE].map(|times| self.run(probe, times, Vec::new()));
            share(once, more, MORE)
        });
        share(idle, own, 1)
    }

    /// What a message takes that does it so often, when it is called with this input.
    pub fn run(&mut self, probe: &Probe, times: u64, input: Vec<u8>) -> Gas {
        let contract = self.create(&probe.text(times));
        self.call(contract, input)
    }

    /// Creates a contract from its text.
    ///
    /// # Panics
    /// If it is no contract.
    pub fn create(&mut self, text: &str) -> AccountId {
        let code = match wat::parse_str(text) {
            Ok(code) => code,
            Err(error) => panic!("not WebAssembly: {error}"),
        };
        self.created += 1;
        let salt = self.created.to_le_bytes();
        let by = Keyring::Alice.account();
        let created = self.chain.instantiate(by, &code, Vec::new(), &salt);
        expect(&created);
        created.contract
    }

    /// What a message takes that is called with this input.
    ///
    /// # Panics
    /// If it fails.
    pub fn call(&mut self, contract: AccountId, input: Vec<u8>) -> Gas {
        let called = self.chain.call(Keyring::Alice.account(), contract, input);
        expect(&called);
        called.gas
    }

    /// The hash of a contract's code.
    pub fn code_hash(&mut self, contract: AccountId) -> [u8; 32] {
        self.chain.code_hash(contract).into()
    }
}

impl Probe {
    /// A probe that does this repeatedly.
    pub fn each(each: &str) -> Self {
        Self {
            each: each.to_owned(),
            ..Self::default()
        }
    }

    /// The same with these bytes in its memory.
    #[must_use]
    pub fn with(mut self, address: u32, bytes: &[u8]) -> Self {
        self.memory.push((address, bytes.to_vec()));
        self
    }

    /// The same, which does this first.
    #[must_use]
    pub fn after(mut self, first: &str) -> Self {
        self.first = first.to_owned();
        self
    }

    fn text(&self, times: u64) -> String {
        let memory: String = self.memory.iter().map(data).collect();
        let Self {
            functions,
            first,
            each,
            ..
        } = self;
        format!(
            r#"(module {IMPORTS} {memory}
  (func (export "deploy"))
  {functions}
  (func (export "call") (local $left i32)
    {first}
    (local.set $left (i32.const {times}))
    (loop $again
      {each}
      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))))"#
        )
    }
}

/// The smallest contract: its message does nothing.
pub const NOTHING: &str = r#"(module
  (import "env" "memory" (memory 1 1))
  (func (export "deploy"))
  (func (export "call")))"#;

fn data((address, bytes): &(u32, Vec<u8>)) -> String {
    let escaped = bytes
        .iter()
        .fold(String::new(), |text, byte| text + &format!("\\{byte:02x}"));
    format!("\n  (data (i32.const {address}) \"{escaped}\")")
}

/// A part of what `more` is above `less`, to the nearest whole number.
pub fn share(less: Gas, more: Gas, parts: u64) -> Gas {
    let part = |less: u64, more: u64| (more.saturating_sub(less) + parts / 2) / parts;
    Gas {
        ref_time: part(less.ref_time, more.ref_time),
        proof_size: part(less.proof_size, more.proof_size),
    }
}

fn expect(outcome: &Outcome) {
    let done = matches!(&outcome.result, Ok(returned) if !returned.reverted);
    assert!(done, "a probe failed: {:?}", outcome.result);
}
