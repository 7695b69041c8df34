//! Who acts, what the factory begins with, and the two DAPPs.

use allive_access::PauseTerms;
use allive_calls::Keyring;
use allive_derived_token_interface::Label;
use allive_olife_id_interface::OlifeIdClient;
use allive_simulator::{GENESIS, START};
use allive_support::account;
use derived_factory::*;
use ink::primitives::AccountId;

/// Who acts. Operators sign vouchers, so that actors have keys.
pub const ADMIN: Keyring = Keyring::Alice;
/// Operator of the DAPP `WELL`.
pub const WELL_OPERATOR: Keyring = Keyring::Bob;
/// Operator of the DAPP `CARE`.
pub const CARE_OPERATOR: Keyring = Keyring::Charlie;
pub const USER: Keyring = Keyring::Dave;
pub const OTHER: Keyring = Keyring::Eve;
pub const STRANGER: Keyring = Keyring::Ferdie;
/// Whom an identity's keys are recovered to.
pub const HEIR: Keyring = Keyring::One;

pub const TREASURY: AccountId = account(0x77);
pub const REMAINDER: AccountId = account(0x88);
/// The account of 32 zero bytes.
pub const NOBODY: AccountId = account(0);
pub const ABSENT: AccountId = account(0x99);
/// Where most tests have Olife ID: nobody answers there.
pub const NO_IDENTITIES: AccountId = account(0x1d);

/// Sells at `PRICE`, keeps half of it to redeem, and covers holders in full.
pub const WELL: DappId = 0;
/// Sells at `CARE_PRICE`, keeps all of it to redeem, and covers holders to half.
pub const CARE: DappId = 1;

pub const PRICE: u128 = 10;
pub const CARE_PRICE: u128 = 7;
pub const CAP: u128 = 1_000_000;
pub const STAKE: u128 = 10_000;

pub const SUPPLY: u128 = 100_000_000;
/// What each actor holds and allows the factory at first.
pub const WEALTH: u128 = 1_000_000;

pub const PAUSE: u64 = 1_000;
pub const SILENCE: u64 = 10_000;
pub const ANSWER: u64 = 2_000;
pub const UNBONDING: u64 = SILENCE + 2 * ANSWER + 1;
pub const NOTICE: u64 = 500;
pub const CLAIMS: u64 = 1_000_000;

pub const RULES: Rules = Rules {
    min_cover: 5_000,
    stake_share: 1_000,
    min_stake: 100,
};
pub const DURATIONS: Durations = Durations {
    silence: SILENCE,
    answer: ANSWER,
    unbonding: UNBONDING,
    notice: NOTICE,
    claims: CLAIMS,
};
pub const PAUSE_TERMS: PauseTerms = PauseTerms {
    duration: PAUSE,
    cooldown: PAUSE,
};

/// What the factory begins with.
pub fn charter() -> Charter {
    Charter {
        remainder_to: REMAINDER.into(),
        rules: RULES,
        durations: DURATIONS,
        pause: PAUSE_TERMS,
        chain: GENESIS,
        identities: OlifeIdClient::at(NO_IDENTITIES.into()),
    }
}

/// A credit that began with the chain.
pub fn credit(amount: u128) -> Credit {
    Credit {
        amount,
        began: START,
        later: vec![],
    }
}

pub fn well() -> Profile {
    Profile {
        label: label("Wellness", "WELL"),
        price: PRICE,
        cap: CAP,
        reserve_share: 5_000,
        cover: 10_000,
        treasury: TREASURY.into(),
    }
}

pub fn care() -> Profile {
    Profile {
        label: label("Care", "CARE"),
        price: CARE_PRICE,
        reserve_share: 10_000,
        cover: 5_000,
        ..well()
    }
}

pub fn label(name: &str, symbol: &str) -> Label {
    Label {
        name: name.into(),
        symbol: symbol.into(),
        decimals: 2,
    }
}
