//! The proof of provenance: release Wasm on the embedded chain, one module for each noun, and its
//! rules as plain Rust. README.md beside the contract says which test proves which rule.

mod actors;
mod stored_state;
mod world;

mod act_for;
mod alerts;
mod confirm;
mod containers;
mod custody;
mod declare;
mod dispense;
mod ends;
mod invariants;
mod lots;
mod new;
mod parts;
mod prescriptions;
mod products;
mod rules;
mod runs;
mod standing;
mod suspicion;
mod transform;
mod verify;
