//! The one 256-bit operation of this crate.
//!
//! It is written out because the libraries cost too much on chain, where
//! every call loads the whole code: as Wasm (Rust 1.85.0, `opt-level = "z"`,
//! panic-free std, one export that calls both divisions) `primitive-types`
//! 0.13.1 took 6,087 bytes, `ethnum` 1.5.3 took 6,461 and this about 1,100.

const HALF: u32 = 64;
const LOW: u128 = (1 << HALF) - 1;

/// Quotient and remainder of `a * b / divisor`.
///
/// `None` if `divisor` is zero or the quotient does not fit `u128`.
pub(crate) fn mul_div(a: u128, b: u128, divisor: u128) -> Option<(u128, u128)> {
    let (high, low) = mul(a, b);

    // Most amounts are small, and then one instruction divides.
    if let (0, Ok(low), Ok(divisor)) = (high, u64::try_from(low), u64::try_from(divisor)) {
        let quotient = low.checked_div(divisor)?;
        let remainder = low.checked_rem(divisor)?;
        return Some((quotient.into(), remainder.into()));
    }

    // The quotient fits exactly when the high word is below the divisor. That
    // is also what the loop below starts from, and it refuses zero.
    if high >= divisor {
        return None;
    }

    // Restoring division, a bit a turn: the quotient moves into the places
    // that the dividend leaves. A bit shifted out of the remainder means that
    // it is at least 2^128, so above the divisor; it is always below twice
    // the divisor, so the wrapped difference is the true one.
    let (mut remainder, mut quotient) = (high, low);
    for _ in 0..u128::BITS {
        let overflow = remainder >> 127 == 1;
        remainder = (remainder << 1) | (quotient >> 127);
        quotient <<= 1;
        if overflow || remainder >= divisor {
            remainder = remainder.wrapping_sub(divisor);
            quotient |= 1;
        }
    }
    Some((quotient, remainder))
}

/// High and low words of `a * b`, by four products of 64-bit halves.
///
/// Nothing wraps: a product of halves is at most `(2^64 - 1)^2`, which leaves room for two more
/// halves, and the whole is below `2^256`.
fn mul(a: u128, b: u128) -> (u128, u128) {
    let (a_high, a_low) = (a >> HALF, a & LOW);
    let (b_high, b_low) = (b >> HALF, b & LOW);

    let bottom = a_low.wrapping_mul(b_low);
    let cross = a_high.wrapping_mul(b_low).wrapping_add(bottom >> HALF);
    let middle = a_low.wrapping_mul(b_high).wrapping_add(cross & LOW);
    let high = a_high
        .wrapping_mul(b_high)
        .wrapping_add(cross >> HALF)
        .wrapping_add(middle >> HALF);

    (high, (middle << HALF) | (bottom & LOW))
}
