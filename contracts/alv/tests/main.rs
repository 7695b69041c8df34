//! alv as release Wasm on the embedded chain.
