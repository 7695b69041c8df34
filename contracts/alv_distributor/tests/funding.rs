use crate::world::*;
use allive_calls::Keyring;
use allive_psp22_interface::TokenError::{InsufficientBalance, Refused};
use DistributorError::Token;

#[test]
fn an_underfunded_claim_can_be_submitted_again() {
    let mut world = unfunded(List::small());
    let short = || Ok(Err(Token(InsufficientBalance)));
    assert_eq!(world.send(STRANGER, world.claim(BOB)).value, short());
    world.give(world.distributor, 99);
    assert_eq!(world.send(STRANGER, world.claim(BOB)).value, short());
    assert!(!world.get(world.contract().is_claimed(BOB)));
    assert_eq!(world.get(world.contract().claimed_total()), 0);
    world.give(world.distributor, 1);
    world.done(STRANGER, world.claim(BOB));
    assert_eq!(world.holds(Keyring::Bob), 100);
    assert_eq!(
        world.send(STRANGER, world.claim(FIRST_OF_KEY_1)).value,
        short()
    );
    // Who is owed less is not kept waiting by who is owed more.
    world.give(world.distributor, 7);
    world.done(STRANGER, world.claim(SECOND_OF_KEY_1));
    world.give(world.distributor, 1_000);
    world.done(STRANGER, world.claim(FIRST_OF_KEY_1));
    assert_eq!(world.holds(world.distributor), 0);
}

#[test]
fn a_pause_of_alv_does_not_stop_a_vault() {
    let mut world = World::new();
    world.pause_alv();
    world.done(STRANGER, world.claim(BOB));
    world.done(STRANGER, world.claim(FIRST_OF_KEY_1));
    assert_eq!(world.holds(Keyring::Bob), 100);
    world.at(DEADLINE + 1);
    world.pause_alv();
    let rest = world.list.total() - 1_100;
    assert_eq!(world.done(STRANGER, world.contract().sweep()), rest);
}

#[test]
fn a_pause_of_alv_stops_a_distributor_that_is_no_vault() {
    let mut world = unfunded(List::small());
    let total = world.list.total();
    world.give(world.distributor, total);
    world.pause_alv();
    assert_eq!(world.refused(STRANGER, world.claim(BOB)), Token(Refused));
    assert!(!world.get(world.contract().is_claimed(BOB)));
    // Until it ends, by itself.
    world.at(allive_simulator::START + HOUR);
    world.done(STRANGER, world.claim(BOB));
    world.at(DEADLINE + 1);
    world.pause_alv();
    assert_eq!(
        world.refused(STRANGER, world.contract().sweep()),
        Token(Refused)
    );
    world.at(DEADLINE + 1 + HOUR);
    assert_eq!(world.done(STRANGER, world.contract().sweep()), total - 100);
}
