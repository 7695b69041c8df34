//! Rules that need no chain: which bit of storage belongs to a leaf, and how far ahead a deadline
//! may lie.

/// The longest that a distribution can last, in milliseconds: ten years. This bound refuses a
/// deadline that was given in another unit of time.
pub const LONGEST_TERM: u64 = 10 * 365 * 24 * 3_600_000;

/// Leaves that share a cell, one bit each.
const LEAVES_PER_CELL: u64 = 128;

/// The cell that holds the bit of the leaf at `index`.
pub const fn cell(index: u64) -> u64 {
    index / LEAVES_PER_CELL
}

/// That bit, alone in its cell.
pub const fn bit(index: u64) -> u128 {
    let place = index % LEAVES_PER_CELL;
    1_u128.rotate_left(place as u32)
}

/// Whether a distribution that begins at `now` may end at `deadline`.
pub const fn is_term(now: u64, deadline: u64) -> bool {
    now < deadline && deadline.saturating_sub(now) <= LONGEST_TERM
}

/// Whether `now` is not after `deadline`: at the deadline itself claims are good.
pub const fn is_open(now: u64, deadline: u64) -> bool {
    now <= deadline
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_leaf_has_a_bit_of_its_own() {
        let highest = u64::MAX - 1_000..=u64::MAX;
        let mut bits = HashSet::new();
        for index in (0..1_000).chain(highest) {
            assert_eq!(bit(index).count_ones(), 1, "{index}");
            assert!(bits.insert((cell(index), bit(index))), "{index}");
        }
    }

    #[test]
    fn a_cell_is_full_before_the_next_begins() {
        let full = (0..128).fold(0, |bits, index| bits | bit(index));
        assert_eq!(full, u128::MAX);
        assert_eq!(
            [cell(0), cell(127), cell(128), cell(255), cell(256)],
            [0, 0, 1, 1, 2]
        );
        assert_eq!((cell(u64::MAX), bit(u64::MAX)), ((1 << 57) - 1, 1 << 127));
    }

    #[test]
    fn a_term_ends_in_the_future_and_within_ten_years() {
        let now = 1_700_000_000_000;
        assert!(!is_term(now, 0));
        assert!(!is_term(now, now - 1));
        assert!(!is_term(now, now));
        assert!(is_term(now, now + 1));
        assert!(is_term(now, now + LONGEST_TERM));
        assert!(!is_term(now, now + LONGEST_TERM + 1));
        assert!(!is_term(now, u64::MAX));
        // Seconds, where milliseconds are wanted, lie in the past; microseconds, too far ahead.
        assert!(!is_term(now, 1_800_000_000));
        assert!(!is_term(now, 1_800_000_000_000_000));
        assert!(is_term(u64::MAX - 1, u64::MAX));
    }

    #[test]
    fn a_distribution_is_open_at_its_deadline_and_not_after() {
        assert!(is_open(9, 10));
        assert!(is_open(10, 10));
        assert!(!is_open(11, 10));
    }
}
