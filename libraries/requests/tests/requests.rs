//! What is signed, and what a signature is good for. The test key is that of no account of a chain.

use allive_requests::{Describe, Domain, Message, Request, Text};
use ink::{
    env::hash::{Blake2x256, CryptoHash},
    primitives::AccountId,
    scale::Encode,
};

const PURPOSE: &[u8; 16] = b"allive/test/v1  ";
const CHAIN: [u8; 32] = [7; 32];
const CONTRACT: AccountId = AccountId([9; 32]);
const DOMAIN: Domain = Domain {
    purpose: PURPOSE,
    chain: &CHAIN,
    contract: &CONTRACT,
};

/// The bytes themselves.
#[derive(Clone, Debug, Encode)]
#[codec(crate = ink::scale)]
struct Say(Vec<u8>);

impl Describe for Say {
    fn describe(&self, text: &mut Text) {
        text.words("Test: say ").hex(&self.0);
    }
}

fn request(bytes: usize) -> Request<Say> {
    Request {
        signer: AccountId([3; 32]).into(),
        action: Say(vec![1; bytes]),
        nonce: 5,
        deadline: 86_400_000,
    }
}

#[test]
fn a_message_binds_purpose_chain_contract_and_request_in_this_order() {
    let request = request(9);
    let expected = [
        PURPOSE.to_vec(),
        CHAIN.to_vec(),
        [9; 32].to_vec(),
        [3; 32].to_vec(),
        vec![36],
        vec![1; 9],
        5_u64.to_le_bytes().to_vec(),
        86_400_000_u64.to_le_bytes().to_vec(),
    ]
    .concat();
    let message = request.message(&DOMAIN);
    assert_eq!(message.raw(), expected);
    assert_eq!(message.wrapped(), wrapped(&expected));
}

fn wrapped(raw: &[u8]) -> Vec<u8> {
    [b"<Bytes>", raw, b"</Bytes>"].concat()
}

/// A request has 49 bytes and what it says with its length.
#[test]
fn a_request_that_is_too_long_to_be_shown_is_signed_by_its_digest() {
    let most = Message::LONGEST - 15 - 80 - 48 - 2;
    let longest = request(most).message(&DOMAIN);
    assert_eq!(longest.wrapped().len(), Message::LONGEST);
    for bytes in [most + 1, most + 2, 10_000] {
        let request = request(bytes);
        let mut digest = [0; 32];
        Blake2x256::hash(&request.encode(), &mut digest);
        let expected = [&PURPOSE[..], &CHAIN, CONTRACT.as_ref(), &digest].concat();
        let message = request.message(&DOMAIN);
        assert_eq!(message.raw(), expected);
        assert_eq!(message.wrapped(), wrapped(&expected));
    }
}

/// Whatever a request says, it is longer than a digest.
#[test]
fn the_form_with_a_digest_is_shorter_than_any_other() {
    let shortest = request(0).message(&DOMAIN);
    let digest = request(500).message(&DOMAIN);
    assert_eq!(digest.raw().len(), 112);
    assert!(shortest.raw().len() > 112);
}

#[test]
fn another_purpose_chain_contract_or_request_is_another_message_and_another_text() {
    for bytes in [9, 500] {
        let mine = request(bytes);
        let domains = [
            Domain {
                purpose: b"allive/other/v1 ",
                ..DOMAIN
            },
            Domain {
                chain: &[8; 32],
                ..DOMAIN
            },
            Domain {
                contract: &AccountId([8; 32]),
                ..DOMAIN
            },
        ];
        for domain in domains {
            assert_ne!(mine.message(&domain), mine.message(&DOMAIN));
            assert_ne!(mine.text(&domain), mine.text(&DOMAIN));
        }
        let others = [
            Request {
                signer: AccountId([4; 32]).into(),
                ..mine.clone()
            },
            Request {
                nonce: 6,
                ..mine.clone()
            },
            Request {
                deadline: 86_400_001,
                ..mine.clone()
            },
            request(bytes + 1),
        ];
        for other in others {
            assert_ne!(other.message(&DOMAIN), mine.message(&DOMAIN));
            assert_ne!(other.text(&DOMAIN), mine.text(&DOMAIN));
        }
    }
}

#[test]
fn the_text_says_what_is_signed_and_what_binds_it() {
    let request = Request {
        deadline: 1_795_780_800_250,
        ..request(2)
    };
    let mut digest = [0; 32];
    Blake2x256::hash(&request.encode(), &mut digest);
    let digest = digest.map(|byte| format!("{byte:02x}")).concat();
    let expected = [
        "Test: say 0x0101".to_owned(),
        "nonce: 5".to_owned(),
        "deadline: 2026-11-27 12:00:00.250 UTC".to_owned(),
        format!("request: 0x{digest}"),
        "purpose: allive/test/v1  ".to_owned(),
        format!("chain: 0x{}", "07".repeat(32)),
        format!("contract: 0x{}", "09".repeat(32)),
    ];
    let text = String::from_utf8(request.text(&DOMAIN)).unwrap();
    assert_eq!(text, expected.join("\n"));
}

fn shown(write: impl Fn(&mut Text)) -> String {
    let mut text = Text::default();
    write(&mut text);
    String::from_utf8(text.as_ref().to_vec()).unwrap()
}

#[test]
fn amounts_are_shown_in_whole_tokens() {
    for (amount, expected) in [
        (0, "0.00000000"),
        (1, "0.00000001"),
        (100_000_000, "1.00000000"),
        (1_234_567_890, "12.34567890"),
        (u128::MAX, "3402823669209384634633746074317.68211455"),
    ] {
        let text = shown(|text| {
            text.amount(amount, 8);
        });
        assert_eq!(text, expected);
    }
    let largest = shown(|text| {
        text.number(u128::MAX).words(" ").number(0_u8);
    });
    assert_eq!(largest, format!("{} 0", u128::MAX));
}

#[test]
fn moments_are_shown_as_people_write_them() {
    for (moment, expected) in [
        (0, "1970-01-01 00:00:00.000 UTC"),
        (951_782_399_999, "2000-02-28 23:59:59.999 UTC"),
        (951_868_799_000, "2000-02-29 23:59:59.000 UTC"),
        (951_868_800_000, "2000-03-01 00:00:00.000 UTC"),
        (1_735_689_599_000, "2024-12-31 23:59:59.000 UTC"),
        (1_735_689_600_000, "2025-01-01 00:00:00.000 UTC"),
        (4_107_542_400_000, "2100-03-01 00:00:00.000 UTC"),
    ] {
        let text = shown(|text| {
            text.moment(moment);
        });
        assert_eq!(text, expected);
    }
    // Nothing overflows.
    shown(|text| {
        text.moment(u64::MAX);
    });
}
