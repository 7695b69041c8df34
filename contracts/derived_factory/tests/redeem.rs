//! Redeeming.

use crate::world::*;
use allive_calls::{at, psp22, Deposit};
use allive_psp22_interface::TokenError;
use derived_factory::*;
use psp22::PSP22;

#[test]
fn a_holder_gets_her_part_of_the_reserve_as_credit() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    let before = world.holds(USER);
    let answer = world.send(USER, world.redeem(WELL, 40));
    assert_eq!(answer.value, Ok(Ok(200)));
    assert_eq!(answer.frames, 2, "ALV is not called");
    let redeemed = TokensRedeemed {
        dapp: WELL,
        holder: USER.account().into(),
        tokens: 40,
        credited: 200,
    };
    assert_eq!(world.event(&answer), (redeemed, vec![topic(WELL)]));
    let own = answer.events.iter();
    assert_eq!(
        own.filter(|event| event.contract == world.factory).count(),
        1
    );
    let money = Money {
        reserve: 300,
        stake: STAKE,
        proceeds: 500,
        raised: 600,
        ..Money::default()
    };
    let dapp = dapp_of(&mut world, WELL);
    assert_eq!((dapp.supply, dapp.peak, dapp.money), (60, PRICE, money));
    assert_eq!(units_of(&mut world, WELL, USER), 60);
    assert_eq!(credited(&mut world, USER), 200);
    assert_eq!(world.holds(USER), before);
}

#[test]
fn the_last_holder_takes_all_of_the_reserve_and_nothing_else() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    assert_eq!(world.done(USER, world.redeem(WELL, 100)), 500);
    let money = Money {
        stake: STAKE,
        proceeds: 500,
        ..Money::default()
    };
    let dapp = dapp_of(&mut world, WELL);
    assert_eq!((dapp.supply, dapp.money), (0, money));
    assert_eq!(dapp.peak, 0, "no unit is left that was sold at it");
    assert_eq!(
        world.refused(USER, world.redeem(WELL, 1)),
        TokenError::InsufficientBalance.into()
    );
    assert_eq!(world.done(USER, world.buy(WELL, 10)), 1, "it sells again");
    assert_eq!(money_of(&mut world, WELL).reserve, 5);
}

/// 511 of reserve stand behind 102 units, of which the user holds 99.
fn uneven() -> World {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 990));
    world.done(OTHER, world.buy(WELL, 20));
    reprice(&mut world, 11);
    // Half of eleven is six, rounded up.
    world.done(OTHER, world.buy(WELL, 11));
    assert_eq!(money_of(&mut world, WELL).reserve, 511);
    world
}

#[test]
fn what_stands_behind_a_unit_never_falls_by_redeeming() {
    let mut world = uneven();
    for tokens in [1, 7, 20, 33, 38] {
        let before = dapp_of(&mut world, WELL);
        let answer = world.done(USER, world.redeem(WELL, tokens));
        assert_eq!(answer, tokens * before.money.reserve / before.supply);
        let after = dapp_of(&mut world, WELL);
        assert!(after.money.reserve * before.supply >= before.money.reserve * after.supply);
    }
}

#[test]
fn a_fraction_of_a_unit_stays_behind_and_splitting_gains_nothing() {
    let mut received = vec![];
    for parts in [vec![99], vec![33, 33, 33], vec![1; 99]] {
        let mut world = uneven();
        let mut sum = 0;
        for part in parts {
            sum += world.done(USER, world.redeem(WELL, part));
        }
        let rest = money_of(&mut world, WELL);
        assert_eq!(sum + rest.reserve, 511);
        assert!(rest.reserve * 102 >= 511 * 3, "nobody lost");
        received.push(sum);
    }
    assert_eq!(received, [495; 3]);
}

#[test]
fn moving_units_to_and_fro_before_redeeming_gains_nothing() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    let token = token_of(&mut world, WELL);
    for part in [1, 2, 3, 94] {
        let paid = psp22(token).transfer(OTHER.account(), part, vec![]);
        world.done(USER, paid);
    }
    assert_eq!(world.done(OTHER, world.redeem(WELL, 100)), 500);
    assert_eq!(
        world.refused(USER, world.redeem(WELL, 1)),
        TokenError::InsufficientBalance.into()
    );
}

#[test]
fn buying_and_redeeming_in_a_loop_gains_nothing_and_does_not_inflate_what_was_raised() {
    let mut world = World::new();
    world.done(OTHER, world.buy(WELL, 500));
    for _ in 0..5 {
        let before = world.holds(USER) + credited(&mut world, USER);
        let raised = money_of(&mut world, WELL).raised;
        world.done(USER, world.buy(WELL, 1_000));
        assert_eq!(world.done(USER, world.redeem(WELL, 100)), 500);
        let after = world.holds(USER) + credited(&mut world, USER);
        assert_eq!(after, before - 500, "half of it, which is the DAPP's");
        assert_eq!(money_of(&mut world, WELL).raised, raised);
    }
    // What the loop left is the treasury's, and the whole stake but its share can leave.
    assert_eq!(money_of(&mut world, WELL).proceeds, 250 + 5 * 500);
    let unbond = world.contract().unbond(WELL, Source::Stake, STAKE - 250);
    world.done(WELL_OPERATOR, unbond);
}

#[test]
fn a_redemption_brings_no_less_than_the_holder_accepts() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    let redeem = |world: &World, least: u128| world.contract().redeem(WELL, 10, least);
    assert_eq!(
        world.refused(USER, redeem(&world, 51)),
        FactoryError::TooLittle
    );
    assert_eq!(world.done(USER, redeem(&world, 50)), 50);
}

#[test]
fn redeeming_nothing_or_for_nothing_is_refused() {
    let mut world = World::new();
    let bare = Profile {
        reserve_share: 0,
        ..well()
    };
    let dapp = world.done(OTHER, world.register(bare, STAKE));
    world.done(USER, world.buy(dapp, 1_000));
    world.done(USER, world.buy(WELL, 1_000));
    for (dapp, tokens) in [(WELL, 0), (dapp, 1), (dapp, 100)] {
        let refused = world.refused(USER, world.redeem(dapp, tokens));
        assert_eq!(refused, FactoryError::NothingToDo);
    }
}

#[test]
fn of_several_reasons_to_refuse_the_first_is_given() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    world.done(USER, world.buy(CARE, 70));
    let redeem = |world: &World, dapp, tokens: u128| {
        let most = u128::MAX;
        world.contract().redeem(dapp, tokens, most)
    };
    let short = FactoryError::Token(TokenError::InsufficientBalance);
    world.done(CARE_OPERATOR, world.contract().close(CARE));
    for (dapp, tokens, why) in [
        (9, 0, FactoryError::UnknownDapp),
        (CARE, 0, FactoryError::WrongPhase(Phase::Failed)),
        (WELL, 101, short.clone()),
        (WELL, u128::MAX, short.clone()),
        (WELL, 0, FactoryError::NothingToDo),
        (WELL, 100, FactoryError::TooLittle),
    ] {
        assert_eq!(world.refused(STRANGER, redeem(&world, dapp, tokens)), why);
    }
    let redeem = world.contract().redeem(WELL, 100, 0);
    assert_eq!(world.refused(STRANGER, redeem), short, "as the token says");
}

#[test]
fn a_redemption_stores_nothing_new_but_a_first_credit() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    assert_eq!(world.send(USER, world.redeem(WELL, 10)).deposit.items, 1);
    assert_eq!(
        world.send(USER, world.redeem(WELL, 10)).deposit,
        Deposit::default()
    );
    let last = world.send(USER, world.redeem(WELL, 80));
    assert_eq!(last.deposit.items, -1, "her cell in the token");
}

#[test]
fn a_conversion_is_two_legs_with_alv_between_them() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    let convert = world.contract().convert(WELL, 10, 50, CARE, 7, 0);
    let answer = world.send(USER, convert);
    assert_eq!(answer.value, Ok(Ok(7)));
    assert_eq!(answer.frames, 2);
    let redeemed = world.event::<TokensRedeemed, _>(&answer);
    let user = || USER.account().into();
    assert_eq!(
        redeemed,
        (
            TokensRedeemed {
                dapp: WELL,
                holder: user(),
                tokens: 10,
                credited: 50
            },
            vec![topic(WELL)]
        )
    );
    let issued = world.event::<TokensIssued, _>(&answer);
    assert_eq!(
        issued,
        (
            TokensIssued {
                dapp: CARE,
                payer: Some(user()),
                to: user(),
                tokens: 7,
                paid: 49,
                paid_in: 0,
            },
            vec![]
        )
    );
    assert_eq!(credited(&mut world, USER), 1, "too little for an eighth");
    assert_eq!(units_of(&mut world, WELL, USER), 90);
    assert_eq!(units_of(&mut world, CARE, USER), 7);
    assert_eq!(
        (
            money_of(&mut world, WELL).reserve,
            money_of(&mut world, CARE).reserve
        ),
        (450, 49)
    );
}

#[test]
fn each_leg_of_a_conversion_has_a_least_outcome_and_both_happen_or_none() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    let convert = |world: &World, tokens: u128, credit: u128, to, least: u128| {
        let from = (tokens, credit);
        world.contract().convert(WELL, from.0, from.1, to, least, 0)
    };
    world.done(USER, world.contract().deposit(1_000));
    for (tokens, credit, to, least, why) in [
        (10, 51, CARE, 7, FactoryError::TooLittle),
        (10, 50, CARE, 8, FactoryError::TooLittle),
        (1, 0, CARE, 0, FactoryError::NothingToDo),
        (0, 0, CARE, 0, FactoryError::NothingToDo),
        (10, 0, 9, 0, FactoryError::UnknownDapp),
        (101, 0, CARE, 0, TokenError::InsufficientBalance.into()),
    ] {
        let refused = world.refused(USER, convert(&world, tokens, credit, to, least));
        assert_eq!(refused, why, "{tokens} {credit} {to} {least}");
    }
    assert_eq!(world.done(USER, convert(&world, 10, 50, CARE, 7)), 7);
    assert_eq!(
        credited(&mut world, USER),
        1_001,
        "only what the first leg brought is spent"
    );
}

#[test]
fn a_unit_converted_into_its_own_token_is_bought_at_the_price() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    let convert = world.contract().convert(WELL, 100, 0, WELL, 0, 0);
    assert_eq!(world.done(USER, convert), 50);
    assert_eq!(units_of(&mut world, WELL, USER), 50);
    assert_eq!(
        world.get(at::<DerivedFactory>(world.factory).credit_of(USER.account().into())),
        0
    );
}
