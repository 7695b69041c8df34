use crate::{Credit, PaymentError};
use allive_access::Timestamp;
use ink::{
    primitives::AccountId,
    storage::{traits::ManualKey, Mapping},
};

const CREDITS: u32 = u32::from_be_bytes(*b"CRDT");

/// Who knows the heirs of accounts.
pub trait Heirs {
    /// Why an account does not inherit.
    type Error;

    /// Refuses unless `heir` inherits what `former` has had since this moment. Returns the moment
    /// at which `former` left its identity.
    ///
    /// # Errors
    /// Why not.
    fn inherits(
        &self,
        heir: &AccountId,
        former: &AccountId,
        since: Timestamp,
    ) -> Result<Timestamp, Self::Error>;
}

/// The credits of accounts, a cell each. An emptied cell stays, so that nobody gets the storage
/// deposit of another.
#[ink::storage_item]
#[derive(Debug, Default)]
pub struct Credits {
    cells: Mapping<AccountId, Credit, ManualKey<CREDITS>>,
}

impl Credits {
    /// The credit of an account. It is empty if the account never had any.
    pub fn of(&self, account: &AccountId) -> Credit {
        self.cells.get(account).unwrap_or_default()
    }

    /// Adds money that comes from a holding which the account has had since that moment. Nothing is
    /// stored for an amount of zero.
    ///
    /// # Errors
    /// `AmountTooLarge`.
    pub fn add(
        &mut self,
        account: &AccountId,
        amount: u128,
        since: Timestamp,
    ) -> Result<(), PaymentError> {
        if amount > 0 {
            let mut credit = self.of(account);
            let added = credit.add(amount, since);
            added.ok_or(PaymentError::AmountTooLarge)?;
            self.cells.insert(account, &credit);
        }
        Ok(())
    }

    /// Adds money that the account puts in by its own doing now, see [`Credit::add_own`].
    ///
    /// # Errors
    /// `AmountTooLarge`.
    pub fn add_own(
        &mut self,
        account: &AccountId,
        amount: u128,
        now: Timestamp,
    ) -> Result<(), PaymentError> {
        let mut credit = self.of(account);
        let added = credit.add_own(amount, now);
        added.ok_or(PaymentError::AmountTooLarge)?;
        self.cells.insert(account, &credit);
        Ok(())
    }

    /// Pays out of a credit as much of `amount` as there is. Returns how much that is.
    pub fn spend(&mut self, account: &AccountId, amount: u128) -> u128 {
        let mut credit = self.of(account);
        let spent = credit.spend(amount);
        if spent > 0 {
            self.cells.insert(account, &credit);
        }
        spent
    }

    /// Takes at most this much out of a credit. Returns how much it is, which the contract pays
    /// out; the rest stays.
    ///
    /// # Errors
    /// `NothingThere`.
    pub fn withdraw(&mut self, account: &AccountId, at_most: u128) -> Result<u128, PaymentError> {
        match self.spend(account, at_most) {
            0 => Err(PaymentError::NothingThere),
            amount => Ok(amount),
        }
    }

    /// Moves to the credit of `heir` all of `former`'s that counts from before `former` left its
    /// identity. It counts for the heir from that moment.
    ///
    /// # Errors
    /// `NothingThere`, `Refused` by the registry, `AmountTooLarge`.
    pub fn inherit<H: Heirs>(
        &mut self,
        heirs: &H,
        heir: &AccountId,
        former: &AccountId,
    ) -> Result<(), PaymentError<H::Error>> {
        let mut credit = self.of(former);
        if credit.amount == 0 {
            return Err(PaymentError::NothingThere);
        }
        let left = heirs.inherits(heir, former, credit.began);
        let left = left.map_err(PaymentError::Refused)?;
        let amount = credit.take_before(left);
        // Taken out first, since a lying registry may name an account its own successor.
        self.cells.insert(former, &credit);
        let mut credit = self.of(heir);
        let added = credit.add(amount, left);
        added.ok_or(PaymentError::AmountTooLarge)?;
        self.cells.insert(heir, &credit);
        Ok(())
    }
}
