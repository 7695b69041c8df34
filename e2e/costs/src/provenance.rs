//! Every message of provenance, and every action of an identity.

mod cold_chain;
mod dispensing;
mod holders;
mod makers;
mod orders;
mod owner;
mod prescriptions;
mod queries;
mod samples;
mod stage;
mod warning;

pub use stage::{deploy, fill};

use crate::meter::{Measures, Meter};
use allive_calls::Code;
use allive_simulator::EmbeddedChain;
use cold_chain::cool;
use dispensing::dispense;
use holders::hold;
use makers::make;
use orders::progress;
use owner::govern;
use queries::ask;
use stage::stage;
use warning::{judge, warn};

/// The messages whose costs users feel.
pub const HOT: crate::Hot = &[
    ("act:commission", "2^20 packs with serials"),
    ("act:ship", ""),
    ("act:receive", "asks Olife ID for a role"),
    ("act:dispense", "a path of 20"),
    (
        "act:dispense, on a prescription",
        "a path of 20, and a fill",
    ),
    ("act:transform", "a run into a lot"),
    ("verify", "a path of 20"),
    ("act:pack", "a run into a new container"),
    ("act_for:ship", "a signed shipment"),
];

/// Measures every message beside `others` products, each with a lot, a run of it and a word of
/// dispensed packs; and every action.
///
/// # Panics
/// If a message is refused.
pub fn measure(code: &Code, others: u32) -> Measures {
    let mut chain = EmbeddedChain::new();
    let place = stage(&mut chain, code, others);
    let mut meter = Meter::new(chain);
    make(&mut meter, place);
    hold(&mut meter, place);
    dispense(&mut meter, place);
    warn(&mut meter, place);
    cool(&mut meter, place);
    judge(&mut meter, place);
    ask(&mut meter, place);
    progress(&mut meter, place);
    govern(&mut meter, place);
    meter.measures()
}
