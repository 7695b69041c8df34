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
use dice::Dice;
use pick::Picker;
use stage::Stage;
use std::{
    collections::VecDeque,
    env,
    sync::{
        atomic::{AtomicBool, Ordering::Relaxed},
        Mutex,
    },
    thread,
    time::Instant,
};
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
    let mut tally = Tally::default();
    for number in 1.. {
        World::play(seed, number, &mut tally);
        if tally.steps() >= STEPS {
            break;
        }
    }
    println!("{tally}");
    tally.assert_complete();
}

/// Not in `make test`: `make soak` runs it, as the environment says.
#[test]
#[ignore = "as long as asked: make soak"]
fn soak() {
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let [seed, steps] = [asked("SEED", 1), asked("STEPS", 200_000)];
    let soak = Soak {
        begun: Instant::now(),
        failed: AtomicBool::new(false),
        next: Mutex::new(asked("WORLD", 1)),
        tally: Mutex::default(),
    };
    thread::scope(|threads| {
        for _ in 0..asked("JOBS", cores).max(1) {
            threads.spawn(|| soak.work(seed, steps));
        }
    });
    let tally = soak.tally.into_inner().unwrap();
    println!("{tally}");
    let (walked, seconds) = (tally.steps(), soak.begun.elapsed().as_secs());
    println!("soak: {walked} steps of seed {seed} agree with the model, {seconds} s");
}

/// A number from the environment.
fn asked(name: &str, or: u64) -> u64 {
    let value = env::var(name).unwrap_or_default();
    match value.replace(['_', ','], "").parse() {
        Ok(number) => number,
        Err(_) if value.is_empty() => or,
        Err(error) => panic!("{name}={value}: {error}"),
    }
}

/// Worlds on several threads.
struct Soak {
    begun: Instant,
    failed: AtomicBool,
    next: Mutex<u64>,
    tally: Mutex<Tally>,
}

impl Soak {
    fn work(&self, seed: u64, steps: u64) {
        while !self.failed.load(Relaxed) && self.tally.lock().unwrap().steps() < steps {
            let number = {
                let mut next = self.next.lock().unwrap();
                *next += 1;
                *next - 1
            };
            let mut tally = Tally::default();
            let stop = StopOthers(&self.failed);
            World::play(seed, number, &mut tally);
            std::mem::forget(stop);
            let mut all = self.tally.lock().unwrap();
            let share = |tally: &Tally| tally.steps() * 50 / steps.max(1);
            let before = share(&all);
            all.add(tally);
            if share(&all) > before {
                let (walked, seconds) = (all.steps(), self.begun.elapsed().as_secs_f64());
                let speed = walked as f64 / seconds;
                let left = steps.saturating_sub(walked) as f64 / speed;
                println!(
                    "{walked} of {steps} steps, {speed:.0} a second, {left:.0} s left; world {number}"
                );
            }
        }
    }
}

/// A failure anywhere ends the soak.
struct StopOthers<'s>(&'s AtomicBool);

impl Drop for StopOthers<'_> {
    fn drop(&mut self) {
        self.0.store(true, Relaxed);
    }
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
