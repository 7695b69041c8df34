use allive_storage::Boxed;
use ink::primitives::AccountId;

/// An [`AccountId`] as an argument or in storage, behind a pointer: see [`Boxed`].
pub type Account = Boxed<AccountId>;
