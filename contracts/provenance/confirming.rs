//! The patient confirms that she has a pack, with a secret that lies hidden on it.

use crate::{host::Host, place, Claim, LotId, PackId, Provenance, ProvenanceError, Step, Word};
use allive_merkle::{leaf, Domain, Sha256};

/// Begins what is hashed to the salt of a pack.
pub const SEAL_DOMAIN: Domain = *b"allive/seal/v1  ";

/// What lies hidden on a pack.
pub type Secret = [u8; 16];

/// The salt of the pack on which this secret lies: the first half of its hash. So the leaf of the
/// pack covers the secret, too, and nobody but who opens the pack knows it.
pub fn salt_of<H: Sha256>(secret: &Secret) -> [u8; 16] {
    let hash = leaf::<H>(&SEAL_DOMAIN, secret);
    let [salt @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = hash;
    salt
}

impl Provenance {
    pub(crate) fn confirm_pack(
        &mut self,
        claim: &Claim,
        secret: &Secret,
    ) -> Result<(), ProvenanceError> {
        let found = self.found(claim).map_err(ProvenanceError::Mismatch)?;
        let proof = claim.proof.as_ref().ok_or(ProvenanceError::NoSerials)?;
        if proof.salt != salt_of::<Host>(secret) {
            return Err(ProvenanceError::WrongSecret);
        }
        let (number, bit) = place(found.index);
        if !self.kept_word(found.id, number).has(bit) {
            return Err(ProvenanceError::NotDispensed);
        }
        let mut confirmed = self.confirmed_word(found.id, number);
        if confirmed.has(bit) {
            return Err(ProvenanceError::IsConfirmed);
        }
        confirmed.flip(bit);
        self.confirmed.insert((found.id, number), &confirmed.flags);
        let pack = PackId {
            lot: found.id,
            index: found.index,
        };
        self.trace(Step::PackConfirmed { pack });
        Ok(())
    }

    pub(crate) fn is_confirmed(&self, lot: LotId, index: u64) -> bool {
        let (number, bit) = place(index);
        self.confirmed_word(lot, number).has(bit)
    }

    fn confirmed_word(&self, lot: LotId, number: u64) -> Word {
        Word {
            flags: self.confirmed.get((lot, number)).unwrap_or_default(),
            ..Word::default()
        }
    }
}
