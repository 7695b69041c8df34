//! Calls to and from other contracts whose bytes a user composed.
//!
//! ink! decodes the answer of a reverted call like any other, so a contract could revert and still
//! answer "done". [`call`] asks the chain instead whether the call was reverted. And ink! ignores
//! bytes after the last argument of a message; [`Last`] refuses them.

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
    /// The contract reverted: it returned an error, or does not know the message.
    Refused,
    /// The contract trapped, or ran out of gas.
    Trapped,
    /// There is no contract at this address.
    NoContract,
    /// The caller holds too few coins.
    NotPaid,
    /// The chain refused for another reason.
    Other,
}

/// Sends `input`, a selector and its arguments in SCALE, to `target`, with `value` coins and all
/// the gas that is left. The answer is not read: the call succeeds if the chain did not revert it.
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

/// In a native build, for metadata and unit tests, there is no chain.
///
/// # Errors
/// [`Failure::Other`].
#[cfg(feature = "std")]
pub fn call(_: &AccountId, _: &[u8], _: u128) -> Result<(), Failure> {
    Err(Failure::Other)
}
