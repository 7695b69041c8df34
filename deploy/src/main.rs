//! `allive`: builds, demonstrates and measures the ALLIVE contracts.

mod build;
mod demo;
mod locks;
mod project;
mod snapshot;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The command line of the ALLIVE contracts.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the contracts to release Wasm, and the reference token beside them
    Build(build::Args),
    /// Play the main story on the embedded chain: a patient is paid for the use of her record
    Demo(demo::Args),
    /// Make the lock files of the contracts from the one of the workspace
    Locks(locks::Args),
    /// Make Merkle root and proofs for the holders of the earlier token
    Snapshot(snapshot::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Build(args) => build::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Locks(args) => locks::run(&args),
        Command::Snapshot(args) => snapshot::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
