use crate::{Kind, NexusError};
use allive_access::Timestamp;
use ink::{prelude::vec::Vec, primitives::AccountId};

/// The longest pointer, in bytes: room for the binary form of any content identifier in use.
pub const MAX_POINTER: usize = 64;

/// What the chain knows of a health record: a commitment and a pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Record {
    /// Who owns it and may offer it.
    pub owner: AccountId,
    /// When it came to the owner.
    pub since: Timestamp,
    /// The account that registered the record and that the commitment contains. None until the
    /// record is inherited, while that account is the owner. See [`committer`](Self::committer).
    pub committed_by: Option<AccountId>,
    /// Hash over chain, contract, the account that registered it, the root of the record's tree and
    /// a salt.
    pub commitment: [u8; 32],
    /// The format in which it is written.
    pub kind: Kind,
    /// Where its ciphertext is: a content identifier in binary form, never text.
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

    /// The account that the commitment contains, whoever owns the record now. A disclosure is
    /// verified against this account.
    pub fn committer(&self) -> AccountId {
        self.committed_by.unwrap_or(self.owner)
    }
}
