//! Who acts, and what the token is called.

use allive_calls::Keyring;

/// Creates the token: what follows shows that it need not be a contract.
pub const FACTORY: Keyring = Keyring::Alice;
/// Holds [`WEALTH`], which is all there is.
pub const HOLDER: Keyring = Keyring::Bob;
/// Holds nothing at first.
pub const OTHER: Keyring = Keyring::Charlie;
/// Holds nothing, may do nothing.
pub const STRANGER: Keyring = Keyring::Eve;

pub const WEALTH: u128 = 1_000;
/// Name, symbol and decimals.
pub const LABEL: (&str, &str, u8) = ("Care points", "CARE", 8);
