//! `allive build`: release Wasm, metadata and bundle of every contract, in one folder.

use crate::project;
use anyhow::{ensure, Context, Result};
use contract_build::{BuildArtifacts, BuildMode, ExecuteArgs, ManifestPath, OutputType, Verbosity};
use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest, Sha256};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// The published token that ALV is measured against.
const REFERENCE: &str = "psp22-2.0.0";

#[derive(clap::Args)]
pub struct Args {
    /// Only these contracts; all of them if none is named
    names: Vec<String>,
    /// Rebuild even what did not change
    #[arg(long)]
    force: bool,
}

#[cfg(feature = "node")]
impl Args {
    /// These contracts, built whether they changed or not.
    pub fn anew(names: impl IntoIterator<Item = String>) -> Self {
        Self {
            names: names.into_iter().collect(),
            force: true,
        }
    }
}

/// Builds what changed since the last build.
pub fn run(args: &Args) -> Result<()> {
    let root = project::root()?;
    let target = project::target(&root);
    // contract-build starts cargo in a temporary copy, where neither holds by itself.
    env::set_var("CARGO_TARGET_DIR", &target);
    env::set_var("RUSTUP_TOOLCHAIN", toolchain(&root)?);
    // Code that is built in parts is other code.
    env::set_var("CARGO_INCREMENTAL", "0");
    // The same sources give the same code in any folder.
    env::set_var("RUSTC_WRAPPER", root.join("scripts/rustc"));

    let mut folders = project::contracts(&root)?;
    folders.push(reference(&root, &target)?);
    if !args.names.is_empty() {
        let known: Vec<String> = folders.iter().map(|folder| project::name(folder)).collect();
        for name in &args.names {
            ensure!(
                known.contains(name),
                "no contract `{name}`; there are: {}",
                known.join(", ")
            );
        }
        folders.retain(|folder| args.names.contains(&project::name(folder)));
    }

    let compiler = compiler()?;
    forget_old_names(&root, &target.join("ink"), &compiler)?;
    let total = folders.len();
    for (number, folder) in folders.iter().enumerate() {
        let name = project::name(folder);
        let step = format!("[{}/{total}] {name}", number + 1);
        let artifacts = Artifacts::new(&target.join("ink"), &name);
        let stamp = stamp(&root, folder, &compiler)?;
        let state = if !args.force && artifacts.are_of(&stamp) {
            "unchanged"
        } else {
            let progress = spinner(&step);
            // Where cargo finds nothing to compile, contract-build keeps what lies there, whatever
            // it is.
            artifacts.remove()?;
            build(folder).with_context(|| format!("building {name}"))?;
            progress.finish_and_clear();
            ensure!(
                artifacts.exist(),
                "{name}: the build left no artifact in {}",
                target.join("ink").display()
            );
            fs::write(&artifacts.stamp, &stamp)?;
            "built"
        };
        let bytes = fs::metadata(&artifacts.wasm)?.len();
        println!("{step:<28} {state:<9} {bytes:>7} bytes");
    }
    println!("artifacts in {}", target.join("ink").display());
    Ok(())
}

/// The files that a build leaves.
struct Artifacts {
    wasm: PathBuf,
    json: PathBuf,
    bundle: PathBuf,
    stamp: PathBuf,
}

impl Artifacts {
    fn new(folder: &Path, name: &str) -> Self {
        let file = |extension: &str| folder.join(format!("{name}.{extension}"));
        Self {
            wasm: file("wasm"),
            json: file("json"),
            bundle: file("contract"),
            stamp: file("stamp"),
        }
    }

    fn exist(&self) -> bool {
        self.wasm.is_file() && self.json.is_file() && self.bundle.is_file()
    }

    fn are_of(&self, stamp: &str) -> bool {
        self.exist() && fs::read_to_string(&self.stamp).is_ok_and(|old| old == stamp)
    }

    fn remove(&self) -> Result<()> {
        for file in [&self.stamp, &self.wasm, &self.json, &self.bundle] {
            match fs::remove_file(file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("removing {}", file.display()));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn build(folder: &Path) -> Result<()> {
    let manifest_path = ManifestPath::new(folder.join("Cargo.toml"))?;
    contract_build::execute(ExecuteArgs {
        manifest_path,
        verbosity: Verbosity::Quiet,
        build_mode: BuildMode::Release,
        build_artifact: BuildArtifacts::All,
        output_type: OutputType::Json,
        ..Default::default()
    })?;
    Ok(())
}

/// Removes what was compiled by other names of crates: cargo does not see that `scripts/rustc`
/// changed, and would link both kinds into one contract, whose hash nobody else could have again.
fn forget_old_names(root: &Path, folder: &Path, compiler: &str) -> Result<()> {
    let mut digest = Sha256::new();
    digest.update(fs::read(root.join("scripts/rustc"))?);
    digest.update(compiler);
    let names = format!("{:x}", digest.finalize());
    let stamp = folder.join("names.stamp");
    if fs::read_to_string(&stamp).is_ok_and(|old| old == names) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    fs::create_dir_all(folder)?;
    Ok(fs::write(stamp, names)?)
}

/// What an artifact depends on: its sources, those of libraries and interfaces, the lock file, the
/// compiler.
fn stamp(root: &Path, folder: &Path, compiler: &str) -> Result<String> {
    let mut files = Vec::new();
    sources(folder, &mut files)?;
    sources(&root.join("libraries"), &mut files)?;
    sources(&root.join("interfaces"), &mut files)?;
    for neighbour in neighbours(folder)? {
        sources(&neighbour, &mut files)?;
    }
    // Contracts that only tests use may be made of parts of those of the suite.
    if folder.starts_with(root.join("e2e")) {
        sources(&root.join("contracts"), &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    digest.update(compiler);
    digest.update(env!("CARGO_PKG_VERSION"));
    for file in files {
        let content = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        digest.update(file.to_string_lossy().as_bytes());
        digest.update((content.len() as u64).to_le_bytes());
        digest.update(content);
    }
    Ok(format!("{:x}", digest.finalize()))
}

/// The contracts that a contract is made with: its dependencies that lie beside it.
fn neighbours(folder: &Path) -> Result<Vec<PathBuf>> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml"))?;
    let manifest: toml::Table = manifest
        .parse()
        .with_context(|| format!("reading the manifest in {}", folder.display()))?;
    let dependencies = manifest
        .get("dependencies")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flatten();
    let beside = dependencies
        .filter_map(|(_, dependency)| dependency.get("path")?.as_str())
        .map(|path| folder.join(path))
        .filter(|path| {
            path.parent()
                .is_some_and(|parent| parent == folder.join(".."))
        });
    Ok(beside.collect())
}

/// Collects what cargo compiles below `folder`: no tests, no build output.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let name = project::name(&path);
        if path.is_dir() {
            if !matches!(name.as_str(), "target" | "tests") {
                sources(&path, files)?;
            }
        } else if name.ends_with(".rs") || matches!(name.as_str(), "Cargo.toml" | "Cargo.lock") {
            files.push(path);
        }
    }
    Ok(())
}

/// A copy of the published reference token that can be built: the crate is not a workspace of its
/// own and has no lock file.
fn reference(root: &Path, target: &Path) -> Result<PathBuf> {
    let folder = target.join("reference").join("psp22");
    let published = published_source(root)?;
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(&published)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            fs::copy(&path, folder.join(path.file_name().unwrap_or_default()))?;
        }
    }
    let manifest = fs::read_to_string(published.join("Cargo.toml"))?;
    fs::write(
        folder.join("Cargo.toml"),
        format!("{manifest}\n[workspace]\n"),
    )?;
    // The lock file of ALV holds all that the reference needs; cargo drops the rest from the copy.
    fs::copy(
        root.join("contracts/alv/Cargo.lock"),
        folder.join("Cargo.lock"),
    )?;
    Ok(folder)
}

/// Where cargo keeps the source of the reference token.
fn published_source(root: &Path) -> Result<PathBuf> {
    let output = Command::new("cargo")
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--manifest-path",
        ])
        .arg(root.join("contracts/alv/Cargo.toml"))
        .output()
        .context("cargo metadata cannot be started")?;
    ensure!(
        output.status.success(),
        "cargo metadata of contracts/alv failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|package| package["manifest_path"].as_str())
        .map(Path::new)
        .filter_map(Path::parent)
        .find(|folder| folder.ends_with(REFERENCE))
        .map(Path::to_path_buf)
        .with_context(|| format!("{REFERENCE} is not among the dependencies of contracts/alv"))
}

/// The toolchain to build with: what the caller chose, else what `rust-toolchain.toml` pins.
fn toolchain(root: &Path) -> Result<String> {
    if let Ok(name) = env::var("RUSTUP_TOOLCHAIN") {
        return Ok(name);
    }
    let file = fs::read_to_string(root.join("rust-toolchain.toml"))?;
    file.lines()
        .find_map(|line| line.strip_prefix("channel = "))
        .map(|channel| channel.trim_matches('"').to_owned())
        .context("rust-toolchain.toml names no channel")
}

/// Version and origin of compiler and linker: two builds of one version may give different bytes.
pub fn compiler() -> Result<String> {
    let output = Command::new("rustc")
        .arg("-vV")
        .output()
        .context("rustc cannot be started")?;
    ensure!(output.status.success(), "rustc -vV failed");
    Ok(String::from_utf8(output.stdout)?)
}

fn spinner(step: &str) -> ProgressBar {
    let progress = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        progress.set_style(style);
    }
    progress.set_message(format!("{step}: building"));
    progress.enable_steady_tick(Duration::from_millis(200));
    progress
}
