//! Payouts in proportion: nobody is owed what was not added, and no amount is
//! lost however finely it arrives.

use allive_math::Accumulator;
use num_bigint::BigUint;
use proptest::{collection::vec, prelude::*};

const SCALE: u128 = 1 << 64;

fn add_all(amounts: &[u128], units: u128) -> Accumulator {
    amounts.iter().fold(Accumulator::default(), |sum, &amount| {
        sum.add(amount, units).unwrap()
    })
}

fn owed_to_all(sum: &Accumulator, holdings: &[u128]) -> u128 {
    holdings
        .iter()
        .map(|&units| sum.owed(units, 0).unwrap())
        .sum()
}

/// A holding of any length up to 10^30, as of tokens with 18 decimals.
fn holding() -> impl Strategy<Value = u128> {
    (0u32..31, 1u128..1_000).prop_map(|(digits, n)| (10u128.pow(digits) / n).max(1))
}

proptest! {
    #[test]
    fn holders_are_owed_the_total_but_for_a_bounded_rest(
        holdings in vec(holding(), 1..20),
        amounts in vec(0u128..1_000_000_000_000_000, 1..20),
    ) {
        let units = holdings.iter().sum();
        let sum = add_all(&amounts, units);
        let added: u128 = amounts.iter().sum();
        let owed = owed_to_all(&sum, &holdings);
        prop_assert!(owed <= added);

        let rest = BigUint::from(added - owed) * SCALE;
        let bound = BigUint::from(holdings.len()) * SCALE + units;
        prop_assert!(rest < bound);
    }

    #[test]
    fn every_fraction_of_what_was_added_is_accounted_for(
        adds in vec((0u128..1_000_000_000_000, holding()), 1..50),
    ) {
        let mut sum = Accumulator::default();
        let mut earned = BigUint::ZERO;
        let mut added = BigUint::ZERO;
        for (amount, units) in adds {
            let before = sum.per_unit;
            sum = sum.add(amount, units).unwrap();
            added += BigUint::from(amount) * SCALE;
            earned += BigUint::from(sum.per_unit - before) * units;
            prop_assert!(sum.remainder < units);
            prop_assert_eq!(&added, &(&earned + sum.remainder));
        }
    }

    #[test]
    fn holders_who_come_and_go_never_draw_more_than_was_added(
        steps in vec((0u128..1_000_000_000, 0usize..4, 0u128..1_000_000), 1..200),
    ) {
        let mut sum = Accumulator::default();
        let mut holders = [(1u128, 0u128); 4];
        let (mut added, mut drawn, mut settlements) = (0u128, 0u128, 0u128);
        for (amount, who, units) in steps {
            let all = holders.iter().map(|holder| holder.0).sum();
            if let Some(next) = sum.add(amount, all) {
                sum = next;
                added += amount;
            }
            let (held, since) = holders[who];
            drawn += sum.owed(held, since).unwrap();
            settlements += 1;
            holders[who] = (units, sum.per_unit);
        }
        for (held, since) in holders {
            drawn += sum.owed(held, since).unwrap();
            settlements += 1;
        }
        prop_assert!(drawn <= added);
        prop_assert!(added - drawn <= settlements);
    }
}

#[test]
fn ten_thousand_smallest_amounts_over_huge_holdings_are_not_lost() {
    // One smallest unit over 10^22 is less than one step of `per_unit`.
    let holdings = [10u128.pow(22) - 3, 2, 1];
    let units = holdings.iter().sum();
    let sum = add_all(&[1; 10_000], units);
    let rest = 10_000 - owed_to_all(&sum, &holdings);
    assert!(rest <= units / SCALE + 3, "{rest} of 10000 not owed");
}

#[test]
fn the_rest_is_the_same_for_one_add_and_for_ten_thousand() {
    let units = 10u128.pow(22);
    assert_eq!(add_all(&[1; 10_000], units), add_all(&[10_000], units));
    assert_eq!(add_all(&[1; 10_000], 7), add_all(&[10_000], 7));
}

#[test]
fn what_many_units_left_over_goes_to_fewer_units() {
    let many = Accumulator::default().add(1, 10u128.pow(22)).unwrap();
    assert_eq!((many.per_unit, many.remainder), (0, SCALE));
    let few = many.add(0, 1).unwrap();
    assert_eq!(few.owed(1, many.per_unit), Some(1));
}

#[test]
fn a_remainder_that_carries_past_128_bits_is_kept() {
    let sum = Accumulator {
        per_unit: 0,
        remainder: SCALE,
    };
    let next = sum.add(SCALE - 1, 2 * SCALE).unwrap();
    assert_eq!((next.per_unit, next.remainder), (SCALE / 2, 0));
}

#[test]
fn a_newcomer_is_owed_nothing_of_the_past() {
    let before = Accumulator::default().add(1_000, 10).unwrap();
    assert_eq!(before.owed(10, before.per_unit), Some(0));
    let after = before.add(1_000, 20).unwrap();
    assert_eq!(after.owed(10, before.per_unit), Some(500));
    assert_eq!(after.owed(10, 0), Some(1_500));
}

#[test]
fn what_is_owed_is_rounded_down() {
    let sum = Accumulator::default().add(2, 3).unwrap();
    assert_eq!(sum.owed(1, 0), Some(0));
    assert_eq!(sum.owed(2, 0), Some(1));
}

#[test]
fn nothing_is_added_for_nobody() {
    assert_eq!(Accumulator::default().add(1, 0), None);
    assert_eq!(Accumulator::default().add(0, 0), None);
}

#[test]
fn a_settlement_ahead_of_the_accumulator_is_none() {
    let sum = Accumulator::default().add(1, 1).unwrap();
    assert_eq!(sum.owed(1, sum.per_unit + 1), None);
}

#[test]
fn growth_past_the_bound_is_none() {
    let empty = Accumulator::default();
    assert_eq!(empty.add(SCALE, 1), None);
    let full = empty.add(SCALE - 1, 1).unwrap();
    assert_eq!(full.owed(1, 0), Some(SCALE - 1));
    assert_eq!(full.add(1, 1), None);
    assert_eq!(
        empty.add(u128::MAX, SCALE).unwrap().owed(SCALE, 0),
        Some(u128::MAX)
    );
}

#[test]
fn a_debt_too_wide_for_an_amount_is_none() {
    let sum = Accumulator::default().add(2, 1).unwrap();
    assert_eq!(sum.owed(u128::MAX, 0), None);
    assert_eq!(sum.owed(u128::MAX / 2, 0), Some(u128::MAX - 1));
}
