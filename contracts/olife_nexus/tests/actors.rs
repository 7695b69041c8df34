//! Who acts, and on which terms.

use allive_simulator::START;
use allive_support::account;
use ink::primitives::AccountId;

/// Deploys everything, owns it and holds all ALV at first.
pub const ADMIN: AccountId = account(0xad);
pub const PATIENT: AccountId = account(0xba);
pub const GRANTEE: AccountId = account(0xca);
pub const STRANGER: AccountId = account(0xda);
pub const ACTORS: [AccountId; 4] = [ADMIN, PATIENT, GRANTEE, STRANGER];

pub const SUPPLY: u128 = 1_000_000;
/// What the grantee holds and allows the Nexus at first.
pub const WEALTH: u128 = 1_000;
pub const PRICE: u128 = 10;
pub const ANY_PRICE: u128 = u128::MAX;
pub const USES: u32 = 5;
pub const TERM: u64 = 1_000;
pub const LONGEST: u64 = 10_000;
pub const END: u64 = START + TERM;
pub const PAUSE: u64 = 100;
/// Two notices pass before a grant of these tests ends.
pub const NOTICE: u64 = 100;

pub const COMMITMENT: [u8; 32] = [0xc0; 32];
pub const POINTER: [u8; 36] = [0xb0; 36];
pub const REQUEST: [u8; 32] = [0x9e; 32];
