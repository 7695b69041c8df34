//! Escrow: money that a contract keeps for others.
//!
//! A contract that keeps money for others has three duties, and each is a part of this library.
//!
//! - **It counts a payment only once it arrived.** A token that keeps a fee, or that lies, would
//!   deliver less than it says. So after each payment the contract asks the token for its balance.
//!   There are two forms of this check:
//!
//!   | | the balance afterwards is at least | costs | a donation |
//!   |---|---|---|---|
//!   | [`Owed::collect`], [`Owed::receive`] | all that the contract owes | a read and a write of the sum, one question to the token | could cover a lie, but no claim is at risk |
//!   | [`collect`] | the balance before, and the payment | two questions to the token | covers no lie |
//!
//!   A contract that keeps one sum of all that it owes uses the first form, and shows the sum to
//!   everybody. A contract whose money lies in many cells, which change without a payment, uses the
//!   second one. In both forms the token cannot call the contract in between: the chain refuses to
//!   enter a contract again that did not allow it.
//! - **It remembers whose the money is.** [`Credits`] has a cell for each account. Money is moved
//!   to a credit by a rule of the contract, which calls nobody. Only the account itself has it paid
//!   out. So a payee or a token that fails blocks nobody else.
//! - **It pays an heir.** A part of a [`Credit`] counts from the moment of the holding that it
//!   comes from. If the key of the account left its identity, what counts from before is the
//!   heir's, and what counts from later stays.
//!
//! What a payment is for, and when a credit is due, are rules of the contract that uses this.

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

mod credit;
mod credits;
mod error;
mod owed;

pub use credit::{Credit, Part, MAX_PARTS};
pub use credits::{Credits, Heirs};
pub use error::PaymentError;
pub use owed::{collect, Owed, Token};
