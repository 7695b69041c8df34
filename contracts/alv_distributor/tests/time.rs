use crate::world::*;
use allive_calls::{at, Keyring};
use DistributorError::{Closed, NothingLeft, StillOpen};

#[test]
fn claims_are_good_until_the_deadline_and_sweeps_after_it() {
    let mut world = World::new();
    assert_eq!(world.sweep().value, Ok(Err(StillOpen)));
    assert_eq!(world.claim(BOB).value, Ok(Ok(())));
    for moment in [DEADLINE - 1, DEADLINE] {
        world.at(moment);
        assert_eq!(world.sweep().value, Ok(Err(StillOpen)));
    }
    assert_eq!(world.claim(CHARLIE).value, Ok(Ok(())));
    for moment in [DEADLINE + 1, DEADLINE + 1_000 * HOUR] {
        world.at(moment);
        assert_eq!(world.claim(OF_KEY_2).value, Ok(Err(Closed)));
        assert_eq!(world.claim(5).value, Ok(Err(Closed)));
    }
    let rest = world.list.total() - 350;
    assert_eq!(world.sweep().value, Ok(Ok(rest)));
    world.give(1_000);
    assert_eq!(world.claim(5).value, Ok(Err(Closed)), "whatever it holds");
}

#[test]
fn a_sweep_pays_the_remainder_whoever_submits_it() {
    for submitter in Keyring::all() {
        let mut world = World::new();
        world.claim(FIRST_OF_KEY_1).value.unwrap().unwrap();
        world.give(5);
        world.at(DEADLINE + 1);
        let rest = world.list.total() - 1_000 + 5;
        let before = Keyring::all().map(|ring| world.holds(ring.account()));
        let sweep = at::<AlvDistributor>(world.distributor).sweep();
        assert_eq!(world.act(submitter, sweep).value, Ok(Ok(rest)));
        for (ring, before) in Keyring::all().into_iter().zip(before) {
            let paid = if ring == REMAINDER { rest } else { 0 };
            let holds = world.holds(ring.account());
            assert_eq!(holds, before + paid, "{ring:?} by {submitter:?}");
        }
        assert_eq!(world.held(), 0);
        assert_eq!(world.claimed_total(), 1_000, "a sweep is no claim");
    }
}

#[test]
fn a_sweep_of_nothing_is_refused() {
    let mut world = World::new();
    world.at(DEADLINE + 1);
    assert_eq!(world.sweep().value, Ok(Ok(world.list.total())));
    assert_eq!(world.sweep().value, Ok(Err(NothingLeft)));
    let mut never_funded = World::unfunded(List::small());
    never_funded.at(DEADLINE + 1);
    assert_eq!(never_funded.sweep().value, Ok(Err(NothingLeft)));
}

#[test]
fn what_arrives_after_a_sweep_can_be_swept() {
    let mut world = World::new();
    world.at(DEADLINE + 1);
    let mut swept = world.sweep().value.unwrap().unwrap();
    for late in [1, 500] {
        world.give(late);
        assert_eq!(world.sweep().value, Ok(Ok(late)));
        swept += late;
        assert_eq!(world.holds(REMAINDER.account()), swept);
        assert_eq!(world.sweep().value, Ok(Err(NothingLeft)));
    }
}
