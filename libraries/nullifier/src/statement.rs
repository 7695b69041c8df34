use crate::{Domain, Nullifier, Scope};
use allive_requests::{ChainId, Message, Purpose, Signature, LONGEST};
use ink::primitives::AccountId;

/// Begins every signed statement; see [`allive_requests`] for what follows.
pub const PURPOSE: Purpose = *b"allive/nullifier";

/// What an institution signs: this account may use this nullifier, here and until then.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Statement {
    /// What counts once.
    pub domain: Domain,
    /// Where it counts.
    pub scope: Scope,
    /// The nullifier of the person or the encounter.
    pub nullifier: Nullifier,
    /// The account that may use it. A person joins a group under an account that nobody can link to
    /// her others.
    pub pseudonym: AccountId,
    /// The moment from which on it is not valid any more, in milliseconds: at most
    /// [`LONGEST`] ahead when it is checked.
    pub expires: u64,
}

impl Statement {
    /// Refuses a statement that expired, or that `signer` did not sign for this chain and contract.
    ///
    /// Whether `signer` speaks for the institution of the scope is for Olife ID to answer.
    ///
    /// # Errors
    /// [`NullifierError::Expired`], [`NullifierError::ExpiresTooFar`],
    /// [`NullifierError::BadSignature`].
    pub fn check(
        &self,
        signer: &AccountId,
        signature: &Signature,
        chain: &ChainId,
        contract: &AccountId,
        now: u64,
    ) -> Result<(), NullifierError> {
        if now >= self.expires {
            return Err(NullifierError::Expired);
        }
        if self.expires.saturating_sub(now) > LONGEST {
            return Err(NullifierError::ExpiresTooFar);
        }
        let domain = allive_requests::Domain {
            purpose: &PURPOSE,
            chain,
            contract,
        };
        let message = Message::of(&domain, self);
        if !message.is_signed_by(signer, signature) {
            return Err(NullifierError::BadSignature);
        }
        Ok(())
    }
}

/// Why a nullifier was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum NullifierError {
    /// The statement is not valid any more.
    Expired,
    /// The statement would be valid for longer than [`LONGEST`].
    ExpiresTooFar,
    /// The signer did not sign this statement for this chain and contract.
    BadSignature,
    /// The nullifier was used before.
    AlreadyUsed,
}
