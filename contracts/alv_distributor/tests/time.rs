use crate::world::*;
use allive_calls::{at, Keyring};
use DistributorError::{Closed, NothingLeft, StillOpen};

#[test]
fn claims_are_good_until_the_deadline_and_sweeps_after_it() {
    let mut world = World::new();
    assert_eq!(world.refused(STRANGER, world.contract().sweep()), StillOpen);
    world.done(STRANGER, world.claim(BOB));
    for moment in [DEADLINE - 1, DEADLINE] {
        world.at(moment);
        assert_eq!(world.refused(STRANGER, world.contract().sweep()), StillOpen);
    }
    world.done(STRANGER, world.claim(CHARLIE));
    for moment in [DEADLINE + 1, DEADLINE + 1_000 * HOUR] {
        world.at(moment);
        assert_eq!(world.refused(STRANGER, world.claim(OF_KEY_2)), Closed);
        assert_eq!(world.refused(STRANGER, world.claim(5)), Closed);
    }
    let rest = world.list.total() - 350;
    assert_eq!(world.done(STRANGER, world.contract().sweep()), rest);
    world.give(world.distributor, 1_000);
    assert_eq!(
        world.refused(STRANGER, world.claim(5)),
        Closed,
        "whatever it holds"
    );
}

#[test]
fn a_sweep_pays_the_remainder_whoever_submits_it() {
    for submitter in Keyring::all() {
        let mut world = World::new();
        world.done(STRANGER, world.claim(FIRST_OF_KEY_1));
        world.give(world.distributor, 5);
        world.at(DEADLINE + 1);
        let rest = world.list.total() - 1_000 + 5;
        let before = Keyring::all().map(|ring| world.holds(ring));
        let sweep = at::<AlvDistributor>(world.distributor).sweep();
        assert_eq!(world.done(submitter, sweep), rest);
        for (ring, before) in Keyring::all().into_iter().zip(before) {
            let paid = if ring == REMAINDER { rest } else { 0 };
            let holds = world.holds(ring);
            assert_eq!(holds, before + paid, "{ring:?} by {submitter:?}");
        }
        assert_eq!(world.holds(world.distributor), 0);
        assert_eq!(
            world.get(world.contract().claimed_total()),
            1_000,
            "a sweep is no claim"
        );
    }
}

#[test]
fn a_sweep_of_nothing_is_refused() {
    let mut world = World::new();
    world.at(DEADLINE + 1);
    assert_eq!(
        world.done(STRANGER, world.contract().sweep()),
        world.list.total()
    );
    assert_eq!(
        world.refused(STRANGER, world.contract().sweep()),
        NothingLeft
    );
    let mut never_funded = unfunded(List::small());
    never_funded.at(DEADLINE + 1);
    assert_eq!(
        never_funded.refused(STRANGER, never_funded.contract().sweep()),
        NothingLeft
    );
}

#[test]
fn what_arrives_after_a_sweep_can_be_swept() {
    let mut world = World::new();
    world.at(DEADLINE + 1);
    let mut swept = world.done(STRANGER, world.contract().sweep());
    for late in [1, 500] {
        world.give(world.distributor, late);
        assert_eq!(world.done(STRANGER, world.contract().sweep()), late);
        swept += late;
        assert_eq!(world.holds(REMAINDER), swept);
        assert_eq!(
            world.refused(STRANGER, world.contract().sweep()),
            NothingLeft
        );
    }
}
