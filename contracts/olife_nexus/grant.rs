//! The life of a grant: offered, bought, used, closed.

use crate::{NexusError, Purpose, Record, RecordId};
use allive_access::Timestamp;
use ink::primitives::AccountId;

/// What a patient proposes to one grantee.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct GrantTerms {
    /// Who may buy and use.
    pub grantee: AccountId,
    /// The purpose.
    pub purpose: Purpose,
    /// Price of one use, in the smallest unit of ALV. Zero is a gift.
    pub price: u128,
    /// How many uses are for sale.
    pub uses: u32,
    /// The moment at which buying and using end, in milliseconds.
    pub expires: Timestamp,
}

/// A grant. One cell holds everything that a use needs.
///
/// Each use is in one of three states: for sale, bought (paid but not made yet), or used. At every
/// moment the Nexus holds `bought × price` of ALV for the grant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Grant {
    /// The record.
    pub record: RecordId,
    /// Who offered it, earns from it and may revoke it.
    pub patient: AccountId,
    /// When the record came to the patient, or when the patient inherited the grant.
    pub patient_since: Timestamp,
    /// Who may buy and use.
    pub grantee: AccountId,
    /// When the grant was offered, or when the grantee inherited the purchase.
    pub grantee_since: Timestamp,
    /// The purpose.
    pub purpose: Purpose,
    /// Price of one use.
    pub price: u128,
    /// The moment at which buying and using end.
    pub expires: Timestamp,
    /// Uses that can still be bought.
    pub for_sale: u32,
    /// Uses that are paid but not made yet.
    pub bought: u32,
    /// Uses that were made.
    pub used: u32,
}

impl Grant {
    /// A new grant of `terms` on the record `opened` with the number `record`.
    ///
    /// # Errors
    /// `NoUses`; `BadExpiry` unless it expires after `now` and at most `longest` later;
    /// `AmountTooLarge` if the price of all uses overflows.
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

    /// The grantee buys `uses`, each at no more than `max_price`. Returns the cost.
    ///
    /// The buyer names a price because, after a reorganisation of the chain, the number can mean
    /// another grant.
    ///
    /// # Errors
    /// `NotGrantee`, `Expired`, `NoUses`, `PriceTooHigh`, `NotForSale`.
    pub fn buy(
        &mut self,
        buyer: &AccountId,
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

    /// The grantee makes one use. Returns what the patient earns.
    ///
    /// # Errors
    /// `NotGrantee`, `Expired`, `NoUsesLeft`.
    pub fn take_use(&mut self, reader: &AccountId, now: Timestamp) -> Result<u128, NexusError> {
        self.only_grantee(reader)?;
        self.only_open(now)?;
        self.bought = self.bought.checked_sub(1).ok_or(NexusError::NoUsesLeft)?;
        self.used = self.used.checked_add(1).ok_or(NexusError::AmountTooLarge)?;
        Ok(self.price)
    }

    /// Closes the grant. Returns the refund of the grantee: the price of each use bought but not
    /// made.
    ///
    /// # Errors
    /// `AmountTooLarge`, which cannot occur: `offer` checked the price of all uses.
    pub fn close(&mut self) -> Result<u128, NexusError> {
        let refund = self.cost(self.bought)?;
        self.for_sale = 0;
        self.bought = 0;
        Ok(refund)
    }

    /// Refuses a caller who may not settle now. Anybody may once the grant has ended. The grantee
    /// may earlier, too, while an upgrade is announced, since it bought its uses under the current
    /// code.
    ///
    /// # Errors
    /// `NotExpired`.
    pub fn may_settle(
        &self,
        caller: &AccountId,
        now: Timestamp,
        upgrade_is_announced: impl FnOnce() -> bool,
    ) -> Result<(), NexusError> {
        if self.has_expired(now) || (self.grantee == *caller && upgrade_is_announced()) {
            Ok(())
        } else {
            Err(NexusError::NotExpired)
        }
    }

    /// Whether buying and using have ended.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        now >= self.expires
    }

    fn only_grantee(&self, caller: &AccountId) -> Result<(), NexusError> {
        if self.grantee == *caller {
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
