//! The proof of the distributor: release Wasm on the embedded chain, one module for each group of
//! rules. README.md beside the contract says which test proves which rule.

mod actors;
mod claims;
mod list;
mod world;

mod accounts;
mod claim;
mod funding;
mod hostile;
mod new;
mod scale;
mod shape;
mod time;
