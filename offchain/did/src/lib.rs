//! The DID method of Olife ID, as docs/did-method.md specifies it. This crate reads and writes
//! DIDs, and makes the document of an identity from its state on chain. It works offline.
//!
//! ```
//! use allive_did::{Did, DidError};
//!
//! let text = format!("did:allive:{}:{}:7", "0a".repeat(32), "0b".repeat(32));
//! let did: Did = text.parse()?;
//! assert_eq!((did.genesis, did.contract, did.identity), ([0x0a; 32], [0x0b; 32], 7));
//! assert_eq!(did.to_string(), text);
//! assert_eq!("did:web:example.org".parse::<Did>(), Err(DidError::OtherMethod("web".into())));
//! # Ok::<(), DidError>(())
//! ```

#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

mod account;
mod did;
mod document;
mod resolution;

pub use did::{Did, DidError, HexFault, METHOD};
pub use document::{fragment, Document, Metadata, Relation, VerificationMethod};
pub use resolution::{Missing, Resolution, ResolutionError, Resolved, CONTENT_TYPE};
