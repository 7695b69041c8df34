//! Random actions by four accounts, held against a model in plain Rust after each step.

mod model;
mod run;

use crate::world::*;
use allive_calls::{at, psp22};
use olife_nexus::*;
use psp22::PSP22;
use run::Run;

const STEPS: u32 = 800;

#[test]
fn every_unit_is_accounted_for_after_each_of_many_random_actions() {
    std::thread::scope(|threads| {
        for seed in [3, 7] {
            threads.spawn(move || run(seed));
        }
    });
}

fn run(seed: u64) {
    let mut run = Run::new(seed);
    for step in 0..STEPS {
        let action = run.step();
        run.compare(&format!("seed {seed}, step {step}: {action}"));
    }
    run.everybody_leaves();
    // A run that only ever gets refused proves nothing.
    assert_eq!(run.succeeded.len(), 11);
    assert!(
        run.succeeded.values().all(|count| *count >= 3),
        "{:?}",
        run.succeeded
    );
}

#[test]
fn the_queries_say_what_the_cells_hold() {
    let mut run = Run::new(7);
    for _ in 0..150 {
        run.step();
    }
    let mut world = run.world;
    let (token, nexus) = (world.alv, world.nexus);
    let stored = stored_state(&mut world);
    let ask = || at::<OlifeNexus>(nexus);
    assert_eq!(world.get(ask().owed()), stored.owed);
    let counts = [
        world.get(ask().record_count()),
        world.get(ask().grant_count()),
    ];
    assert_eq!(counts, stored.counts);
    for record in 0..=counts[0] {
        assert_eq!(
            record_of(&mut world, record).as_ref(),
            stored.records.get(&record)
        );
    }
    for grant in 0..=counts[1] {
        assert_eq!(
            grant_of(&mut world, grant).as_ref(),
            stored.grants.get(&grant)
        );
    }
    for actor in ACTORS {
        assert_eq!(
            world.get(world.contract().credit_of(actor)),
            stored.credits.get(&actor).map_or(0, |credit| credit.amount)
        );
        let held = world.holds(actor);
        assert_eq!(world.get(psp22(token).balance_of(actor)), held);
    }
}
