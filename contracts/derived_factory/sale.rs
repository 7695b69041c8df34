//! Selling, giving away and redeeming units of a DAPP's token.

use crate::{
    error::Result, Dapp, DappId, DerivedFactory, FactoryError, Order, TokensIssued, TokensRedeemed,
};
use allive_access::Account;
use allive_storage::Boxed;
use ink::codegen::Env as _;

/// A sale that is computed but not stored. [`deliver`](DerivedFactory::deliver) stores it.
pub(crate) struct Sale {
    dapp: DappId,
    /// The DAPP as it is after the sale.
    cell: Boxed<Dapp>,
    tokens: u128,
    /// What the units cost.
    pub(crate) paid: u128,
}

impl DerivedFactory {
    /// Computes the sale of as many units as `paid` suffices for.
    ///
    /// # Errors
    /// `Access(Paused)`, `UnknownDapp`, `WrongPhase`, `NothingToDo`, `TooLittle` if they are fewer
    /// than `min_tokens`; as [`Dapp::issue`]; `TooLittleBacking` if redeeming them would pay less
    /// than `min_backing`.
    pub(crate) fn sell(&self, order: Order, paid: u128) -> Result<Sale> {
        let Order {
            dapp,
            min_tokens,
            min_backing,
        } = order;
        self.only_unpaused()?;
        let mut cell = self.load_dapp(dapp)?;
        let now = self.env().block_timestamp();
        cell.life.only_live(now)?;
        let tokens = cell.affordable(paid)?;
        if tokens < min_tokens {
            return Err(FactoryError::TooLittle);
        }
        let paid = cell.issue(tokens, now)?;
        if min_backing > 0 && cell.backing(tokens) < min_backing {
            return Err(FactoryError::TooLittleBacking);
        }
        Ok(Sale {
            dapp,
            cell,
            tokens,
            paid,
        })
    }

    /// Stores a sale that is paid for, and mints its units. `paid_in` is the ALV that came with an
    /// order. Returns the number of units.
    ///
    /// # Errors
    /// `Token`.
    pub(crate) fn deliver(&mut self, sale: Sale, buyer: Account, paid_in: u128) -> Result<u128> {
        let issued = TokensIssued {
            dapp: sale.dapp,
            payer: Some(buyer.clone()),
            to: buyer,
            tokens: sale.tokens,
            paid: sale.paid,
            paid_in,
        };
        self.issue(sale.cell, issued)?;
        Ok(sale.tokens)
    }

    /// Issues units to `to` that are paid for from the prepaid ALV of the DAPP.
    ///
    /// # Errors
    /// As [`Dapp::give`]; `Token`.
    pub(crate) fn give(
        &mut self,
        dapp: DappId,
        mut cell: Boxed<Dapp>,
        to: Account,
        tokens: u128,
    ) -> Result<()> {
        let paid = cell.give(tokens, self.env().block_timestamp())?;
        let issued = TokensIssued {
            dapp,
            payer: None,
            to,
            tokens,
            paid,
            paid_in: 0,
        };
        self.issue(cell, issued)
    }

    fn issue(&mut self, cell: Boxed<Dapp>, issued: TokensIssued) -> Result<()> {
        self.dapps.insert(issued.dapp, &cell);
        cell.token.mint(&issued.to, issued.tokens)?;
        self.env().emit_event(issued);
        Ok(())
    }

    /// Burns units of `holder`. Returns their part of the reserve, which the calling message must
    /// credit or spend.
    ///
    /// # Errors
    /// `UnknownDapp`, `WrongPhase(Failed)`, as [`Dapp::redeem`], `TooLittle`, `Token`.
    pub(crate) fn take_back(
        &mut self,
        holder: Account,
        dapp: DappId,
        tokens: u128,
        min_credit: u128,
    ) -> Result<u128> {
        let mut cell = self.load_dapp(dapp)?;
        cell.life.only_unfailed()?;
        let credited = cell.redeem(tokens)?;
        if credited < min_credit {
            return Err(FactoryError::TooLittle);
        }
        self.dapps.insert(dapp, &cell);
        cell.token.burn(&holder, tokens)?;
        self.env().emit_event(TokensRedeemed {
            dapp,
            holder,
            tokens,
            credited,
        });
        Ok(credited)
    }
}
