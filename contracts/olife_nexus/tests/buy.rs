//! Buying uses.

use crate::world::*;
use ::alv::{Alv, PSP22Payable};
use allive_calls::{at, psp22, Deposit};
use allive_psp22_interface::TokenError;
use allive_support::acting::{custom, topic};
use olife_nexus::*;
use psp22::PSP22;
use scale::Encode;

#[test]
fn the_grantee_buys_uses_and_the_nexus_holds_the_money() {
    let (mut world, grant) = offered();
    let offered = grant_of(&mut world, grant).unwrap();
    let answer = world.receipt(GRANTEE, world.contract().buy(grant, 2, ANY_PRICE));
    assert_eq!(answer.frames, 2);
    let event = UsesBought {
        grant,
        uses: 2,
        paid: 20,
    };
    assert_eq!(world.events(&answer), [(event, vec![topic(grant)])]);
    let paid = answer.events_of::<psp22::Transfer>();
    assert_eq!(paid.len(), 1);
    assert_eq!(
        (paid[0].from, paid[0].to, paid[0].value),
        (Some(GRANTEE), Some(world.nexus), 20)
    );
    assert_eq!(
        balances_of(&mut world),
        [SUPPLY - WEALTH, 0, WEALTH - 20, 0, 20]
    );
    assert_eq!(stored_state(&mut world).owed, 20);
    assert_eq!(
        [
            world.get(world.contract().credit_of(PATIENT)),
            world.get(world.contract().credit_of(GRANTEE))
        ],
        [0, 0]
    );
    let left = world.get(psp22(world.alv).allowance(GRANTEE, world.nexus));
    assert_eq!(left, WEALTH - 20);
    let bought = Grant {
        for_sale: 3,
        bought: 2,
        ..offered
    };
    assert_eq!(grant_of(&mut world, grant), Some(bought));
}

/// Uses are paid by allowance alone. What comes with a call goes back.
#[test]
fn alv_that_is_sent_with_a_call_is_not_accepted() {
    let (mut world, grant) = offered();
    let (to, data) = (world.nexus.into(), (grant, 2_u32, ANY_PRICE).encode());
    let sent = at::<Alv>(world.alv).transfer_and_call(to, 20, data);
    assert_eq!(world.refused(GRANTEE, sent), custom("NotAccepted"));
    assert_eq!(world.holds(GRANTEE), WEALTH);
    assert_eq!(grant_of(&mut world, grant).unwrap().bought, 0);
}

#[test]
fn a_purchase_stores_nothing_new_but_the_balance_of_the_nexus() {
    let (mut world, grant) = offered();
    let first = world.send(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE));
    assert_eq!(first.deposit.items, 1);
    let second = world.send(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE));
    assert_eq!(second.deposit, Deposit::default());
}

#[test]
fn uses_can_be_bought_in_parts_until_none_is_for_sale() {
    let (mut world, grant) = offered();
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, USES + 1, ANY_PRICE)),
        NexusError::NotForSale
    );
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, u32::MAX, ANY_PRICE)),
        NexusError::NotForSale
    );
    world.done(GRANTEE, world.contract().buy(grant, 2, ANY_PRICE));
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, 4, ANY_PRICE)),
        NexusError::NotForSale
    );
    world.done(GRANTEE, world.contract().buy(grant, 3, ANY_PRICE));
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE)),
        NexusError::NotForSale
    );
    assert_eq!(stored_state(&mut world).owed, 50);
}

#[test]
fn a_use_that_was_made_is_not_for_sale_again() {
    let (mut world, grant) = bought(USES);
    world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE)),
        NexusError::NotForSale
    );
}

#[test]
fn a_purchase_has_at_least_one_use() {
    let (mut world, grant) = offered();
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, 0, ANY_PRICE)),
        NexusError::NoUses
    );
}

#[test]
fn a_use_that_costs_more_than_the_buyer_accepts_is_not_bought() {
    let (mut world, grant) = offered();
    for accepted in [0, PRICE - 1] {
        assert_eq!(
            world.refused(GRANTEE, world.contract().buy(grant, 2, accepted)),
            NexusError::PriceTooHigh,
            "{accepted}"
        );
    }
    for accepted in [PRICE, PRICE + 1] {
        let answer = world.send(GRANTEE, world.contract().buy(grant, 1, accepted));
        assert_eq!(answer.value, Ok(Ok(())), "{accepted}");
        assert_eq!(
            world.events::<UsesBought, _>(&answer)[0].0.paid,
            PRICE,
            "the price, not what was accepted"
        );
    }
}

#[test]
fn who_accepts_no_price_still_gets_a_gift() {
    let (mut world, _) = offered();
    let gift = GrantTerms {
        price: 0,
        ..terms()
    };
    let grant = world.done(PATIENT, world.contract().offer(0, gift));
    world.done(GRANTEE, world.contract().buy(grant, 1, 0));
}

#[test]
fn nobody_but_the_grantee_buys() {
    let (mut world, grant) = offered();
    for other in [ADMIN, PATIENT, STRANGER] {
        assert_eq!(
            world.refused(other, world.contract().buy(grant, 1, ANY_PRICE)),
            NexusError::NotGrantee,
            "{other:?}"
        );
    }
}

#[test]
fn nothing_is_bought_under_an_unknown_grant() {
    let (mut world, grant) = offered();
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant + 1, 1, ANY_PRICE)),
        NexusError::UnknownGrant
    );
}

#[test]
fn buying_ends_at_the_moment_of_expiry() {
    let (mut world, grant) = offered();
    world.at(END - 1);
    world.done(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE));
    world.at(END);
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE)),
        NexusError::Expired
    );
    world.at(END + 1);
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE)),
        NexusError::Expired
    );
}

#[test]
fn a_gift_needs_no_token() {
    let (mut world, _) = offered();
    let gift = GrantTerms {
        grantee: STRANGER,
        price: 0,
        ..terms()
    };
    let grant = world.done(PATIENT, world.contract().offer(0, gift));
    world.pause_alv();
    let balances = balances_of(&mut world);
    let answer = world.receipt(STRANGER, world.contract().buy(grant, 2, ANY_PRICE));
    assert_eq!(answer.frames, 1);
    assert_eq!(answer.events.len(), 1);
    let event = UsesBought {
        grant,
        uses: 2,
        paid: 0,
    };
    assert_eq!(world.events(&answer), [(event, vec![topic(grant)])]);
    assert_eq!(balances_of(&mut world), balances);
    assert_eq!(grant_of(&mut world, grant).unwrap().bought, 2);
}

#[test]
fn a_purchase_beyond_the_allowance_is_refused_with_the_reason() {
    let (mut world, grant) = offered();
    world.allow(GRANTEE, world.nexus, 19);
    let refused = NexusError::Token(TokenError::InsufficientAllowance);
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, 2, ANY_PRICE)),
        refused
    );
    world.done(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE));
}

#[test]
fn a_purchase_beyond_the_balance_is_refused_with_the_reason() {
    let (mut world, grant) = offered();
    let back = psp22(world.alv).transfer(ADMIN, WEALTH - 19, vec![]);
    world.done(GRANTEE, back);
    let refused = NexusError::Token(TokenError::InsufficientBalance);
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, 2, ANY_PRICE)),
        refused
    );
    world.done(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE));
}

#[test]
fn a_purchase_is_refused_while_alv_is_paused() {
    let (mut world, grant) = offered();
    world.pause_alv();
    let refused = NexusError::Token(TokenError::Refused);
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE)),
        refused
    );
    world.advance(PAUSE);
    world.done(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE));
}

#[test]
fn money_that_was_given_to_the_nexus_buys_nothing() {
    let (mut world, grant) = offered();
    world.give(world.nexus, 500);
    world.allow(GRANTEE, world.nexus, 0);
    let refused = NexusError::Token(TokenError::InsufficientAllowance);
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE)),
        refused
    );
}
