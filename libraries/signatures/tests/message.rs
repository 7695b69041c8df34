use allive_signatures::{Message, Signature};
use ink::{
    primitives::AccountId,
    scale::{Decode, Encode},
};

const PURPOSE: &[u8; 16] = b"allive/test/v1  ";
const CHAIN: [u8; 32] = [7; 32];
const CONTRACT: AccountId = AccountId([9; 32]);
const REQUEST: (u64, u128) = (1, 2);

fn message() -> Message {
    Message::new(PURPOSE, &CHAIN, &CONTRACT, &REQUEST)
}

#[test]
fn a_message_binds_purpose_chain_contract_and_request_in_this_order() {
    let mut expected = PURPOSE.to_vec();
    expected.extend([7; 32]);
    expected.extend([9; 32]);
    expected.extend(REQUEST.encode());
    assert_eq!(message().raw(), Some(&expected[..]));
}

#[test]
fn the_wrapped_form_is_the_raw_one_between_the_tags_of_polkadot_js() {
    let message = message();
    let expected = [b"<Bytes>", message.raw().unwrap(), b"</Bytes>"].concat();
    assert_eq!(message.wrapped(), Some(&expected[..]));
}

#[test]
fn another_purpose_chain_contract_or_request_is_another_message() {
    let others = [
        Message::new(b"allive/other/v1 ", &CHAIN, &CONTRACT, &REQUEST),
        Message::new(PURPOSE, &[8; 32], &CONTRACT, &REQUEST),
        Message::new(PURPOSE, &CHAIN, &AccountId([8; 32]), &REQUEST),
        Message::new(PURPOSE, &CHAIN, &CONTRACT, &(2u64, 2u128)),
    ];
    for other in others {
        assert_ne!(other.raw(), message().raw());
        assert_ne!(other.wrapped(), message().wrapped());
    }
}

#[test]
fn a_message_too_long_for_its_room_is_signed_by_nobody() {
    let fits = vec![0u8; Message::LONGEST - 16 - 32 - 32 - 2 - 15];
    let message = Message::new(PURPOSE, &CHAIN, &CONTRACT, &fits);
    assert_eq!(message.wrapped().map(<[u8]>::len), Some(Message::LONGEST));
    let long = vec![0u8; fits.len() + 1];
    let message = Message::new(PURPOSE, &CHAIN, &CONTRACT, &long);
    assert_eq!((message.wrapped(), message.raw()), (None, None));
    assert!(!message.is_signed_by(&CONTRACT, &Signature::Sr25519([0; 64])));
}

#[test]
fn a_signature_is_tagged_as_substrate_tags_it() {
    assert_eq!(Signature::Sr25519([3; 64]).encode()[..2], [1, 3]);
    assert_eq!(Signature::Ecdsa([3; 65]).encode()[..2], [2, 3]);
    let ed25519 = [&[0u8][..], &[3; 64]].concat();
    assert!(Signature::decode(&mut &ed25519[..]).is_err());
}

/// The key of 32 zero bytes is the neutral point: this signature of it is valid for every message.
#[test]
fn nobody_signs() {
    let nobody = AccountId([0; 32]);
    let mut constant = [0; 64];
    constant[63] = 0x80;
    let raw = message().raw().unwrap().to_vec();
    assert!(ink::env::sr25519_verify(&constant, &raw, nobody.as_ref()).is_ok());
    assert!(!message().is_signed_by(&nobody, &Signature::Sr25519(constant)));
}
