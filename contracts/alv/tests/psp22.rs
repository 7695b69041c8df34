//! The standard: beside the reference token, and where ALV says more than it.

use crate::world::*;
use ::psp22::{PSP22Error, PSP22};
use allive_testkit::{psp22, Chain, Code, Event, Message, Receipt, Typed};
use ink::primitives::AccountId;
use scale::{Decode, Encode};
use std::collections::BTreeMap;

/// Two tokens on one chain: ALV and the reference.
struct Pair {
    world: World,
    reference: AccountId,
    /// Where the reference keeps balances and allowances.
    keys: [u32; 2],
}

type Answer = Receipt<Result<(), PSP22Error>>;
type Standing = (
    u128,
    BTreeMap<AccountId, u128>,
    BTreeMap<(AccountId, AccountId), u128>,
);

impl Pair {
    fn new(supply: u128) -> Self {
        let mut world = World::bare();
        world.alv = create(&mut world.chain, supply, u128::MAX, terms(), b"pair").unwrap();
        let code = Code::read("psp22").unwrap();
        let reference = allive_e2e::costs::psp22::deploy(&mut world.chain, &code, supply);
        let metadata: serde_json::Value = serde_json::from_str(&code.metadata).unwrap();
        let data = &metadata["storage"]["root"]["layout"]["struct"]["fields"][0];
        let fields = data["layout"]["struct"]["fields"]
            .as_array()
            .unwrap()
            .clone();
        let keys = ["balances", "allowances"].map(|name| {
            let field = fields.iter().find(|field| field["name"] == name).unwrap();
            let key = field["layout"]["root"]["root_key"].as_str().unwrap();
            u32::from_str_radix(&key[2..], 16).unwrap().swap_bytes()
        });
        Self {
            world,
            reference,
            keys,
        }
    }

    /// Sends one message to both, and holds the answers and what came of them against each other.
    fn send<Args: Encode>(
        &mut self,
        by: impl Party,
        message: impl Fn(AccountId) -> Message<Args, Result<(), PSP22Error>>,
    ) -> Answer {
        let chain = &mut self.world.chain;
        let ours = chain.send(by.id(), message(self.world.alv));
        let theirs = chain.send(by.id(), message(self.reference));
        let said = |events: &[Event]| -> Vec<_> {
            let both = events
                .iter()
                .map(|event| (event.topics.clone(), event.data.clone()));
            both.collect()
        };
        assert_eq!(ours.value, theirs.value);
        assert_eq!(said(&ours.events), said(&theirs.events));
        assert_eq!(ours.deposit.items, theirs.deposit.items);
        let books = self.world.books();
        let standing = (books.supply, books.balances, books.allowances);
        assert_eq!(standing, self.standing());
        ours
    }

    /// What the reference says of everybody, from its cells.
    fn standing(&mut self) -> Standing {
        let mut standing = Standing::default();
        for (key, value) in self.world.chain.cells(self.reference) {
            let mut key = &key[16..];
            let number = u128::decode(&mut &value[..]).unwrap();
            match u32::decode(&mut key).unwrap() {
                ROOT => standing.0 = number,
                cell if cell == self.keys[0] => {
                    standing.1.insert(Decode::decode(&mut key).unwrap(), number);
                }
                cell if cell == self.keys[1] => {
                    standing.2.insert(Decode::decode(&mut key).unwrap(), number);
                }
                other => panic!("an unknown cell {other:x}"),
            }
        }
        standing
    }

    /// Both tokens, asked by message.
    fn ask(&mut self, accounts: &[AccountId]) {
        let [ours, theirs] = [self.world.alv, self.reference].map(|token| {
            let chain = &mut self.world.chain;
            let mut answers = vec![chain.get(psp22(token).total_supply())];
            for account in accounts {
                answers.push(chain.get(psp22(token).balance_of(*account)));
                for spender in accounts {
                    answers.push(chain.get(psp22(token).allowance(*account, *spender)));
                }
            }
            answers
        });
        assert_eq!(ours, theirs);
    }
}

#[test]
fn any_sequence_does_what_it_does_to_the_reference_token() {
    for (seed, supply) in [(1, 100), (2, u128::MAX)] {
        let mut pair = Pair::new(supply);
        let mut dice = Dice(seed);
        let accounts = [OWNER, HOLDER, OTHER, STRANGER].map(Party::id);
        let mut outcomes = BTreeMap::new();
        for step in 0..200 {
            let mut somebody = || accounts[dice.roll(4) as usize];
            let [by, from, to] = [somebody(), somebody(), somebody()];
            let value = dice.amount();
            let data = vec![7; dice.roll(3) as usize];
            let kind = dice.roll(6);
            let answer = match kind {
                0 => pair.send(by, |token| psp22(token).transfer(to, value, data.clone())),
                1 | 2 => pair.send(by, |token| {
                    psp22(token).transfer_from(from, to, value, data.clone())
                }),
                3 => pair.send(by, |token| psp22(token).approve(to, value)),
                4 => pair.send(by, |token| psp22(token).increase_allowance(to, value)),
                _ => pair.send(by, |token| psp22(token).decrease_allowance(to, value)),
            };
            let outcome = match answer.value.unwrap() {
                Ok(()) if answer.events.is_empty() => "nothing".to_owned(),
                Ok(()) => "done".to_owned(),
                Err(error) => format!("{error:?}"),
            };
            *outcomes.entry((kind.max(1), outcome)).or_insert(0) += 1;
            if step % 50 == 49 {
                pair.ask(&accounts);
            }
        }
        // The sequence is worth something only if it comes everywhere.
        for wanted in [
            (1, "nothing"),
            (1, "done"),
            (1, "InsufficientAllowance"),
            (3, "nothing"),
            (3, "done"),
            (4, "nothing"),
            (4, "done"),
            (5, "nothing"),
            (5, "done"),
            (5, "InsufficientAllowance"),
        ] {
            let wanted = (wanted.0, wanted.1.to_owned());
            assert!(
                outcomes.contains_key(&wanted),
                "never {wanted:?}: {outcomes:?}"
            );
        }
    }
}

#[test]
fn the_edges_are_those_of_the_reference_token() {
    let mut pair = Pair::new(u128::MAX);
    let [a, b, c] = [OWNER, HOLDER, OTHER].map(Party::id);
    let max = u128::MAX;
    // All there is, to somebody, back, and more than there is.
    pair.send(a, |token| psp22(token).transfer(b, max, vec![]))
        .succeeded();
    let refused = pair.send(a, |token| psp22(token).transfer(b, 1, vec![]));
    assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientBalance)));
    pair.send(b, |token| psp22(token).transfer(a, max - 1, vec![]))
        .succeeded();
    // Paying oneself more than one has, and nothing from somebody who allowed nothing.
    pair.send(c, |token| psp22(token).transfer(c, max, vec![]))
        .succeeded();
    pair.send(c, |token| psp22(token).transfer_from(a, b, 0, vec![]))
        .succeeded();
    pair.send(c, |token| psp22(token).transfer_from(a, a, 5, vec![]))
        .succeeded();
    // The allowance is looked at before the balance.
    let refused = pair.send(c, |token| psp22(token).transfer_from(b, a, 9, vec![]));
    assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientAllowance)));
    pair.send(b, |token| psp22(token).approve(c, 9)).succeeded();
    let refused = pair.send(c, |token| psp22(token).transfer_from(b, a, 9, vec![]));
    assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientBalance)));
    // An allowance of everything is used up like any other, and does not overflow.
    pair.send(a, |token| psp22(token).approve(c, max))
        .succeeded();
    pair.send(a, |token| psp22(token).increase_allowance(c, 1))
        .succeeded();
    pair.send(c, |token| psp22(token).transfer_from(a, c, 10, vec![]))
        .succeeded();
    pair.send(a, |token| psp22(token).decrease_allowance(c, max - 10))
        .succeeded();
    let refused = pair.send(a, |token| psp22(token).decrease_allowance(c, 1));
    assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientAllowance)));
    // The owner needs no allowance of her own.
    pair.send(a, |token| psp22(token).transfer_from(a, b, 3, vec![]))
        .succeeded();
    pair.ask(&[a, b, c]);
}

#[test]
fn a_transfer_moves_the_value_and_says_so() {
    let mut world = World::new();
    let receipt = world.transfer(HOLDER, OTHER, 10).succeeded();
    assert_eq!(receipt.events, [world.transferred(HOLDER, OTHER, 10)]);
    assert_eq!(
        [world.balance(HOLDER), world.balance(OTHER)],
        [WEALTH - 10, 10]
    );
    assert_eq!(world.supply(), SUPPLY);
}

#[test]
fn more_than_the_balance_is_refused() {
    let mut world = World::new();
    for value in [WEALTH + 1, u128::MAX] {
        let refused = world.transfer(HOLDER, OTHER, value);
        assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientBalance)));
    }
    world.transfer(HOLDER, OTHER, WEALTH).succeeded();
}

#[test]
fn more_than_the_allowance_is_refused_and_another_spenders_does_not_count() {
    let mut world = World::new();
    world.approve(HOLDER, OTHER, 5).succeeded();
    let refused = world.transfer_from(OTHER, HOLDER, OTHER, 6);
    assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientAllowance)));
    let refused = world.transfer_from(STRANGER, HOLDER, STRANGER, 1);
    assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientAllowance)));
    let receipt = world.transfer_from(OTHER, HOLDER, STRANGER, 5).succeeded();
    let said = [
        world.approved(HOLDER, OTHER, 0),
        world.transferred(HOLDER, STRANGER, 5),
    ];
    assert_eq!(receipt.events, said);
    assert_eq!(world.allowance(HOLDER, OTHER), 0);
}

/// The reference cannot read such a message; ALV never looks at the bytes that follow the value.
#[test]
fn data_may_be_left_out_and_is_never_read() {
    let pair = Pair::new(SUPPLY);
    let (mut world, reference) = (pair.world, pair.reference);
    let [transfer, transfer_from] = [
        (ink::selector_bytes!("PSP22::transfer"), OTHER.id(), 3_u128).encode(),
        (
            ink::selector_bytes!("PSP22::transfer_from"),
            OWNER.id(),
            OTHER.id(),
            3_u128,
        )
            .encode(),
    ];
    for input in [&transfer, &transfer_from] {
        let theirs = world.chain.call(OWNER.id(), reference, input.clone());
        assert!(theirs.result.unwrap().reverted);
        // None, and a length that is not there.
        for rest in [&[][..], &[0xff, 0xff]] {
            let ours = world
                .chain
                .call(OWNER.id(), world.alv, [input, rest].concat());
            let returned = ours.result.unwrap();
            assert_eq!((returned.reverted, returned.data), (false, vec![0, 0]));
            assert_eq!(ours.events, [world.transferred(OWNER, OTHER, 3)]);
        }
        let short = input[..input.len() - 1].to_vec();
        let ours = world.chain.call(OWNER.id(), world.alv, short);
        assert!(ours.result.unwrap().reverted, "the value is read in full");
    }
    assert_eq!(world.balance(OTHER), 12);
}

#[test]
fn who_frees_a_cell_gets_its_deposit() {
    let mut world = World::new();
    world.approve(HOLDER, OTHER, 5).succeeded();
    let coins = world.coins(HOLDER);
    let receipt = world.approve(HOLDER, OTHER, 0).succeeded();
    assert_eq!(receipt.deposit.items, -1);
    assert!(world.coins(HOLDER) > coins, "what the owner takes back");
    world.approve(HOLDER, OTHER, 5).succeeded();
    let (owner, spender) = (world.coins(HOLDER), world.coins(OTHER));
    world.transfer_from(OTHER, HOLDER, OWNER, 5).succeeded();
    assert_eq!(world.coins(HOLDER), owner);
    assert!(world.coins(OTHER) > spender, "what the spender uses up");
}
