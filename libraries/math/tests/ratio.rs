//! `mul_div_down` and `mul_div_up` against big integers of any width.

use allive_math::{mul_div_down, mul_div_up};
use num_bigint::BigUint;
use proptest::prelude::*;

/// Numbers of every length, and those beside a power of two, where carries are.
fn number() -> impl Strategy<Value = u128> {
    prop_oneof![
        any::<u128>(),
        (any::<u128>(), 0u32..128).prop_map(|(n, shift)| n >> shift),
        (0u32..128, 0u128..5).prop_map(|(shift, n)| (1u128 << shift).wrapping_add(n)),
        (0u32..128, 1u128..5).prop_map(|(shift, n)| (1u128 << shift).wrapping_sub(n)),
        0u128..1_000,
    ]
}

fn floor(a: u128, b: u128, divisor: u128) -> Option<u128> {
    if divisor == 0 {
        return None;
    }
    u128::try_from(BigUint::from(a) * b / divisor).ok()
}

fn ceil(a: u128, b: u128, divisor: u128) -> Option<u128> {
    let almost_one_more = divisor.checked_sub(1)?;
    u128::try_from((BigUint::from(a) * b + almost_one_more) / divisor).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn down_is_the_exact_floor_or_none(a in number(), b in number(), d in number()) {
        prop_assert_eq!(mul_div_down(a, b, d), floor(a, b, d));
    }

    #[test]
    fn up_is_the_exact_ceiling_or_none(a in number(), b in number(), d in number()) {
        prop_assert_eq!(mul_div_up(a, b, d), ceil(a, b, d));
    }

    // Ratios near one always fit, where random triples often do not.
    #[test]
    fn ratios_below_one_are_exact(a in number(), x in number(), y in number()) {
        let (b, d) = (x.min(y), x.max(y).max(1));
        prop_assert_eq!(mul_div_down(a, b, d), floor(a, b, d));
        prop_assert_eq!(mul_div_up(a, b, d), ceil(a, b, d));
        prop_assert!(mul_div_up(a, b, d).is_some_and(|share| share <= a));
    }

    #[test]
    fn up_exceeds_down_by_one_unless_divisible(a in number(), x in number(), y in number()) {
        let (b, d) = (x.min(y), x.max(y).max(1));
        let divisible = BigUint::from(a) * b % d == BigUint::ZERO;
        let gap = mul_div_up(a, b, d).unwrap() - mul_div_down(a, b, d).unwrap();
        prop_assert_eq!(gap, u128::from(!divisible));
    }

    #[test]
    fn exact_multiples_round_to_themselves_both_ways(a in number(), b in 1..=u128::MAX) {
        prop_assert_eq!(mul_div_down(a, b, b), Some(a));
        prop_assert_eq!(mul_div_up(a, b, b), Some(a));
    }

    #[test]
    fn more_in_gives_no_less_out(a in number(), more in number(), x in number(), y in number()) {
        let (b, d) = (x.min(y), x.max(y).max(1));
        let (less, more) = (a.min(more), a.max(more));
        prop_assert!(mul_div_down(less, b, d).unwrap() <= mul_div_down(more, b, d).unwrap());
        prop_assert!(mul_div_up(less, b, d).unwrap() <= mul_div_up(more, b, d).unwrap());
    }

    #[test]
    fn converting_there_and_back_gains_nothing(amount in number(), x in number(), y in number()) {
        let (shares, assets) = (x.max(1), y.max(1));
        if let Some(bought) = mul_div_down(amount, shares, assets) {
            let back = mul_div_down(bought, assets, shares);
            prop_assert!(back.is_some_and(|back| back <= amount));
        }
        if let Some(price) = mul_div_up(amount, assets, shares) {
            let redeemed = mul_div_down(amount, assets, shares);
            prop_assert!(redeemed.is_some_and(|redeemed| redeemed <= price));
            // Who pays the rounded-up price has paid for every share.
            let worth = mul_div_down(price, shares, assets);
            prop_assert!(worth.is_none_or(|worth| worth >= amount));
        }
    }
}

#[test]
fn nothing_is_divided_by_zero() {
    for (a, b) in [(0, 0), (0, 1), (1, 1), (u128::MAX, u128::MAX)] {
        assert_eq!(mul_div_down(a, b, 0), None);
        assert_eq!(mul_div_up(a, b, 0), None);
    }
}

#[test]
fn the_widest_product_is_held_exactly() {
    let max = u128::MAX;
    assert_eq!(mul_div_down(max, max, max), Some(max));
    assert_eq!(mul_div_up(max, max, max), Some(max));
    assert_eq!(mul_div_down(max, max, max - 1), None);
    assert_eq!(mul_div_up(max, max, max - 1), None);
}

#[test]
fn rounding_up_past_the_widest_result_is_none() {
    // (2^128 - 2)^2 is one more than (2^128 - 1) * (2^128 - 3).
    let (a, divisor) = (u128::MAX - 1, u128::MAX - 2);
    assert_eq!(mul_div_down(a, a, divisor), Some(u128::MAX));
    assert_eq!(mul_div_up(a, a, divisor), None);
}
