//! A development node for ink! contracts: one process, one chain, no network.
//!
//! It seals a block for each transaction, finalizes it at once, and its clock can be advanced.

mod chain;
mod clock;
mod rpc;
mod seal;
mod service;
mod system;
mod types;

use std::{error::Error, path::PathBuf, process::ExitCode, time::Duration};

use clap::Parser;
use tokio::{
    runtime::{Handle, Runtime},
    signal::unix::{signal, SignalKind},
};

/// A development node for ink! contracts, with a clock that can be advanced.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// The port of the loopback interface to listen on; 0 takes any that is free
    #[arg(long, visible_alias = "rpc-port", default_value_t = 9944)]
    port: u16,
    /// What the chain says it is; each type has a genesis of its own
    #[arg(long, value_enum, default_value_t = chain::Type::Development)]
    chain_type: chain::Type,
    /// Keep the chain in this folder; without it the chain lives in memory and ends with the
    /// process
    #[arg(long)]
    base_path: Option<PathBuf>,
    /// What to log, as in: --log warn,runtime::contracts=debug
    // Nodes that start at once for the first time get in each other's way there, without harm.
    #[arg(long, default_value = "warn,wasmtime_cache=error")]
    log: String,
}

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("allive-node: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<(), Box<dyn Error + Send + Sync>> {
    let args = Args::parse();
    sc_tracing::logging::LoggerBuilder::new(&args.log).init()?;
    let tokio = Runtime::new()?;
    let result = tokio.block_on(run(args, tokio.handle().clone()));
    // Tasks hold the database, which is complete on disk only once the last of them is gone.
    tokio.shutdown_timeout(Duration::from_secs(10));
    result
}

/// Runs the node until a signal asks it to end, or a part of it fails.
async fn run(args: Args, tokio: Handle) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut node = service::start(&chain::spec(args.chain_type)?, args.base_path, tokio)?;
    let address = rpc::serve(args.port, node.methods, &mut node.tasks).await?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    println!("listening on ws://{address}");

    tokio::select! {
        _ = interrupt.recv() => Ok(()),
        _ = terminate.recv() => Ok(()),
        failed = node.tasks.future() => Ok(failed?),
    }
}
