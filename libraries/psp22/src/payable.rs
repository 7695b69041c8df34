//! A payment that its payee is told of in the same message.

use allive_access::Account;
use allive_call::call;
use ink::{prelude::vec::Vec, primitives::AccountId, scale::Encode};
use psp22::PSP22Error;

/// `on_received(from: AccountId, value: u128, ...)`, what ERC-1363 calls `onTransferReceived`.
/// Further arguments are what the payer gave.
pub const ON_RECEIVED: [u8; 4] = ink::selector_bytes!("PSP22Receiver::on_received");

/// The most bytes that a payer can give for the receiver.
pub const MAX_DATA: usize = 255;

/// A token that tells a contract of a payment to it, as the payable tokens of ERC-1363 do.
#[ink::trait_definition]
pub trait PSP22Payable {
    /// Holder: pays the contract `to` and notifies it in the same message. If the contract does not
    /// accept, everything is undone. `data` has up to [`MAX_DATA`] bytes: the encoded arguments of
    /// the contract's message `on_received` after payer and value. To learn why it would refuse,
    /// dry-run that message with the token as origin.
    ///
    /// A contract cannot be its own receiver: a payment to oneself moves nothing.
    ///
    /// # Errors
    /// `Custom("TooMuchData")`; those of a transfer; `InsufficientBalance`, also if the payer is
    /// the receiver; `Custom("NotAccepted")`.
    #[ink(message)]
    fn transfer_and_call(
        &mut self,
        to: Account,
        value: u128,
        data: Vec<u8>,
    ) -> Result<(), PSP22Error>;
}

/// Notifies `receiver` that `from` paid it `value`, with `data` as further arguments in SCALE.
/// Returns whether the receiver accepted: whether its call succeeded, whatever it returned.
pub(crate) fn announce(receiver: &AccountId, from: &AccountId, value: u128, data: &[u8]) -> bool {
    let mut input: Vec<u8> = (ON_RECEIVED, from, value).encode();
    input.extend_from_slice(data);
    call(receiver, &input, 0).is_ok()
}
