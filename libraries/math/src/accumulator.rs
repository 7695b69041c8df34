use crate::{mul_div_down, wide};

/// Fraction bits of `per_unit`.
const SCALE: u128 = 1 << 64;

/// What one unit of holding has earned so far, for payouts in proportion to
/// holdings without a loop over holders.
///
/// A holder's record keeps `per_unit` as it stood when it was last settled
/// (`since`) and is owed the growth times its units. Settle a holder before
/// its units change, and pass to [`add`](Self::add) the units of all holders
/// together.
///
/// What a division leaves over is carried into the next `add`, however small
/// the amounts. With `n` settlements in between, the amount added and not
/// owed is less than `n + units / 2^64` smallest units, however many `add`s
/// there were: each settlement holds back less than one, and the carried
/// remainder is below the units of the last `add`, in `2^64`ths.
///
/// Bound: over a life, the sum of `amount / units` must stay below `2^64`. Any
/// amount below `2^64` can be added at first whatever the units; contracts
/// whose units can shrink to a few should demand a least holding, since a few
/// units bring that bound within the reach of a donor.
///
/// Both fields are open because contracts store them; any pair of values is
/// safe to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accumulator {
    /// Amount earned by one unit since the start, in `2^64`ths of a smallest
    /// unit. It only grows.
    pub per_unit: u128,
    /// Amount added but not yet in `per_unit`, in `2^64`ths of a smallest unit.
    pub remainder: u128,
}

impl Accumulator {
    /// The accumulator after `amount` smallest units were shared by `units`.
    ///
    /// `None` if `units` is zero (there is nobody to owe it to: the contract
    /// decides where the amount goes) or `per_unit` would pass its bound.
    #[must_use]
    pub fn add(self, amount: u128, units: u128) -> Option<Self> {
        let (growth, remainder) = wide::mul_add_div(amount, SCALE, self.remainder, units)?;
        Some(Self {
            per_unit: self.per_unit.checked_add(growth)?,
            remainder,
        })
    }

    /// What a holder of `units` earned since `per_unit` stood at `since`, in
    /// smallest units, rounded down.
    ///
    /// `None` if `since` is ahead of this accumulator or the result does not
    /// fit `u128`.
    #[must_use]
    pub fn owed(&self, units: u128, since: u128) -> Option<u128> {
        mul_div_down(units, self.per_unit.checked_sub(since)?, SCALE)
    }
}
