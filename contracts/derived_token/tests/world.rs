//! A chain with a derived token, on which every step is checked.

use ::psp22::{PSP22Error, PSP22};
use allive_calls::{at, psp22, Chain, Code, Event, Failure, Keyring, Message, Receipt, Typed};
use allive_derived_token_interface::{DerivedError, DerivedToken as _};
use allive_simulator::EmbeddedChain;
pub use allive_support::acting::{custom, Dice, Party, Succeeded};
use allive_support::{acting, standard::read};
use derived_token::{DerivedToken, DerivedTokenRef};
use ink::primitives::AccountId;
use scale::{Decode, Encode};
use std::collections::BTreeMap;

/// Creates the token: what follows shows that it need not be a contract.
pub const FACTORY: Keyring = Keyring::Alice;
/// Holds [`WEALTH`], which is all there is.
pub const HOLDER: Keyring = Keyring::Bob;
/// Holds nothing at first.
pub const OTHER: Keyring = Keyring::Charlie;
/// Holds nothing, may do nothing.
pub const STRANGER: Keyring = Keyring::Eve;

pub const WEALTH: u128 = 1_000;

/// The root cell, and the storage keys of the others.
pub const ROOT: u32 = 0;
pub const LEDGER: u32 = 0x4c45_4447;
pub const LABEL: u32 = 0x4c41_424c;

pub type Answer<R, E = DerivedError> = Receipt<Result<R, E>>;

pub struct World {
    pub chain: EmbeddedChain,
    pub token: AccountId,
}

/// What the token says of everybody, from its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    pub factory: Option<AccountId>,
    pub supply: u128,
    pub frozen: bool,
    pub balances: BTreeMap<AccountId, u128>,
    pub allowances: BTreeMap<(AccountId, AccountId), u128>,
}

impl World {
    /// With a holder.
    pub fn new() -> Self {
        let mut world = Self::bare();
        world.mint(FACTORY, HOLDER, WEALTH).succeeded();
        world
    }

    /// As the constructor leaves it.
    pub fn bare() -> Self {
        let mut chain = EmbeddedChain::new();
        let token = create(&mut chain);
        Self { chain, token }
    }

    /// With a holder, and frozen.
    pub fn frozen() -> Self {
        let mut world = Self::new();
        world.freeze(FACTORY).succeeded();
        world
    }

    /// Sends a message and checks what is true of each: it makes no call of its own; refused, it
    /// changes no cell and emits nothing; the sum of all balances is the supply; no zero is stored;
    /// factory and label stay, and so does the frost.
    pub fn act<Args: Encode, T: Decode, E: Decode>(
        &mut self,
        by: impl Party,
        message: Message<Args, Result<T, E>>,
    ) -> Answer<T, E> {
        let cells = self.chain.cells(self.token);
        let before = self.books();
        let receipt = self.chain.send(by.id(), message);
        assert_eq!(receipt.frames, 1, "a derived token calls nobody");
        if !matches!(receipt.value, Ok(Ok(_))) {
            let now = self.chain.cells(self.token);
            assert_eq!(now, cells, "a refusal changed a cell");
            assert_eq!(receipt.events, [], "a refusal emitted an event");
            assert_eq!(receipt.deposit, Default::default());
        }
        let after = self.books();
        assert_eq!(after.balances.values().sum::<u128>(), after.supply);
        let mut numbers = after.balances.values().chain(after.allowances.values());
        assert!(numbers.all(|number| *number != 0), "a zero is stored");
        assert_eq!(after.factory, Some(FACTORY.id()));
        assert!(after.frozen || !before.frozen, "the token thawed");
        let label = (LABEL.to_le_bytes(), ("Care points", "CARE", 8_u8));
        let cell = self.chain.read_cell(self.token, &label.0);
        assert_eq!(cell, Some(label.1.encode()));
        receipt
    }

    pub fn mint(&mut self, by: impl Party, to: impl Party, value: u128) -> Answer<()> {
        let message = at::<DerivedToken>(self.token).mint(to.id().into(), value.into());
        self.act(by, message)
    }

    pub fn burn(&mut self, by: impl Party, from: impl Party, value: u128) -> Answer<()> {
        let message = at::<DerivedToken>(self.token).burn(from.id().into(), value.into());
        self.act(by, message)
    }

    pub fn burn_all(&mut self, by: impl Party, from: impl Party) -> Answer<u128> {
        let message = at::<DerivedToken>(self.token).burn_all(from.id().into());
        self.act(by, message)
    }

    pub fn freeze(&mut self, by: impl Party) -> Answer<()> {
        self.act(by, at::<DerivedToken>(self.token).freeze())
    }

    pub fn transfer(
        &mut self,
        by: impl Party,
        to: impl Party,
        value: u128,
    ) -> Answer<(), PSP22Error> {
        self.act(by, psp22(self.token).transfer(to.id(), value, vec![]))
    }

    pub fn transfer_from(
        &mut self,
        by: impl Party,
        from: impl Party,
        to: impl Party,
        value: u128,
    ) -> Answer<(), PSP22Error> {
        let message = psp22(self.token).transfer_from(from.id(), to.id(), value, vec![]);
        self.act(by, message)
    }

    pub fn approve(
        &mut self,
        by: impl Party,
        spender: impl Party,
        value: u128,
    ) -> Answer<(), PSP22Error> {
        self.act(by, psp22(self.token).approve(spender.id(), value))
    }

    pub fn balance(&mut self, of: impl Party) -> u128 {
        self.chain.get(psp22(self.token).balance_of(of.id()))
    }

    pub fn supply(&mut self) -> u128 {
        self.chain.get(psp22(self.token).total_supply())
    }

    pub fn is_frozen(&mut self) -> bool {
        self.chain.get(at::<DerivedToken>(self.token).is_frozen())
    }

    /// Free coins of the chain itself. The embedded chain takes no fee: only deposits move them.
    pub fn coins(&mut self, of: impl Party) -> u128 {
        self.chain.balance(of.id())
    }

    pub fn books(&mut self) -> Books {
        books(&mut self.chain, self.token)
    }

    /// The event of units that moved, came into being or went out of it, as the chain stores it.
    pub fn moved(&self, from: Option<Keyring>, to: Option<Keyring>, value: u128) -> Event {
        let [from, to] = [from, to].map(|party| party.map(Party::id));
        acting::moved(self.token, from, to, value)
    }
}

/// Why a message of the factory was refused.
pub fn refused<T>(error: DerivedError) -> Result<Result<T, DerivedError>, Failure> {
    Ok(Err(error))
}

pub fn code() -> Code {
    Code::read("derived_token").unwrap()
}

/// Creates a token with no units in being.
pub fn create(chain: &mut EmbeddedChain) -> AccountId {
    let constructor = DerivedTokenRef::new("Care points".into(), "CARE".into(), 8);
    let created = chain.create(FACTORY.id(), &code(), constructor, b"");
    let created = created.unwrap().unwrap();
    assert_eq!(created.events, [], "nothing came into being yet");
    created.address
}

/// Every cell but that of the label, decoded.
pub fn books(chain: &mut EmbeddedChain, token: AccountId) -> Books {
    let mut books = Books::default();
    for (key, value) in chain.cells(token) {
        // The chain puts sixteen bytes of a hash before the key.
        let (mut key, mut value) = (&key[16..], &value[..]);
        match read(&mut key) {
            ROOT => {
                books.factory = Some(read(&mut value));
                (books.supply, books.frozen) = read(&mut value);
            }
            LEDGER => {
                let number = read(&mut value);
                let old = match read(&mut key) {
                    0_u8 => books.balances.insert(read(&mut key), number),
                    1 => books.allowances.insert(read(&mut key), number),
                    tag => panic!("an entry of unknown kind {tag}"),
                };
                assert_eq!(old, None);
            }
            LABEL => continue,
            other => panic!("an unknown cell {other:x}"),
        }
        assert!(key.is_empty() && value.is_empty());
    }
    books
}
