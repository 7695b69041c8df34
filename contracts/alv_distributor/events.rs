use allive_distributor_interface::Holder;
use ink::primitives::AccountId;

/// A leaf was paid.
#[ink::event]
pub struct Claimed {
    /// Whose leaf it was.
    #[ink(topic)]
    pub holder: Holder,
    /// Its place in the list.
    pub index: u64,
    /// Who was paid: the holder, or the account that she named.
    pub to: AccountId,
    /// How much, in the smallest unit of ALV.
    pub amount: u128,
}

/// The unclaimed remainder was paid out.
#[ink::event]
pub struct Swept {
    /// Who was paid.
    pub to: AccountId,
    /// How much, in the smallest unit of ALV.
    pub amount: u128,
}
