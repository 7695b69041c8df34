//! `allive verify`: builds the contracts from the sources here, and holds them against the chain.

use super::{accounts, book::Entry, site, status};
use crate::{build, table::table};
use allive_testkit::Code;
use anyhow::{bail, Result};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    site: site::Args,
    /// Compare with what is built already, instead of building anew
    #[arg(long)]
    no_build: bool,
}

/// Rebuilds and compares, and fails if the code of a contract is not that of these sources.
pub fn run(args: &Args) -> Result<()> {
    let site = args.site.connect()?;
    let book = status::require(&site, &args.site)?;
    if !args.no_build {
        build::run(&build::Args::anew(book.contracts.keys().cloned()))?;
    }
    let mut rows = table(&["contract", "on the chain", "of these sources", ""], 4);
    let mut differences = 0;
    for (name, entry) in &book.contracts {
        let built = Code::read(name)?.hash();
        let there = site.node.contract(&Entry::account(entry)?)?;
        let same = there.as_ref().is_some_and(|info| info.code_hash == built);
        differences += usize::from(!same);
        let chain = there.map_or("no such contract".to_owned(), |info| {
            accounts::hex(&info.code_hash)
        });
        let verdict = if same { "same" } else { "DIFFERS" };
        rows.add_row([name, &chain, &accounts::hex(&built), verdict]);
    }
    println!("{rows}");
    if differences == 0 {
        println!(
            "verify: the chain runs what these sources say, {} contracts",
            book.contracts.len()
        );
        return Ok(());
    }
    let compiler = build::compiler()?;
    if compiler != book.suite.compiler {
        bail!(
            "{differences} contracts differ; the book was written with another compiler, which may be all \
             that differs. Its:\n{}\nThis one:\n{compiler}",
            book.suite.compiler
        );
    }
    bail!(
        "{differences} contracts differ from these sources (suite {} is in the book)",
        book.suite.version
    );
}
