use crate::{Kind, NexusError};
use allive_access::Timestamp;
use ink::{prelude::vec::Vec, primitives::AccountId};

/// The longest pointer, in bytes: room for the binary form of any content identifier in use.
pub const MAX_POINTER: usize = 64;

/// What the chain knows of a health record: that somebody committed to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Record {
    /// Who may open it.
    pub owner: AccountId,
    /// When it came to the owner.
    pub since: Timestamp,
    /// Whom the commitment names, once the record was inherited: who registered it. None before
    /// that: the owner. See [`committer`](Self::committer).
    pub committed_by: Option<AccountId>,
    /// Hash over chain, contract, who registered it, the root of the record's tree and a salt.
    pub commitment: [u8; 32],
    /// The format in which it is written.
    pub kind: Kind,
    /// Where its ciphertext lies: the binary form of a content identifier, readable by no one as
    /// text.
    pub pointer: Vec<u8>,
}

impl Record {
    /// A record with a pointer of permitted length.
    ///
    /// # Errors
    /// `BadPointer` if it is empty or longer than [`MAX_POINTER`].
    pub fn new(
        owner: AccountId,
        commitment: [u8; 32],
        kind: Kind,
        pointer: Vec<u8>,
        now: Timestamp,
    ) -> Result<Self, NexusError> {
        if pointer.is_empty() || pointer.len() > MAX_POINTER {
            return Err(NexusError::BadPointer);
        }
        Ok(Self {
            owner,
            since: now,
            committed_by: None,
            commitment,
            kind,
            pointer,
        })
    }

    /// Whom the commitment names, whoever owns the record now. What is disclosed is verified
    /// against this account.
    pub fn committer(&self) -> AccountId {
        self.committed_by.unwrap_or(self.owner)
    }
}
