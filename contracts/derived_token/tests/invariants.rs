//! All messages in any order, against a model in plain Rust.

use crate::world::*;
use allive_calls::Keyring;
use allive_derived_token_interface::DerivedToken as _;
use std::collections::BTreeMap;

const EVERYBODY: [Keyring; 4] = [FACTORY, HOLDER, OTHER, STRANGER];

/// What the token should be, without cells, encodings or errors.
#[derive(Default)]
struct Model {
    frozen: bool,
    balances: BTreeMap<Keyring, u128>,
    allowances: BTreeMap<(Keyring, Keyring), u128>,
}

impl Model {
    fn balance(&mut self, of: Keyring) -> &mut u128 {
        self.balances.entry(of).or_default()
    }

    /// Takes `value` from somebody who has it.
    fn take(&mut self, from: Keyring, value: u128) -> bool {
        let left = self.balance(from).checked_sub(value);
        left.inspect(|left| *self.balance(from) = *left).is_some()
    }

    /// What becomes of units that move at the word of their holder or of whom the holder allowed.
    fn pay(&mut self, by: Keyring, from: Keyring, to: Keyring, value: u128) -> bool {
        let allowed = self.allowances.get(&(from, by)).copied();
        let allowed = allowed.unwrap_or_default();
        if from == to || value == 0 {
            return true;
        }
        if self.frozen || (by != from && allowed < value) || !self.take(from, value) {
            return false;
        }
        *self.balance(to) += value;
        if by != from {
            self.allowances.insert((from, by), allowed - value);
        }
        true
    }
}

#[test]
fn any_sequence_of_messages_does_what_the_model_does() {
    let mut done = BTreeMap::<(u64, bool), [u32; 2]>::new();
    for seed in 1..=4 {
        let mut world = bare();
        let mut model = Model::default();
        let mut dice = Dice(seed);
        for step in 0..200 {
            let mut somebody = || EVERYBODY[dice.roll(4) as usize];
            let [from, to, stranger] = [somebody(), somebody(), somebody()];
            // Most messages of the factory are its own.
            let by = if dice.roll(4) == 0 { stranger } else { FACTORY };
            let value = u128::from(dice.roll(30));
            let kind = match dice.roll(60) {
                // Once in a while, so that most of the sequence is not frozen.
                0 => 6,
                other => other % 6,
            };
            let was_frozen = model.frozen;
            let (was_done, should_be) = match kind {
                0 => {
                    let may = by == FACTORY && !model.frozen;
                    if may {
                        *model.balance(to) += value * 3;
                    }
                    (world.answer(by, world.mint(to, value * 3)).is_ok(), may)
                }
                1 => {
                    let may = by == FACTORY && !model.frozen && model.take(from, value);
                    (world.answer(by, world.burn(from, value)).is_ok(), may)
                }
                2 => {
                    let held = *model.balance(from);
                    let may = by == FACTORY && model.take(from, held);
                    let answer = world.answer(by, world.burn_all(from));
                    assert!(answer.is_err() || answer == Ok(held));
                    (answer.is_ok(), may)
                }
                3 => {
                    let may = model.pay(from, from, to, value);
                    (world.answer(from, world.transfer(to, value)).is_ok(), may)
                }
                4 => {
                    let may = model.pay(stranger, from, to, value);
                    let answer = world.send(stranger, world.transfer_from(from, to, value));
                    (answer.value.unwrap().is_ok(), may)
                }
                5 => {
                    if from != stranger {
                        model.allowances.insert((from, stranger), value);
                    }
                    let answer = world.send(from, world.approve(stranger, value));
                    (answer.value.unwrap().is_ok(), true)
                }
                _ => {
                    let may = by == FACTORY && !model.frozen;
                    model.frozen |= may;
                    (world.answer(by, world.contract().freeze()).is_ok(), may)
                }
            };
            assert_eq!(was_done, should_be, "step {step} of {seed}, kind {kind}");
            done.entry((kind, was_frozen)).or_default()[usize::from(was_done)] += 1;
            let stored = stored_state(&mut world);
            assert_eq!(stored.frozen, model.frozen);
            model.balances.retain(|_, balance| *balance != 0);
            model.allowances.retain(|_, amount| *amount != 0);
            let balances = model.balances.iter();
            let balances = balances.map(|(who, balance)| (who.id(), *balance));
            assert_eq!(stored.balances, balances.collect());
            assert_eq!(stored.supply, model.balances.values().sum::<u128>());
            let allowances = model.allowances.iter();
            let allowances =
                allowances.map(|((owner, spender), amount)| ((owner.id(), spender.id()), *amount));
            assert_eq!(stored.allowances, allowances.collect());
        }
    }
    // The sequence is worth something only if it comes everywhere.
    for kind in 0..=6 {
        let [refused, succeeded] = done[&(kind, false)];
        assert!(succeeded > 0, "kind {kind} was never done");
        assert!(refused > 0 || kind == 5, "kind {kind} was never refused");
        let [refused, succeeded] = done[&(kind, true)];
        assert!(
            refused > 0 || kind == 5,
            "kind {kind} was never refused when frozen"
        );
        assert!(
            succeeded > 0 || ![2, 3, 4, 5].contains(&kind),
            "kind {kind} was never done when frozen"
        );
    }
}
