//! A chain with a token, a Nexus and the four roles, on which every step is checked.

use ::alv::{Alv, AlvRef};
use ::false_id::{FalseId, FalseIdRef};
use ::hostile::{Hostile, HostileRef, Mode};
use allive_access::{AccessControl, Migration, PauseTerms, RoleType, UpgradeError, Upgradeable};
use allive_calls::{at, psp22, Chain, Code, Event, Message, Receipt, Typed};
use allive_simulator::{EmbeddedChain, GENESIS, START};
use allive_storage::Cell;
use ink::primitives::{AccountId, Hash};
use olife_nexus::*;
use psp22::PSP22;
use scale::{Decode, Encode};
use std::{collections::BTreeMap, fmt::Debug};

/// Who acts. The embedded chain asks nobody for a signature, so that an actor needs no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Deploys everything, owns it and holds all ALV at first.
    Admin = 0xad,
    Patient = 0xba,
    Grantee = 0xca,
    Stranger = 0xda,
}
pub use Actor::{Admin as ADMIN, Grantee as GRANTEE, Patient as PATIENT, Stranger as STRANGER};

pub const ACTORS: [Actor; 4] = [ADMIN, PATIENT, GRANTEE, STRANGER];

impl Actor {
    pub fn account(self) -> AccountId {
        AccountId::from([self as u8; 32])
    }
}

/// A chain on which the actors have coins.
pub fn chain() -> EmbeddedChain {
    let mut chain = EmbeddedChain::new();
    for actor in ACTORS {
        chain.endow(actor.account());
    }
    chain
}

pub const SUPPLY: u128 = 1_000_000;
/// What the grantee holds and allows the Nexus at first.
pub const WEALTH: u128 = 1_000;
pub const PRICE: u128 = 10;
pub const USES: u32 = 5;
pub const TERM: u64 = 1_000;
pub const LONGEST: u64 = 10_000;
pub const END: u64 = START + TERM;
pub const PAUSE: u64 = 100;
/// Two notices pass before a grant of these tests ends.
pub const NOTICE: u64 = 100;

pub const COMMITMENT: [u8; 32] = [0xc0; 32];
pub const POINTER: [u8; 36] = [0xb0; 36];
pub const REQUEST: [u8; 32] = [0x9e; 32];

pub type Answer<R, E = NexusError> = Receipt<Result<R, E>>;

pub struct World {
    pub chain: EmbeddedChain,
    pub token: AccountId,
    pub nexus: AccountId,
    /// In the place of Olife ID: knows nobody, until it is told.
    pub identities: AccountId,
    /// What the root cell must say.
    pub longest: u64,
    hostile: bool,
    held: Held,
}

/// Balances, and the state of the token in which they are right.
#[derive(Default)]
struct Held {
    cells: Cells,
    balances: BTreeMap<AccountId, u128>,
}

pub type Cells = BTreeMap<Vec<u8>, Vec<u8>>;

/// Everything that the Nexus stores, from its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    pub records: BTreeMap<RecordId, Record>,
    pub grants: BTreeMap<GrantId, Grant>,
    pub credits: BTreeMap<AccountId, Credit>,
    pub owed: u128,
    /// How many records were registered, and grants offered.
    pub counts: [u64; 2],
    pub longest: u64,
    pub governance: Option<Governance>,
}

impl World {
    /// With ALV, of which the Nexus is a vault, and a grantee who holds and allows `WEALTH`.
    pub fn new() -> Self {
        Self::asking(|chain, _| false_id(chain))
    }

    /// The same, with any Olife ID, which may be told where ALV is.
    pub fn asking(identities: impl FnOnce(&mut EmbeddedChain, AccountId) -> AccountId) -> Self {
        let mut chain = chain();
        let pause = PauseTerms {
            duration: PAUSE,
            cooldown: PAUSE,
        };
        let alv = chain
            .create(
                ADMIN.account(),
                &code("alv"),
                AlvRef::new(SUPPLY, SUPPLY, pause, GENESIS),
                b"",
            )
            .unwrap()
            .unwrap();
        let identities = identities(&mut chain, alv.address);
        let mut world = Self::with(chain, alv.address, identities, false);
        world
            .tell(
                ADMIN,
                at::<Alv>(alv.address).grant_role(PAUSER, ADMIN.account().into()),
            )
            .unwrap();
        world
            .tell(
                ADMIN,
                at::<Alv>(alv.address).grant_role(VAULT, world.nexus.into()),
            )
            .unwrap();
        world
            .tell(
                ADMIN,
                psp22(alv.address).transfer(GRANTEE.account(), WEALTH, vec![]),
            )
            .unwrap();
        world
            .tell(GRANTEE, psp22(alv.address).approve(world.nexus, WEALTH))
            .unwrap();
        world
    }

    /// With a token that does what it is told to, honest at first.
    pub fn hostile() -> Self {
        let mut chain = chain();
        let token = hostile_at(&mut chain, b"token");
        let identities = false_id(&mut chain);
        let mut world = Self::with(chain, token, identities, true);
        world.tell(ADMIN, at::<Hostile>(token).mint(GRANTEE.account(), WEALTH));
        world
    }

    fn with(
        mut chain: EmbeddedChain,
        token: AccountId,
        identities: AccountId,
        hostile: bool,
    ) -> Self {
        let nexus = chain
            .create(
                ADMIN.account(),
                &code("olife_nexus"),
                OlifeNexusRef::new(token, identities.into(), LONGEST, NOTICE),
                b"",
            )
            .unwrap()
            .unwrap();
        Self {
            chain,
            token,
            nexus: nexus.address,
            identities,
            longest: LONGEST,
            hostile,
            held: Held::default(),
        }
    }

    /// A record of the patient's, and five uses of it on offer to the grantee.
    pub fn offered() -> (Self, GrantId) {
        let mut world = Self::new();
        let grant = world.open(PATIENT, terms());
        (world, grant)
    }

    /// The same, and the grantee has bought so many.
    pub fn bought(uses: u32) -> (Self, GrantId) {
        let (mut world, grant) = Self::offered();
        world.buy(GRANTEE, grant, uses).value.unwrap().unwrap();
        (world, grant)
    }

    /// The same, with a token that begins to misbehave after the purchase.
    pub fn bought_with_hostile(uses: u32, mode: Mode) -> (Self, GrantId) {
        let mut world = Self::hostile();
        let grant = world.open(PATIENT, terms());
        world.buy(GRANTEE, grant, uses).value.unwrap().unwrap();
        world.behave(mode);
        (world, grant)
    }

    /// Registers a record and offers it.
    pub fn open(&mut self, patient: Actor, terms: Terms) -> GrantId {
        let record = self
            .register(patient, POINTER.to_vec())
            .value
            .unwrap()
            .unwrap();
        self.offer(patient, record, terms).value.unwrap().unwrap()
    }

    pub fn register(&mut self, by: Actor, pointer: Vec<u8>) -> Answer<RecordId> {
        self.act(
            by,
            at::<OlifeNexus>(self.nexus).register(COMMITMENT, Kind::Fhir, pointer),
        )
    }

    pub fn offer(&mut self, by: Actor, record: RecordId, terms: Terms) -> Answer<GrantId> {
        self.act(by, at::<OlifeNexus>(self.nexus).offer(record, terms))
    }

    /// Buys at whatever the price is.
    pub fn buy(&mut self, by: Actor, grant: GrantId, uses: u32) -> Answer<()> {
        self.buy_up_to(by, grant, uses, u128::MAX)
    }

    pub fn buy_up_to(
        &mut self,
        by: Actor,
        grant: GrantId,
        uses: u32,
        max_price: u128,
    ) -> Answer<()> {
        self.act(by, at::<OlifeNexus>(self.nexus).buy(grant, uses, max_price))
    }

    pub fn use_record(&mut self, by: Actor, grant: GrantId) -> Answer<u32> {
        self.act(by, at::<OlifeNexus>(self.nexus).use_record(grant, REQUEST))
    }

    pub fn revoke(&mut self, by: Actor, grant: GrantId) -> Answer<()> {
        self.act(by, at::<OlifeNexus>(self.nexus).revoke(grant))
    }

    pub fn settle(&mut self, by: Actor, grant: GrantId) -> Answer<()> {
        self.act(by, at::<OlifeNexus>(self.nexus).settle(grant))
    }

    pub fn withdraw(&mut self, by: Actor) -> Answer<u128> {
        self.act(by, at::<OlifeNexus>(self.nexus).withdraw())
    }

    pub fn inherit(&mut self, by: Actor, holding: Holding) -> Answer<()> {
        self.act(by, at::<OlifeNexus>(self.nexus).inherit(holding))
    }

    /// From now on `heir` follows `former`, which left at `since`; or does not.
    pub fn follow(&mut self, heir: Actor, former: Actor, since: Option<u64>) {
        let follow = at::<FalseId>(self.identities).follow(heir.account(), former.account(), since);
        self.tell(ADMIN, follow);
    }

    pub fn announce(
        &mut self,
        by: Actor,
        code: Hash,
        migration: Option<Migration>,
    ) -> Answer<(), UpgradeError> {
        self.act(
            by,
            at::<OlifeNexus>(self.nexus).announce_upgrade(code, migration),
        )
    }

    pub fn cancel(&mut self, by: Actor) -> Answer<(), UpgradeError> {
        self.act(by, at::<OlifeNexus>(self.nexus).cancel_upgrade())
    }

    pub fn upgrade(&mut self, by: Actor, code: Hash) -> Answer<(), UpgradeError> {
        self.act(by, at::<OlifeNexus>(self.nexus).set_code_hash(code))
    }

    /// Sends a message of the Nexus and checks what must hold after each:
    /// an error changed no cell and no code of any contract and emitted nothing; the Nexus holds what it owes; no
    /// path is deeper than five frames.
    pub fn act<Args: Encode, R: Decode + Debug, E: Decode + Debug>(
        &mut self,
        by: Actor,
        message: Message<Args, Result<R, E>>,
    ) -> Answer<R, E> {
        let before = (self.cells(), self.chain.code_hash(self.nexus));
        let answer = self.chain.send(by.account(), message);
        if !matches!(answer.value, Ok(Ok(_))) {
            assert_eq!(
                before,
                (self.cells(), self.chain.code_hash(self.nexus)),
                "refused, and changed something: {answer:?}"
            );
            assert_eq!(answer.events, [], "refused, and said something");
        }
        assert!(answer.frames <= 5, "{} frames", answer.frames);
        self.check();
        answer
    }

    /// Sends a message that is not of the Nexus, which the chain must execute.
    pub fn tell<Args: Encode, R: Decode>(&mut self, by: Actor, message: Message<Args, R>) -> R {
        self.chain.send(by.account(), message).value.unwrap()
    }

    /// The answer to a query.
    pub fn get<Args: Encode, R: Decode>(&mut self, message: Message<Args, R>) -> R {
        self.chain.ask(STRANGER.account(), message).value.unwrap()
    }

    /// From now on the token, which must be the hostile one, behaves so.
    pub fn behave(&mut self, mode: Mode) {
        self.tell(ADMIN, at::<Hostile>(self.token).behave(mode));
    }

    /// ALV `held ≥ owed = Σ bought × price + Σ credits`, and counters and numbers agree.
    ///
    /// The cells are read rather than asked for: `the_queries_say_what_the_cells_hold`.
    pub fn check(&mut self) {
        let books = self.books();
        let bought = books
            .grants
            .values()
            .map(|grant| u128::from(grant.bought) * grant.price);
        let due = bought
            .chain(books.credits.values().map(|credit| credit.amount))
            .sum::<u128>();
        assert_eq!(books.owed, due, "what is owed is not what is due");
        let held = self.holds(self.nexus);
        assert!(held >= due, "holds {held}, owes {due}");
        assert_eq!(books.longest, self.longest);
        let [records, grants] = books.counts;
        assert_eq!(records, books.records.len() as u64);
        assert!(books.grants.keys().all(|grant| *grant < grants));
    }

    pub fn counts(&mut self) -> [u64; 2] {
        self.books().counts
    }

    pub fn record(&mut self, record: RecordId) -> Option<Record> {
        let record = self.get(at::<OlifeNexus>(self.nexus).record(record));
        record.map(Cell::into_inner)
    }

    pub fn grant(&mut self, grant: GrantId) -> Option<Grant> {
        let grant = self.get(at::<OlifeNexus>(self.nexus).grant(grant));
        grant.map(Cell::into_inner)
    }

    pub fn credit(&mut self, of: Actor) -> u128 {
        self.get(at::<OlifeNexus>(self.nexus).credit_of(of.account()))
    }

    /// What an account holds, also where the token lies about it. Asked once for each state of the
    /// token: a query takes as long as a transaction.
    pub fn holds(&mut self, owner: AccountId) -> u128 {
        let cells = self.chain.cells(self.token);
        if self.held.cells != cells {
            self.held = Held {
                cells,
                balances: BTreeMap::new(),
            };
        }
        if let Some(balance) = self.held.balances.get(&owner) {
            return *balance;
        }
        let balance = if self.hostile {
            self.get(at::<Hostile>(self.token).held(owner))
        } else {
            self.get(psp22(self.token).balance_of(owner))
        };
        self.held.balances.insert(owner, balance);
        balance
    }

    /// Balances of admin, patient, grantee, stranger and Nexus.
    pub fn balances(&mut self) -> [u128; 5] {
        let [admin, patient, grantee, stranger] =
            [ADMIN, PATIENT, GRANTEE, STRANGER].map(Actor::account);
        [admin, patient, grantee, stranger, self.nexus].map(|owner| self.holds(owner))
    }

    /// Every cell of token and Nexus.
    pub fn cells(&mut self) -> [Cells; 2] {
        [self.chain.cells(self.token), self.chain.cells(self.nexus)]
    }

    /// What the Nexus stores, read past its messages.
    pub fn books(&mut self) -> Books {
        fn entry<K: Decode, V: Decode>(mut key: &[u8], mut value: &[u8]) -> (K, V) {
            let entry = (K::decode(&mut key).unwrap(), V::decode(&mut value).unwrap());
            assert!(
                key.is_empty() && value.is_empty(),
                "a cell holds more than it should"
            );
            entry
        }
        let mut books = Books::default();
        for (key, value) in self.chain.cells(self.nexus) {
            // The chain puts 16 bytes of hash before what the contract named.
            let (cell, key) = key[16..].split_first_chunk::<4>().unwrap();
            match u32::from_le_bytes(*cell) {
                0 => {
                    let root = entry::<(), ([AccountId; 2], u64, u64, u64)>(key, &value).1;
                    assert_eq!(root.0[1], self.identities);
                    books.longest = root.1;
                    books.counts = [root.2, root.3];
                }
                0x5245_4353 => books.records.extend([entry(key, &value)]),
                0x4752_4e54 => books.grants.extend([entry(key, &value)]),
                0x4352_4454 => books.credits.extend([entry(key, &value)]),
                0x4f57_4544 => books.owed = entry::<(), _>(key, &value).1,
                0x474f_564e => books.governance = Some(entry::<(), _>(key, &value).1),
                // What the next version adds.
                0x4e45_5854 => (),
                other => panic!("an unknown cell {other:#x}"),
            }
        }
        books
    }

    /// The events of the Nexus, which must all be of type `E`, with their topics after the signature.
    pub fn said<E: ink::env::Event + Decode, R>(
        &self,
        receipt: &Receipt<R>,
    ) -> Vec<(E, Vec<[u8; 32]>)> {
        let read = |event: &Event| (event.decode().unwrap(), event.topics[1..].to_vec());
        let own = receipt
            .events
            .iter()
            .filter(|event| event.contract == self.nexus);
        own.map(read).collect()
    }

    /// Lets time pass until `moment`.
    pub fn at(&mut self, moment: u64) {
        let now = self.chain.now();
        self.chain.advance(
            moment
                .checked_sub(now)
                .expect("time does not run backwards"),
        );
    }

    pub fn pause(&mut self) {
        use allive_access::Pausable;
        self.tell(ADMIN, at::<Alv>(self.token).pause()).unwrap();
    }
}

/// Five uses at ten each for research by the grantee, until `END`.
pub fn terms() -> Terms {
    Terms {
        grantee: GRANTEE.account(),
        purpose: Purpose::Research,
        price: PRICE,
        uses: USES,
        expires: END,
    }
}

/// Roles of ALV, by name.
pub const PAUSER: RoleType = ink::selector_id!("PAUSER");
pub const VAULT: RoleType = ink::selector_id!("VAULT");

/// A number as a topic.
pub fn topic(number: u64) -> [u8; 32] {
    let mut topic = [0; 32];
    topic[..8].copy_from_slice(&number.to_le_bytes());
    topic
}

/// What a message is on the wire.
pub fn input<Args: Encode, R>(message: Message<Args, R>) -> Vec<u8> {
    message.params().exec_input().encode()
}

pub fn hostile_at(chain: &mut EmbeddedChain, salt: &[u8]) -> AccountId {
    chain
        .create(ADMIN.account(), &code("hostile"), HostileRef::new(), salt)
        .unwrap()
        .unwrap()
        .address
}

fn false_id(chain: &mut EmbeddedChain) -> AccountId {
    chain
        .create(ADMIN.account(), &code("false_id"), FalseIdRef::new(), b"")
        .unwrap()
        .unwrap()
        .address
}

pub fn code(name: &str) -> Code {
    Code::read(name).unwrap()
}
