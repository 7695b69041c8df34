//! Products of 256 bits, and division by search: in other words than the contract's.

/// `a × b` as two words, high and low: ordered as the numbers are.
pub fn product(a: u128, b: u128) -> (u128, u128) {
    let halves = |number: u128| (number >> 64, number & u128::from(u64::MAX));
    let ((a_high, a_low), (b_high, b_low)) = (halves(a), halves(b));
    let (cross, lost) = (a_high * b_low).overflowing_add(a_low * b_high);
    let (low, carried) = (a_low * b_low).overflowing_add(cross << 64);
    let high = a_high * b_high + (cross >> 64) + (u128::from(lost) << 64) + u128::from(carried);
    (high, low)
}

/// `amount × share ÷ of`, rounded down; nothing of nothing. The result must have a representation.
pub fn part(amount: u128, share: u128, of: u128) -> u128 {
    if of == 0 {
        return 0;
    }
    if let Some(whole) = amount.checked_mul(share) {
        return whole / of;
    }
    let whole = product(amount, share);
    most(u128::MAX, |quotient| product(quotient, of) <= whole)
}

/// The same, rounded up.
pub fn part_up(amount: u128, share: u128, of: u128) -> u128 {
    let down = part(amount, share, of);
    let rest = of > 0 && product(down, of) < product(amount, share);
    down + u128::from(rest)
}

/// The largest number up to `limit` that fits, where everything below a number that fits does so
/// too and nothing fits always.
pub fn most(limit: u128, fits: impl Fn(u128) -> bool) -> u128 {
    let mut found = 0;
    for bit in (0..128 - limit.leading_zeros()).rev() {
        let tried = found | (1 << bit);
        if tried <= limit && fits(tried) {
            found = tried;
        }
    }
    found
}

#[test]
fn products_and_parts_are_those_of_arithmetic() {
    assert_eq!(product(u128::MAX, u128::MAX), (u128::MAX - 1, 1));
    assert_eq!(product(1 << 100, 1 << 100), (1 << 72, 0));
    assert_eq!(product(u128::MAX, 3), (2, u128::MAX - 2));
    assert_eq!((part(10, 2, 3), part_up(10, 2, 3)), (6, 7));
    assert_eq!((part(9, 2, 3), part_up(9, 2, 3)), (6, 6));
    assert_eq!((part(5, 5, 0), part_up(5, 5, 0)), (0, 0));
    assert_eq!(part(u128::MAX, u128::MAX, u128::MAX), u128::MAX);
    assert_eq!(part(u128::MAX, 2, 3), u128::MAX / 3 * 2);
    assert_eq!(part_up(u128::MAX - 1, 2, 4), u128::MAX / 2);
    assert_eq!(most(100, |number| number * number <= 50), 7);
    assert_eq!(most(5, |_| true), 5);
    assert_eq!(most(0, |_| true), 0);
}
