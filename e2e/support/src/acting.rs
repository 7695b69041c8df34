//! What tests of tokens act with: parties, messages, dice, and the events that they expect.

use allive_calls::{psp22, Event, Keyring, Message, Receipt};
use ink::{
    env::{
        event::TopicsBuilderBackend,
        hash::{Blake2x256, CryptoHash},
        DefaultEnvironment,
    },
    primitives::AccountId,
};
use psp22::{Approval, PSP22Error, Transfer, PSP22};
use scale::Encode;
use std::{fmt::Debug, sync::LazyLock};

/// Whoever has an account.
pub trait Party: Copy {
    /// The account.
    fn id(self) -> AccountId;
}

impl Party for Keyring {
    fn id(self) -> AccountId {
        // Deriving a key from its phrase takes longer than most messages.
        static ACCOUNTS: LazyLock<[AccountId; 8]> =
            LazyLock::new(|| Keyring::all().map(Keyring::account));
        ACCOUNTS[self as usize]
    }
}

impl Party for AccountId {
    fn id(self) -> AccountId {
        self
    }
}

/// A receipt of which the test goes on only if it tells of success.
pub trait Succeeded {
    /// The receipt itself.
    ///
    /// # Panics
    /// If it tells of anything else.
    fn succeeded(self) -> Self;
}

impl<T, E: Debug> Succeeded for Receipt<Result<T, E>> {
    #[track_caller]
    fn succeeded(self) -> Self {
        match &self.value {
            Ok(Ok(_)) => self,
            Ok(Err(error)) => panic!("refused: {error:?}"),
            Err(failure) => panic!("failed: {failure}"),
        }
    }
}

/// What PSP22's messages answer where the standard has no word of its own.
pub fn custom(reason: &str) -> PSP22Error {
    PSP22Error::Custom(reason.into())
}

type Answer = Result<(), PSP22Error>;

/// The messages of a token, of any accounts and without data, and its events.
pub trait Psp22Token: Copy {
    /// Where the token is.
    fn token(self) -> AccountId;

    /// `PSP22::transfer`.
    fn transfer(self, to: impl Party, value: u128) -> Message<impl Encode, Answer> {
        psp22(self.token()).transfer(to.id(), value, vec![])
    }

    /// `PSP22::transfer_from`.
    fn transfer_from(
        self,
        from: impl Party,
        to: impl Party,
        value: u128,
    ) -> Message<impl Encode, Answer> {
        psp22(self.token()).transfer_from(from.id(), to.id(), value, vec![])
    }

    /// `PSP22::approve`.
    fn approve(self, spender: impl Party, value: u128) -> Message<impl Encode, Answer> {
        psp22(self.token()).approve(spender.id(), value)
    }

    /// `PSP22::allowance`.
    fn allowance(self, owner: impl Party, spender: impl Party) -> Message<impl Encode, u128> {
        psp22(self.token()).allowance(owner.id(), spender.id())
    }

    /// `PSP22::balance_of`.
    fn balance_of(self, owner: impl Party) -> Message<impl Encode, u128> {
        psp22(self.token()).balance_of(owner.id())
    }

    /// `PSP22::total_supply`.
    fn total_supply(self) -> Message<impl Encode, u128> {
        psp22(self.token()).total_supply()
    }

    /// The event of a transfer, as the chain stores it.
    fn transferred(self, from: impl Party, to: impl Party, value: u128) -> Event {
        moved(self.token(), from.id(), to.id(), value)
    }

    /// The event of units that came into being.
    fn minted(self, to: impl Party, value: u128) -> Event {
        moved(self.token(), None, to.id(), value)
    }

    /// The event of units that are no more.
    fn burned(self, from: impl Party, value: u128) -> Event {
        moved(self.token(), from.id(), None, value)
    }

    /// The event of an approval, as the chain stores it.
    fn approved(self, owner: impl Party, spender: impl Party, amount: u128) -> Event {
        approved(self.token(), owner.id(), spender.id(), amount)
    }
}

/// An event as the chain stores it: topics and data.
pub fn emitted(contract: AccountId, event: impl ink::env::Event) -> Event {
    Event {
        contract,
        topics: event.topics::<DefaultEnvironment, _>(Topics::default().into()),
        data: event.encode(),
    }
}

/// The event of a transfer. One side may be nobody.
pub fn moved(
    token: AccountId,
    from: impl Into<Option<AccountId>>,
    to: impl Into<Option<AccountId>>,
    value: u128,
) -> Event {
    let (from, to) = (from.into(), to.into());
    emitted(token, Transfer { from, to, value })
}

/// The event of an approval.
pub fn approved(token: AccountId, owner: AccountId, spender: AccountId, amount: u128) -> Event {
    let approval = Approval {
        owner,
        spender,
        amount,
    };
    emitted(token, approval)
}

/// Topics as ink! makes them on chain.
#[derive(Default)]
struct Topics(Vec<[u8; 32]>);

impl TopicsBuilderBackend<DefaultEnvironment> for Topics {
    type Output = Vec<[u8; 32]>;

    fn expect(&mut self, count: usize) {
        self.0.reserve(count);
    }

    fn push_topic<T: Encode>(&mut self, value: &T) {
        self.0.push(topic(value));
    }

    fn output(self) -> Self::Output {
        self.0
    }
}

/// The topic that a field of an event makes: its bytes, hashed where they are longer than 32.
pub fn topic(field: impl Encode) -> [u8; 32] {
    let bytes = field.encode();
    let mut topic = [0; 32];
    match topic.get_mut(..bytes.len()) {
        Some(start) => start.copy_from_slice(&bytes),
        None => Blake2x256::hash(&bytes, &mut topic),
    }
    topic
}

/// xorshift64*: the same numbers on every run.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) % sides
    }

    /// A small amount, or now and then nothing, or all there can be.
    pub fn amount(&mut self) -> u128 {
        match self.roll(20) {
            0 | 1 => 0,
            2 => u128::MAX,
            _ => self.roll(40).into(),
        }
    }
}
