use crate::world::*;
use allive_calls::{Chain, Keyring};
use allive_psp22_interface::Token;
use allive_simulator::{EmbeddedChain, START};

fn terms() -> Terms {
    Terms {
        token: Token::at([7; 32].into()),
        root: [8; 32],
        count: 9,
        deadline: DEADLINE,
        remainder_to: REMAINDER.account(),
        chain: [10; 32],
    }
}

fn refused(terms: &Terms) -> DistributorError {
    create(&mut EmbeddedChain::new(), terms, b"").unwrap_err()
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
        let terms = Terms {
            deadline,
            ..terms()
        };
        assert_eq!(refused(&terms), DistributorError::BadDeadline, "{deadline}");
    }
    for deadline in [START + 1, START + LONGEST_TERM] {
        let terms = Terms {
            deadline,
            ..terms()
        };
        let created = create(&mut EmbeddedChain::new(), &terms, b"");
        assert!(created.is_ok(), "{deadline}");
    }
    // The chain's clock counts, not the time at which it began.
    let mut chain = EmbeddedChain::new();
    chain.advance(DEADLINE - START);
    let late = create(&mut chain, &terms(), b"");
    assert_eq!(late, Err(DistributorError::BadDeadline));
}

#[test]
fn new_refuses_an_empty_list() {
    let empty = Terms {
        count: 0,
        ..terms()
    };
    assert_eq!(refused(&empty), DistributorError::EmptyList);
    let one = Terms {
        count: 1,
        ..terms()
    };
    assert!(create(&mut EmbeddedChain::new(), &one, b"").is_ok());
}

#[test]
fn new_looks_at_the_deadline_first() {
    let both = Terms {
        deadline: START,
        count: 0,
        ..terms()
    };
    assert_eq!(refused(&both), DistributorError::BadDeadline);
}

/// The address of a contract is a hash of, among others, what its constructor was given. So nobody
/// can name the address before it is fixed, and naming it afterwards makes another one.
#[test]
fn a_remainder_cannot_name_the_distributor_to_be() {
    let mut chain = EmbeddedChain::new();
    let mut terms = terms();
    for _ in 0..3 {
        let address = create(&mut chain, &terms, b"").unwrap();
        assert_ne!(address, terms.remainder_to);
        terms.remainder_to = address;
    }
}

#[test]
fn terms_are_what_the_constructor_was_given() {
    let mut world = World::new();
    let given = Terms {
        token: Token::at(world.token),
        root: world.list.root(),
        count: COUNT,
        deadline: DEADLINE,
        remainder_to: REMAINDER.account(),
        chain: GENESIS,
    };
    assert_eq!(world.terms(), given);
    world.claim(BOB).value.unwrap().unwrap();
    assert_eq!(world.terms(), given);
    let other = create(&mut world.chain, &terms(), b"").unwrap();
    world.at(DEADLINE + 1);
    world.sweep().value.unwrap().unwrap();
    assert_eq!(world.terms(), given);

    world.distributor = other;
    assert_eq!(world.terms(), terms());
    assert_eq!(world.claimed_total(), 0);
    assert!(!world.is_claimed(0));
    assert_eq!(world.holds(Keyring::Bob.account()), world.list.amount(BOB));
}
