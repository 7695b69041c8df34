//! `allive provenance label`: the label of one pack, out of those that the line prints.

use allive_packs::{svg, Files};
use anyhow::{Context, Result};
use std::{fs::File, io::Write, path::PathBuf};

#[derive(clap::Args)]
pub struct Args {
    /// The folder that `allive provenance pack` made
    #[arg(value_name = "FOLDER")]
    lot: PathBuf,
    /// Which pack of the lot, from 0
    index: u32,
    /// A new file for the picture of the GS1 DataMatrix
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

/// Prints the label, and draws it.
pub fn run(args: &Args) -> Result<()> {
    let files = Files::of(&args.lot);
    let label = files
        .label(args.index)
        .with_context(|| files.labels.display().to_string())?;
    println!("{}", label.for_people());
    if let Some(path) = &args.svg {
        let picture = svg(&label)?;
        File::create_new(path)
            .and_then(|mut file| file.write_all(picture.as_bytes()))
            .with_context(|| path.display().to_string())?;
    }
    Ok(())
}
