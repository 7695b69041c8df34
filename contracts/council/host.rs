//! What the council asks of the chain past ink!: a call that says whether it was undone, without
//! reading its answer.

use crate::{Failure, Selector};
use ink::primitives::AccountId;

/// Sends a message with all the gas that is left. Whatever the contract answers, success is that
/// the chain kept what it did.
#[cfg(not(feature = "std"))]
#[inline(never)]
pub fn call(
    target: &AccountId,
    selector: Selector,
    arguments: &[u8],
    value: u128,
) -> Result<(), Failure> {
    use ink::prelude::vec::Vec;
    use pallet_contracts_uapi::{CallFlags, HostFn, HostFnImpl, ReturnErrorCode};

    let mut input = Vec::from(selector);
    input.extend_from_slice(arguments);
    let called = HostFnImpl::call_v2(
        CallFlags::empty(),
        target.as_ref(),
        0,
        0,
        None,
        &value.to_le_bytes(),
        &input,
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
#[cfg(feature = "std")]
pub fn call(_: &AccountId, _: Selector, _: &[u8], _: u128) -> Result<(), Failure> {
    Err(Failure::Other)
}
