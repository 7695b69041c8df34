//! `allive verify`: builds the contracts from the sources here, and holds them against the chain.

use super::build;
use crate::{
    chain::{accounts, book::Entry, connection},
    table::table,
};
use allive_calls::Code;
use anyhow::{bail, Result};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    connection: connection::Args,
    /// Compare with what is built already, instead of building anew
    #[arg(long)]
    no_build: bool,
}

/// Rebuilds and compares, and fails if the code of a contract is not that of these sources.
pub fn run(args: &Args) -> Result<()> {
    let (connection, book) = args.connection.connect_with_book()?;
    if !args.no_build {
        let names = book.contracts.keys().chain(book.codes.keys());
        build::run(&build::Args::anew(names.cloned()))?;
    }
    let mut rows = table(&["contract", "on the chain", "of these sources", ""], 4);
    let mut differences = 0;
    let mut compare = |name: &str, there: Option<[u8; 32]>| -> Result<()> {
        let built = Code::read(name)?.hash();
        let same = there == Some(built);
        differences += usize::from(!same);
        let chain = there.map_or("not there".to_owned(), |hash| accounts::hex(&hash));
        let verdict = if same { "same" } else { "DIFFERS" };
        rows.add_row([name, &chain, &accounts::hex(&built), verdict]);
        Ok(())
    };
    for (name, entry) in &book.contracts {
        let there = connection.node.contract(&Entry::account(entry)?)?;
        compare(name, there.map(|info| info.code_hash))?;
    }
    for (name, entry) in &book.codes {
        let hash = entry.code_hash()?;
        compare(name, connection.node.has_code(&hash)?.then_some(hash))?;
    }
    println!("{rows}");
    if differences == 0 {
        println!(
            "verify: the chain runs what these sources say, {} contracts, and has the code of {}",
            book.contracts.len(),
            book.codes.keys().cloned().collect::<Vec<_>>().join(", ")
        );
        return Ok(());
    }
    let compiler = build::compiler()?;
    if compiler != book.suite.compiler {
        bail!(
            "{differences} codes differ; the book was written with another compiler, which may be all \
             that differs. Its:\n{}\nThis one:\n{compiler}",
            book.suite.compiler
        );
    }
    bail!(
        "{differences} codes differ from these sources (suite {} is in the book)",
        book.suite.version
    );
}
