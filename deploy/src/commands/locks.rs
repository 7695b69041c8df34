//! `allive locks`: the lock files of the contracts, made from the one of the workspace.
//!
//! Each contract is a workspace of its own, because contract-build compiles a copy of it away from
//! the main one. What keeps the versions equal is this: a contract's lock file holds nothing that
//! the workspace's does not.

use crate::project;
use anyhow::{ensure, Context, Result};
use serde::Deserialize;
use std::{collections::BTreeSet, fs, path::Path, process::Command};

#[derive(clap::Args)]
pub struct Args {
    /// Change nothing; fail if a lock file differs from what would be written
    #[arg(long)]
    check: bool,
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
    source: Option<String>,
    checksum: Option<String>,
}

/// Writes the lock file of every contract, or checks them all.
pub fn run(args: &Args) -> Result<()> {
    let root = project::root()?;
    let main = packages(&root.join("Cargo.lock"))?;
    for folder in project::contracts(&root)? {
        let name = project::name(&folder);
        if !args.check {
            fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        }
        // Without --locked cargo drops from the copy what the contract does not need.
        metadata(&folder, args.check).with_context(|| format!("the lock file of {name}"))?;
        let strays: Vec<String> = packages(&folder.join("Cargo.lock"))?
            .difference(&main)
            .map(|package| format!("{} {}", package.name, package.version))
            .collect();
        ensure!(
            strays.is_empty(),
            "the lock file of {name} holds what the workspace's does not: {}; `make locks` writes it anew",
            strays.join(", ")
        );
        println!(
            "{name:<20} {}",
            if args.check { "agrees" } else { "written" }
        );
    }
    Ok(())
}

/// The packages that come from a registry.
fn packages(path: &Path) -> Result<BTreeSet<Package>> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let lock: Lock =
        toml::from_str(&text).with_context(|| format!("parsing {}", path.display()))?;
    Ok(lock
        .package
        .into_iter()
        .filter(|package| package.source.is_some())
        .collect())
}

fn metadata(folder: &Path, locked: bool) -> Result<()> {
    let mut command = Command::new("cargo");
    command
        .args(["metadata", "--format-version", "1"])
        .current_dir(folder);
    if locked {
        command.arg("--locked");
    }
    let output = command.output().context("cargo cannot be started")?;
    ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(())
}
