//! The factory of derived tokens as release Wasm on the embedded chain.

mod buy;
mod world;
