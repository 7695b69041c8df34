//! Prescriptions: a clinician's commitment, and how often it can still be filled.

use crate::ProvenanceError;
use allive_access::Timestamp;
use allive_merkle::{leaf, Domain, Hash, Sha256};
use allive_olife_id_interface::IdentityId;
use ink::{prelude::vec::Vec, scale::Encode};

/// The key of a prescription: the BLAKE2b-128 hash of what [`prescription_key`] writes.
pub type PrescriptionId = [u8; 16];

/// Begins what is hashed to a lock.
pub const FILL_DOMAIN: Domain = *b"allive/fill/v1  ";

/// The most fills of a prescription.
pub const MAX_FILLS: u8 = 99;

/// The longest time in which a prescription can be filled: a year.
pub const LONGEST_PRESCRIPTION: Timestamp = 365 * 24 * 3_600_000;

/// What the hash of a [`PrescriptionId`] covers: prescriber and commitment in SCALE. So nobody
/// takes a commitment away from another.
pub fn prescription_key(prescriber: IdentityId, commitment: &Hash) -> Vec<u8> {
    (prescriber, commitment).encode()
}

/// The lock that a secret opens. Each secret is the lock of the next one, so that a patient has as
/// many as she may need out of one.
pub fn lock_of<H: Sha256>(secret: &Hash) -> Hash {
    leaf::<H>(&FILL_DOMAIN, secret)
}

/// That a dispensing is on a prescription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Fill {
    /// Which prescription.
    pub prescription: PrescriptionId,
    /// What opens its lock, from the patient.
    pub secret: Hash,
}

/// What a clinician says of a new prescription.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct NewPrescription {
    /// What, to whom, and how it is taken: a salted commitment to it.
    pub commitment: Hash,
    /// What the secret of the first fill is hashed to.
    pub lock: Hash,
    /// How often it can be filled.
    pub fills: u8,
    /// The moment from which on it cannot be filled any more.
    pub expires: Timestamp,
}

/// A prescription. What was prescribed to whom stays off chain, as does what filled it, but for the
/// pack.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Prescription {
    /// The clinician, in that role when it was prescribed.
    pub prescriber: IdentityId,
    /// How often it can still be filled.
    pub fills: u8,
    /// The moment from which on it cannot be filled any more.
    pub expires: Timestamp,
    /// What the secret of the next fill is hashed to.
    pub lock: Hash,
}

impl Prescription {
    /// A new prescription.
    ///
    /// # Errors
    /// `BadFills` unless it has 1 to [`MAX_FILLS`]; `BadDeadline` unless it expires after now,
    /// within [`LONGEST_PRESCRIPTION`].
    pub fn new(
        prescriber: IdentityId,
        new: &NewPrescription,
        now: Timestamp,
    ) -> Result<Self, ProvenanceError> {
        let NewPrescription {
            lock,
            fills,
            expires,
            ..
        } = *new;
        if fills == 0 || fills > MAX_FILLS {
            return Err(ProvenanceError::BadFills);
        }
        if expires <= now || expires > now.saturating_add(LONGEST_PRESCRIPTION) {
            return Err(ProvenanceError::BadDeadline);
        }
        Ok(Self {
            prescriber,
            fills,
            expires,
            lock,
        })
    }

    /// It is filled once, and the secret becomes the lock of the next fill.
    ///
    /// # Errors
    /// `Lapsed`, `NoFillLeft`, `WrongSecret`.
    pub fn fill<H: Sha256>(
        &mut self,
        secret: &Hash,
        now: Timestamp,
    ) -> Result<(), ProvenanceError> {
        self.only_valid(now)?;
        let left = self.fills.checked_sub(1);
        let left = left.ok_or(ProvenanceError::NoFillLeft)?;
        if lock_of::<H>(secret) != self.lock {
            return Err(ProvenanceError::WrongSecret);
        }
        self.fills = left;
        self.lock = *secret;
        Ok(())
    }

    /// A dispensing on it was undone. The secret was seen, so the next fill needs the next one.
    pub fn give_back(&mut self) {
        // Cannot overflow: it had this fill.
        self.fills = self.fills.saturating_add(1);
    }

    /// It cannot be filled any more.
    ///
    /// # Errors
    /// `Lapsed`.
    pub fn cancel(&mut self, now: Timestamp) -> Result<(), ProvenanceError> {
        self.only_valid(now)?;
        self.expires = now;
        Ok(())
    }

    /// Whether it can be forgotten: no dispensing on it can be undone any more.
    pub fn is_over(&self, now: Timestamp, undo: Timestamp) -> bool {
        now >= self.expires.saturating_add(undo)
    }

    fn only_valid(&self, now: Timestamp) -> Result<(), ProvenanceError> {
        let is_valid = now < self.expires;
        is_valid.then_some(()).ok_or(ProvenanceError::Lapsed)
    }
}
