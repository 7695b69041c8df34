//! A disclosure with any part changed is refused, for the reason that fits.

mod common;

use allive_records::{canonical, json, Disclosure, DisclosureError};
use common::{record, CHAIN, CONTRACT, OWNER};
use proptest::prelude::*;
use serde_json::Value;

const SHOWN: [u64; 2] = [1, 4];

fn honest() -> (Disclosure, [u8; 32]) {
    let record = record("patient-vital-signs.json", 1);
    (
        record.disclose(&SHOWN).unwrap(),
        record.commitment(CHAIN, CONTRACT, OWNER),
    )
}

/// What the verifier says once somebody has had a hand in it.
fn after(tamper: impl FnOnce(&mut Disclosure)) -> DisclosureError {
    let (mut disclosure, on_chain) = honest();
    tamper(&mut disclosure);
    disclosure
        .verify(on_chain, CHAIN, CONTRACT, OWNER)
        .unwrap_err()
}

#[test]
fn the_honest_disclosure_verifies() {
    let (disclosure, on_chain) = honest();
    disclosure.verify(on_chain, CHAIN, CONTRACT, OWNER).unwrap();
}

#[test]
fn another_opening_is_refused() {
    use DisclosureError::WrongOpening;
    assert_eq!(after(|it| it.root[0] ^= 1), WrongOpening);
    assert_eq!(after(|it| it.count += 1), WrongOpening);
    assert_eq!(after(|it| it.salt[31] ^= 0x80), WrongOpening);
    assert_eq!(
        after(|it| *it = record("patient-vital-signs.json", 2)
            .disclose(&SHOWN)
            .unwrap()),
        WrongOpening
    );
}

#[test]
fn a_commitment_of_another_chain_contract_or_owner_is_not_opened() {
    let (disclosure, on_chain) = honest();
    let other = [0xEE; 32];
    for (on_chain, chain, contract, owner) in [
        (other, CHAIN, CONTRACT, OWNER),
        (on_chain, other, CONTRACT, OWNER),
        (on_chain, CHAIN, other, OWNER),
        (on_chain, CHAIN, CONTRACT, other),
    ] {
        assert_eq!(
            disclosure.verify(on_chain, chain, contract, owner),
            Err(DisclosureError::WrongOpening)
        );
    }
}

#[test]
fn a_disclosure_of_nothing_is_refused() {
    assert_eq!(after(|it| it.entries.clear()), DisclosureError::Empty);
}

#[test]
fn an_entry_shown_twice_is_refused() {
    assert_eq!(
        after(|it| it.entries.push(it.entries[0].clone())),
        DisclosureError::DuplicateEntry { index: 1 }
    );
    // Under the number of another entry it is one more of that number.
    assert_eq!(
        after(|it| it.entries[1].index = 1),
        DisclosureError::DuplicateEntry { index: 1 }
    );
}

#[test]
fn an_entry_at_another_place_is_refused() {
    for index in [0, 5, 7, 1 << 40, u64::MAX] {
        assert_eq!(
            after(|it| it.entries[1].index = index),
            DisclosureError::WrongProof { index }
        );
    }
}

#[test]
fn two_entries_that_changed_places_are_refused() {
    assert_eq!(
        after(|it| {
            it.entries[0].index = 4;
            it.entries[1].index = 1;
        }),
        DisclosureError::WrongProof { index: 4 }
    );
}

#[test]
fn another_content_is_refused() {
    assert_eq!(
        after(|it| {
            let text = &mut it.entries[0].canonical;
            assert!(text.contains("36.6"));
            *text = text.replace("36.6", "39.6");
        }),
        DisclosureError::WrongProof { index: 1 }
    );
}

#[test]
fn the_same_content_in_another_spelling_is_refused() {
    let spellings: [fn(&str) -> String; 5] = [
        |text| text.replace("36.6", "36.60"),
        |text| format!("{text} "),
        |text| text.replace("{\"fullUrl\"", "{ \"fullUrl\""),
        |text| text.replace("Cel", "\\u0043el"),
        |text| {
            let Value::Object(members) = json::parse(text.as_bytes(), 100).unwrap() else {
                panic!("an object expected")
            };
            format!(
                r#"{{"resource":{},"fullUrl":{}}}"#,
                canonical::to_string(&members["resource"]).unwrap(),
                members["fullUrl"]
            )
        },
    ];
    for spelling in spellings {
        assert_eq!(
            after(|it| {
                let text = &mut it.entries[0].canonical;
                let changed = spelling(text);
                assert_ne!(text, &changed);
                *text = changed;
            }),
            DisclosureError::NotCanonical { index: 1 }
        );
    }
}

#[test]
fn content_that_is_not_json_of_one_meaning_is_refused() {
    for text in ["", "{", r#"{"a":1,"a":1}"#, "1e400", "\u{FEFF}{}"] {
        assert_eq!(
            after(|it| it.entries[1].canonical = text.into()),
            DisclosureError::NotCanonical { index: 4 }
        );
    }
}

#[test]
fn another_leaf_salt_is_refused() {
    assert_eq!(
        after(|it| it.entries[1].salt[0] ^= 1),
        DisclosureError::WrongProof { index: 4 }
    );
    assert_eq!(
        after(|it| it.entries[1].salt = it.entries[0].salt),
        DisclosureError::WrongProof { index: 4 }
    );
}

#[test]
fn another_proof_is_refused() {
    let wrong = DisclosureError::WrongProof { index: 1 };
    assert_eq!(after(|it| it.entries[0].proof[0][0] ^= 1), wrong);
    assert_eq!(after(|it| it.entries[0].proof.swap(0, 1)), wrong);
    assert_eq!(after(|it| it.entries[0].proof.truncate(2)), wrong);
    assert_eq!(after(|it| it.entries[0].proof.push([0; 32])), wrong);
    assert_eq!(after(|it| it.entries[0].proof.clear()), wrong);
    assert_eq!(
        after(|it| it.entries[0].proof = vec![[0; 32]; 10_000]),
        wrong
    );
}

#[test]
fn the_json_has_no_room_for_other_members_or_other_lengths() {
    let (disclosure, _) = honest();
    let sound = serde_json::to_value(&disclosure).unwrap();
    let read = |value: Value| serde_json::from_value::<Disclosure>(value);
    read(sound.clone()).unwrap();
    let changes: [fn(&mut Value); 7] = [
        |it| it["note"] = "more".into(),
        |it| it["entries"][0]["note"] = "more".into(),
        |it| it["root"] = "00".into(),
        |it| it["salt"] = "zz".repeat(32).into(),
        |it| it["entries"][0]["salt"] = "00".repeat(33).into(),
        |it| it["entries"][0]["proof"][0] = "00".repeat(31).into(),
        |it| drop(it.as_object_mut().unwrap().remove("count")),
    ];
    for change in changes {
        let mut value = sound.clone();
        change(&mut value);
        assert!(read(value).is_err());
    }
    let text = serde_json::to_string(&disclosure).unwrap();
    let twice = text.replacen("{\"root\"", "{\"count\":1,\"root\"", 1);
    assert!(serde_json::from_str::<Disclosure>(&twice).is_err());
}

#[test]
fn hashes_and_salts_travel_as_lower_case_hexadecimal() {
    let (disclosure, _) = honest();
    let value = serde_json::to_value(&disclosure).unwrap();
    assert_eq!(value["root"], hex::encode(disclosure.root));
    assert_eq!(value["salt"], hex::encode(disclosure.salt));
    let entry = &disclosure.entries[0];
    assert_eq!(value["entries"][0]["salt"], hex::encode(entry.salt));
    assert_eq!(value["entries"][0]["proof"][1], hex::encode(entry.proof[1]));
}

proptest! {
    #[test]
    fn no_changed_character_of_the_json_changes_what_is_proved(
        at: prop::sample::Index, to in "[ -~]",
    ) {
        let (disclosure, on_chain) = honest();
        let honest = disclosure.verify(on_chain, CHAIN, CONTRACT, OWNER).unwrap();
        let mut text = serde_json::to_string(&disclosure).unwrap();
        let at = at.index(text.len());
        text.replace_range(at..=at, &to);
        if let Ok(changed) = serde_json::from_str::<Disclosure>(&text) {
            if let Ok(shown) = changed.verify(on_chain, CHAIN, CONTRACT, OWNER) {
                prop_assert_eq!(shown, honest);
            }
        }
    }
}
