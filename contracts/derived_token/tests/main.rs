//! The proof of the derived token: release Wasm on the embedded chain. README.md beside the
//! contract says which test proves which rule.

mod actors;
mod stored_state;
mod world;

mod factory;
mod invariants;
mod metadata;
mod psp22;
mod shape;
mod transfer_and_call;
