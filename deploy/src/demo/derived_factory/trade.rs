//! Users buy tokens, and convert one to the other.

use super::{
    dapps::{Dapps, Registered, CONVERTED, MISLAID, TOKEN},
    tables::shown,
};
use crate::{
    demo::{
        actor::Actor::{Group, Patient},
        journal::one,
    },
    table::{alv as alv_amount, ALV},
};
use ::alv::{Alv, PSP22Payable};
use allive_calls::{at, psp22, Chain};
use anyhow::{ensure, Result};
use derived_factory::{DerivedFactory, FactoryError, Order, TokensIssued, TokensRedeemed};
use psp22::PSP22;
use scale::Encode;

impl<C: Chain> Dapps<'_, '_, C> {
    /// She spends what she earned.
    pub fn buy(&mut self, fitness: &Registered, clinic: &Registered) -> Result<()> {
        self.journal.chapter("Users buy");
        for (actor, dapp, symbol, paid, tokens) in [
            (Patient, fitness, "FIT", 5 * ALV, 5 * TOKEN),
            (Group, clinic, "CLIN", 60 * ALV, 30 * TOKEN),
        ] {
            let what = format!("pay {} ALV with an order for {symbol}", alv_amount(paid));
            let order = Some(Order {
                dapp: dapp.id,
                min_tokens: tokens,
                min_backing: 0,
            });
            let (alv, factory) = (self.alv, self.factory);
            let buy = at::<Alv>(alv).transfer_and_call(factory.into(), paid, order.encode());
            let (_, events) = self.journal.accept(actor, &what, buy)?;
            let bought = one::<TokensIssued>(&events)?.tokens;
            ensure!(bought == tokens, "bought {} {symbol}", shown(bought));
        }
        Ok(())
    }

    /// Two legs in sight of everybody, with ALV between them.
    pub fn convert(
        &mut self,
        fitness: &Registered,
        clinic: &Registered,
    ) -> Result<(TokensRedeemed, TokensIssued)> {
        self.journal
            .chapter("The group converts one token to the other: two legs, with ALV between them");
        let factory = self.factory;
        let (from, to) = (clinic.id, fitness.id);
        let convert = move |least: u128| {
            at::<DerivedFactory>(factory).convert(from, CONVERTED, 0, to, least, 0)
        };
        self.journal.refuse(
            Group,
            "convert for more than it brings",
            convert(20 * TOKEN),
            FactoryError::TooLittle,
        )?;
        let what = format!("convert {} CLIN to FIT", shown(CONVERTED));
        let (bought, events) = self.journal.accept(Group, &what, convert(15 * TOKEN))?;
        let redeemed: TokensRedeemed = one(&events)?;
        let issued: TokensIssued = one(&events)?;
        ensure!(
            (redeemed.dapp, redeemed.tokens) == (from, CONVERTED)
                && (issued.dapp, issued.tokens) == (to, bought)
                && issued.paid <= redeemed.credited,
            "the legs are not those of the conversion"
        );
        let mislaid = psp22(fitness.token).transfer(self.contract, MISLAID, vec![]);
        let what = format!("hand {} FIT to the Nexus by mistake", shown(MISLAID));
        self.journal.accept(Group, &what, mislaid)?;
        Ok((redeemed, issued))
    }
}
