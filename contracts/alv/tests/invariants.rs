//! All messages in any order, against a model in plain Rust.

use crate::world::*;
use ::psp22::{PSP22Burnable, PSP22Mintable, PSP22};
use allive_access::Pausable;
use allive_calls::{at, psp22, Chain, Keyring};
use allive_requests::{Domain, Signature};
use allive_simulator::GENESIS;
use allive_support::tokens::payments;
use alv::{Action, Alv, Request, PURPOSE, VAULT};
use std::collections::BTreeMap;

/// What the token should be, without cells, encodings or errors.
struct Model {
    supply: u128,
    balances: BTreeMap<Keyring, u128>,
    allowances: BTreeMap<(Keyring, Keyring), u128>,
    nonces: BTreeMap<Keyring, u64>,
    paused: u64,
}

impl Model {
    /// All of the payments by `from`, or none.
    fn pay(&mut self, now: u64, from: Keyring, list: &[(Keyring, u128)]) -> bool {
        let list = list.iter().filter(|(to, _)| *to != from);
        let sum: u128 = list.clone().map(|(_, value)| value).sum();
        let covered = from != OTHER && now < self.paused;
        if covered || sum > self.balance(from) {
            return false;
        }
        *self.balances.entry(from).or_default() -= sum;
        for (to, value) in list {
            *self.balances.entry(*to).or_default() += value;
        }
        true
    }

    fn balance(&self, of: Keyring) -> u128 {
        self.balances.get(&of).copied().unwrap_or_default()
    }
}

/// In the model, `OTHER` is the vault; the world checks sums, zeros and refusals at every step.
#[test]
fn any_sequence_of_messages_does_what_the_model_does() {
    let mut world = World::new();
    world.grant(VAULT, OTHER);
    let mut model = Model {
        supply: SUPPLY,
        balances: [(OWNER, SUPPLY - WEALTH), (HOLDER, WEALTH)].into(),
        allowances: BTreeMap::new(),
        nonces: BTreeMap::new(),
        paused: 0,
    };
    let mut dice = Dice(3);
    let mut done = BTreeMap::<u64, [u32; 2]>::new();
    for step in 0..300 {
        world.chain.advance(dice.roll(60));
        let now = world.chain.now();
        let actors = [HOLDER, OTHER, STRANGER, ISSUER];
        let mut somebody = || actors[dice.roll(4) as usize];
        let [by, from, to] = [somebody(), somebody(), somebody()];
        let value = u128::from(1 + dice.roll(400));
        let token = || at::<Alv>(world.alv);
        let kind = dice.roll(8);
        let (was_done, should_be) = match kind {
            0 => {
                let message = token().mint(value * 500);
                let fits = by == ISSUER && model.supply + value * 500 <= CAP;
                if fits {
                    model.supply += value * 500;
                    *model.balances.entry(by).or_default() += value * 500;
                }
                (world.answer(by, message).is_ok(), fits)
            }
            1 => {
                let message = token().burn(value * 100);
                let has = model.balance(by) >= value * 100;
                if has {
                    model.supply -= value * 100;
                    *model.balances.entry(by).or_default() -= value * 100;
                }
                (world.answer(by, message).is_ok(), has)
            }
            2 => {
                let answer = world.send(by, world.transfer(to, value));
                let paid = by == to || model.pay(now, by, &[(to, value)]);
                (answer.value.unwrap().is_ok(), paid)
            }
            3 => {
                let list = [(to, value), (from, 1), (by, value)];
                let plain = list.map(|(to, value)| (to.id(), value));
                let message = token().transfer_many(payments(&plain));
                let answer = world.send(by, message);
                (answer.value.unwrap().is_ok(), model.pay(now, by, &list))
            }
            4 => {
                if by != to {
                    model.allowances.insert((by, to), value);
                }
                let message = psp22(world.alv).approve(to.id(), value);
                (world.answer(by, message).is_ok(), true)
            }
            5 => {
                let answer = world.send(by, world.transfer_from(from, to, value));
                let allowed = model.allowances.get(&(from, by)).copied();
                let allowed = allowed.unwrap_or_default();
                let paid = from == to
                    || ((by == from || allowed >= value) && model.pay(now, from, &[(to, value)]));
                if paid && from != to && by != from {
                    model.allowances.insert((from, by), allowed - value);
                }
                (answer.value.unwrap().is_ok(), paid)
            }
            6 => {
                let nonce = model.nonces.entry(from).or_default();
                let request = Request {
                    signer: from.id().into(),
                    action: Action::Transfer {
                        to: to.id().into(),
                        value,
                    },
                    nonce: *nonce,
                    deadline: now,
                };
                let bytes = request.message(&Domain {
                    purpose: &PURPOSE,
                    chain: &GENESIS,
                    contract: &world.alv,
                });
                let signature = Signature::Sr25519(from.sign(bytes.raw()));
                let message = token().act_for(request, signature);
                let used = *nonce + 1;
                let paid = from == to || model.pay(now, from, &[(to, value)]);
                if paid {
                    model.nonces.insert(from, used);
                }
                (world.answer(by, message).is_ok(), paid)
            }
            _ => {
                let begins = model.paused == 0 || now >= model.paused + COOLDOWN;
                let ends = now < model.paused;
                let answer = if ends {
                    let message = token().unpause();
                    model.paused = now;
                    world.send(GUARD, message)
                } else {
                    let message = token().pause();
                    if begins {
                        model.paused = now + DURATION;
                    }
                    world.send(GUARD, message)
                };
                (answer.value.unwrap().is_ok(), begins || ends)
            }
        };
        assert_eq!(was_done, should_be, "step {step}, kind {kind}");
        done.entry(kind).or_default()[usize::from(was_done)] += 1;
        let stored = stored_state(&mut world);
        assert_eq!(stored.supply, model.supply);
        assert_eq!(stored.paused_until, model.paused);
        for who in Keyring::all() {
            let balance = stored.balances.get(&who.id()).copied();
            assert_eq!(balance.unwrap_or_default(), model.balance(who));
            let signed = model.nonces.get(&who).copied().unwrap_or_default();
            let used = (0..=signed / 128).map(|cell| stored.nonces.get(&(who.id(), cell)));
            let used = used.map(|bits| bits.map_or(0, |bits| u64::from(bits.count_ones())));
            assert_eq!(used.sum::<u64>(), signed);
        }
        model.allowances.retain(|_, amount| *amount != 0);
        let allowances = model.allowances.iter();
        let allowances =
            allowances.map(|((owner, spender), amount)| ((owner.id(), spender.id()), *amount));
        assert_eq!(stored.allowances, allowances.collect());
    }
    for (kind, [refused, done]) in done {
        assert!(done > 0, "kind {kind} was never done");
        assert!(refused > 0 || kind == 4, "kind {kind} was never refused");
    }
}
