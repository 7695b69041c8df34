//! Signed requests: a person signs what a contract shall do for her, and anybody submits it and
//! pays for it.
//!
//! A [`Request`] names its signer, the action, a nonce and a deadline. A contract accepts it by
//! [`Nonces::accept`], which checks all of this and uses the nonce up. Then it acts as if the
//! signer had sent the message herself.
//!
//! # What is signed
//! The [`Message`], in SCALE:
//!
//! | bytes | what |
//! |---|---|
//! | 16 | the purpose: ASCII that no other kind of message begins with |
//! | 32 | the chain: its genesis hash |
//! | 32 | the contract |
//! | the rest | the request: signer, action, nonce (8 bytes), deadline (8 bytes); or, if the whole would be longer than [`Message::LONGEST`], the BLAKE2b-256 digest of the request in its place |
//!
//! If an action of a contract gets another layout or meaning, the purpose gets another version:
//! what was signed before must not be read as something else.
//!
//! The two forms cannot be confused. The one with a digest has 112 bytes; a request has more than
//! 32. So every request can be signed, and no key needs to sign more than it can show: hardware
//! wallets stop at 256 bytes.
//!
//! The message is accepted raw, as hardware and command-line signers sign it, and between
//! `<Bytes>` and `</Bytes>`, as the polkadot.js extension does.
//!
//! # Ethereum wallets
//! An Ethereum wallet shows a text to its owner (EIP-191, `personal_sign`). [`Request::text`] says
//! in words what is signed ([`Describe`]), then nonce and deadline, then the digest of the request,
//! and what binds it:
//!
//! ```text
//! ALV: pay 10.00000000 ALV to 0x90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22
//! nonce: 7
//! deadline: 2026-11-27 12:00:00.000 UTC
//! request: 0x<digest of the request>
//! purpose: allive/alv/v1␠␠␠
//! chain: 0x<genesis hash>
//! contract: 0x<contract>
//! ```
//!
//! (`␠` is a space; the first line begins with the contract's name for itself.) Such a signature
//! shows the public key. So it is valid for the account of that key, which is the BLAKE2b-256 hash
//! of the compressed key, and, where a contract knows them, for its Ethereum address.
//!
//! # Nonces and deadlines
//! A nonce is any number that the signer has not used yet. Requests are carried out in any order,
//! and relayers can work in parallel. 128 consecutive nonces share a cell, so a wallet should count
//! up. A request that was refused leaves its nonce unused, because an error undoes everything; it
//! can be submitted again until its deadline. A deadline is at most [`LONGEST`] ahead, so that
//! nothing signed is valid for ever, and a contract can forget what is older. A request that is
//! refused because its deadline is too far ahead becomes valid later: whoever regrets it cancels
//! it.
//!
//! Actions name records, grants and identities by number. A number is the same thing for ever once
//! its block is final, so a wallet signs no number from a block that is not.
//!
//! The account of 32 zero bytes signs nothing.

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

mod error;
mod message;
mod nonces;
mod request;
mod text;

pub use allive_signatures::{ChainId, Purpose, Signature};
pub use error::RequestError;
pub use message::Message;
pub use nonces::Nonces;
pub use request::{Domain, Request, Signer, LONGEST};
pub use text::{Describe, Text};
