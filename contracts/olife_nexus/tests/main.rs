//! The proof of the Nexus: release Wasm on the embedded chain, one module for each message, and its
//! rules as plain Rust. README.md beside the contract says which test proves which rule.

mod actors;
mod stored_state;
mod world;

mod act_for;
mod buy;
mod hostile;
mod inherit;
mod invariants;
mod new;
mod offer;
mod ownership;
mod privacy;
mod recovered;
mod register;
mod revoke;
mod rules;
mod settle;
mod upgrade;
mod use_record;
mod withdraw;
