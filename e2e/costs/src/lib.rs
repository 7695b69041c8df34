//! What each message of each contract costs: one script for each contract calls every message of it,
//! on a state of any size.
//!
//! `snapshots/` at the root of the project holds the figures that were decided on, `clients/metadata/`
//! what front ends read. A difference fails a test until the file is changed in the same commit.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod alv;
pub mod alv_distributor;
pub mod council;
pub mod derived_factory;
pub mod derived_token;
pub mod meter;
pub mod olife_id;
pub mod olife_nexus;
pub mod psp22;
pub mod snapshot;

use crate::meter::Measures;
use allive_calls::Code;

/// Measures every message of a contract whose mappings already hold this many cells each.
pub type Script = fn(&Code, u32) -> Measures;

/// The contracts of the suite, with their scripts.
pub const SUITE: &[(&str, Script)] = &[
    ("alv", alv::measure),
    ("alv_distributor", alv_distributor::measure),
    ("council", council::measure),
    ("derived_factory", derived_factory::measure),
    ("derived_token", derived_token::measure),
    ("olife_id", olife_id::measure),
    ("olife_nexus", olife_nexus::measure),
];
