//! Every movement of ALV into and out of the factory, and into and out of credits.

use crate::{
    dapp::minus, error::Result, Dapp, DappId, Deposited, DerivedFactory, FactoryError, Flow,
};
use allive_access::Account;
use allive_payments::collect;
use allive_storage::Boxed;
use ink::{codegen::Env as _, primitives::AccountId};

impl DerivedFactory {
    /// Adds ALV that comes now to an account's credit. Nobody can add to the credit of another
    /// account, so it counts as the account's own doing.
    ///
    /// # Errors
    /// `NothingToDo`, `AmountTooLarge`.
    pub(crate) fn add_credit(&mut self, account: &AccountId, amount: u128) -> Result<()> {
        if amount == 0 {
            return Err(FactoryError::NothingToDo);
        }
        let now = self.env().block_timestamp();
        Ok(self.credits.add_own(account, amount, now)?)
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

    /// Takes `amount` from the payer's credit first, then by allowance in ALV.
    ///
    /// # Errors
    /// As [`collect`](Self::collect).
    pub(crate) fn charge(&mut self, payer: &Account, amount: u128) -> Result<()> {
        let spent = self.credits.spend(payer, amount);
        if spent < amount {
            self.collect(payer.clone(), minus(amount, spent)?)?;
        }
        Ok(())
    }

    /// Takes ALV from `account` by allowance, and sees it arrive.
    ///
    /// # Errors
    /// `AmountTooLarge`, `Token`, `PaymentShort`.
    pub(crate) fn collect(&self, account: Account, amount: u128) -> Result<()> {
        let this = self.env().account_id();
        collect(&self.state.alv, &this, &account, amount)?;
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
