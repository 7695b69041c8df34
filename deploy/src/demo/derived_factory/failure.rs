//! One DAPP takes out what it may, and falls silent. A stranger has its holders made whole, and the
//! other goes on.

use super::{
    dapps::{Dapps, Registered, TOKEN},
    tables::{shown, Share},
};
use crate::{
    demo::{
        actor::Actor::{Clinic, Fitness, Foundation, Group, Patient, Stranger},
        journal::one,
    },
    suite::values::DAY,
    table::{alv, ALV},
};
use allive_calls::{at, psp22, Chain, Typed};
use anyhow::{bail, ensure, Result};
use derived_factory::{
    Dapp, DerivedFactory, FactoryError, Failure, Money, Phase, ShareClaimed, Source, State,
    StateChanged,
};
use ink::primitives::AccountId;
use psp22::{PSP22Error, PSP22};

impl<C: Chain> Dapps<'_, '_, C> {
    /// It takes what it may, and asks for what it may ask for.
    pub fn drain(&mut self, fitness: &Registered) -> Result<()> {
        self.journal
            .chapter("The fitness DAPP takes out what its promise lets it take");
        let proceeds = self.dapp(fitness)?.money.proceeds;
        let what = format!("withdraw its proceeds, {} ALV", alv(proceeds));
        let withdraw = self.factory().withdraw_proceeds(fitness.id, proceeds);
        self.journal.accept(Fitness, &what, withdraw)?;
        let factory = self.factory;
        let id = fitness.id;
        let unbond =
            move |amount: u128| at::<DerivedFactory>(factory).unbond(id, Source::Stake, amount);
        self.journal.refuse(
            Fitness,
            "ask for its whole stake back",
            unbond(15 * ALV),
            FactoryError::Uncovered,
        )?;
        self.journal
            .accept(Fitness, "ask for 2 ALV of it back", unbond(2 * ALV))?;
        Ok(())
    }

    /// A month passes. One of the two gives a sign of life.
    pub fn fail(&mut self, fitness: &Registered, clinic: &Registered) -> Result<(Money, Failure)> {
        self.journal.chapter("The fitness DAPP falls silent");
        let factory = self.factory;
        let contract = move || at::<DerivedFactory>(factory);
        let id = fitness.id;
        self.journal.refuse(
            Stranger,
            "declare it failed while it lives",
            at::<DerivedFactory>(factory).declare_silent(id),
            FactoryError::WrongPhase(Phase::Live),
        )?;
        self.journal.pass(20 * DAY, "20 days pass");
        self.journal.accept(
            Clinic,
            "give a sign of life",
            at::<DerivedFactory>(factory).heartbeat(clinic.id),
        )?;
        self.journal.pass(11 * DAY, "11 days pass");
        let money = self.dapp(fitness)?.money;
        let (_, events) = self.journal.accept(
            Stranger,
            "declare it failed by silence",
            at::<DerivedFactory>(factory).declare_silent(id),
        )?;
        let told: StateChanged = one(&events)?;
        let State::Failed(failure) = told.state else {
            bail!("declared failed, and it is not");
        };
        let late = contract().buy(id, ALV, 0, 0);
        self.journal.refuse(
            Group,
            "buy FIT now",
            late,
            FactoryError::WrongPhase(Phase::Failed),
        )?;
        let moved = psp22(fitness.token).transfer(Stranger.account(), 1, vec![]);
        self.journal.refuse(
            Patient,
            "move FIT now",
            moved,
            PSP22Error::Custom("Frozen".into()),
        )?;
        Ok((money, failure.into_inner()))
    }

    /// A stranger has each holder paid. None of them does anything, and one of them could not.
    pub fn claim(&mut self, fitness: &Registered, failure: &Failure) -> Result<Vec<Share>> {
        self.journal
            .chapter("A stranger has the holders made whole");
        let (id, factory) = (fitness.id, self.factory);
        let claim = move |holder: AccountId| at::<DerivedFactory>(factory).claim(id, holder.into());
        self.journal.refuse(
            Stranger,
            "claim for itself",
            claim(Stranger.account()),
            FactoryError::NothingToDo,
        )?;
        let mut shares = Vec::new();
        for (holder, account) in [
            ("patient", Patient.account()),
            ("research group", Group.account()),
            ("Nexus, a contract", self.contract),
        ] {
            let tokens = self.held(fitness.token, account);
            let before = self.held(self.alv, account);
            let what = format!("claim for the {holder}");
            let (paid, events) = self.journal.accept(Stranger, &what, claim(account))?;
            let told: ShareClaimed = one(&events)?;
            let received = self.held(self.alv, account) - before;
            let share = Share {
                holder,
                tokens,
                paid: received,
            };
            ensure!(
                paid == received && told.paid == received,
                "the {holder} was to be paid {} ALV, and received {}",
                alv(paid),
                alv(received)
            );
            share.check()?;
            shares.push(share);
        }
        self.journal.refuse(
            Stranger,
            "claim for the patient again",
            claim(Patient.account()),
            FactoryError::NothingToDo,
        )?;
        let claimed: u128 = shares.iter().map(|share| share.tokens).sum();
        ensure!(
            claimed == failure.supply,
            "{} of {} FIT were claimed for",
            shown(claimed),
            shown(failure.supply)
        );
        Ok(shares)
    }

    /// The other DAPP serves its users as before; and all that is left lies there for somebody.
    pub fn go_on(&mut self, fitness: &Registered, clinic: &Registered) -> Result<()> {
        self.journal.chapter("The clinic DAPP goes on");
        let redeem = self.factory().redeem(clinic.id, 10 * TOKEN, 0);
        self.journal.accept(Group, "redeem 10.00 CLIN", redeem)?;
        let withdraw = self.factory().withdraw(Group.account().into());
        self.journal.accept(
            Group,
            "withdraw what it redeemed, and the change of its conversion",
            withdraw,
        )?;
        let mut tracked = 0;
        for dapp in [fitness, clinic] {
            let Dapp { money, life, .. } = self.dapp(dapp)?;
            tracked += money.reserve + money.stake + money.prepaid + money.proceeds;
            tracked += money.stake_unbonding.amount + money.proceeds_unbonding.amount;
            if let State::Failed(failure) = life.state {
                tracked += failure.left;
            }
        }
        for actor in [Foundation, Patient, Group, Fitness, Clinic, Stranger] {
            let credit = self.factory().credit_of(actor.account().into());
            tracked += self.journal.chain.get(credit);
        }
        let held = self.held(self.alv, self.factory);
        ensure!(
            tracked == held,
            "the factory holds {} ALV, and {} of it is somebody's",
            alv(held),
            alv(tracked)
        );
        Ok(())
    }
}
