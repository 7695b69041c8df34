//! Buying.

use crate::world::*;
use derived_factory::*;

#[test]
fn a_buyer_pays_the_price_and_the_reserve_takes_its_share() {
    let mut world = World::new();
    let answer = world.buy(USER, WELL, 105);
    assert_eq!(answer.value, Ok(Ok(10)));
    assert_eq!(answer.frames, 2);
    let dapp = world.dapp(WELL);
    assert_eq!((dapp.supply, dapp.peak), (10, PRICE));
    let money = Money {
        reserve: 50,
        stake: STAKE,
        proceeds: 50,
        raised: 100,
        ..Money::default()
    };
    assert_eq!(dapp.money, money);
    assert_eq!(world.units(WELL, USER.account()), 10);
    assert_eq!(
        world.holds(USER.account()),
        WEALTH - 100,
        "what ten units cost, and no more"
    );
    assert_eq!(world.redeem(USER, WELL, 4).value, Ok(Ok(20)));
    assert_eq!(world.credit(USER.account()), 20);
}
