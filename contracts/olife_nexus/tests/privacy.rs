//! What the chain does not say about a patient, and what it cannot hide.

use crate::world::*;
use allive_calls::{psp22, Receipt};
use allive_psp22_interface::TokenError;
use ink::primitives::AccountId;
use olife_nexus::*;
use psp22::PSP22;
use scale::Encode;
use serde_json::Value;
use std::collections::BTreeSet;

/// A message of each kind, all of which succeed.
fn story() -> (World, Vec<Receipt<()>>) {
    fn keep<R>(kept: &mut Vec<Receipt<()>>, answer: Receipt<Result<R, NexusError>>) {
        let Receipt {
            value,
            events,
            gas,
            deposit,
            frames,
        } = answer;
        assert!(matches!(value, Ok(Ok(_))));
        kept.push(Receipt {
            value: Ok(()),
            events,
            gas,
            deposit,
            frames,
        });
    }
    let mut world = World::new();
    let mut kept = Vec::new();
    keep(
        &mut kept,
        world.send(PATIENT, world.register(POINTER.to_vec())),
    );
    for _ in 0..2 {
        keep(
            &mut kept,
            world.send(PATIENT, world.contract().offer(0, terms())),
        );
    }
    for grant in 0..2 {
        keep(
            &mut kept,
            world.send(GRANTEE, world.contract().buy(grant, 3, ANY_PRICE)),
        );
        keep(
            &mut kept,
            world.send(GRANTEE, world.contract().use_record(grant, REQUEST)),
        );
    }
    keep(&mut kept, world.send(PATIENT, world.contract().revoke(0)));
    world.at(END);
    keep(&mut kept, world.send(STRANGER, world.contract().settle(1)));
    world.follow(STRANGER, PATIENT, Some(u64::MAX));
    keep(
        &mut kept,
        world.send(STRANGER, world.contract().inherit(Holding::Record(0))),
    );
    keep(
        &mut kept,
        world.send(PATIENT, world.contract().withdraw(PATIENT.into())),
    );
    (world, kept)
}

fn bytes(of: AccountId) -> [u8; 32] {
    *AsRef::<[u8; 32]>::as_ref(&of)
}

fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window == word)
}

#[test]
fn no_event_of_the_nexus_has_the_patient_among_its_topics() {
    let (world, receipts) = story();
    let own = receipts.iter().flat_map(|receipt| &receipt.events);
    let own: Vec<_> = own.filter(|event| event.contract == world.nexus).collect();
    let kinds: BTreeSet<_> = own.iter().map(|event| event.topics[0]).collect();
    assert_eq!(kinds.len(), 7, "the story has every event of the registry");
    for event in own {
        assert!(!event.topics.contains(&bytes(PATIENT)), "{event:?}");
    }
}

#[test]
fn no_event_of_the_nexus_carries_the_patient_or_the_pointer_but_a_withdrawal_and_an_inheritance() {
    let (world, receipts) = story();
    for event in receipts.iter().flat_map(|receipt| &receipt.events) {
        if event.contract == world.nexus {
            let names_her = event.decode::<CreditWithdrawn>().is_some()
                || event.decode::<Inherited>().is_some();
            assert_eq!(
                contains(&event.data, &bytes(PATIENT)),
                names_her,
                "{event:?}"
            );
            assert!(!contains(&event.data, &POINTER), "{event:?}");
        }
    }
}

/// What README.md says of it: the token is a public ledger.
#[test]
fn the_transfer_event_of_alv_does_name_the_payee_of_a_withdrawal() {
    let (world, receipts) = story();
    let paid = receipts
        .last()
        .unwrap()
        .events
        .iter()
        .find(|event| event.contract == world.alv);
    assert!(contains(&paid.unwrap().data, &bytes(PATIENT)));
}

#[test]
fn the_topics_are_numbers_and_the_grantee() {
    let metadata = metadata();
    let mut indexed = BTreeSet::new();
    for event in metadata["spec"]["events"].as_array().unwrap() {
        for field in event["args"].as_array().unwrap() {
            if field["indexed"] == true {
                let name = |value: &Value| value["label"].as_str().unwrap().to_owned();
                indexed.insert(format!("{}.{}", name(event), name(field)));
            }
        }
    }
    let known = [
        "GrantClosed.grant",
        "GrantOffered.grant",
        "GrantOffered.grantee",
        "RecordRegistered.record",
        "RecordUsed.grant",
        "RecordUsed.record",
        "UsesBought.grant",
    ];
    assert_eq!(indexed, known.map(str::to_owned).into());
}

#[test]
fn an_error_is_a_word_and_tells_nothing_of_who_or_what() {
    use NexusError::*;
    let plain = [
        UnknownRecord,
        UnknownGrant,
        NotOwner,
        NotGrantee,
        BadPointer,
        BadExpiry,
        BadLongestTerm,
        BadNotice,
        NoUses,
        PriceTooHigh,
        NotForSale,
        NoUsesLeft,
        Expired,
        NotExpired,
        AmountTooLarge,
        NothingOwed,
        PaymentShort,
    ];
    for error in plain {
        assert_eq!(error.encode().len(), 1, "{error:?}");
    }
    for reason in [
        TokenError::InsufficientBalance,
        TokenError::InsufficientAllowance,
        TokenError::Refused,
        TokenError::Broken,
    ] {
        assert_eq!(Token(reason).encode().len(), 2);
    }
    for reason in [
        allive_olife_id_interface::NotHeir::NoAnswer,
        allive_olife_id_interface::NotHeir::NotSuccessor,
        allive_olife_id_interface::NotHeir::CameLater,
    ] {
        assert_eq!(NotHeir(reason).encode().len(), 2);
    }
}

/// Follows every type that a message takes or returns, an event carries or a cell holds.
#[test]
fn nothing_holds_text_and_nothing_holds_bytes_of_any_length_but_the_pointer() {
    let metadata = metadata();
    let types = metadata["types"].as_array().unwrap();
    let mut bytes_of_any_length = BTreeSet::new();
    for entry in types {
        let kind = &entry["type"]["def"];
        assert_ne!(kind["primitive"], "str", "a type of text");
        if !kind["sequence"].is_null() {
            bytes_of_any_length.insert(entry["id"].as_u64().unwrap());
        }
    }
    // The words of a request are answered to who asks, and held nowhere.
    let messages = metadata["spec"]["messages"].as_array().unwrap();
    let asked = messages.iter().find(|it| it["label"] == "request_text");
    let answer = &asked.unwrap()["returnType"]["type"];
    let mut named = BTreeSet::new();
    for entry in types.iter().filter(|entry| entry["id"] != *answer) {
        collect(&entry["type"]["def"], &bytes_of_any_length, &mut named);
    }
    for part in ["constructors", "messages", "events"] {
        for item in metadata["spec"][part].as_array().unwrap() {
            for argument in item["args"].as_array().unwrap() {
                if bytes_of_any_length.contains(&argument["type"]["type"].as_u64().unwrap()) {
                    named.insert(argument["label"].as_str().unwrap().to_owned());
                }
            }
        }
    }
    // The parts of a credit are amounts with moments, at most eight.
    assert_eq!(named, ["later", "pointer"].map(str::to_owned).into());
}

/// The names of the fields whose type is one of these.
fn collect(value: &Value, types: &BTreeSet<u64>, named: &mut BTreeSet<String>) {
    if let Value::Object(object) = value {
        if object
            .get("type")
            .and_then(Value::as_u64)
            .is_some_and(|id| types.contains(&id))
        {
            let name = object
                .get("name")
                .and_then(Value::as_str)
                .unwrap_or("unnamed");
            named.insert(name.to_owned());
        }
        object
            .values()
            .for_each(|value| collect(value, types, named));
    } else if let Value::Array(values) = value {
        values.iter().for_each(|value| collect(value, types, named));
    }
}

/// What README.md says: who owns a record, and where it lies, is in the state that all nodes hold.
#[test]
fn owner_and_pointer_can_be_read_by_everybody() {
    let (mut world, _) = offered();
    let record = record_of(&mut world, 0).unwrap();
    assert_eq!((record.owner, &record.pointer[..]), (PATIENT, &POINTER[..]));
}

/// A closed grant leaves the state; its events stay in the blocks.
#[test]
fn a_closed_grant_is_gone_from_the_state() {
    let (mut world, grant) = offered();
    world.done(PATIENT, world.contract().revoke(grant));
    assert_eq!(stored_state(&mut world).grants.len(), 0);
}

#[test]
fn registering_and_offering_tell_the_token_nothing() {
    let mut world = World::new();
    let cells = world.chain.cells(world.alv);
    open(&mut world, PATIENT, terms());
    assert_eq!(world.chain.cells(world.alv), cells);
    assert_eq!(world.tell(ADMIN, psp22(world.alv).balance_of(PATIENT)), 0);
}

fn metadata() -> Value {
    serde_json::from_str(&code("olife_nexus").metadata).unwrap()
}
