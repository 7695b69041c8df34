//! The standard's messages, of any token that has them; and the token that the standard's crate
//! carries, as a measure for ALV.

use crate::meter::{Measures, Meter};
use ::psp22::{PSP22Metadata, PSP22};
use allive_testkit::{at, psp22, Chain, Code, EmbeddedChain, Keyring, Typed};
use alv::Alv;
use ink::primitives::AccountId;
use scale::Encode;

/// Measures every message of the reference token.
///
/// # Panics
/// If it does not do what the standard says.
pub fn measure(code: &Code) -> Measures {
    let mut chain = EmbeddedChain::new();
    let token = deploy(&mut chain, code, 1_000_000);
    let mut meter = Meter::new(chain);
    standard(&mut meter, token);
    meter.measures()
}

/// Creates the reference token, whose crate does not export a reference to it.
///
/// # Panics
/// If its constructor fails.
pub fn deploy(chain: &mut EmbeddedChain, code: &Code, supply: u128) -> AccountId {
    let mut input = ink::selector_bytes!("new").to_vec();
    (supply, Some("ALLIVE"), Some("ALV"), 8_u8).encode_to(&mut input);
    let outcome = chain.instantiate(Keyring::Alice.account(), &code.wasm, input, b"");
    assert!(
        outcome.result.is_ok(),
        "the reference token was not created: {:?}",
        outcome.result
    );
    outcome.contract
}

/// Measures the messages of PSP22 and its metadata. Alice must hold at least 1,000 units, and nobody
/// else any. Tokens of the standard share their selectors, so ALV's reach them all.
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
