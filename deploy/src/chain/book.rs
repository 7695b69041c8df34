//! The address book: `deployments/<genesis>.json`, what was deployed on one chain and where.
//!
//! It is what every other tool and every front end reads. It is written after each step, whole and
//! at once, so that no reader ever sees half of it.

use super::accounts;
use anyhow::{ensure, Context, Result};
use ink::primitives::AccountId;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

/// The version of the book's format.
const FORMAT: u32 = 1;

/// One suite on one chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    format: u32,
    pub chain: Chain,
    pub suite: Suite,
    /// Address of the deployer.
    pub deployer: String,
    /// Name of a contract → where and what it is.
    pub contracts: BTreeMap<String, Entry>,
    /// Name of code that other contracts create contracts from → what it is.
    #[serde(default)]
    pub codes: BTreeMap<String, Uploaded>,
    /// Every transaction that `allive` sent for this suite, in order.
    pub log: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// Hash of the first block.
    pub genesis: String,
    pub name: String,
    pub address_prefix: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suite {
    pub version: String,
    /// What `rustc -vV` says: with it and the same sources the code hashes can be had again.
    pub compiler: String,
}

/// One contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Address, in the form of the chain (SS58).
    pub address: String,
    /// The same account in hexadecimal digits.
    pub account: String,
    /// Hash of the code that it runs.
    pub code_hash: String,
    pub salt: String,
    /// Name of the constructor.
    pub constructor: String,
    /// Arguments of the constructor, by name.
    pub arguments: BTreeMap<String, serde_json::Value>,
    /// Constructor and arguments as they were sent.
    pub input: String,
    /// Number of the block in which it was created.
    pub block: Option<u64>,
    /// Earlier code, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub upgrades: Vec<Upgrade>,
}

/// Code without a contract of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    pub code_hash: String,
    /// Number of the block in which it was uploaded.
    pub block: Option<u64>,
}

/// A change of code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upgrade {
    pub from: String,
    pub to: String,
    pub block: u64,
}

/// A transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub step: String,
    pub extrinsic: String,
    pub block: u64,
    pub block_hash: String,
    /// What was paid, in the smallest unit of the chain's coin, without deposits.
    pub fee: String,
}

impl Book {
    /// An empty book.
    pub fn new(chain: Chain, suite: Suite, deployer: String) -> Self {
        Self {
            format: FORMAT,
            chain,
            suite,
            deployer,
            contracts: BTreeMap::new(),
            codes: BTreeMap::new(),
            log: Vec::new(),
        }
    }

    /// The book of a chain, if there is one.
    ///
    /// # Errors
    /// If it is damaged, or of another chain.
    pub fn open(folder: &Path, genesis: &[u8; 32]) -> Result<Option<Self>> {
        let file = path(folder, genesis);
        let advice = || {
            format!(
                "the address book {} cannot be used; restore it from a copy, or move it away and run \
                 `allive up` again: it finds on the chain what is there",
                file.display()
            )
        };
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(advice),
        };
        let book: Self = serde_json::from_str(&text).with_context(advice)?;
        ensure!(
            book.format == FORMAT,
            "{}: its format is {}, and this tool writes {FORMAT}",
            file.display(),
            book.format
        );
        ensure!(
            book.chain.genesis == accounts::hex(genesis),
            "{} is the book of another chain: {}, `{}`",
            file.display(),
            book.chain.genesis,
            book.chain.name
        );
        Ok(Some(book))
    }

    /// Writes the book beside the old one, and puts it in its place.
    pub fn save(&self, folder: &Path) -> Result<()> {
        let genesis = accounts::hash(&self.chain.genesis)?;
        let file = path(folder, &genesis);
        let place = || format!("writing {}", file.display());
        fs::create_dir_all(folder).with_context(place)?;
        let fresh = file.with_extension("json.new");
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        let mut writer = File::create(&fresh).with_context(place)?;
        writer.write_all(text.as_bytes()).with_context(place)?;
        writer.sync_all().with_context(place)?;
        fs::rename(&fresh, &file).with_context(place)
    }

    /// The book of a chain.
    ///
    /// # Errors
    /// As [`open`](Self::open); if there is none.
    pub fn require(folder: &Path, genesis: &[u8; 32]) -> Result<Self> {
        Self::open(folder, genesis)?.with_context(|| {
            format!(
                "no address book of this chain: {} is missing; `allive up` writes it, or name another \
                 folder with --book",
                path(folder, genesis).display()
            )
        })
    }

    /// What was paid in fees, in the smallest unit of the chain's coin.
    pub fn fees(&self) -> u128 {
        let fees = self
            .log
            .iter()
            .filter_map(|line| line.fee.parse::<u128>().ok());
        fees.sum()
    }

    /// A contract of the suite.
    ///
    /// # Errors
    /// If the book does not know it.
    pub fn contract(&self, name: &str) -> Result<&Entry> {
        let known = || {
            let names: Vec<&str> = self.contracts.keys().map(String::as_str).collect();
            format!(
                "the book has no contract `{name}`; it has {}, and `allive up` adds what the suite has besides",
                names.join(", ")
            )
        };
        self.contracts.get(name).with_context(known)
    }
}

impl Entry {
    /// The account of the contract.
    pub fn account(&self) -> Result<AccountId> {
        accounts::hash(&self.account).map(AccountId::from)
    }

    /// The hash of the code that it runs, as the book says.
    pub fn code_hash(&self) -> Result<[u8; 32]> {
        accounts::hash(&self.code_hash)
    }
}

impl Uploaded {
    /// The hash of the code, as the book says.
    pub fn code_hash(&self) -> Result<[u8; 32]> {
        accounts::hash(&self.code_hash)
    }
}

/// Where the book of a chain lies.
pub fn path(folder: &Path, genesis: &[u8; 32]) -> PathBuf {
    folder.join(format!("{}.json", accounts::hex(genesis)))
}
