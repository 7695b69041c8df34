//! Common parts of the suite's tokens: the traits of PSP22 and of a payment that its payee is told
//! of, and the ledger of balances and allowances.
//!
//! A contract that links this crate lists the events of a token in its metadata. Whoever merely
//! calls tokens needs `allive-psp22-interface`.

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

mod ledger;
mod payable;
mod standard;
mod testing;

pub use ledger::{Ledger, LedgerError};
pub use payable::{PSP22Payable, MAX_DATA, ON_RECEIVED};
pub use standard::PSP22;
