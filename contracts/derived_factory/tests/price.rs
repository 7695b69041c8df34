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
    assert_eq!(world.done(USER, world.buy(WELL, 60)), 6);
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
    // Also after some of them are gone, and until all are.
    world.done(OTHER, world.redeem(WELL, most + 1));
    assert_eq!(dapp_of(&mut world, WELL).peak, 14);
    world.done(USER, world.redeem(WELL, 1_000));
    assert_eq!(dapp_of(&mut world, WELL).peak, 0);
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

/// A DAPP that sold 100 units at ten, promised a cover of 60 %, and keeps half of its price to
/// redeem. It has `more` staked beyond the least, 100.
fn partly(more: u128) -> (World, DappId) {
    let mut world = World::new();
    let profile = Profile {
        cover: 6_000,
        ..well()
    };
    let stake = RULES.min_stake + more;
    let dapp = world.done(WELL_OPERATOR, world.register(profile, stake));
    world.done(USER, world.buy(dapp, 1_000));
    (world, dapp)
}

/// The same; it sells at `price` now.
fn lowered(more: u128, price: u128) -> (World, DappId) {
    let (mut world, dapp) = partly(more);
    let announce = world.contract().announce_price(dapp, Some(price));
    world.done(WELL_OPERATOR, announce);
    wait_live(&mut world, WELL_OPERATOR, dapp, UNBONDING);
    world.done(WELL_OPERATOR, world.contract().change_price(dapp));
    (world, dapp)
}

/// Six are promised for each unit, and behind each of another DAPP's there are seven.
#[test]
fn a_price_at_which_nothing_could_be_sold_is_not_announced() {
    let (mut world, dapp) = partly(0);
    world.done(USER, world.buy(CARE, 700));
    let too_low = Err(FactoryError::PriceTooLow);
    for (by, dapp, price, right) in [
        (WELL_OPERATOR, dapp, 5, too_low.clone()),
        (WELL_OPERATOR, dapp, 6, Ok(())),
        (CARE_OPERATOR, CARE, 6, too_low),
        (CARE_OPERATOR, CARE, 7, Ok(())),
    ] {
        let announce = world.contract().announce_price(dapp, Some(price));
        assert_eq!(world.answer(by, announce), right, "{price}");
    }
    // Nobody holds: nothing is promised.
    world.done(USER, world.redeem(CARE, 100));
    let announce = world.contract().announce_price(CARE, Some(1));
    world.done(CARE_OPERATOR, announce);
}

#[test]
fn a_price_that_became_too_low_while_it_was_announced_does_not_come() {
    let mut world = World::new();
    world.done(USER, world.buy(CARE, 700));
    world.done(USER, world.redeem(CARE, 100));
    let announce = world.contract().announce_price(CARE, Some(1));
    world.done(CARE_OPERATOR, announce);
    world.done(OTHER, world.buy(CARE, 7));
    world.advance(NOTICE);
    let change = |world: &World| world.contract().change_price(CARE);
    // The unit that was sold since is worth seven, and no price takes that from it so soon.
    let early = NoticeError::TooEarly.into();
    assert_eq!(world.refused(CARE_OPERATOR, change(&world)), early);
    let announce = world.contract().announce_price(CARE, Some(7));
    world.done(CARE_OPERATOR, announce);
    world.advance(NOTICE);
    world.done(CARE_OPERATOR, change(&world));

    // A cover of 60 % is promised at twenty, since a unit was sold for it meanwhile.
    let (mut world, dapp) = partly(1_000);
    let announce = |world: &mut World, price, notice| {
        let announce = world.contract().announce_price(dapp, Some(price));
        world.done(WELL_OPERATOR, announce);
        wait_live(world, WELL_OPERATOR, dapp, notice);
    };
    let change = |world: &World| world.contract().change_price(dapp);
    announce(&mut world, 20, NOTICE);
    world.done(WELL_OPERATOR, change(&world));
    announce(&mut world, 8, UNBONDING);
    assert_eq!(world.done(OTHER, world.buy(dapp, 20)), 1);
    let refused = world.refused(WELL_OPERATOR, change(&world));
    assert_eq!(refused, FactoryError::PriceTooLow);
    assert_eq!(world.done(OTHER, world.buy(dapp, 20)), 1, "as before");
}

/// Units were sold at ten. It sells at nine after the unbonding time, and not before.
#[test]
fn a_price_that_lowers_what_a_failure_pays_is_announced_as_long_ahead_as_stake_leaves() {
    let (mut world, dapp) = partly(1_000);
    let announce = world.contract().announce_price(dapp, Some(9));
    world.done(WELL_OPERATOR, announce);
    let change = |world: &World| world.contract().change_price(dapp);
    wait_live(&mut world, WELL_OPERATOR, dapp, UNBONDING - 1);
    let early = NoticeError::TooEarly.into();
    assert_eq!(world.refused(WELL_OPERATOR, change(&world)), early);
    world.advance(1);
    world.done(WELL_OPERATOR, change(&world));
    // Back to ten, for which units were sold, it takes the notice alone.
    let announce = world.contract().announce_price(dapp, Some(10));
    world.done(WELL_OPERATOR, announce);
    world.advance(NOTICE);
    world.done(WELL_OPERATOR, change(&world));
}

/// A holder of units that were sold at ten is paid seven by a failure, and so is the buyer.
#[test]
fn a_failure_pays_no_more_than_the_price_of_the_day() {
    let (mut world, dapp) = lowered(10_000, 7);
    assert_eq!(world.done(OTHER, world.buy(dapp, 700)), 100);
    world.done(WELL_OPERATOR, world.contract().close(dapp));
    for holder in [USER, OTHER] {
        let claim = world.claim(dapp, holder.account());
        assert_eq!(world.done(STRANGER, claim), 700);
    }
}

#[test]
fn who_buys_at_a_lower_price_dilutes_nobody() {
    // Behind each unit are five, and a failure pays six and a half of the seven.
    let (mut world, dapp) = lowered(50, 7);
    take_proceeds(&mut world, WELL_OPERATOR, dapp, 500);
    world.done(WELL_OPERATOR, world.fund(dapp, Fund::Stake, 650));
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

/// All but the buyer leave. What they leave behind is worth more than ten for each of her units.
#[test]
fn who_buys_ahead_of_a_failure_wins_nothing() {
    let (mut world, dapp) = lowered(100, 7);
    wait_live(&mut world, WELL_OPERATOR, dapp, SILENCE);
    assert_eq!(world.done(OTHER, world.buy(dapp, 70)), 10);
    world.done(USER, world.redeem(dapp, 100));
    world.done(STRANGER, world.fund(dapp, Fund::Stake, 1_000));
    world.advance(SILENCE);
    world.done(STRANGER, world.contract().declare_silent(dapp));
    let claim = world.claim(dapp, OTHER.account());
    assert_eq!(world.done(STRANGER, claim), 70);
}

/// Every unit was sold at ten, and is redeemed. A stake of 11,110 is left.
#[test]
fn who_buys_where_nobody_holds_is_paid_what_she_paid_by_a_failure() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    world.done(USER, world.redeem(WELL, 100));
    world.done(OTHER, world.fund(WELL, Fund::Stake, 1_110));
    reprice(&mut world, 1);
    let last = dapp_of(&mut world, WELL).life.alive_until - 1;
    world.at(last);
    assert_eq!(world.done(STRANGER, world.buy(WELL, 1_111)), 1_111);
    world.advance(1);
    world.done(STRANGER, world.contract().declare_silent(WELL));
    let claim = world.claim(WELL, STRANGER.account());
    assert_eq!(world.done(STRANGER, claim), 1_111, "and not 11,110");
}

/// A unit is sold at nine where all that were sold at ten are gone.
#[test]
fn one_unit_sold_where_nobody_holds_does_not_end_the_sales() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    world.done(USER, world.redeem(WELL, 100));
    reprice(&mut world, 9);
    assert_eq!(world.done(STRANGER, world.buy(WELL, 9)), 1);
    assert_eq!(world.done(USER, world.buy(WELL, 90)), 10);
}

/// Neither is there anything that a gift makes the DAPP wait for.
#[test]
fn a_gift_stops_no_sale_and_no_change_of_price() {
    let (mut world, dapp) = lowered(200, 7);
    let gifts = [Fund::Stake, Fund::Prepaid];
    for fund in gifts {
        world.done(STRANGER, world.fund(dapp, fund, 1));
        assert_eq!(world.done(OTHER, world.buy(dapp, 7)), 1, "{fund:?}");
    }
    let announce = world.contract().announce_price(dapp, Some(6));
    world.done(WELL_OPERATOR, announce);
    for fund in gifts {
        world.done(STRANGER, world.fund(dapp, fund, 10_000));
    }
    wait_live(&mut world, WELL_OPERATOR, dapp, UNBONDING);
    world.done(WELL_OPERATOR, world.contract().change_price(dapp));
    assert_eq!(world.done(OTHER, world.buy(dapp, 6)), 1);
}

/// `CARE` keeps all of its price to redeem: who buys at seven can redeem for seven at any time.
/// After a rise to fourteen, who buys then would have to share with her.
#[test]
fn nothing_is_sold_at_the_old_price_once_a_higher_one_is_announced() {
    let mut world = World::new();
    let announce = |world: &World, price| world.contract().announce_price(CARE, price);
    let rising = FactoryError::RiseAnnounced;
    world.done(OTHER, world.fund(CARE, Fund::Prepaid, 100));
    world.done(STRANGER, world.buy(WELL, 100));
    world.done(CARE_OPERATOR, announce(&world, Some(14)));
    let blocked = |world: &mut World| {
        assert_eq!(world.refused(USER, world.buy(CARE, 700)), rising);
        let convert = world.contract().convert(WELL, 2, 0, CARE, 0, 0);
        assert_eq!(world.refused(STRANGER, convert), rising);
        let to = USER.account().into();
        let reward = world.contract().reward(CARE, to, 1);
        assert_eq!(world.refused(CARE_OPERATOR, reward), rising);
    };
    blocked(&mut world);
    // Taken back, replaced by a price that is no higher, or lapsed: it sells.
    for price in [None, Some(CARE_PRICE)] {
        world.done(CARE_OPERATOR, announce(&world, price));
        assert_eq!(world.done(USER, world.buy(CARE, 7)), 1);
    }
    world.done(USER, world.redeem(CARE, 2));
    world.done(CARE_OPERATOR, announce(&world, Some(14)));
    world.advance(2 * NOTICE - 1);
    blocked(&mut world);
    world.advance(1);
    assert_eq!(world.done(USER, world.buy(CARE, 7)), 1, "lapsed");
    world.done(USER, world.redeem(CARE, 1));
    // In effect: at the higher price.
    world.done(CARE_OPERATOR, announce(&world, Some(14)));
    world.advance(NOTICE);
    assert_eq!(world.refused(USER, world.buy(CARE, 3_500)), rising);
    world.done(CARE_OPERATOR, world.contract().change_price(CARE));
    assert_eq!(world.done(OTHER, world.buy(CARE, 3_500)), 250);
    assert_eq!(
        world.done(OTHER, world.redeem(CARE, 250)),
        3_500,
        "all of it"
    );
}

/// `CARE` keeps all of its price, so that a round trip costs nothing.
#[test]
fn a_purchase_and_a_redemption_around_a_change_of_price_gain_nothing() {
    for first in [CARE_PRICE, 9] {
        let mut world = World::new();
        let announce = |world: &mut World, price| {
            let message = world.contract().announce_price(CARE, Some(price));
            world.answer(CARE_OPERATOR, message)
        };
        let change = |world: &World| world.contract().change_price(CARE);
        assert_eq!(announce(&mut world, first), Ok(()));
        world.advance(NOTICE);
        world.done(CARE_OPERATOR, change(&world));
        let before = world.holds(USER);
        world.done(USER, world.buy(CARE, 50 * first));
        // Up: whoever comes from now on pays the higher price. Down: that is not possible.
        let then = 16 - first;
        let right = match then > first {
            true => Ok(()),
            false => Err(FactoryError::PriceTooLow),
        };
        assert_eq!(announce(&mut world, then), right);
        world.advance(NOTICE);
        assert_eq!(
            world.answer(CARE_OPERATOR, change(&world)).is_ok(),
            right.is_ok()
        );
        world.done(USER, world.redeem(CARE, 50));
        world.done(USER, world.contract().withdraw(USER.account().into()));
        assert_eq!(world.holds(USER), before, "{first}, then {then}");
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
