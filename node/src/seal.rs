//! When blocks are made: for each transaction, and when the RPC asks for one.

use std::sync::Arc;

use contracts_node_runtime::{opaque::Block, Hash};
use futures::{
    channel::mpsc,
    stream::{self, Stream, StreamExt},
};
use sc_basic_authorship::ProposerFactory;
use sc_client_api::BlockchainEvents;
use sc_consensus::LongestChain;
use sc_consensus_manual_seal::{run_manual_seal, EngineCommand, ManualSealParams};
use sc_service::{TFullBackend, TaskManager};
use sc_transaction_pool_api::TransactionPool;
use sp_blockchain::HeaderBackend;
use sp_timestamp::InherentDataProvider;

use crate::{
    clock::Clock,
    types::{Client, Pool},
};

pub type Engine = mpsc::Sender<EngineCommand<Hash>>;

/// Starts to seal; what it returns takes further commands.
pub fn start(
    tasks: &TaskManager,
    client: &Arc<Client>,
    backend: Arc<TFullBackend<Block>>,
    pool: &Arc<Pool>,
    clock: Arc<Clock>,
) -> Engine {
    let (engine, by_rpc) = mpsc::channel(16);
    let by_pool = when_due(client.clone(), pool.clone());
    let spawner = tasks.spawn_handle();
    let params = ManualSealParams {
        block_import: client.clone(),
        env: ProposerFactory::new(spawner, client.clone(), pool.clone(), None, None),
        client: client.clone(),
        pool: pool.clone(),
        commands_stream: stream::select(by_pool, by_rpc),
        select_chain: LongestChain::new(backend),
        consensus_data_provider: None,
        create_inherent_data_providers: move |_, ()| {
            let now = InherentDataProvider::new(clock.now().into());
            async move { Ok(now) }
        },
    };
    tasks
        .spawn_essential_handle()
        .spawn_blocking("seal", None, run_manual_seal(params));
    engine
}

/// A command to seal whenever the pool holds what can go into a block. It is looked at when a
/// transaction enters, and after each block, which may not have had room for all.
fn when_due(
    client: Arc<Client>,
    pool: Arc<Pool>,
) -> impl Stream<Item = EngineCommand<Hash>> + Unpin {
    let entered = pool.import_notification_stream().map(drop);
    let sealed = client.import_notification_stream().map(drop);
    Box::pin(stream::select(entered, sealed).filter_map(move |()| {
        // The pool learns of a block after its import: until then it holds what the block took.
        let up_to_date = pool.ready_at(client.info().best_number);
        async move {
            up_to_date
                .await
                .next()
                .map(|_| EngineCommand::SealNewBlock {
                    create_empty: false,
                    finalize: true,
                    parent_hash: None,
                    sender: None,
                })
        }
    }))
}
