//! Any token of the suite beside the reference token of PSP22: what one does, the other must do.

use crate::{
    acting::{moved, Dice, Party, Succeeded},
    interface,
    tokens::deploy_reference,
};
use allive_calls::{psp22, Chain, Code, Event, Keyring, Message, Receipt, Typed};
use allive_simulator::EmbeddedChain;
use ink::primitives::AccountId;
use psp22::{PSP22Error, PSP22};
use scale::{Decode, Encode};
use std::collections::BTreeMap;

/// Holds all there is at first.
const HOLDER: Keyring = Keyring::Alice;

/// What a token says of everybody, from its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// All units in being.
    pub supply: u128,
    /// Who holds how much.
    pub balances: BTreeMap<AccountId, u128>,
    /// Owner and spender: how much is allowed.
    pub allowances: BTreeMap<(AccountId, AccountId), u128>,
}

/// A token to be held against the reference.
#[derive(Clone, Copy)]
pub struct Token {
    /// Creates it, with so many units in the hands of Alice.
    pub create: fn(&mut EmbeddedChain, u128) -> AccountId,
    /// Reads its cells.
    pub standing: fn(&mut EmbeddedChain, AccountId) -> Standing,
}

type Answer = Receipt<Result<(), PSP22Error>>;

/// Two tokens on one chain.
struct Pair {
    chain: EmbeddedChain,
    ours: AccountId,
    reference: AccountId,
    standing: fn(&mut EmbeddedChain, AccountId) -> Standing,
    /// Where the reference keeps balances and allowances.
    keys: [u32; 2],
}

impl Pair {
    fn new(token: Token, supply: u128) -> Self {
        let mut chain = EmbeddedChain::new();
        let ours = (token.create)(&mut chain, supply);
        let code = match Code::read("psp22") {
            Ok(code) => code,
            Err(error) => panic!("{error}"),
        };
        let reference = deploy_reference(&mut chain, &code, supply);
        Self {
            chain,
            ours,
            reference,
            standing: token.standing,
            keys: ["balances", "allowances"].map(key_of_the_reference),
        }
    }

    /// Sends one message to both, and holds the answers and what came of them against each other.
    fn send<Args: Encode>(
        &mut self,
        by: impl Party,
        message: impl Fn(AccountId) -> Message<Args, Result<(), PSP22Error>>,
    ) -> Answer {
        let ours = self.chain.send(by.id(), message(self.ours));
        let theirs = self.chain.send(by.id(), message(self.reference));
        let said = |events: &[Event]| -> Vec<_> {
            let both = events
                .iter()
                .map(|event| (event.topics.clone(), event.data.clone()));
            both.collect()
        };
        assert_eq!(ours.value, theirs.value);
        assert_eq!(said(&ours.events), said(&theirs.events));
        assert_eq!(ours.deposit.items, theirs.deposit.items);
        let standing = (self.standing)(&mut self.chain, self.ours);
        assert_eq!(standing, self.standing_of_the_reference());
        ours
    }

    fn standing_of_the_reference(&mut self) -> Standing {
        let mut standing = Standing::default();
        let [balances, allowances] = self.keys;
        for (key, value) in self.chain.cells(self.reference) {
            // The chain puts sixteen bytes of a hash before the key.
            let mut key = &key[16..];
            let number = read(&mut &value[..]);
            match read::<u32>(&mut key) {
                0 => standing.supply = number,
                cell if cell == balances => {
                    standing.balances.insert(read(&mut key), number);
                }
                cell if cell == allowances => {
                    standing.allowances.insert(read(&mut key), number);
                }
                other => panic!("an unknown cell {other:x}"),
            }
        }
        standing
    }

    /// Both tokens, asked by message.
    fn ask(&mut self, accounts: &[AccountId]) {
        let [ours, theirs] = [self.ours, self.reference].map(|token| {
            let mut answers = vec![self.chain.get(psp22(token).total_supply())];
            for account in accounts {
                answers.push(self.chain.get(psp22(token).balance_of(*account)));
                for spender in accounts {
                    answers.push(self.chain.get(psp22(token).allowance(*account, *spender)));
                }
            }
            answers
        });
        assert_eq!(ours, theirs);
    }
}

fn key_of_the_reference(name: &str) -> u32 {
    let metadata = interface::metadata("psp22");
    let data = &metadata["storage"]["root"]["layout"]["struct"]["fields"][0];
    let fields = data["layout"]["struct"]["fields"].as_array();
    let key = fields
        .into_iter()
        .flatten()
        .find(|field| field["name"] == name)
        .and_then(|field| field["layout"]["root"]["root_key"].as_str())
        .and_then(|key| u32::from_str_radix(key.trim_start_matches("0x"), 16).ok());
    match key {
        // Metadata shows the four bytes of the key in the order in which they are stored.
        Some(key) => key.swap_bytes(),
        None => panic!("the reference has no cells for `{name}`"),
    }
}

/// Reads a key or a value of storage.
///
/// # Panics
/// If it is no `T`.
pub fn read<T: Decode>(bytes: &mut &[u8]) -> T {
    match T::decode(bytes) {
        Ok(value) => value,
        Err(error) => panic!("a cell that cannot be read: {error}"),
    }
}

/// Four parties send 200 random messages of the standard to both tokens.
///
/// # Panics
/// If the tokens differ, or the messages do not come everywhere.
pub fn any_sequence_does_what_it_does_to_the_reference(token: Token) {
    for (seed, supply) in [(1, 100), (2, u128::MAX)] {
        let mut pair = Pair::new(token, supply);
        let mut dice = Dice(seed);
        let accounts = [HOLDER, Keyring::Bob, Keyring::Charlie, Keyring::Eve].map(Party::id);
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
            let outcome = match answer.value {
                Ok(Ok(())) if answer.events.is_empty() => "nothing".to_owned(),
                Ok(Ok(())) => "done".to_owned(),
                Ok(Err(error)) => format!("{error:?}"),
                Err(failure) => panic!("{failure}"),
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

/// The largest numbers, the last unit, oneself, nothing, and the order of errors.
///
/// # Panics
/// If the tokens differ.
pub fn the_edges_are_those_of_the_reference(token: Token) {
    let max = u128::MAX;
    let mut pair = Pair::new(token, max);
    let [a, b, c] = [HOLDER, Keyring::Bob, Keyring::Charlie].map(Party::id);
    let mut transfer = |by: AccountId, to, value| {
        let answer = pair.send(by, |token| psp22(token).transfer(to, value, vec![]));
        answer.value
    };
    // All there is, to somebody, back, and more than there is.
    assert_eq!(transfer(a, b, max), Ok(Ok(())));
    let refused = transfer(a, b, 1);
    assert_eq!(refused, Ok(Err(PSP22Error::InsufficientBalance)));
    assert_eq!(transfer(b, a, max - 1), Ok(Ok(())));
    // Paying oneself more than one has.
    assert_eq!(transfer(c, c, max), Ok(Ok(())));
    let mut spend = |by: AccountId, from, to, value| {
        let answer = pair.send(by, |token| {
            psp22(token).transfer_from(from, to, value, vec![])
        });
        answer.value
    };
    // Nothing from somebody who allowed nothing, and whatever from an account to itself.
    assert_eq!(spend(c, a, b, 0), Ok(Ok(())));
    assert_eq!(spend(c, a, a, 5), Ok(Ok(())));
    // The allowance is looked at before the balance.
    let refused = spend(c, b, a, 9);
    assert_eq!(refused, Ok(Err(PSP22Error::InsufficientAllowance)));
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

/// Neither token can read a message whose data are left out or cut short; what they are is nobody's
/// business.
///
/// # Panics
/// If a token does not.
pub fn data_must_be_bytes_and_are_never_looked_at(token: Token) {
    let mut pair = Pair::new(token, 1_000);
    let [owner, payee] = [HOLDER, Keyring::Charlie].map(Party::id);
    let transfer = (ink::selector_bytes!("PSP22::transfer"), payee, 3_u128).encode();
    let selector = ink::selector_bytes!("PSP22::transfer_from");
    let transfer_from = (selector, owner, payee, 3_u128).encode();
    for input in [&transfer, &transfer_from] {
        for token in [pair.ours, pair.reference] {
            let mut call = |data: &[u8]| {
                let outcome = pair.chain.call(owner, token, [input, data].concat());
                let answer = outcome.result.map(|said| (said.reverted, said.data));
                (answer, outcome.events)
            };
            // None, a length that is not there, and fewer bytes than their length says.
            for rest in [&[][..], &[0xff, 0xff], &[12, 1, 2]] {
                assert_eq!(call(rest), (Ok((true, vec![1, 1])), vec![]));
            }
            for data in [vec![], vec![0xff; 3], vec![7; 1_000]] {
                let (answer, events) = call(&data.encode());
                assert_eq!(answer, Ok((false, vec![0, 0])));
                assert_eq!(events, [moved(token, Some(owner), Some(payee), 3)]);
            }
        }
    }
    let held = (pair.standing)(&mut pair.chain, pair.ours).balances[&payee];
    assert_eq!(held, 18);
}
