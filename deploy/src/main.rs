//! `allive`: builds, demonstrates and measures the ALLIVE contracts.

mod build;
mod project;

use clap::{Parser, Subcommand};

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
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Build(args) => build::run(&args),
    }
}
