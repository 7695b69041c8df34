//! `#[ink_e2e::test]` over the release Wasm that `make build` left.
//!
//! ```text
//! CONTRACTS_NODE_URL=ws://127.0.0.1:9944 cargo test -p allive-ink-e2e
//! ```
//!
//! Any development node with `pallet-contracts` will do whose block follows each transaction and
//! which gives money to Alice, Bob and so on. Without the variable ink_e2e starts `CONTRACTS_NODE`,
//! or `substrate-contracts-node`, for each test. `RUST_LOG=off` hides what ink_e2e reports of the
//! refusals that the tests expect; `cargo nextest` needs `-j 1`.
//!
//! The tests name this crate `ink_e2e`, so that the macro finds here what ink_e2e would do
//! otherwise:
//!
//! - It would build every contract that `cargo metadata` knows, in debug mode, into the same files
//!   of `target/ink` that all other tests read.
//! - It would read `CONTRACTS_NODE_URL` when the macro is expanded, and keep to that until
//!   something else makes cargo compile the tests again.
//! - It would let tests that run at once send from the same accounts, whose nonces then collide.

pub use ink_e2e::*;

use ink_e2e::subxt::Config;
use std::{
    env,
    marker::PhantomData,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The contracts, as `make build` leaves them. Waits until no other test of this process runs.
pub fn build_root_and_contract_dependencies() -> Vec<PathBuf> {
    static NODE: Mutex<()> = Mutex::new(());
    thread_local! {
        // Each test has a thread of its own, or all have one and follow each other anyway.
        static TURN: MutexGuard<'static, ()> = NODE.lock().unwrap_or_else(PoisonError::into_inner);
    }
    TURN.with(|_| ());

    let folder = allive_calls::artifacts();
    [
        "alv",
        "council",
        "olife_id",
        "olife_nexus",
        "derived_token",
        "derived_factory",
    ]
    .map(|contract| folder.join(contract).with_extension("wasm"))
    .to_vec()
}

/// What the macro connects with if it was expanded with an address.
pub struct RpcClient;

impl RpcClient {
    /// Connects to `CONTRACTS_NODE_URL` or, without it, to `expanded`.
    ///
    /// # Errors
    /// As of [`ink_e2e::RpcClient`].
    pub async fn from_url(expanded: &str) -> Result<ink_e2e::RpcClient, subxt::Error> {
        let url = node_url().unwrap_or_else(|| expanded.to_owned());
        ink_e2e::RpcClient::from_url(url).await
    }
}

/// What the macro connects with if it was expanded without an address.
pub struct TestNodeProcess<C: Config> {
    rpc: ink_e2e::RpcClient,
    /// Ends when this is dropped.
    _started: Option<ink_e2e::TestNodeProcess<C>>,
}

/// A node that is not there yet.
pub struct TestNodeProcessBuilder<C>(PhantomData<C>);

impl<C: Config> TestNodeProcess<C> {
    /// As of [`ink_e2e::TestNodeProcess`].
    pub fn build_with_env_or_default() -> TestNodeProcessBuilder<C> {
        TestNodeProcessBuilder(PhantomData)
    }

    /// As of [`ink_e2e::TestNodeProcess`].
    pub fn rpc(&self) -> ink_e2e::RpcClient {
        self.rpc.clone()
    }
}

impl<C: Config> TestNodeProcessBuilder<C> {
    /// Connects to `CONTRACTS_NODE_URL` or, without it, starts a node.
    ///
    /// # Errors
    /// What went wrong, in words.
    pub async fn spawn(self) -> Result<TestNodeProcess<C>, String> {
        let Some(url) = node_url() else {
            let started = ink_e2e::TestNodeProcess::build_with_env_or_default();
            let started = started.spawn().await?;
            return Ok(TestNodeProcess {
                rpc: started.rpc(),
                _started: Some(started),
            });
        };
        let rpc = ink_e2e::RpcClient::from_url(&url).await;
        Ok(TestNodeProcess {
            rpc: rpc.map_err(|error| format!("{url}: {error}"))?,
            _started: None,
        })
    }
}

fn node_url() -> Option<String> {
    env::var("CONTRACTS_NODE_URL").ok()
}
