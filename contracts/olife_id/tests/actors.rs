//! Who acts, and on which terms.

use allive_access::PauseTerms;
use allive_olife_id_interface::{IdentityId, Points};
use allive_simulator::START;
use allive_support::account;
use ink::primitives::AccountId;
use olife_id::Terms;

/// Deploys, and owns the contract.
pub const OWNER: AccountId = account(0xad);
/// The key of the person whom most tests are about.
pub const PERSON: AccountId = account(1);
/// A key that joins.
pub const SECOND: AccountId = account(2);
/// A key that the thief holds.
pub const THIEF: AccountId = account(3);
/// One key each of three guardians and two anchors.
pub const GUARDS: [AccountId; 3] = [account(11), account(12), account(13)];
pub const ANCHOR: AccountId = account(21);
pub const ISSUER: AccountId = account(22);
/// One who vouches.
pub const FRIEND: AccountId = account(31);
pub const STRANGER: AccountId = account(0x99);
/// Where lost bonds go.
pub const PLACE: AccountId = account(0x77);

/// The identities, in the order in which they are created.
pub const GUARDIANS: [IdentityId; 3] = [0, 1, 2];
pub const ANCHOR_ID: IdentityId = 3;
pub const ISSUER_ID: IdentityId = 4;
pub const FRIEND_ID: IdentityId = 5;
pub const PERSON_ID: IdentityId = 6;
/// The number of the next identity.
pub const NEXT: IdentityId = 7;

pub const DELAY: u64 = 100;
pub const CONTEST: u64 = 150;
pub const SETTLING: u64 = 200;
pub const UNBONDING: u64 = 300;
pub const NOTICE: u64 = 400;
pub const FADE: u64 = 100 * olife_id::trust::DAY;
pub const BOND: u128 = 10;
pub const TERMS: Terms = Terms {
    delay: DELAY,
    contest: CONTEST,
    settling: SETTLING,
    unbonding: UNBONDING,
    notice: NOTICE,
    fade: FADE,
    bond: BOND,
};
pub const PAUSE: PauseTerms = PauseTerms {
    duration: 1_000,
    cooldown: 2_000,
};
pub const CEILING: Points = 80;
/// When attestations of the world end.
pub const EXPIRES: u64 = START + 1_000 * olife_id::trust::DAY;
pub const SUPPLY: u128 = 1_000_000_000;
