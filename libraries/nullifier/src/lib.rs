//! Nullifiers: what an institution attests so that one person, or one encounter, counts once.
//!
//! A nullifier is a number that only the institution can make. It is always the same for the same
//! subject, so a contract notices when it comes a second time. It says nothing about the subject to
//! anybody who does not have the institution's secret key.
//!
//! ```text
//! nullifier = HMAC-SHA-256(secret key of the institution, domain ‖ chain ‖ contract ‖ scope ‖ subject)
//! ```
//!
//! (RFC 2104 with FIPS 180-4.) The [`Scope`] names the institution and a number in the contract. So
//! the same person has another nullifier on another chain, in another contract and in another
//! group, and nobody can see that they belong together.
//!
//! **One institution only.** Two institutions have two keys, so the same person or encounter has
//! two nullifiers with them. That is why a scope names one institution: one anchor of Olife ID, or
//! one federation that is an identity of its own and shares one secret key among its members. A
//! contract that uses nullifiers says in its README which institution its scopes name.
//!
//! A contract takes a [`Statement`], which the institution signed, and goes through these steps:
//!
//! 1. The scope of the statement is the contract's own: it names the institution that counts there.
//! 2. The statement's pseudonym is the account that acts.
//! 3. [`Statement::check`]: the signer signed it for this chain and contract, it has not expired,
//!    and it is not valid for longer than a year. It is signed in the form of
//!    [requests](allive_requests); the account of 32 zero bytes signs nothing.
//! 4. The signer is an attesting key of that institution now. Olife ID answers that.
//! 5. [`Nullifiers::spend`]: it was not used before.
//!
//! An institution makes nullifiers by `SecretKey`, with the feature `institution`.

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

#[cfg(feature = "institution")]
mod institution;
mod spent;
mod statement;

#[cfg(feature = "institution")]
pub use institution::SecretKey;
pub use spent::Nullifiers;
pub use statement::{NullifierError, Statement, PURPOSE};

/// A nullifier: 32 bytes that mean nothing without the secret key that made them.
pub type Nullifier = [u8; 32];

/// What a nullifier makes unique. It stands before everything else that is hashed, in 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Domain {
    /// One encounter: a visit, a stay, or an examination. Its subject is the number of the
    /// encounter in the institution's files.
    Encounter,
    /// One person. Its subject is the number of the person in the institution's files.
    Person,
}

impl Domain {
    /// The bytes with which the hashed message begins.
    pub const fn bytes(self) -> &'static [u8; 16] {
        match self {
            Self::Encounter => b"allive/encounter",
            Self::Person => b"allive/person   ",
        }
    }
}

/// Where a nullifier counts, besides the chain and the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Scope {
    /// The number of the institution's identity in Olife ID: an anchor, or a federation.
    pub institution: u64,
    /// The number of the group, the pool or the like in the contract. 0 if all of the contract is
    /// one scope.
    pub number: u64,
}
