//! `allive up`: deploys the suite, from whatever state an earlier run left.
//!
//! Nothing that was sent is remembered to be trusted: before each step the chain is asked what is
//! there. Addresses are known beforehand, so what a killed run left is found, and nothing is made twice.

use super::{
    accounts,
    book::{self, Book},
    config::{Config, Profile, Who},
    handover, keys,
    plan::Plan,
    site::{self, Site},
    suite::{Planned, Suite},
};
use crate::{build, project};
use allive_rpc::{Key, Sent, Transaction};
use anyhow::{bail, ensure, Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{BufRead, IsTerminal, Write},
    path::PathBuf,
};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    site: site::Args,
    #[command(flatten)]
    key: keys::Args,
    /// What to deploy: a file such as deploy/development.toml
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// Show the plan and send nothing
    #[arg(long)]
    plan: bool,
    /// Send without asking
    #[arg(long, conflicts_with = "plan")]
    yes: bool,
}

/// Deploys what is missing.
pub fn run(args: &Args) -> Result<()> {
    let root = project::root()?;
    let config = Config::read(&args.config)?;
    let holders = config.holders(&root)?;
    let site = args.site.connect()?;
    let kind = site.node.kind();
    config.fits(kind, site.now()?)?;
    let key = args.key.key_for(kind)?;
    let suite = Suite::new(&config, &holders, key.account(), kind)?;
    let mut book = open(args, &site, &key)?;
    check_places(&site, &suite, &book)?;
    let mut plan = Plan::new(&site, &suite, &key)?;

    println!(
        "chain     `{}`, {}",
        kind.name,
        accounts::hex(&kind.genesis)
    );
    println!("deployer  {}", site.address(&key.account()));
    println!(
        "profile   {}",
        match config.profile {
            Profile::Development => "development",
            Profile::Production => "production",
        }
    );
    println!("{}", plan.table(&site));
    println!(
        "{} of {} steps are missing; together at most {}",
        plan.missing(),
        plan.steps.len(),
        site.coins(plan.total())
    );
    if args.plan {
        return Ok(());
    }
    if plan.missing() > 0 {
        plan.check_funds(&site, &key.account())?;
        confirm(args.yes)?;
    }

    let total = plan.missing();
    let progress = bar(total);
    let mut sent = 0;
    while let Some(step) = plan.steps.iter().find(|step| step.cost.is_some()) {
        ensure!(
            sent < total,
            "`{}` was sent, and the chain does not show it",
            step.what
        );
        say(
            &progress,
            &format!("[{}/{total}] {}: sending", sent + 1, step.what),
        );
        let done = send(&site, &key, &step.transaction).with_context(|| step.what.clone())?;
        sent += 1;
        progress.inc(1);
        say(
            &progress,
            &format!("[{sent}/{total}] {}: {}", step.what, site.receipt(&done)),
        );
        book.note(&step.what, &done);
        enter(&mut book, &site, &suite, Some((&step.transaction, &done)))?;
        book.save(&args.site.book)?;
        plan = Plan::new(&site, &suite, &key)?;
    }
    progress.finish_and_clear();

    // Also where nothing was missing: the book may have been lost.
    let before = book.clone();
    enter(&mut book, &site, &suite, None)?;
    if book != before || sent > 0 || !book::path(&args.site.book, &kind.genesis).exists() {
        book.save(&args.site.book)?;
    }
    check_places(&site, &suite, &book)?;
    let fees: u128 = book
        .log
        .iter()
        .filter_map(|line| line.fee.parse::<u128>().ok())
        .sum();
    println!(
        "deployed: {} contracts, {} transactions sent, {} in fees since the first; the book is {}",
        suite.contracts.len(),
        sent,
        site.coins(fees),
        book::path(&args.site.book, &kind.genesis).display()
    );
    for step in plan.left() {
        if let Transaction::Call { contract, input } = &step.transaction {
            println!(
                "left to the owner: {}, a call of {} with the input {}",
                step.what,
                site.address(contract),
                accounts::hex(input)
            );
        }
    }
    if config.admin == Who::Council && !handover::waiting(&site, &book)?.is_empty() {
        println!("what is offered to the council its members accept: each runs `allive handover`");
    }
    Ok(())
}

/// The book of this chain, or a fresh one.
fn open(args: &Args, site: &Site, key: &Key) -> Result<Book> {
    let kind = site.node.kind();
    let deployer = site.address(&key.account());
    if let Some(book) = Book::open(&args.site.book, &kind.genesis)? {
        ensure!(
            book.deployer == deployer,
            "the book of this chain is that of the deployer {}, and the key is that of {deployer}; use \
             the deployer's key, or another folder (--book) for another suite",
            book.deployer
        );
        return Ok(book);
    }
    let chain = book::Chain {
        genesis: accounts::hex(&kind.genesis),
        name: kind.name.clone(),
        address_prefix: kind.address_prefix,
    };
    let suite = book::Suite {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        compiler: build::compiler()?,
    };
    Ok(Book::new(chain, suite, deployer))
}

/// Refuses to go on where a contract of the book, or one in the place of ours, is not what it should be.
fn check_places(site: &Site, suite: &Suite, book: &Book) -> Result<()> {
    for planned in &suite.contracts {
        let name = &planned.code.name;
        let Some(there) = site.node.contract(&planned.address)? else {
            continue;
        };
        let ours = planned.code.hash();
        let upgraded = book.contracts.get(name).map(|entry| entry.code_hash());
        let known = match upgraded.transpose()? {
            Some(hash) => hash == there.code_hash,
            None => ours == there.code_hash,
        };
        ensure!(
            known,
            "the contract {name} at {} runs the code {}, which neither this build nor the book knows: its \
             code was replaced; compare with `allive status`",
            site.address(&planned.address),
            accounts::hex(&there.code_hash)
        );
    }
    Ok(())
}

/// Tries, sends, and looks that uploaded code is there.
fn send(site: &Site, key: &Key, transaction: &Transaction) -> Result<Sent> {
    let trial = site.node.trial(&key.account(), transaction)?;
    let sent = site.send(key, transaction, trial)?;
    if let Transaction::Upload { code } = transaction {
        let hash = sp_core::blake2_256(code);
        ensure!(
            site.node.has_code(&hash)?,
            "the chain does not have the code {}",
            accounts::hex(&hash)
        );
    }
    Ok(sent)
}

/// Writes into the book what lies on the chain.
fn enter(
    book: &mut Book,
    site: &Site,
    suite: &Suite,
    done: Option<(&Transaction, &Sent)>,
) -> Result<()> {
    for code in &suite.codes {
        let hash = code.hash();
        let code_hash = accounts::hex(&hash);
        let known = book.codes.get(&code.name);
        if known.is_some_and(|entry| entry.code_hash == code_hash) || !site.node.has_code(&hash)? {
            continue;
        }
        let uploaded = done.filter(|(transaction, _)| match transaction {
            Transaction::Upload { code: sent } => *sent == code.wasm,
            _ => false,
        });
        let block = uploaded.map(|(_, sent)| sent.block);
        let entry = book::Uploaded { code_hash, block };
        book.codes.insert(code.name.clone(), entry);
    }
    for planned in &suite.contracts {
        let name = &planned.code.name;
        let account = accounts::hex(planned.address.as_ref());
        let Some(there) = site.node.contract(&planned.address)? else {
            continue;
        };
        let known = book.contracts.get(name);
        if known.is_some_and(|entry| entry.account == account) {
            continue;
        }
        let block = done
            .filter(|(_, sent)| sent.touched.contains(&planned.address))
            .map(|(_, sent)| sent.block);
        let entry = entry(site, planned, suite, &there.code_hash, block)?;
        book.contracts.insert(name.clone(), entry);
    }
    Ok(())
}

fn entry(
    site: &Site,
    planned: &Planned,
    suite: &Suite,
    code_hash: &[u8; 32],
    block: Option<u64>,
) -> Result<book::Entry> {
    let (constructor, arguments) = planned.constructor()?;
    Ok(book::Entry {
        address: site.address(&planned.address),
        account: accounts::hex(planned.address.as_ref()),
        code_hash: accounts::hex(code_hash),
        salt: accounts::hex(&suite.salt),
        constructor,
        arguments,
        input: accounts::hex(&planned.input),
        block,
        upgrades: Vec::new(),
    })
}

/// Asks before anything is sent.
pub fn confirm(yes: bool) -> Result<()> {
    if yes {
        return Ok(());
    }
    ensure!(
        std::io::stdin().is_terminal(),
        "nothing was sent: nobody is there to ask; run it with --yes"
    );
    print!("Send them? [y/N] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    if !matches!(answer.trim(), "y" | "Y" | "yes") {
        bail!("nothing was sent");
    }
    Ok(())
}

/// A line that stays, above the bar.
fn say(progress: &ProgressBar, line: &str) {
    progress.suspend(|| println!("{line}"));
}

fn bar(length: usize) -> ProgressBar {
    let progress = ProgressBar::new(length as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} ({elapsed})") {
        progress.set_style(style);
    }
    progress
}
