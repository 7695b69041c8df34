//! How a contract of the suite calls a PSP22 token, without trusting it.
//!
//! A token may refuse, trap, or return bytes that cannot be decoded. Each is an error that the
//! caller can return, so that everything is undone.

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

mod client;
mod standard;

pub use client::{answered, done, Answer, Psp22Client, TokenError};
pub use standard::{PSP22Error, PSP22};
