use allive_signatures::{verify, Signature};
use ink::{
    primitives::AccountId,
    scale::{Decode, Encode},
};

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
    assert!(ink::env::sr25519_verify(&constant, b"anything", nobody.as_ref()).is_ok());
    let constant = Signature::Sr25519(constant);
    assert!(!verify(b"anything", &nobody, &constant));
}
