//! Exact integer maths for amounts of money.
//!
//! Amounts are `u128` in a token's smallest unit. Every division says in its name which way it
//! rounds, so that a contract can round against the caller and for the pool; nothing here panics or
//! wraps, and an overflow is `None`.

#![no_std]
#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used
)]

mod basis_points;
mod wide;

pub use basis_points::BasisPoints;

/// `a * b / divisor`, rounded down, with the product held in 256 bits.
///
/// For what the caller receives: shares for a deposit, assets for shares.
///
/// `None` if `divisor` is zero or the result does not fit `u128`.
#[must_use]
pub fn mul_div_down(a: u128, b: u128, divisor: u128) -> Option<u128> {
    wide::mul_div(a, b, divisor).map(|(quotient, _)| quotient)
}

/// `a * b / divisor`, rounded up, with the product held in 256 bits.
///
/// For what the caller pays: fees, premiums, the assets behind minted shares.
///
/// `None` if `divisor` is zero or the rounded result does not fit `u128`.
#[must_use]
pub fn mul_div_up(a: u128, b: u128, divisor: u128) -> Option<u128> {
    match wide::mul_div(a, b, divisor)? {
        (quotient, 0) => Some(quotient),
        (quotient, _) => quotient.checked_add(1),
    }
}
