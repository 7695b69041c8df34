//! `allive demo`: the story of the suite, on the embedded chain or on a development node.

use crate::{
    demo::{self, Sample, Script},
    project,
};
use allive_calls::Chain;
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

/// Reads the bundles, and only when all are good starts a chain and plays the story on it.
pub fn run(args: &Args) -> Result<()> {
    let files = match &args.bundle {
        Some(file) => vec![file.clone()],
        None => samples(&project::root()?.join("data/fhir"))?,
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
    let script = Script::new(samples)?;
    #[cfg(feature = "node")]
    if let Some(url) = &args.url {
        let mut chain = node(url)?;
        let genesis = chain.node().kind().genesis;
        return play(&mut chain, genesis, script, &format!("the node at {url}"));
    }
    play(
        &mut EmbeddedChain::new(),
        GENESIS,
        script,
        "the embedded chain",
    )
}

fn play<C: Chain>(chain: &mut C, genesis: [u8; 32], script: Script, shown: &str) -> Result<()> {
    let started = Instant::now();
    let verdict = demo::play(chain, genesis, script)?;
    let seconds = started.elapsed().as_secs_f32();
    println!("\n{verdict} ({seconds:.1} s on {shown})");
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
