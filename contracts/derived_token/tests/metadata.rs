//! What the token is called.

use crate::world::*;
use allive_calls::{at, Chain, Typed};
use allive_simulator::EmbeddedChain;
use allive_support::code;
use derived_token::{DerivedToken, DerivedTokenRef};
use ink::primitives::AccountId;
use psp22::PSP22Metadata;
use scale::Encode;

fn called(name: &str, symbol: &str, decimals: u8) -> (EmbeddedChain, AccountId) {
    let mut chain = EmbeddedChain::new();
    let constructor = DerivedTokenRef::new(name.into(), symbol.into(), decimals);
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
        assert_eq!(chain.get(token().token_name()), Some(name.to_owned()));
        assert_eq!(chain.get(token().token_symbol()), Some(symbol.to_owned()));
        assert_eq!(chain.get(token().token_decimals()), decimals);
    }
}

#[test]
fn tools_read_names_as_text() {
    let (mut chain, token) = called("健康积分", "CARE", 8);
    // ALV's reference declares what the standard does.
    let token = || at::<alv::Alv>(token);
    let name = chain.get(token().token_name());
    assert_eq!(name.as_deref(), Some("健康积分"));
    let symbol = chain.get(token().token_symbol());
    assert_eq!(symbol.as_deref(), Some("CARE"));
    assert_eq!(chain.get(token().token_decimals()), 8);
}

/// Whether the constructor can read these bytes.
fn is_created_from(arguments: impl Encode) -> bool {
    let mut chain = EmbeddedChain::new();
    let input = [ink::selector_bytes!("new").to_vec(), arguments.encode()].concat();
    let outcome = chain.instantiate(FACTORY.id(), &code("derived_token").wasm, input, b"");
    outcome.result.is_ok_and(|returned| !returned.reverted)
}

#[test]
fn a_name_or_symbol_that_is_cut_short_or_no_text_cannot_be_read() {
    assert!(is_created_from(("Care points", "CARE", 8_u8)));
    assert!(!is_created_from(("Care points", "CARE")));
    assert!(!is_created_from(("Care points", [0xff_u8; 2])));
    let no_text = vec![0xff_u8, 0xfe];
    assert!(!is_created_from((&no_text, "CARE", 8_u8)));
    assert!(!is_created_from(("Care points", &no_text, 8_u8)));
}
