use crate::{dapp::plus, FactoryError};
use allive_access::Timestamp;

/// What an account can spend here or have paid out, and since when it has had something.
///
/// Nobody puts anything here for another account, so that whose it is now, it was from the
/// beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Credit {
    /// In the smallest unit of ALV.
    pub amount: u128,
    /// The moment at which the cell, empty before, got something.
    pub began: Timestamp,
}

impl Credit {
    /// Adds to it.
    ///
    /// # Errors
    /// `NothingToDo` if that is nothing; `AmountTooLarge`.
    pub fn add(&mut self, amount: u128, now: Timestamp) -> Result<(), FactoryError> {
        if amount == 0 {
            return Err(FactoryError::NothingToDo);
        }
        if self.amount == 0 {
            self.began = now;
        }
        self.amount = plus(self.amount, amount)?;
        Ok(())
    }
}
