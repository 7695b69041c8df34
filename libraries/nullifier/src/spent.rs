use crate::{Domain, Nullifier, NullifierError, Scope, Statement};
use ink::storage::{traits::ManualKey, Mapping};

const SPENT: u32 = u32::from_be_bytes(*b"NULL");

/// What is used once.
type Once = (Domain, Scope, Nullifier);

/// The nullifiers that a contract has seen, as a field of its storage. They stay for good, also
/// when what they were used for is erased.
///
/// The scope is part of the key, and with it the institution. Otherwise an institution could sign
/// the nullifier that another one made, and keep that person out.
#[ink::storage_item]
#[derive(Debug, Default)]
pub struct Nullifiers {
    spent: Mapping<Once, (), ManualKey<SPENT>>,
}

impl Nullifiers {
    /// Whether a nullifier was used.
    pub fn is_spent(&self, domain: Domain, scope: Scope, nullifier: &Nullifier) -> bool {
        self.spent.contains((domain, scope, *nullifier))
    }

    /// Marks the nullifier of a statement as used.
    ///
    /// # Errors
    /// [`NullifierError::AlreadyUsed`].
    pub fn spend(&mut self, statement: &Statement) -> Result<(), NullifierError> {
        let key = (statement.domain, statement.scope, statement.nullifier);
        if self.spent.contains(key) {
            return Err(NullifierError::AlreadyUsed);
        }
        self.spent.insert(key, &());
        Ok(())
    }
}
