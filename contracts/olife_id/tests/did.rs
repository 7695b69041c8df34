//! DID documents of identities through their lives. `data/did` keeps them, public validators check
//! them there, and `ALLIVE_WRITE_DID=1` writes them anew.

use crate::world::*;
use allive_calls::EthereumKey;
use allive_did::{fragment, Did, Metadata, Resolved};
use allive_simulator::{GENESIS, START};
use olife_id::*;
use std::{env, fs, path::PathBuf};

/// Stands in the place of the contract's account, which changes with its code.
const CONTRACT: [u8; 32] = [0x1d; 32];

/// What the development chain calls its addresses by.
const PREFIX: u16 = 42;

fn resolve(world: &mut World) -> Resolved {
    let did = Did {
        genesis: GENESIS,
        contract: CONTRACT,
        identity: PERSON_ID,
    };
    Resolved::new(&did, &the_person(world), PREFIX)
}

/// The document is that of the file, and this is said about it.
#[track_caller]
fn shows(world: &mut World, file: &str, version: &str, updated: u64) -> Metadata {
    let Resolved { document, metadata } = resolve(world);
    let mut text = serde_json::to_string_pretty(&document).unwrap();
    text.push('\n');
    let path = sample(file);
    if env::var_os("ALLIVE_WRITE_DID").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(&path).unwrap(), "{file}");
    assert_eq!(metadata.version_id, version);
    assert_eq!(metadata.updated, Some(second(updated)));
    metadata
}

/// The person announces these keys, all but hashed ones agree, and they come.
fn has(world: &mut World, keys: Vec<Held>) {
    let announced = Control {
        keys: keys.clone(),
        ..control(&[])
    };
    let control = Some(announced);
    world.done(PERSON, world.act(Action::Announce { control }));
    for Held { key, purposes } in keys {
        match key {
            Key::Account(account) if *account != PERSON => {
                world.chain.endow(*account);
                world.done(*account, world.act(consent_for(purposes)));
            }
            Key::Ethereum(_) => agrees_by_wallet(world, key, purposes),
            _ => (),
        }
    }
    world.advance(SETTLING);
    assert_eq!(settle(world), Ok(()));
}

fn agrees_by_wallet(world: &mut World, key: Key, purposes: Purposes) {
    let request = Request {
        signer: key,
        action: SignedAction {
            identity: None,
            action: consent_for(purposes),
        },
        nonce: 0,
        deadline: world.now() + SETTLING,
    };
    let signature = world.signed_by_wallet(&wallet(), &request);
    let agreed = world.done(STRANGER, world.act_for(&request, signature));
    assert_eq!(agreed, PERSON_ID);
}

fn sample(file: &str) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/did");
    PathBuf::from(folder).join(format!("{file}.json"))
}

/// What passes in a test is less than a second.
fn second(time: u64) -> String {
    assert!(time - START < 1_000);
    "2026-01-01T00:00:00Z".to_owned()
}

fn wallet() -> EthereumKey {
    EthereumKey::from_seed([7; 32])
}

fn ethereum(purposes: Purposes) -> Held {
    Held {
        key: Key::Ethereum(wallet().address()),
        purposes,
    }
}

fn hashed(purposes: Purposes) -> Held {
    Held {
        key: Key::Hashed([0x70; 32]),
        purposes,
    }
}

#[test]
fn a_new_identity_has_one_account_for_everything() {
    shows(&mut World::new(), "account", "0", START);
}

#[test]
fn an_ethereum_key_is_an_address_and_a_hashed_key_is_not_shown() {
    let mut world = World::new();
    let keys = vec![held(PERSON, ALL), ethereum(ACT | ATTEST), hashed(ALL)];
    has(&mut world, keys);
    shows(&mut world, "kinds", "1", START + SETTLING);
}

#[test]
fn each_of_five_keys_is_for_what_it_is_for() {
    let mut world = World::new();
    has(
        &mut world,
        vec![
            held(PERSON, ALL),
            held(SECOND, ACT),
            held(account(41), ATTEST),
            held(account(42), MANAGE | ACT),
            ethereum(ACT | ATTEST),
        ],
    );
    shows(&mut world, "five", "1", START + SETTLING);
}

#[test]
fn a_key_that_only_manages_acts_for_nobody() {
    let mut world = World::new();
    has(&mut world, vec![held(PERSON, MANAGE)]);
    shows(&mut world, "manager", "1", START + SETTLING);
}

#[test]
fn the_keys_of_a_frozen_identity_are_good_for_nothing_until_it_thaws() {
    let mut world = World::new();
    world.done(PERSON, world.act(Action::Freeze));
    let metadata = shows(&mut world, "frozen", "0.frozen", START);
    assert!(metadata.frozen && !metadata.deactivated);
    has(&mut world, vec![held(PERSON, ALL)]);
    let metadata = shows(&mut world, "account", "1", START + SETTLING);
    assert!(!metadata.frozen);
}

#[test]
fn keys_that_are_announced_or_proposed_do_not_show() {
    let mut world = attested();
    let before = resolve(&mut world);
    world.done(PERSON, world.act(announce(&[PERSON, THIEF])));
    world.done(THIEF, world.act(consent()));
    assert_eq!(resolve(&mut world), before);
    agree(&mut world, SECOND);
    world.done(SECOND, world.act(consent()));
    // A recovery that waits freezes.
    shows(&mut world, "frozen", "0.frozen", START);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    assert_eq!(resolve(&mut world), before);
}

#[test]
fn a_recovery_puts_other_keys_in_place_under_the_same_did() {
    let mut world = proposed();
    let since = world.now() + DELAY;
    world.at(since);
    assert_eq!(settle(&mut world), Ok(()));
    let metadata = shows(&mut world, "recovered", "1", since);
    assert!(!metadata.frozen);
    let [lost, new] = [PERSON, SECOND].map(|key| fragment(&Key::Account(key.into())));
    let text = fs::read_to_string(sample("recovered")).unwrap();
    assert!(text.contains(&new) && !text.contains(&lost));
}

#[test]
fn an_identity_that_was_proved_false_is_deactivated_and_shows_nothing() {
    let mut world = World::new();
    let before = resolve(&mut world);
    let accuse = world.contract().accuse(PERSON_ID, EVIDENCE);
    world.done(OWNER, accuse);
    // Whoever is accused is what it was, until that is proved.
    assert_eq!(resolve(&mut world), before);
    world.advance(NOTICE);
    let condemn = world.contract().condemn(PERSON_ID);
    world.done(OWNER, condemn);
    let metadata = shows(&mut world, "false", "0.deactivated", START);
    assert!(metadata.deactivated && !metadata.frozen);
    // For good: also while it is frozen.
    world.done(PERSON, world.act(Action::Freeze));
    let metadata = shows(&mut world, "false", "0.deactivated", START);
    assert!(metadata.deactivated && !metadata.frozen);
}

#[test]
fn the_example_of_the_method_is_what_the_code_prints() {
    const PAGE: &str = include_str!("../../../docs/did-method.md");
    let example = fs::read_to_string(sample("five")).unwrap();
    let shown = format!("```json\n{example}```\n");
    assert!(PAGE.contains(&shown), "docs/did-method.md shows another");
}
