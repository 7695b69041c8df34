//! Paying ALV to the factory, and saying what for, in one message.

use crate::world::*;
use ::alv::{Alv, PSP22Payable};
use ::derived_token::DerivedToken;
use ::hostile::Hostile;
use allive_access::{AccessError, Pausable};
use allive_calls::{at, parts, Keyring, Receipt, Typed};
use allive_support::acting::custom;
use derived_factory::*;
use psp22::PSP22Error;
use scale::Encode;

fn order(dapp: DappId, min_tokens: u128) -> Option<Order> {
    Some(Order {
        dapp,
        min_tokens,
        min_backing: 0,
    })
}

/// Pays the factory.
fn pay(
    world: &mut World,
    by: Keyring,
    value: u128,
    data: Vec<u8>,
) -> Receipt<Result<(), PSP22Error>> {
    let message = at::<Alv>(world.alv).transfer_and_call(world.factory.into(), value, data);
    world.send(by, message)
}

/// Why the factory refuses, which it tells ALV alone.
fn why(world: &mut World, by: Keyring, value: u128, order: Option<Order>) -> FactoryError {
    let refused = pay(world, by, value, order.encode()).value;
    assert_eq!(refused, Ok(Err(custom("NotAccepted"))));
    let told = world
        .contract()
        .on_received(by.account().into(), value, order.into());
    let alv = world.alv;
    world.chain.endow(alv);
    world.chain.ask(alv, told).value.unwrap().unwrap_err()
}

#[test]
fn an_order_buys_with_what_is_paid_and_the_rest_is_credit() {
    let mut world = World::new();
    let answer = pay(&mut world, USER, 105, order(WELL, 10).encode());
    assert_eq!(answer.value, Ok(Ok(())));
    assert_eq!(answer.frames, 3);
    let user = || USER.account().into();
    let issued = TokensIssued {
        dapp: WELL,
        payer: Some(user()),
        to: user(),
        tokens: 10,
        paid: 100,
        paid_in: 105,
    };
    assert_eq!(world.events(&answer), [(issued, vec![])]);
    let money = Money {
        reserve: 50,
        stake: STAKE,
        proceeds: 50,
        raised: 100,
        ..Money::default()
    };
    assert_eq!(dapp_of(&mut world, WELL).money, money);
    assert_eq!(units_of(&mut world, WELL, USER), 10);
    assert_eq!(credited(&mut world, USER), 5);
    assert_eq!(world.holds(USER), WEALTH - 105);
    assert_eq!(stored_state(&mut world).held, 2 * STAKE + 105);
}

#[test]
fn an_order_that_fits_stores_no_credit_and_spends_none() {
    let mut world = World::new();
    world.done(OTHER, world.contract().deposit(30));
    for buyer in [USER, OTHER] {
        let answer = pay(&mut world, buyer, 100, order(WELL, 0).encode());
        assert_eq!(answer.value, Ok(Ok(())));
    }
    let credits = stored_state(&mut world).credits;
    assert_eq!(credits.get(&USER.account()), None);
    assert_eq!(credits.get(&OTHER.account()), Some(&credit(30)));
}

#[test]
fn what_is_paid_without_an_order_is_credit() {
    let mut world = World::new();
    let answer = pay(&mut world, USER, 70, None::<Order>.encode());
    assert_eq!(answer.value, Ok(Ok(())));
    let deposited = Deposited {
        account: USER.account().into(),
        amount: 70,
    };
    assert_eq!(world.events(&answer), [(deposited, vec![])]);
    assert_eq!(credited(&mut world, USER), 70);
    assert_eq!(world.holds(USER), WEALTH - 70);
}

#[test]
fn nobody_but_alv_says_what_was_paid() {
    let mut world = World::new();
    for by in [USER, ADMIN, WELL_OPERATOR] {
        for order in [None, order(WELL, 0)] {
            let told = world
                .contract()
                .on_received(USER.account().into(), 100, order.into());
            assert_eq!(world.refused(by, told), FactoryError::NotAlv);
        }
    }
    let other = token_of(&mut world, CARE);
    let told = world
        .contract()
        .on_received(USER.account().into(), 100, None.into());
    world.chain.endow(other);
    let answer = world.chain.ask(other, told).value;
    assert_eq!(answer, Ok(Err(FactoryError::NotAlv)));
}

/// A token of the factory's own pays it in the same way, and is not taken for ALV.
#[test]
fn units_that_are_sent_with_an_order_are_not_accepted() {
    let mut world = World::new();
    world.done(USER, world.buy(CARE, 700));
    let token = token_of(&mut world, CARE);
    let factory = world.factory;
    for order in [None, order(WELL, 0)] {
        let mut sent = at::<DerivedToken>(token);
        let sent = sent.transfer_and_call(factory.into(), 100, order.encode());
        assert_eq!(world.refused(USER, sent), custom("NotAccepted"));
        assert_eq!(units_of(&mut world, CARE, USER), 100);
        assert_eq!(credited(&mut world, USER), 0);
    }
}

#[test]
fn an_order_that_is_refused_costs_nothing_and_the_reason_is_there_for_who_asks_as_alv() {
    let mut world = World::new();
    let mut refused = |value, order| why(&mut world, USER, value, order);
    assert_eq!(refused(0, None), FactoryError::NothingToDo);
    assert_eq!(refused(9, order(WELL, 0)), FactoryError::NothingToDo);
    assert_eq!(refused(50, order(WELL, 6)), FactoryError::TooLittle);
    assert_eq!(refused(50, order(9, 0)), FactoryError::UnknownDapp);
    assert_eq!(
        refused(2_001 * PRICE, order(WELL, 0)),
        FactoryError::Uncovered
    );
    world.done(WELL_OPERATOR, world.contract().close(WELL));
    assert_eq!(
        why(&mut world, USER, 50, order(WELL, 0)),
        FactoryError::WrongPhase(Phase::Failed)
    );
}

#[test]
fn a_pause_stops_orders_and_not_credit() {
    let mut world = World::new();
    let pause = at::<DerivedFactory>(world.factory).pause();
    world.done(ADMIN, pause);
    assert_eq!(
        why(&mut world, USER, 50, order(WELL, 0)),
        AccessError::Paused.into()
    );
    let answer = pay(&mut world, USER, 50, None::<Order>.encode());
    assert_eq!(answer.value, Ok(Ok(())));
}

#[test]
fn a_payment_that_alv_refuses_is_not_told() {
    let mut world = World::new();
    let answer = pay(&mut world, USER, WEALTH + 1, order(WELL, 0).encode());
    assert_eq!(answer.value, Ok(Err(PSP22Error::InsufficientBalance)));
    let pause = at::<Alv>(world.alv).pause();
    world.done(ADMIN, pause);
    let answer = pay(&mut world, USER, 50, order(WELL, 0).encode());
    assert_eq!(answer.value, Ok(Err(custom("Paused"))));
}

#[test]
fn what_is_no_order_is_not_accepted() {
    let mut world = World::new();
    let whole = order(WELL, 0).encode();
    let short = &whole[..whole.len() - 1];
    let longer = [&whole[..], &[0]].concat();
    for data in [&[][..], &[2], &whole[..1], short, &longer, &[0, 0]] {
        let answer = pay(&mut world, USER, 50, data.to_vec());
        assert_eq!(answer.value, Ok(Err(custom("NotAccepted"))));
    }
}

/// The collateral is chosen once, by whoever creates the factory. It is believed about what it says
/// by itself, and about nothing that it is asked to do.
#[test]
fn a_collateral_is_believed_when_it_says_that_it_was_paid() {
    let mut world = hostile();
    let (factory, told) = parts(world.contract().on_received(
        USER.account().into(),
        100,
        None.into(),
    ));
    let lie = at::<Hostile>(world.alv).forward(factory, told);
    let answer = world.tell(STRANGER, lie);
    let accepted: Result<u128, FactoryError> = Ok(0);
    assert_eq!(answer, Some(accepted.encode()));
    assert_eq!(credited(&mut world, USER), 100);
}
