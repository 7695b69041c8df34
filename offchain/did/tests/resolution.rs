//! Documents and results, of identities that are laid out by hand. Those of the real contract are
//! in contracts/olife_id/tests/did.rs.

use allive_did::{fragment, Did, DidError, Missing, Resolution, ResolutionError, Resolved};
use ink::primitives::AccountId;
use olife_id::{
    Control, Guardians, Held, Identity, Key, Purposes, Truth, ACT, ALL, ATTEST, MANAGE,
};
use proptest::prelude::*;
use serde_json::{json, Value};
use std::collections::BTreeSet;

const DID: Did = Did {
    genesis: [0xaa; 32],
    contract: [0xbb; 32],
    identity: 7,
};

fn identity(keys: &[(Key, Purposes)], updated: u64) -> Identity {
    let keys = keys.iter().map(|(key, purposes)| Held {
        key: key.clone(),
        purposes: *purposes,
    });
    let control = Control {
        keys: keys.collect(),
        guardians: Guardians::default(),
    };
    Identity::new(control, updated)
}

fn account(byte: u8) -> Key {
    Key::Account(AccountId::from([byte; 32]).into())
}

fn ethereum(byte: u8) -> Key {
    Key::Ethereum([byte; 20])
}

fn hashed(byte: u8) -> Key {
    Key::Hashed([byte; 32])
}

fn json(identity: &Identity) -> Value {
    let resolved = Resolved::new(&DID, identity, 42);
    serde_json::to_value(Resolution(Ok(&resolved))).unwrap()
}

#[test]
fn a_failure_has_the_name_that_resolvers_know() {
    let failures = [
        (ResolutionError::Did(DidError::Parts(2)), "invalidDid"),
        (
            ResolutionError::Did(DidError::OtherMethod("web".into())),
            "methodNotSupported",
        ),
        (Missing::NoIdentity(7).into(), "notFound"),
        (Missing::NoContract([1; 32]).into(), "notFound"),
        (ResolutionError::Internal("lost".into()), "internalError"),
    ];
    for (failure, name) in failures {
        let expected = json!({
            "didResolutionMetadata": { "error": name, "message": failure.to_string() },
            "didDocument": null,
            "didDocumentMetadata": {},
        });
        let found = serde_json::to_value(Resolution(Err(&failure))).unwrap();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_success_says_in_which_form_the_document_is_and_which_version() {
    let mut someone = identity(&[(account(1), ALL)], 1_700_000_000_999);
    someone.version = 3;
    let found = json(&someone);
    let form = json!({ "contentType": "application/did+ld+json" });
    assert_eq!(found["didResolutionMetadata"], form);
    assert_eq!(
        found["didDocumentMetadata"],
        json!({ "versionId": "3", "updated": "2023-11-14T22:13:20Z" })
    );
    someone.frozen = true;
    assert_eq!(
        found["didDocument"]["verificationMethod"],
        json(&someone)["didDocument"]["verificationMethod"]
    );
    assert_eq!(
        json(&someone)["didDocumentMetadata"],
        json!({ "versionId": "3.frozen", "updated": "2023-11-14T22:13:20Z", "frozen": true })
    );
    someone.truth = Truth::False;
    assert_eq!(
        json(&someone)["didDocumentMetadata"],
        json!({ "versionId": "3.deactivated", "updated": "2023-11-14T22:13:20Z", "deactivated": true })
    );
}

#[test]
fn a_moment_that_has_no_year_is_left_out() {
    let last = 253_402_300_799_999;
    let at =
        |updated| json(&identity(&[(account(1), ALL)], updated))["didDocumentMetadata"].clone();
    assert_eq!(at(last)["updated"], "9999-12-31T23:59:59Z");
    assert_eq!(at(last + 1), json!({ "versionId": "0" }));
    assert_eq!(at(u64::MAX), json!({ "versionId": "0" }));
}

#[test]
fn a_key_is_named_by_itself_alone() {
    // The tag is part of what is hashed: an account is no commitment of the same bytes.
    assert_ne!(fragment(&account(1)), fragment(&hashed(1)));
    let key = fragment(&account(1));
    assert_eq!(key.len(), 32);
    for others in [
        vec![(account(1), ALL)],
        vec![(account(2), ACT), (account(1), MANAGE)],
        vec![(hashed(1), ALL), (ethereum(9), ALL), (account(1), ATTEST)],
    ] {
        let document = &json(&identity(&others, 0))["didDocument"];
        let methods = document["verificationMethod"].as_array().unwrap();
        let id = format!("{DID}#{key}");
        let found = methods.iter().filter(|it| it["id"] == *id);
        assert_eq!(found.count(), 1);
    }
}

prop_compose! {
    fn keys()(keys in prop::collection::btree_map((0_u8..3, 1_u8..9), 1..=ALL, 1..=5))
        -> Vec<(Key, Purposes)>
    {
        let of = |(scheme, byte)| match scheme {
            0 => account(byte),
            1 => ethereum(byte),
            _ => hashed(byte),
        };
        keys.into_iter().map(|(which, purposes)| (of(which), purposes)).collect()
    }
}

proptest! {
    /// Each relation names exactly the keys that have its purpose and can be shown, and nothing
    /// else is ever said of a key; a frozen identity has no relations, one that was proved false
    /// nothing at all.
    #[test]
    fn a_relation_names_the_keys_of_its_purpose(keys in keys(), frozen: bool, is_false: bool) {
        let mut someone = identity(&keys, 0);
        someone.frozen = frozen;
        if is_false {
            someone.truth = Truth::False;
        }
        let document = json(&someone)["didDocument"].clone();
        prop_assert_eq!(&document["id"], &json!(DID.to_string()));
        let ids = |purpose: Purposes| -> BTreeSet<String> {
            let shown = keys.iter().filter(|(key, of)| key.can_act() && of & purpose != 0);
            shown.map(|(key, _)| format!("{DID}#{}", fragment(key))).collect()
        };
        let named = |relation: &str, field: Option<&str>| -> BTreeSet<String> {
            let list = document[relation].as_array().cloned().unwrap_or_default();
            let name = |it: &Value| field.map_or(it, |field| &it[field]).as_str().unwrap().to_owned();
            list.iter().map(name).collect()
        };
        let none = BTreeSet::new();
        let listed = if is_false { none.clone() } else { ids(ALL) };
        prop_assert_eq!(named("verificationMethod", Some("id")), listed);
        for (relation, purpose) in [
            ("authentication", ACT),
            ("assertionMethod", ATTEST),
            ("capabilityInvocation", MANAGE),
        ] {
            let expected = if frozen || is_false { none.clone() } else { ids(purpose) };
            prop_assert_eq!(named(relation, None), expected);
        }
    }
}
