//! What units are worth, as plain Rust: whatever an operator, holders and strangers do, a buyer is
//! paid no more than she paid, a holder loses nothing at once, and a live DAPP can sell.
//!
//! These are properties, not the formulas of the contract: worth is what a DAPP pays when it fails
//! or redeems.

use crate::{rules::*, world::*};
use allive_simulator::START;
use derived_factory::*;
use proptest::prelude::*;

/// What a failure now would pay for so many units.
pub fn failing(dapp: &Dapp, tokens: u128, now: u64) -> u128 {
    let mut failed = dapp.clone();
    let ended = failed.fail(Cause::OwnWord, now, CLAIMS);
    let share = ended.and_then(|()| failed.claim(tokens, now));
    share.unwrap_or_default()
}

/// What redeeming so many units would pay.
pub fn redeeming(dapp: &Dapp, tokens: u128) -> u128 {
    dapp.clone().redeem(tokens).unwrap_or_default()
}

/// Takes the steps that are possible, one after the other. Tells of each what was before and after.
fn walk(
    dapp: &mut Dapp,
    now: &mut u64,
    steps: &[Step],
    mut seen: impl FnMut(&Step, &Dapp, &Dapp, u64),
) {
    for step in steps {
        let before = dapp.clone();
        if let Step::Wait(time) = step {
            *now += time;
        }
        let mut after = dapp.clone();
        // No more ALV than there is.
        if act(&mut after, step, *now).is_ok() && lies(&after).is_some_and(|all| all < 1 << 90) {
            *dapp = after;
        }
        seen(step, &before, dapp, *now);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whoever buys, and keeps the units while everybody else does what they like, the operator
    /// too. She may be paid more only where the price rose after she had bought.
    #[test]
    fn no_purchase_brings_more_than_was_paid_unless_the_price_rises_after_it(
        terms in terms(),
        stake in 0..30_000_u128,
        before in prop::collection::vec(step(), 0..30),
        tokens in 1..60_u128,
        after in prop::collection::vec(step(), 0..30),
    ) {
        let (mut dapp, mut now) = (dapp(terms, stake), START);
        walk(&mut dapp, &mut now, &before, |_, _, _, _| ());
        let Ok(cost) = dapp.issue(tokens, now) else { return Ok(()) };
        let (bought_at, mut highest) = (now, dapp.terms.price);
        prop_assert!(failing(&dapp, tokens, now) <= cost);
        // In the end all others have left.
        for step in after.into_iter().chain([Step::Redeem(u128::MAX)]) {
            let step = match step {
                Step::Redeem(some) => Step::Redeem(some.min(dapp.supply - tokens)),
                step => step,
            };
            walk(&mut dapp, &mut now, &[step], |_, _, _, _| ());
            if dapp.terms.price > highest {
                prop_assert!(now >= bought_at + NOTICE, "a rise is announced after the purchase");
                highest = dapp.terms.price;
            }
            prop_assert!(failing(&dapp, tokens, now) <= tokens * highest);
            prop_assert!(redeeming(&dapp, tokens) <= tokens * highest);
        }
    }

    /// Worth at a failure, of units that are kept, over any step.
    #[test]
    fn what_a_failure_pays_falls_only_by_what_was_asked_for_an_unbonding_time_before(
        terms in terms(),
        stake in 0..30_000_u128,
        steps in prop::collection::vec(step(), 0..60),
    ) {
        let (mut dapp, mut now) = (dapp(terms, stake), START);
        let (mut asked, mut announced) = ([0; 2], 0);
        let mut wrong = None;
        walk(&mut dapp, &mut now, &steps, |step, then, is, now| {
            match step {
                Step::Unbond(source, _) if then != is => asked[*source as usize] = now,
                Step::Announce(_) if then != is => announced = now,
                _ => (),
            }
            let kept = then.supply.min(is.supply);
            let [was, pays] = [then, is].map(|dapp| failing(dapp, kept, now));
            if pays < was {
                let since = match step {
                    Step::Release(source) => asked[*source as usize],
                    Step::Reprice => announced,
                    _ => u64::MAX,
                };
                if now < since.saturating_add(UNBONDING) {
                    wrong = Some(format!("{step:?}: {was}, then {pays}: {then:?}, {is:?}"));
                }
            }
        });
        prop_assert_eq!(wrong, None);
    }

    /// What stands behind a unit at once, over a change of price and all that follows it.
    #[test]
    fn nobody_comes_within_the_notice_of_a_rise_and_redeems_for_more_than_she_paid(
        terms in terms(),
        rise in 1..40_u128,
        first in 0..200_u128,
        hers in 1..200_u128,
        then in 1..200_u128,
        wait in 0..2 * NOTICE,
    ) {
        let mut dapp = dapp(terms, 1 << 60);
        let _ = dapp.issue(first, START);
        let price = dapp.terms.price;
        dapp.announce_price(price + rise, START, &DURATIONS).unwrap();
        prop_assert_eq!(dapp.issue(hers, START + wait), Err(FactoryError::RiseAnnounced));
        dapp.change_price(START + NOTICE, &DURATIONS).unwrap();
        let cost = dapp.issue(hers, START + NOTICE).unwrap();
        let _ = dapp.issue(then, START + NOTICE);
        prop_assert!(redeeming(&dapp, hers) <= cost);
    }

    /// The operator takes its announcement back and stakes; then it sells.
    #[test]
    fn a_live_dapp_that_pays_can_always_sell_again(
        terms in terms(),
        stake in 0..30_000_u128,
        steps in prop::collection::vec(step(), 0..60),
    ) {
        let (mut dapp, mut now) = (dapp(terms, stake), START);
        walk(&mut dapp, &mut now, &steps, |_, _, _, _| ());
        prop_assume!(dapp.supply < dapp.terms.cap);
        dapp.next_price = None;
        let enough = (dapp.supply + 1) * dapp.peak.max(dapp.terms.price);
        dapp.fund(Fund::Stake, enough).unwrap();
        prop_assert_eq!(dapp.issue(1, now), Ok(dapp.terms.price));
    }

    /// Whoever gives what in between.
    #[test]
    fn a_price_that_is_announced_can_be_put_into_effect_and_sells(
        terms in terms(),
        stake in 0..30_000_u128,
        steps in prop::collection::vec(step(), 0..60),
        price in 1..60_u128,
        gifts in prop::collection::vec((fund(), 0..1_000_000_u128), 0..3),
    ) {
        let (mut dapp, mut now) = (dapp(terms, stake), START);
        walk(&mut dapp, &mut now, &steps, |_, _, _, _| ());
        prop_assume!(dapp.supply < dapp.terms.cap);
        prop_assume!(dapp.announce_price(price, now, &DURATIONS).is_ok());
        for (fund, amount) in gifts {
            dapp.fund(fund, amount).unwrap();
        }
        let enough = (dapp.supply + 1) * dapp.peak.max(price);
        dapp.fund(Fund::Stake, enough).unwrap();
        let ready = dapp.next_price.unwrap().ready;
        prop_assert_eq!(dapp.change_price(ready, &DURATIONS), Ok(()));
        prop_assert_eq!(dapp.issue(1, ready), Ok(price));
    }
}
