//! `allive up`: deploys the suite, from whatever state an earlier run left.
//!
//! Nothing that was sent is remembered to be trusted: before each step the chain is asked what is
//! there. Addresses are known beforehand, so what a killed run left is found, and nothing is made
//! twice.

use super::build;
use crate::{
    chain::{
        accounts, arguments,
        book::{self, Book},
        connection::{self, line, Connection},
        deployment::{Deployment, PlannedContract},
        keys,
        plan::Plan,
        queries::Queries,
        session::confirm,
    },
    project,
    suite::{
        self,
        config::Config,
        planner::Target,
        values::{Profile, Who},
    },
};
use allive_rpc::{ChainKind, Key, Sent, Transaction};
use anyhow::{ensure, Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    connection: connection::Args,
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
    let config = suite::config(&args.config)?;
    let connection = args.connection.connect()?;
    let kind = connection.node.kind();
    check_chain(&config, kind, connection.time()?)?;
    let key = args.key.key_for(kind)?;
    let target = Target {
        deployer: key.account(),
        genesis: kind.genesis,
        address_prefix: kind.address_prefix,
        salt: config.salt.as_bytes().to_vec(),
        root,
    };
    let deployment = suite::plan(&config, target)?;
    let folder = &args.connection.book;
    let mut book = open(folder, &connection, &key)?;
    check_codes(&connection, &deployment, &book)?;
    let mut plan = Plan::new(&connection, &deployment, &key)?;

    let profile = match config.profile {
        Profile::Development => "development",
        Profile::Production => "production",
    };
    println!(
        "chain     `{}`, {}",
        kind.name,
        accounts::hex(&kind.genesis)
    );
    println!("deployer  {}", connection.address(&key.account()));
    println!("profile   {profile}");
    println!("{}", plan.table(&connection));
    println!(
        "{} of {} steps are missing; together at most {}",
        plan.missing(),
        plan.steps.len(),
        connection.coins(plan.total())
    );
    if args.plan {
        return Ok(());
    }
    if plan.missing() > 0 {
        plan.check_funds(&connection, &key.account())?;
        confirm(args.yes)?;
    }

    let total = plan.missing();
    let progress = bar(total);
    let mut sent = 0;
    while let Some(step) = plan.steps.iter().find(|step| step.cost.is_some()) {
        let what = &step.what;
        ensure!(
            sent < total,
            "`{what}` was sent, and the chain does not show it"
        );
        say(
            &progress,
            &format!("[{}/{total}] {what}: sending", sent + 1),
        );
        let done = send(&connection, &key, &step.transaction).with_context(|| what.clone())?;
        sent += 1;
        progress.inc(1);
        let receipt = connection.receipt(&done);
        say(&progress, &format!("[{sent}/{total}] {what}: {receipt}"));
        book.log.push(line(what, &done));
        let step = Some((&step.transaction, &done));
        enter(&mut book, &connection, &deployment, step)?;
        book.save(folder)?;
        plan = Plan::new(&connection, &deployment, &key)?;
    }
    progress.finish_and_clear();

    // Also where nothing was missing: the book may have been lost.
    let before = book.clone();
    enter(&mut book, &connection, &deployment, None)?;
    let file = book::path(folder, &kind.genesis);
    if book != before || sent > 0 || !file.exists() {
        book.save(folder)?;
    }
    check_codes(&connection, &deployment, &book)?;
    println!(
        "deployed: {} contracts, {sent} transactions sent, {} in fees since the first; the book is {}",
        deployment.contracts.len(),
        connection.coins(book.fees()),
        file.display()
    );
    tell_what_is_left(&connection, &plan);
    if config.admin == Who::Council && !suite::offered_to_council(&connection, &book)?.is_empty() {
        println!("what is offered to the council its members accept: each runs `allive handover`");
    }
    Ok(())
}

/// Says what only the owners of contracts can do.
fn tell_what_is_left(connection: &Connection, plan: &Plan) {
    for step in plan.left() {
        if let Transaction::Call { contract, input } = &step.transaction {
            println!(
                "left to the owner: {}, a call of {} with the input {}",
                step.what,
                connection.address(contract),
                accounts::hex(input)
            );
        }
    }
}

/// Refuses a chain that the deployment is not meant for.
fn check_chain(config: &Config, chain: &ChainKind, now: u64) -> Result<()> {
    if let Some(genesis) = &config.genesis {
        ensure!(
            *genesis == chain.genesis,
            "this deployment is meant for the chain {}, and `{}` is {}: correct `genesis`, or --url",
            accounts::hex(genesis),
            chain.name,
            accounts::hex(&chain.genesis)
        );
    }
    ensure!(
        config.profile != Profile::Development || chain.is_development,
        "the profile `development` has durations of seconds, and `{}` is no development chain: \
         write a profile `production` for it (see deploy/production.toml)",
        chain.name
    );
    let mut sections = config.sections.iter();
    sections.try_for_each(|section| section.check_on_chain(config.profile, now))
}

/// The book of this chain, or a fresh one.
fn open(folder: &Path, connection: &Connection, key: &Key) -> Result<Book> {
    let kind = connection.node.kind();
    let deployer = connection.address(&key.account());
    if let Some(book) = Book::open(folder, &kind.genesis)? {
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

/// Refuses to go on where a contract of the book, or one in the place of ours, is not what it
/// should be.
fn check_codes(connection: &Connection, deployment: &Deployment, book: &Book) -> Result<()> {
    for planned in &deployment.contracts {
        let name = &planned.code.name;
        let Some(there) = connection.node.contract(&planned.address)? else {
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
            connection.address(&planned.address),
            accounts::hex(&there.code_hash)
        );
    }
    Ok(())
}

/// Tries, sends, and makes sure that uploaded code is there.
fn send(connection: &Connection, key: &Key, transaction: &Transaction) -> Result<Sent> {
    let trial = connection.node.trial(&key.account(), transaction)?;
    let sent = connection.send(key, transaction, trial)?;
    if let Transaction::Upload { code } = transaction {
        let hash = sp_core::blake2_256(code);
        ensure!(
            connection.node.has_code(&hash)?,
            "the chain does not have the code {}",
            accounts::hex(&hash)
        );
    }
    Ok(sent)
}

/// Writes into the book what lies on the chain.
fn enter(
    book: &mut Book,
    connection: &Connection,
    deployment: &Deployment,
    done: Option<(&Transaction, &Sent)>,
) -> Result<()> {
    for code in deployment.codes() {
        let hash = code.hash();
        let code_hash = accounts::hex(&hash);
        let known = book.codes.get(&code.name);
        if known.is_some_and(|entry| entry.code_hash == code_hash)
            || !connection.node.has_code(&hash)?
        {
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
    for planned in &deployment.contracts {
        let name = &planned.code.name;
        let account = accounts::hex(planned.address.as_ref());
        let Some(there) = connection.node.contract(&planned.address)? else {
            continue;
        };
        let known = book.contracts.get(name);
        if known.is_some_and(|entry| entry.account == account) {
            continue;
        }
        let block = done
            .filter(|(_, sent)| sent.touched.contains(&planned.address))
            .map(|(_, sent)| sent.block);
        let entry = entry(connection, planned, deployment, &there.code_hash, block)?;
        book.contracts.insert(name.clone(), entry);
    }
    Ok(())
}

fn entry(
    connection: &Connection,
    planned: &PlannedContract,
    deployment: &Deployment,
    code_hash: &[u8; 32],
    block: Option<u64>,
) -> Result<book::Entry> {
    let (constructor, arguments) = arguments::constructor(planned)?;
    Ok(book::Entry {
        address: connection.address(&planned.address),
        account: accounts::hex(planned.address.as_ref()),
        code_hash: accounts::hex(code_hash),
        salt: accounts::hex(&deployment.salt),
        constructor,
        arguments,
        input: accounts::hex(&planned.input),
        block,
        upgrades: Vec::new(),
    })
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
