//! The proof of ALV: release Wasm on the embedded chain. README.md beside the contract says which
//! test proves which rule.

mod actors;
mod stored_state;
mod world;

mod access;
mod act_for;
mod invariants;
mod pause;
mod psp22;
mod shape;
mod supply;
mod transfer_and_call;
mod transfer_many;
