//! DIDs as text: one way to write each, and a named fault for every other text.

use allive_did::{Did, DidError, HexFault, ResolutionError};
use proptest::prelude::*;

fn text(genesis: &str, contract: &str, number: &str) -> String {
    format!("did:allive:{genesis}:{contract}:{number}")
}

fn fault(text: &str) -> DidError {
    text.parse::<Did>().unwrap_err()
}

#[test]
fn a_did_is_written_in_one_way() {
    let (genesis, contract) = ("0a".repeat(32), "f9".repeat(32));
    for (number, identity) in [("0", 0), ("7", 7), ("18446744073709551615", u64::MAX)] {
        let text = text(&genesis, &contract, number);
        let did: Did = text.parse().unwrap();
        let expected = Did {
            genesis: [0x0a; 32],
            contract: [0xf9; 32],
            identity,
        };
        assert_eq!(did, expected);
        assert_eq!(did.to_string(), text);
    }
}

#[test]
fn what_is_no_did_is_invalid() {
    let sound = text(&"0a".repeat(32), &"0b".repeat(32), "7");
    for text in [
        "",
        "7",
        "did",
        "did:",
        "did:allive",
        "did:allive:",
        "did::1",
        "allive:1",
        &sound.replace("did:", "DID:"),
        &sound.replace("allive", "Allive"),
        &sound.replace("allive", "al-live"),
        &format!(" {sound}"),
        &format!("{sound} "),
        &format!("{sound}\n"),
        &format!("{sound}:"),
        &sound.replace('7', "%7"),
        &sound.replace('7', "%zz"),
        &sound.replace('7', "é"),
        "did:web:exa mple",
    ] {
        assert_eq!(fault(text), DidError::NotDid(text.to_owned()));
        assert_eq!(ResolutionError::from(fault(text)).name(), "invalidDid");
    }
}

#[test]
fn a_did_of_another_method_is_named() {
    for (text, method) in [
        ("did:web:example.org", "web"),
        (
            "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH",
            "key",
        ),
        ("did:alliv:1", "alliv"),
        ("did:allive2:a%20b:c", "allive2"),
    ] {
        assert_eq!(fault(text), DidError::OtherMethod(method.to_owned()));
        let error = ResolutionError::from(fault(text));
        assert_eq!(error.name(), "methodNotSupported");
    }
}

#[test]
fn each_part_that_is_wrong_is_named() {
    let (genesis, contract) = ("0a".repeat(32), "0b".repeat(32));
    let sound = text(&genesis, &contract, "7");
    let with_genesis = |it: &str| fault(&text(it, &contract, "7"));
    let with_contract = |it: &str| fault(&text(&genesis, it, "7"));
    for (part, hex) in [
        (format!("0x{genesis}"), HexFault::Prefix),
        (genesis.to_uppercase(), HexFault::Capital),
        (genesis[..63].to_owned(), HexFault::Length(63)),
        (format!("{genesis}00"), HexFault::Length(66)),
        (String::new(), HexFault::Length(0)),
        (genesis.replace('a', "g"), HexFault::Digit('g')),
        (genesis.replace('a', "-"), HexFault::Digit('-')),
    ] {
        assert_eq!(with_genesis(&part), DidError::Genesis(hex.clone()));
        assert_eq!(with_contract(&part), DidError::Contract(hex));
    }
    for number in [
        "",
        "07",
        "00",
        "-1",
        "0x7",
        "7a",
        "1.0",
        "18446744073709551616",
    ] {
        let found = fault(&format!("{}{number}", sound.trim_end_matches('7')));
        // A DID does not end with a colon.
        let expected = match number {
            "" => DidError::NotDid(sound.trim_end_matches('7').to_owned()),
            number => DidError::Number(number.to_owned()),
        };
        assert_eq!(found, expected);
    }
    assert_eq!(fault("did:allive:7"), DidError::Parts(1));
    assert_eq!(
        fault(&format!("did:allive:{contract}:7")),
        DidError::Parts(2)
    );
    assert_eq!(fault(&format!("{sound}:1")), DidError::Parts(4));
}

#[test]
fn a_did_url_is_no_did() {
    let sound = text(&"0a".repeat(32), &"0b".repeat(32), "7");
    for (end, first) in [
        ("#key", '#'),
        ("?versionId=1", '?'),
        ("/path#a?b", '/'),
        ("#", '#'),
    ] {
        assert_eq!(fault(&format!("{sound}{end}")), DidError::Url(first));
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(genesis: [u8; 32], contract: [u8; 32], identity: u64) {
        let did = Did { genesis, contract, identity };
        prop_assert_eq!(did.to_string().parse(), Ok(did));
    }

    /// A changed character gives another DID, or none: never the same one.
    #[test]
    fn no_two_texts_are_the_same_did(
        genesis: [u8; 32],
        contract: [u8; 32],
        identity: u64,
        place: prop::sample::Index,
        other in "[ -~]",
    ) {
        let did = Did { genesis, contract, identity };
        let mut text = did.to_string();
        let place = place.index(text.len());
        text.replace_range(place..=place, &other);
        match text.parse::<Did>() {
            Ok(read) => {
                prop_assert_eq!(read.to_string(), text.clone());
                prop_assert_eq!(read == did, text == did.to_string());
            }
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn no_text_is_more_than_refused(text in any::<String>()) {
        if let Ok(read) = text.parse::<Did>() {
            prop_assert_eq!(read.to_string(), text);
        }
    }
}
