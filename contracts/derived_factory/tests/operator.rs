//! Who runs a DAPP: heartbeat, appoint, accept_dapp.

use crate::world::*;
use allive_calls::Keyring;
use allive_simulator::START;
use derived_factory::*;
use ink::primitives::AccountId;

fn appoint(
    world: &mut World,
    by: Keyring,
    [treasury, signer]: [AccountId; 2],
    successor: Option<AccountId>,
) -> Receipt<Answer<()>> {
    let successor = successor.map(Into::into);
    let message = world
        .contract()
        .appoint(WELL, treasury.into(), Some(signer.into()), successor);
    world.send(by, message)
}

fn accept(world: &mut World, by: Keyring) -> Receipt<Answer<()>> {
    let message = world.contract().accept_dapp(WELL);
    world.send(by, message)
}

#[test]
fn a_heartbeat_puts_off_the_moment_of_silence() {
    let mut world = World::new();
    world.advance(3);
    let beat = world.contract().heartbeat(WELL);
    let answer = world.send(WELL_OPERATOR, beat);
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 1));
    let alive_until = START + 3 + SILENCE;
    let event = HeartbeatSent {
        dapp: WELL,
        alive_until,
    };
    assert_eq!(world.event(&answer), (event, vec![topic(WELL)]));
    assert_eq!(dapp_of(&mut world, WELL).life.alive_until, alive_until);
    assert_eq!(dapp_of(&mut world, CARE).life.alive_until, START + SILENCE);
}

#[test]
fn a_silent_dapp_is_live_again_after_a_heartbeat() {
    let mut world = World::new();
    world.advance(SILENCE);
    let silent = FactoryError::WrongPhase(Phase::Silent);
    assert_eq!(world.refused(USER, world.buy(WELL, PRICE)), silent);
    world.done(WELL_OPERATOR, world.contract().heartbeat(WELL));
    assert_eq!(world.done(USER, world.buy(WELL, PRICE)), 1);
}

#[test]
fn nothing_but_a_heartbeat_of_the_operator_is_a_sign_of_life() {
    let mut world = World::new();
    world.advance(SILENCE - 1);
    world.done(WELL_OPERATOR, world.fund(WELL, Fund::Prepaid, 100));
    world.done(USER, world.buy(WELL, 100));
    let unbond = world.contract().unbond(WELL, Source::Stake, 1);
    world.done(WELL_OPERATOR, unbond);
    for other in [ADMIN, CARE_OPERATOR, USER, STRANGER] {
        let beat = world.contract().heartbeat(WELL);
        assert_eq!(world.refused(other, beat), FactoryError::NotOperator);
    }
    world.advance(1);
    world.done(STRANGER, world.contract().declare_silent(WELL));
}

#[test]
fn an_operator_names_treasury_signer_and_successor() {
    let mut world = World::new();
    let (treasury, signer) = (account(1), account(2));
    let answer = appoint(
        &mut world,
        WELL_OPERATOR,
        [treasury, signer],
        Some(OTHER.account()),
    );
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 1));
    let event = DappAppointed {
        dapp: WELL,
        operator: WELL_OPERATOR.account().into(),
        pending: Some(OTHER.account().into()),
        treasury: treasury.into(),
        signer: Some(signer.into()),
    };
    assert_eq!(world.event(&answer), (event.clone(), vec![topic(WELL)]));
    let dapp = dapp_of(&mut world, WELL);
    assert_eq!(
        (*dapp.treasury, dapp.signer),
        (treasury, Some(signer.into()))
    );
    assert_eq!(*dapp.operator.owner, WELL_OPERATOR.account());

    let answer = accept(&mut world, OTHER);
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 1));
    let event = DappAppointed {
        operator: OTHER.account().into(),
        pending: None,
        ..event
    };
    assert_eq!(world.event(&answer), (event, vec![topic(WELL)]));
    let dapp = dapp_of(&mut world, WELL);
    assert_eq!(
        (*dapp.treasury, dapp.signer),
        (treasury, Some(signer.into()))
    );
    world.done(OTHER, world.contract().heartbeat(WELL));
    let beat = world.contract().heartbeat(WELL);
    assert_eq!(
        world.refused(WELL_OPERATOR, beat),
        FactoryError::NotOperator
    );
}

#[test]
fn a_dapp_changes_hands_in_two_steps_and_only_the_candidate_accepts() {
    let mut world = World::new();
    let keep = [TREASURY, WELL_OPERATOR.account()];
    let not_pending = Ok(Err(FactoryError::NotPendingOperator));
    assert_eq!(accept(&mut world, WELL_OPERATOR).value, not_pending);
    appoint(&mut world, WELL_OPERATOR, keep, Some(OTHER.account()));
    for other in [ADMIN, WELL_OPERATOR, CARE_OPERATOR, USER, STRANGER] {
        assert_eq!(accept(&mut world, other).value, not_pending);
    }
    world.done(WELL_OPERATOR, world.contract().heartbeat(WELL));
    appoint(&mut world, WELL_OPERATOR, keep, None);
    assert_eq!(accept(&mut world, OTHER).value, not_pending, "taken back");
    appoint(&mut world, WELL_OPERATOR, keep, Some(OTHER.account()));
    assert_eq!(accept(&mut world, OTHER).value, Ok(Ok(())));
    assert_eq!(accept(&mut world, OTHER).value, not_pending, "once");
}

#[test]
fn who_takes_over_has_what_was_unbonding_and_the_former_operator_nothing() {
    let mut world = World::new();
    let unbond = world.contract().unbond(WELL, Source::Stake, 100);
    world.done(WELL_OPERATOR, unbond);
    let keep = [TREASURY, WELL_OPERATOR.account()];
    appoint(&mut world, WELL_OPERATOR, keep, Some(OTHER.account()));
    accept(&mut world, OTHER);
    world.advance(SILENCE - 1);
    world.done(OTHER, world.contract().heartbeat(WELL));
    world.advance(UNBONDING - SILENCE + 1);
    let release = world.contract().release(WELL, Source::Stake);
    assert_eq!(
        world.refused(WELL_OPERATOR, release),
        FactoryError::NotOperator
    );
    world.done(OTHER, world.contract().release(WELL, Source::Stake));
    assert_eq!(world.holds(OTHER), WEALTH + 100);
}

#[test]
fn the_place_of_remainders_becomes_neither_treasury_nor_operator() {
    let mut world = World::new();
    let signer = WELL_OPERATOR.account();
    let refused = appoint(&mut world, WELL_OPERATOR, [REMAINDER, signer], None);
    assert_eq!(refused.value, Ok(Err(FactoryError::BadTreasury)));
    let refused = appoint(
        &mut world,
        WELL_OPERATOR,
        [TREASURY, signer],
        Some(REMAINDER),
    );
    assert_eq!(refused.value, Ok(Err(FactoryError::BadSuccessor)));
}

/// A signature that is constant is valid for the account of 32 zero bytes.
#[test]
fn nobody_is_neither_treasury_nor_signer_nor_successor() {
    let mut world = World::new();
    let operator = WELL_OPERATOR.account();
    for (named, successor, why) in [
        ([NOBODY, operator], None, FactoryError::BadTreasury),
        ([TREASURY, NOBODY], None, FactoryError::BadSigner),
        (
            [TREASURY, operator],
            Some(NOBODY),
            FactoryError::BadSuccessor,
        ),
    ] {
        let refused = appoint(&mut world, WELL_OPERATOR, named, successor);
        assert_eq!(refused.value, Ok(Err(why)));
    }
    let treasury = NOBODY.into();
    let register = world.register(Profile { treasury, ..well() }, STAKE);
    let refused = world.refused(WELL_OPERATOR, register);
    assert_eq!(refused, FactoryError::BadTreasury);
}

#[test]
fn of_several_reasons_to_refuse_an_appointment_the_first_is_given() {
    let mut world = World::new();
    let appoint = |world: &World, dapp| {
        let place = REMAINDER;
        world
            .contract()
            .appoint(dapp, place.into(), Some(NOBODY.into()), Some(NOBODY.into()))
    };
    for (by, dapp, why) in [
        (STRANGER, 9, FactoryError::UnknownDapp),
        (STRANGER, WELL, FactoryError::NotOperator),
        (CARE_OPERATOR, WELL, FactoryError::NotOperator),
        (WELL_OPERATOR, WELL, FactoryError::BadTreasury),
    ] {
        assert_eq!(world.refused(by, appoint(&world, dapp)), why);
    }
    let unknown = FactoryError::UnknownDapp;
    let heartbeat = world.contract().heartbeat(9);
    assert_eq!(world.refused(STRANGER, heartbeat), unknown);
    let accept = world.contract().accept_dapp(9);
    assert_eq!(world.refused(STRANGER, accept), unknown);
}
