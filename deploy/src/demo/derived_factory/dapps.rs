//! Two DAPPs, and what the factory knows of them.

use crate::{
    demo::{
        actor::Actor::{self, Clinic, Fitness, Foundation},
        journal::{one, Journal},
    },
    table::{alv, ALV},
};
use allive_calls::{at, psp22, Chain, Typed};
use allive_derived_token_interface::Label;
use anyhow::{bail, Context, Result};
use derived_factory::{Dapp, DappId, DappRegistered, DerivedFactory, FactoryError, Profile};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};
use psp22::PSP22;

/// The units of one token of either DAPP, which have two decimals.
pub const TOKEN: u128 = 100;
/// What a unit costs: 1 ALV a token, and 2.
pub const FITNESS_PRICE: u128 = ALV / TOKEN;
pub const CLINIC_PRICE: u128 = 2 * ALV / TOKEN;
/// What the group converts, and what it hands to a contract.
pub const CONVERTED: u128 = 10 * TOKEN + 1;
pub const MISLAID: u128 = 4 * TOKEN;
/// The least that a DAPP stakes.
pub const MIN_STAKE: u128 = 15 * ALV;

/// The DAPPs of the story, and the contracts around them.
pub struct Dapps<'j, 'c, C> {
    pub journal: &'j mut Journal<'c, C>,
    pub alv: AccountId,
    pub factory: AccountId,
    /// A contract that comes to hold tokens, and could never claim for them.
    pub contract: AccountId,
}

/// A DAPP that is registered.
pub struct Registered {
    pub id: DappId,
    pub token: AccountId,
}

impl<C: Chain> Dapps<'_, '_, C> {
    /// The factory.
    pub fn factory(&self) -> <DerivedFactory as ContractCallBuilder>::Type {
        at::<DerivedFactory>(self.factory)
    }

    /// What the factory knows of a DAPP.
    pub fn dapp(&mut self, dapp: &Registered) -> Result<Dapp> {
        let message = self.factory().dapp(dapp.id);
        let cell = self.journal.chain.get(message).context("no such DAPP")?;
        Ok(cell.into_inner())
    }

    /// What an account holds of ALV, or of a DAPP's token.
    pub fn held(&mut self, token: AccountId, account: AccountId) -> u128 {
        self.journal.chain.get(psp22(token).balance_of(account))
    }

    /// Both stake what the foundation gave them.
    pub fn register(&mut self) -> Result<[Registered; 2]> {
        self.journal
            .chapter("Two DAPPs stake ALV, and sell tokens of their own for it");
        let alv_token = self.alv;
        let factory = self.factory;
        let profiles = [
            (
                Fitness,
                15 * ALV,
                profile("Fitness", "FIT", FITNESS_PRICE, 4_000, Fitness),
            ),
            (
                Clinic,
                40 * ALV,
                profile("Clinic", "CLIN", CLINIC_PRICE, 7_500, Clinic),
            ),
        ];
        let mut registered = Vec::new();
        for (operator, stake, profile) in profiles {
            let what = format!("give the {} {} ALV", operator.name(), alv(stake));
            let given = psp22(alv_token).transfer(operator.account(), stake, vec![]);
            self.journal.accept(Foundation, &what, given)?;
            self.allow(operator, stake)?;
            let register =
                |stake: u128| at::<DerivedFactory>(factory).register(profile.clone().into(), stake);
            if operator == Fitness {
                self.journal.refuse(
                    operator,
                    "register with a stake too small",
                    register(MIN_STAKE - 1),
                    FactoryError::StakeTooSmall,
                )?;
            }
            let what = format!("register with a stake of {} ALV", alv(stake));
            let (id, events) = self.journal.accept(operator, &what, register(stake))?;
            let told: DappRegistered = one(&events)?;
            let token = *told.token;
            println!("                 its token 0x{}", hex::encode(token));
            registered.push(Registered { id, token });
        }
        match <[Registered; 2]>::try_from(registered) {
            Ok(both) => Ok(both),
            Err(_) => bail!("there are two DAPPs"),
        }
    }

    fn allow(&mut self, actor: Actor, amount: u128) -> Result<()> {
        let allow = psp22(self.alv).approve(self.factory, amount);
        let what = format!("allow the factory to take {} ALV", alv(amount));
        self.journal.accept(actor, &what, allow)?;
        Ok(())
    }
}

/// Covers its holders in full.
fn profile(name: &str, symbol: &str, price: u128, reserve_share: u16, treasury: Actor) -> Profile {
    Profile {
        label: Label {
            name: name.into(),
            symbol: symbol.into(),
            decimals: 2,
        },
        price,
        cap: 1_000_000 * TOKEN,
        reserve_share,
        cover: 10_000,
        treasury: treasury.account().into(),
    }
}
