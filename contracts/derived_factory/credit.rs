use crate::{dapp::plus, FactoryError};
use allive_access::Timestamp;

/// ALV that an account can spend here or withdraw, and the moment at which the credit began.
///
/// Nobody can add to the credit of another account. So everything in a credit came to the same
/// account, or was inherited by it, and counts from `began` on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Credit {
    /// In the smallest unit of ALV.
    pub amount: u128,
    /// The moment at which ALV last came into the empty cell. For an inherited credit, the moment
    /// at which the former key left its identity.
    pub began: Timestamp,
}

impl Credit {
    /// Adds ALV that the account has had since that moment.
    ///
    /// # Errors
    /// `NothingToDo` if the amount is zero; `AmountTooLarge`.
    pub fn add(&mut self, amount: u128, since: Timestamp) -> Result<(), FactoryError> {
        if amount == 0 {
            return Err(FactoryError::NothingToDo);
        }
        if self.amount == 0 || since < self.began {
            self.began = since;
        }
        self.amount = plus(self.amount, amount)?;
        Ok(())
    }
}
