use crate::world::*;
use allive_calls::{Created, Keyring, Typed};
use allive_psp22_interface::Psp22Client;
use allive_simulator::{EmbeddedChain, START};
use allive_support::code;

fn terms() -> ClaimTerms {
    ClaimTerms {
        token: Psp22Client::at([7; 32].into()),
        root: [8; 32],
        count: 9,
        deadline: DEADLINE,
        remainder_to: REMAINDER.account(),
        chain: [10; 32],
    }
}

fn create(terms: ClaimTerms) -> Result<Created, DistributorError> {
    World::begin(&[]).create(ADMIN, "alv_distributor", constructor(terms))
}

fn refused(terms: ClaimTerms) -> DistributorError {
    create(terms).unwrap_err()
}

#[test]
fn new_refuses_a_deadline_outside_its_bounds() {
    for deadline in [
        0,
        START / 1_000 + 24 * HOUR / 1_000,
        START - 1,
        START,
        START + LONGEST_TERM + 1,
        DEADLINE * 1_000,
        u64::MAX,
    ] {
        let terms = ClaimTerms {
            deadline,
            ..terms()
        };
        assert_eq!(refused(terms), DistributorError::BadDeadline, "{deadline}");
    }
    for deadline in [START + 1, START + LONGEST_TERM] {
        let terms = ClaimTerms {
            deadline,
            ..terms()
        };
        assert!(create(terms).is_ok(), "{deadline}");
    }
    // The chain's clock counts, not the time at which it began.
    let mut world = World::begin(&[]);
    world.at(DEADLINE);
    let late = world.create(ADMIN, "alv_distributor", constructor(terms()));
    assert_eq!(late, Err(DistributorError::BadDeadline));
}

#[test]
fn new_refuses_an_empty_list() {
    let empty = ClaimTerms {
        count: 0,
        ..terms()
    };
    assert_eq!(refused(empty), DistributorError::EmptyList);
    let one = ClaimTerms {
        count: 1,
        ..terms()
    };
    assert!(create(one).is_ok());
}

#[test]
fn new_looks_at_the_deadline_first() {
    let both = ClaimTerms {
        deadline: START,
        count: 0,
        ..terms()
    };
    assert_eq!(refused(both), DistributorError::BadDeadline);
}

/// The address of a contract is a hash of, among others, what its constructor was given. So nobody
/// can name the address before it is fixed, and naming it afterwards makes another one.
#[test]
fn a_remainder_cannot_name_the_distributor_to_be() {
    let mut chain = EmbeddedChain::new();
    let mut terms = terms();
    for _ in 0..3 {
        let new = constructor(terms.clone());
        let created = chain.create(ADMIN.account(), &code("alv_distributor"), new, b"");
        let address = created.unwrap().unwrap().address;
        assert_ne!(address, terms.remainder_to);
        terms.remainder_to = address;
    }
}

#[test]
fn terms_are_what_the_constructor_was_given() {
    let mut world = World::new();
    let given = ClaimTerms {
        token: Psp22Client::at(world.alv),
        root: world.list.root(),
        count: COUNT,
        deadline: DEADLINE,
        remainder_to: REMAINDER.account(),
        chain: GENESIS,
    };
    assert_eq!(world.get(world.contract().terms()), given);
    world.done(STRANGER, world.claim(BOB));
    assert_eq!(world.get(world.contract().terms()), given);
    let other = world.create(ADMIN, "alv_distributor", constructor(terms()));
    world.at(DEADLINE + 1);
    world.done(STRANGER, world.contract().sweep());
    assert_eq!(world.get(world.contract().terms()), given);

    world.distributor = other.unwrap().address;
    assert_eq!(world.get(world.contract().terms()), terms());
    assert_eq!(world.get(world.contract().claimed_total()), 0);
    assert!(!world.get(world.contract().is_claimed(0)));
    assert_eq!(world.holds(Keyring::Bob), world.list.amount(BOB));
}

#[test]
fn new_refuses_a_remainder_to_nobody() {
    let to_nobody = ClaimTerms {
        remainder_to: [0; 32].into(),
        ..terms()
    };
    assert_eq!(refused(to_nobody), DistributorError::PaysNobody);
}
