use allive_access::Timestamp;

/// What an account can have paid out, and how far back it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Credit {
    /// In the smallest unit of ALV.
    pub amount: u128,
    /// The earliest moment at which what it comes from came to the account, since it was last
    /// empty: a grant, or what it inherited.
    pub began: Timestamp,
}

impl Credit {
    /// Adds what comes from something that the account has had since that moment.
    pub fn add(&mut self, amount: u128, since: Timestamp) {
        if self.amount == 0 || since < self.began {
            self.began = since;
        }
        // Cannot overflow: credits are part of what is owed, which was checked.
        self.amount = self.amount.saturating_add(amount);
    }
}
