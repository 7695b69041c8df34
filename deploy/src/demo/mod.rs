//! `allive demo`: a patient is paid for the use of her record, from beginning to end; then what she
//! bought with it is made good when its issuer falls silent; then she loses her key, and stays who she is, with what
//! she had; then a council takes over from who deployed all.

mod council;
mod ending;
mod ground;
mod handed_over;
mod identity;
mod inheritance;
mod journal;
mod story;
mod two_tiers;

use crate::project;
use allive_calls::Code;
use allive_holders::Snapshot;
use allive_records::{Bundle, Limits};
use allive_simulator::{EmbeddedChain, GENESIS};
use anyhow::{ensure, Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

#[derive(clap::Args)]
pub struct Args {
    /// A FHIR R4 bundle of your own, in place of the samples
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
    /// Play it on a development node instead of the embedded chain
    #[cfg(feature = "node")]
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

/// A bundle and the name of its file.
pub struct Sample {
    pub name: String,
    pub bundle: Bundle,
}

/// Reads the bundles, and only when all are good starts a chain and plays the story on it.
pub fn run(args: &Args) -> Result<()> {
    let root = project::root()?;
    let files = match &args.bundle {
        Some(file) => vec![file.clone()],
        None => samples(&root.join("data/fhir"))?,
    };
    let samples = files
        .iter()
        .map(|file| read(file))
        .collect::<Result<Vec<_>>>()?;
    println!("Bundles");
    for sample in &samples {
        println!(
            "  {:<32} {:>6} entries",
            sample.name,
            sample.bundle.entries().len()
        );
    }

    let list = root.join("data/holders.csv");
    let holders = fs::File::open(&list)
        .map_err(anyhow::Error::from)
        .and_then(|file| Ok(Snapshot::read(file)?))
        .with_context(|| list.display().to_string())?;

    let codes = story::Codes {
        council: Code::read("council")?,
        alv: Code::read("alv")?,
        identities: Code::read("olife_id")?,
        distributor: Code::read("alv_distributor")?,
        nexus: Code::read("olife_nexus")?,
        next: Code::read("nexus_next")?,
        token: Code::read("derived_token")?,
        factory: Code::read("derived_factory")?,
    };
    let started = Instant::now();
    #[cfg(feature = "node")]
    if let Some(url) = &args.url {
        let mut chain = node(url)?;
        let genesis = chain.node().kind().genesis;
        let verdict = story::play(&mut chain, &codes, genesis, &holders, samples)?;
        println!(
            "\n{verdict} ({:.1} s on the node at {url})",
            started.elapsed().as_secs_f32()
        );
        return Ok(());
    }
    let mut chain = EmbeddedChain::new();
    let verdict = story::play(&mut chain, &codes, GENESIS, &holders, samples)?;
    println!(
        "\n{verdict} ({:.1} s on the embedded chain)",
        started.elapsed().as_secs_f32()
    );
    Ok(())
}

/// A node on which the story costs nobody anything.
#[cfg(feature = "node")]
fn node(url: &str) -> Result<allive_rpc::NodeChain> {
    let chain = allive_rpc::NodeChain::connect(url)?;
    let kind = chain.node().kind();
    ensure!(
        kind.is_development,
        "the story is played with keys that everybody knows, and `{}` is no development chain",
        kind.name
    );
    Ok(chain)
}

fn read(file: &Path) -> Result<Sample> {
    let name = project::name(file);
    let bundle = Bundle::from_path(file, &Limits::default())
        .with_context(|| format!("{}: nothing was deployed", file.display()))?;
    Ok(Sample { name, bundle })
}

fn samples(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(path);
        }
    }
    ensure!(!files.is_empty(), "no bundle in {}", folder.display());
    files.sort();
    Ok(files)
}
