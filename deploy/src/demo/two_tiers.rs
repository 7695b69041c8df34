//! The chapter of the two tiers: DAPPs stake ALV and sell tokens of their own for it. One falls silent,
//! and what it left makes its holders whole.

use super::{
    ending::{shown, Ending, Share, TOKEN},
    ground::{create, one, DAY},
    journal::{Actor, Journal},
    story::Codes,
};
use crate::table::{alv, ALV};
use ::alv::Alv;
use allive_access::PauseTerms;
use allive_calls::{at, psp22, Chain, Typed};
use allive_derived_token_interface::Label;
use allive_olife_id_interface::Identities;
use anyhow::{bail, ensure, Context, Result};
use derived_factory::{
    Charter, Dapp, DappId, DappRegistered, DerivedFactory, DerivedFactoryRef, Durations,
    FactoryError, Failure, Fund, Money, Order, Phase, Profile, Rules, ShareClaimed, State,
    StateChanged, TokensIssued, TokensRedeemed,
};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};
use psp22::{PSP22Error, PSP22};
use scale::Encode;
use Actor::{Clinic, Fitness, Foundation, Group, Patient, Stranger};

const RULES: Rules = Rules {
    min_cover: 5_000,
    stake_share: 2_000,
    min_stake: 15 * ALV,
};
const DURATIONS: Durations = Durations {
    silence: 30 * DAY,
    answer: 7 * DAY,
    unbonding: 45 * DAY,
    notice: 14 * DAY,
    claims: 5 * 365 * DAY,
};
/// What a unit costs: 1 ALV a token, and 2.
pub const FITNESS_PRICE: u128 = ALV / TOKEN;
const CLINIC_PRICE: u128 = 2 * ALV / TOKEN;
/// What the group converts, and what it hands to a contract.
const CONVERTED: u128 = 10 * TOKEN + 1;
const MISLAID: u128 = 4 * TOKEN;

/// Where the chapter plays.
#[derive(Clone, Copy)]
pub struct Stage {
    pub alv: AccountId,
    pub factory: AccountId,
    /// A contract that comes to hold tokens, and could never claim for them.
    pub contract: AccountId,
}

/// A DAPP of this chapter.
struct Registered {
    id: DappId,
    token: AccountId,
}

/// Creates the factory, and puts the code of its tokens on the chain.
pub fn deploy<C: Chain>(
    chain: &mut C,
    codes: &Codes,
    [token, identities]: [AccountId; 2],
    pause: PauseTerms,
    genesis: [u8; 32],
) -> Result<AccountId> {
    let foundation = Foundation.account();
    println!(
        "  {:<16} {:<66}  {:>6} bytes of Wasm",
        codes.token.name,
        "code alone; each DAPP has a contract made from it",
        codes.token.wasm.len()
    );
    let token_code = chain.upload(foundation, &codes.token.wasm);
    let constructor = DerivedFactoryRef::new(
        token,
        token_code,
        Charter {
            remainder_to: foundation.into(),
            rules: RULES,
            durations: DURATIONS,
            pause,
            chain: genesis,
            identities: Identities::at(identities.into()),
        }
        .into(),
    );
    create(chain, &codes.factory, constructor)
}

/// Plays the chapter. Returns what is to be told at the end.
///
/// # Errors
/// At the first step that does not end as it must, or if a holder is not made whole to the unit.
pub fn play<C: Chain>(journal: &mut Journal<C>, stage: Stage) -> Result<Ending> {
    let mut chapter = Chapter { journal, stage };
    let [fitness, clinic] = chapter.register()?;
    chapter.buy(&fitness, &clinic)?;
    let legs = chapter.convert(&fitness, &clinic)?;
    chapter.drain(&fitness)?;
    let (money, failure) = chapter.fail(&fitness, &clinic)?;
    let shares = chapter.claim(&fitness, &failure)?;
    chapter.go_on(&fitness, &clinic)?;
    Ok(Ending {
        legs,
        money,
        failure,
        shares,
    })
}

struct Chapter<'j, 'c, C> {
    journal: &'j mut Journal<'c, C>,
    stage: Stage,
}

impl<C: Chain> Chapter<'_, '_, C> {
    fn factory(&self) -> <DerivedFactory as ContractCallBuilder>::Type {
        at::<DerivedFactory>(self.stage.factory)
    }

    fn dapp(&mut self, dapp: &Registered) -> Result<Dapp> {
        let message = self.factory().dapp(dapp.id);
        let cell = self.journal.chain.get(message).context("no such DAPP")?;
        Ok(cell.into_inner())
    }

    /// What an account holds of ALV, or of a DAPP's token.
    fn held(&mut self, token: AccountId, account: AccountId) -> u128 {
        self.journal.chain.get(psp22(token).balance_of(account))
    }

    /// Both stake what the foundation gave them.
    fn register(&mut self) -> Result<[Registered; 2]> {
        self.journal
            .chapter("Two DAPPs stake ALV, and sell tokens of their own for it");
        let alv_token = self.stage.alv;
        let factory = self.stage.factory;
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
            let register = |stake: u128| {
                at::<DerivedFactory>(factory).register(profile.clone().into(), stake.into())
            };
            if operator == Fitness {
                self.journal.refuse(
                    operator,
                    "register with a stake too small",
                    register(RULES.min_stake - 1),
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
        let allow = psp22(self.stage.alv).approve(self.stage.factory, amount);
        let what = format!("allow the factory to take {} ALV", alv(amount));
        self.journal.accept(actor, &what, allow)?;
        Ok(())
    }

    /// She spends what she earned.
    fn buy(&mut self, fitness: &Registered, clinic: &Registered) -> Result<()> {
        self.journal.chapter("Users buy");
        for (actor, dapp, symbol, paid, tokens) in [
            (Patient, fitness, "FIT", 5 * ALV, 5 * TOKEN),
            (Group, clinic, "CLIN", 60 * ALV, 30 * TOKEN),
        ] {
            let what = format!("pay {} ALV with an order for {symbol}", alv(paid));
            let order = Some(Order {
                dapp: dapp.id,
                min_tokens: tokens,
            });
            let Stage { alv, factory, .. } = self.stage;
            let buy = at::<Alv>(alv).transfer_and_call(
                factory.into(),
                paid.into(),
                order.encode().into(),
            );
            let (_, events) = self.journal.accept(actor, &what, buy)?;
            let bought = one::<TokensIssued>(&events)?.tokens;
            ensure!(bought == tokens, "bought {} {symbol}", shown(bought));
        }
        Ok(())
    }

    /// Two legs in sight of everybody, with ALV between them.
    fn convert(
        &mut self,
        fitness: &Registered,
        clinic: &Registered,
    ) -> Result<(TokensRedeemed, TokensIssued)> {
        self.journal
            .chapter("The group converts one token to the other: two legs, with ALV between them");
        let factory = self.stage.factory;
        let (from, to) = (clinic.id, fitness.id);
        let convert = move |least: u128| {
            at::<DerivedFactory>(factory).convert(
                from,
                CONVERTED.into(),
                0.into(),
                to,
                least.into(),
            )
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
        let mislaid = psp22(fitness.token).transfer(self.stage.contract, MISLAID, vec![]);
        let what = format!("hand {} FIT to the Nexus by mistake", shown(MISLAID));
        self.journal.accept(Group, &what, mislaid)?;
        Ok((redeemed, issued))
    }

    /// It takes what it may, and asks for what it may ask for.
    fn drain(&mut self, fitness: &Registered) -> Result<()> {
        self.journal
            .chapter("The fitness DAPP takes out what its promise lets it take");
        let proceeds = self.dapp(fitness)?.money.proceeds;
        let what = format!("withdraw its proceeds, {} ALV", alv(proceeds));
        let withdraw = self
            .factory()
            .withdraw_proceeds(fitness.id, proceeds.into());
        self.journal.accept(Fitness, &what, withdraw)?;
        let factory = self.stage.factory;
        let id = fitness.id;
        let unbond = move |amount: u128| {
            at::<DerivedFactory>(factory).unbond(id, Fund::Stake, amount.into())
        };
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
    fn fail(&mut self, fitness: &Registered, clinic: &Registered) -> Result<(Money, Failure)> {
        self.journal.chapter("The fitness DAPP falls silent");
        let factory = self.stage.factory;
        let contract = move || at::<DerivedFactory>(factory);
        let id = fitness.id;
        self.journal.refuse(
            Stranger,
            "declare it failed while it lives",
            contract().declare_silent(id),
            FactoryError::WrongPhase(Phase::Live),
        )?;
        self.journal.pass(20 * DAY, "20 days pass");
        self.journal.accept(
            Clinic,
            "give a sign of life",
            contract().heartbeat(clinic.id),
        )?;
        self.journal.pass(11 * DAY, "11 days pass");
        let money = self.dapp(fitness)?.money;
        let (_, events) = self.journal.accept(
            Stranger,
            "declare it failed by silence",
            contract().declare_silent(id),
        )?;
        let told: StateChanged = one(&events)?;
        let State::Failed(failure) = told.state else {
            bail!("declared failed, and it is not");
        };
        let late = contract().buy(id, ALV.into(), 0.into());
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
        Ok((money, failure))
    }

    /// A stranger has each holder paid. None of them does anything, and one of them could not.
    fn claim(&mut self, fitness: &Registered, failure: &Failure) -> Result<Vec<Share>> {
        self.journal
            .chapter("A stranger has the holders made whole");
        let (id, factory) = (fitness.id, self.stage.factory);
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
            ("Nexus, a contract", self.stage.contract),
        ] {
            let tokens = self.held(fitness.token, account);
            let before = self.held(self.stage.alv, account);
            let what = format!("claim for the {holder}");
            let (paid, events) = self.journal.accept(Stranger, &what, claim(account))?;
            let told: ShareClaimed = one(&events)?;
            let received = self.held(self.stage.alv, account) - before;
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
    fn go_on(&mut self, fitness: &Registered, clinic: &Registered) -> Result<()> {
        self.journal.chapter("The clinic DAPP goes on");
        let redeem = self
            .factory()
            .redeem(clinic.id, (10 * TOKEN).into(), 0.into());
        self.journal.accept(Group, "redeem 10.00 CLIN", redeem)?;
        let withdraw = self.factory().withdraw();
        self.journal.accept(
            Group,
            "withdraw what it redeemed, and the change of its conversion",
            withdraw,
        )?;
        let mut tracked = 0;
        for dapp in [fitness, clinic] {
            let Dapp { money, life, .. } = self.dapp(dapp)?;
            tracked += money.reserve + money.stake + money.unbonding + money.prepaid;
            tracked += money.proceeds;
            if let State::Failed(failure) = life.state {
                tracked += failure.left;
            }
        }
        for actor in [Foundation, Patient, Group, Fitness, Clinic, Stranger] {
            let credit = self.factory().credit_of(actor.account().into());
            tracked += self.journal.chain.get(credit);
        }
        let held = self.held(self.stage.alv, self.stage.factory);
        ensure!(
            tracked == held,
            "the factory holds {} ALV, and {} of it is somebody's",
            alv(held),
            alv(tracked)
        );
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
