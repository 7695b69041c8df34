//! Shares in basis points against big integers.

use allive_math::BasisPoints;
use num_bigint::BigUint;
use proptest::prelude::*;

fn points() -> impl Strategy<Value = BasisPoints> {
    (0u16..=10_000).prop_map(|points| BasisPoints::new(points).unwrap())
}

proptest! {
    #[test]
    fn shares_are_exact_for_every_amount(share in points(), amount: u128) {
        let scaled = BigUint::from(amount) * share.get();
        prop_assert_eq!(BigUint::from(share.of_down(amount)), &scaled / 10_000u32);
        prop_assert_eq!(BigUint::from(share.of_up(amount)), (scaled + 9_999u32) / 10_000u32);
    }

    #[test]
    fn a_share_and_its_complement_make_the_whole(share in points(), amount: u128) {
        let rest = BasisPoints::new(10_000 - share.get()).unwrap();
        prop_assert_eq!(share.of_down(amount).checked_add(rest.of_up(amount)), Some(amount));
    }
}

#[test]
fn no_share_exceeds_the_whole() {
    assert_eq!(BasisPoints::new(10_000), Some(BasisPoints::FULL));
    assert_eq!(BasisPoints::new(10_001), None);
    assert_eq!(BasisPoints::new(u16::MAX), None);
}

#[test]
fn the_number_given_is_the_number_kept() {
    for points in [0, 1, 250, 9_999, 10_000] {
        assert_eq!(BasisPoints::new(points).map(BasisPoints::get), Some(points));
    }
}

#[test]
fn the_full_share_is_the_amount_and_the_empty_share_is_nothing() {
    let none = BasisPoints::new(0).unwrap();
    for amount in [0, 1, 9_999, u128::MAX] {
        assert_eq!(BasisPoints::FULL.of_down(amount), amount);
        assert_eq!(BasisPoints::FULL.of_up(amount), amount);
        assert_eq!((none.of_down(amount), none.of_up(amount)), (0, 0));
    }
}

#[test]
fn the_smallest_amount_is_charged_but_not_given() {
    let one_point = BasisPoints::new(1).unwrap();
    assert_eq!(one_point.of_down(1), 0);
    assert_eq!(one_point.of_up(1), 1);
}
