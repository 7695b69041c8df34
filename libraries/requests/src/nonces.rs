use crate::{request::is_timely, Describe, Domain, Request, RequestError, Signature, Signer};
use allive_access::{Account, Timestamp};
use ink::{
    scale::Encode,
    storage::{
        traits::{ManualKey, Packed},
        Mapping,
    },
};

/// Storage key.
const NONCES: u32 = u32::from_be_bytes(*b"NONC");

/// Nonces that share a cell, one bit each.
const PER_CELL: u64 = 128;

/// Which nonces every signer has used.
///
/// In the cell of a signer and a number `n`, bit `b` is set if nonce `128 n + b` was used.
#[ink::storage_item]
#[derive(Debug)]
pub struct Nonces<S: Packed = Account> {
    used: Mapping<(S, u64), u128, ManualKey<NONCES>>,
}

impl<S: Packed> Default for Nonces<S> {
    fn default() -> Self {
        Self {
            used: Mapping::new(),
        }
    }
}

impl<S: Packed + Signer> Nonces<S> {
    /// The cell `number` of `signer`.
    pub fn cell(&self, signer: &S, number: u64) -> u128 {
        self.used.get((signer, number)).unwrap_or_default()
    }

    /// Uses a nonce up, so that no request with it is carried out.
    ///
    /// # Errors
    /// `NonceUsed`.
    pub fn take(&mut self, signer: &S, nonce: u64) -> Result<(), RequestError> {
        let (number, bit) = place(nonce);
        let used = self.cell(signer, number);
        if used & bit != 0 {
            return Err(RequestError::NonceUsed);
        }
        self.used.insert((signer, number), &(used | bit));
        Ok(())
    }

    /// Checks that `request` may be carried out now, and uses its nonce up.
    ///
    /// # Errors
    /// `Expired`, `DeadlineTooFar`, `BadSignature`, `NonceUsed`.
    pub fn accept<A: Encode + Describe>(
        &mut self,
        request: &Request<A, S>,
        signature: &Signature,
        domain: &Domain,
        now: Timestamp,
    ) -> Result<(), RequestError>
    where
        S: Encode,
    {
        is_timely(request.deadline, now)?;
        if !request.is_signed(signature, domain) {
            return Err(RequestError::BadSignature);
        }
        self.take(&request.signer, request.nonce)
    }
}

/// The cell of a nonce among those of its signer, and the nonce's bit in it.
const fn place(nonce: u64) -> (u64, u128) {
    let bit = 1_u128.rotate_left((nonce % PER_CELL) as u32);
    (nonce / PER_CELL, bit)
}
