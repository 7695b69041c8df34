//! How a council begins.

use crate::world::*;
use allive_calls::{at, Event};
use council::*;
use ink::primitives::AccountId;

fn found(members: &[AccountId], terms: CouncilTerms, least_delay: u64) -> Result<(), CouncilError> {
    let member = |member: &AccountId| (*member).into();
    let members = members.iter().map(member).collect();
    let new = CouncilRef::new(members, terms, least_delay, GENESIS);
    let created = World::begin(&[STRANGER]).create(STRANGER, "council", new);
    created.map(|_| ())
}

#[test]
fn a_council_begins_with_what_it_was_given_and_says_so() {
    let mut world = World::begin(&[STRANGER]);
    let new = constructor(&MEMBERS, TERMS);
    let created = world.create(STRANGER, "council", new).unwrap();
    let said: Vec<ConstitutionChanged> = created.events.iter().filter_map(Event::decode).collect();
    let members: Vec<_> = MEMBERS.map(Into::into).to_vec();
    let event = ConstitutionChanged {
        era: 0,
        members: members.clone(),
        terms: TERMS,
    };
    assert_eq!(said, [event]);
    let contract = at::<Council>(created.address);
    let constitution = world.get(contract.constitution());
    let expected = Constitution {
        members,
        terms: TERMS,
        least_delay: LEAST_DELAY,
        era: 0,
    };
    assert_eq!(constitution, expected);
    assert_eq!(world.get(contract.chain()), GENESIS);
    assert_eq!(world.get(contract.proposal_count()), 0);
    assert_eq!(world.get(contract.phase(0)), None);
    assert_eq!(world.get(contract.proposal(0)), None);
    assert_eq!(world.get(contract.approvals(0)), []);
}

/// Anybody could sign for the account of 32 zero bytes.
#[test]
fn nobody_is_no_member() {
    let mut members = MEMBERS;
    members[4] = account(0);
    let bad = Err(CouncilError::BadMembers);
    assert_eq!(found(&members, TERMS, LEAST_DELAY), bad);
    let mut world = World::new();
    let amend = amend_to(&[MEMBERS[4]], &[account(0)], TERMS);
    let refused = world.refused(MEMBERS[0], world.propose(amend));
    assert_eq!(refused, CouncilError::BadMembers);
}

#[test]
fn a_council_has_one_to_thirty_two_members_each_once() {
    let many: Vec<_> = (1..=33).map(account).collect();
    let terms = |members: u8| {
        let mut terms = TERMS;
        terms.routine.threshold = 1;
        terms.grave.threshold = members / 2 + 1;
        terms.constitutional.threshold = members;
        terms.emergency.threshold = members.min(2);
        terms
    };
    for count in [1, 2, 32] {
        let members = &many[..usize::from(count)];
        assert_eq!(found(members, terms(count), LEAST_DELAY), Ok(()), "{count}");
    }
    let bad = Err(CouncilError::BadMembers);
    assert_eq!(found(&[], terms(1), LEAST_DELAY), bad);
    assert_eq!(found(&many, terms(33), LEAST_DELAY), bad);
    let twice = [MEMBERS[0], MEMBERS[1], MEMBERS[0]];
    assert_eq!(found(&twice, terms(3), LEAST_DELAY), bad);
}

#[test]
fn terms_and_the_least_delay_lie_within_their_bounds() {
    let unsound = Err(CouncilError::UnsoundTerms);
    for least_delay in [0, GRAVE.delay + 1, YEAR + 1] {
        assert_eq!(
            found(&MEMBERS, TERMS, least_delay),
            unsound,
            "{least_delay}"
        );
    }
    for least_delay in [1, GRAVE.delay] {
        assert_eq!(found(&MEMBERS, TERMS, least_delay), Ok(()), "{least_delay}");
    }
    let mut minority = TERMS;
    minority.grave.threshold = 2;
    assert_eq!(found(&MEMBERS, minority, LEAST_DELAY), unsound);
    let mut alone = TERMS;
    alone.emergency.threshold = 1;
    assert_eq!(found(&MEMBERS, alone, LEAST_DELAY), unsound);
}

/// The last value within each bound, and the first beyond it.
#[test]
fn each_bound_of_the_terms_holds_to_the_unit() {
    type Set = fn(&mut CouncilTerms, u64);
    let bounds: [(Set, u64, u64); 11] = [
        (|terms, value| terms.routine.threshold = value as u8, 1, 0),
        (|terms, value| terms.grave.threshold = value as u8, 3, 2),
        (|terms, value| terms.grave.threshold = value as u8, 4, 5),
        (
            |terms, value| terms.constitutional.threshold = value as u8,
            5,
            6,
        ),
        (|terms, value| terms.emergency.threshold = value as u8, 3, 4),
        (
            |terms, value| terms.lifetime = value,
            2 * YEAR,
            2 * YEAR + 1,
        ),
        (
            |terms, value| terms.lifetime = value,
            CONSTITUTIONAL.delay + 1,
            CONSTITUTIONAL.delay,
        ),
        (
            |terms, value| terms.emergency.window = value,
            YEAR,
            YEAR + 1,
        ),
        (|terms, value| terms.emergency.window = value, 1, 0),
        (
            |terms, value| terms.emergency.cooldown = value,
            YEAR,
            YEAR + 1,
        ),
        (|terms, value| terms.emergency.cooldown = value, 1, 0),
    ];
    for (place, (set, within, beyond)) in bounds.into_iter().enumerate() {
        for (value, expected) in [(within, Ok(())), (beyond, Err(CouncilError::UnsoundTerms))] {
            let mut terms = TERMS;
            set(&mut terms, value);
            assert_eq!(
                found(&MEMBERS, terms, LEAST_DELAY),
                expected,
                "{place}: {value}"
            );
        }
    }
    for (delay, expected) in [(YEAR, Ok(())), (YEAR + 1, Err(CouncilError::UnsoundTerms))] {
        let mut terms = TERMS;
        terms.lifetime = 2 * YEAR;
        terms.constitutional.delay = delay;
        assert_eq!(found(&MEMBERS, terms, LEAST_DELAY), expected, "{delay}");
    }
}
