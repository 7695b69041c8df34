use crate::Domain;
use ink::{
    env::hash::{Blake2x256, CryptoHash},
    prelude::vec::Vec,
    scale::Encode,
};

const OPEN: &[u8] = b"<Bytes>";
const CLOSE: &[u8] = b"</Bytes>";

/// The bytes that a Substrate key signs for a request: see the [crate](crate).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Between the tags of polkadot.js.
    wrapped: Vec<u8>,
}

impl Message {
    /// The most bytes of a message, tags included.
    pub const LONGEST: usize = 256;

    /// What is signed for `request`, a request in SCALE.
    pub(crate) fn new(domain: &Domain, request: &[u8]) -> Self {
        let mut wrapped = Vec::with_capacity(Self::LONGEST);
        for part in [OPEN, domain.purpose, domain.chain, domain.contract.as_ref()] {
            wrapped.extend_from_slice(part);
        }
        let length = wrapped.len().saturating_add(request.len());
        if length.saturating_add(CLOSE.len()) > Self::LONGEST {
            wrapped.extend_from_slice(&digest(request));
        } else {
            wrapped.extend_from_slice(request);
        }
        wrapped.extend_from_slice(CLOSE);
        Self { wrapped }
    }

    /// The message as the polkadot.js extension signs it.
    pub fn wrapped(&self) -> &[u8] {
        &self.wrapped
    }

    /// The message as hardware and command-line signers sign it.
    pub fn raw(&self) -> &[u8] {
        let end = self.wrapped.len().saturating_sub(CLOSE.len());
        self.wrapped.get(OPEN.len()..end).unwrap_or_default()
    }
}

/// BLAKE2b-256.
pub(crate) fn digest(bytes: &[u8]) -> [u8; 32] {
    let mut digest = [0; 32];
    Blake2x256::hash(bytes, &mut digest);
    digest
}

/// A request in SCALE.
#[inline(never)]
pub(crate) fn encoded(request: &impl Encode) -> Vec<u8> {
    request.encode()
}
