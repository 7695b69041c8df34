//! The terms of a DAPP, the protocol's rules and durations, and their bounds.

use crate::FactoryError;
use allive_access::{only_somebody, Account, Timestamp};
use allive_derived_token_interface::Label;
use allive_math::BasisPoints;
use ink::primitives::AccountId;

/// The most bytes of a token's name.
pub const MAX_NAME: usize = 64;
/// The most bytes of a token's symbol.
pub const MAX_SYMBOL: usize = 12;
/// The most decimals of a token.
pub const MAX_DECIMALS: u8 = 18;

/// What a DAPP chooses when it registers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Profile {
    /// Name, symbol and decimals of its token.
    pub label: Label,
    /// What one smallest unit of the token costs, in the smallest unit of ALV.
    pub price: u128,
    /// The most units of the token that can exist at one time.
    pub cap: u128,
    /// The part of the price of each unit that goes into the common reserve, in basis points. For
    /// each unit it is rounded up to a whole unit of ALV.
    pub reserve_share: u16,
    /// The part of the highest price that reserve and stake cover for every unit, in basis points.
    pub cover: u16,
    /// Who receives the proceeds.
    pub treasury: Account,
}

impl Profile {
    /// The terms of the DAPP under the current rules of the protocol.
    ///
    /// # Errors
    /// `BadLabel`, `BadPrice`, `BadShare`, `CoverTooLow`.
    pub fn terms(&self, rules: &Rules) -> Result<DappTerms, FactoryError> {
        let Label {
            name,
            symbol,
            decimals,
        } = &self.label;
        let fits = |text: &str, most| (1..=most).contains(&text.len());
        if !fits(name, MAX_NAME) || !fits(symbol, MAX_SYMBOL) || *decimals > MAX_DECIMALS {
            return Err(FactoryError::BadLabel);
        }
        if BasisPoints::new(self.reserve_share).is_none() || BasisPoints::new(self.cover).is_none()
        {
            return Err(FactoryError::BadShare);
        }
        if self.cover < rules.min_cover {
            return Err(FactoryError::CoverTooLow);
        }
        let terms = DappTerms {
            price: self.price,
            cap: self.cap,
            reserve_share: self.reserve_share,
            cover: self.cover,
            stake_share: rules.stake_share,
        };
        terms.may_cost(self.price)?;
        Ok(terms)
    }
}

/// The terms of one DAPP. Only the price can change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct DappTerms {
    /// What one smallest unit of the token costs, in the smallest unit of ALV. A whole number: so
    /// no purchase is rounded, and nobody gains by splitting one.
    pub price: u128,
    /// The most units that can exist at one time.
    pub cap: u128,
    /// The part of the price of each unit that goes into the common reserve, in basis points. For
    /// each unit it is rounded up to a whole unit of ALV.
    pub reserve_share: u16,
    /// The part of the highest price that reserve and stake cover for every unit, in basis points.
    pub cover: u16,
    /// The least stake as a part of the funds raised, in basis points.
    pub stake_share: u16,
}

impl DappTerms {
    /// Refuses a price that is zero or that overflows for all units together.
    ///
    /// # Errors
    /// `BadPrice`.
    pub fn may_cost(&self, price: u128) -> Result<(), FactoryError> {
        match price.checked_mul(self.cap) {
            Some(all) if all > 0 => Ok(()),
            _ => Err(FactoryError::BadPrice),
        }
    }
}

/// Whether this is the account of 32 zero bytes, which is nobody.
pub(crate) fn is_nobody(account: &AccountId) -> bool {
    only_somebody(account).is_err()
}

/// A share of `amount` in basis points, rounded up.
pub(crate) fn share_of(points: u16, amount: u128) -> u128 {
    BasisPoints::new(points)
        .unwrap_or(BasisPoints::FULL)
        .of_up(amount)
}

/// The protocol's rules for DAPPs that register from now on. They change after a notice, and never
/// for DAPPs that registered before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Rules {
    /// The least cover that a DAPP may promise, in basis points.
    pub min_cover: u16,
    /// The least stake of a DAPP as a part of the funds raised, in basis points.
    pub stake_share: u16,
    /// The least stake at registration, in the smallest unit of ALV.
    pub min_stake: u128,
}

impl Rules {
    /// `min_cover` is at least 20 %.
    pub const LEAST_COVER: u16 = 2_000;
    /// `stake_share` is at least 5 %.
    pub const LEAST_STAKE_SHARE: u16 = 500;
    /// `min_stake` is at most a million ALV.
    pub const MOST_MIN_STAKE: u128 = 1_000_000 * 100_000_000;

    /// Whether the rules are within their bounds.
    pub fn are_sound(&self) -> bool {
        let within =
            |points: u16, least: u16| least <= points && BasisPoints::new(points).is_some();
        within(self.min_cover, Self::LEAST_COVER)
            && within(self.stake_share, Self::LEAST_STAKE_SHARE)
            && (1..=Self::MOST_MIN_STAKE).contains(&self.min_stake)
    }
}

/// How long things take, in milliseconds. Fixed by the constructor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Durations {
    /// After this long without a heartbeat anybody may declare a DAPP failed.
    pub silence: Timestamp,
    /// The time to answer an accusation. After it the owner can decide, for as long again.
    pub answer: Timestamp,
    /// From asking for stake or proceeds to receiving them.
    pub unbonding: Timestamp,
    /// From announcing a price or rules to the moment from which on they can take effect. A price
    /// that lowers what a failure pays waits for `unbonding`, if that is longer.
    pub notice: Timestamp,
    /// How long holders of a failed DAPP's token can claim.
    pub claims: Timestamp,
}

impl Durations {
    /// The longest duration: ten years.
    pub const LONGEST: Timestamp = 10 * 365 * 24 * 3_600_000;

    /// Whether the durations are within their bounds. None is zero or longer than
    /// [`Self::LONGEST`]. Unbonding takes longer than a silence and a whole accusation, one after
    /// the other. So ALV that a DAPP asks back shortly before it fails is still in the pot.
    pub fn are_sound(&self) -> bool {
        let all = [
            self.silence,
            self.answer,
            self.unbonding,
            self.notice,
            self.claims,
        ];
        let accusation = self.answer.saturating_mul(2);
        all.iter().all(|it| (1..=Self::LONGEST).contains(it))
            && self.unbonding > self.silence.saturating_add(accusation)
    }
}
