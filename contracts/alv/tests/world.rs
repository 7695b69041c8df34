//! A chain with ALV, on which every step is checked.

use ::psp22::{PSP22Error, PSP22};
use allive_access::{AccessControl, Pausable, PauseTerms, RoleType};
use allive_calls::{at, psp22, Chain, Code, Event, Keyring, Message, Receipt, Typed};
use allive_simulator::{EmbeddedChain, GENESIS, START};
use allive_support::acting;
pub use allive_support::acting::{custom, Dice, Party, Succeeded};
use alv::{Alv, AlvError, AlvRef, MINTER, PAUSER};
use ink::primitives::AccountId;
use scale::{Decode, Encode};
use std::collections::BTreeMap;

/// Deploys ALV, and holds all of it at first.
pub const OWNER: Keyring = Keyring::Alice;
/// Holds [`WEALTH`].
pub const HOLDER: Keyring = Keyring::Bob;
/// Holds nothing at first.
pub const OTHER: Keyring = Keyring::Charlie;
/// Holds the role `PAUSER`.
pub const GUARD: Keyring = Keyring::Dave;
/// Holds nothing, may do nothing.
pub const STRANGER: Keyring = Keyring::Eve;
/// Holds the role `MINTER`.
pub const ISSUER: Keyring = Keyring::Ferdie;

pub const SUPPLY: u128 = 1_000_000;
pub const CAP: u128 = 2_000_000;
pub const WEALTH: u128 = 1_000;
pub const DURATION: u64 = 500;
pub const COOLDOWN: u64 = 700;

/// The root cell, and the storage keys of the others.
pub const ROOT: u32 = 0;
pub const LEDGER: u32 = 0x4c45_4447;
pub const GOVERNANCE: u32 = 0x474f_564e;

pub struct World {
    pub chain: EmbeddedChain,
    pub alv: AccountId,
}

/// What ALV says of everybody, from its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    pub supply: u128,
    pub paused_until: u64,
    pub balances: BTreeMap<AccountId, u128>,
    pub allowances: BTreeMap<(AccountId, AccountId), u128>,
    pub nonces: BTreeMap<AccountId, u128>,
    pub roles: BTreeMap<(AccountId, RoleType), u128>,
}

impl World {
    /// With a holder, a pauser and a minter.
    pub fn new() -> Self {
        let mut world = Self::bare();
        let token = || at::<Alv>(world.alv);
        let grants = [
            token().grant_role(MINTER, ISSUER.id().into()),
            token().grant_role(PAUSER, GUARD.id().into()),
        ];
        for grant in grants {
            world.tell(OWNER, grant);
        }
        world.tell(
            OWNER,
            psp22(world.alv).transfer(HOLDER.id(), WEALTH, vec![]),
        );
        world
    }

    /// As the constructor leaves it.
    pub fn bare() -> Self {
        let mut chain = EmbeddedChain::new();
        let alv = create(&mut chain, SUPPLY, CAP, terms(), b"").unwrap();
        Self { chain, alv }
    }

    /// Sends a message and checks what is true of each: it makes no call of its own; refused, it
    /// changes no cell and emits nothing; the sum of all balances is the supply, within the cap; and
    /// no zero is stored.
    pub fn act<Args: Encode, T: Decode, E: Decode>(
        &mut self,
        by: impl Party,
        message: Message<Args, Result<T, E>>,
    ) -> Receipt<Result<T, E>> {
        let receipt = self.act_and_call(by, message);
        assert_eq!(receipt.frames, 1, "ALV calls nobody");
        receipt
    }

    /// The same for a message by which ALV calls who is paid.
    pub fn act_and_call<Args: Encode, T: Decode, E: Decode>(
        &mut self,
        by: impl Party,
        message: Message<Args, Result<T, E>>,
    ) -> Receipt<Result<T, E>> {
        let before = self.chain.cells(self.alv);
        let receipt = self.chain.send(by.id(), message);
        if !matches!(receipt.value, Ok(Ok(_))) {
            assert_eq!(
                self.chain.cells(self.alv),
                before,
                "a refusal changed a cell"
            );
            assert_eq!(receipt.events, [], "a refusal emitted an event");
            assert_eq!(receipt.deposit, Default::default());
        }
        let books = self.books();
        assert_eq!(books.balances.values().sum::<u128>(), books.supply);
        assert!(books.supply <= CAP);
        let allowances = books.allowances.values();
        let mut rest = allowances
            .chain(books.nonces.values())
            .chain(books.roles.values());
        assert!(rest.all(|number| *number != 0), "a zero is stored");
        assert!(books.balances.values().all(|balance| *balance != 0));
        receipt
    }

    /// Sends a message that must succeed.
    pub fn tell<Args: Encode, T: Decode, E: Decode + std::fmt::Debug>(
        &mut self,
        by: impl Party,
        message: Message<Args, Result<T, E>>,
    ) -> Receipt<Result<(), E>> {
        let receipt = self.act(by, message);
        Receipt {
            value: receipt.value.map(|result| result.map(drop)),
            events: receipt.events,
            gas: receipt.gas,
            deposit: receipt.deposit,
            frames: receipt.frames,
        }
        .succeeded()
    }

    pub fn transfer(
        &mut self,
        by: impl Party,
        to: impl Party,
        value: u128,
    ) -> Receipt<Result<(), PSP22Error>> {
        self.act(by, psp22(self.alv).transfer(to.id(), value, vec![]))
    }

    pub fn transfer_from(
        &mut self,
        by: impl Party,
        from: impl Party,
        to: impl Party,
        value: u128,
    ) -> Receipt<Result<(), PSP22Error>> {
        let message = psp22(self.alv).transfer_from(from.id(), to.id(), value, vec![]);
        self.act(by, message)
    }

    pub fn approve(
        &mut self,
        by: impl Party,
        spender: impl Party,
        value: u128,
    ) -> Receipt<Result<(), PSP22Error>> {
        self.act(by, psp22(self.alv).approve(spender.id(), value))
    }

    pub fn grant(&mut self, role: RoleType, to: impl Party) {
        self.tell(OWNER, at::<Alv>(self.alv).grant_role(role, to.id().into()));
    }

    /// Begins a pause.
    pub fn pause(&mut self) {
        self.tell(GUARD, at::<Alv>(self.alv).pause());
    }

    pub fn paused(&mut self) -> bool {
        self.chain.get(at::<Alv>(self.alv).paused())
    }

    pub fn balance(&mut self, of: impl Party) -> u128 {
        self.chain.get(psp22(self.alv).balance_of(of.id()))
    }

    pub fn allowance(&mut self, owner: impl Party, spender: impl Party) -> u128 {
        self.chain
            .get(psp22(self.alv).allowance(owner.id(), spender.id()))
    }

    pub fn supply(&mut self) -> u128 {
        self.chain.get(psp22(self.alv).total_supply())
    }

    pub fn nonce(&mut self, of: impl Party) -> u128 {
        self.chain.get(at::<Alv>(self.alv).nonce(of.id().into()))
    }

    /// Free coins of the chain itself. The embedded chain takes no fee: only deposits move them.
    pub fn coins(&mut self, of: impl Party) -> u128 {
        self.chain.balance(of.id())
    }

    /// Goes to a moment, counted from the start of the chain.
    pub fn at(&mut self, moment: u64) {
        let now = self.chain.now();
        let passed = (START + moment).checked_sub(now);
        self.chain.advance(passed.expect("time does not go back"));
    }

    /// Every cell but the one of governance, decoded.
    pub fn books(&mut self) -> Books {
        books(&mut self.chain, self.alv)
    }
}

pub fn terms() -> PauseTerms {
    PauseTerms {
        duration: DURATION,
        cooldown: COOLDOWN,
    }
}

pub fn code() -> Code {
    Code::read("alv").unwrap()
}

/// Creates ALV in the hands of [`OWNER`].
pub fn create(
    chain: &mut EmbeddedChain,
    supply: u128,
    cap: u128,
    terms: PauseTerms,
    salt: &[u8],
) -> Result<AccountId, AlvError> {
    let constructor = AlvRef::new(supply, cap, terms, GENESIS);
    let created = chain.create(OWNER.id(), &code(), constructor, salt);
    created.unwrap().map(|created| created.address)
}

impl World {
    /// The event of a transfer, as the chain stores it.
    pub fn transferred(&self, from: impl Party, to: impl Party, value: u128) -> Event {
        self.moved(Some(from.id()), Some(to.id()), value)
    }

    /// The same, where one side may be nobody.
    pub fn moved(&self, from: Option<AccountId>, to: Option<AccountId>, value: u128) -> Event {
        acting::moved(self.alv, from, to, value)
    }

    /// The event of an approval, as the chain stores it.
    pub fn approved(&self, owner: impl Party, spender: impl Party, amount: u128) -> Event {
        acting::approved(self.alv, owner.id(), spender.id(), amount)
    }
}

/// Every cell of this ALV but the one of governance, decoded.
pub fn books(chain: &mut EmbeddedChain, alv: AccountId) -> Books {
    let mut books = Books::default();
    for (key, value) in chain.cells(alv) {
        // The chain puts sixteen bytes of a hash before the key.
        let mut key = &key[16..];
        let mut number = &value[..];
        match u32::decode(&mut key).unwrap() {
            ROOT => {
                (books.supply, books.paused_until) = Decode::decode(&mut number).unwrap();
            }
            LEDGER => {
                let number = u128::decode(&mut number).unwrap();
                let tag = u8::decode(&mut key).unwrap();
                let account = AccountId::decode(&mut key).unwrap();
                let old = match tag {
                    0 => books.balances.insert(account, number),
                    1 => {
                        let spender = AccountId::decode(&mut key).unwrap();
                        books.allowances.insert((account, spender), number)
                    }
                    2 => books.nonces.insert(account, number),
                    3 => {
                        let role = u32::decode(&mut key).unwrap();
                        books.roles.insert((account, role), number)
                    }
                    tag => panic!("an entry of unknown kind {tag}"),
                };
                assert_eq!(old, None);
            }
            GOVERNANCE => continue,
            other => panic!("an unknown cell {other:x}"),
        }
        assert!(key.is_empty());
    }
    books
}
