//! `allive snapshot`: root and proofs for the holders of the earlier token, from a CSV.

use crate::progress::bar;
use allive_holders::Snapshot;
use anyhow::{Context, Result};
use std::{fs::File, io::BufReader, path::PathBuf};

#[derive(clap::Args)]
pub struct Args {
    /// Columns `account` and `amount` (in ALV) or `units`; one holder a line
    csv: PathBuf,
    /// The folder to write `snapshot.json` and the proofs to
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

/// Reads the list, then writes the summary and a proof for each holder.
pub fn run(args: &Args) -> Result<()> {
    let place = || args.csv.display().to_string();
    let file = File::open(&args.csv).with_context(place)?;
    let reading = bar(
        file.metadata().with_context(place)?.len(),
        "reading {bytes} of {total_bytes}",
    );
    let snapshot = Snapshot::read(reading.wrap_read(BufReader::new(file))).with_context(place)?;
    reading.finish_and_clear();

    let writing = bar(snapshot.count(), "proofs {human_pos} of {human_len}");
    snapshot
        .write(&args.out, |written| writing.set_position(written))
        .with_context(|| args.out.display().to_string())?;
    writing.finish_and_clear();

    println!("root   0x{}", hex::encode(snapshot.root()));
    println!("count  {}", snapshot.count());
    println!("total  {} units of 0.00000001 ALV", snapshot.total());
    println!("proofs in {}", args.out.display());
    Ok(())
}
