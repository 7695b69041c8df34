//! How ALV notifies a contract of a payment to it.

use allive_call::call;
use ink::{prelude::vec::Vec, primitives::AccountId, scale::Encode};

/// `on_received(from: AccountId, value: u128, ...)`, what ERC-1363 calls `onTransferReceived`.
/// Further arguments are what the payer gave.
pub const ON_RECEIVED: [u8; 4] = ink::selector_bytes!("PSP22Receiver::on_received");

/// The most bytes that a payer can give for the receiver.
pub const MAX_DATA: usize = 255;

/// Notifies `receiver` that `from` paid it `value`, with `data` as further arguments in SCALE.
/// Returns whether the receiver accepted: whether its call succeeded, whatever it returned.
pub fn announce(receiver: &AccountId, from: &AccountId, value: u128, data: &[u8]) -> bool {
    let mut input: Vec<u8> = (ON_RECEIVED, from, value).encode();
    input.extend_from_slice(data);
    call(receiver, &input, 0).is_ok()
}
