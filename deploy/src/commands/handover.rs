//! `allive handover`: what an admin may do, into the hands of the council.
//!
//! Who owns the contracts gives the council the right to pause, lays down its own roles, and offers
//! ownership. The members then decide to accept it, all in one batch. The command does what is next
//! and what its key can do; the chain alone says what that is, so that it can be run again at any
//! time, by each of them.

use crate::{
    chain::{
        connection,
        decision::Decision,
        deployment::CallState,
        keys,
        queries::{ownable, Queries, TypedQueries},
        session::Session,
    },
    suite::{
        self,
        contract::Contract,
        council,
        ownership::{self, Admin},
    },
};
use allive_access::Ownable;
use anyhow::{bail, Result};
use ink::primitives::AccountId;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    connection: connection::Args,
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
    let (connection, mut book) = args.connection.connect_with_book()?;
    let key = args.key.key_for(connection.node.kind())?;
    let council = book.contract(council::NAME)?.account()?;
    let contracts = suite::owned().map(|contract| {
        let address = book.contract(contract.name())?.account()?;
        Ok((contract, address))
    });
    let contracts: Vec<_> = contracts.collect::<Result<_>>()?;
    let mut session = Session {
        connection: &connection,
        key: &key,
        book: &mut book,
        folder: &args.connection.book,
        is_agreed: args.yes,
    };
    for (contract, address) in &contracts {
        offer(&mut session, *contract, *address, council)?;
    }
    let offered = suite::offered_to_council(&connection, session.book)?;
    if !offered.is_empty() {
        let names: Vec<&str> = offered.iter().map(|(name, _)| *name).collect();
        let what = format!("accept ownership of {}", names.join(", "));
        let calls = offered
            .iter()
            .map(|(_, address)| council::call(ownable(*address).accept_ownership()));
        let decision = Decision::new(council, &what, calls.collect::<Result<_>>()?);
        if decision.carry_out(&mut session, args.wait)?.is_none() {
            return Ok(());
        }
    }
    let names: Vec<&str> = contracts
        .iter()
        .map(|(contract, _)| contract.name())
        .collect();
    println!("handed over: the council owns {}", names.join(", "));
    Ok(())
}

/// Offers a contract that the key owns, after its roles have passed. Refuses to go on where it is
/// another's, who has not offered it.
fn offer(
    session: &mut Session,
    contract: &dyn Contract,
    address: AccountId,
    council: AccountId,
) -> Result<()> {
    let (chain, account) = (session.connection, session.key.account());
    let owner = chain.get(ownable(address).owner())?;
    let is_owner = |account: AccountId| owner.as_deref() == Some(&account);
    if is_owner(council) {
        return Ok(());
    }
    if is_owner(account) {
        for call in contract.pass_roles(address, account, council) {
            if call.state(chain)? == CallState::Missing {
                session.set_up(&call)?;
            }
        }
    }
    if ownership::is_offered(chain, address, council)? {
        return Ok(());
    }
    let name = contract.name();
    if !is_owner(account) {
        let owner = owner.map_or("nobody".to_owned(), |owner| chain.address(&owner));
        bail!("{name} is not offered to the council: its owner, {owner}, runs this command first");
    }
    let admin = Admin {
        account: council,
        shown: "the council".to_owned(),
    };
    session.set_up(&ownership::offer(name, address, account, &admin))?;
    Ok(())
}
