//! Every movement of ALV into and out of the factory, and into and out of credits.

use crate::{
    dapp::{minus, plus},
    error::Result,
    Credit, Dapp, DappId, Deposited, DerivedFactory, FactoryError, Flow,
};
use allive_access::{Account, Timestamp};
use allive_storage::Boxed;
use ink::{codegen::Env as _, primitives::AccountId};

impl DerivedFactory {
    /// The credit of an account. It is empty if the account never had any.
    pub(crate) fn load_credit(&self, account: &AccountId) -> Credit {
        self.credits.get(account).unwrap_or_default()
    }

    /// Adds ALV that comes now to an account's credit.
    ///
    /// # Errors
    /// `NothingToDo`, `AmountTooLarge`.
    pub(crate) fn add_credit(&mut self, account: &AccountId, amount: u128) -> Result<()> {
        self.add_credit_since(account, amount, self.env().block_timestamp())
    }

    /// Adds ALV that counts for heirs since that moment to an account's credit.
    ///
    /// # Errors
    /// `NothingToDo`, `AmountTooLarge`.
    pub(crate) fn add_credit_since(
        &mut self,
        account: &AccountId,
        amount: u128,
        since: Timestamp,
    ) -> Result<()> {
        let mut credit = self.load_credit(account);
        credit.add(amount, since)?;
        self.credits.insert(account, &credit);
        Ok(())
    }

    /// Credits what a buyer gave beyond the price of the units, if anything.
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

    /// Takes all of an account's credit. Returns the amount. The empty cell stays.
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

    /// Takes `amount` from the payer's credit first, then by allowance in ALV.
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

    /// Takes ALV from `account` by allowance. The balance is checked, since a token that keeps a
    /// fee or lies would deliver less.
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

    /// Emits that ALV came in and was credited to `account`.
    pub(crate) fn emit_deposited(&self, account: Account, amount: u128) {
        self.env().emit_event(Deposited { account, amount });
    }

    /// Stores a DAPP from whose money `amount` was taken, and pays it: proceeds to the treasury,
    /// anything else to the operator.
    ///
    /// # Errors
    /// `Token`.
    pub(crate) fn pay_out(
        &mut self,
        dapp: DappId,
        cell: Boxed<Dapp>,
        flow: Flow,
        amount: u128,
    ) -> Result<()> {
        self.dapps.insert(dapp, &cell);
        let cell = cell.into_inner();
        let payee = match flow {
            Flow::ProceedsReleased | Flow::ProceedsWithdrawn => cell.treasury,
            _ => cell.operator.owner,
        };
        self.pay(&payee, amount)?;
        self.emit_flow(dapp, flow, amount, payee)
    }

    /// Pays ALV out. No other function does.
    ///
    /// # Errors
    /// `Token`.
    pub(crate) fn pay(&self, account: &AccountId, amount: u128) -> Result<()> {
        Ok(self.state.alv.transfer(account, amount)?)
    }
}
