//! Health records off chain: from a FHIR bundle to a commitment that the chain
//! can hold, and from there to showing chosen entries to a grantee.
//!
//! The chain never sees a record. It stores one hash, the [`commitment`], over the root of a Merkle
//! tree. The tree has one leaf for each entry of the bundle, and every leaf has its own salt. A
//! grantee receives a [`Disclosure`]: the granted entries, their salts and proofs, and the opening
//! of the commitment. It is verified against the hash on chain. It reveals nothing about the other
//! entries except their number and the positions of the disclosed ones.
//!
//! ```
//! use allive_records::{Bundle, Disclosure, Limits, Record, RecordSecret};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let text = br#"{ "resourceType": "Bundle", "type": "collection", "entry": [
//!     { "resource": { "resourceType": "Patient", "id": "p" } },
//!     { "resource": { "resourceType": "Basic", "id": "b", "code": {} } }
//! ] }"#;
//! let (chain, contract, owner) = ([1; 32], [2; 32], [3; 32]);
//!
//! // The patient's side.
//! let bundle = Bundle::from_slice(text, &Limits::default())?;
//! let record = Record::new(bundle, RecordSecret::generate()?)?;
//! let on_chain = record.commitment(chain, contract, owner);
//! let sent = serde_json::to_string(&record.disclose(&[1])?)?;
//!
//! // The grantee's side.
//! let received: Disclosure = serde_json::from_str(&sent)?;
//! let shown = received.verify(on_chain, chain, contract, owner)?;
//! assert_eq!(shown[0].value()["resource"]["id"], "b");
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod bundle;
pub mod canonical;
mod commitment;
mod disclosure;
pub mod json;
mod lexical;
mod record;

pub use bundle::{Bundle, BundleError, Entry, Limits};
pub use commitment::{commitment, LEAF_DOMAIN, RECORD_DOMAIN};
pub use disclosure::{DisclosedEntry, Disclosure, DisclosureError, VerifiedEntry};
pub use json::JsonError;
pub use record::{DiscloseError, Record, RecordError, RecordSecret, RecordTree};
