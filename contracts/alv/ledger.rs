//! What the token knows about accounts.

use allive_psp22::Entry as Standard;
use ink::{
    primitives::AccountId,
    scale::{Encode, EncodeLike, Output},
};

/// What the ledger keeps a number of. One mapping for all: each way in and out exists once.
#[derive(Clone, Copy)]
#[ink::scale_derive(TypeInfo)]
pub enum Entry<'a> {
    /// Units that an account holds.
    Balance(&'a AccountId),
    /// Units of the first account that the second may spend.
    Allowance(&'a AccountId, &'a AccountId),
    /// Requests of an account that were submitted.
    Nonce(&'a AccountId),
    /// One if the account holds the role.
    Role(&'a AccountId, u32),
}

impl<'a> From<Standard<'a>> for Entry<'a> {
    fn from(entry: Standard<'a>) -> Self {
        match entry {
            Standard::Balance(holder) => Self::Balance(holder),
            Standard::Allowance(owner, spender) => Self::Allowance(owner, spender),
        }
    }
}

impl EncodeLike<Entry<'static>> for Entry<'_> {}

impl Encode for Entry<'_> {
    fn encode_to<T: Output + ?Sized>(&self, dest: &mut T) {
        match self {
            Self::Balance(holder) => (0u8, holder).encode_to(dest),
            Self::Allowance(owner, spender) => (1u8, owner, spender).encode_to(dest),
            Self::Nonce(signer) => (2u8, signer).encode_to(dest),
            Self::Role(account, role) => (3u8, account, role).encode_to(dest),
        }
    }
}
