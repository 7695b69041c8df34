//! Random actions by everybody, held against a model in plain Rust after each step.
//!
//! `make test` walks 20,000 steps; `make soak` as many as asked. A walk that fails says its seed, and
//! `make soak SEED=… STEPS=…` walks it again.

mod dice;
mod laws;
mod pick;
mod pick_others;
mod stage;
mod state;
mod tally;

use crate::{
    model::{Action, Model, Who},
    world::{SUPPLY, WEALTH},
};
use allive_testkit::Chain;
use dice::Dice;
use pick::Picker;
use stage::Stage;
use std::{collections::VecDeque, env, time::Instant};
use tally::Tally;

/// Steps of one of the four walks in `make test`.
const STEPS: u64 = 5_000;
/// Steps in one world, before everything fails and everybody leaves.
const LIFE: u64 = 600;
/// Actions that a failure shows.
const SHOWN: usize = 12;

#[test]
fn everything_is_as_the_model_says_after_each_of_many_random_actions_1() {
    walk(1, STEPS).assert_complete();
}

#[test]
fn everything_is_as_the_model_says_after_each_of_many_random_actions_2() {
    walk(2, STEPS).assert_complete();
}

#[test]
fn everything_is_as_the_model_says_after_each_of_many_random_actions_3() {
    walk(3, STEPS).assert_complete();
}

#[test]
fn everything_is_as_the_model_says_after_each_of_many_random_actions_4() {
    walk(4, STEPS).assert_complete();
}

/// Not in `make test`: `make soak` runs it, with `STEPS` and `SEED` of the environment.
#[test]
#[ignore = "as long as asked: make soak"]
fn soak() {
    let number = |name: &str, or: u64| {
        let value = env::var(name).unwrap_or_default();
        match value.replace(['_', ','], "").parse() {
            Ok(number) => number,
            Err(_) if value.is_empty() => or,
            Err(error) => panic!("{name}={value}: {error}"),
        }
    };
    let (steps, seed) = (number("STEPS", 200_000), number("SEED", 1));
    let tally = walk(seed, steps);
    println!("{tally}");
    println!("soak: passed, {steps} steps, seed {seed}");
}

fn walk(seed: u64, steps: u64) -> Tally {
    let begun = Instant::now();
    let mut walk = Walk {
        seed,
        picker: Picker {
            dice: Dice(seed),
            rich: false,
        },
        tally: Tally::default(),
        recent: VecDeque::new(),
        step: 0,
        worlds: 0,
    };
    let mut shown = 0;
    while walk.step < steps {
        walk.world((steps - walk.step).min(LIFE));
        let tenth = walk.step * 10 / steps;
        if tenth > shown {
            shown = tenth;
            let seconds = begun.elapsed().as_secs_f64();
            let speed = walk.step as f64 / seconds;
            let Walk { step, worlds, .. } = walk;
            println!("seed {seed}: {step} of {steps} steps, {worlds} worlds, {speed:.0} a second");
        }
    }
    std::mem::take(&mut walk.tally)
}

struct Walk {
    seed: u64,
    picker: Picker,
    tally: Tally,
    recent: VecDeque<String>,
    step: u64,
    worlds: u64,
}

impl Walk {
    /// A world from its beginning to its end, of so many steps and those that it takes to leave.
    fn world(&mut self, steps: u64) {
        self.worlds += 1;
        self.picker.rich = self.worlds % 3 == 0;
        let (supply, wealth) = match self.picker.rich {
            true => (u128::MAX, u128::MAX / 16),
            false => (SUPPLY, WEALTH),
        };
        let mut stage = Stage::new(supply, wealth);
        let (holds, allows) = stage.wealth();
        let mut model = Model::new(stage.world.chain.now(), holds, allows);
        self.recent.clear();
        for _ in 0..steps {
            let (by, action) = self.picker.pick(&model);
            self.take(&mut stage, &mut model, by, &action);
        }
        while let Some((by, action)) = self.picker.leave(&model) {
            self.take(&mut stage, &mut model, by, &action);
        }
        assert_eq!(model.held, 0, "all ALV is where it belongs");
    }

    /// One action, in the model and on chain.
    fn take(&mut self, stage: &mut Stage, model: &mut Model, by: Who, action: &Action) {
        self.step += 1;
        if self.recent.len() == SHOWN {
            self.recent.pop_front();
        }
        self.recent.push_back(format!("{by:?}: {action:?}"));
        let before = model.clone();
        let right = model.act(by, action);
        let answer = stage.act(by, action);
        assert_eq!(answer, right, "the answer, and that of the model");
        stage.compare(model);
        let other = self.picker.dice.one_of(&Who::ACTORS);
        laws::hold(&before, model, by, other, action, &answer);
        self.tally.count(action, &answer);
    }
}

impl Drop for Walk {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Self {
                seed, step, recent, ..
            } = self;
            eprintln!(
                "seed {seed}, step {step}, world {}; the last actions:",
                self.worlds
            );
            for action in recent {
                eprintln!("  {action}");
            }
        }
    }
}
