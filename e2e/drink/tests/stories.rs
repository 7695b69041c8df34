//! The stories of every contract, on the older pallet.

use allive_drink::{DrinkChain, GENESIS};
use std::time::Instant;

/// Plays the stories of one contract.
fn play(contract: &str) {
    let mut played = 0;
    for (name, story) in allive_scenarios::all::<DrinkChain>() {
        if name.split("::").next() == Some(contract) {
            let begun = Instant::now();
            story(&mut DrinkChain::new(), GENESIS);
            println!("{name}: {:.1} s", begun.elapsed().as_secs_f32());
            played += 1;
        }
    }
    assert!(played > 0, "no story of {contract}");
}

macro_rules! stories {
    ($($contract:ident)*) => {
        $(#[test]
        fn $contract() {
            play(stringify!($contract));
        })*

        #[test]
        fn no_contract_is_left_out() {
            let played = [$(stringify!($contract)),*];
            for (name, _) in allive_scenarios::all::<DrinkChain>() {
                let contract = name.split("::").next().unwrap_or_default();
                assert!(played.contains(&contract), "{name} is not played");
            }
        }
    };
}

stories! {
    alv
    alv_distributor
    council
    derived_factory
    olife_id
    olife_nexus
}
