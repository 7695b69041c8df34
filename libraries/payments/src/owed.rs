use crate::PaymentError;
use allive_storage::present;
use ink::{
    primitives::AccountId,
    storage::{traits::ManualKey, Lazy},
};

const OWED: u32 = u32::from_be_bytes(*b"OWED");

/// A token, as a contract calls it that keeps money in it.
pub trait Token {
    /// Why the token refused or failed.
    type Error;

    /// Pays `amount` from the calling contract to `to`.
    ///
    /// # Errors
    /// Those of the token.
    fn transfer(&self, to: &AccountId, amount: u128) -> Result<(), Self::Error>;

    /// Pays `amount` from `from` to `to`, by the allowance of the calling contract.
    ///
    /// # Errors
    /// Those of the token.
    fn transfer_from(
        &self,
        from: &AccountId,
        to: &AccountId,
        amount: u128,
    ) -> Result<(), Self::Error>;

    /// The balance of `owner`, as the token reports it.
    ///
    /// # Errors
    /// If the token does not answer.
    fn balance_of(&self, owner: &AccountId) -> Result<u128, Self::Error>;
}

/// The sum of all that a contract owes, in the smallest unit of its token. The contract never holds
/// less.
///
/// It does not depend on the balance of the contract, so a donation changes nothing.
#[ink::storage_item]
#[derive(Debug, Default)]
pub struct Owed {
    sum: Lazy<u128, ManualKey<OWED>>,
}

impl Owed {
    /// A contract that owes nothing yet. Its constructor writes the cell, so that the first payer
    /// need not pay the deposit for it.
    pub fn nothing() -> Self {
        let mut new = Self::default();
        new.sum.set(&0);
        new
    }

    /// The sum.
    pub fn sum(&self) -> u128 {
        present(self.sum.get())
    }

    /// Takes `amount` from `payer` by allowance. From then on, `this` contract owes it.
    ///
    /// # Errors
    /// `AmountTooLarge`, `Refused` by the token, `Short` if the contract then holds less than it
    /// owes.
    pub fn collect<T: Token>(
        &mut self,
        token: &T,
        this: &AccountId,
        payer: &AccountId,
        amount: u128,
    ) -> Result<(), PaymentError<T::Error>> {
        // Written before the call, so that no message that runs meanwhile counts on this money.
        let owed = self.raise(amount)?;
        let paid = token.transfer_from(payer, this, amount);
        paid.map_err(PaymentError::Refused)?;
        holds(token, this, owed)
    }

    /// Counts `amount` that the token told `this` contract it received. From then on, the contract
    /// owes it. The contract has checked that it was its token that told it.
    ///
    /// # Errors
    /// `AmountTooLarge`, `Refused` if the token does not answer, `Short` if the contract holds less
    /// than it owes.
    pub fn receive<T: Token>(
        &mut self,
        token: &T,
        this: &AccountId,
        amount: u128,
    ) -> Result<(), PaymentError<T::Error>> {
        let owed = self.raise(amount)?;
        holds(token, this, owed)
    }

    /// Pays `amount` that the contract owes to `to`. The balance is not looked at afterwards:
    /// otherwise a token that takes too much would block everybody's exit.
    ///
    /// # Errors
    /// Those of the token.
    pub fn pay<T: Token>(
        &mut self,
        token: &T,
        to: &AccountId,
        amount: u128,
    ) -> Result<(), T::Error> {
        // Cannot underflow: whoever pays out has taken the amount from what was owed.
        self.sum.set(&self.sum().saturating_sub(amount));
        token.transfer(to, amount)
    }

    fn raise<E>(&mut self, amount: u128) -> Result<u128, PaymentError<E>> {
        let owed = self.sum().checked_add(amount);
        let owed = owed.ok_or(PaymentError::AmountTooLarge)?;
        self.sum.set(&owed);
        Ok(owed)
    }
}

/// Takes `amount` from `payer` by allowance, for a contract that does not keep one sum of all that
/// it owes.
///
/// # Errors
/// `AmountTooLarge`, `Refused` by the token, `Short` if the balance of `this` contract did not rise
/// by the amount.
pub fn collect<T: Token>(
    token: &T,
    this: &AccountId,
    payer: &AccountId,
    amount: u128,
) -> Result<(), PaymentError<T::Error>> {
    let before = token.balance_of(this).map_err(PaymentError::Refused)?;
    let due = before.checked_add(amount);
    let due = due.ok_or(PaymentError::AmountTooLarge)?;
    let paid = token.transfer_from(payer, this, amount);
    paid.map_err(PaymentError::Refused)?;
    holds(token, this, due)
}

fn holds<T: Token>(token: &T, this: &AccountId, due: u128) -> Result<(), PaymentError<T::Error>> {
    if token.balance_of(this).map_err(PaymentError::Refused)? < due {
        return Err(PaymentError::Short);
    }
    Ok(())
}
