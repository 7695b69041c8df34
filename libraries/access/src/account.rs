use allive_storage::Boxed;
use ink::primitives::AccountId;

/// An [`AccountId`] as an argument or in storage, behind a pointer: see [`Boxed`].
pub type Account = Boxed<AccountId>;

/// An amount of tokens behind a pointer, in the smallest unit. It is encoded and described as
/// `u128`.
pub type Amount = Boxed<u128>;
