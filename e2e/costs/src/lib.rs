//! What each message of each contract costs: one script for each contract calls every message of
//! it, on a state of any size.
//!
//! `snapshots/` at the root of the project holds the figures that were decided on,
//! `clients/metadata/` what front ends read. A difference fails a test until the file is changed
//! in the same commit.

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
pub mod page;
pub mod per_block;
pub mod prices;
pub mod probe;
pub mod provenance;
pub mod psp22;
pub mod snapshot;

use crate::meter::Measures;
use allive_calls::Code;

/// Measures every message of a contract whose mappings already hold this many cells each.
pub type Script = fn(&Code, u32) -> Measures;

/// The messages of a contract whose costs its users feel, and what each was measured to do where
/// its name does not say it.
pub type Hot = &'static [(&'static str, &'static str)];

/// The contracts of the suite, with their scripts and their hot messages.
pub const SUITE: &[(&str, Script, Hot)] = &[
    ("alv", alv::measure, alv::HOT),
    (
        "alv_distributor",
        alv_distributor::measure,
        alv_distributor::HOT,
    ),
    ("council", council::measure, council::HOT),
    (
        "derived_factory",
        derived_factory::measure,
        derived_factory::HOT,
    ),
    ("derived_token", derived_token::measure, derived_token::HOT),
    ("olife_id", olife_id::measure, olife_id::HOT),
    ("olife_nexus", olife_nexus::measure, olife_nexus::HOT),
    ("provenance", provenance::measure, provenance::HOT),
];
