//! A chain on which every step of a scenario is checked.

use allive_calls::{
    parts, psp22, read, Chain, Code, Constructor, Created, Deposit, Event, Keyring, Message, Typed,
};
use allive_requests::ChainId;
pub use allive_support::{
    acting::{approved as allowed, emitted as said, moved as paid},
    code,
};
use ink::{
    env::{
        call::{ConstructorReturnType, FromAccountId},
        DefaultEnvironment,
    },
    primitives::AccountId,
};
use psp22::PSP22;
use scale::{Decode, Encode};
use std::fmt::Debug;

pub const MINUTE: u64 = 60_000;
pub const HOUR: u64 = 60 * MINUTE;
pub const DAY: u64 = 24 * HOUR;

/// A chain, and what tells the contracts of this scenario from those of earlier ones.
pub struct Stage<'c, C> {
    pub chain: &'c mut C,
    pub genesis: ChainId,
    salt: (u64, u32),
}

impl<'c, C: Chain> Stage<'c, C> {
    /// Begins a scenario, at a moment of its own.
    pub fn open(chain: &'c mut C, genesis: ChainId) -> Self {
        // A node knows no time before its first block.
        chain.advance(1);
        let salt = (chain.now(), 0);
        Self {
            chain,
            genesis,
            salt,
        }
    }

    /// Creates a contract, which must succeed.
    #[track_caller]
    pub fn create<Ref, Args, R>(
        &mut self,
        by: AccountId,
        code: &Code,
        constructor: Constructor<Ref, Args, R>,
    ) -> Created
    where
        Args: Encode,
        Ref: FromAccountId<DefaultEnvironment>,
        R: ConstructorReturnType<Ref>,
        <R as ConstructorReturnType<Ref>>::Error: Decode + Debug,
    {
        self.salt.1 += 1;
        match self
            .chain
            .create(by, code, constructor, &self.salt.encode())
        {
            Ok(Ok(created)) => created,
            other => panic!("{} was not created: {other:?}", code.name),
        }
    }

    /// Sends a message that must succeed. Returns its answer, and every event.
    #[track_caller]
    pub fn accept<Args: Encode, R: Decode, E: Decode + Debug>(
        &mut self,
        by: AccountId,
        message: Message<Args, Result<R, E>>,
    ) -> (R, Vec<Event>) {
        match self.act(by, message) {
            (Ok(answer), events, _) => (answer, events),
            (Err(error), ..) => panic!("refused: {error:?}"),
        }
    }

    /// Sends a message that must be refused so, which stores nothing and emits nothing.
    #[track_caller]
    pub fn refuse<Args: Encode, R: Decode + Debug, E: Decode + Debug + PartialEq>(
        &mut self,
        by: AccountId,
        message: Message<Args, Result<R, E>>,
        expected: E,
    ) {
        let (answer, events, deposit) = self.act(by, message);
        match answer {
            Err(error) => assert_eq!(error, expected),
            Ok(answer) => panic!("not refused, but answered: {answer:?}"),
        }
        assert_eq!(events, [], "refused, and said something");
        assert_eq!(deposit, Deposit::default(), "refused, and stored something");
    }

    /// Sends a message. What a dry run foretold must come.
    #[track_caller]
    fn act<Args: Encode, R: Decode>(
        &mut self,
        by: AccountId,
        message: Message<Args, R>,
    ) -> (R, Vec<Event>, Deposit) {
        let (contract, input) = parts(message);
        let foretold = self.chain.dry_run(by, contract, input.clone()).result;
        let outcome = self.chain.call(by, contract, input);
        assert_eq!(
            outcome.result, foretold,
            "a dry run foretold something else"
        );
        match read(outcome.result) {
            Ok(answer) => (answer, outcome.events, outcome.deposit),
            Err(failure) => panic!("{failure}"),
        }
    }

    /// What an account holds.
    #[track_caller]
    pub fn held(&mut self, alv: AccountId, owner: AccountId) -> u128 {
        self.chain.get(psp22(alv).balance_of(owner))
    }

    /// Asserts who holds how much, and that nobody else holds any.
    #[track_caller]
    pub fn holdings<const N: usize>(&mut self, alv: AccountId, expected: [(AccountId, u128); N]) {
        let held = expected.map(|(owner, _)| (owner, self.held(alv, owner)));
        assert_eq!(held, expected);
        let sum: u128 = held.iter().map(|(_, units)| units).sum();
        assert_eq!(self.chain.get(psp22(alv).total_supply()), sum);
    }

    /// Lets time pass until `moment`, or a little longer.
    #[track_caller]
    pub fn wait_until(&mut self, moment: u64) {
        match moment.checked_sub(self.chain.now()) {
            Some(wait) => self.chain.advance(wait),
            None => panic!("the moment {moment} has passed: the scenario leaves too little time"),
        }
    }
}

/// Everybody who acts.
pub fn actors() -> [AccountId; 8] {
    Keyring::all().map(Keyring::account)
}
