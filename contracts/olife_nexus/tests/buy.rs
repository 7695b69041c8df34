//! Buying uses.

use crate::world::*;
use allive_calls::{psp22, Chain, Deposit};
use allive_psp22_interface::TokenError;
use olife_nexus::*;
use psp22::PSP22;

#[test]
fn the_grantee_buys_uses_and_the_nexus_holds_the_money() {
    let (mut world, grant) = World::offered();
    let offered = world.grant(grant).unwrap();
    let answer = world.buy(GRANTEE, grant, 2);
    assert_eq!(answer.value, Ok(Ok(())));
    assert_eq!(answer.frames, 2);
    let event = UsesBought {
        grant,
        uses: 2,
        paid: 20,
    };
    assert_eq!(world.said(&answer), [(event, vec![topic(grant)])]);
    let paid = answer.events_of::<psp22::Transfer>();
    assert_eq!(paid.len(), 1);
    assert_eq!(
        (paid[0].from, paid[0].to, paid[0].value),
        (Some(GRANTEE.account()), Some(world.nexus), 20)
    );
    assert_eq!(world.balances(), [SUPPLY - WEALTH, 0, WEALTH - 20, 0, 20]);
    assert_eq!(world.books().owed, 20);
    assert_eq!([world.credit(PATIENT), world.credit(GRANTEE)], [0, 0]);
    let left = world.get(psp22(world.token).allowance(GRANTEE.account(), world.nexus));
    assert_eq!(left, WEALTH - 20);
    let bought = Grant {
        for_sale: 3,
        bought: 2,
        ..offered
    };
    assert_eq!(world.grant(grant), Some(bought));
}

#[test]
fn a_purchase_stores_nothing_new_but_the_balance_of_the_nexus() {
    let (mut world, grant) = World::offered();
    let first = world.buy(GRANTEE, grant, 1);
    assert_eq!(first.deposit.items, 1);
    let second = world.buy(GRANTEE, grant, 1);
    assert_eq!(second.deposit, Deposit::default());
}

#[test]
fn uses_can_be_bought_in_parts_until_none_is_for_sale() {
    let (mut world, grant) = World::offered();
    assert_eq!(
        world.buy(GRANTEE, grant, USES + 1).value,
        Ok(Err(NexusError::NotForSale))
    );
    assert_eq!(
        world.buy(GRANTEE, grant, u32::MAX).value,
        Ok(Err(NexusError::NotForSale))
    );
    assert_eq!(world.buy(GRANTEE, grant, 2).value, Ok(Ok(())));
    assert_eq!(
        world.buy(GRANTEE, grant, 4).value,
        Ok(Err(NexusError::NotForSale))
    );
    assert_eq!(world.buy(GRANTEE, grant, 3).value, Ok(Ok(())));
    assert_eq!(
        world.buy(GRANTEE, grant, 1).value,
        Ok(Err(NexusError::NotForSale))
    );
    assert_eq!(world.books().owed, 50);
}

#[test]
fn a_use_that_was_made_is_not_for_sale_again() {
    let (mut world, grant) = World::bought(USES);
    world.use_record(GRANTEE, grant).value.unwrap().unwrap();
    assert_eq!(
        world.buy(GRANTEE, grant, 1).value,
        Ok(Err(NexusError::NotForSale))
    );
}

#[test]
fn a_purchase_has_at_least_one_use() {
    let (mut world, grant) = World::offered();
    assert_eq!(
        world.buy(GRANTEE, grant, 0).value,
        Ok(Err(NexusError::NoUses))
    );
}

#[test]
fn a_use_that_costs_more_than_the_buyer_accepts_is_not_bought() {
    let (mut world, grant) = World::offered();
    for accepted in [0, PRICE - 1] {
        assert_eq!(
            world.buy_up_to(GRANTEE, grant, 2, accepted).value,
            Ok(Err(NexusError::PriceTooHigh)),
            "{accepted}"
        );
    }
    for accepted in [PRICE, PRICE + 1] {
        let answer = world.buy_up_to(GRANTEE, grant, 1, accepted);
        assert_eq!(answer.value, Ok(Ok(())), "{accepted}");
        assert_eq!(
            world.said::<UsesBought, _>(&answer)[0].0.paid,
            PRICE,
            "the price, not what was accepted"
        );
    }
}

#[test]
fn who_accepts_no_price_still_gets_a_gift() {
    let (mut world, _) = World::offered();
    let gift = Terms {
        price: 0,
        ..terms()
    };
    let grant = world.offer(PATIENT, 0, gift).value.unwrap().unwrap();
    assert_eq!(world.buy_up_to(GRANTEE, grant, 1, 0).value, Ok(Ok(())));
}

#[test]
fn nobody_but_the_grantee_buys() {
    let (mut world, grant) = World::offered();
    for other in [ADMIN, PATIENT, STRANGER] {
        assert_eq!(
            world.buy(other, grant, 1).value,
            Ok(Err(NexusError::NotGrantee)),
            "{other:?}"
        );
    }
}

#[test]
fn nothing_is_bought_under_an_unknown_grant() {
    let (mut world, grant) = World::offered();
    assert_eq!(
        world.buy(GRANTEE, grant + 1, 1).value,
        Ok(Err(NexusError::UnknownGrant))
    );
}

#[test]
fn buying_ends_at_the_moment_of_expiry() {
    let (mut world, grant) = World::offered();
    world.at(END - 1);
    assert_eq!(world.buy(GRANTEE, grant, 1).value, Ok(Ok(())));
    world.at(END);
    assert_eq!(
        world.buy(GRANTEE, grant, 1).value,
        Ok(Err(NexusError::Expired))
    );
    world.at(END + 1);
    assert_eq!(
        world.buy(GRANTEE, grant, 1).value,
        Ok(Err(NexusError::Expired))
    );
}

#[test]
fn a_gift_needs_no_token() {
    let (mut world, _) = World::offered();
    let gift = Terms {
        grantee: STRANGER.account(),
        price: 0,
        ..terms()
    };
    let grant = world.offer(PATIENT, 0, gift).value.unwrap().unwrap();
    world.pause();
    let balances = world.balances();
    let answer = world.buy(STRANGER, grant, 2);
    assert_eq!(answer.value, Ok(Ok(())));
    assert_eq!(answer.frames, 1);
    assert_eq!(answer.events.len(), 1);
    let event = UsesBought {
        grant,
        uses: 2,
        paid: 0,
    };
    assert_eq!(world.said(&answer), [(event, vec![topic(grant)])]);
    assert_eq!(world.balances(), balances);
    assert_eq!(world.grant(grant).unwrap().bought, 2);
}

#[test]
fn a_purchase_beyond_the_allowance_is_refused_with_the_reason() {
    let (mut world, grant) = World::offered();
    world
        .tell(GRANTEE, psp22(world.token).approve(world.nexus, 19))
        .unwrap();
    let refused = NexusError::Token(TokenError::InsufficientAllowance);
    assert_eq!(world.buy(GRANTEE, grant, 2).value, Ok(Err(refused)));
    assert_eq!(world.buy(GRANTEE, grant, 1).value, Ok(Ok(())));
}

#[test]
fn a_purchase_beyond_the_balance_is_refused_with_the_reason() {
    let (mut world, grant) = World::offered();
    world
        .tell(
            GRANTEE,
            psp22(world.token).transfer(ADMIN.account(), WEALTH - 19, vec![]),
        )
        .unwrap();
    let refused = NexusError::Token(TokenError::InsufficientBalance);
    assert_eq!(world.buy(GRANTEE, grant, 2).value, Ok(Err(refused)));
    assert_eq!(world.buy(GRANTEE, grant, 1).value, Ok(Ok(())));
}

#[test]
fn a_purchase_is_refused_while_alv_is_paused() {
    let (mut world, grant) = World::offered();
    world.pause();
    let refused = NexusError::Token(TokenError::Refused);
    assert_eq!(world.buy(GRANTEE, grant, 1).value, Ok(Err(refused)));
    world.chain.advance(PAUSE);
    assert_eq!(world.buy(GRANTEE, grant, 1).value, Ok(Ok(())));
}

#[test]
fn money_that_was_given_to_the_nexus_buys_nothing() {
    let (mut world, grant) = World::offered();
    world
        .tell(ADMIN, psp22(world.token).transfer(world.nexus, 500, vec![]))
        .unwrap();
    world
        .tell(GRANTEE, psp22(world.token).approve(world.nexus, 0))
        .unwrap();
    let refused = NexusError::Token(TokenError::InsufficientAllowance);
    assert_eq!(world.buy(GRANTEE, grant, 1).value, Ok(Err(refused)));
}
