use allive_access::Timestamp;
use ink::prelude::vec::Vec;

/// The most parts of a credit that are told apart.
pub const MAX_PARTS: usize = 8;

/// Money that a contract keeps for an account, and the moments from which it counts for an heir.
///
/// What derives from an old grant and what derives from a new one are told apart: whoever goes on
/// using a key that left its identity keeps what it earns by its own later holdings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Credit {
    /// All of it, in the smallest unit of the token.
    pub amount: u128,
    /// The earliest moment of everything that was added since the credit was last empty: when the
    /// holding that it comes from came to the account. For an inherited credit, that is when the
    /// former key left its identity.
    pub began: Timestamp,
    /// The parts of the amount that count from later moments, in the order of these.
    pub later: Vec<Part>,
}

/// A part of a credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Part {
    /// In the smallest unit of the token.
    pub amount: u128,
    /// From when on it counts.
    pub since: Timestamp,
}

impl Credit {
    /// Adds money that comes from a holding which the account has had since that moment. If there
    /// are more parts than can be told apart, of the two that are closest in time the later one
    /// counts from the earlier moment. None if the sum overflows.
    pub fn add(&mut self, amount: u128, since: Timestamp) -> Option<()> {
        let all = self.amount.checked_add(amount)?;
        if self.amount == 0 {
            self.began = since;
        }
        if since == self.began {
            self.amount = all;
        } else {
            self.add_part(Part { amount, since });
        }
        Some(())
    }

    /// Adds money that the account puts in by its own doing, and that comes from no holding. It
    /// counts as the latest part does, and from `now` on if the credit is empty. So such a credit
    /// has one part, unless it inherited others. None if the sum overflows.
    pub fn add_own(&mut self, amount: u128, now: Timestamp) -> Option<()> {
        let since = match self.later.last() {
            Some(latest) => latest.since,
            None if self.amount > 0 => self.began,
            None => now,
        };
        self.add(amount, since)
    }

    #[inline(never)]
    fn add_part(&mut self, new: Part) {
        let mut parts = self.parts();
        match parts.iter_mut().find(|part| part.since == new.since) {
            Some(part) => part.amount = part.amount.saturating_add(new.amount),
            None => {
                let earlier = parts.iter().filter(|part| part.since < new.since);
                parts.insert(earlier.count(), new);
            }
        }
        if parts.len() > MAX_PARTS {
            join_closest(&mut parts);
        }
        *self = Self::of(parts);
    }

    /// Takes out as much of `amount` as there is, of the latest parts first: what an heir could
    /// claim goes last. Returns how much that is.
    pub fn spend(&mut self, amount: u128) -> u128 {
        if amount >= self.amount {
            return core::mem::take(self).amount;
        }
        self.amount = self.amount.saturating_sub(amount);
        let mut rest = amount;
        while let Some(last) = self.later.last_mut() {
            let part = rest.min(last.amount);
            last.amount = last.amount.saturating_sub(part);
            rest = rest.saturating_sub(part);
            if last.amount > 0 {
                break;
            }
            self.later.pop();
        }
        amount
    }

    /// Takes out what an heir inherits: all that counts from before the moment at which the account
    /// left its identity.
    pub fn take_before(&mut self, left: Timestamp) -> u128 {
        let mut parts = self.parts();
        let mut taken: u128 = 0;
        parts.retain(|part| {
            let passes = part.since < left;
            if passes {
                taken = taken.saturating_add(part.amount);
            }
            !passes
        });
        *self = Self::of(parts);
        taken
    }

    /// All parts, the earliest first.
    fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        let later = self.later.iter();
        let later = later.fold(0_u128, |sum, part| sum.saturating_add(part.amount));
        // Cannot underflow: the later parts are within the amount.
        let amount = self.amount.saturating_sub(later);
        if amount > 0 {
            let since = self.began;
            parts.push(Part { amount, since });
        }
        parts.extend(&self.later);
        parts
    }

    fn of(mut parts: Vec<Part>) -> Self {
        if parts.is_empty() {
            return Self::default();
        }
        let all = parts.iter();
        let amount = all.fold(0_u128, |sum, part| sum.saturating_add(part.amount));
        let began = parts.remove(0).since;
        Self {
            amount,
            began,
            later: parts,
        }
    }
}

/// Joins the two parts that are closest in time, at the earlier moment.
fn join_closest(parts: &mut Vec<Part>) {
    let gaps = parts.iter().zip(parts.iter().skip(1));
    let gaps = gaps.map(|(earlier, later)| later.since.saturating_sub(earlier.since));
    let closest = gaps.enumerate().min_by_key(|(_, gap)| *gap);
    let Some((place, _)) = closest else {
        return;
    };
    let later = parts.remove(place.saturating_add(1));
    if let Some(earlier) = parts.get_mut(place) {
        earlier.amount = earlier.amount.saturating_add(later.amount);
    }
}
