//! What the token is called.

use crate::world::*;
use allive_calls::{at, Chain, Typed};
use allive_derived_token_interface::Text;
use allive_simulator::EmbeddedChain;
use allive_support::code;
use derived_token::{DerivedToken, DerivedTokenRef, PSP22Metadata};
use ink::primitives::AccountId;
use scale::Encode;

fn called(name: &str, symbol: &str, decimals: u8) -> (EmbeddedChain, AccountId) {
    let mut chain = EmbeddedChain::new();
    let constructor = DerivedTokenRef::new(Text::from(name), Text::from(symbol), decimals);
    let created = chain.create(FACTORY.id(), &code("derived_token"), constructor, b"");
    (chain, created.unwrap().unwrap().address)
}

#[test]
fn name_symbol_and_decimals_are_those_that_the_constructor_was_given() {
    let longest = "长".repeat(85);
    assert_eq!(longest.len(), 255);
    for (name, symbol, decimals) in [
        ("Care points", "CARE", 8),
        ("健康积分", "健", 0),
        ("", "", 255),
        (&longest, &longest, 1),
    ] {
        let (mut chain, token) = called(name, symbol, decimals);
        let token = || at::<DerivedToken>(token);
        assert_eq!(chain.get(token().token_name()), Some(Text::from(name)));
        assert_eq!(chain.get(token().token_symbol()), Some(Text::from(symbol)));
        assert_eq!(chain.get(token().token_decimals()), decimals);
    }
}

#[test]
fn tools_read_names_as_text() {
    use ::psp22::PSP22Metadata as _;
    let (mut chain, token) = called("健康积分", "CARE", 8);
    // ALV's reference declares what the standard does.
    let token = || at::<alv::Alv>(token);
    let name = chain.get(token().token_name());
    assert_eq!(name.as_deref(), Some("健康积分"));
    let symbol = chain.get(token().token_symbol());
    assert_eq!(symbol.as_deref(), Some("CARE"));
    assert_eq!(chain.get(token().token_decimals()), 8);
}

/// What the constructor answers to these bytes: whether it was read.
fn created_from(arguments: Vec<u8>) -> (EmbeddedChain, AccountId, bool) {
    let mut chain = EmbeddedChain::new();
    let input = [ink::selector_bytes!("new").to_vec(), arguments].concat();
    let outcome = chain.instantiate(FACTORY.id(), &code("derived_token").wasm, input, b"");
    let created = outcome.result.is_ok_and(|returned| !returned.reverted);
    (chain, outcome.contract, created)
}

#[test]
fn a_name_or_symbol_beyond_255_bytes_or_cut_short_cannot_be_read() {
    let [fits, long] = [255, 256].map(|length| "a".repeat(length));
    assert!(created_from((&fits, &fits, 8_u8).encode()).2);
    assert!(!created_from((&long, "CARE", 8_u8).encode()).2);
    assert!(!created_from(("Care points", &long, 8_u8).encode()).2);
    let mut short = ("Care points", "CARE", 8_u8).encode();
    short.pop();
    assert!(!created_from(short).2);
    assert!(!created_from(("Care points", [0xff_u8; 2]).encode()).2);
}

#[test]
fn names_are_handed_on_as_they_came_even_if_they_are_no_text() {
    let no_text = vec![0xff_u8, 0xfe];
    let (mut chain, token, created) = created_from((&no_text, "CARE", 8_u8).encode());
    assert!(created);
    let ask = ink::selector_bytes!("PSP22Metadata::token_name").to_vec();
    let answer = chain.call(STRANGER.id(), token, ask).result.unwrap();
    let expected: Result<_, ()> = Ok(Some(no_text));
    assert_eq!(answer.data, expected.encode());
}
