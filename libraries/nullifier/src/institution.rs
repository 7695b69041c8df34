use crate::{Domain, Nullifier, Scope};
use allive_requests::ChainId;
use hmac::{
    digest::{Key, KeyInit},
    Hmac, Mac,
};
use ink::{primitives::AccountId, scale::Encode};
use sha2::Sha256;

/// The secret key of an institution, from which its nullifiers are made.
///
/// The members of a federation share one. Whoever has it can find out whom a nullifier is about, by
/// trying every subject. Whoever loses it can no longer recognise anybody.
pub struct SecretKey([u8; 32]);

impl SecretKey {
    /// The key with these bytes, which must be random.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The nullifier of a subject. The parts before the subject have fixed lengths, so no subject
    /// can be mistaken for one of another domain or scope.
    ///
    /// `subject` is the name under which the institution's files know the person or the encounter.
    /// It must be one that never changes and is never given to another.
    #[must_use]
    pub fn nullifier(
        &self,
        domain: Domain,
        chain: &ChainId,
        contract: &AccountId,
        scope: Scope,
        subject: &[u8],
    ) -> Nullifier {
        // RFC 2104: a key that is shorter than a block is padded with zeros.
        let mut block = Key::<Hmac<Sha256>>::default();
        for (place, byte) in block.iter_mut().zip(self.0) {
            *place = byte;
        }
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&block);
        mac.update(domain.bytes());
        mac.update(chain);
        mac.update(contract.as_ref());
        mac.update(&scope.encode());
        mac.update(subject);
        mac.finalize().into_bytes().into()
    }
}
