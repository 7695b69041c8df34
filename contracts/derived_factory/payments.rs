//! Each way of ALV into the factory and out of it, and into credits and out of them.

use crate::{
    dapp::{minus, plus},
    error::Result,
    Credit, Deposited, DerivedFactory, FactoryError,
};
use allive_access::Account;
use ink::{codegen::Env as _, primitives::AccountId};

impl DerivedFactory {
    /// The credit of an account; an empty one if it never had any.
    pub(crate) fn load_credit(&self, account: &AccountId) -> Credit {
        self.credits.get(account).unwrap_or_default()
    }

    /// Adds to an account's credit.
    ///
    /// # Errors
    /// `NothingToDo`, `AmountTooLarge`.
    pub(crate) fn add_credit(&mut self, account: &AccountId, amount: u128) -> Result<()> {
        let mut credit = self.load_credit(account);
        credit.add(amount, self.env().block_timestamp())?;
        self.credits.insert(account, &credit);
        Ok(())
    }

    /// Credits what a buyer gave beyond the price of the units, if that is anything.
    ///
    /// # Errors
    /// `AmountTooLarge`.
    pub(crate) fn credit_rest(
        &mut self,
        buyer: &AccountId,
        given: u128,
        price: u128,
    ) -> Result<()> {
        match minus(given, price)? {
            0 => Ok(()),
            rest => self.add_credit(buyer, rest),
        }
    }

    /// Takes all of an account's credit. Returns how much. The emptied cell stays.
    ///
    /// # Errors
    /// `NothingToDo`.
    pub(crate) fn empty_credit(&mut self, account: &AccountId) -> Result<u128> {
        let amount = self.load_credit(account).amount;
        if amount == 0 {
            return Err(FactoryError::NothingToDo);
        }
        self.credits.insert(account, &Credit::default());
        Ok(amount)
    }

    /// Takes `amount` from the payer's credit, and what that lacks from ALV that the payer allowed.
    ///
    /// # Errors
    /// As [`collect`](Self::collect).
    pub(crate) fn charge(&mut self, payer: &Account, amount: u128) -> Result<()> {
        let mut credit = self.load_credit(payer);
        let spent = credit.amount.min(amount);
        if spent > 0 {
            credit.amount = minus(credit.amount, spent)?;
            self.credits.insert(**payer, &credit);
        }
        if spent < amount {
            self.collect(payer.clone(), minus(amount, spent)?)?;
        }
        Ok(())
    }

    /// Takes ALV that `account` allowed. Of a token that keeps a fee, or lies, less comes in.
    ///
    /// # Errors
    /// `AmountTooLarge`, `Token`, `PaymentShort`.
    pub(crate) fn collect(&self, account: Account, amount: u128) -> Result<()> {
        let this = self.env().account_id();
        let due = plus(self.state.alv.balance_of(&this)?, amount)?;
        self.state.alv.transfer_from(&account, &this, amount)?;
        if self.state.alv.balance_of(&this)? < due {
            return Err(FactoryError::PaymentShort);
        }
        self.emit_deposited(account, amount);
        Ok(())
    }

    /// Says that ALV came in and was credited to `account`.
    pub(crate) fn emit_deposited(&self, account: Account, amount: u128) {
        self.env().emit_event(Deposited { account, amount });
    }

    /// Pays ALV out: the only place where it leaves.
    ///
    /// # Errors
    /// `Token`.
    pub(crate) fn pay(&self, account: &AccountId, amount: u128) -> Result<()> {
        Ok(self.state.alv.transfer(account, amount)?)
    }
}
