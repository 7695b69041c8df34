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
        } else if since != self.began {
            self.add_part(Part { amount, since });
        }
        self.amount = all;
        Some(())
    }

    /// Tells a part apart that is not in the sum yet.
    #[inline(never)]
    fn add_part(&mut self, new: Part) {
        if new.since < self.began {
            // What began the credit counts from later than that.
            let amount = self.amount.saturating_sub(sum(&self.later));
            let since = core::mem::replace(&mut self.began, new.since);
            self.later.insert(0, Part { amount, since });
        } else {
            let earlier = self.later.iter().filter(|part| part.since < new.since);
            let place = earlier.count();
            match self.later.get_mut(place) {
                Some(part) if part.since == new.since => {
                    part.amount = part.amount.saturating_add(new.amount);
                }
                _ => self.later.insert(place, new),
            }
        }
        if self.later.len() >= MAX_PARTS {
            self.join_closest();
        }
    }

    /// Joins the two parts that are closest in time, at the earlier moment.
    fn join_closest(&mut self) {
        let moments = || self.later.iter().map(|part| part.since);
        let pairs = core::iter::once(self.began).chain(moments()).zip(moments());
        let gaps = pairs.map(|(earlier, later)| later.saturating_sub(earlier));
        let closest = gaps.enumerate().min_by_key(|(_, gap)| *gap);
        let Some((place, _)) = closest else {
            return;
        };
        let joined = self.later.remove(place);
        // The first of the later parts joins what began the credit, which is the rest of the sum.
        let before = place.checked_sub(1);
        if let Some(part) = before.and_then(|place| self.later.get_mut(place)) {
            part.amount = part.amount.saturating_add(joined.amount);
        }
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
        if self.began >= left {
            return 0;
        }
        let all = core::mem::take(self);
        self.later = all.later;
        self.later.retain(|part| part.since >= left);
        self.amount = sum(&self.later);
        if self.amount > 0 {
            self.began = self.later.remove(0).since;
        }
        all.amount.saturating_sub(self.amount)
    }
}

/// Cannot overflow: the parts are within the amount of a credit.
fn sum(parts: &[Part]) -> u128 {
    let amounts = parts.iter().map(|part| part.amount);
    amounts.fold(0, u128::saturating_add)
}
