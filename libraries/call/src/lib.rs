//! Calls whose bytes a user composed: how a contract makes one, and how it receives one.
//!
//! ink! reads the answer of a call that was undone like that of any other, so that a contract could
//! undo all and answer "done". Whoever calls a message of which it knows neither the type of the
//! answer nor whether that can be an error must ask the chain instead: [`call`]. And ink! passes
//! over bytes after the last argument of a message. Where a user composed them, [`Last`] refuses
//! them.

#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

mod last;

pub use last::Last;

use ink::primitives::AccountId;

/// Why a call to another contract failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Failure {
    /// The contract refused: it returned an error, or does not know the message.
    Refused,
    /// The contract trapped, or ran out of gas.
    Trapped,
    /// There is no contract at this address.
    NoContract,
    /// The caller holds too few coins.
    NotPaid,
    /// Another reason of the chain's.
    Other,
}

/// Sends `input`, a selector and its arguments in SCALE, to `target`, with `value` coins and all
/// the gas that is left. Whatever the contract answers, success is that the chain kept what it did.
///
/// # Errors
/// [`Failure`].
#[cfg(not(feature = "std"))]
pub fn call(target: &AccountId, input: &[u8], value: u128) -> Result<(), Failure> {
    use pallet_contracts_uapi::{CallFlags, HostFn, HostFnImpl, ReturnErrorCode};

    let called = HostFnImpl::call_v2(
        CallFlags::empty(),
        target.as_ref(),
        0,
        0,
        None,
        &value.to_le_bytes(),
        input,
        None,
    );
    called.map_err(|code| match code {
        ReturnErrorCode::CalleeReverted => Failure::Refused,
        ReturnErrorCode::CalleeTrapped => Failure::Trapped,
        ReturnErrorCode::NotCallable => Failure::NoContract,
        ReturnErrorCode::TransferFailed => Failure::NotPaid,
        _ => Failure::Other,
    })
}

/// Compiled natively, for metadata and for the rules, there is no chain.
///
/// # Errors
/// [`Failure::Other`].
#[cfg(feature = "std")]
pub fn call(_: &AccountId, _: &[u8], _: u128) -> Result<(), Failure> {
    Err(Failure::Other)
}
