//! Bonds, vouches and purses.

use crate::{IdError, VOUCH_CAP};
use allive_olife_id_interface::{IdentityId, Points, Timestamp};

/// A bond of one identity for another.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Bond {
    /// How many points the voucher gives.
    pub points: Points,
    /// When it vouched or last renewed the vouch.
    pub since: Timestamp,
    /// What it staked, in the smallest unit of ALV.
    pub amount: u128,
    /// When the bond can return, if the vouch has ended.
    pub ends: Option<Timestamp>,
    /// Whether the subject ever accepted the vouch.
    pub accepted: bool,
}

impl Bond {
    /// Whether the vouch has faded to nothing.
    pub fn has_faded(&self, now: Timestamp, fade: Timestamp) -> bool {
        now >= self.since.saturating_add(fade)
    }

    /// Whether the bond is lost if its subject is proved false: the vouch once counted, or could
    /// still come to count.
    pub fn is_at_stake(&self, now: Timestamp, fade: Timestamp) -> bool {
        self.accepted || !self.has_faded(now, fade)
    }
}

/// A vouch that counts for an identity, because the identity accepts it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Vouch {
    /// Who vouches.
    pub voucher: IdentityId,
    /// With how many points.
    pub points: Points,
    /// Since when. A vouch fades.
    pub since: Timestamp,
}

/// The ALV of an identity in this contract, and the points that it gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Purse {
    /// ALV that can be staked or withdrawn, in its smallest unit.
    pub credit: u128,
    /// All points that it gives by its vouches.
    pub given: Points,
    /// Whether the identity was proved false. Then its vouches give no points.
    pub is_false: bool,
}

impl Purse {
    /// Vouches with `points` of `anchored` at `price` each, or renews a vouch. Returns the bond. A
    /// bond that waits to return is used again. No part of a bond returns by this.
    ///
    /// # Errors
    /// `BadPoints`, `AmountTooLarge`, `TooLittleThere`.
    pub fn vouch(
        &mut self,
        old: Option<Bond>,
        points: Points,
        anchored: Points,
        price: u128,
        now: Timestamp,
    ) -> Result<Bond, IdError> {
        let (staked, counted) = match &old {
            None => (0, 0),
            Some(bond) if bond.ends.is_some() => (bond.amount, 0),
            Some(bond) => (bond.amount, bond.points),
        };
        let accepted = old.is_some_and(|bond| bond.accepted);
        let given = self.given.saturating_sub(counted).saturating_add(points);
        if points == 0 || points > VOUCH_CAP || given > anchored {
            return Err(IdError::BadPoints);
        }
        let amount = price.checked_mul(points.into());
        let amount = amount.ok_or(IdError::AmountTooLarge)?.max(staked);
        let credit = self.credit.checked_sub(amount.saturating_sub(staked));
        self.credit = credit.ok_or(IdError::TooLittleThere)?;
        self.given = given;
        Ok(Bond {
            points,
            since: now,
            amount,
            ends: None,
            accepted,
        })
    }

    /// Frees the points of a bond whose vouch has not ended.
    pub fn forget(&mut self, bond: &Bond) {
        if bond.ends.is_none() {
            self.given = self.given.saturating_sub(bond.points);
        }
    }
}
