//! Access control: two-step ownership, roles, a pause that ends by itself, and announced changes.
//!
//! The rules are plain functions over plain values (`Ownership`, `Pause`, `Announced`, `Upgrades`);
//! the traits (`Ownable`, `AccessControl`, `Pausable`, `Upgradeable`) are the messages that tools
//! call. Names of traits and messages, and so the selectors, are those of OpenBrush wherever it has
//! a message of the same meaning.

#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

mod account;
#[cfg(feature = "notice")]
mod notice;
// Whoever gives roles, pauses or upgrades has an owner.
#[cfg(any(
    feature = "ownership",
    feature = "pause",
    feature = "roles",
    feature = "upgrade"
))]
mod ownership;
#[cfg(feature = "pause")]
mod pause;
#[cfg(feature = "roles")]
mod roles;
#[cfg(feature = "upgrade")]
mod upgrade;

pub use account::{only_somebody, Account, NOBODY};
#[cfg(feature = "notice")]
pub use notice::{Announced, NoticeError};
#[cfg(any(
    feature = "ownership",
    feature = "pause",
    feature = "roles",
    feature = "upgrade"
))]
pub use ownership::{Ownable, Ownership, OwnershipChanged};
#[cfg(feature = "pause")]
pub use pause::{Pausable, Pause, PauseChanged, PauseTerms};
#[cfg(feature = "roles")]
pub use roles::{AccessControl, RoleChanged, RoleType};
#[cfg(feature = "upgrade")]
pub use upgrade::{
    replace_code, AnnouncedUpgrade, Migration, UpgradeChanged, UpgradeError, Upgradeable, Upgraded,
    Upgrades,
};

/// A moment in milliseconds since the Unix epoch, as `pallet-timestamp` counts; or a duration in
/// milliseconds.
pub type Timestamp = u64;

/// Why a caller or a change of rights was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum AccessError {
    /// Only the owner may do this.
    CallerIsNotOwner,
    /// Only the account to which ownership was offered may accept it.
    CallerIsNotPendingOwner,
    /// The caller does not hold the role that this needs.
    MissingRole,
    /// The account holds the role already.
    RoleRedundant,
    /// This role is permanent: only its holder may renounce it.
    RoleIsPermanent,
    /// The contract is paused, and this is not an exit.
    Paused,
    /// The contract is not paused.
    NotPaused,
    /// A pause is active, or the cooldown after the last one is not over.
    PauseTooSoon,
    /// The pause terms are outside their bounds, see `PauseTerms::are_sound`.
    UnsoundPauseTerms,
    /// The account of 32 zero bytes is nobody, and holds no authority. See [`NOBODY`].
    ZeroAccount,
}
