//! `allive status`: the address book held against the chain.

use crate::{
    chain::{
        accounts,
        book::{self, Entry},
        connection::{self, Connection},
    },
    suite::{self, findings::Findings},
};
use anyhow::{bail, Result};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    connection: connection::Args,
}

/// Compares, and fails if anything differs.
pub fn run(args: &Args) -> Result<()> {
    let (connection, book) = args.connection.connect_with_book()?;
    let kind = connection.node.kind();
    println!("chain  `{}`, {}", kind.name, book.chain.genesis);
    println!(
        "book   {}, suite {} by {}",
        book::path(&args.connection.book, &kind.genesis).display(),
        book.suite.version,
        book.deployer
    );
    let mut findings = Findings::default();
    let mut whole = true;
    for (name, entry) in &book.contracts {
        let [book, chain] = code(&connection, entry)?;
        whole &= chain.starts_with("0x");
        findings.compare(&format!("{name}: code"), &book, chain);
    }
    for (name, entry) in &book.codes {
        let there = connection.node.has_code(&entry.code_hash()?)?;
        let chain = if there {
            entry.code_hash.clone()
        } else {
            "no such code: removed, or the chain began anew; `allive up` uploads it".to_owned()
        };
        findings.compare(&format!("{name}: code"), &entry.code_hash, chain);
    }
    if whole {
        suite::status(&connection, &book, &mut findings)?;
    }
    println!("{}", findings.table());
    match findings.differences() {
        0 => {
            println!("status: chain and book agree");
            Ok(())
        }
        count => bail!("chain and book differ in {count} places"),
    }
}

/// What book and chain say about the code of a contract.
fn code(connection: &Connection, entry: &Entry) -> Result<[String; 2]> {
    let there = connection.node.contract(&entry.account()?)?;
    let chain = match there {
        Some(info) => accounts::hex(&info.code_hash),
        None => {
            "no such contract: removed, or the chain began anew; `allive up` creates it".to_owned()
        }
    };
    Ok([entry.code_hash.clone(), chain])
}
