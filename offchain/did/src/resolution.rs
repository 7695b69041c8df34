//! The results of resolving a DID, with the names of DID Resolution.

use crate::{Did, DidError, Document, Metadata};
use olife_id::Identity;
use serde::{ser::SerializeMap, Serialize, Serializer};

/// The media type of a printed document.
pub const CONTENT_TYPE: &str = "application/did+ld+json";

/// A document and its metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The document.
    pub document: Document,
    /// Its metadata.
    pub metadata: Metadata,
}

impl Resolved {
    /// Of an identity on a chain with this prefix of addresses (SS58).
    pub fn new(did: &Did, identity: &Identity, address_prefix: u16) -> Self {
        Self {
            document: Document::new(did, identity, address_prefix),
            metadata: Metadata::new(identity),
        }
    }
}

/// Why there is no document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResolutionError {
    /// The text is not a DID, or is one of another method.
    #[error(transparent)]
    Did(#[from] DidError),
    /// There is no such identity.
    #[error(transparent)]
    NotFound(#[from] Missing),
    /// The chain, or this machine, did not answer as it should.
    #[error("{0}")]
    Internal(String),
}

/// What was not found. Hashes and accounts are written as in a DID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The chain of the DID is not the one that is connected.
    #[error("the identity is of the chain {asked}, and this one is {connected}", asked = hex::encode(asked), connected = hex::encode(connected))]
    OtherChain {
        /// The genesis hash in the DID.
        asked: [u8; 32],
        /// That of the chain.
        connected: [u8; 32],
    },
    /// There is no contract at the account.
    #[error("there is no contract {}", hex::encode(.0))]
    NoContract([u8; 32]),
    /// The code of the contract is not known as that of Olife ID.
    #[error("the contract {contract} runs the code {code}, which is no known code of Olife ID", contract = hex::encode(contract), code = hex::encode(code))]
    UnknownCode {
        /// The contract.
        contract: [u8; 32],
        /// The hash of its code.
        code: [u8; 32],
    },
    /// No identity has this number yet.
    #[error("no identity has the number {0}")]
    NoIdentity(u64),
}

impl ResolutionError {
    /// The error's name in DID Resolution.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Did(DidError::OtherMethod(_)) => "methodNotSupported",
            Self::Did(_) => "invalidDid",
            Self::NotFound(_) => "notFound",
            Self::Internal(_) => "internalError",
        }
    }
}

/// The result of resolving, serialized as DID Resolution specifies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution<'a>(pub Result<&'a Resolved, &'a ResolutionError>);

impl Serialize for Resolution<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Found {
            #[serde(rename = "contentType")]
            content_type: &'static str,
        }
        #[derive(Serialize)]
        struct Failed {
            error: &'static str,
            message: String,
        }
        #[derive(Serialize)]
        struct Nothing {}
        let mut map = serializer.serialize_map(Some(3))?;
        match self.0 {
            Ok(resolved) => {
                let content_type = CONTENT_TYPE;
                map.serialize_entry("didResolutionMetadata", &Found { content_type })?;
                map.serialize_entry("didDocument", &resolved.document)?;
                map.serialize_entry("didDocumentMetadata", &resolved.metadata)?;
            }
            Err(failure) => {
                let failed = Failed {
                    error: failure.name(),
                    message: failure.to_string(),
                };
                map.serialize_entry("didResolutionMetadata", &failed)?;
                map.serialize_entry("didDocument", &None::<()>)?;
                map.serialize_entry("didDocumentMetadata", &Nothing {})?;
            }
        }
        map.end()
    }
}
