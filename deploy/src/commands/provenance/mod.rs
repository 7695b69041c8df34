//! `allive provenance`: the packs of a lot, their labels, what a scanned label proves, the life of
//! a pack, and what EPCIS documents say of packs.

mod import;
mod label;
mod pack;
#[cfg(feature = "node")]
mod trace;
mod verify_pack;

use anyhow::{Context, Result};
use clap::Subcommand;
use std::time::SystemTime;

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
    /// Tell the life of a pack, a lot or a container, out of the events of a chain
    #[cfg(feature = "node")]
    Trace(trace::Args),
    /// Take in an EPCIS document: show what its events ask of the chain, and send it
    Import(Box<import::Args>),
}

/// Carries out one of them.
pub fn run(args: &Args) -> Result<()> {
    match &args.command {
        Command::Pack(args) => pack::run(args),
        Command::Label(args) => label::run(args),
        Command::VerifyPack(args) => verify_pack::run(args),
        #[cfg(feature = "node")]
        Command::Trace(args) => trace::run(args),
        Command::Import(args) => import::run(args),
    }
}

/// The year of today, from which the century of a label is told.
fn this_year() -> Result<u16> {
    let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
    let year = now.get(..4).context("the clock")?;
    Ok(year.parse()?)
}
