//! `allive provenance`: the packs of a lot, their labels, what a scanned label proves, and what
//! EPCIS documents say of packs.

mod import;
mod label;
mod pack;
mod verify_pack;

use anyhow::Result;
use clap::Subcommand;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make serials, tree, paths and labels of a lot
    Pack(pack::Args),
    /// Show the label of a pack, and draw its GS1 DataMatrix
    Label(label::Args),
    /// Say what a scanned label proves
    VerifyPack(verify_pack::Args),
    /// Take in an EPCIS document: show what its events ask of the chain, and send it
    Import(Box<import::Args>),
}

/// Carries out one of them.
pub fn run(args: &Args) -> Result<()> {
    match &args.command {
        Command::Pack(args) => pack::run(args),
        Command::Label(args) => label::run(args),
        Command::VerifyPack(args) => verify_pack::run(args),
        Command::Import(args) => import::run(args),
    }
}
