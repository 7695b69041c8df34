//! Buying.

use crate::world::*;
use ::alv::{Alv, AlvError, PSP22Payable as _};
use allive_access::{AccessError, Pausable};
use allive_calls::{at, psp22};
use allive_psp22_interface::TokenError;
use derived_factory::*;
use psp22::PSP22;
use scale::Encode;

#[test]
fn a_buyer_pays_the_price_and_the_reserve_takes_its_share() {
    let mut world = World::new();
    let answer = world.send(USER, world.buy(WELL, 105));
    assert_eq!(answer.value, Ok(Ok(10)));
    assert_eq!(answer.frames, 2);
    let user = || USER.account().into();
    let issued = TokensIssued {
        dapp: WELL,
        payer: Some(user()),
        to: user(),
        tokens: 10,
        paid: 100,
        paid_in: 0,
    };
    assert_eq!(world.event(&answer), (issued, vec![]));
    let deposited = Deposited {
        account: user(),
        amount: 100,
    };
    assert_eq!(world.event(&answer), (deposited, vec![]));
    let own = answer.events.iter();
    assert_eq!(
        own.filter(|event| event.contract == world.factory).count(),
        2
    );
    let dapp = dapp_of(&mut world, WELL);
    assert_eq!((dapp.supply, dapp.peak), (10, PRICE));
    let money = Money {
        reserve: 50,
        stake: STAKE,
        proceeds: 50,
        raised: 100,
        ..Money::default()
    };
    assert_eq!(dapp.money, money);
    assert_eq!(units_of(&mut world, WELL, USER), 10);
    assert_eq!(
        world.holds(USER),
        WEALTH - 100,
        "what ten units cost, and no more"
    );
    assert_eq!(world.holds(world.factory), 2 * STAKE + 100);
    assert_eq!(stored_state(&mut world).held, 2 * STAKE + 100);
}

#[test]
fn credit_is_spent_before_what_is_allowed() {
    let mut world = World::new();
    world.done(USER, world.contract().deposit(130));
    let first = world.send(USER, world.buy(WELL, 100));
    assert_eq!(first.value, Ok(Ok(10)));
    assert_eq!(world.events::<TokensIssued, _>(&first).len(), 1);
    assert_eq!(credited(&mut world, USER), 30);
    assert_eq!(world.holds(USER), WEALTH - 130);
    let second = world.send(USER, world.buy(WELL, 50));
    let (deposited, _) = world.event::<Deposited, _>(&second);
    assert_eq!(deposited.amount, 20, "what the credit lacks");
    assert_eq!(credited(&mut world, USER), 0);
    assert_eq!(world.holds(USER), WEALTH - 150);
    let cell = USER.account();
    assert!(
        stored_state(&mut world).credits.contains_key(&cell),
        "the emptied cell stays"
    );
}

#[test]
fn a_purchase_takes_what_whole_units_cost_and_is_about_at_least_one() {
    let mut world = World::new();
    for (paid, tokens) in [(PRICE, 1), (2 * PRICE - 1, 1), (2 * PRICE, 2)] {
        let before = world.holds(USER);
        assert_eq!(world.done(USER, world.buy(WELL, paid)), tokens);
        assert_eq!(world.holds(USER), before - tokens * PRICE);
    }
    for paid in [0, 1, PRICE - 1] {
        let refused = world.refused(USER, world.buy(WELL, paid));
        assert_eq!(refused, FactoryError::NothingToDo);
    }
}

#[test]
fn a_purchase_brings_no_fewer_units_than_the_buyer_accepts() {
    let mut world = World::new();
    let buy = |world: &World, least: u128| world.contract().buy(WELL, 50, least, 0);
    assert_eq!(world.refused(USER, buy(&world, 6)), FactoryError::TooLittle);
    assert_eq!(world.done(USER, buy(&world, 5)), 5);
}

/// Half of what 20 units cost goes to the reserve. After a rise, what the buyer puts there stands
/// behind the units before hers as well.
#[test]
fn a_buyer_is_sold_nothing_behind_which_less_stands_than_she_accepts() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 200));
    reprice(&mut world, 20);
    // 100 behind 20 units and 200 behind hers: 300 behind 40, of which half are hers.
    let buy = |world: &World, backing| world.contract().buy(WELL, 400, 20, backing);
    let refused = FactoryError::TooLittleBacking;
    for backing in [151, 200, u128::MAX] {
        assert_eq!(world.refused(OTHER, buy(&world, backing)), refused);
    }
    assert_eq!(world.done(OTHER, buy(&world, 150)), 20);
    assert_eq!(world.done(OTHER, world.redeem(WELL, 20)), 150, "as asked");

    // Neither does an order, nor a conversion.
    let order = |min_backing| {
        let order = Some(Order {
            dapp: WELL,
            min_tokens: 0,
            min_backing,
        });
        order.encode()
    };
    let (alv, factory) = (world.alv, world.factory);
    let pay = |backing| at::<Alv>(alv).transfer_and_call(factory.into(), 400, order(backing));
    assert_eq!(world.refused(OTHER, pay(176)), AlvError::NotAccepted.into());
    world.done(OTHER, pay(175));
    world.done(STRANGER, world.buy(CARE, 700));
    let convert =
        |world: &World, backing| world.contract().convert(CARE, 100, 700, WELL, 35, backing);
    let whole = dapp_of(&mut world, WELL);
    let right = (whole.money.reserve + 350) * 35 / (whole.supply + 35);
    assert_eq!(world.refused(STRANGER, convert(&world, right + 1)), refused);
    assert_eq!(world.done(STRANGER, convert(&world, right)), 35);
}

#[test]
fn no_more_units_are_sold_than_the_cap() {
    let mut world = World::new();
    let small = Profile { cap: 100, ..well() };
    let dapp = world.done(OTHER, world.register(small, STAKE));
    let refused = world.refused(USER, world.buy(dapp, 101 * PRICE));
    assert_eq!(refused, FactoryError::CapExceeded);
    assert_eq!(world.done(USER, world.buy(dapp, 60 * PRICE)), 60);
    let refused = world.refused(USER, world.buy(dapp, 41 * PRICE));
    assert_eq!(refused, FactoryError::CapExceeded);
    assert_eq!(world.done(USER, world.buy(dapp, 40 * PRICE)), 40);
    assert_eq!(world.done(USER, world.redeem(dapp, 1)), 5);
    assert_eq!(world.done(OTHER, world.buy(dapp, PRICE)), 1);
}

/// With half of the price in reserve, 10,000 staked cover 2,000 units in full, 3,333 to 80 % and
/// 10,000 to 60 %.
#[test]
fn units_are_sold_until_the_cover_is_exactly_met() {
    let mut world = World::new();
    for (cover, most) in [(10_000, 2_000), (8_000, 3_333), (6_000, 10_000)] {
        let profile = Profile { cover, ..well() };
        let dapp = world.done(OTHER, world.register(profile, STAKE));
        let uncovered = Ok(Err(FactoryError::Uncovered));
        let beyond = world.send(USER, world.buy(dapp, (most + 1) * PRICE));
        assert_eq!(beyond.value, uncovered, "{cover}");
        let all = world.send(USER, world.buy(dapp, most * PRICE));
        assert_eq!(all.value, Ok(Ok(most)), "{cover}");
        assert_eq!(
            world.send(USER, world.buy(dapp, PRICE)).value,
            uncovered,
            "{cover}"
        );
        world.done(OTHER, world.fund(dapp, Fund::Stake, PRICE));
        assert_eq!(world.done(USER, world.buy(dapp, PRICE)), 1, "{cover}");
    }
}

/// `CARE` keeps all of its price, so that its cover of one half is always met.
#[test]
fn units_are_sold_until_the_stake_is_exactly_its_share_of_what_was_raised() {
    let mut world = World::new();
    let most = STAKE * 10 / CARE_PRICE;
    let understaked = Ok(Err(FactoryError::Understaked));
    let beyond = world.send(USER, world.buy(CARE, (most + 1) * CARE_PRICE));
    assert_eq!(beyond.value, understaked);
    let all = world.send(USER, world.buy(CARE, most * CARE_PRICE));
    assert_eq!(all.value, Ok(Ok(most)));
    assert_eq!(
        world.send(USER, world.buy(CARE, CARE_PRICE)).value,
        understaked
    );
    world.done(STRANGER, world.fund(CARE, Fund::Stake, 1));
    assert_eq!(world.done(USER, world.buy(CARE, CARE_PRICE)), 1);
}

#[test]
fn what_is_unbonding_prepaid_or_raised_covers_nothing() {
    let mut world = World::new();
    let most = 2_000 * PRICE;
    assert_eq!(world.done(USER, world.buy(WELL, most)), 2_000);
    world.done(OTHER, world.fund(WELL, Fund::Prepaid, 10_000));
    world.done(OTHER, world.fund(WELL, Fund::Stake, 10));
    let unbond = world.contract().unbond(WELL, Source::Stake, 10);
    world.done(WELL_OPERATOR, unbond);
    let money = money_of(&mut world, WELL);
    assert_eq!(
        [money.proceeds, money.prepaid, money.stake_unbonding.amount],
        [10_000, 10_000, 10]
    );
    let refused = world.refused(USER, world.buy(WELL, PRICE));
    assert_eq!(refused, FactoryError::Uncovered);
}

#[test]
fn a_donation_changes_no_price_and_cannot_be_taken() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    let (factory, token) = (world.factory, token_of(&mut world, WELL));
    world.done(OTHER, psp22(world.alv).transfer(factory, 5_000, vec![]));
    world.done(USER, psp22(token).transfer(factory, 50, vec![]));
    assert_eq!(world.done(OTHER, world.buy(WELL, 1_000)), 100);
    assert_eq!(world.done(USER, world.redeem(WELL, 50)), 250);
    assert_eq!(world.done(OTHER, world.redeem(WELL, 100)), 500);
    for account in [factory, token, world.alv] {
        assert_eq!(credited(&mut world, account), 0);
    }
    world.done(WELL_OPERATOR, world.contract().close(WELL));
    let pot = dapp_of(&mut world, WELL);
    let State::Failed(failure) = pot.life.state else {
        panic!("not failed")
    };
    assert_eq!(
        failure.pot,
        STAKE + 250 + 1_000,
        "the donation is not in it"
    );
    assert_eq!(world.holds(factory), stored_state(&mut world).held + 5_000);
}

#[test]
fn a_buyer_who_holds_or_allowed_too_little_is_told_so() {
    let mut world = World::new();
    world.done(STRANGER, world.fund(WELL, Fund::Stake, WEALTH - 5));
    world.done(OTHER, world.fund(CARE, Fund::Prepaid, WEALTH - 5));
    let more = psp22(world.alv).increase_allowance(world.factory, WEALTH);
    world.done(OTHER, more);
    for (buyer, why) in [
        (STRANGER, TokenError::InsufficientAllowance),
        (OTHER, TokenError::InsufficientBalance),
    ] {
        let refused = world.refused(buyer, world.buy(WELL, PRICE));
        assert_eq!(refused, FactoryError::Token(why));
    }
}

/// Each line has a reason to refuse that the one before hid.
#[test]
fn of_several_reasons_to_refuse_the_first_is_given() {
    let mut world = World::new();
    world.done(OTHER, world.register(Profile { cap: 5, ..well() }, STAKE));
    world.done(USER, world.buy(WELL, 2_000 * PRICE));
    let buy = |world: &World, dapp, paid: u128| world.contract().buy(dapp, paid, 1_000_000, 0);
    let pause = at::<DerivedFactory>(world.factory).pause();
    world.done(ADMIN, pause);
    assert_eq!(
        world.refused(USER, buy(&world, 9, 0)),
        AccessError::Paused.into()
    );
    wait_alive(&mut world, PAUSE);
    assert_eq!(
        world.refused(USER, buy(&world, 9, 0)),
        FactoryError::UnknownDapp
    );
    world.done(CARE_OPERATOR, world.contract().close(CARE));
    assert_eq!(
        world.refused(USER, buy(&world, CARE, 0)),
        FactoryError::WrongPhase(Phase::Failed)
    );
    assert_eq!(
        world.refused(USER, buy(&world, WELL, 0)),
        FactoryError::NothingToDo
    );
    assert_eq!(
        world.refused(USER, buy(&world, 2, 10 * PRICE)),
        FactoryError::TooLittle
    );
    // Neither the cap nor the cover suffices, and no buyer has as much.
    for (dapp, why) in [
        (2, FactoryError::CapExceeded),
        (WELL, FactoryError::Uncovered),
    ] {
        let buy = world.contract().buy(dapp, CAP * PRICE / 2, 0, 0);
        assert_eq!(world.refused(USER, buy), why);
    }
}
