//! What a DAPP promises when it registers, and the bounds within which the protocol lets it.

use crate::FactoryError;
use allive_access::Account;
use allive_derived_token_interface::Label;
use allive_math::BasisPoints;

/// Milliseconds.
type Timestamp = u64;

/// The most bytes of a token's name.
pub const MAX_NAME: usize = 64;
/// The most bytes of a token's symbol.
pub const MAX_SYMBOL: usize = 12;
/// The most decimals of a token.
pub const MAX_DECIMALS: u8 = 18;

/// What a DAPP registers with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Profile {
    /// What wallets show of its token.
    pub label: Label,
    /// What one smallest unit of the token costs, in the smallest unit of ALV.
    pub price: u128,
    /// The most units of the token that can exist at one time.
    pub cap: u128,
    /// What part of the price of each unit goes into the reserve that all units share, in basis
    /// points. For each unit it is rounded up to a whole unit of ALV.
    pub reserve_share: u16,
    /// What part of the highest price the reserve and the stake cover for every unit, in basis
    /// points.
    pub cover: u16,
    /// Who receives what was raised.
    pub treasury: Account,
}

impl Profile {
    /// The terms that follow under the protocol's rules of today.
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

/// What holds for one DAPP. Only the price ever changes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct DappTerms {
    /// What one smallest unit of the token costs, in the smallest unit of ALV. A whole number: so
    /// no purchase is rounded, and nobody gains by splitting one.
    pub price: u128,
    /// The most units that can exist at one time.
    pub cap: u128,
    /// What part of the price of each unit goes into the reserve that all units share, in basis
    /// points. For each unit it is rounded up to a whole unit of ALV.
    pub reserve_share: u16,
    /// What part of the highest price reserve and stake cover for every unit, in basis points.
    pub cover: u16,
    /// What part of the funds raised is staked, in basis points.
    pub stake_share: u16,
}

impl DappTerms {
    /// Whether a unit may cost `price`: something, and all units together what can be written.
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

/// A share of `amount` in basis points, rounded up.
pub(crate) fn share_of(points: u16, amount: u128) -> u128 {
    BasisPoints::new(points)
        .unwrap_or(BasisPoints::FULL)
        .of_up(amount)
}

/// The protocol's rules for whoever registers from now on. They change at a notice, and never for
/// those who registered before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Rules {
    /// The least cover that a DAPP may promise, in basis points.
    pub min_cover: u16,
    /// What part of the funds raised a DAPP stakes, in basis points.
    pub stake_share: u16,
    /// The least stake at registration, in the smallest unit of ALV.
    pub min_stake: u128,
}

impl Rules {
    /// No rules let a DAPP promise less cover than 20 %.
    pub const LEAST_COVER: u16 = 2_000;
    /// No rules let a DAPP stake less than 5 % of what it raised.
    pub const LEAST_STAKE_SHARE: u16 = 500;
    /// No rules ask for more than a million ALV to begin with.
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
    /// This long after an accusation it can be decided, and for as long again.
    pub answer: Timestamp,
    /// From asking for staked ALV back to receiving it.
    pub unbonding: Timestamp,
    /// From announcing a price, or rules, to their coming.
    pub notice: Timestamp,
    /// How long holders of a failed DAPP's token can claim.
    pub claims: Timestamp,
}

impl Durations {
    /// The longest of any: ten years.
    pub const LONGEST: Timestamp = 10 * 365 * 24 * 3_600_000;

    /// None is zero or longer than [`Self::LONGEST`], and unbonding takes longer than a failure can
    /// take to be declared: a silence and a whole accusation, one after the other. So what a DAPP
    /// asks back while it still gives signs of life can be taken from it.
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
