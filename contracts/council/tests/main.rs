//! The proof of the council: release Wasm on the embedded chain, one module for each thing that can
//! be done, and its rules as plain Rust. README.md beside the contract says which test proves which
//! rule.

mod actions;
mod actors;
mod world;

mod cancel;
mod coins;
mod constitution;
mod emergency;
mod execute;
mod hostile;
mod invariants;
mod new;
mod propose;
mod rules;
mod signed;
mod suite;
mod vote;
