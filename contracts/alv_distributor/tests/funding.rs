use crate::world::*;
use allive_calls::Keyring;
use allive_psp22_interface::TokenError::{InsufficientBalance, Refused};
use DistributorError::Token;

#[test]
fn an_underfunded_claim_can_be_submitted_again() {
    let mut world = World::unfunded(List::small());
    let short = || Ok(Err(Token(InsufficientBalance)));
    assert_eq!(world.claim(BOB).value, short());
    world.give(99);
    assert_eq!(world.claim(BOB).value, short());
    assert!(!world.is_claimed(BOB));
    assert_eq!(world.claimed_total(), 0);
    world.give(1);
    assert_eq!(world.claim(BOB).value, Ok(Ok(())));
    assert_eq!(world.holds(Keyring::Bob.account()), 100);
    assert_eq!(world.claim(FIRST_OF_KEY_1).value, short());
    // Who is owed less is not kept waiting by who is owed more.
    world.give(7);
    assert_eq!(world.claim(SECOND_OF_KEY_1).value, Ok(Ok(())));
    world.give(1_000);
    assert_eq!(world.claim(FIRST_OF_KEY_1).value, Ok(Ok(())));
    assert_eq!(world.held(), 0);
}

#[test]
fn a_pause_of_alv_does_not_stop_a_vault() {
    let mut world = World::new();
    world.pause();
    assert_eq!(world.claim(BOB).value, Ok(Ok(())));
    assert_eq!(world.claim(FIRST_OF_KEY_1).value, Ok(Ok(())));
    assert_eq!(world.holds(Keyring::Bob.account()), 100);
    world.at(DEADLINE + 1);
    world.pause();
    let rest = world.list.total() - 1_100;
    assert_eq!(world.sweep().value, Ok(Ok(rest)));
}

#[test]
fn a_pause_of_alv_stops_a_distributor_that_is_no_vault() {
    let mut world = World::unfunded(List::small());
    let total = world.list.total();
    world.give(total);
    world.pause();
    assert_eq!(world.claim(BOB).value, Ok(Err(Token(Refused))));
    assert!(!world.is_claimed(BOB));
    // Until it ends, by itself.
    world.at(allive_simulator::START + HOUR);
    assert_eq!(world.claim(BOB).value, Ok(Ok(())));
    world.at(DEADLINE + 1);
    world.pause();
    assert_eq!(world.sweep().value, Ok(Err(Token(Refused))));
    world.at(DEADLINE + 1 + HOUR);
    assert_eq!(world.sweep().value, Ok(Ok(total - 100)));
}
