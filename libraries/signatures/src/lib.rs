//! Signed requests: their author signs them, and anybody may submit them.
//!
//! A signature covers, in this order and SCALE-encoded: its [`Purpose`], the chain, the contract,
//! and the request itself with its own nonce and deadline. So it is not valid on another chain, for
//! another contract, or as another kind of message.
//!
//! Some wallets wrap what they sign. The polkadot.js extension signs `<Bytes>` ‖ message ‖
//! `</Bytes>`, so that a signed text cannot be mistaken for a transaction; hardware and
//! command-line signers sign the message itself. Both forms are accepted. Ethereum wallets sign a
//! text by EIP-191 (see [`ethereum`]).

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
    scale::{Encode, Output},
};

/// What a signature is for: sixteen ASCII bytes that no other kind of message begins with.
pub type Purpose = [u8; 16];

/// Identifier of the chain: its genesis hash.
pub type ChainId = [u8; 32];

const OPEN: &[u8] = b"<Bytes>";
const CLOSE: &[u8] = b"</Bytes>";

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

/// The bytes that an author signs, together with the tags in which wallets wrap them.
pub struct Message {
    bytes: [u8; Self::LONGEST],
    length: usize,
}

impl Message {
    /// The most bytes of a message, tags included. A longer one has no valid signature.
    pub const LONGEST: usize = 512;

    /// The message `purpose` ‖ `chain` ‖ `contract` ‖ `request`, each in SCALE.
    pub fn new(
        purpose: &Purpose,
        chain: &ChainId,
        contract: &AccountId,
        request: &impl Encode,
    ) -> Self {
        let mut message = Self {
            bytes: [0; Self::LONGEST],
            length: 0,
        };
        message.write(OPEN);
        message.write(purpose);
        message.write(chain);
        message.write(contract.as_ref());
        request.encode_to(&mut message);
        message.write(CLOSE);
        message
    }

    /// The message as hardware and command-line signers sign it. `None` if it is too long.
    pub fn raw(&self) -> Option<&[u8]> {
        let end = self.length.saturating_sub(CLOSE.len());
        self.wrapped()?.get(OPEN.len()..end)
    }

    /// The message as the polkadot.js extension signs it. `None` if it is too long.
    pub fn wrapped(&self) -> Option<&[u8]> {
        self.bytes.get(..self.length)
    }

    /// Whether `signature` is `signer`'s over this message, wrapped or raw.
    pub fn is_signed_by(&self, signer: &AccountId, signature: &Signature) -> bool {
        [self.wrapped(), self.raw()]
            .into_iter()
            .flatten()
            .any(|bytes| verify(bytes, signer, signature))
    }
}

impl Output for Message {
    #[inline(never)]
    fn write(&mut self, bytes: &[u8]) {
        let start = self.length;
        self.length = start.saturating_add(bytes.len());
        if let Some(room) = self.bytes.get_mut(start..self.length) {
            for (place, byte) in room.iter_mut().zip(bytes) {
                *place = *byte;
            }
        }
    }
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
