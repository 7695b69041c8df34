use crate::{mul_div_down, mul_div_up};

/// A share of a whole in hundredths of a percent, from 0 to 10,000.
///
/// It cannot exceed the whole, so that a fee never exceeds what it is taken
/// from. Contracts store the plain number ([`get`](Self::get)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BasisPoints(u16);

impl BasisPoints {
    /// The whole: 10,000 basis points, 100 %.
    pub const FULL: Self = Self(10_000);

    /// The share of `points` hundredths of a percent; `None` above 10,000.
    #[must_use]
    pub const fn new(points: u16) -> Option<Self> {
        if points > Self::FULL.0 {
            return None;
        }
        Some(Self(points))
    }

    /// The number of basis points.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// This share of `amount`, rounded down: for what is given away.
    #[must_use]
    pub fn of_down(self, amount: u128) -> u128 {
        self.of(amount, mul_div_down)
    }

    /// This share of `amount`, rounded up: for what is charged or held back.
    #[must_use]
    pub fn of_up(self, amount: u128) -> u128 {
        self.of(amount, mul_div_up)
    }

    fn of(self, amount: u128, mul_div: fn(u128, u128, u128) -> Option<u128>) -> u128 {
        // A share is at most the whole, so the division always has a result.
        mul_div(amount, self.0.into(), Self::FULL.0.into()).unwrap_or(amount)
    }
}
