//! Where the deployer's key comes from. It is read once, and never shown, logged or stored.

use allive_capture::KeyName;
use allive_rpc::{key, ChainKind, Key};
use anyhow::{ensure, Context, Result};
use std::{
    env, fs,
    io::IsTerminal,
    path::{Path, PathBuf},
};

/// The variable that may hold the key.
const VARIABLE: &str = "ALLIVE_SURI";

#[derive(clap::Args)]
#[group(id = "key")]
pub struct Args {
    /// Key of a development account, as `//Alice`. Anything else is refused here: a secret on a
    /// command line can be read by others. Use ALLIVE_SURI, --key-file or the prompt
    #[arg(long, value_name = "//NAME")]
    suri: Option<String>,
    /// File that holds the key: a phrase or a seed, with a derivation path or without
    #[arg(long, value_name = "FILE", conflicts_with = "suri")]
    key_file: Option<PathBuf>,
}

impl Args {
    /// Reads the key: from the option or the file, else from ALLIVE_SURI, else from the terminal.
    ///
    /// # Errors
    /// If there is none, or it cannot be read; the error does not repeat it.
    pub fn key(&self) -> Result<Key> {
        if let Some(name) = &self.suri {
            ensure!(
                name.starts_with("//"),
                "--suri takes development keys such as //Alice; give a secret in {VARIABLE}, in a \
                 file (--key-file), or at the prompt"
            );
            return Ok(key(name)?);
        }
        if let Some(file) = &self.key_file {
            return in_file(file);
        }
        if let Ok(secret) = env::var(VARIABLE) {
            return key(&secret).with_context(|| format!("the key in {VARIABLE}"));
        }
        ensure!(
            std::io::stdin().is_terminal(),
            "no key: set {VARIABLE}, name a file (--key-file), or run this on a terminal"
        );
        let secret = rpassword::prompt_password("key of the deployer (not shown): ")
            .context("the key cannot be read from the terminal")?;
        Ok(key(&secret)?)
    }

    /// The key, unless everybody knows it and the chain holds real money.
    pub fn key_for(&self, chain: &ChainKind) -> Result<Key> {
        only_secret(self.key()?, chain)
    }
}

/// A key that a file names, unless everybody knows it and the chain holds real money.
///
/// # Errors
/// As of [`Args::key_for`].
pub fn named(name: &KeyName, chain: &ChainKind) -> Result<Key> {
    let key = match name {
        KeyName::Development(name) => key(name)?,
        KeyName::File(file) => in_file(file)?,
    };
    only_secret(key, chain)
}

fn in_file(file: &Path) -> Result<Key> {
    let place = || format!("the key in {}", file.display());
    let secret = fs::read_to_string(file).with_context(place)?;
    key(&secret).with_context(place)
}

/// Refuses a key that everybody knows where there is real money.
fn only_secret(key: Key, chain: &ChainKind) -> Result<Key> {
    ensure!(
        chain.is_development || !key.is_development(),
        "this key is a development key, which everybody knows, and `{}` is no development chain",
        chain.name
    );
    Ok(key)
}
