//! `allive provenance trace`: the life of a pack, a lot or a container, out of the events of a
//! chain.

mod ask;
mod parties;
mod subject;

use crate::{
    chain::{accounts, book::Book, connection::Connection, facts::facts, queries::TypedQueries},
    suite::provenance::NAME,
    table::life,
};
use allive_calls::at;
use allive_rpc::Node;
use allive_trace::{epcis, timeline, Row, Trace};
use anyhow::{Context, Result};
use ask::lots;
use ink::primitives::AccountId;
use parties::parties;
use provenance::Provenance;
use serde_json::{json, Value};
use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
};
use subject::Named;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    subject: subject::Args,
    /// Where the node listens
    #[arg(long, value_name = "URL", default_value = "ws://127.0.0.1:9944")]
    url: String,
    /// The contract to ask, if not that of the address book
    #[arg(long, value_name = "ADDRESS", value_parser = accounts::account)]
    contract: Option<AccountId>,
    /// The folder of address books
    #[arg(long, value_name = "FOLDER", default_value = "deployments")]
    book: PathBuf,
    /// The first block to read: that in which the contract was created, if it is not named
    #[arg(long, value_name = "NUMBER")]
    from_block: Option<u64>,
    /// What identities are called: a TOML file with a table for each number, such as `[7]`, and in
    /// it `name` and `gln`
    #[arg(long, value_name = "FILE")]
    parties: Option<PathBuf>,
    /// A new file for the life as a document of EPCIS 2.0
    #[arg(long, value_name = "FILE")]
    epcis: Option<PathBuf>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// Reads the events, and tells the life.
pub fn run(args: &Args) -> Result<()> {
    let named = args.subject.read()?;
    let names = args
        .parties
        .as_deref()
        .map(parties)
        .transpose()?
        .unwrap_or_default();
    let connection = Connection {
        node: Node::connect(&args.url)?,
    };
    let node = &connection.node;
    let (contract, from) = args.contract(node)?;
    let subject = named.find(&connection, contract)?;
    let last = node.last_block()?;
    let facts = facts(node, &contract, from, last)?;
    let lots = lots(&connection, contract, &facts, &subject)?;
    let asked = at::<Provenance>(contract);
    let notify = connection.get(asked.terms())?.notify;
    let now = node.now()?;
    let trace = Trace::of(&facts, &lots, notify, subject, now)?;
    let rows = timeline(&trace, &names);
    if args.json {
        println!("{}", serde_json::to_string_pretty(&as_json(&trace, &rows))?);
    } else {
        println!("{}", life(&rows));
        println!("{} events of blocks {from} to {last}", facts.len());
        if let Named::Label { proved: false, .. } = named {
            println!("The label was not proved: with --paths, or by verify-pack, it is.");
        }
    }
    if let Some(path) = &args.epcis {
        let identities = connection.get(asked.identities())?;
        let options = epcis::Options {
            names: &names,
            identity: did(&node.kind().genesis, &identities),
            serial: named.serial(),
        };
        write(path, &epcis::document(&trace, &options).document)?;
    }
    Ok(())
}

impl Args {
    /// The contract, and its first block.
    fn contract(&self, node: &Node) -> Result<(AccountId, u64)> {
        let book = Book::open(&self.book, &node.kind().genesis)?;
        let entry = book.as_ref().and_then(|book| book.contracts.get(NAME));
        let contract = match (self.contract, entry) {
            (Some(contract), _) => contract,
            (None, Some(entry)) => entry.account()?,
            (None, None) => Book::require(&self.book, &node.kind().genesis)?
                .contract(NAME)?
                .account()?,
        };
        let listed = entry.filter(|entry| entry.account().ok() == Some(contract));
        let from = match (self.from_block, listed.and_then(|entry| entry.block)) {
            (Some(block), _) | (None, Some(block)) => block,
            (None, None) => node
                .created(&contract)
                .context("looking for the first block of the contract; --from-block names it")?
                .with_context(|| {
                    format!("there is no contract {}", accounts::hex(contract.as_ref()))
                })?,
        };
        Ok((contract, from))
    }
}

/// The DIDs of an Olife ID, up to the number.
fn did(genesis: &[u8; 32], identities: &AccountId) -> String {
    let contract: &[u8] = identities.as_ref();
    let method = allive_did::METHOD;
    format!(
        "did:{method}:{}:{}:",
        hex::encode(genesis),
        hex::encode(contract)
    )
}

fn write(path: &Path, document: &Value) -> Result<()> {
    let mut text = serde_json::to_string_pretty(document)?;
    text.push('\n');
    File::create_new(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| path.display().to_string())
}

/// A life for programs: with the event of each entry, and who acted by its number.
fn as_json(trace: &Trace, rows: &[Row]) -> Value {
    let entries = trace.entries.iter().zip(rows).map(|(entry, row)| {
        json!({
            "time": entry.time,
            "block": entry.event.map(|at| at.block),
            "event": entry.event.map(|at| at.index),
            "what": row.what,
            "identity": entry.by.map(|by| by.identity),
            "who": entry.by.map(|_| &row.who),
            "gln": (entry.site > 0).then_some(&row.place),
            "state": entry.standing.map(|_| &row.state),
        })
    });
    json!(entries.collect::<Vec<_>>())
}
