//! Every DAPP that can be reached in a few steps with a few units of money, as plain Rust.
//!
//! Rules that hold for all small numbers, in every order of the steps, are seldom wrong for large
//! ones: what goes wrong is a rounding, an order, or an amount that is zero. So these tests leave
//! nothing to chance. They take every step from every state, at two scales. At the small one a unit
//! of ALV is the smallest, so that every division has a remainder. At the large one all units
//! together cost nearly as much as can be written, so that a sum which could overflow does.

use crate::{model::wide::product, rules::*, value::*, world::*};
use allive_simulator::START;
use derived_factory::*;
use scale::Encode;
use std::collections::HashSet;

/// The most units of a token. More would only repeat what fewer show.
const CAP: u128 = 3;
/// The highest price, in units of the scale.
const HIGHEST: u128 = 3;
/// How many steps from a new DAPP.
const DEPTH: usize = 6;

const SMALL: u128 = 1;
/// All units at the highest price can just be written; with a little stake beside them, they
/// cannot.
const LARGE: u128 = u128::MAX / (CAP * HIGHEST + 1);

/// Terms whose shares round differently.
fn every_terms(scale: u128) -> impl Iterator<Item = DappTerms> {
    let shares = [(0, 10_000, 0), (3_334, 3_334, 3_334), (10_000, 5_000, 500)];
    let prices = 1..HIGHEST;
    prices.flat_map(move |price| {
        shares.map(|(reserve_share, cover, stake_share)| DappTerms {
            price: price * scale,
            cap: CAP,
            reserve_share,
            cover,
            stake_share,
        })
    })
}

/// Every step that somebody can take, with every small amount that differs for it.
fn every_step(dapp: &Dapp, scale: u128) -> Vec<Step> {
    let units = 1..=CAP;
    let amounts = [scale, 2 * scale];
    let buys = units
        .clone()
        .map(|units| units.saturating_mul(dapp.terms.price));
    let mut steps: Vec<_> = buys.map(Step::Buy).collect();
    steps.extend(units.clone().map(Step::Redeem));
    steps.push(Step::Give(1));
    for amount in amounts {
        steps.push(Step::Fund(Fund::Stake, amount));
        steps.extend([Source::Stake, Source::Proceeds].map(|from| Step::Unbond(from, amount)));
        steps.push(Step::Withdraw(amount));
    }
    steps.push(Step::Fund(Fund::Prepaid, HIGHEST * scale));
    steps.push(Step::WithdrawPrepaid(scale));
    steps.extend([Source::Stake, Source::Proceeds].map(Step::Release));
    steps.extend((1..=HIGHEST).map(|price| Step::Announce(price * scale)));
    steps.extend([Step::Reprice, Step::Wait(NOTICE), Step::Wait(UNBONDING)]);
    steps
}

/// Time goes on, and it is `START` again: every deadline comes nearer by as much, and one that is
/// over stays over. So a state that is reached at two moments is one state.
fn wait(dapp: &mut Dapp, time: u64) {
    let nearer = |moment: u64| moment.saturating_sub(time).max(START);
    let money = &mut dapp.money;
    for unbonding in [&mut money.stake_unbonding, &mut money.proceeds_unbonding] {
        if unbonding.amount > 0 {
            unbonding.ready = nearer(unbonding.ready);
        }
    }
    if let Some(price) = &mut dapp.next_price {
        // The time between the two is the notice.
        let notice = price.lapses - price.ready;
        price.lapses = nearer(price.lapses);
        price.ready = price.lapses - notice;
    }
}

/// Takes every step from every DAPP that can be reached. Tells of each step that was not refused
/// what was before, what is after, and what it moved in and out. Returns how many states there are.
fn explore(scale: u128, mut seen: impl FnMut(&Step, &Dapp, &Dapp, Moved)) -> usize {
    let mut states = 0;
    for terms in every_terms(scale) {
        let first = dapp(terms, 2 * scale);
        let mut known = HashSet::from([first.encode()]);
        let mut edge = vec![first];
        for _ in 0..DEPTH {
            let mut next = Vec::new();
            for before in &edge {
                for step in every_step(before, scale) {
                    let mut after = before.clone();
                    let Ok(moved) = act(&mut after, &step, START) else {
                        continue;
                    };
                    if let Step::Wait(time) = step {
                        wait(&mut after, time);
                    }
                    // Nobody has more ALV than can be written.
                    if lies(&after).is_none() {
                        continue;
                    }
                    seen(&step, before, &after, moved);
                    if known.insert(after.encode()) {
                        next.push(after);
                    }
                }
            }
            edge = next;
        }
        states += known.len();
    }
    states
}

/// The same at both scales.
fn explore_both(mut seen: impl FnMut(&Step, &Dapp, &Dapp, Moved)) {
    for scale in [SMALL, LARGE] {
        let states = explore(scale, &mut seen);
        assert!(states > 60_000, "{states} states are few");
    }
}

/// `a ÷ b ≤ c ÷ d`
fn at_most((a, b): (u128, u128), (c, d): (u128, u128)) -> bool {
    product(a, d) <= product(c, b)
}

#[test]
fn no_small_dapp_loses_or_makes_money() {
    explore_both(|step, before, after, (paid_in, paid_out)| {
        let [was, is] = [before, after].map(|dapp| lies(dapp).unwrap());
        assert_eq!(is - paid_in, was - paid_out, "{step:?} {before:?}");
    });
}

#[test]
fn the_reserve_of_no_small_dapp_exceeds_the_price_of_its_units() {
    explore_both(|step, before, after, _| {
        let all = after.supply * after.terms.price;
        assert!(after.money.reserve <= all, "{step:?} {before:?}");
        assert!(after.supply > 0 || after.peak == 0, "{step:?} {before:?}");
    });
}

/// Rounding is for who stays.
#[test]
fn behind_a_unit_of_no_small_dapp_there_is_ever_less() {
    explore_both(|step, before, after, _| {
        if before.supply > 0 && after.supply > 0 {
            let [was, is] = [before, after].map(|dapp| (dapp.money.reserve, dapp.supply));
            assert!(at_most(was, is), "{step:?} {before:?}");
        }
    });
}

#[test]
fn whoever_buys_from_a_small_dapp_gains_nothing_by_redeeming_or_by_a_failure() {
    explore_both(|step, before, after, (paid, _)| {
        if let Step::Buy(_) = step {
            let bought = after.supply - before.supply;
            assert!(redeeming(after, bought) <= paid, "{before:?}");
            assert!(failing(after, bought, START) <= paid, "{before:?}");
        }
    });
}

/// Everybody exits, in parts or at once, and nothing is left over but what is the DAPP's.
#[test]
fn from_every_small_dapp_every_holder_can_leave_and_the_last_one_takes_the_reserve() {
    explore_both(|step, before, after, _| {
        let mut dapp = after.clone();
        let reserve = dapp.money.reserve;
        let mut paid = 0;
        while dapp.supply > 0 {
            // The only refusal is that there is nothing to receive.
            match dapp.redeem(1) {
                Ok(one) => paid += one,
                Err(why) => {
                    assert_eq!(why, FactoryError::NothingToDo, "{step:?} {before:?}");
                    break;
                }
            }
        }
        if dapp.supply == 0 {
            assert_eq!(
                (paid, dapp.money.reserve),
                (reserve, 0),
                "{step:?} {before:?}"
            );
        }
    });
}

/// With stake enough, and without the rise that it announced itself.
#[test]
fn every_small_dapp_can_sell_again() {
    let states = explore(SMALL, |step, before, after, _| {
        let mut dapp = after.clone();
        if dapp.supply == CAP {
            return;
        }
        dapp.next_price = None;
        let enough = CAP * HIGHEST;
        dapp.fund(Fund::Stake, enough).unwrap();
        assert_eq!(
            dapp.issue(1, START),
            Ok(dapp.terms.price),
            "{step:?} {before:?}"
        );
    });
    assert!(states > 60_000, "{states} states are few");
}
