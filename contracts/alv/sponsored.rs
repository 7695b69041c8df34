//! What a holder signs so that somebody else can submit it and pay for it.

use allive_access::Account;
use allive_signatures::Purpose;

/// Begins every signed request of ALV; see [`allive_signatures::Message`] for what follows.
pub const PURPOSE: Purpose = *b"allive/alv/v1   ";

/// A holder's signed wish. Each nonce is used once, in order; a request that was signed in error is
/// cancelled by using its nonce for another.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Request {
    /// The holder, who signs.
    pub owner: Account,
    /// What shall be done.
    pub action: Action,
    /// The owner's next nonce.
    pub nonce: u128,
    /// The last moment, in milliseconds, at which this may be submitted.
    pub deadline: u64,
}

/// What can be done by signature.
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
