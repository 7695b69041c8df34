//! Selectors, encodings, cells and code, as tools and other contracts count on them.

use crate::world::*;
use ::psp22::{PSP22Metadata as _, PSP22 as _};
use allive_calls::{psp22, shape, Chain};
use allive_derived_token_interface::DerivedToken as _;
use allive_support::{code, interface};
use scale::Encode;

/// The message of this name as `shape` writes it: selector, arguments, answer.
fn signature(label: &str) -> String {
    let shape = shape::of(&code("derived_token").metadata);
    shape["messages"][label].as_str().unwrap().to_owned()
}

#[test]
fn selectors_arguments_and_answers_are_those_of_the_reference_token() {
    let [ours, reference] = ["derived_token", "psp22"].map(interface::messages);
    assert_eq!(reference.len(), 11);
    for message in reference {
        assert!(ours.contains(&message), "it lacks {message}");
    }
}

#[test]
fn events_are_those_of_the_reference_token_and_no_others() {
    let [ours, reference] = ["derived_token", "psp22"].map(interface::events);
    assert_eq!(ours.len(), 2);
    for event in reference {
        assert!(ours.contains(&event), "it lacks {event}");
    }
}

#[test]
fn what_the_factory_sends_has_plain_types_and_the_error_of_the_standard() {
    let transfer = signature("PSP22::transfer");
    let error = transfer.split_once("PSP22Error").unwrap().1;
    for (label, selector, arguments, answer) in [
        ("mint", "0x1049c40d", "to: AccountId, value: u128", "()"),
        ("burn", "0x4f3cc528", "from: AccountId, value: u128", "()"),
        ("burn_all", "0x97b6c044", "from: AccountId", "u128"),
        ("freeze", "0xcfff2e11", "", "()"),
    ] {
        let expected = format!(
            "{selector} mutates ({arguments}) -> Result<Result<{answer}, PSP22Error{error}"
        );
        assert_eq!(signature(&format!("DerivedToken::{label}")), expected);
    }
    let asks = ["factory", "is_frozen"].map(|label| signature(&format!("DerivedToken::{label}")));
    let answers = asks.map(|ask| ask.split_once(" -> ").unwrap().1.to_owned());
    assert!(answers[0].starts_with("Result<AccountId,"), "{answers:?}");
    assert!(answers[1].starts_with("Result<bool,"), "{answers:?}");
}

#[test]
fn the_constructor_takes_plain_text() {
    let shape = shape::of(&code("derived_token").metadata);
    let new = shape["constructors"]["new"].as_str().unwrap();
    let arguments = new.split_once('(').unwrap().1.split_once(')').unwrap().0;
    assert_eq!(arguments, "name: str, symbol: str, decimals: u8");
}

#[test]
fn no_message_takes_coins_and_there_are_none_but_those_of_the_specification() {
    let metadata = interface::metadata("derived_token");
    let messages = metadata["spec"]["messages"].as_array().unwrap();
    assert!(messages.iter().all(|message| message["payable"] == false));
    let labels: Vec<_> = messages
        .iter()
        .map(|message| message["label"].as_str().unwrap())
        .collect();
    let expected = "PSP22::total_supply PSP22::balance_of PSP22::allowance PSP22::transfer \
        PSP22::transfer_from PSP22::approve PSP22::increase_allowance PSP22::decrease_allowance \
        PSP22Payable::transfer_and_call \
        PSP22Metadata::token_name PSP22Metadata::token_symbol PSP22Metadata::token_decimals \
        DerivedToken::factory DerivedToken::is_frozen DerivedToken::mint DerivedToken::burn \
        DerivedToken::burn_all DerivedToken::freeze";
    assert_eq!(labels, expected.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn the_root_cell_holds_factory_supply_and_frost_alone() {
    let mut world = World::new();
    for frozen in [false, true] {
        let root = world.chain.read_cell(world.token, &[0; 4]);
        assert_eq!(root, Some((FACTORY.id(), WEALTH, frozen).encode()));
        if !frozen {
            world.done(FACTORY, world.contract().freeze());
        }
    }
}

#[test]
fn the_label_has_a_cell_of_its_own() {
    let mut world = bare();
    let label = world
        .chain
        .read_cell(world.token, &u32::from_be_bytes(*b"LABL").encode());
    assert_eq!(label, Some(LABEL.encode()));
    assert_eq!(world.chain.cells(world.token).len(), 2);
}

#[test]
fn a_balance_takes_one_cell_and_none_when_it_is_zero() {
    let mut world = World::new();
    let receipt = world.receipt(HOLDER, world.transfer(OTHER, 1));
    assert_eq!(receipt.deposit.items, 1);
    let receipt = world.receipt(HOLDER, world.transfer(STRANGER, WEALTH - 1));
    assert_eq!(receipt.deposit.items, 0, "one is freed, one is made");
    let receipt = world.receipt(FACTORY, world.burn(OTHER, 1));
    assert_eq!(receipt.deposit.items, -1);
}

#[test]
fn a_payment_that_is_told_is_the_message_of_alv() {
    let [token, alv] = ["derived_token", "alv"].map(|name| {
        let shape = shape::of(&code(name).metadata);
        let message = &shape["messages"]["PSP22Payable::transfer_and_call"];
        message.as_str().unwrap().to_owned()
    });
    assert_eq!(token, alv);
}

#[test]
fn an_unknown_selector_is_refused() {
    let mut world = World::new();
    // PSP22Burnable, PSP22Mintable: holders neither burn nor mint.
    for selector in [
        [1, 2, 3, 4],
        [0x7a, 0x9d, 0xa5, 0x10],
        [0xfc, 0x3c, 0x75, 0xd4],
    ] {
        let input = [selector.to_vec(), 1_u128.encode()].concat();
        let answer = world.chain.call(FACTORY.id(), world.token, input);
        let returned = answer.result.unwrap();
        assert!(returned.reverted);
        assert_eq!(returned.data, [1, 1], "LangError::CouldNotReadInput");
    }
}

/// The functions of the chain that a contract can use are those that its code imports.
#[test]
fn its_code_can_call_but_neither_change_nor_vanish() {
    let wasm = code("derived_token").wasm;
    let mut used: Vec<&str> = imports(&wasm);
    used.sort_unstable();
    let known =
        "call caller clear_storage deposit_event get_storage hash_blake2_256 input seal_return \
        set_storage value_transferred";
    assert_eq!(used, known.split(' ').collect::<Vec<_>>());
}

#[test]
fn its_code_is_small() {
    assert!(code("derived_token").wasm.len() <= 14_500);
}

/// Names of imported functions.
fn imports(wasm: &[u8]) -> Vec<&str> {
    const IMPORTS: u8 = 2;
    let mut rest = &wasm[8..];
    while let Some((section, body)) = rest.split_first() {
        rest = body;
        let length = number(&mut rest);
        if *section == IMPORTS {
            let count = number(&mut rest);
            return (0..count).filter_map(|_| import(&mut rest)).collect();
        }
        rest = &rest[length..];
    }
    vec![]
}

/// The name of the next import, if it is a function.
fn import<'w>(rest: &mut &'w [u8]) -> Option<&'w str> {
    let _module = name(rest);
    let field = name(rest);
    let kind = number(rest);
    let limits = number(rest);
    if kind == 2 {
        // A memory: its least size, and its largest if the flag says so.
        number(rest);
        (limits == 1).then(|| number(rest));
    }
    (kind == 0).then_some(field)
}

fn name<'w>(rest: &mut &'w [u8]) -> &'w str {
    let length = number(rest);
    let (name, after) = rest.split_at(length);
    *rest = after;
    std::str::from_utf8(name).unwrap()
}

/// An unsigned LEB128.
fn number(rest: &mut &[u8]) -> usize {
    let (mut value, mut shift) = (0, 0);
    loop {
        let (byte, after) = rest.split_first().unwrap();
        *rest = after;
        value |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return value;
        }
    }
}

#[test]
fn a_cell_that_cannot_be_decoded_traps() {
    let mut world = World::new();
    let token = world.token;
    let supply = psp22(token).total_supply();
    world.assert_undecodable_traps(token, &[0; 4], supply);
    let balance = psp22(token).balance_of(HOLDER.id());
    world.assert_undecodable_traps(token, b"BALN", balance);
    let name = world.contract().token_name();
    world.assert_undecodable_traps(token, b"LABL", name);
}
