//! Puts the node together from Substrate's parts, without its network.

use std::{env, error::Error, path::PathBuf, sync::Arc};

use contracts_node_runtime::opaque::Block;
use jsonrpsee::RpcModule;
use sc_client_api::execution_extensions::ExecutionExtensions;
use sc_client_db::{BlocksPruning, DatabaseSettings, DatabaseSource, PruningMode};
use sc_service::{
    config::KeystoreConfig, ChainSpec, ClientConfig, GenericChainSpec, GenesisBlockBuilder,
    KeystoreContainer, TFullBackend, TaskManager,
};
use sc_transaction_pool::BasicPool;
use sc_utils::mpsc::tracing_unbounded;
use sp_blockchain::HeaderBackend;
use sp_database::MemDb;
use tokio::runtime::Handle;

use crate::{
    clock::{self, Clock},
    rpc, seal, system,
    types::{Client, Executor, Pool},
};

/// The bytes of the state that are kept decoded.
const TRIE_CACHE: usize = 64 * 1024 * 1024;

// Nothing is pruned, so that the state and the events of every block can be read.
const STATE_PRUNING: Option<PruningMode> = Some(PruningMode::ArchiveAll);
const BLOCKS_PRUNING: BlocksPruning = BlocksPruning::KeepAll;

/// A node that runs, and the methods that its RPC server is to offer.
pub struct Node {
    pub tasks: TaskManager,
    pub methods: RpcModule<()>,
}

pub fn start(
    spec: &GenericChainSpec,
    base_path: Option<PathBuf>,
    tokio: Handle,
) -> Result<Node, Box<dyn Error + Send + Sync>> {
    let tasks = TaskManager::new(tokio, None)?;
    let backend = sc_service::new_db_backend(DatabaseSettings {
        trie_cache_maximum_size: Some(TRIE_CACHE),
        state_pruning: STATE_PRUNING,
        source: database(spec, base_path),
        blocks_pruning: BLOCKS_PRUNING,
    })?;
    let client = Arc::new(client(spec, backend.clone(), &tasks)?);
    let pool = pool(&client, &tasks);
    let last = clock::time_of(&client, client.info().best_hash)?;
    let clock = Arc::new(Clock::resume(last));
    let engine = seal::start(&tasks, &client, backend.clone(), &pool, clock.clone());

    let (to_system, requests) = tracing_unbounded("system-requests", 1000);
    let answers = system::answer(client.clone(), requests);
    tasks.spawn_handle().spawn("system-rpc", None, answers);
    let methods = sc_service::gen_rpc_module(
        tasks.spawn_handle(),
        client.clone(),
        pool.clone(),
        KeystoreContainer::new(&KeystoreConfig::InMemory)?.keystore(),
        to_system,
        env!("CARGO_PKG_NAME").into(),
        env!("CARGO_PKG_VERSION").into(),
        spec,
        &STATE_PRUNING,
        BLOCKS_PRUNING,
        backend,
        &|_| {
            rpc::extras(client.clone(), pool.clone(), clock.clone(), engine.clone())
                .map_err(|error| sc_service::Error::Application(error.into()))
        },
    )?;
    Ok(Node { tasks, methods })
}

/// Below the folder, in one named after the chain; without a folder, in memory.
fn database(spec: &GenericChainSpec, base_path: Option<PathBuf>) -> DatabaseSource {
    match base_path {
        Some(folder) => DatabaseSource::ParityDb {
            path: folder.join(spec.id()).join("db"),
        },
        None => DatabaseSource::Custom {
            db: Arc::new(MemDb::new()),
            require_create_flag: true, // there is nothing in it yet
        },
    }
}

fn client(
    spec: &GenericChainSpec,
    backend: Arc<TFullBackend<Block>>,
    tasks: &TaskManager,
) -> Result<Client, Box<dyn Error + Send + Sync>> {
    // Beside the program it keeps the machine code to which it translated the runtime's Wasm: a
    // second start takes a fraction of the first.
    let translated = env::current_exe()?.with_file_name("translated");
    let executor = Executor::builder().with_cache_path(translated).build();
    let storage = spec.as_storage_builder();
    let genesis = GenesisBlockBuilder::new(storage, true, backend.clone(), executor.clone())?;
    let extensions = ExecutionExtensions::new(None, Arc::new(executor.clone()));
    Ok(sc_service::new_client(
        backend,
        executor,
        genesis,
        Default::default(),
        Default::default(),
        extensions,
        Box::new(tasks.spawn_handle()),
        None,
        None,
        ClientConfig::default(),
    )?)
}

/// The pool of transactions, which follows what happens to the chain.
fn pool(client: &Arc<Client>, tasks: &TaskManager) -> Arc<Pool> {
    let spawner = tasks.spawn_essential_handle();
    let options = Default::default();
    let pool = BasicPool::new_full(options, true.into(), None, spawner, client.clone());
    let follow = sc_transaction_pool::notification_future(client.clone(), pool.clone());
    tasks.spawn_handle().spawn("pool", None, follow);
    pool
}
