//! Capture: what the events of an EPCIS document ask of the chain.
//!
//! A document that [`allive_epcis`] has read and checked becomes a [`Plan`], event by event: the
//! [`Action`](provenance::Action)s of `contracts/provenance`, and who acts. Or it becomes a
//! [`Report`] of everything that the contract would refuse, by event and field. Nothing is sent
//! here.
//!
//! - [`Told`] is what a user says beside the document: who has which identity, lots, a deadline.
//! - [`Ledger`] is what the chain answers, however it is reached.
//! - [`plan`] carries the events out one after the other on a copy of what the ledger shows, by the
//!   contract's own rules.
//! - [`reached`] says whether the chain shows that an action was carried out.

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

mod cutting;
mod doing;
mod fault;
mod finding;
mod ledger;
mod lots;
mod meaning;
mod party;
mod plan;
mod planning;
mod reached;
mod readings;
mod refusal;
mod state;
mod told;
mod told_file;
mod who;
mod words;
mod world;

pub use fault::{Fault, Problem, Report};
pub use ledger::{lot_id, Ledger, NoChain, Unanswered};
pub use lots::{Labelled, LotError, Lots};
pub use party::{Parties, Party};
pub use plan::{Deed, Kept, Note, Plan, Step};
pub use planning::{plan, EventKey, PlanError};
pub use reached::reached;
pub use readings::{windowed, ReadingFault};
pub use told::{Item, Told};
pub use told_file::{KeyName, ToldError, ToldFile};
