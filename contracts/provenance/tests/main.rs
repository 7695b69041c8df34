//! The proof of provenance: release Wasm on the embedded chain, one module for each noun, and its
//! rules as plain Rust. README.md beside the contract says which test proves which rule.

mod actors;
mod stored_state;
mod world;

mod act_for;
mod alerts;
mod bounds;
mod cold_chain;
mod confirm;
mod containers;
mod custody;
mod declare;
mod dispense;
mod ends;
mod illegitimate;
mod invariants;
mod labels;
mod lots;
mod new;
mod ownership;
mod parts;
mod prescriptions;
mod products;
mod progress;
mod redirect;
mod replay;
mod rules;
mod runs;
mod standing;
mod suspicion;
mod transform;
mod undecodable;
mod upgrade;
mod verify;
mod watches;
