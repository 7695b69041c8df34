//! Prices, and how they change.

use crate::world::*;
use allive_access::{Announced, NoticeError};
use allive_simulator::START;
use derived_factory::*;

fn announce(world: &mut World, price: Option<u128>) -> Receipt<Answer<()>> {
    let message = world.contract().announce_price(WELL, price);
    world.send(WELL_OPERATOR, message)
}

fn change(world: &mut World) -> Result<(), FactoryError> {
    let message = world.contract().change_price(WELL);
    world.answer(WELL_OPERATOR, message)
}

#[test]
fn a_price_is_announced_and_comes_after_its_notice() {
    let mut world = World::new();
    let announced = announce(&mut world, Some(12));
    assert_eq!((announced.value.clone(), announced.frames), (Ok(Ok(())), 1));
    let next = Announced {
        value: 12,
        ready: START + NOTICE,
        lapses: START + 2 * NOTICE,
    };
    let changed = |price, next| {
        let event = PriceChanged {
            dapp: WELL,
            price,
            next,
        };
        (event, vec![topic(WELL)])
    };
    assert_eq!(world.event(&announced), changed(PRICE, Some(next)));
    assert_eq!(dapp_of(&mut world, WELL).next_price, Some(next));
    assert_eq!(world.done(USER, world.buy(WELL, 60)), 6, "as before");
    world.at(START + NOTICE);
    let message = world.contract().change_price(WELL);
    let answer = world.send(WELL_OPERATOR, message);
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 1));
    assert_eq!(world.event(&answer), changed(12, None));
    let dapp = dapp_of(&mut world, WELL);
    assert_eq!((dapp.terms.price, dapp.next_price), (12, None));
    assert_eq!(dapp.peak, PRICE, "nothing was sold at it yet");
    assert_eq!(change(&mut world), Err(NoticeError::NotAnnounced.into()));
    assert_eq!(world.done(USER, world.buy(WELL, 60)), 5);
}

#[test]
fn a_price_comes_from_the_end_of_its_notice_until_it_lapses() {
    for (after, right) in [
        (0, Err(NoticeError::TooEarly)),
        (NOTICE - 1, Err(NoticeError::TooEarly)),
        (NOTICE, Ok(())),
        (2 * NOTICE - 1, Ok(())),
        (2 * NOTICE, Err(NoticeError::Lapsed)),
    ] {
        let mut world = World::new();
        announce(&mut world, Some(12));
        world.advance(after);
        let right = right.map_err(FactoryError::from);
        assert_eq!(change(&mut world), right, "{after}");
    }
}

#[test]
fn an_announcement_can_be_replaced_or_taken_back() {
    let mut world = World::new();
    announce(&mut world, Some(12));
    world.advance(NOTICE);
    announce(&mut world, Some(13));
    assert_eq!(change(&mut world), Err(NoticeError::TooEarly.into()));
    let taken_back = announce(&mut world, None);
    let (event, _) = world.event::<PriceChanged, _>(&taken_back);
    assert_eq!(event.next, None);
    world.advance(NOTICE);
    assert_eq!(change(&mut world), Err(NoticeError::NotAnnounced.into()));
    assert_eq!(dapp_of(&mut world, WELL).terms.price, PRICE);
}

#[test]
fn a_price_of_nothing_or_beyond_what_can_be_written_is_not_announced() {
    let mut world = World::new();
    let most = u128::MAX / CAP;
    for (price, right) in [
        (0, Err(FactoryError::BadPrice)),
        (1, Ok(())),
        (most, Ok(())),
        (most + 1, Err(FactoryError::BadPrice)),
        (u128::MAX, Err(FactoryError::BadPrice)),
    ] {
        let answer = announce(&mut world, Some(price)).value;
        assert_eq!(answer, Ok(right), "{price}");
    }
}

#[test]
fn once_a_unit_is_sold_at_a_higher_price_every_unit_is_covered_at_it() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000 * PRICE));
    reprice(&mut world, 14);
    // 1,000 units at 14 are owed 14,000, behind which 5,000 and the stake lie.
    assert_eq!(world.done(OTHER, world.buy(WELL, 14)), 1);
    assert_eq!(dapp_of(&mut world, WELL).peak, 14);
    assert_eq!(money_of(&mut world, WELL).reserve, 5_007);
    // (5,007 + 10,000 - 14,014) / 7
    let most = 141;
    let refused = world.refused(OTHER, world.buy(WELL, (most + 1) * 14));
    assert_eq!(refused, FactoryError::Uncovered);
    assert_eq!(world.done(OTHER, world.buy(WELL, most * 14)), most);
    reprice(&mut world, 10);
    assert_eq!(dapp_of(&mut world, WELL).peak, 14, "also after it falls");
}

#[test]
fn a_price_that_could_not_be_covered_does_not_come() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000 * PRICE));
    announce(&mut world, Some(16));
    world.advance(NOTICE);
    assert_eq!(change(&mut world), Err(FactoryError::Uncovered));
    announce(&mut world, Some(15));
    world.advance(NOTICE);
    assert_eq!(change(&mut world), Ok(()), "15 × 1,000 is just covered");
    let refused = world.refused(USER, world.buy(WELL, 15));
    assert_eq!(refused, FactoryError::Uncovered);
    world.done(WELL_OPERATOR, world.fund(WELL, Fund::Stake, 7));
    assert_eq!(world.done(USER, world.buy(WELL, 15)), 1);
}

#[test]
fn a_price_below_what_stands_behind_each_unit_does_not_come() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    announce(&mut world, Some(4));
    world.advance(NOTICE);
    assert_eq!(change(&mut world), Err(FactoryError::WouldDilute));
    announce(&mut world, Some(5));
    world.advance(NOTICE);
    assert_eq!(change(&mut world), Ok(()));
}

/// Sold 100 units at ten, of which half is kept and half was withdrawn; staked 100 and as much as
/// `more`; sells at seven now. A failure would pay six for each unit, and what `more` adds.
fn lowered(more: u128) -> (World, DappId) {
    let mut world = World::new();
    let profile = Profile {
        cover: 5_000,
        ..well()
    };
    let dapp = world.done(WELL_OPERATOR, world.register(profile, RULES.min_stake));
    world.done(USER, world.buy(dapp, 1_000));
    let withdraw = world.contract().withdraw_proceeds(dapp, 500);
    world.done(WELL_OPERATOR, withdraw);
    world.done(WELL_OPERATOR, world.fund(dapp, Fund::Stake, more));
    let announce = world.contract().announce_price(dapp, Some(7));
    world.done(WELL_OPERATOR, announce);
    world.advance(NOTICE);
    world.done(WELL_OPERATOR, world.contract().change_price(dapp));
    (world, dapp)
}

#[test]
fn no_unit_is_sold_below_what_a_failure_would_pay_for_one() {
    for (more, right) in [(100, Ok(100)), (101, Err(FactoryError::WouldDilute))] {
        let (mut world, dapp) = lowered(more);
        assert_eq!(world.answer(OTHER, world.buy(dapp, 700)), right, "{more}");
    }
    // What is prepaid, unbonding or not withdrawn yet would be paid, too.
    let (mut world, dapp) = lowered(100);
    world.done(WELL_OPERATOR, world.fund(dapp, Fund::Prepaid, 1));
    let refused = FactoryError::WouldDilute;
    assert_eq!(world.refused(OTHER, world.buy(dapp, 700)), refused);
    let unbond = world.contract().unbond(dapp, Fund::Prepaid, 1);
    world.done(WELL_OPERATOR, unbond);
    assert_eq!(world.refused(OTHER, world.buy(dapp, 700)), refused);
}

#[test]
fn a_failure_pays_no_more_than_the_highest_price_so_that_a_rich_dapp_sells_at_it() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, PRICE));
    assert!(lies_for(&dapp_of(&mut world, WELL)) > STAKE);
    assert_eq!(world.done(OTHER, world.buy(WELL, PRICE)), 1);
    reprice(&mut world, PRICE - 1);
    let refused = FactoryError::WouldDilute;
    assert_eq!(world.refused(OTHER, world.buy(WELL, PRICE)), refused);
    world.done(USER, world.redeem(WELL, 1));
    world.done(OTHER, world.redeem(WELL, 1));
    assert_eq!(
        world.done(OTHER, world.buy(WELL, PRICE - 1)),
        1,
        "nobody holds"
    );
}

#[test]
fn who_buys_at_a_lower_price_dilutes_nobody() {
    let (mut world, dapp) = lowered(70);
    assert_eq!(world.done(OTHER, world.buy(dapp, 700)), 100);
    let money = money_of(&mut world, dapp);
    assert_eq!(
        (money.reserve, money.proceeds, money.raised),
        (1_000, 200, 1_700),
        "five of each seven, as much as stood behind the units before"
    );
    assert_eq!(world.done(USER, world.redeem(dapp, 100)), 500);
    assert_eq!(world.done(OTHER, world.redeem(dapp, 100)), 500);
}

#[test]
fn who_buys_ahead_of_a_failure_wins_nothing() {
    let (mut world, dapp) = lowered(100);
    wait_alive(&mut world, SILENCE - NOTICE - 1);
    assert_eq!(world.done(OTHER, world.buy(dapp, 700)), 100);
    world.advance(1);
    world.done(STRANGER, world.contract().declare_silent(dapp));
    assert_eq!(
        world.done(STRANGER, world.claim(dapp, OTHER.account())),
        700
    );
    assert_eq!(world.done(STRANGER, world.claim(dapp, USER.account())), 700);
}

/// `CARE` keeps all of its price, so that a round trip costs nothing.
#[test]
fn a_purchase_and_a_redemption_around_a_change_of_price_gain_nothing() {
    let falls = Err(FactoryError::WouldDilute);
    for (first, then, changes) in [(CARE_PRICE, 9, Ok(())), (9, CARE_PRICE, falls)] {
        let mut world = World::new();
        world.done(OTHER, world.buy(CARE, 100 * CARE_PRICE));
        let announce = |world: &mut World, price| {
            let message = world.contract().announce_price(CARE, Some(price));
            world.done(CARE_OPERATOR, message);
            world.advance(NOTICE);
        };
        announce(&mut world, first);
        world.done(CARE_OPERATOR, world.contract().change_price(CARE));
        announce(&mut world, then);
        let before = world.holds(USER);
        world.done(USER, world.buy(CARE, 50 * first));
        let changed = world.answer(CARE_OPERATOR, world.contract().change_price(CARE));
        assert_eq!(changed, changes);
        let tokens = units_of(&mut world, CARE, USER);
        assert_eq!(tokens, 50);
        world.done(USER, world.redeem(CARE, tokens));
        world.done(USER, world.contract().withdraw());
        assert!(world.holds(USER) <= before, "{first}, then {then}");
    }
}

/// The reserve is one for all: what later buyers put in at a higher price stands behind every unit.
#[test]
fn what_is_paid_at_a_higher_price_stands_behind_all_units_alike() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 100 * PRICE));
    reprice(&mut world, 20);
    world.done(OTHER, world.buy(WELL, 100 * 20));
    assert_eq!(money_of(&mut world, WELL).reserve, 500 + 1_000);
    assert_eq!(world.done(USER, world.redeem(WELL, 100)), 750);
    assert_eq!(world.done(OTHER, world.redeem(WELL, 100)), 750);
}

#[test]
fn of_several_reasons_to_refuse_a_price_the_first_is_given() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    world.done(CARE_OPERATOR, world.contract().close(CARE));
    let failed = FactoryError::WrongPhase(Phase::Failed);
    for (by, dapp, why) in [
        (STRANGER, 9, FactoryError::UnknownDapp),
        (STRANGER, CARE, FactoryError::NotOperator),
        (CARE_OPERATOR, CARE, failed),
        (WELL_OPERATOR, WELL, FactoryError::BadPrice),
    ] {
        let announce = world.contract().announce_price(dapp, Some(0));
        assert_eq!(world.refused(by, announce), why);
        let change = world.contract().change_price(dapp);
        let why = match why {
            FactoryError::BadPrice => NoticeError::NotAnnounced.into(),
            other => other,
        };
        assert_eq!(world.refused(by, change), why);
    }
}
