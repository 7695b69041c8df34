//! Tests of Olife ID: release Wasm on the embedded chain, and the rules in plain Rust.

mod attest;
mod governance;
mod hostile;
mod keys;
mod readme;
mod recovery;
mod role;
mod signed;
mod trust;
mod truth;
mod vouch;
mod world;
