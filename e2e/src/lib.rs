//! What is measured of the contracts, and what of their shape is held fast.
//!
//! `snapshots/` at the root of the project holds the figures that were decided on, `clients/metadata/`
//! what front ends read. A difference fails a test until the file is changed in the same commit.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod costs;
pub mod filler;
pub mod meter;
pub mod scenarios;
pub mod snapshot;
