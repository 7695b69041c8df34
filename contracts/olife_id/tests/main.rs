//! Tests of Olife ID: release Wasm on the embedded chain, and the rules in plain Rust.

mod actions;
mod actors;
mod stored_state;
mod world;

mod accusations;
mod asked;
mod attest;
mod delegates;
mod did;
mod governance;
mod hostile;
mod invariants;
mod issuers;
mod key_theft;
mod keys;
mod leave;
mod mandates;
mod model;
mod on_behalf;
mod privacy;
mod recovery;
mod role;
mod signed;
mod standing;
mod trust;
mod vouch;
mod walk;
