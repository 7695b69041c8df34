//! `allive did resolve`: the document of an identity, as its Olife ID shows it in the latest final block.

use super::{
    book::{Book, Entry},
    site::{self, Site},
};
use allive_did::{Did, Missing, Resolution, ResolutionError, Resolved};
use allive_testkit::{at, Code};
use anyhow::{anyhow, Result};
use clap::Subcommand;
use ink::primitives::AccountId;
use olife_id::{Content, Identity, OlifeId, Place};

/// The name of the contract, in the address book and among those that are built.
const OLIFE_ID: &str = "olife_id";

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the DID document of an identity
    Resolve(Resolve),
}

#[derive(clap::Args)]
struct Resolve {
    #[command(flatten)]
    site: site::Args,
    /// did:allive:…, or the number of an identity of the Olife ID in the address book
    did: String,
    /// Print what DID Resolution returns: the document, and what is said about it and the resolution
    #[arg(long)]
    result: bool,
    /// Code of Olife ID besides that of the address book and what is built here
    #[arg(long, value_name = "HASH", value_parser = super::accounts::hash)]
    code: Vec<[u8; 32]>,
}

/// Resolves, and fails by an error of DID Resolution.
pub fn run(args: &Args) -> Result<()> {
    let Command::Resolve(args) = &args.command;
    let outcome = args.resolve();
    if args.result {
        let result = Resolution(outcome.as_ref());
        println!("{}", serde_json::to_string_pretty(&result)?);
    } else if let Ok(resolved) = &outcome {
        println!("{}", serde_json::to_string_pretty(&resolved.document)?);
    }
    outcome
        .map(drop)
        .map_err(|error| anyhow!("{}: {error}", error.name()))
}

impl Resolve {
    fn resolve(&self) -> Result<Resolved, ResolutionError> {
        // A DID that cannot be is refused without asking a chain.
        let number = self.did.parse::<u64>().ok();
        let did = match number {
            Some(_) => None,
            None => Some(self.did.parse::<Did>()?),
        };
        let site = self.site.connect().map_err(internal)?;
        let kind = site.node.kind();
        let book = Book::open(&self.site.book, &kind.genesis).map_err(internal)?;
        let did = match (did, number) {
            (Some(did), _) => did,
            (None, number) => Did {
                genesis: kind.genesis,
                contract: listed(book.as_ref()).map_err(internal)?,
                identity: number.unwrap_or_default(),
            },
        };
        if did.genesis != kind.genesis {
            let (asked, connected) = (did.genesis, kind.genesis);
            return Err(Missing::OtherChain { asked, connected }.into());
        }
        let known = self.known(book.as_ref()).map_err(internal)?;
        let identity = identity(&site, &did, &known)?;
        Ok(Resolved::new(&did, &identity, kind.address_prefix))
    }

    /// The codes that are Olife ID. It cannot be upgraded: who runs one of them always will.
    fn known(&self, book: Option<&Book>) -> Result<Vec<[u8; 32]>> {
        let mut known = self.code.clone();
        if let Some(entry) = book.and_then(|book| book.contracts.get(OLIFE_ID)) {
            known.push(entry.code_hash()?);
        }
        known.extend(Code::read(OLIFE_ID).ok().map(|code| code.hash()));
        Ok(known)
    }
}

/// The Olife ID of the address book.
fn listed(book: Option<&Book>) -> Result<[u8; 32]> {
    let book = book.ok_or_else(|| {
        anyhow!("a number alone is of the Olife ID in the address book, and this chain has no book")
    })?;
    let account = book.contract(OLIFE_ID).and_then(Entry::account)?;
    Ok(*account.as_ref())
}

/// What the contract of a DID shows of the identity, if it is one to believe.
fn identity(site: &Site, did: &Did, known: &[[u8; 32]]) -> Result<Identity, ResolutionError> {
    let contract = AccountId::from(did.contract);
    let info = site.node.contract(&contract).map_err(internal)?;
    let code = info.ok_or(Missing::NoContract(did.contract))?.code_hash;
    if !known.contains(&code) {
        let contract = did.contract;
        return Err(Missing::UnknownCode { contract, code }.into());
    }
    let place = Place::Identity(did.identity);
    let found = site.get(at::<OlifeId>(contract).look(place.into()));
    match found.map_err(internal)?.map(|found| found.open()) {
        Some(Some(Content::Identity(identity))) => Ok(identity),
        None => Err(Missing::NoIdentity(did.identity).into()),
        Some(_) => Err(internal(anyhow!(
            "the contract shows something else than an identity"
        ))),
    }
}

fn internal(error: impl Into<anyhow::Error>) -> ResolutionError {
    ResolutionError::Internal(format!("{:#}", error.into()))
}
