//! The life of a pack, out of the events of provenance alone.
//!
//! ```text
//! events of the contract ─ read ─▶ facts ─ Trace::of ─▶ entries ─┬─ timeline ─▶ a table for people
//!                                                                └─ epcis ────▶ EPCIS 2.0
//! ```
//!
//! - [`read`] makes a [`Fact`] of an event. It is the one place that knows how events look on the
//!   chain.
//! - [`concerned`] says which lots to ask the chain for: events do not say the code, the expiry and
//!   the count of a lot.
//! - [`Trace::of`] replays the facts by the contract's own rules, and keeps what concerns one pack,
//!   one lot or one container: a list of [`Entry`]s, each with what it means.
//! - [`timeline`] writes them as rows of a table.
//! - [`epcis`] writes them as a document of EPCIS 2.0, with the hash of each event.
//!
//! Nothing here asks a chain.

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

mod concern;
mod entry;
pub mod epcis;
mod error;
mod fact;
mod history;
mod read;
mod standing;
mod timeline;
mod timers;
mod trace;
pub mod words;

pub use concern::{concerned, Subject};
pub use entry::{About, By, Entry, Goods, What, Whose};
pub use error::TraceError;
pub use fact::{Fact, Moment, Recorded};
pub use history::History;
pub use read::read;
pub use standing::Standing;
pub use timeline::{timeline, Row};
pub use trace::Trace;
pub use words::Names;
