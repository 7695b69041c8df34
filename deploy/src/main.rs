//! `allive`: builds, demonstrates and measures the ALLIVE contracts.

// Without the feature `node`, what only a chain over RPC asks for is there and not called.
#![cfg_attr(not(feature = "node"), allow(dead_code))]

mod chain;
mod commands;
mod demo;
mod progress;
mod project;
mod suite;
mod table;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[cfg(feature = "node")]
const HELP: &str = "A secret key is read from ALLIVE_SURI, from --key-file or at a prompt.";
#[cfg(not(feature = "node"))]
const HELP: &str =
    "What talks to a chain (up, status, verify, upgrade, handover, did, --url) is left out of this \
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
    Build(commands::build::Args),
    /// Play the main story on the embedded chain: records sold, tokens bought, holders made whole
    Demo(commands::demo::Args),
    /// Make the lock files of the contracts from the one of the workspace
    Locks(commands::locks::Args),
    /// Make Merkle root and proofs for the holders of the earlier token
    Snapshot(commands::snapshot::Args),
    /// Make the packs of a lot, draw their labels, and say what a scanned label proves
    Provenance(commands::provenance::Args),
    /// Deploy the suite on a chain, or what is missing of it
    #[cfg(feature = "node")]
    Up(commands::up::Args),
    /// Compare the address book with the chain
    #[cfg(feature = "node")]
    Status(commands::status::Args),
    /// Rebuild the contracts and compare their code with the chain
    #[cfg(feature = "node")]
    Verify(commands::verify::Args),
    /// Announce new code for a contract, or put announced code in place
    #[cfg(feature = "node")]
    Upgrade(commands::upgrade::Args),
    /// Offer ownership to the council, or agree as a member to accept it
    #[cfg(feature = "node")]
    Handover(commands::handover::Args),
    /// Show the DID documents of identities
    #[cfg(feature = "node")]
    Did(commands::did::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Build(args) => commands::build::run(&args),
        Command::Demo(args) => commands::demo::run(&args),
        Command::Locks(args) => commands::locks::run(&args),
        Command::Snapshot(args) => commands::snapshot::run(&args),
        Command::Provenance(args) => commands::provenance::run(&args),
        #[cfg(feature = "node")]
        Command::Up(args) => commands::up::run(&args),
        #[cfg(feature = "node")]
        Command::Status(args) => commands::status::run(&args),
        #[cfg(feature = "node")]
        Command::Verify(args) => commands::verify::run(&args),
        #[cfg(feature = "node")]
        Command::Upgrade(args) => commands::upgrade::run(&args),
        #[cfg(feature = "node")]
        Command::Handover(args) => commands::handover::run(&args),
        #[cfg(feature = "node")]
        Command::Did(args) => commands::did::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_of_every_command_is_sound() {
        Cli::command().debug_assert();
    }
}
