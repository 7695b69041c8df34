//! What is measured of the contracts, what of their shape is held fast, and what their tests share.
//!
//! `snapshots/` at the root of the project holds the figures that were decided on, `clients/metadata/`
//! what front ends read. A difference fails a test until the file is changed in the same commit.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod acting;
pub mod costs;
pub mod filler;
pub mod interface;
pub mod meter;
pub mod scenarios;
pub mod snapshot;
pub mod standard;
