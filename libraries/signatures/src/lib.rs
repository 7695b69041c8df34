//! Signatures, and the accounts and Ethereum addresses whose they are.
//!
//! The host of `pallet-contracts` verifies sr25519 and secp256k1. What is signed for a contract is
//! laid out by `allive_requests`; the text of a claim of the earlier token by [`ethereum::text`].

#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

pub mod ethereum;

use allive_access::NOBODY;
use ink::{
    env::hash::{Blake2x256, CryptoHash},
    primitives::AccountId,
};

/// What a signature is for: sixteen ASCII bytes that no other kind of message begins with.
pub type Purpose = [u8; 16];

/// Identifier of the chain: its genesis hash.
pub type ChainId = [u8; 32];

/// A signature, tagged by its scheme.
///
/// The tags are those of Substrate's `MultiSignature`; `signRaw` of a wallet leaves the tag out.
/// Tag 0 (ed25519) is refused at decoding: the host of `pallet-contracts` cannot verify it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Signature {
    /// Schnorr over Ristretto; the account is the public key.
    #[codec(index = 1)]
    Sr25519([u8; 64]),
    /// ECDSA over secp256k1 of the message's BLAKE2b-256 hash, recoverable; the account is the
    /// BLAKE2b-256 hash of the compressed public key.
    #[codec(index = 2)]
    Ecdsa([u8; 65]),
    /// ECDSA over secp256k1 of a text, by an Ethereum wallet (EIP-191, `personal_sign`),
    /// recoverable. The tag is the version byte of such texts, far from those that Substrate gives.
    #[codec(index = 0x45)]
    Eip191([u8; 65]),
}

/// Whether `signature` is `signer`'s over `bytes`. One by EIP-191 is over a text, and is verified
/// by [`ethereum::key_of`].
#[inline(never)]
pub fn verify(bytes: &[u8], signer: &AccountId, signature: &Signature) -> bool {
    // A constant signature of sr25519 is valid for it.
    if *signer == NOBODY {
        return false;
    }
    match signature {
        Signature::Sr25519(signature) => {
            ink::env::sr25519_verify(signature, bytes, signer.as_ref()).is_ok()
        }
        Signature::Ecdsa(signature) => ethereum::recover(&blake2_256(bytes), signature)
            .is_some_and(|key| ethereum::account_of(&key) == *signer),
        Signature::Eip191(_) => false,
    }
}

fn blake2_256(input: &[u8]) -> [u8; 32] {
    let mut output = [0; 32];
    Blake2x256::hash(input, &mut output);
    output
}
