//! What a commitment binds, and what a disclosure gives away.

mod common;

use std::collections::HashSet;

use allive_merkle::{leaf, Software};
use allive_records::{
    commitment, DiscloseError, Disclosure, Record, RecordSecret, LEAF_DOMAIN, RECORD_DOMAIN,
};
use common::{record, sample, samples, CHAIN, CONTRACT, OWNER};
use sha2::{Digest, Sha256};

#[test]
fn every_sample_commits_discloses_and_verifies() {
    for path in samples() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let record = Record::new(sample(name), RecordSecret::generate().unwrap()).unwrap();
        let on_chain = record.commitment(CHAIN, CONTRACT, OWNER);
        assert_eq!(record.tree().count, record.entries().len() as u64);
        let all: Vec<_> = (0..record.tree().count).collect();
        let sent = serde_json::to_string(&record.disclose(&all).unwrap()).unwrap();
        let received: Disclosure = serde_json::from_str(&sent).unwrap();
        let shown = received.verify(on_chain, CHAIN, CONTRACT, OWNER).unwrap();
        assert_eq!(shown.len(), all.len(), "{name}");
        for (index, (shown, entry)) in shown.iter().zip(record.entries()).enumerate() {
            assert_eq!(shown.index(), index as u64);
            assert_eq!(shown.canonical(), entry.canonical());
            let resource = &shown.value()["resource"];
            assert_eq!(resource["resourceType"], entry.resource_type());
            assert_eq!(resource["id"].as_str(), entry.id());
        }
    }
}

#[test]
fn chinese_names_arrive_as_they_were_written() {
    let record = record("diagnostic-report-zh.json", 1);
    let shown = record
        .disclose(&[1, 2])
        .unwrap()
        .verify(
            record.commitment(CHAIN, CONTRACT, OWNER),
            CHAIN,
            CONTRACT,
            OWNER,
        )
        .unwrap();
    let name = |place: usize| &shown[place].value()["resource"]["name"][0]["text"];
    assert_eq!(name(0), "柳青禾");
    assert_eq!(name(1), "闻人\u{2CC56}");
}

#[test]
fn entries_are_shown_in_the_order_asked_for() {
    let record = record("patient-vital-signs.json", 1);
    let shown = record
        .disclose(&[5, 0, 3])
        .unwrap()
        .verify(
            record.commitment(CHAIN, CONTRACT, OWNER),
            CHAIN,
            CONTRACT,
            OWNER,
        )
        .unwrap();
    let places: Vec<_> = shown.iter().map(|entry| entry.index()).collect();
    assert_eq!(places, [5, 0, 3]);
}

/// Computed here from the words of the documentation, with `hmac` spelt out, so
/// that a change of any constant or order shows.
#[test]
fn commitment_leaves_and_salts_are_what_the_documentation_says() {
    fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
        let mut block = [0u8; 64];
        block[..key.len()].copy_from_slice(key);
        let inner = Sha256::new()
            .chain_update(block.map(|byte| byte ^ 0x36))
            .chain_update(message)
            .finalize();
        Sha256::new()
            .chain_update(block.map(|byte| byte ^ 0x5c))
            .chain_update(inner)
            .finalize()
            .into()
    }
    let extracted = hmac(b"allive/record-salts/v1", &[7; 32]);
    let commitment_salt = hmac(&extracted, b"commitment\x01");
    let third_salt = hmac(&extracted, b"leaf\0\0\0\0\0\0\0\x03\x01");

    let record = record("consent.json", 7);
    let disclosure = record.disclose(&[3]).unwrap();
    assert_eq!(record.commitment_salt(), &commitment_salt);
    assert_eq!(disclosure.salt, commitment_salt);
    assert_eq!(disclosure.entries[0].salt, third_salt);

    let text = record.entries()[3].canonical();
    let by_hand: [u8; 32] = Sha256::new()
        .chain_update([0])
        .chain_update(b"allive/fhir-leaf")
        .chain_update(third_salt)
        .chain_update(text)
        .finalize()
        .into();
    let data = [&third_salt, text.as_bytes()].concat();
    assert_eq!(leaf::<Software>(&LEAF_DOMAIN, &data), by_hand);
    assert!(allive_merkle::verify::<Software>(
        &record.tree().root,
        3,
        5,
        &by_hand,
        &disclosure.entries[0].proof
    ));

    let on_chain: [u8; 32] = Sha256::new()
        .chain_update(b"allive/record/v1")
        .chain_update(CHAIN)
        .chain_update(CONTRACT)
        .chain_update(OWNER)
        .chain_update(record.tree().root)
        .chain_update([5, 0, 0, 0, 0, 0, 0, 0])
        .chain_update(commitment_salt)
        .finalize()
        .into();
    assert_eq!(record.commitment(CHAIN, CONTRACT, OWNER), on_chain);
}

#[test]
fn the_commitment_binds_each_of_its_parts() {
    let base = commitment([1; 32], [2; 32], [3; 32], [4; 32], 5, [6; 32]);
    let others = [
        commitment([9; 32], [2; 32], [3; 32], [4; 32], 5, [6; 32]),
        commitment([1; 32], [9; 32], [3; 32], [4; 32], 5, [6; 32]),
        commitment([1; 32], [2; 32], [9; 32], [4; 32], 5, [6; 32]),
        commitment([1; 32], [2; 32], [3; 32], [9; 32], 5, [6; 32]),
        commitment([1; 32], [2; 32], [3; 32], [4; 32], 9, [6; 32]),
        commitment([1; 32], [2; 32], [3; 32], [4; 32], 5, [9; 32]),
        commitment([2; 32], [1; 32], [3; 32], [4; 32], 5, [6; 32]),
    ];
    let distinct: HashSet<_> = others.iter().chain([&base]).collect();
    assert_eq!(distinct.len(), 8);
    assert_ne!(LEAF_DOMAIN, RECORD_DOMAIN);
}

#[test]
fn the_same_bundle_under_a_fresh_secret_cannot_be_linked() {
    let fresh = || {
        Record::new(
            sample("condition-encounter.json"),
            RecordSecret::generate().unwrap(),
        )
        .unwrap()
    };
    let (first, second) = (fresh(), fresh());
    let all = [0, 1, 2, 3, 4];
    let hashes = |record: &Record| {
        let shown = record.disclose(&all).unwrap();
        let mut hashes: HashSet<[u8; 32]> = shown
            .entries
            .iter()
            .flat_map(|entry| entry.proof.iter().copied().chain([entry.salt]))
            .collect();
        hashes.extend([shown.root, shown.salt]);
        hashes.insert(record.commitment(CHAIN, CONTRACT, OWNER));
        hashes
    };
    assert!(hashes(&first).is_disjoint(&hashes(&second)));
}

#[test]
fn the_same_bundle_and_secret_give_the_same_record_again() {
    let (first, again) = (record("consent.json", 9), record("consent.json", 9));
    assert_eq!(first.tree(), again.tree());
    assert_eq!(
        first.commitment(CHAIN, CONTRACT, OWNER),
        again.commitment(CHAIN, CONTRACT, OWNER)
    );
    assert!(first.disclose(&[2]).unwrap() == again.disclose(&[2]).unwrap());
}

#[test]
fn all_salts_of_a_record_differ() {
    let record = record("wearable-month.json", 3);
    let all: Vec<_> = (0..record.tree().count).collect();
    let shown = record.disclose(&all).unwrap();
    let mut salts: HashSet<_> = shown.entries.iter().map(|entry| entry.salt).collect();
    salts.insert(shown.salt);
    assert_eq!(salts.len(), all.len() + 1);
}

#[test]
fn a_disclosure_holds_nothing_of_the_neighbours() {
    let record = record("patient-vital-signs.json", 5);
    let shown = 3;
    let sent = serde_json::to_string(&record.disclose(&[shown]).unwrap()).unwrap();
    for neighbour in (0..record.tree().count).filter(|&index| index != shown) {
        let hidden = record.disclose(&[neighbour]).unwrap().entries.remove(0);
        let entry = &record.entries()[neighbour as usize];
        let escaped = serde_json::to_string(&hidden.canonical).unwrap();
        assert!(!sent.contains(escaped.trim_matches('"')));
        assert!(!sent.contains(&hex::encode(hidden.salt)));
        // The patient is referred to by the shown observation itself.
        if neighbour != 0 {
            assert!(!sent.contains(entry.id().unwrap()));
        }
    }
    assert!(!sent.contains("Brackenridge") && !sent.contains("36.6"));
    assert!(!sent.contains(&hex::encode([5; 32])), "the secret itself");
}

#[test]
fn a_neighbour_cannot_be_confirmed_by_guessing_its_content() {
    let record = record("patient-vital-signs.json", 5);
    // The sibling of leaf 2 is leaf 3: its hash is the first step of the proof.
    let shown = record.disclose(&[2]).unwrap();
    let sibling = shown.entries[0].proof[0];
    let right = record.entries()[3].canonical();
    let guess = |salt: &[u8]| leaf::<Software>(&LEAF_DOMAIN, &[salt, right.as_bytes()].concat());

    // Even the exact content leads nowhere with what the grantee has.
    for salt in [
        &[][..],
        &[0; 32],
        &shown.salt,
        &shown.root,
        &shown.entries[0].salt,
    ] {
        assert_ne!(guess(salt), sibling);
    }
    // That the guess is the right one, only the owner can tell.
    let hidden = record.disclose(&[3]).unwrap().entries[0].salt;
    assert_eq!(guess(&hidden), sibling);
}

#[test]
fn debug_output_holds_no_secret_and_no_content() {
    let record = record("patient-vital-signs.json", 0xAB);
    let disclosure = record.disclose(&[0]).unwrap();
    let verified = disclosure
        .verify(
            record.commitment(CHAIN, CONTRACT, OWNER),
            CHAIN,
            CONTRACT,
            OWNER,
        )
        .unwrap();
    let printed = format!(
        "{record:?} {:?} {:?} {disclosure:?} {verified:?} {:?}",
        record.secret(),
        record.entries(),
        sample("patient-vital-signs.json"),
    );
    for leak in ["171", "ab, ab", "AB", "Brackenridge", "Patient", "salt"] {
        assert!(!printed.contains(leak), "{leak} in {printed}");
    }
}

#[test]
fn a_kept_secret_is_the_one_that_was_generated() {
    let secret = RecordSecret::generate().unwrap();
    assert_ne!(secret.expose(), RecordSecret::generate().unwrap().expose());
    let kept = *secret.expose();
    let record = Record::new(sample("consent.json"), secret).unwrap();
    let again = Record::new(sample("consent.json"), RecordSecret::from_bytes(kept)).unwrap();
    assert_eq!(record.tree(), again.tree());
}

#[test]
fn what_cannot_be_shown_is_named() {
    let record = record("consent.json", 1);
    assert!(matches!(record.disclose(&[]), Err(DiscloseError::Nothing)));
    assert_eq!(
        record.disclose(&[0, 5]).unwrap_err().to_string(),
        "entry 5 does not exist, the record has 5"
    );
    assert!(matches!(
        record.disclose(&[u64::MAX]),
        Err(DiscloseError::NoSuchEntry { .. })
    ));
    assert!(matches!(
        record.disclose(&[2, 4, 2]),
        Err(DiscloseError::Duplicate { index: 2 })
    ));
}
