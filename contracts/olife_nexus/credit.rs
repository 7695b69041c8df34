use allive_access::Timestamp;

/// ALV that an account can withdraw, and the moment from which it counts for an heir.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Credit {
    /// In the smallest unit of ALV.
    pub amount: u128,
    /// The earliest moment of everything that was added since the credit was last empty. For a
    /// payment or a refund, that is when its grant came to the account; for an inherited credit,
    /// when the former key left its identity.
    pub began: Timestamp,
}

impl Credit {
    /// Adds ALV that comes from a holding which the account has had since that moment.
    pub fn add(&mut self, amount: u128, since: Timestamp) {
        if self.amount == 0 || since < self.began {
            self.began = since;
        }
        // Cannot overflow: credits are part of `owed`, which was checked.
        self.amount = self.amount.saturating_add(amount);
    }
}
