//! Random actions by everybody, held against a model in plain Rust after each step.
//!
//! `make test` walks 20,000 steps; `make soak` as many as asked. What fails says its seed and its
//! world, and `make soak SEED=… WORLD=… STEPS=1` plays that world again.

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
use allive_support::walks;
use dice::Dice;
use pick::Picker;
use stage::Stage;
use std::{collections::VecDeque, thread};
use tally::Tally;

/// Steps of one of the four walks in `make test`, at least.
const STEPS: u64 = 5_000;
/// Steps in one world, before everything fails and everybody leaves.
const LIFE: u64 = 600;
/// Actions that a failure shows.
const SHOWN: usize = 12;

// Four, so that each core has one.

#[test]
fn everything_is_as_the_model_says_after_each_of_many_random_actions_1() {
    walk(1);
}

#[test]
fn everything_is_as_the_model_says_after_each_of_many_random_actions_2() {
    walk(2);
}

#[test]
fn everything_is_as_the_model_says_after_each_of_many_random_actions_3() {
    walk(3);
}

#[test]
fn everything_is_as_the_model_says_after_each_of_many_random_actions_4() {
    walk(4);
}

fn walk(seed: u64) {
    walks::walk(seed, STEPS, play).assert_complete();
}

/// Not in `make test`: `make soak` runs it, as the environment says.
#[test]
#[ignore = "as long as asked: make soak"]
fn soak() {
    walks::soak(play);
}

fn play(seed: u64, number: u64, tally: &mut Tally) {
    World::play(seed, number, tally);
}

/// A chain and its model, from the beginning until everything has failed and everybody has left.
struct World<'t> {
    seed: u64,
    number: u64,
    picker: Picker,
    stage: Stage,
    model: Model,
    tally: &'t mut Tally,
    step: u64,
    recent: VecDeque<String>,
}

impl<'t> World<'t> {
    fn play(seed: u64, number: u64, tally: &'t mut Tally) {
        let rich = number % 3 == 0;
        let (supply, wealth) = match rich {
            true => (u128::MAX, u128::MAX / 16),
            false => (SUPPLY, WEALTH),
        };
        let mut stage = Stage::new(supply, wealth);
        let (holds, allows) = stage.wealth();
        let model = Model::new(stage.world.now(), holds, allows);
        let mut world = Self {
            seed,
            number,
            picker: Picker {
                dice: Dice::new(seed, number),
                rich,
            },
            stage,
            model,
            tally,
            step: 0,
            recent: VecDeque::new(),
        };
        while world.step < LIFE {
            let (by, action) = world.picker.pick(&world.model);
            world.take(by, &action);
        }
        while let Some((by, action)) = world.picker.leave(&world.model) {
            world.take(by, &action);
        }
        assert_eq!(world.model.held, 0, "all ALV is where it belongs");
    }

    /// One action, in the model and on chain.
    fn take(&mut self, by: Who, action: &Action) {
        self.step += 1;
        if self.recent.len() == SHOWN {
            self.recent.pop_front();
        }
        self.recent.push_back(format!("{by:?}: {action:?}"));
        let before = self.model.clone();
        let right = self.model.act(by, action);
        let answer = self.stage.act(by, action);
        assert_eq!(answer, right, "the answer, and that of the model");
        self.stage.compare(&self.model);
        let other = self.picker.dice.one_of(&Who::ACTORS);
        laws::hold(&before, &self.model, by, other, action, &answer);
        self.tally.count(action, &answer);
    }
}

impl Drop for World<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let Self {
                seed, number, step, ..
            } = self;
            eprintln!("SEED={seed} WORLD={number}, step {step}; the last actions:");
            for action in &self.recent {
                eprintln!("  {action}");
            }
        }
    }
}
