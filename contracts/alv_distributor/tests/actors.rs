//! Who acts, and when claims end.

use allive_calls::Keyring;
use allive_simulator::START;

/// Deploys everything, owns ALV and holds all of it at first.
pub const ADMIN: Keyring = Keyring::Alice;
/// Submits what others are paid for, and holds no ALV.
pub const STRANGER: Keyring = Keyring::Eve;
/// Whom the owners of addresses name.
pub const DESTINATION: Keyring = Keyring::Dave;
/// Gets what nobody claims.
pub const REMAINDER: Keyring = Keyring::Ferdie;

pub const HOUR: u64 = 3_600_000;
pub const DEADLINE: u64 = START + 24 * HOUR;
pub const SUPPLY: u128 = 1_000_000_000;
