//! What a holder signs so that somebody else can submit it and pay for it.

use allive_access::Account;
use allive_requests::{Describe, Purpose, Text};
use ink::prelude::vec::Vec;

/// Begins every signed request of ALV; see [`allive_requests`] for what follows.
pub const PURPOSE: Purpose = *b"allive/alv/v1   ";

/// A holder's signed request. See [`allive_requests::Request`].
pub type Request = allive_requests::Request<Action>;

/// The actions that a signature can authorise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Action {
    /// As [`PSP22::transfer`](crate::PSP22).
    Transfer {
        /// Who is paid.
        to: Account,
        /// How much, in the smallest unit.
        value: u128,
    },
    /// As [`PSP22Payable::transfer_and_call`](crate::PSP22Payable).
    TransferAndCall {
        /// Which contract is paid and told.
        to: Account,
        /// How much, in the smallest unit.
        value: u128,
        /// What it is told besides: up to [`MAX_DATA`](crate::MAX_DATA) bytes.
        data: Vec<u8>,
    },
    /// As [`PSP22::approve`](crate::PSP22).
    Approve {
        /// Who may spend.
        spender: Account,
        /// How much, in the smallest unit, in place of any earlier allowance.
        value: u128,
    },
    /// Nothing but using the nonce up: as [`Alv::cancel`](crate::Alv::cancel) of this nonce.
    Cancel,
}

/// Digits of an amount after the point.
pub const DECIMALS: u8 = 8;

impl Describe for Action {
    fn describe(&self, text: &mut Text) {
        text.words("ALV: ");
        match self {
            Self::Transfer { to, value } => pay(text, *value, to),
            Self::TransferAndCall { to, value, data } => {
                pay(text, *value, to);
                text.words(" and tell it ").hex(data);
            }
            Self::Approve { spender, value } => {
                text.words("allow ").account(spender).words(" to spend ");
                text.amount(*value, DECIMALS);
                text.words(" ALV, in place of any earlier allowance");
            }
            Self::Cancel => {
                text.words("cancel the request with this nonce");
            }
        }
    }
}

/// "pay 10.00000000 ALV to 0x…"
fn pay(text: &mut Text, value: u128, to: &Account) {
    text.words("pay ").amount(value, DECIMALS).words(" ALV to ");
    text.account(to);
}
