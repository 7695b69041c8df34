//! The stories of every contract on the older pallet, each a test by its name in
//! [`allive_scenarios::all`].

use allive_drink::{DrinkChain, GENESIS};
use libtest_mimic::{Arguments, Trial};

fn main() {
    let stories = allive_scenarios::all::<DrinkChain>().into_iter();
    let trials = stories.map(|(name, story)| {
        Trial::test(name, move || {
            story(&mut DrinkChain::new(), GENESIS);
            Ok(())
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}
