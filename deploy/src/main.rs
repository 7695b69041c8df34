//! `allive`: builds, demonstrates and measures the ALLIVE contracts.

mod batch;
mod build;
mod demo;
#[cfg(feature = "node")]
mod live;
mod locks;
mod project;
mod snapshot;
mod table;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[cfg(feature = "node")]
const HELP: &str = "A secret key is read from ALLIVE_SURI, from --key-file or at a prompt.";
#[cfg(not(feature = "node"))]
const HELP: &str =
    "What talks to a chain (up, status, verify, upgrade, handover, did, demo --url) is left out of this \
                    build: cargo run -p allive --features node -- up --help";

/// The command line of the ALLIVE contracts.
#[derive(Parser)]
#[command(version, about, after_help = HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the contracts to release Wasm, and the reference token beside them
    Build(build::Args),
    /// Play the main story on the embedded chain: records sold, tokens bought, holders made whole
    Demo(demo::Args),
    /// Make the lock files of the contracts from the one of the workspace
    Locks(locks::Args),
    /// Make Merkle root and proofs for the holders of the earlier token
    Snapshot(snapshot::Args),
    /// Deploy the suite on a chain, or what is missing of it
    #[cfg(feature = "node")]
    Up(live::up::Args),
    /// Compare the address book with the chain
    #[cfg(feature = "node")]
    Status(live::status::Args),
    /// Rebuild the contracts and compare their code with the chain
    #[cfg(feature = "node")]
    Verify(live::verify::Args),
    /// Announce new code for a contract, or put announced code in place
    #[cfg(feature = "node")]
    Upgrade(live::upgrade::Args),
    /// Offer ownership to the council, or agree as a member to accept it
    #[cfg(feature = "node")]
    Handover(live::handover::Args),
    /// Show the DID documents of identities
    #[cfg(feature = "node")]
    Did(live::did::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Build(args) => build::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Locks(args) => locks::run(&args),
        Command::Snapshot(args) => snapshot::run(&args),
        #[cfg(feature = "node")]
        Command::Up(args) => live::up::run(&args),
        #[cfg(feature = "node")]
        Command::Status(args) => live::status::run(&args),
        #[cfg(feature = "node")]
        Command::Verify(args) => live::verify::run(&args),
        #[cfg(feature = "node")]
        Command::Upgrade(args) => live::upgrade::run(&args),
        #[cfg(feature = "node")]
        Command::Handover(args) => live::handover::run(&args),
        #[cfg(feature = "node")]
        Command::Did(args) => live::did::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
