//! The standard's messages, of any token that has them; and the token that the standard's crate
//! carries, as a measure for ALV.

use crate::meter::{Measures, Meter};
use ::psp22::{PSP22Metadata, PSP22};
use allive_calls::{at, psp22, Code, Keyring, Typed};
use allive_simulator::EmbeddedChain;
use allive_support::tokens::deploy_reference;
use alv::Alv;
use ink::primitives::AccountId;

/// Measures every message of the reference token.
///
/// # Panics
/// If it does not do what the standard says.
pub fn measure(code: &Code) -> Measures {
    let mut chain = EmbeddedChain::new();
    let token = deploy_reference(&mut chain, code, 1_000_000);
    let mut meter = Meter::new(chain);
    standard(&mut meter, token);
    meter.measures()
}

/// Measures the messages of PSP22 and its metadata. Alice must hold at least 1,000 units, and
/// nobody else any. Tokens of the standard share their selectors, so ALV's reach them all.
///
/// # Panics
/// If the token does not do what the standard says.
pub fn standard(meter: &mut Meter, token: AccountId) {
    let [alice, bob, charlie, ..] = Keyring::all().map(Keyring::account);
    let metadata = at::<Alv>(token);
    let token = || psp22(token);
    meter.message("transfer", |chain, _| {
        chain.send(alice, token().transfer(bob, 10, vec![]))
    });
    meter.message("approve", |chain, _| {
        chain.send(alice, token().approve(charlie, 100))
    });
    meter.message("increase_allowance", |chain, _| {
        chain.send(alice, token().increase_allowance(charlie, 10))
    });
    meter.message("decrease_allowance", |chain, _| {
        chain.send(alice, token().decrease_allowance(charlie, 10))
    });
    meter.message("transfer_from", |chain, _| {
        chain.send(charlie, token().transfer_from(alice, bob, 10, vec![]))
    });
    meter.query("total_supply", |chain| {
        chain.ask(alice, token().total_supply())
    });
    meter.query("balance_of", |chain| {
        chain.ask(alice, token().balance_of(bob))
    });
    meter.query("allowance", |chain| {
        chain.ask(alice, token().allowance(alice, charlie))
    });
    meter.query("token_name", |chain| {
        chain.ask(alice, metadata.token_name())
    });
    meter.query("token_symbol", |chain| {
        chain.ask(alice, metadata.token_symbol())
    });
    meter.query("token_decimals", |chain| {
        chain.ask(alice, metadata.token_decimals())
    });
}
