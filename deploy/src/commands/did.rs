//! `allive did resolve`: the document of an identity, as its Olife ID shows it in the latest final
//! block.

use crate::{
    chain::{
        accounts,
        book::{Book, Entry},
        connection::{self, Connection},
        queries::TypedQueries,
    },
    suite::olife_id::NAME as OLIFE_ID,
};
use allive_calls::{at, Code};
use allive_did::{Did, Missing, Resolution, ResolutionError, Resolved};
use anyhow::{anyhow, Result};
use clap::Subcommand;
use ink::primitives::AccountId;
use olife_id::{Content, Identity, OlifeId, Place};
use serde_json::{json, to_string_pretty, to_value};
use std::fmt;

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
    connection: connection::Args,
    /// did:allive:…, or the number of an identity of the Olife ID in the address book
    did: String,
    /// Print what DID Resolution returns: the document, and what is said about it and the
    /// resolution
    #[arg(long)]
    result: bool,
    /// An Olife ID to believe, besides that of the address book: name one that you trust
    #[arg(long, value_name = "ADDRESS", value_parser = accounts::account)]
    contract: Vec<AccountId>,
}

/// Why there is no document.
enum Failure {
    Unresolved(ResolutionError),
    /// Who resolves does not trust this contract.
    NotBelieved([u8; 32]),
}

/// Resolves, and fails by an error of DID Resolution.
pub fn run(args: &Args) -> Result<()> {
    let Command::Resolve(args) = &args.command;
    let outcome = args.resolve();
    match &outcome {
        Ok(resolved) if args.result => println!("{}", to_string_pretty(&Resolution(Ok(resolved)))?),
        Ok(resolved) => println!("{}", to_string_pretty(&resolved.document)?),
        Err(failure) if args.result => println!("{}", failure.result()?),
        Err(_) => {}
    }
    outcome
        .map(drop)
        .map_err(|failure| anyhow!("{}: {failure}", failure.standard().name()))
}

impl Resolve {
    fn resolve(&self) -> Result<Resolved, Failure> {
        // A DID that cannot be is refused without asking a chain.
        let number = self.did.parse::<u64>().ok();
        let did = match number {
            Some(_) => None,
            None => Some(self.did.parse::<Did>().map_err(ResolutionError::from)?),
        };
        let connection = self.connection.connect().map_err(internal)?;
        let kind = connection.node.kind();
        let book = Book::open(&self.connection.book, &kind.genesis).map_err(internal)?;
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
            return Err(missing(Missing::OtherChain { asked, connected }));
        }
        let codes = self
            .codes(book.as_ref(), did.contract)
            .map_err(internal)?
            .ok_or(Failure::NotBelieved(did.contract))?;
        let identity = identity(&connection, &did, &codes)?;
        Ok(Resolved::new(&did, &identity, kind.address_prefix))
    }

    /// The codes that the contract may run, or nothing if it is not one to believe.
    ///
    /// Its code alone proves nothing: a contract of any code can write cells as it likes, and then
    /// take the code of Olife ID.
    fn codes(&self, book: Option<&Book>, contract: [u8; 32]) -> Result<Option<Vec<[u8; 32]>>> {
        let contract = AccountId::from(contract);
        let entry = book.and_then(|book| book.contracts.get(OLIFE_ID));
        let listed = entry.map(Entry::account).transpose()? == Some(contract);
        let named = self.contract.contains(&contract);
        if !listed && !named {
            return Ok(None);
        }
        let mut codes: Vec<_> = entry
            .map(Entry::code_hash)
            .transpose()?
            .into_iter()
            .collect();
        if named {
            codes.extend(Code::read(OLIFE_ID).ok().map(|code| code.hash()));
        }
        Ok(Some(codes))
    }
}

impl Failure {
    /// The error of DID Resolution. To who does not believe a contract, it is as if it were not
    /// there.
    fn standard(&self) -> ResolutionError {
        match self {
            Self::Unresolved(error) => error.clone(),
            Self::NotBelieved(contract) => Missing::NoContract(*contract).into(),
        }
    }

    /// What DID Resolution returns.
    fn result(&self) -> Result<String> {
        let mut result = to_value(Resolution(Err(&self.standard())))?;
        result["didResolutionMetadata"]["message"] = json!(self.to_string());
        Ok(to_string_pretty(&result)?)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Unresolved(error) => error.fmt(f),
            Self::NotBelieved(contract) => write!(
                f,
                "the contract {} is neither the Olife ID of the address book nor named by --contract: who resolves \
                 says whom to believe",
                hex::encode(contract)
            ),
        }
    }
}

impl From<ResolutionError> for Failure {
    fn from(error: ResolutionError) -> Self {
        Self::Unresolved(error)
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

/// What the contract of a DID shows of the identity, if it runs one of these codes.
fn identity(connection: &Connection, did: &Did, codes: &[[u8; 32]]) -> Result<Identity, Failure> {
    let contract = AccountId::from(did.contract);
    let info = connection.node.contract(&contract).map_err(internal)?;
    let info = info.ok_or_else(|| missing(Missing::NoContract(did.contract)))?;
    let code = info.code_hash;
    if !codes.contains(&code) {
        let contract = did.contract;
        return Err(missing(Missing::UnknownCode { contract, code }));
    }
    let place = Place::Identity(did.identity);
    let found = connection.get(at::<OlifeId>(contract).look(place.into()));
    match found.map_err(internal)?.map(|found| found.open()) {
        Some(Some(Content::Identity(identity))) => Ok(identity),
        None => Err(missing(Missing::NoIdentity(did.identity))),
        Some(_) => Err(internal(anyhow!(
            "the contract shows something else than an identity"
        ))),
    }
}

fn missing(what: Missing) -> Failure {
    Failure::Unresolved(what.into())
}

fn internal(error: impl Into<anyhow::Error>) -> Failure {
    Failure::Unresolved(ResolutionError::Internal(format!("{:#}", error.into())))
}
