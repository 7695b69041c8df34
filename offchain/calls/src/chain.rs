//! The interface between a scenario and any chain.

use ink::primitives::{AccountId, Hash};
use scale::{Decode, Encode};

/// A chain that contracts run on.
///
/// Inputs and outputs are SCALE bytes; [`Typed`](crate::Typed) puts types on them.
pub trait Chain {
    /// Uploads `code`, unless it is on the chain already, without creating a contract. Returns its
    /// hash.
    ///
    /// # Panics
    /// If the chain refuses it.
    fn upload(&mut self, caller: AccountId, code: &[u8]) -> Hash;

    /// Uploads `code` where it is not there yet, and creates a contract from it.
    ///
    /// On success [`Outcome::contract`] is its address.
    fn instantiate(
        &mut self,
        caller: AccountId,
        code: &[u8],
        input: Vec<u8>,
        salt: &[u8],
    ) -> Outcome;

    /// Calls `contract` in a transaction by `caller`.
    fn call(&mut self, caller: AccountId, contract: AccountId, input: Vec<u8>) -> Outcome;

    /// What [`call`](Self::call) would do; changes nothing.
    fn dry_run(&mut self, caller: AccountId, contract: AccountId, input: Vec<u8>) -> Outcome;

    /// Free balance of the chain's own coin, in its smallest unit.
    fn balance(&mut self, account: AccountId) -> u128;

    /// Time of the current block, in milliseconds since the Unix epoch.
    fn now(&mut self) -> u64;

    /// Lets at least `milliseconds` pass.
    fn advance(&mut self, milliseconds: u64);
}

/// What a transaction did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The contract that was called or created.
    pub contract: AccountId,
    /// What it returned, or why it did not.
    pub result: Result<Returned, Failure>,
    /// The events of all contracts in it, in order.
    pub events: Vec<Event>,
    /// The weight of its execution.
    pub gas: Gas,
    /// What it added to the storage of all contracts in it.
    pub deposit: Deposit,
    /// The depth of nested contract calls: 1 if the contract called no other, 0 if the chain does
    /// not report it.
    pub frames: u32,
}

/// What a contract returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Whether the contract asked for its changes to be undone: it returned an error.
    pub reverted: bool,
    /// The bytes that it returned.
    pub data: Vec<u8>,
}

/// Why a contract returned nothing that its caller could read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The chain stopped the execution: a trap, no gas, no such contract.
    #[error("the chain refused or stopped the call: {0}")]
    Dispatch(String),
    /// What was returned is not of the type that was asked for.
    #[error("the returned bytes do not decode: 0x{0}")]
    Undecodable(String),
    /// ink! found no message of this selector, or could not decode the arguments.
    #[error("the contract does not know the message or cannot read its arguments")]
    NotUnderstood,
}

/// An event as the chain stores it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The contract that emitted it.
    pub contract: AccountId,
    /// Its topics; the first is the signature unless the event is anonymous.
    pub topics: Vec<[u8; 32]>,
    /// Its fields in SCALE.
    pub data: Vec<u8>,
}

impl Event {
    /// The event as an `E`, if its signature is that of `E`.
    pub fn decode<E: ink::env::Event + Decode>(&self) -> Option<E> {
        if self.topics.first().copied() != E::SIGNATURE_TOPIC {
            return None;
        }
        E::decode(&mut &self.data[..]).ok()
    }
}

/// Weight of an execution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Gas {
    /// Picoseconds on the reference machine.
    pub ref_time: u64,
    /// Bytes of proof on a parachain.
    pub proof_size: u64,
}

/// Change of what contracts store. Negative where storage was freed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deposit {
    /// Storage items.
    pub items: i64,
    /// Bytes in them.
    pub bytes: i64,
}
