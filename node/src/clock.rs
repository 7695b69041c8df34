//! The clock of the chain: that of the machine, ahead by what tests have added.
//!
//! It need not care for blocks that are sealed in the same millisecond: where the time that it
//! gives is too early, pallet-timestamp takes the last block's time and its minimum period.

use std::sync::{
    atomic::{AtomicU64, Ordering::SeqCst},
    Arc,
};

use contracts_node_runtime::{Hash, Runtime};
use jsonrpsee::{
    core::{async_trait, RpcResult},
    proc_macros::rpc,
    types::ErrorObjectOwned,
};
use sc_client_api::StorageProvider;
use sc_consensus_manual_seal::rpc::{ManualSeal, ManualSealApiServer};
use scale::Decode;
use sp_core::storage::StorageKey;
use sp_timestamp::Timestamp;

use crate::types::Client;

/// All times are milliseconds of the Unix epoch.
pub struct Clock {
    ahead: AtomicU64,
}

impl Clock {
    /// Goes on from the last block of a chain that was kept, which may be months ahead.
    pub fn resume(last_block: u64) -> Self {
        Self {
            ahead: last_block
                .saturating_sub(Timestamp::current().as_millis())
                .into(),
        }
    }

    pub fn now(&self) -> u64 {
        Timestamp::current()
            .as_millis()
            .saturating_add(self.ahead.load(SeqCst))
    }

    fn advance(&self, milliseconds: u64) {
        self.ahead.fetch_add(milliseconds, SeqCst);
    }
}

/// The time that contracts see in the state after this block; zero after the first of all.
pub fn time_of(client: &Client, block: Hash) -> sp_blockchain::Result<u64> {
    let key = StorageKey(pallet_timestamp::Now::<Runtime>::hashed_key().to_vec());
    let value = client.storage(block, &key)?;
    Ok(value
        .and_then(|bytes| u64::decode(&mut &bytes.0[..]).ok())
        .unwrap_or_default())
}

#[rpc(server)]
pub trait ClockApi {
    /// The time that a block would have if it were sealed now.
    #[method(name = "clock_now")]
    fn now(&self) -> RpcResult<u64>;

    /// Advances the clock and seals a block, so that queries see the new time, which is returned.
    #[method(name = "clock_advance")]
    async fn advance(&self, milliseconds: u64) -> RpcResult<u64>;
}

pub struct ClockRpc {
    pub clock: Arc<Clock>,
    pub client: Arc<Client>,
    pub seal: ManualSeal<Hash>,
}

#[async_trait]
impl ClockApiServer for ClockRpc {
    fn now(&self) -> RpcResult<u64> {
        Ok(self.clock.now())
    }

    async fn advance(&self, milliseconds: u64) -> RpcResult<u64> {
        self.clock.advance(milliseconds);
        let block = self.seal.create_block(true, true, None).await?;
        time_of(&self.client, block.hash)
            .map_err(|error| ErrorObjectOwned::owned(1, error.to_string(), None::<()>))
    }
}
