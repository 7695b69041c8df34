//! Who acts in the story.

use allive_calls::Keyring;
use ink::primitives::AccountId;

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Deploys the suite and owns it, until a council does.
    Foundation,
    /// Owns the records.
    Patient,
    /// Buys uses.
    Group,
    /// A DAPP that sells a token of its own, and falls silent.
    Fitness,
    /// A DAPP that sells a token of its own, and goes on.
    Clinic,
    /// Makes medicines.
    Maker,
    /// The patient, with the key that took the place of the one she lost.
    Renewed,
    /// Has no right to anything.
    Stranger,
}

impl Actor {
    /// Everybody in the story.
    pub const ALL: [Self; 8] = [
        Self::Foundation,
        Self::Patient,
        Self::Group,
        Self::Fitness,
        Self::Clinic,
        Self::Maker,
        Self::Renewed,
        Self::Stranger,
    ];

    /// The account.
    pub fn account(self) -> AccountId {
        self.key().account()
    }

    /// The key.
    pub fn key(self) -> Keyring {
        match self {
            Self::Foundation => Keyring::Alice,
            Self::Patient => Keyring::Bob,
            Self::Group => Keyring::Charlie,
            Self::Fitness => Keyring::Dave,
            Self::Clinic => Keyring::Ferdie,
            Self::Maker => Keyring::Two,
            Self::Renewed => Keyring::One,
            Self::Stranger => Keyring::Eve,
        }
    }

    /// As tables show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Foundation => "foundation",
            Self::Patient => "patient",
            Self::Group => "research group",
            Self::Fitness => "fitness DAPP",
            Self::Clinic => "clinic DAPP",
            Self::Maker => "maker",
            Self::Renewed => "patient, new key",
            Self::Stranger => "stranger",
        }
    }
}
