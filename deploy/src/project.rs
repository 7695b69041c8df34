//! Where the parts of the project lie.

use anyhow::{ensure, Context, Result};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The folder of the checkout: the nearest one above the working folder, or the one this tool was
/// built from.
pub fn root() -> Result<PathBuf> {
    let here = env::current_dir().context("the working folder cannot be read")?;
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .chain(built_from.ancestors())
        .find(|folder| {
            folder.join("contracts").is_dir() && folder.join("rust-toolchain.toml").is_file()
        })
        .map(Path::to_path_buf)
        .context("no checkout of the ALLIVE contracts here: run this inside one")
}

/// The folder that every build of the project shares.
pub fn target(root: &Path) -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root.join(folder),
        None => root.join("target"),
    }
}

/// The folders of all contracts: those of the suite and those that only tests use.
pub fn contracts(root: &Path) -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for parent in ["contracts", "e2e/mocks"] {
        let parent = root.join(parent);
        if !parent.is_dir() {
            continue;
        }
        for entry in
            fs::read_dir(&parent).with_context(|| format!("reading {}", parent.display()))?
        {
            let folder = entry?.path();
            if folder.join("Cargo.toml").is_file() {
                folders.push(folder);
            }
        }
    }
    ensure!(
        !folders.is_empty(),
        "no contract found under {}",
        root.join("contracts").display()
    );
    folders.sort();
    Ok(folders)
}

/// The name of a contract: that of its folder.
pub fn name(folder: &Path) -> String {
    folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
