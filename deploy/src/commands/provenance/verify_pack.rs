//! `allive provenance verify-pack`: what a scanned label proves, with the file of paths alone or
//! with the chain.

use crate::table::table;
use allive_packs::{check, LotFile, PackLabel, PathsError, Verdict};
use allive_trace::words;
use anyhow::{anyhow, bail, Context, Result};
use provenance::{Known, Mismatch, State};
use std::{
    fs::File,
    io::{self, Read},
    path::PathBuf,
};

#[cfg(feature = "node")]
use crate::chain::{accounts, book::Book, connection::Connection, packs::OnChain};
#[cfg(feature = "node")]
use allive_packs::{ask, Asked};
#[cfg(feature = "node")]
use allive_rpc::Node;
#[cfg(feature = "node")]
use ink::primitives::AccountId;
#[cfg(feature = "node")]
use provenance::Answer;

#[derive(clap::Args)]
pub struct Args {
    /// The label as scanned, with FNC1 as 0x1D; in brackets; or as a Digital Link. `-` reads it
    /// from the standard input
    label: String,
    /// The file of paths of the lot, or a mirror of it
    #[arg(long, value_name = "FILE")]
    paths: Option<PathBuf>,
    /// What the maker says of the lot; without it, `lot.json` beside the paths
    #[arg(long, value_name = "LOT.json")]
    lot: Option<PathBuf>,
    /// Ask the chain at this node, which is believed instead of `lot.json`
    #[cfg(feature = "node")]
    #[arg(long, value_name = "URL", conflicts_with = "lot")]
    url: Option<String>,
    /// The contract to ask, if not that of the address book
    #[cfg(feature = "node")]
    #[arg(long, value_name = "ADDRESS", requires = "url", value_parser = accounts::account)]
    contract: Option<AccountId>,
    /// The folder of address books
    #[cfg(feature = "node")]
    #[arg(
        long,
        value_name = "FOLDER",
        requires = "url",
        default_value = "deployments"
    )]
    book: PathBuf,
}

/// Says what the label proves. It succeeds if the label is that of a pack of the lot, and, if the
/// chain was asked, if the pack is genuine.
pub fn run(args: &Args) -> Result<()> {
    let label = args.label()?;
    let year = super::this_year()?;
    #[cfg(feature = "node")]
    if let Some(url) = &args.url {
        return args.ask(&label, url, year);
    }
    let lot = args.lot_file()?;
    match check(&label, &lot.new_lot(), args.open_paths(), year) {
        Verdict::Fits(claim) => {
            println!(
                "fits: the label is that of pack {} of lot {} of {}",
                claim.index, lot.lot, lot.gtin
            );
            println!(
                "The chain was not asked. It says whether this lot is the maker's, and whether the pack was \
                 dispensed, recalled or stolen."
            );
            Ok(())
        }
        Verdict::DoesNotFit(mismatch) => bail!("does not fit: {}", what(mismatch)),
        Verdict::NoProof(error) => Err(no_proof(error)),
    }
}

impl Args {
    fn label(&self) -> Result<PackLabel> {
        let mut text = self.label.clone();
        if text == "-" {
            text.clear();
            io::stdin().read_to_string(&mut text).context("the label")?;
        }
        Ok(PackLabel::read(&text)?)
    }

    fn lot_file(&self) -> Result<LotFile> {
        let beside = || Some(self.paths.as_ref()?.with_file_name("lot.json"));
        let path = self
            .lot
            .clone()
            .or_else(beside)
            .context("name the lot: --lot, or --paths with lot.json beside it")?;
        LotFile::read(&path).with_context(|| path.display().to_string())
    }

    /// The paths, if they are at hand.
    fn open_paths(&self) -> Option<File> {
        let path = self.paths.as_ref()?;
        let file = File::open(path);
        if let Err(error) = &file {
            eprintln!("{}: {error}", path.display());
        }
        file.ok()
    }

    #[cfg(feature = "node")]
    fn ask(&self, label: &PackLabel, url: &str, year: u16) -> Result<()> {
        let connection = Connection {
            node: Node::connect(url)?,
        };
        let contract = match self.contract {
            Some(contract) => contract,
            None => {
                let book = Book::require(&self.book, &connection.node.kind().genesis)?;
                book.contract("provenance")?.account()?
            }
        };
        let mut chain = OnChain {
            queries: &connection,
            contract,
        };
        match ask(&mut chain, label, self.open_paths(), year)? {
            Asked::Answer(Answer::Known(known)) => {
                println!("{}", shown(&known));
                is_genuine(&known)
            }
            Asked::Answer(Answer::Unknown(mismatch)) => bail!("unknown: {}", what(mismatch)),
            Asked::NoProof(error) => Err(no_proof(error)),
        }
    }
}

/// Nobody has the paths: nothing is said against the pack.
fn no_proof(error: Option<PathsError>) -> anyhow::Error {
    match error {
        None => anyhow!("unknown: no proof at hand"),
        Some(error) => anyhow!(error).context("unknown: no proof at hand"),
    }
}

fn what(mismatch: Mismatch) -> &'static str {
    match mismatch {
        Mismatch::Product => "there is no such product",
        Mismatch::Lot => "there is no such lot of this product",
        Mismatch::Expiry => "the lot expires on another day",
        Mismatch::Serial => "no pack of the lot has this serial and this proof",
        Mismatch::Run => "the run of the pack is not to be found; ask again",
    }
}

/// What the chain knows of a pack.
fn shown(known: &Known) -> String {
    let custody = &known.custody;
    let mut rows = table(&["pack", ""], 2);
    let mut row = |name: &str, value: String| {
        rows.add_row([name.to_owned(), value]);
    };
    row("state", words::state(known.state).to_owned());
    row("made by", format!("identity {}", known.maker));
    row("with", format!("identity {}", custody.holder));
    if custody.site > 0 {
        row("at", format!("GLN {:013}", custody.site));
    }
    if let Some(shipment) = &custody.shipped {
        row("shipped to", format!("identity {}", shipment.to));
    }
    rows.to_string()
}

fn is_genuine(known: &Known) -> Result<()> {
    match known.state {
        State::Genuine => Ok(()),
        // To whom it was dispensed has it rightly, so this does not say that it is false.
        other => bail!("the chain says: {}", words::state(other)),
    }
}
