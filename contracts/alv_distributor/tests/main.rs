//! alv_distributor as release Wasm on the embedded chain.
