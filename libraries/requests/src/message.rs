use crate::{Domain, Signature};
use allive_signatures::verify;
use ink::{
    env::hash::{Blake2x256, CryptoHash},
    prelude::vec::Vec,
    primitives::AccountId,
    scale::Encode,
};

const OPEN: &[u8] = b"<Bytes>";
const CLOSE: &[u8] = b"</Bytes>";

/// The bytes that a Substrate key signs: see the [crate](crate). A statement that is no request,
/// because it has another kind of life than a nonce and a deadline, is signed in the same form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Between the tags of polkadot.js.
    wrapped: Vec<u8>,
}

impl Message {
    /// The most bytes of a message, tags included.
    pub const LONGEST: usize = 256;

    /// What is signed for a request or another statement.
    pub fn of(domain: &Domain, statement: &impl Encode) -> Self {
        Self::new(domain, &encoded(statement))
    }

    /// What is signed for `request`, in SCALE.
    fn new(domain: &Domain, request: &[u8]) -> Self {
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

    /// Whether `signature` is `signer`'s over this message, wrapped or raw. Nobody signs for the
    /// account of 32 zero bytes.
    pub fn is_signed_by(&self, signer: &AccountId, signature: &Signature) -> bool {
        verify(self.wrapped(), signer, signature) || verify(self.raw(), signer, signature)
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
