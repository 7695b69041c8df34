//! What a DAPP stakes, prepays and takes out: fund, unbond, release, withdraw_proceeds.

use crate::world::*;
use allive_calls::psp22;
use allive_psp22_interface::TokenError;
use allive_simulator::START;
use allive_support::Topics;
use derived_factory::*;
use psp22::PSP22;

const SOURCES: [Source; 2] = [Source::Stake, Source::Proceeds];

/// Asks for ALV of `WELL` back.
fn unbond(world: &mut World, source: Source, amount: u128) -> Result<(), FactoryError> {
    let message = world.contract().unbond(WELL, source, amount);
    world.answer(WELL_OPERATOR, message)
}

fn release(world: &mut World) -> Result<(), FactoryError> {
    let message = world.contract().release(WELL, Source::Stake);
    world.answer(WELL_OPERATOR, message)
}

fn withdraw(world: &mut World, amount: u128) -> Result<(), FactoryError> {
    let message = world.contract().withdraw_proceeds(WELL, amount);
    world.answer(WELL_OPERATOR, message)
}

fn moved(flow: Flow, amount: u128, account: allive_access::Account) -> (FundsMoved, Topics) {
    let event = FundsMoved {
        dapp: WELL,
        flow,
        amount,
        account,
    };
    (event, vec![topic(WELL)])
}

#[test]
fn anybody_pays_into_a_fund_from_credit_first() {
    let mut world = World::new();
    world.done(USER, world.contract().deposit(30));
    for (fund, flow, credit) in [
        (Fund::Stake, Flow::Staked, 0),
        (Fund::Prepaid, Flow::Prepaid, 0),
    ] {
        let message = world.contract().fund(WELL, fund, 50);
        let answer = world.receipt(USER, message);
        assert_eq!(answer.frames, 2);
        let event = world.event::<FundsMoved, _>(&answer);
        assert_eq!(event, moved(flow, 50, USER.account().into()));
        assert_eq!(credited(&mut world, USER), credit);
    }
    assert_eq!(world.holds(USER), WEALTH - 100);
    let money = Money {
        stake: STAKE + 50,
        prepaid: 50,
        ..Money::default()
    };
    assert_eq!(money_of(&mut world, WELL), money);
}

#[test]
fn what_somebody_funded_is_the_dapps_from_then_on() {
    let mut world = World::new();
    world.done(USER, world.fund(WELL, Fund::Prepaid, 50));
    let back = world.contract().withdraw_prepaid(WELL, 50);
    assert_eq!(world.refused(USER, back), FactoryError::NotOperator);
    let back = world.contract().withdraw_prepaid(WELL, 50);
    world.done(WELL_OPERATOR, back);
    assert_eq!(world.holds(WELL_OPERATOR), WEALTH - STAKE + 50);
}

/// It is no part of the pot, so it need not wait, and a failure does not take it.
#[test]
fn what_is_prepaid_is_the_dapps_in_every_phase() {
    let mut world = World::new();
    world.done(WELL_OPERATOR, world.fund(WELL, Fund::Prepaid, 60));
    world.done(USER, world.buy(WELL, 1_000));
    let take = |world: &mut World, amount| {
        let message = world.contract().withdraw_prepaid(WELL, amount);
        let answer = world.send(WELL_OPERATOR, message);
        if answer.value == Ok(Ok(())) {
            let operator = WELL_OPERATOR.account().into();
            let event = moved(Flow::PrepaidWithdrawn, amount, operator);
            assert_eq!(world.event::<FundsMoved, _>(&answer), event);
        }
        answer.value.unwrap()
    };
    assert_eq!(take(&mut world, 0), Err(FactoryError::NothingToDo));
    assert_eq!(take(&mut world, 61), Err(FactoryError::TooLittleThere));
    assert_eq!(take(&mut world, 10), Ok(()));
    world.done(ADMIN, world.contract().accuse(WELL, [1; 32].into()));
    assert_eq!(take(&mut world, 10), Ok(()));
    world.advance(SILENCE);
    assert_eq!(take(&mut world, 10), Ok(()));
    world.done(STRANGER, world.contract().declare_silent(WELL));
    let State::Failed(failure) = dapp_of(&mut world, WELL).life.state else {
        panic!("not failed")
    };
    assert_eq!(failure.pot, STAKE + 1_000);
    let before = world.holds(WELL_OPERATOR);
    assert_eq!(take(&mut world, 30), Ok(()));
    assert_eq!(world.holds(WELL_OPERATOR), before + 30);
    assert_eq!(take(&mut world, 1), Err(FactoryError::TooLittleThere));
}

#[test]
fn funding_is_refused_for_the_first_of_several_reasons() {
    let mut world = World::new();
    world.done(CARE_OPERATOR, world.contract().close(CARE));
    for (dapp, amount, why) in [
        (9, 0, FactoryError::NothingToDo),
        (9, 1, FactoryError::UnknownDapp),
        (CARE, u128::MAX, FactoryError::WrongPhase(Phase::Failed)),
        (WELL, u128::MAX, FactoryError::AmountTooLarge),
        (WELL, WEALTH + 1, TokenError::InsufficientAllowance.into()),
    ] {
        let fund = world.contract().fund(dapp, Fund::Stake, amount);
        assert_eq!(world.refused(USER, fund), why);
    }
}

#[test]
fn what_is_asked_back_waits_for_the_unbonding_time_and_then_is_paid_once() {
    for source in SOURCES {
        let mut world = World::new();
        world.done(USER, world.buy(WELL, 1_000));
        let (begins, ends, payee) = match source {
            Source::Stake => (
                Flow::StakeUnbonding,
                Flow::StakeReleased,
                WELL_OPERATOR.account(),
            ),
            Source::Proceeds => (Flow::ProceedsUnbonding, Flow::ProceedsReleased, TREASURY),
        };
        let message = world.contract().unbond(WELL, source, 400);
        let answer = world.send(WELL_OPERATOR, message);
        assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 1));
        let operator = WELL_OPERATOR.account().into();
        assert_eq!(
            world.event::<FundsMoved, _>(&answer),
            moved(begins, 400, operator)
        );
        let mut money = Money {
            reserve: 500,
            stake: STAKE,
            proceeds: 500,
            raised: 1_000,
            ..Money::default()
        };
        let unbonding = Unbonding {
            amount: 400,
            ready: START + UNBONDING,
        };
        match source {
            Source::Stake => (money.stake, money.stake_unbonding) = (STAKE - 400, unbonding),
            Source::Proceeds => (money.proceeds, money.proceeds_unbonding) = (100, unbonding),
        }
        assert_eq!(money_of(&mut world, WELL), money);

        let release = |world: &World| world.contract().release(WELL, source);
        let before = world.holds(payee);
        wait_alive(&mut world, UNBONDING - 1);
        let early = world.refused(WELL_OPERATOR, release(&world));
        assert_eq!(early, FactoryError::TooEarly);
        world.advance(1);
        let message = release(&world);
        let answer = world.send(WELL_OPERATOR, message);
        assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 2));
        assert_eq!(
            world.event::<FundsMoved, _>(&answer),
            moved(ends, 400, payee.into())
        );
        assert_eq!(world.holds(payee), before + 400);
        money.stake_unbonding = Unbonding::default();
        money.proceeds_unbonding = Unbonding::default();
        assert_eq!(money_of(&mut world, WELL), money);
        let again = world.refused(WELL_OPERATOR, release(&world));
        assert_eq!(again, FactoryError::NothingToDo);
    }
}

/// A DAPP that covers half. A failure pays 1,000 for 100 units, of which 500 are proceeds.
#[test]
fn proceeds_leave_at_once_only_while_a_failure_pays_every_unit_in_full() {
    let mut world = World::new();
    let profile = Profile {
        cover: 5_000,
        ..well()
    };
    let dapp = world.done(WELL_OPERATOR, world.register(profile, 400));
    world.done(USER, world.buy(dapp, 1_000));
    let withdraw = |world: &World, amount| world.contract().withdraw_proceeds(dapp, amount);
    // Without 400 of them, reserve, stake and proceeds are the 1,000 that were paid.
    let dilutes = FactoryError::WouldDilute;
    assert_eq!(world.refused(WELL_OPERATOR, withdraw(&world, 401)), dilutes);
    world.done(WELL_OPERATOR, withdraw(&world, 400));
    assert_eq!(world.refused(WELL_OPERATOR, withdraw(&world, 1)), dilutes);
    // What is unbonding will be gone, so that it counts for nothing here.
    let unbond = world.contract().unbond(dapp, Source::Proceeds, 50);
    world.done(WELL_OPERATOR, unbond);
    assert_eq!(world.refused(WELL_OPERATOR, withdraw(&world, 50)), dilutes);
    world.done(WELL_OPERATOR, world.contract().close(dapp));
    let claim = world.claim(dapp, USER.account());
    assert_eq!(world.done(STRANGER, claim), 1_000, "to the last unit");
}

/// It sells to itself, and would take the proceeds.
#[test]
fn a_dapp_that_buys_from_itself_takes_nothing_from_those_who_hold() {
    let mut world = World::new();
    let profile = Profile {
        cover: 5_000,
        ..well()
    };
    let dapp = world.done(WELL_OPERATOR, world.register(profile, 500));
    world.done(USER, world.buy(dapp, 1_000));
    world.done(WELL_OPERATOR, world.contract().withdraw_proceeds(dapp, 500));
    world.done(WELL_OPERATOR, world.buy(dapp, 1_000));
    let withdraw = world.contract().withdraw_proceeds(dapp, 1);
    let refused = world.refused(WELL_OPERATOR, withdraw);
    assert_eq!(refused, FactoryError::WouldDilute);
    world.done(WELL_OPERATOR, world.contract().close(dapp));
    let claim = world.claim(dapp, USER.account());
    assert_eq!(world.done(STRANGER, claim), 1_000, "as before");
}

#[test]
fn to_ask_for_more_is_to_wait_anew_for_all_of_it() {
    let mut world = World::new();
    assert_eq!(unbond(&mut world, Source::Stake, 300), Ok(()));
    wait_alive(&mut world, UNBONDING - 1);
    assert_eq!(unbond(&mut world, Source::Stake, 100), Ok(()));
    wait_alive(&mut world, UNBONDING - 1);
    assert_eq!(release(&mut world), Err(FactoryError::TooEarly));
    world.advance(1);
    let before = world.holds(WELL_OPERATOR);
    assert_eq!(release(&mut world), Ok(()));
    assert_eq!(world.holds(WELL_OPERATOR), before + 400);
}

#[test]
fn stake_that_covers_cannot_be_asked_back() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000 * PRICE));
    // 1,000 units at 10 are owed 10,000; the reserve has 5,000 of it.
    for amount in [5_001, STAKE] {
        let refused = unbond(&mut world, Source::Stake, amount);
        assert_eq!(refused, Err(FactoryError::Uncovered));
    }
    assert_eq!(unbond(&mut world, Source::Stake, 5_000), Ok(()));
    let refused = unbond(&mut world, Source::Stake, 1);
    assert_eq!(refused, Err(FactoryError::Uncovered));
    assert_eq!(world.done(USER, world.redeem(WELL, 1)), 5);
    assert_eq!(unbond(&mut world, Source::Stake, 5), Ok(()));
    let refused = unbond(&mut world, Source::Stake, 1);
    assert_eq!(refused, Err(FactoryError::Uncovered));
}

#[test]
fn stake_that_is_its_share_of_what_was_raised_cannot_be_asked_back() {
    let mut world = World::new();
    world.done(USER, world.buy(CARE, 1_000 * CARE_PRICE));
    let unbond = |world: &World, amount: u128| world.contract().unbond(CARE, Source::Stake, amount);
    // A tenth of the 7,000 raised stays.
    let refused = world.refused(CARE_OPERATOR, unbond(&world, STAKE - 699));
    assert_eq!(refused, FactoryError::Understaked);
    world.done(CARE_OPERATOR, unbond(&world, STAKE - 700));
    // Half of what was raised goes back, so half of its share is free.
    world.done(USER, world.redeem(CARE, 500));
    let refused = world.refused(CARE_OPERATOR, unbond(&world, 351));
    assert_eq!(refused, FactoryError::Understaked);
    world.done(CARE_OPERATOR, unbond(&world, 350));
}

#[test]
fn a_dapp_without_holders_leaves_with_its_whole_stake() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    world.done(USER, world.redeem(WELL, 100));
    assert_eq!(withdraw(&mut world, 500), Ok(()));
    assert_eq!(unbond(&mut world, Source::Stake, STAKE), Ok(()));
    wait_alive(&mut world, UNBONDING);
    assert_eq!(release(&mut world), Ok(()));
    assert_eq!(money_of(&mut world, WELL), Money::default());
    assert_eq!(world.holds(WELL_OPERATOR), WEALTH);
    let refused = world.refused(USER, world.buy(WELL, PRICE));
    assert_eq!(refused, FactoryError::Uncovered);
}

#[test]
fn unbonding_is_refused_for_the_first_of_several_reasons() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000 * PRICE));
    world.done(ADMIN, world.contract().accuse(CARE, [1; 32].into()));
    let accused = FactoryError::WrongPhase(Phase::Accused);
    for (by, dapp, amount, why) in [
        (STRANGER, 9, 0, FactoryError::UnknownDapp),
        (WELL_OPERATOR, CARE, 0, FactoryError::NotOperator),
        (CARE_OPERATOR, CARE, 0, accused),
        (WELL_OPERATOR, WELL, 0, FactoryError::NothingToDo),
        (WELL_OPERATOR, WELL, STAKE + 1, FactoryError::TooLittleThere),
        (WELL_OPERATOR, WELL, STAKE, FactoryError::Uncovered),
    ] {
        let unbond = world.contract().unbond(dapp, Source::Stake, amount);
        assert_eq!(world.refused(by, unbond), why);
    }
    for source in SOURCES {
        let refused = unbond(&mut world, source, u128::MAX);
        assert_eq!(refused, Err(FactoryError::TooLittleThere));
    }
}

#[test]
fn a_release_is_refused_for_the_first_of_several_reasons() {
    let mut world = World::new();
    world.done(ADMIN, world.contract().accuse(CARE, [1; 32].into()));
    let accused = FactoryError::WrongPhase(Phase::Accused);
    for (by, dapp, why) in [
        (STRANGER, 9, FactoryError::UnknownDapp),
        (WELL_OPERATOR, CARE, FactoryError::NotOperator),
        (CARE_OPERATOR, CARE, accused),
        (WELL_OPERATOR, WELL, FactoryError::NothingToDo),
    ] {
        let release = world.contract().release(dapp, Source::Stake);
        assert_eq!(world.refused(by, release), why);
    }
    assert_eq!(unbond(&mut world, Source::Stake, 1), Ok(()));
    assert_eq!(release(&mut world), Err(FactoryError::TooEarly));
}

#[test]
fn what_was_raised_beyond_the_reserve_is_paid_to_the_treasury() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    let message = world.contract().withdraw_proceeds(WELL, 300);
    let answer = world.send(WELL_OPERATOR, message);
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 2));
    assert_eq!(
        world.event::<FundsMoved, _>(&answer),
        moved(Flow::ProceedsWithdrawn, 300, TREASURY.into())
    );
    assert_eq!(world.holds(TREASURY), 300);
    let money = money_of(&mut world, WELL);
    assert_eq!((money.proceeds, money.reserve), (200, 500));
    assert_eq!(money.raised, 1_000, "the stake keeps its share of it");
    assert_eq!(withdraw(&mut world, 201), Err(FactoryError::TooLittleThere));
    assert_eq!(withdraw(&mut world, 0), Err(FactoryError::NothingToDo));
    assert_eq!(withdraw(&mut world, 200), Ok(()));
    assert_eq!(world.holds(TREASURY), 500);
}

#[test]
fn a_withdrawal_of_proceeds_is_refused_for_the_first_of_several_reasons() {
    let mut world = World::new();
    world.done(ADMIN, world.contract().accuse(CARE, [1; 32].into()));
    let accused = FactoryError::WrongPhase(Phase::Accused);
    for (by, dapp, amount, why) in [
        (STRANGER, 9, 0, FactoryError::UnknownDapp),
        (WELL_OPERATOR, CARE, 0, FactoryError::NotOperator),
        (CARE_OPERATOR, CARE, 0, accused),
        (WELL_OPERATOR, WELL, 0, FactoryError::NothingToDo),
        (WELL_OPERATOR, WELL, 1, FactoryError::TooLittleThere),
    ] {
        let withdraw = world.contract().withdraw_proceeds(dapp, amount);
        assert_eq!(world.refused(by, withdraw), why);
    }
}

#[test]
fn a_treasury_that_is_the_factory_or_its_token_only_loses_what_it_is_paid() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    for treasury in [world.factory, world.alv] {
        let operator = WELL_OPERATOR.account();
        let appoint = world
            .contract()
            .appoint(WELL, treasury.into(), Some(operator.into()), None);
        world.done(WELL_OPERATOR, appoint);
        assert_eq!(withdraw(&mut world, 100), Ok(()));
    }
    let held = stored_state(&mut world).held;
    assert_eq!(
        world.get(psp22(world.alv).balance_of(world.factory)),
        held + 100
    );
    assert_eq!(world.holds(world.alv), 100);
    assert_eq!(money_of(&mut world, WELL).proceeds, 300);
}
