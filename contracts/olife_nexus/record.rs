use crate::{Kind, NexusError};
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
    /// Hash over chain, contract, owner, the root of the record's tree and a salt.
    pub commitment: [u8; 32],
    /// The format in which it is written.
    pub kind: Kind,
    /// Where its ciphertext lies: the binary form of a content identifier, readable by no one as text.
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
    ) -> Result<Self, NexusError> {
        if pointer.is_empty() || pointer.len() > MAX_POINTER {
            return Err(NexusError::BadPointer);
        }
        Ok(Self {
            owner,
            commitment,
            kind,
            pointer,
        })
    }
}
