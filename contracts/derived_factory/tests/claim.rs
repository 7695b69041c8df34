//! How the holders of a failed DAPP's token are made whole.

use crate::world::*;
use allive_calls::psp22;
use allive_simulator::START;
use derived_factory::*;
use ink::primitives::AccountId;
use psp22::PSP22;

/// Gives units of `WELL`, of which the user has bought `sum`, to each.
fn held(world: &mut World, holders: &[(AccountId, u128)]) {
    let sum: u128 = holders.iter().map(|(_, units)| units).sum();
    world.done(USER, world.buy(WELL, sum * PRICE));
    let token = token_of(world, WELL);
    for (holder, units) in holders {
        let paid = psp22(token).transfer(*holder, *units, vec![]);
        world.done(USER, paid);
    }
}

fn close(world: &mut World) {
    world.done(WELL_OPERATOR, world.contract().close(WELL));
}

fn failure(world: &mut World) -> Failure {
    match dapp_of(world, WELL).life.state {
        State::Failed(failure) => failure.into_inner(),
        other => panic!("not failed: {other:?}"),
    }
}

fn sweep(world: &mut World) -> Receipt<Answer<()>> {
    let message = world.contract().sweep(WELL);
    world.send(STRANGER, message)
}

/// Covers a fifth only, so that the pot is less than the price of all units.
fn poor() -> World {
    let mut world = empty();
    let rules = Rules {
        min_cover: 2_000,
        ..RULES
    };
    world.done(ADMIN, world.contract().announce_rules(Some(rules.into())));
    world.advance(NOTICE);
    world.done(ADMIN, world.contract().change_rules());
    let profile = Profile {
        reserve_share: 2_000,
        cover: 2_000,
        ..well()
    };
    let registered = world.send(WELL_OPERATOR, world.register(profile, 1_000));
    assert_eq!(registered.value, Ok(Ok(WELL)));
    world
}

/// Three holders of 1,000 units: one is a contract, one is absent. The pot divides by none.
fn three() -> (World, [(AccountId, u128); 3]) {
    let mut world = poor();
    let holders = [(USER.account(), 333), (world.alv, 334), (ABSENT, 333)];
    held(&mut world, &holders);
    take_proceeds(&mut world, WELL_OPERATOR, WELL, 7_993);
    close(&mut world);
    (world, holders)
}

/// 2,000 of reserve, 1,000 of stake, 7 of what was raised.
const POT: u128 = 3_007;

#[test]
fn each_holder_gets_the_same_part_of_the_pot_whoever_asks() {
    let (mut world, holders) = three();
    let mut left = POT;
    for (holder, units) in holders {
        let before = world.holds(holder);
        let share = units * POT / 1_000;
        let answer = world.send(STRANGER, world.claim(WELL, holder));
        assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(share)), 2));
        let event = ShareClaimed {
            dapp: WELL,
            holder: holder.into(),
            tokens: units,
            paid: share,
        };
        assert_eq!(world.event(&answer), (event, vec![topic(WELL)]));
        assert_eq!(world.holds(holder), before + share);
        assert_eq!(units_of(&mut world, WELL, holder), 0);
        left -= share;
        assert_eq!(failure(&mut world).left, left);
        assert_eq!(stored_state(&mut world).held, left);
    }
    assert_eq!(left, 1, "what is not a unit for anybody");
    assert_eq!(world.holds(STRANGER), WEALTH);
}

#[test]
fn who_comes_first_gains_nothing() {
    let mut shares = vec![];
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0], [2, 1, 0]] {
        let (mut world, holders) = three();
        let mut paid = [0; 3];
        for place in order {
            let holder = holders[place].0;
            paid[place] = world.done(STRANGER, world.claim(WELL, holder));
        }
        shares.push(paid);
    }
    assert_eq!(shares, vec![[1_001, 1_004, 1_001]; 4]);
}

#[test]
fn nobody_gets_more_than_the_highest_price_of_a_unit() {
    let mut world = World::new();
    held(&mut world, &[(USER.account(), 90), (OTHER.account(), 10)]);
    reprice(&mut world, 12);
    world.done(USER, world.buy(WELL, 12));
    // Nothing is sold at twenty, so that nobody is owed as much.
    reprice(&mut world, 20);
    close(&mut world);
    assert_eq!(
        world.done(STRANGER, world.claim(WELL, USER.account())),
        91 * 12
    );
    assert_eq!(
        world.done(STRANGER, world.claim(WELL, OTHER.account())),
        10 * 12
    );
    let rest = failure(&mut world).left;
    assert_eq!(rest, STAKE + 1_012 - 101 * 12);
    world.advance(CLAIMS);
    sweep(&mut world);
    assert_eq!(world.holds(REMAINDER), rest);
}

#[test]
fn a_holder_is_paid_once_and_who_holds_nothing_gets_nothing() {
    let (mut world, _) = three();
    world.done(STRANGER, world.claim(WELL, ABSENT));
    for nobody in [ABSENT, STRANGER.account(), WELL_OPERATOR.account()] {
        let refused = world.refused(STRANGER, world.claim(WELL, nobody));
        assert_eq!(refused, FactoryError::NothingToDo);
    }
}

#[test]
fn a_share_of_less_than_a_unit_is_not_paid_and_the_holding_stays() {
    let mut world = World::new();
    let profile = Profile {
        price: 1,
        reserve_share: 0,
        ..care()
    };
    let dapp = world.done(OTHER, world.register(profile, 100));
    world.done(USER, world.buy(dapp, 199));
    world.done(STRANGER, world.buy(dapp, 1));
    take_proceeds(&mut world, OTHER, dapp, 200);
    world.done(OTHER, world.contract().close(dapp));
    let refused = world.refused(STRANGER, world.claim(dapp, STRANGER.account()));
    assert_eq!(refused, FactoryError::NothingToDo);
    assert_eq!(units_of(&mut world, dapp, STRANGER), 1);
    assert_eq!(world.done(STRANGER, world.claim(dapp, USER.account())), 99);
}

#[test]
fn claims_end_and_what_is_left_goes_to_the_place_for_remainders() {
    let (mut world, _) = three();
    let ends = failure(&mut world).ends;
    assert_eq!(ends, world.now() + CLAIMS);
    world.at(ends - 1);
    assert_eq!(sweep(&mut world).value, Ok(Err(FactoryError::TooEarly)));
    assert_eq!(
        world.done(STRANGER, world.claim(WELL, USER.account())),
        1_001
    );
    world.at(ends);
    let late = world.refused(STRANGER, world.claim(WELL, ABSENT));
    assert_eq!(late, FactoryError::Expired);
    let answer = sweep(&mut world);
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 2));
    let event = FundsMoved {
        dapp: WELL,
        flow: Flow::Swept,
        amount: POT - 1_001,
        account: REMAINDER.into(),
    };
    assert_eq!(world.event(&answer), (event, vec![topic(WELL)]));
    assert_eq!(world.holds(REMAINDER), POT - 1_001);
    assert_eq!(failure(&mut world).left, 0);
    assert_eq!(stored_state(&mut world).held, 0);
    assert_eq!(sweep(&mut world).value, Ok(Err(FactoryError::NothingToDo)));
    let late = world.refused(STRANGER, world.claim(WELL, ABSENT));
    assert_eq!(late, FactoryError::Expired, "also with nothing left");
}

#[test]
fn the_stake_of_a_dapp_that_closed_without_holders_goes_to_the_place_for_remainders() {
    let mut world = World::new();
    close(&mut world);
    let refused = world.refused(STRANGER, world.claim(WELL, USER.account()));
    assert_eq!(refused, FactoryError::NothingToDo);
    world.advance(CLAIMS);
    assert_eq!(sweep(&mut world).value, Ok(Ok(())));
    assert_eq!(world.holds(REMAINDER), STAKE);
}

#[test]
fn one_failure_touches_no_other_dapp() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    world.done(USER, world.buy(CARE, 700));
    let before = dapp_of(&mut world, CARE);
    close(&mut world);
    world.done(STRANGER, world.claim(WELL, USER.account()));
    world.at(START + CLAIMS);
    sweep(&mut world);
    assert_eq!(dapp_of(&mut world, CARE), before);
    assert_eq!(world.done(USER, world.redeem(CARE, 100)), 700);
}

/// Units in the hands of the factory itself: nobody can redeem them, and their share stays here for
/// good.
#[test]
fn the_share_of_units_that_were_given_to_the_factory_is_lost_to_all() {
    let mut world = World::new();
    let factory = world.factory;
    held(&mut world, &[(USER.account(), 90), (factory, 10)]);
    close(&mut world);
    assert_eq!(world.done(STRANGER, world.claim(WELL, factory)), 100);
    let held = stored_state(&mut world).held;
    assert_eq!(world.holds(factory), held + 100);
    assert_eq!(world.done(STRANGER, world.claim(WELL, USER.account())), 900);
}

#[test]
fn the_deposit_of_a_holding_goes_to_who_claims_it_for_its_holder() {
    let (mut world, _) = three();
    let claim = world.send(STRANGER, world.claim(WELL, ABSENT));
    // The cell in the token goes; in ALV the absent holder gets a first one.
    assert_eq!(claim.deposit.items, 0);
    let claim = world.send(STRANGER, world.claim(WELL, USER.account()));
    assert_eq!(claim.deposit.items, -1);
}

#[test]
fn of_several_reasons_to_refuse_the_first_is_given() {
    let mut world = World::new();
    let unknown = world.refused(STRANGER, world.claim(9, USER.account()));
    assert_eq!(unknown, FactoryError::UnknownDapp);
    let sweep_9 = world.contract().sweep(9);
    assert_eq!(world.refused(STRANGER, sweep_9), FactoryError::UnknownDapp);
    let live = FactoryError::WrongPhase(Phase::Live);
    assert_eq!(
        world.refused(STRANGER, world.claim(WELL, USER.account())),
        live
    );
    assert_eq!(
        sweep(&mut world).value,
        Ok(Err(FactoryError::WrongPhase(Phase::Live)))
    );
    close(&mut world);
    assert_eq!(sweep(&mut world).value, Ok(Err(FactoryError::TooEarly)));
    world.advance(CLAIMS);
    let expired = world.refused(STRANGER, world.claim(WELL, USER.account()));
    assert_eq!(expired, FactoryError::Expired);
}
