//! The life of a grant: offered, bought, used, closed.

use crate::{NexusError, Purpose, Record, RecordId};
use allive_access::Timestamp;
use ink::primitives::AccountId;

/// What a patient proposes to one grantee.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct GrantTerms {
    /// Who may read.
    pub grantee: AccountId,
    /// What for.
    pub purpose: Purpose,
    /// Price of one use, in the smallest unit of ALV. Zero is a gift.
    pub price: u128,
    /// How many uses are for sale.
    pub uses: u32,
    /// The moment at which buying and using end, in milliseconds.
    pub expires: Timestamp,
}

/// One cell holds all that a use needs.
///
/// Each use is in one of three places: for sale, bought (paid and not yet used), or used. The Nexus
/// holds `bought × price` of ALV for the grant, at every moment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Grant {
    /// The record that it opens.
    pub record: RecordId,
    /// Who opened it, and is paid.
    pub patient: AccountId,
    /// When what it comes from came to the patient: the record, or by inheritance the grant.
    pub patient_since: Timestamp,
    /// Who may read.
    pub grantee: AccountId,
    /// When it came to the grantee: by the offer, or by inheritance.
    pub grantee_since: Timestamp,
    /// What for.
    pub purpose: Purpose,
    /// Price of one use.
    pub price: u128,
    /// The moment at which buying and using end.
    pub expires: Timestamp,
    /// Uses that can still be bought.
    pub for_sale: u32,
    /// Uses that are paid and not yet made.
    pub bought: u32,
    /// Uses that were made.
    pub used: u32,
}

impl Grant {
    /// An offer of `terms` on `record`, which is `opened`, until it expires.
    ///
    /// # Errors
    /// `NoUses`; `BadExpiry` unless it expires after `now` and at most `longest` later;
    /// `AmountTooLarge` if the price of all uses has no representation.
    pub fn offer(
        record: RecordId,
        opened: &Record,
        terms: GrantTerms,
        now: Timestamp,
        longest: Timestamp,
    ) -> Result<Self, NexusError> {
        if terms.uses == 0 {
            return Err(NexusError::NoUses);
        }
        if terms.expires <= now || terms.expires > now.saturating_add(longest) {
            return Err(NexusError::BadExpiry);
        }
        let grant = Self {
            record,
            patient: opened.owner,
            patient_since: opened.since,
            grantee: terms.grantee,
            grantee_since: now,
            purpose: terms.purpose,
            price: terms.price,
            expires: terms.expires,
            for_sale: terms.uses,
            bought: 0,
            used: 0,
        };
        grant.cost(terms.uses)?;
        Ok(grant)
    }

    /// The price of this many uses.
    fn cost(&self, uses: u32) -> Result<u128, NexusError> {
        self.price
            .checked_mul(uses.into())
            .ok_or(NexusError::AmountTooLarge)
    }

    /// The grantee buys `uses`, each at no more than `max_price`. Returns what is to be paid.
    ///
    /// The buyer names a price because a number can come to mean another grant while a purchase
    /// waits to be included.
    ///
    /// # Errors
    /// `NotGrantee`, `Expired`, `NoUses`, `PriceTooHigh`, `NotForSale`.
    pub fn buy(
        &mut self,
        buyer: AccountId,
        uses: u32,
        max_price: u128,
        now: Timestamp,
    ) -> Result<u128, NexusError> {
        self.only_grantee(buyer)?;
        self.only_open(now)?;
        if uses == 0 {
            return Err(NexusError::NoUses);
        }
        if self.price > max_price {
            return Err(NexusError::PriceTooHigh);
        }
        self.for_sale = self
            .for_sale
            .checked_sub(uses)
            .ok_or(NexusError::NotForSale)?;
        self.bought = self
            .bought
            .checked_add(uses)
            .ok_or(NexusError::AmountTooLarge)?;
        self.cost(uses)
    }

    /// The grantee makes one use. Returns what the patient has earned.
    ///
    /// # Errors
    /// `NotGrantee`, `Expired`, `NoUsesLeft`.
    pub fn take_use(&mut self, reader: AccountId, now: Timestamp) -> Result<u128, NexusError> {
        self.only_grantee(reader)?;
        self.only_open(now)?;
        self.bought = self.bought.checked_sub(1).ok_or(NexusError::NoUsesLeft)?;
        self.used = self.used.checked_add(1).ok_or(NexusError::AmountTooLarge)?;
        Ok(self.price)
    }

    /// Ends the grant. Returns what is owed to the grantee: the price of each use bought and not
    /// made.
    ///
    /// # Errors
    /// `AmountTooLarge`, which cannot occur: an offer's whole price was representable.
    pub fn close(&mut self) -> Result<u128, NexusError> {
        let refund = self.cost(self.bought)?;
        self.for_sale = 0;
        self.bought = 0;
        Ok(refund)
    }

    /// Whether `caller` may have the grant settled: anybody once it has ended; the grantee before,
    /// too, while other code may take over, since it bought its uses under this one.
    ///
    /// # Errors
    /// `NotExpired`.
    pub fn may_settle(
        &self,
        caller: AccountId,
        now: Timestamp,
        upgrade_is_announced: impl FnOnce() -> bool,
    ) -> Result<(), NexusError> {
        if self.has_expired(now) || (self.grantee == caller && upgrade_is_announced()) {
            Ok(())
        } else {
            Err(NexusError::NotExpired)
        }
    }

    /// Whether buying and using have ended.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        now >= self.expires
    }

    fn only_grantee(&self, caller: AccountId) -> Result<(), NexusError> {
        if self.grantee == caller {
            Ok(())
        } else {
            Err(NexusError::NotGrantee)
        }
    }

    fn only_open(&self, now: Timestamp) -> Result<(), NexusError> {
        if self.has_expired(now) {
            Err(NexusError::Expired)
        } else {
            Ok(())
        }
    }
}
