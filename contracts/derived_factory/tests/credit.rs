//! Depositing and withdrawing.

use crate::world::*;
use allive_access::{AccessError, NOBODY};
use allive_calls::{at, psp22, Deposit};
use allive_psp22_interface::TokenError;
use allive_simulator::START;
use derived_factory::*;
use ink::primitives::AccountId;
use psp22::PSP22;

#[test]
fn a_deposit_becomes_credit_and_all_of_it_is_paid_out() {
    let mut world = World::new();
    let deposit = world.contract().deposit(70);
    let answer = world.receipt(USER, deposit);
    assert_eq!(answer.frames, 2);
    let account = || USER.account().into();
    let deposited = Deposited {
        account: account(),
        amount: 70,
    };
    assert_eq!(world.event(&answer), (deposited, vec![]));
    world.done(USER, world.contract().deposit(30));
    let query = at::<DerivedFactory>(world.factory).credit_of(account());
    assert_eq!(world.get(query), 100);
    assert_eq!(stored_state(&mut world).held, 2 * STAKE + 100);
    assert_eq!(world.holds(USER), WEALTH - 100);

    let withdraw = world.contract().withdraw(account());
    let answer = world.send(USER, withdraw);
    assert_eq!(answer.value, Ok(Ok(100)));
    assert_eq!(answer.frames, 2);
    let withdrawn = CreditWithdrawn {
        account: account(),
        to: account(),
        amount: 100,
    };
    assert_eq!(world.event(&answer), (withdrawn, vec![]));
    assert_eq!(credited(&mut world, USER), 0);
    assert_eq!(stored_state(&mut world).held, 2 * STAKE);
    assert_eq!(world.holds(USER), WEALTH);
}

#[test]
fn a_deposit_of_nothing_or_of_what_was_not_allowed_is_refused() {
    let mut world = World::new();
    let deposit = |world: &World, amount: u128| world.contract().deposit(amount);
    assert_eq!(
        world.refused(USER, deposit(&world, 0)),
        FactoryError::NothingToDo
    );
    assert_eq!(
        world.refused(USER, deposit(&world, u128::MAX)),
        FactoryError::AmountTooLarge
    );
    assert_eq!(
        world.refused(USER, deposit(&world, WEALTH + 1)),
        TokenError::InsufficientAllowance.into()
    );
}

#[test]
fn a_credit_is_paid_once_and_to_nobody_but_its_account_which_asks_for_it() {
    let mut world = World::new();
    world.done(USER, world.contract().deposit(70));
    world.done(OTHER, world.contract().deposit(30));
    let withdraw = |world: &World| world.contract().withdraw(USER.account().into());
    let nothing = FactoryError::NothingToDo;
    assert_eq!(world.refused(STRANGER, withdraw(&world)), nothing);
    assert_eq!(world.done(USER, withdraw(&world)), 70);
    assert_eq!(world.holds(USER), WEALTH);
    assert_eq!(world.holds(STRANGER), WEALTH);
    assert_eq!(credited(&mut world, OTHER), 30);
    assert_eq!(world.refused(USER, withdraw(&world)), nothing);
}

#[test]
fn a_credit_is_paid_to_whom_its_owner_names_and_not_to_nobody() {
    let mut world = World::new();
    world.done(USER, world.contract().deposit(70));
    let withdraw = |world: &World, to: AccountId| world.contract().withdraw(to.into());
    let refused = world.refused(USER, withdraw(&world, NOBODY));
    assert_eq!(refused, AccessError::ZeroAccount.into());
    let refused = world.refused(OTHER, withdraw(&world, NOBODY));
    assert_eq!(refused, AccessError::ZeroAccount.into(), "it comes first");
    let answer = world.receipt(USER, withdraw(&world, STRANGER.account()));
    let withdrawn = CreditWithdrawn {
        account: USER.account().into(),
        to: STRANGER.account().into(),
        amount: 70,
    };
    assert_eq!(world.event(&answer), (withdrawn, vec![]));
    assert_eq!(world.holds(USER), WEALTH - 70);
    assert_eq!(world.holds(STRANGER), WEALTH + 70);
}

#[test]
fn a_credit_begins_when_its_empty_cell_gets_something() {
    let mut world = World::new();
    let begins = |world: &mut World| stored_state(world).credits[&USER.account()].began;
    let deposit = |world: &World, amount: u128| world.contract().deposit(amount);
    world.done(USER, deposit(&world, 70));
    world.advance(5);
    world.done(USER, deposit(&world, 30));
    assert_eq!(begins(&mut world), START);
    world.done(USER, world.buy(WELL, 90));
    world.done(USER, world.redeem(WELL, 9));
    assert_eq!(begins(&mut world), START, "it was never empty");
    world.done(USER, world.contract().withdraw(USER.account().into()));
    world.done(USER, deposit(&world, 1));
    assert_eq!(begins(&mut world), START + 5);
    world.advance(5);
    world.done(USER, world.buy(WELL, PRICE));
    assert_eq!(credited(&mut world, USER), 0, "spent");
    world.done(USER, world.redeem(WELL, 1));
    assert_eq!(begins(&mut world), START + 10);
}

#[test]
fn an_emptied_credit_keeps_its_cell_and_the_next_needs_none() {
    let mut world = World::new();
    let first = world.contract().deposit(70);
    assert_eq!(world.send(USER, first).deposit.items, 1);
    let withdraw = world.contract().withdraw(USER.account().into());
    assert_eq!(world.send(USER, withdraw).deposit, Deposit::default());
    let again = world.contract().deposit(70);
    assert_eq!(world.send(USER, again).deposit, Deposit::default());
}

#[test]
fn a_credit_does_not_expire_with_any_dapp() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    world.done(USER, world.redeem(WELL, 10));
    world.done(WELL_OPERATOR, world.contract().close(WELL));
    world.advance(2 * CLAIMS);
    world.done(STRANGER, world.contract().sweep(WELL));
    let withdraw = world.contract().withdraw(USER.account().into());
    assert_eq!(world.done(USER, withdraw), 50);
    assert_eq!(
        world.get(psp22(world.alv).balance_of(USER.account())),
        WEALTH - 950
    );
}
