//! Who acts, and the terms of the ALV that the tests are about.

use allive_access::PauseTerms;
use allive_calls::Keyring;

/// Deploys ALV, and holds all of it at first.
pub const OWNER: Keyring = Keyring::Alice;
/// Holds [`WEALTH`].
pub const HOLDER: Keyring = Keyring::Bob;
/// Holds nothing at first.
pub const OTHER: Keyring = Keyring::Charlie;
/// Holds the role `PAUSER`.
pub const GUARD: Keyring = Keyring::Dave;
/// Holds nothing, may do nothing.
pub const STRANGER: Keyring = Keyring::Eve;
/// Holds the role `MINTER`.
pub const ISSUER: Keyring = Keyring::Ferdie;

pub const SUPPLY: u128 = 1_000_000;
pub const CAP: u128 = 2_000_000;
pub const WEALTH: u128 = 1_000;
pub const DURATION: u64 = 500;
pub const COOLDOWN: u64 = 700;
pub const PAUSE: PauseTerms = PauseTerms {
    duration: DURATION,
    cooldown: COOLDOWN,
};

pub const ROOT: [u8; 4] = [0; 4];
