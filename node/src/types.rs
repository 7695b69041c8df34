//! The types of which the node is put together.

use contracts_node_runtime::{opaque::Block, RuntimeApi};
use sc_executor::WasmExecutor;
use sc_service::TFullClient;
use sc_transaction_pool::FullPool;
use sp_io::SubstrateHostFunctions;

pub type Executor = WasmExecutor<SubstrateHostFunctions>;
pub type Client = TFullClient<Block, RuntimeApi, Executor>;
pub type Pool = FullPool<Block, Client>;
