//! The words of supply chains off chain: GS1 identifiers and labels, EPCIS 2.0 documents, and the
//! hash of an event by CBV 2.0.
//!
//! - [`identifiers`] reads and writes what stands on a pack: GTIN, SSCC, GLN, serial, lot, expiry,
//!   the label as scanned, EPC URNs, GS1 Digital Links, and donation numbers of ISBT 128.
//! - [`hash`] computes the hash of an event, which every copy of the event has in common.
//! - [`document`] reads EPCIS documents and says everything that is wrong with them at once.
//! - [`fmd`] says which status a pack has after an event by the EU Falsified Medicines Directive.
//! - [`vocabulary`] has the standard words of CBV 2.0.

//! ```
//! use allive_epcis::{Document, DocumentError, Limits};
//!
//! let text = br#"{
//!     "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
//!     "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-03-31T18:00:00Z",
//!     "epcisBody": { "eventList": [ {
//!         "type": "ObjectEvent", "action": "OBSERVE", "bizStep": "storing",
//!         "eventTime": "2026-03-02T08:00:00+01:00", "eventTimeZoneOffset": "+01:00",
//!         "epcList": ["https://id.gs1.org/00/095211410000000015"]
//!     } ] } }"#;
//! let Err(DocumentError::Faults(report)) = Document::from_slice(text, &Limits::default()) else {
//!     panic!("the check digit is wrong");
//! };
//! assert_eq!(
//!     report.to_string(),
//!     "event 0, epcList[0]: the check digit of SSCC 095211410000000015 is 5, but should be 4"
//! );
//! ```

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
pub mod document;
pub mod fmd;
pub mod hash;
pub mod identifiers;
mod time;
pub mod vocabulary;

pub use context::Context;
pub use document::{Document, DocumentError, Event, Fault, Limits, Problem, Report};
pub use hash::{event_hash, CbvVersion, EventHash};
pub use time::Timestamp;
