//! Who acts, and the constitution that the council begins with.

use allive_calls::Keyring;
use allive_simulator::START;
use allive_support::account;
use council::*;
use ink::primitives::AccountId;

pub const MEMBERS: [AccountId; 5] = [account(1), account(2), account(3), account(4), account(5)];
/// Members of the councils whose members sign.
pub const KEYS: [Keyring; 5] = [
    Keyring::Alice,
    Keyring::Bob,
    Keyring::Charlie,
    Keyring::Dave,
    Keyring::Eve,
];
pub const STRANGER: AccountId = account(0x99);

pub const ROUTINE: Bar = bar(2, 0);
pub const GRAVE: Bar = bar(3, 100);
pub const CONSTITUTIONAL: Bar = bar(4, 200);
pub const LIFETIME: u64 = 1_000;
pub const EXPIRES: u64 = START + LIFETIME;
pub const EMERGENCY: EmergencyTerms = EmergencyTerms {
    threshold: 2,
    window: 50,
    cooldown: 500,
};
pub const TERMS: CouncilTerms = CouncilTerms {
    routine: ROUTINE,
    grave: GRAVE,
    constitutional: CONSTITUTIONAL,
    lifetime: LIFETIME,
    emergency: EMERGENCY,
};
pub const LEAST_DELAY: u64 = 60;
/// When a grave proposal that was approved at `START` can be executed.
pub const READY: u64 = START + 100;

const fn bar(threshold: u8, delay: u64) -> Bar {
    Bar { threshold, delay }
}
