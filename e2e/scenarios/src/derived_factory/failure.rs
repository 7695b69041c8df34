//! How DAPPs end, and what becomes of their holders.

use super::*;
use crate::stage::MINUTE;
use allive_access::{AccessError, Announced};
use derived_factory::{
    Accusation, Cause, Failure, Flow, ShareClaimed, Source, State, StateChanged,
};
use psp22::PSP22Error;

const EVIDENCE: [u8; 32] = [0xe1; 32];
const ANSWERED: [u8; 32] = [0xa1; 32];

/// A DAPP takes what it may and falls silent. Anybody says so; what it left, also what it had asked
/// back, makes its holders whole, a contract among them; what is not claimed in time goes to a
/// named place.
pub fn a_silent_dapp_is_declared_and_its_holders_are_made_whole<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut town = Town::open(chain, genesis);
    let (user, other, stranger) = (town.user, town.other, town.stranger);
    let [operator, _] = town.operators;
    let (factory, alv) = (town.factory, town.alv);
    let contract = || at::<DerivedFactory>(factory);
    let well = town.token(WELL);

    town.buy(user, WELL, 50, PRICE);
    town.buy(other, WELL, 33, PRICE);
    for (to, tokens) in [(alv, 13), (ABSENT, 3)] {
        town.accept(other, psp22(well).transfer(to, tokens, vec![]));
    }
    town.accept(operator, contract().withdraw_proceeds(WELL, 415));
    let unbond = |amount: u128| contract().unbond(WELL, Source::Stake, amount);
    town.refuse(operator, unbond(586), FactoryError::Uncovered);
    let (_, events) = town.accept(operator, unbond(500));
    assert_eq!(
        events,
        [town.moved(WELL, Flow::StakeUnbonding, 500, operator)]
    );

    let declare = || contract().declare_silent(WELL);
    let live = FactoryError::WrongPhase(Phase::Live);
    town.refuse(stranger, declare(), live.clone());
    let alive_until = town.dapp(WELL).life.alive_until;
    town.stage.wait_until(alive_until - 10 * MINUTE);
    town.refuse(stranger, declare(), live);
    town.beat(WELL);
    let alive_until = town.dapp(WELL).life.alive_until;
    town.stage.wait_until(alive_until);
    assert_eq!(town.phase(WELL), Phase::Silent);

    // Nothing is sold or taken out any more; who holds may still leave.
    let silent = || FactoryError::WrongPhase(Phase::Silent);
    let buy = || contract().buy(WELL, 100, 0, 0);
    town.refuse(user, buy(), silent());
    town.refuse(operator, unbond(1), silent());
    town.refuse(operator, contract().release(WELL, Source::Stake), silent());
    town.redeem(user, WELL, 10, 50);

    let before = town.stage.chain.now();
    let (_, events) = town.accept(stranger, declare());
    let ends = town.ends(before);
    let pot = 365 + 500 + 500;
    let failure = Failure {
        cause: Cause::Silence,
        pot,
        supply: 73,
        left: pot,
        ends,
    };
    let state = State::Failed(failure.into());
    let changed = StateChanged { dapp: WELL, state };
    assert_eq!(events, [said(factory, changed)]);
    let failed = || FactoryError::WrongPhase(Phase::Failed);
    town.refuse(stranger, declare(), failed());
    town.refuse(user, buy(), failed());
    town.refuse(operator, contract().heartbeat(WELL), failed());
    let redeem = contract().redeem(WELL, 1, 0);
    town.refuse(user, redeem, failed());
    let moved = psp22(well).transfer(other, 1, vec![]);
    town.refuse(user, moved, PSP22Error::Custom("Frozen".into()));

    for (holder, tokens) in [(user, 40), (other, 17), (alv, 13)] {
        town.claim(WELL, holder, tokens, tokens * PRICE);
        let again = contract().claim(WELL, holder.into());
        town.refuse(stranger, again, FactoryError::NothingToDo);
    }
    town.holders(WELL, [(ABSENT, 3)]);

    town.stage.wait_until(ends - 10 * MINUTE);
    town.refuse(stranger, contract().sweep(WELL), FactoryError::TooEarly);
    town.stage.wait_until(ends);
    let late = contract().claim(WELL, ABSENT.into());
    town.refuse(stranger, late, FactoryError::Expired);
    let (_, events) = town.accept(stranger, contract().sweep(WELL));
    let left = pot - 700;
    let expected = [
        paid(alv, factory, REMAINDER, left),
        town.moved(WELL, Flow::Swept, left, REMAINDER),
    ];
    assert_eq!(events, expected);
    town.refuse(stranger, contract().sweep(WELL), FactoryError::NothingToDo);

    // What was redeemed before is owed as before.
    town.withdraw(user, 50);
    // The contract that held tokens holds ALV now: it is ALV itself.
    assert_eq!(town.stage.held(alv, alv), 130);
    let factory_holds = town.stage.held(alv, factory);
    assert_eq!(factory_holds, STAKE, "the other DAPP's stake");
    let [well, care] = town.operators;
    let held = [
        (town.owner, SUPPLY - 4 * WEALTH),
        (well, WEALTH - STAKE),
        (care, WEALTH - STAKE),
        (user, WEALTH - 500 + 50 + 400),
        (other, WEALTH - 330 + 170),
        (alv, 130),
        (TREASURY, 415),
        (REMAINDER, left),
        (factory, STAKE),
    ];
    town.stage.holdings(alv, held);
}

/// An accused DAPP answers, and is acquitted; it cannot be accused again at once. Accused again, it
/// is decided upon in its time. Another ends by its own word.
pub fn an_accused_dapp_answers<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut town = Town::open(chain, genesis);
    let (owner, user, stranger) = (town.owner, town.user, town.stranger);
    let [operator, other_operator] = town.operators;
    let factory = town.factory;
    let contract = || at::<DerivedFactory>(factory);
    let accuse = || contract().accuse(WELL, EVIDENCE.into());
    let answer = || contract().answer(WELL, ANSWERED.into());
    let not_owner = || FactoryError::Access(AccessError::CallerIsNotOwner);

    town.buy(user, WELL, 20, PRICE);
    town.buy(user, CARE, 10, CARE_PRICE);
    town.refuse(stranger, accuse(), not_owner());
    town.refuse(
        owner,
        contract().decide(WELL),
        FactoryError::WrongPhase(Phase::Live),
    );
    let first = town.accuse();
    let accused = || FactoryError::WrongPhase(Phase::Accused);
    town.refuse(owner, accuse(), accused());
    town.refuse(user, contract().buy(WELL, 100, 0, 0), accused());
    let proceeds = contract().withdraw_proceeds(WELL, 1);
    town.refuse(operator, proceeds, accused());
    town.redeem(user, WELL, 2, 10);
    town.refuse(stranger, answer(), FactoryError::NotOperator);
    let (_, events) = town.accept(operator, answer());
    let mut answered = first;
    answered.value.answer = Some(ANSWERED.into());
    assert_eq!(events, [town.changed(State::Accused(answered))]);
    town.refuse(owner, contract().decide(WELL), FactoryError::TooEarly);
    town.refuse(stranger, contract().acquit(WELL), not_owner());
    let (_, events) = town.accept(owner, contract().acquit(WELL));
    assert_eq!(events, [town.changed(State::Live)]);
    assert_eq!(town.phase(WELL), Phase::Live);

    let accusable_from = town.dapp(WELL).life.accusable_from;
    town.refuse(owner, accuse(), FactoryError::TooEarly);
    town.stage.wait_until(accusable_from - HOUR);
    town.beat(WELL);
    town.beat(CARE);
    town.stage.wait_until(accusable_from);
    let second = town.accuse();
    town.stage.wait_until(second.ready - 10 * MINUTE);
    town.refuse(owner, contract().decide(WELL), FactoryError::TooEarly);
    town.stage.wait_until(second.ready);
    town.refuse(stranger, contract().decide(WELL), not_owner());
    let before = town.stage.chain.now();
    let (_, events) = town.accept(owner, contract().decide(WELL));
    // Half of what eighteen units cost, the stake, and what was paid for the treasury.
    let failure = Failure {
        cause: Cause::Decision,
        pot: 90 + STAKE + 100,
        supply: 18,
        left: 90 + STAKE + 100,
        ends: town.ends(before),
    };
    assert_eq!(events, [town.changed(State::Failed(failure.into()))]);
    town.claim(WELL, user, 18, 18 * PRICE);
    town.withdraw(user, 10);

    town.refuse(stranger, contract().close(CARE), FactoryError::NotOperator);
    town.accept(other_operator, contract().close(CARE));
    assert_eq!(town.phase(CARE), Phase::Failed);
    town.claim(CARE, user, 10, 10 * CARE_PRICE);
    let left = STAKE + 10 + STAKE;
    town.accounts([STAKED, STAKED, -10, 0], [0, 0, left]);
}

impl<C: Chain> Town<'_, C> {
    /// The owner accuses `WELL`.
    fn accuse(&mut self) -> Announced<Accusation> {
        let before = self.stage.chain.now();
        let accuse = self.contract().accuse(WELL, EVIDENCE.into());
        let (_, events) = self.accept(self.owner, accuse);
        let after = self.stage.chain.now();
        let State::Accused(accused) = self.dapp(WELL).life.state else {
            panic!("accused, and it is not");
        };
        let accusation = Accusation {
            evidence: EVIDENCE.into(),
            answer: None,
        };
        assert_eq!(accused.value, accusation);
        assert!((before + ANSWER..=after + ANSWER).contains(&accused.ready));
        assert_eq!(accused.lapses, accused.ready + ANSWER);
        assert_eq!(events, [self.changed(State::Accused(accused.clone()))]);
        assert_eq!(self.phase(WELL), Phase::Accused);
        accused
    }

    /// What the factory says of `WELL`.
    fn changed(&self, state: State) -> Event {
        said(self.factory, StateChanged { dapp: WELL, state })
    }

    /// When claims end of `WELL`, which failed after this moment.
    fn ends(&mut self, before: u64) -> u64 {
        let after = self.stage.chain.now();
        let State::Failed(failure) = self.dapp(WELL).life.state else {
            panic!("failed, and it has not");
        };
        assert!((before + CLAIMS..=after + CLAIMS).contains(&failure.ends));
        failure.ends
    }

    /// The stranger has a holder paid its share.
    fn claim(&mut self, dapp: DappId, holder: AccountId, tokens: u128, share: u128) {
        let claim = self.contract().claim(dapp, holder.into());
        let (answer, events) = self.accept(self.stranger, claim);
        assert_eq!(answer, share);
        let claimed = ShareClaimed {
            dapp,
            holder: holder.into(),
            tokens,
            paid: share,
        };
        let expected = [
            paid(self.token(dapp), holder, None, tokens),
            paid(self.alv, self.factory, holder, share),
            said(self.factory, claimed),
        ];
        assert_eq!(events, expected);
    }
}
