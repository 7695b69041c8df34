//! The server of the RPC methods, and those that the standard set lacks.

use std::{
    error::Error,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use jsonrpsee::{
    core::{id_providers::RandomStringIdProvider, RegisterMethodError},
    server::Server,
    RpcModule,
};
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sc_consensus_manual_seal::rpc::{ManualSeal, ManualSealApiServer};
use sc_rpc::{
    dev::{Dev, DevApiServer},
    DenyUnsafe,
};
use sc_service::TaskManager;
use substrate_frame_rpc_system::{System, SystemApiServer};
use tower::ServiceBuilder;
use tower_http::add_extension::AddExtensionLayer;

use crate::{
    clock::{Clock, ClockApiServer, ClockRpc},
    seal::Engine,
    types::{Client, Pool},
};

/// A contract's code and metadata fit many times.
const MAX_MESSAGE: u32 = 15 * 1024 * 1024;
/// Each test may hold some.
const MAX_CONNECTIONS: u32 = 1000;

/// Account nonces, fees, sealing by hand, statistics of blocks, and the clock.
pub fn extras(
    client: Arc<Client>,
    pool: Arc<Pool>,
    clock: Arc<Clock>,
    engine: Engine,
) -> Result<RpcModule<()>, RegisterMethodError> {
    let mut methods = RpcModule::new(());
    methods.merge(System::new(client.clone(), pool).into_rpc())?;
    methods.merge(TransactionPayment::new(client.clone()).into_rpc())?;
    methods.merge(Dev::new(client.clone()).into_rpc())?;
    methods.merge(ManualSeal::new(engine.clone()).into_rpc())?;
    methods.merge(
        ClockRpc {
            clock,
            client,
            seal: ManualSeal::new(engine),
        }
        .into_rpc(),
    )?;
    Ok(methods)
}

/// Listens for WebSocket and HTTP on the loopback interface only, for as long as `tasks` lives.
pub async fn serve(
    port: u16,
    mut methods: RpcModule<()>,
    tasks: &mut TaskManager,
) -> Result<SocketAddr, Box<dyn Error + Send + Sync>> {
    let names: Vec<_> = methods.method_names().collect();
    methods.register_method(
        "rpc_methods",
        move |_, _, _| serde_json::json!({ "methods": names }),
    )?;

    let server = Server::builder()
        .max_request_body_size(MAX_MESSAGE)
        .max_response_body_size(MAX_MESSAGE)
        .max_connections(MAX_CONNECTIONS)
        // Clients expect subscriptions to be named by strings.
        .set_id_provider(RandomStringIdProvider::new(16))
        // Whoever reaches the loopback interface may use every method.
        .set_http_middleware(ServiceBuilder::new().layer(AddExtensionLayer::new(DenyUnsafe::No)))
        .build((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(|error| format!("port {port}: {error}"))?;
    let address = server.local_addr()?;
    tasks.keep_alive(server.start(methods));
    Ok(address)
}
