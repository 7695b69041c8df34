//! The scenarios on the embedded chain, each a test by its name in [`allive_scenarios::all`].

use allive_scenarios::{all, Scenario};
use allive_simulator::{EmbeddedChain, GENESIS};
use libtest_mimic::{Arguments, Trial};

fn main() {
    let scenarios = all::<EmbeddedChain>().into_iter();
    let trials = scenarios.map(|(name, scenario)| {
        Trial::test(name, move || {
            play_twice(scenario);
            Ok(())
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

/// The second time on a chain on which everything has happened before.
fn play_twice(scenario: Scenario<EmbeddedChain>) {
    let mut chain = EmbeddedChain::new();
    for _ in 0..2 {
        scenario(&mut chain, GENESIS);
    }
}
