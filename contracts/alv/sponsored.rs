//! What a holder signs so that somebody else can submit it and pay for it.

use allive_access::Account;
use allive_signatures::Purpose;

/// Begins every signed request of ALV; see [`allive_signatures::Message`] for what follows.
pub const PURPOSE: Purpose = *b"allive/alv/v1   ";

/// What a holder signs. Each nonce is used once, in order. To cancel a request, use its nonce for
/// another one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Request {
    /// The holder, who signs.
    pub owner: Account,
    /// The action to carry out.
    pub action: Action,
    /// The owner's next nonce.
    pub nonce: u128,
    /// The last moment, in milliseconds, at which this may be submitted.
    pub deadline: u64,
}

/// The actions that a signature can authorise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Action {
    /// As [`psp22::PSP22::transfer`].
    Transfer {
        /// Who is paid.
        to: Account,
        /// How much, in the smallest unit.
        value: u128,
    },
    /// As [`psp22::PSP22::approve`].
    Approve {
        /// Who may spend.
        spender: Account,
        /// How much, in the smallest unit, in place of any earlier allowance.
        value: u128,
    },
}
