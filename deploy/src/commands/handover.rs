//! `allive handover`: what an admin may do, into the hands of the council.
//!
//! Who owns the contracts gives the council the right to pause, lays down its own roles, and offers ownership. The
//! members then decide to accept it, all in one batch. The command does what is next and what its key can do;
//! the chain alone says what that is, so that it can be run again at any time, by each of them.

use super::{
    book::Book,
    decision::Decision,
    hand::Hand,
    keys,
    site::{self, ownable, Site},
    status,
    suite::OWNED,
};
use crate::batch::call;
use allive_access::{AccessControl, Account, Ownable};
use allive_calls::at;
use alv::{Alv, MINTER, PAUSER};
use anyhow::{bail, Result};
use ink::primitives::AccountId;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    site: site::Args,
    #[command(flatten)]
    key: keys::Args,
    /// Wait until the council's delay is over, and go on
    #[arg(long)]
    wait: bool,
    /// Send without asking
    #[arg(long)]
    yes: bool,
}

/// Does what is next, and whatever the key can do of it.
pub fn run(args: &Args) -> Result<()> {
    let site = args.site.connect()?;
    let mut book = status::require(&site, &args.site)?;
    let key = args.key.key_for(site.node.kind())?;
    let council = book.contract("council")?.account()?;
    let places = places(&book)?;
    let mut hand = Hand {
        site: &site,
        key: &key,
        book: &mut book,
        folder: &args.site,
        asked: args.yes,
    };
    for (name, contract) in &places {
        offer(&mut hand, name, *contract, council)?;
    }
    let waiting = waiting(&site, hand.book)?;
    if !waiting.is_empty() {
        let names: Vec<&str> = waiting.iter().map(|(name, _)| *name).collect();
        let what = format!("accept ownership of {}", names.join(", "));
        let calls = waiting
            .iter()
            .map(|(_, contract)| call(ownable(*contract).accept_ownership()));
        let decision = Decision::new(council, &what, calls.collect::<Result<_>>()?);
        if decision.carry_out(&mut hand, args.wait)?.is_none() {
            return Ok(());
        }
    }
    println!("handed over: the council owns {}", OWNED.join(", "));
    Ok(())
}

/// What was offered to the council, and not accepted.
pub fn waiting(site: &Site, book: &Book) -> Result<Vec<(&'static str, AccountId)>> {
    let council = book.contract("council")?.account()?;
    let mut waiting = Vec::new();
    for (name, contract) in places(book)? {
        let pending = site.get(ownable(contract).pending_owner())?;
        if is(&pending, council) {
            waiting.push((name, contract));
        }
    }
    Ok(waiting)
}

/// The contracts that have an owner.
fn places(book: &Book) -> Result<Vec<(&'static str, AccountId)>> {
    let places = OWNED
        .iter()
        .map(|name| Ok((*name, book.contract(name)?.account()?)));
    places.collect()
}

/// Offers a contract that the key owns. Refuses to go on where it is another's, who has not offered it.
fn offer(hand: &mut Hand, name: &str, contract: AccountId, council: AccountId) -> Result<()> {
    let owner = hand.site.get(ownable(contract).owner())?;
    if is(&owner, council) {
        return Ok(());
    }
    let account = hand.key.account();
    let owned = is(&owner, account);
    if owned && name == "alv" {
        change_roles(hand, contract, council)?;
    }
    let pending = hand.site.get(ownable(contract).pending_owner())?;
    if is(&pending, council) {
        return Ok(());
    }
    if !owned {
        let owner = owner.map_or("nobody".to_owned(), |owner| hand.site.address(&owner));
        bail!("{name} is not offered to the council: its owner, {owner}, runs this command first");
    }
    let offer = ownable(contract).transfer_ownership(Some(council.into()));
    hand.tell(&format!("{name}: ownership offered to the council"), offer)?;
    Ok(())
}

/// The council may pause ALV, and who hands it over may do nothing with it any more.
fn change_roles(hand: &mut Hand, alv: AccountId, council: AccountId) -> Result<()> {
    let has = |role, account: AccountId| at::<Alv>(alv).has_role(role, account.into());
    if !hand.site.get(has(PAUSER, council))? {
        let grant = at::<Alv>(alv).grant_role(PAUSER, council.into());
        hand.tell("alv: role PAUSER to the council", grant)?;
    }
    let account = hand.key.account();
    for (name, role) in [("MINTER", MINTER), ("PAUSER", PAUSER)] {
        if hand.site.get(has(role, account))? {
            let renounce = at::<Alv>(alv).renounce_role(role);
            hand.tell(&format!("alv: role {name} laid down"), renounce)?;
        }
    }
    Ok(())
}

fn is(account: &Option<Account>, expected: AccountId) -> bool {
    account.as_deref() == Some(&expected)
}
