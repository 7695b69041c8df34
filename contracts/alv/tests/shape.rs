//! Selectors, encodings and cells, as tools and other contracts count on them.

use crate::world::*;
use ::psp22::{PSP22Metadata, PSP22 as _};
use allive_access::Pausable;
use allive_calls::{psp22, Chain};
use allive_simulator::GENESIS;
use allive_support::interface;
use scale::Encode;

#[test]
fn selectors_arguments_and_answers_are_those_of_the_reference_token() {
    let [alv, reference] = ["alv", "psp22"].map(interface::messages);
    assert_eq!(reference.len(), 11);
    for message in reference {
        assert!(alv.contains(&message), "ALV lacks {message}");
    }
}

#[test]
fn events_are_those_of_the_reference_token() {
    let [alv, reference] = ["alv", "psp22"].map(interface::events);
    assert_eq!(reference.len(), 2);
    for event in reference {
        assert!(alv.contains(&event), "ALV lacks {event}");
    }
}

#[test]
fn mint_burn_and_cap_have_the_selectors_that_tools_know() {
    let metadata = interface::metadata("alv");
    let messages = metadata["spec"]["messages"].as_array().unwrap();
    for (label, selector) in [
        ("PSP22Mintable::mint", "0xfc3c75d4"),
        ("PSP22Burnable::burn", "0x7a9da510"),
        // OpenBrush: `PSP22Capped::cap`.
        ("cap", "0x29ee5da4"),
    ] {
        let found = messages
            .iter()
            .find(|message| message["label"] == label)
            .unwrap();
        assert_eq!(found["selector"], selector, "{label}");
    }
}

#[test]
fn no_message_takes_coins_and_there_are_none_but_those_of_the_specification() {
    let metadata = interface::metadata("alv");
    let messages = metadata["spec"]["messages"].as_array().unwrap();
    assert!(messages.iter().all(|message| message["payable"] == false));
    let labels: Vec<_> = messages
        .iter()
        .map(|message| message["label"].as_str().unwrap())
        .collect();
    let expected =
        "transfer_many act_for cancel used_nonces request_text cap PSP22::total_supply PSP22::balance_of \
        PSP22::allowance PSP22::transfer PSP22::transfer_from PSP22::approve \
        PSP22::increase_allowance PSP22::decrease_allowance PSP22Payable::transfer_and_call \
        PSP22Metadata::token_name PSP22Metadata::token_symbol PSP22Metadata::token_decimals PSP22Burnable::burn \
        PSP22Mintable::mint Pausable::paused Pausable::paused_until Pausable::pause \
        Pausable::unpause Ownable::owner Ownable::pending_owner Ownable::transfer_ownership \
        Ownable::accept_ownership AccessControl::has_role AccessControl::grant_role \
        AccessControl::revoke_role AccessControl::renounce_role";
    assert_eq!(labels, expected.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn it_is_called_allive_alv_and_has_eight_decimals() {
    let mut world = bare();
    assert_eq!(
        world.get(world.contract().token_name()).as_deref(),
        Some("ALLIVE")
    );
    assert_eq!(
        world.get(world.contract().token_symbol()).as_deref(),
        Some("ALV")
    );
    assert_eq!(world.get(world.contract().token_decimals()), 8);
}

#[test]
fn the_root_cell_holds_the_supply_the_end_of_the_pause_and_the_chain_alone() {
    let mut world = World::new();
    let root = world.chain.read_cell(world.alv, &ROOT);
    assert_eq!(root, Some((SUPPLY, 0_u64, GENESIS).encode()));
    world.done(GUARD, world.contract().pause());
    let until = world.chain.now() + DURATION;
    let root = world.chain.read_cell(world.alv, &ROOT);
    assert_eq!(root, Some((SUPPLY, until, GENESIS).encode()));
}

#[test]
fn governance_has_a_cell_of_its_own() {
    let mut world = World::new();
    let pending: Option<[u8; 32]> = None;
    let governance = (OWNER.id(), pending, CAP, DURATION, COOLDOWN).encode();
    let cell = world
        .chain
        .read_cell(world.alv, &u32::from_be_bytes(*b"GOVN").encode());
    assert_eq!(cell, Some(governance));
}

#[test]
fn a_balance_takes_one_cell_and_none_when_it_is_zero() {
    let mut world = World::new();
    let receipt = world.receipt(HOLDER, world.transfer(OTHER, 1));
    assert_eq!(receipt.deposit.items, 1);
    let receipt = world.receipt(HOLDER, world.transfer(STRANGER, WEALTH - 1));
    assert_eq!(receipt.deposit.items, 0, "one is freed, one is made");
    let receipt = world.receipt(OTHER, world.transfer(STRANGER, 1));
    assert_eq!(receipt.deposit.items, -1);
}

#[test]
fn an_unknown_selector_is_refused() {
    let mut world = World::new();
    let answer = world.chain.call(HOLDER.id(), world.alv, vec![1, 2, 3, 4]);
    let returned = answer.result.unwrap();
    assert!(returned.reverted);
    assert_eq!(returned.data, [1, 1], "LangError::CouldNotReadInput");
}

#[test]
fn a_cell_that_cannot_be_decoded_traps() {
    let mut world = World::new();
    let alv = world.alv;
    world.allow(HOLDER, OTHER, 1);
    let supply = psp22(alv).total_supply();
    world.assert_undecodable_traps(alv, &[0; 4], supply);
    let balance = psp22(alv).balance_of(HOLDER.id());
    world.assert_undecodable_traps(alv, b"BALN", balance);
    let allowance = psp22(alv).allowance(HOLDER.id(), OTHER.id());
    world.assert_undecodable_traps(alv, b"ALLW", allowance);
    let cap = world.contract().cap();
    world.assert_undecodable_traps(alv, b"GOVN", cap);
}
