//! What the tokens of the suite share: PSP22, its events, and the ledger of balances and
//! allowances.
//!
//! A contract that links this crate lists the events of a token in its metadata. Whoever merely
//! calls tokens needs `allive-token`.

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

mod events;
mod ledger;
mod standard;
mod testing;

pub use events::{Fact, Kind};
pub use ledger::{Entry, Ledger, Numbers};
pub use standard::{Data, PSP22};
