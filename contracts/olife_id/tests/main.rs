//! Tests of Olife ID: release Wasm on the embedded chain, and the rules in plain Rust.

mod asked;
mod attest;
mod books;
mod did;
mod governance;
mod hostile;
mod invariants;
mod keys;
mod model;
mod privacy;
mod readme;
mod recovery;
mod role;
mod signed;
mod thief;
mod trust;
mod truth;
mod vouch;
mod walk;
mod world;
