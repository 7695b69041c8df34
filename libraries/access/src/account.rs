use allive_storage::Boxed;
use ink::primitives::AccountId;

/// An [`AccountId`] as an argument or in storage, behind a pointer: see [`Boxed`].
pub type Account = Boxed<AccountId>;

/// An amount of tokens behind a pointer, in the smallest unit. `u128` takes its place.
pub type Amount = Boxed<u128>;
