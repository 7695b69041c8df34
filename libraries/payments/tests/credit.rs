//! The parts of a credit: nothing is lost, and every part counts from its own moment.

use allive_payments::{Credit, Part, MAX_PARTS};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn of(parts: &[(u128, u64)]) -> Credit {
    let mut credit = Credit::default();
    for (amount, since) in parts {
        credit.add(*amount, *since).unwrap();
    }
    credit
}

/// What counts from which moment.
fn moments(credit: &Credit) -> BTreeMap<u64, u128> {
    let later = credit.later.iter().map(|part| (part.since, part.amount));
    let mut parts: BTreeMap<_, _> = later.collect();
    let first = credit.amount - parts.values().sum::<u128>();
    if first > 0 {
        parts.insert(credit.began, first);
    }
    parts
}

fn parts(most: usize) -> impl Strategy<Value = Vec<(u128, u64)>> {
    prop::collection::vec((1..1_000_u128, 0..30_u64), 1..most)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_credit_begins_with_the_earliest_that_it_comes_from_since_it_was_empty(
        parts in prop::collection::vec((1..1_000_u128, any::<u64>()), 1..10),
        emptied in any::<prop::sample::Index>(),
    ) {
        let emptied = emptied.index(parts.len());
        let mut credit = of(&parts[..emptied]);
        prop_assert_eq!(credit.spend(u128::MAX), parts[..emptied].iter().map(|one| one.0).sum::<u128>());
        for (amount, came) in &parts[emptied..] {
            credit.add(*amount, *came).unwrap();
        }
        let since = &parts[emptied..];
        prop_assert_eq!(credit.amount, since.iter().map(|(amount, _)| amount).sum::<u128>());
        prop_assert_eq!(Some(credit.began), since.iter().map(|(_, came)| *came).min());
    }

    /// Nothing is lost, and nothing that counts from before a moment stays, whatever came in which
    /// order. As long as all parts can be told apart, nothing later passes.
    #[test]
    fn an_heir_takes_what_goes_back_to_before_the_key_left(
        parts in parts(40),
        left in 0..31_u64,
    ) {
        let mut credit = of(&parts);
        prop_assert!(credit.later.len() < MAX_PARTS);
        let before: u128 = parts.iter().filter(|one| one.1 < left).map(|one| one.0).sum();
        let all = credit.amount;
        let taken = credit.take_before(left);
        prop_assert_eq!(taken + credit.amount, all);
        prop_assert!(taken >= before);
        let moments: BTreeSet<_> = parts.iter().map(|one| one.1).collect();
        if moments.len() <= MAX_PARTS {
            prop_assert_eq!(taken, before);
        }
        prop_assert!(credit.amount == 0 || credit.began >= left);
    }

    /// What an heir could claim goes last.
    #[test]
    fn what_is_spent_are_the_latest_parts(parts in parts(MAX_PARTS + 1), amount in 0..6_000_u128) {
        let mut credit = of(&parts);
        let before = moments(&credit);
        let all = credit.amount;
        let spent = credit.spend(amount);
        prop_assert_eq!(spent, amount.min(all));
        prop_assert_eq!(credit.amount, all - spent);
        let mut kept = credit.amount;
        let right: BTreeMap<u64, u128> = before
            .into_iter()
            .map(|(since, there)| {
                let stays = there.min(kept);
                kept -= stays;
                (since, stays)
            })
            .filter(|(_, stays)| *stays > 0)
            .collect();
        prop_assert_eq!(moments(&credit), right);
        prop_assert!(credit.amount > 0 || credit == Credit::default());
    }

    /// So the cell does not grow with each payment.
    #[test]
    fn what_the_account_puts_in_itself_counts_as_the_latest_part(
        parts in parts(MAX_PARTS + 1),
        amount in 1..1_000_u128,
        now in 30..60_u64,
    ) {
        let mut credit = of(&parts);
        let mut right = moments(&credit);
        credit.add_own(amount, now).unwrap();
        *right.last_entry().unwrap().get_mut() += amount;
        prop_assert_eq!(moments(&credit), right);

        let mut first = Credit::default();
        first.add_own(amount, now).unwrap();
        prop_assert_eq!(first, of(&[(amount, now)]));
    }
}

#[test]
fn of_too_many_parts_the_two_that_are_closest_count_from_the_earlier_moment() {
    let mut credit = of(&[
        (1, 0),
        (2, 10),
        (4, 20),
        (8, 30),
        (16, 34),
        (32, 50),
        (64, 60),
        (128, 70),
    ]);
    assert_eq!(credit.later.len() + 1, MAX_PARTS);
    credit.add(256, 80).unwrap();
    assert_eq!(credit.later.len() + 1, MAX_PARTS);
    assert_eq!(moments(&credit)[&30], 24, "30 and 34");
    assert_eq!(
        credit.later.last(),
        Some(&Part {
            amount: 256,
            since: 80
        })
    );
}

#[test]
fn a_credit_that_cannot_be_written_is_refused_and_nothing_changes() {
    for since in [5, 6] {
        let mut credit = of(&[(u128::MAX - 1, 5)]);
        let before = credit.clone();
        assert_eq!(credit.add(2, since), None);
        assert_eq!(credit.add_own(2, since), None);
        assert_eq!(credit, before);
        assert_eq!(credit.add(1, since), Some(()));
    }
}
