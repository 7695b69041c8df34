//! What a user does, by a message of its own or by its signature.

use crate::{
    error::Result, Action, CreditWithdrawn, DappId, DerivedFactory, FactoryError, Flow, Fund,
    Holding, Order,
};
use allive_access::{only_somebody, Account};
use ink::codegen::Env as _;

impl DerivedFactory {
    /// Carries out what somebody signed, by the bodies of the messages.
    ///
    /// # Errors
    /// Those of the message.
    #[inline(never)]
    pub(crate) fn act(&mut self, by: Account, action: Action) -> Result<()> {
        match action {
            Action::Deposit { amount } => self.deposit_by(by, amount),
            Action::Buy {
                dapp,
                paid,
                min_tokens,
                min_backing,
            } => {
                let order = Order {
                    dapp,
                    min_tokens,
                    min_backing,
                };
                self.buy_by(by, order, paid).map(drop)
            }
            Action::Redeem {
                dapp,
                tokens,
                min_credit,
            } => self.redeem_by(by, dapp, tokens, min_credit).map(drop),
            Action::Convert {
                from,
                tokens,
                min_credit,
                to,
                min_tokens,
                min_backing,
            } => {
                let order = Order {
                    dapp: to,
                    min_tokens,
                    min_backing,
                };
                self.convert_by(by, from, tokens, min_credit, order)
                    .map(drop)
            }
            Action::Withdraw { to, at_most } => self.withdraw_by(by, to, at_most).map(drop),
            Action::Inherit { holding } => self.inherit_by(by, holding),
            Action::Fund { dapp, fund, amount } => self.fund_by(by, dapp, fund, amount),
            Action::Cancel => Ok(()),
        }
    }

    pub(crate) fn deposit_by(&mut self, by: Account, amount: u128) -> Result<()> {
        self.add_credit(&by, amount)?;
        self.collect(by, amount)
    }

    pub(crate) fn buy_by(&mut self, by: Account, order: Order, paid: u128) -> Result<u128> {
        let sale = self.sell(order, paid)?;
        self.charge(&by, sale.paid)?;
        self.deliver(sale, by, 0)
    }

    pub(crate) fn redeem_by(
        &mut self,
        by: Account,
        dapp: DappId,
        tokens: u128,
        min_credit: u128,
    ) -> Result<u128> {
        let credited = self.take_back(by.clone(), dapp, tokens, min_credit)?;
        self.add_credit(&by, credited)?;
        Ok(credited)
    }

    pub(crate) fn convert_by(
        &mut self,
        by: Account,
        from: DappId,
        tokens: u128,
        min_credit: u128,
        order: Order,
    ) -> Result<u128> {
        let credited = self.take_back(by.clone(), from, tokens, min_credit)?;
        let sale = self.sell(order, credited)?;
        self.credit_rest(&by, credited, sale.paid)?;
        self.deliver(sale, by, 0)
    }

    pub(crate) fn withdraw_by(&mut self, by: Account, to: Account, at_most: u128) -> Result<u128> {
        only_somebody(&to)?;
        let amount = self.credits.withdraw(&by, at_most)?;
        self.pay(&to, amount)?;
        self.env().emit_event(CreditWithdrawn {
            account: by,
            to,
            amount,
        });
        Ok(amount)
    }

    pub(crate) fn inherit_by(&mut self, by: Account, holding: Holding) -> Result<()> {
        match holding {
            Holding::Dapp(dapp) => self.inherit_dapp(by, dapp),
            Holding::Credit(account) => self.inherit_credit(by, account),
        }
    }

    pub(crate) fn fund_by(
        &mut self,
        by: Account,
        dapp: DappId,
        fund: Fund,
        amount: u128,
    ) -> Result<()> {
        if amount == 0 {
            return Err(FactoryError::NothingToDo);
        }
        let mut cell = self.load_dapp(dapp)?;
        cell.life.only_unfailed()?;
        cell.fund(fund, amount)?;
        self.dapps.insert(dapp, &cell);
        self.charge(&by, amount)?;
        self.emit_flow(dapp, Flow::into_fund(fund), amount, by)
    }
}
