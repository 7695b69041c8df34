//! How a DAPP is accused, and how it fails.

use crate::world::*;
use allive_access::Announced;
use allive_calls::{at, psp22, Keyring};
use allive_derived_token_interface::DerivedToken as _;
use allive_simulator::START;
use allive_storage::Boxed;
use derived_factory::*;
use derived_token::DerivedToken;
use psp22::{PSP22Error, PSP22};

const EVIDENCE: [u8; 32] = [0xe7; 32];
const REPLY: [u8; 32] = [0xa7; 32];

fn accuse(world: &mut World) -> Receipt<Answer<()>> {
    let message = world.contract().accuse(WELL, EVIDENCE.into());
    world.send(ADMIN, message)
}

fn answer(world: &mut World, reply: [u8; 32]) -> Receipt<Answer<()>> {
    let message = world.contract().answer(WELL, reply.into());
    world.send(WELL_OPERATOR, message)
}

fn acquit(world: &mut World) -> Receipt<Answer<()>> {
    let message = world.contract().acquit(WELL);
    world.send(ADMIN, message)
}

fn decide(world: &mut World) -> Receipt<Answer<()>> {
    let message = world.contract().decide(WELL);
    world.send(ADMIN, message)
}

fn close(world: &mut World) -> Receipt<Answer<()>> {
    let message = world.contract().close(WELL);
    world.send(WELL_OPERATOR, message)
}

fn declare(world: &mut World, by: Keyring) -> Receipt<Answer<()>> {
    let message = world.contract().declare_silent(WELL);
    world.send(by, message)
}

fn phase(world: &mut World) -> Phase {
    let query = at::<DerivedFactory>(world.factory).phase(WELL);
    world.get(query).unwrap()
}

fn wrong(phase: Phase) -> FactoryError {
    FactoryError::WrongPhase(phase)
}

fn accused(answer: Option<[u8; 32]>) -> State {
    State::Accused(Announced {
        value: Accusation {
            evidence: EVIDENCE.into(),
            answer: answer.map(Boxed::from),
        },
        ready: START + ANSWER,
        lapses: START + 2 * ANSWER,
    })
}

/// With something in each fund of `WELL`, and 100 units sold.
fn rich() -> World {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    world.done(OTHER, world.fund(WELL, Fund::Prepaid, 70));
    let unbond = world.contract().unbond(WELL, Source::Stake, 30);
    world.done(WELL_OPERATOR, unbond);
    let withdraw = world.contract().withdraw_proceeds(WELL, 100);
    world.done(WELL_OPERATOR, withdraw);
    world
}

/// What must follow from any failure of `rich`.
fn failed(world: &mut World, cause: Cause, answer: &Receipt<Answer<()>>) {
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 2));
    // Reserve, stake, unbonding, proceeds.
    let pot = 500 + (STAKE - 30) + 30 + 400;
    let failure = Failure {
        cause,
        pot,
        supply: 100,
        left: pot,
        ends: world.now() + CLAIMS,
    };
    let state = State::Failed(failure.into());
    let event = StateChanged {
        dapp: WELL,
        state: state.clone(),
    };
    assert_eq!(world.event(answer), (event, vec![topic(WELL)]));
    let dapp = dapp_of(world, WELL);
    let money = Money {
        prepaid: 70,
        ..Money::default()
    };
    assert_eq!((dapp.life.state, dapp.money), (state, money));
    assert_eq!(phase(world), Phase::Failed);
    let token = token_of(world, WELL);
    assert!(world.get(at::<DerivedToken>(token).is_frozen()));
    let move_on = psp22(token).transfer(OTHER.account(), 1, vec![]);
    let frozen = PSP22Error::Custom("Frozen".into());
    assert_eq!(world.refused(USER, move_on), frozen);
}

#[test]
fn a_dapp_fails_by_its_own_word() {
    let mut world = rich();
    let answer = close(&mut world);
    failed(&mut world, Cause::OwnWord, &answer);
}

#[test]
fn anybody_declares_a_silent_dapp_failed() {
    let mut world = rich();
    world.at(START + SILENCE - 1);
    let early = declare(&mut world, STRANGER).value;
    assert_eq!(early, Ok(Err(wrong(Phase::Live))));
    world.at(START + SILENCE);
    assert_eq!(phase(&mut world), Phase::Silent);
    let answer = declare(&mut world, STRANGER);
    failed(&mut world, Cause::Silence, &answer);
}

#[test]
fn the_owner_decides_about_an_accused_dapp_after_its_time_to_answer() {
    let mut world = rich();
    accuse(&mut world);
    world.at(START + ANSWER - 1);
    let early = decide(&mut world).value;
    assert_eq!(early, Ok(Err(FactoryError::TooEarly)));
    world.at(START + ANSWER);
    let answer = decide(&mut world);
    failed(&mut world, Cause::Decision, &answer);
}

#[test]
fn an_accusation_carries_its_evidence_and_the_last_answer() {
    let mut world = World::new();
    let said = |world: &World, receipt: &Receipt<Answer<()>>| {
        let (event, topics) = world.event::<StateChanged, _>(receipt);
        assert_eq!((event.dapp, topics), (WELL, vec![topic(WELL)]));
        event.state
    };
    let receipt = accuse(&mut world);
    assert_eq!((receipt.value.clone(), receipt.frames), (Ok(Ok(())), 1));
    assert_eq!(said(&world, &receipt), accused(None));
    let life = dapp_of(&mut world, WELL).life;
    assert_eq!(life.state, accused(None));
    assert_eq!(life.accusable_from, START + 4 * ANSWER);
    assert_eq!(phase(&mut world), Phase::Accused);
    for reply in [[1; 32], REPLY] {
        let receipt = answer(&mut world, reply);
        assert_eq!((receipt.value.clone(), receipt.frames), (Ok(Ok(())), 1));
        assert_eq!(said(&world, &receipt), accused(Some(reply)));
    }
    assert_eq!(dapp_of(&mut world, WELL).life.state, accused(Some(REPLY)));
    let receipt = acquit(&mut world);
    assert_eq!((receipt.value.clone(), receipt.frames), (Ok(Ok(())), 1));
    assert_eq!(said(&world, &receipt), State::Live);
    assert_eq!(phase(&mut world), Phase::Live);
}

#[test]
fn an_accusation_that_led_to_nothing_lapses() {
    let mut world = World::new();
    accuse(&mut world);
    world.at(START + 2 * ANSWER - 1);
    assert_eq!(phase(&mut world), Phase::Accused);
    assert_eq!(answer(&mut world, REPLY).value, Ok(Ok(())));
    world.at(START + 2 * ANSWER);
    assert_eq!(phase(&mut world), Phase::Live);
    let late = Ok(Err(wrong(Phase::Live)));
    assert_eq!(answer(&mut world, REPLY).value, late);
    assert_eq!(acquit(&mut world).value, late);
    assert_eq!(decide(&mut world).value, late);
    assert_eq!(world.done(USER, world.buy(WELL, PRICE)), 1);
}

#[test]
fn a_decision_is_possible_to_the_last_moment_of_the_accusation() {
    let mut world = World::new();
    accuse(&mut world);
    world.at(START + 2 * ANSWER - 1);
    assert_eq!(decide(&mut world).value, Ok(Ok(())));
}

#[test]
fn after_an_accusation_there_is_none_for_as_long_as_it_lasts() {
    for acquitted in [false, true] {
        let mut world = World::new();
        accuse(&mut world);
        let again = accuse(&mut world).value;
        assert_eq!(again, Ok(Err(wrong(Phase::Accused))));
        if acquitted {
            acquit(&mut world);
            let again = accuse(&mut world).value;
            assert_eq!(again, Ok(Err(FactoryError::TooEarly)));
        }
        let free_until = START + if acquitted { 2 } else { 4 } * ANSWER;
        world.at(free_until - 1);
        let again = accuse(&mut world).value;
        assert_eq!(again, Ok(Err(FactoryError::TooEarly)));
        world.at(free_until);
        assert_eq!(accuse(&mut world).value, Ok(Ok(())));
    }
}

/// Between two accusations it is live for as long as one lasts, and that is when it leaves.
#[test]
fn a_dapp_that_is_accused_again_and_again_and_proved_nothing_can_leave() {
    let mut world = World::new();
    let unbond = world.contract().unbond(WELL, Source::Stake, STAKE);
    world.done(WELL_OPERATOR, unbond);
    let mut released = false;
    for _ in 0..3 {
        assert_eq!(accuse(&mut world).value, Ok(Ok(())));
        wait_alive(&mut world, 2 * ANSWER);
        wait_alive(&mut world, 2 * ANSWER - 1);
        let release = world.contract().release(WELL, Source::Stake);
        released |= world.answer(WELL_OPERATOR, release).is_ok();
        wait_alive(&mut world, 1);
    }
    assert!(released);
    assert_eq!(world.holds(WELL_OPERATOR), WEALTH);
}

#[test]
fn a_dapp_that_falls_silent_while_accused_can_be_declared_failed_for_it() {
    let mut world = rich();
    world.at(START + SILENCE - ANSWER);
    accuse(&mut world);
    let early = declare(&mut world, STRANGER).value;
    assert_eq!(early, Ok(Err(wrong(Phase::Accused))));
    world.at(START + SILENCE);
    assert_eq!(phase(&mut world), Phase::Accused);
    let answer = declare(&mut world, STRANGER);
    failed(&mut world, Cause::Silence, &answer);
}

#[test]
fn a_silent_dapp_can_be_accused_and_is_silent_again_when_acquitted() {
    let mut world = World::new();
    world.at(START + SILENCE);
    assert_eq!(accuse(&mut world).value, Ok(Ok(())));
    assert_eq!(phase(&mut world), Phase::Accused);
    assert_eq!(acquit(&mut world).value, Ok(Ok(())));
    assert_eq!(phase(&mut world), Phase::Silent);
}

/// Whatever it takes out before it is declared failed is not part of what it promised.
#[test]
fn a_dapp_that_drains_before_it_is_declared_failed_leaves_its_holders_covered() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000 * PRICE));
    let unbond = world.contract().unbond(WELL, Source::Stake, 5_000);
    world.done(WELL_OPERATOR, unbond);
    wait_alive(&mut world, UNBONDING);
    world.done(WELL_OPERATOR, world.contract().release(WELL, Source::Stake));
    let withdraw = world.contract().withdraw_proceeds(WELL, 5_000);
    world.done(WELL_OPERATOR, withdraw);
    world.advance(SILENCE);
    declare(&mut world, STRANGER);
    assert_eq!(
        world.done(STRANGER, world.claim(WELL, USER.account())),
        1_000 * PRICE,
        "the highest price of each, to the unit"
    );
}

#[test]
fn stake_that_was_asked_back_ahead_of_a_failure_is_taken_all_the_same() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    let unbond = world.contract().unbond(WELL, Source::Stake, 9_500);
    world.done(WELL_OPERATOR, unbond);
    // The last sign of life, and nothing more: it is silent before it can be paid.
    wait_alive(&mut world, 1);
    world.at(START + UNBONDING);
    let release = |world: &World| world.contract().release(WELL, Source::Stake);
    let refused = world.refused(WELL_OPERATOR, release(&world));
    assert_eq!(refused, wrong(Phase::Silent));
    declare(&mut world, STRANGER);
    let State::Failed(failure) = dapp_of(&mut world, WELL).life.state else {
        panic!("not failed")
    };
    assert_eq!(failure.pot, STAKE + 1_000);
    let refused = world.refused(WELL_OPERATOR, release(&world));
    assert_eq!(refused, wrong(Phase::Failed));
}

#[test]
fn an_accused_dapp_is_paid_nothing_until_it_is_acquitted() {
    let mut world = World::new();
    let unbond = world.contract().unbond(WELL, Source::Stake, 500);
    world.done(WELL_OPERATOR, unbond);
    wait_alive(&mut world, UNBONDING);
    accuse(&mut world);
    let release = |world: &World| world.contract().release(WELL, Source::Stake);
    let refused = world.refused(WELL_OPERATOR, release(&world));
    assert_eq!(refused, wrong(Phase::Accused));
    acquit(&mut world);
    world.done(WELL_OPERATOR, release(&world));
}

#[test]
fn a_dapp_fails_once() {
    let mut world = rich();
    accuse(&mut world);
    world.at(START + SILENCE);
    close(&mut world);
    let over = Ok(Err(wrong(Phase::Failed)));
    assert_eq!(close(&mut world).value, over);
    assert_eq!(declare(&mut world, STRANGER).value, over);
    assert_eq!(decide(&mut world).value, over);
    assert_eq!(accuse(&mut world).value, over);
    let beat = world.contract().heartbeat(WELL);
    assert_eq!(world.send(WELL_OPERATOR, beat).value, over);
}
