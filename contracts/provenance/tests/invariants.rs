//! Random actions by everybody, held against a model after each. It knows of each piece who has
//! it, what is said of it and how it ended. [`StoredState::check`] holds after each, too; and in
//! the end everybody finds a way out.
//!
//! `make test` walks 20,000 steps; `make soak` as many as asked. What fails says its seed and its
//! world, and `make soak NAMES=provenance SEED=… WORLD=… STEPS=1` plays that world again.

mod compare;
mod leave;
mod measured;
mod model;
mod pick;
mod say;
mod tally;

use crate::world::*;
use allive_calls::{Deposit, Receipt, Typed};
use allive_merkle::Software;
use allive_olife_id_interface::Topic;
use allive_support::{acting::Dice, stored::StoredCells, walks, Cells};
use ink::primitives::AccountId;
use model::*;
use provenance::*;
use std::{collections::VecDeque, mem, thread};
use tally::Tally;

/// Steps of one of the four walks in `make test`, at least.
const STEPS: u64 = 5_000;
/// Steps in one world, before everybody leaves.
const LIFE: u64 = 250;
/// Actions that a failure shows.
const SHOWN: usize = 12;

// Four, so that each core has one.

#[test]
fn whatever_is_done_every_piece_has_one_run_one_holder_a_way_out_and_no_alert_is_lost_1() {
    walk(1);
}

#[test]
fn whatever_is_done_every_piece_has_one_run_one_holder_a_way_out_and_no_alert_is_lost_2() {
    walk(2);
}

#[test]
fn whatever_is_done_every_piece_has_one_run_one_holder_a_way_out_and_no_alert_is_lost_3() {
    walk(3);
}

#[test]
fn whatever_is_done_every_piece_has_one_run_one_holder_a_way_out_and_no_alert_is_lost_4() {
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
    Walk::play(seed, number, tally);
}

/// A chain and its model, from the beginning until everybody has left.
struct Walk<'t> {
    seed: u64,
    number: u64,
    dice: Dice,
    world: World,
    /// All that the contract stores, as the chain has it, and what that means.
    cells: Cells,
    state: StoredState,
    model: Model,
    tally: &'t mut Tally,
    step: u64,
    nonce: u64,
    recent: VecDeque<(AccountId, Action)>,
}

impl<'t> Walk<'t> {
    fn play(seed: u64, number: u64, tally: &'t mut Tally) {
        let mut world = begin();
        let cells = world.chain.cells(world.provenance);
        let state = StoredState::of(StoredCells::sorted(&cells));
        let mut walk = Self {
            seed,
            number,
            dice: Dice(mixed(seed, number)),
            world,
            cells,
            state,
            model: Model::new(),
            tally,
            step: 0,
            nonce: 0,
            recent: VecDeque::new(),
        };
        while walk.step < LIFE {
            walk.any_step();
        }
        walk.leave();
    }

    fn any_step(&mut self) {
        let now = self.world.now();
        let next = pick::anything(&mut self.dice, &self.model, &self.state, now);
        if let Some((by, action)) = next {
            let _ = self.take(by, action);
            self.world.advance(self.dice.roll(5));
        } else {
            self.world.advance(self.dice.roll(DELAY));
        }
    }

    /// One action on chain and in the model. What is refused changes nothing.
    fn take(&mut self, by: AccountId, action: Action) -> Result<Outcome, ProvenanceError> {
        self.step += 1;
        if self.recent.len() == SHOWN {
            self.recent.pop_front();
        }
        self.recent.push_back((by, action.clone()));
        let now = self.world.now();
        let right = self.model.must(by, &action, now);
        let receipt = self.sent(by, action.clone());
        let answer = receipt.value.unwrap();
        assert!(
            right.is_none_or(|right| right == answer.is_ok()),
            "{answer:?}"
        );
        assert!(receipt.frames <= self.world.most_frames);
        let cells = self.world.chain.cells(self.world.provenance);
        match answer {
            Err(error) => {
                assert_eq!(receipt.events, [], "a refusal emitted an event");
                assert_eq!(receipt.deposit, Deposit::default());
                assert!(cells == self.cells, "a refusal changed the contract");
                self.model.refused(by, &action, error);
            }
            Ok(outcome) => {
                let state = StoredState::of(StoredCells::sorted(&cells));
                state.check();
                let heard = receipt.events.into_iter().map(|event| (now, event));
                let heard: Vec<_> = heard.collect();
                self.world.replay.check(&heard, &state);
                let old = mem::replace(&mut self.state, state);
                self.cells = cells;
                let states = (&old, &self.state);
                self.model.done(by, &action, outcome, states, now);
                compare::stored(&self.model, &self.state);
            }
        }
        // Where nothing changed, all but the moment is as it was when somebody asked before.
        if answer.is_ok() || self.dice.roll(16) == 0 {
            self.ask();
        }
        self.tally.count(&action, &answer);
        answer
    }

    /// Now and then it is signed, and somebody else submits it.
    fn sent(&mut self, by: AccountId, action: Action) -> Receipt<Result<Outcome, ProvenanceError>> {
        if self.dice.roll(12) > 0 {
            let message = message(&self.world, None, action);
            return self.world.chain.send(by, message);
        }
        self.nonce += 1;
        let request = request_of(&mut self.world, by, action, self.nonce);
        let message = submitted(&self.world, by, &request);
        self.world.chain.send(STRANGER, message)
    }

    /// Everybody asks about a piece, and sometimes about another thing.
    fn ask(&mut self) {
        let (world, model, state) = (&mut self.world, &self.model, &self.state);
        let [index, other] = [self.dice.roll(COUNT), self.dice.roll(COUNT)];
        compare::answered(world, model, state, index);
        match self.dice.roll(16) {
            0 => compare::mislabelled(world, state, index, other),
            1..=4 if !model.made.is_empty() => {
                let number = self.dice.roll(model.made.len() as u64) as usize;
                compare::made(world, model, state, number);
            }
            _ => (),
        }
    }
}

impl Drop for Walk<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let Self {
                seed, number, step, ..
            } = self;
            eprintln!("SEED={seed} WORLD={number}, step {step}; the last actions:");
            for (by, action) in &self.recent {
                eprintln!("  {:?}: {action:?}", by.0[0]);
            }
        }
    }
}

/// The maker has the cold lot. Two others receive and dispense, and one prescription waits.
fn begin() -> World {
    let mut world = cold_lot();
    for pharmacy in [PHARMACY, WHOLESALER] {
        let both = Topic::PHARMACY.bit() | Topic::WHOLESALER.bit();
        attest(&mut world, pharmacy, both);
    }
    attest(&mut world, LABORATORY, Topic::CLINICIAN.bit());
    let expires = world.now() + LONGEST_PRESCRIPTION;
    let prescription = NewPrescription {
        commitment: COMMITMENT,
        lock: lock_of::<Software>(&secret(0)),
        fills: FILLS,
        expires,
    };
    let prescription = prescription.into();
    act(&mut world, LABORATORY, Action::Prescribe { prescription });
    world
}

/// Where the dice of a world begin: each has dice of its own, so that it can be played alone.
fn mixed(seed: u64, number: u64) -> u64 {
    let mut mixed = seed
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(number);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)).max(1)
}
