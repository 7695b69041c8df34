//! Texts signed by Ethereum wallets (`personal_sign`, EIP-191 version `0x45`).

use crate::{blake2_256, ChainId, Purpose};
use ink::{
    env::hash::{CryptoHash, Keccak256},
    prelude::vec::Vec,
    primitives::AccountId,
};

/// An Ethereum address: the last twenty bytes of the Keccak-256 hash of the public key.
pub type Address = [u8; 20];

/// A compressed public key of secp256k1.
pub type PublicKey = [u8; 33];

/// The address whose key signed `text` by EIP-191, or `None` if the signature is malformed.
///
/// `signature` is r ‖ s ‖ v as wallets return it, see [`recover`].
pub fn signer_of(text: &[u8], signature: &[u8; 65]) -> Option<Address> {
    address_of(&key_of(text, signature)?)
}

/// The compressed public key that signed `text` by EIP-191, or `None` if the signature is
/// malformed.
pub fn key_of(text: &[u8], signature: &[u8; 65]) -> Option<PublicKey> {
    recover(&personal_hash(text), signature)
}

/// The Ethereum address of a key, or `None` if it is no point of the curve.
pub fn address_of(key: &PublicKey) -> Option<Address> {
    let mut address = [0; 20];
    ink::env::ecdsa_to_eth_address(key, &mut address).ok()?;
    Some(address)
}

/// The Substrate account of a key: its BLAKE2b-256 hash.
pub fn account_of(key: &PublicKey) -> AccountId {
    AccountId(blake2_256(key))
}

/// The compressed public key whose ECDSA signature of `hash` this is, or `None` if there is none.
///
/// `signature` is r ‖ s ‖ v. `v` is 27 or 28, as Ethereum wallets write it, or 0 or 1, as Substrate
/// does. The host subtracts 27 from what is larger than 26; but it would also take 2 and 3, and so
/// 29 and 30, which no wallet writes.
pub fn recover(hash: &[u8; 32], signature: &[u8; 65]) -> Option<PublicKey> {
    let [.., v] = signature;
    if !matches!(v, 0 | 1 | 27 | 28) {
        return None;
    }
    let mut key = [0; 33];
    ink::env::ecdsa_recover(signature, hash, &mut key).ok()?;
    Some(key)
}

/// Keccak-256 of `"\x19Ethereum Signed Message:\n"` ‖ decimal length ‖ text, as EIP-191 defines it.
pub fn personal_hash(text: &[u8]) -> [u8; 32] {
    let mut bytes = Vec::from(&b"\x19Ethereum Signed Message:\n"[..]);
    push_decimal(&mut bytes, text.len());
    bytes.extend_from_slice(text);
    let mut hash = [0; 32];
    Keccak256::hash(&bytes, &mut hash);
    hash
}

/// A text that a person can read in the wallet before signing: one statement, then what binds it.
///
/// ```text
/// <statement> 0x<account>
/// purpose: <purpose>
/// chain: 0x<chain>
/// contract: 0x<contract>
/// ```
pub fn text(
    statement: &str,
    account: &AccountId,
    purpose: &Purpose,
    chain: &ChainId,
    contract: &AccountId,
) -> Vec<u8> {
    let mut text = Vec::from(statement.as_bytes());
    text.push(b' ');
    push_hex(&mut text, account.as_ref());
    text.extend_from_slice(b"\npurpose: ");
    text.extend_from_slice(purpose);
    text.extend_from_slice(b"\nchain: ");
    push_hex(&mut text, chain);
    text.extend_from_slice(b"\ncontract: ");
    push_hex(&mut text, contract.as_ref());
    text
}

/// Written by hand: `core::fmt` would add 2,000 bytes of code.
fn push_decimal(text: &mut Vec<u8>, number: usize) {
    let tens = number.checked_div(10).unwrap_or_default();
    if tens > 0 {
        push_decimal(text, tens);
    }
    let ones = number.saturating_sub(tens.saturating_mul(10));
    text.push(b'0'.saturating_add(u8::try_from(ones).unwrap_or_default()));
}

fn push_hex(text: &mut Vec<u8>, bytes: &[u8]) {
    text.extend_from_slice(b"0x");
    for byte in bytes {
        for nibble in [byte >> 4, byte & 0x0f] {
            text.push(match nibble {
                0..=9 => b'0'.saturating_add(nibble),
                _ => b'a'.saturating_add(nibble.saturating_sub(10)),
            });
        }
    }
}
