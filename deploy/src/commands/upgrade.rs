//! `allive upgrade`: new code for a contract, in two steps that the contract itself demands.
//!
//! First the code is uploaded and announced; once the notice is over, code and migration come in
//! one transaction. The command does what is next: run it again when it says so. Where the council
//! is the owner, each step is a decision of its members, who run the command one after the other.

use crate::{
    chain::{
        accounts,
        book::{self, Book},
        bundle::Bundle,
        connection::{self, Connection},
        decision::{await_moment, Decision},
        keys, layout,
        queries::{ownable, upgradeable, Queries, TypedQueries},
        session::Session,
    },
    suite::council,
    table::table,
};
use allive_access::{AnnouncedUpgrade, Ownable, UpgradeError, Upgradeable};
use allive_calls::{parts, Failure, Message};
use allive_rpc::{Sent, Transaction};
use anyhow::{bail, ensure, Context, Result};
use ink::primitives::{AccountId, Hash};
use scale::Encode;
use serde_json::Value;
use std::{collections::BTreeMap, path::PathBuf};

#[derive(clap::Args)]
pub struct Args {
    /// The contract, as the book names it
    contract: String,
    /// The new code: a bundle as `cargo contract build` leaves it
    #[arg(long, value_name = "FILE.contract")]
    bundle: PathBuf,
    /// A message of the new code that takes over the state, run in the same transaction
    #[arg(long, value_name = "MESSAGE")]
    migration: Option<String>,
    #[command(flatten)]
    connection: connection::Args,
    #[command(flatten)]
    key: keys::Args,
    /// Wait until the notice is over, and go on
    #[arg(long)]
    wait: bool,
    /// Send without asking
    #[arg(long)]
    yes: bool,
}

/// Does the next step of an upgrade.
pub fn run(args: &Args) -> Result<()> {
    let (connection, mut book) = args.connection.connect_with_book()?;
    ensure!(
        !book.codes.contains_key(&args.contract),
        "{} is code that the factory creates contracts from: those keep it for good, and so does the factory; a \
         new version comes with a new factory",
        args.contract
    );
    let account = book.contract(&args.contract)?.account()?;
    let new = Bundle::read(&args.bundle, args.migration.as_deref())?;
    let old = running(&connection, &book, &args.contract, &account)?;
    if old == new.hash {
        println!("upgrade: {} runs this code already", args.contract);
        return Ok(());
    }
    let code_hash = Hash::from(new.hash);
    let mut announced = announced(&connection, account, code_hash, new.migration)
        .or_else(|error| not_upgradeable(&args.contract, error))?;
    layout::compare(&layout::stored(&args.contract, &old)?, &new.metadata)?;
    let key = args.key.key_for(connection.node.kind())?;
    let owner = Owner::of(&connection, &book, account, key.account())?;
    let mut session = Session {
        connection: &connection,
        key: &key,
        book: &mut book,
        folder: &args.connection.book,
        is_agreed: args.yes,
    };
    if announced.is_none() {
        if !connection.node.has_code(&new.hash)? {
            let upload = Transaction::Upload {
                code: new.wasm.clone(),
            };
            session.send(&format!("{}: upload", args.contract), &upload)?;
        }
        let step = format!("{}: announce", args.contract);
        let announce = upgradeable(account).announce_upgrade(code_hash, new.migration);
        if owner
            .carry_out(&mut session, &step, announce, args.wait)?
            .is_none()
        {
            return Ok(());
        }
        announced = self::announced(&connection, account, code_hash, new.migration)?;
    }
    let announced = announced.context("the announcement does not show on the chain")?;
    let step = format!("{}: replace the code", args.contract);
    let replace = || upgradeable(account).set_code_hash(code_hash);
    // The council's delay can pass while the notice does.
    if !owner.agrees(&mut session, &step, replace())? {
        return Ok(());
    }
    if !await_moment(&connection, announced.ready, "announced", args.wait)? {
        return Ok(());
    }

    let before = answers(&connection, account, &new.metadata)?;
    let Some(sent) = owner.carry_out(&mut session, &step, replace(), args.wait)? else {
        return Ok(());
    };
    let there = connection
        .node
        .contract(&account)?
        .context("the contract is gone")?;
    ensure!(
        there.code_hash == new.hash,
        "the contract runs {}, not the new code",
        accounts::hex(&there.code_hash)
    );
    let after = answers(&connection, account, &new.metadata)?;
    record(&mut book, args, &old, &new.hash, &sent)?;
    report(&before, &after);
    println!(
        "upgraded: {} from {} to {}",
        args.contract,
        accounts::hex(&old),
        accounts::hex(&new.hash)
    );
    Ok(())
}

/// The code that the contract runs, if the book knows it.
fn running(
    connection: &Connection,
    book: &Book,
    name: &str,
    account: &AccountId,
) -> Result<[u8; 32]> {
    let there = connection
        .node
        .contract(account)?
        .with_context(|| format!("{name} is not on the chain; compare with `allive status`"))?;
    let known = book.contract(name)?.code_hash()?;
    ensure!(
        there.code_hash == known,
        "{name} runs the code {}, and the book says {}: somebody replaced it; compare with `allive status`",
        accounts::hex(&there.code_hash),
        accounts::hex(&known)
    );
    Ok(known)
}

/// The announcement of this very code and migration, unless it has lapsed.
fn announced(
    connection: &Connection,
    account: AccountId,
    code_hash: Hash,
    migration: Option<[u8; 4]>,
) -> Result<Option<AnnouncedUpgrade>> {
    let now = connection.now()?;
    let announced: Option<AnnouncedUpgrade> =
        connection.get(upgradeable(account).announced_upgrade())?;
    Ok(announced.filter(|announced| {
        announced.code_hash == code_hash
            && announced.migration == migration
            && now < announced.lapses
    }))
}

/// Says of a contract that knows no such message that it has no upgrade.
fn not_upgradeable<T>(name: &str, error: anyhow::Error) -> Result<T> {
    if error.downcast_ref() == Some(&Failure::NotUnderstood) {
        bail!("{name} cannot be upgraded: its code is for good, and a new version is a new contract; nothing was sent");
    }
    Err(error)
}

/// Who can upgrade the contract, seen from the key.
enum Owner {
    /// The key itself.
    Key,
    /// The council of the book, at this account.
    Council(AccountId),
    Other,
}

impl Owner {
    fn of(
        connection: &Connection,
        book: &Book,
        contract: AccountId,
        key: AccountId,
    ) -> Result<Self> {
        let owner = connection.get(ownable(contract).owner())?;
        let council = book.contract(council::NAME).and_then(book::Entry::account);
        Ok(match (owner.as_deref(), council) {
            (Some(owner), _) if *owner == key => Self::Key,
            (Some(owner), Ok(council)) if *owner == council => Self::Council(council),
            _ => Self::Other,
        })
    }

    /// Whether nobody else has to agree before the message can be sent.
    fn agrees<Args: Encode>(
        &self,
        session: &mut Session,
        step: &str,
        message: Message<Args, Result<(), UpgradeError>>,
    ) -> Result<bool> {
        match self {
            Self::Council(council) => {
                Decision::new(*council, step, vec![council::call(message)?]).agree(session)
            }
            Self::Key | Self::Other => Ok(true),
        }
    }

    /// Sends the message, or has the council send it, or says what the owner has to send. Returns
    /// nothing while the council has not agreed, or its delay is not over.
    fn carry_out<Args: Encode>(
        &self,
        session: &mut Session,
        step: &str,
        message: Message<Args, Result<(), UpgradeError>>,
        wait: bool,
    ) -> Result<Option<Sent>> {
        match self {
            Self::Key => session.call(step, message).map(Some),
            Self::Council(council) => Decision::new(*council, step, vec![council::call(message)?])
                .carry_out(session, wait),
            Self::Other => {
                let (contract, input) = parts(message);
                bail!(
                    "{step}: the key is not the owner's; its owner calls {} with the input {}",
                    session.connection.address(&contract),
                    accounts::hex(&input)
                );
            }
        }
    }
}

/// What the contract answers to each query without arguments that the new code has: label → bytes.
/// Old code answers to what it knows.
fn answers(
    connection: &Connection,
    account: AccountId,
    metadata: &Value,
) -> Result<BTreeMap<String, String>> {
    let mut answers = BTreeMap::new();
    for message in metadata["spec"]["messages"]
        .as_array()
        .into_iter()
        .flatten()
    {
        let no_arguments = message["args"].as_array().is_some_and(Vec::is_empty);
        if message["mutates"] == true || !no_arguments {
            continue;
        }
        let (Some(label), Some(input)) = (
            message["label"].as_str(),
            message["selector"].as_str().and_then(accounts::bytes),
        ) else {
            continue;
        };
        let nobody = AccountId::from([0; 32]);
        let trial = connection.node.trial(
            &nobody,
            &Transaction::Call {
                contract: account,
                input,
            },
        )?;
        let answer = match trial.result {
            Ok(returned) if !returned.reverted => accounts::hex(&returned.data),
            Ok(_) | Err(Failure::Dispatch(_)) => continue,
            Err(other) => bail!("{label}: {other}"),
        };
        answers.insert(label.to_owned(), answer);
    }
    Ok(answers)
}

fn record(book: &mut Book, args: &Args, old: &[u8; 32], new: &[u8; 32], sent: &Sent) -> Result<()> {
    let [from, to] = [old, new].map(|hash| accounts::hex(hash));
    if let Some(entry) = book.contracts.get_mut(&args.contract) {
        entry.code_hash.clone_from(&to);
        entry.upgrades.push(book::Upgrade {
            from,
            to,
            block: sent.block,
        });
    }
    book.save(&args.connection.book)
}

/// What stayed and what changed, as the contract answers before and after.
fn report(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) {
    let mut rows = table(&["query", "answer"], 2);
    for (label, answer) in after {
        let verdict = match before.get(label) {
            Some(old) if old == answer => "as before".to_owned(),
            Some(old) => format!("was {old}, is {answer}"),
            None => format!("new: {answer}"),
        };
        rows.add_row([label, &verdict]);
    }
    println!("{rows}");
}
