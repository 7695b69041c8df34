//! The words of supply chains off chain: GS1 identifiers and labels, EPCIS 2.0 documents, and the
//! hash of an event by CBV 2.0.
//!
//! - [`identifiers`] reads and writes what stands on a pack: GTIN, SSCC, GLN, serial, lot, expiry,
//!   the label as scanned, EPC URNs, GS1 Digital Links, and donation numbers of ISBT 128.
//! - [`hash`] computes the hash of an event, which every copy of the event has in common.
//! - [`vocabulary`] has the standard words of CBV 2.0.

#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

mod context;
pub mod hash;
pub mod identifiers;
mod time;
pub mod vocabulary;

pub use context::Context;
pub use hash::{event_hash, CbvVersion, EventHash};
pub use time::Timestamp;
