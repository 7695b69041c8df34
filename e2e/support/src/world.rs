//! The embedded chain with the contracts of a test on it, on which every message is checked.
//!
//! The tests of each contract say in a [`Subject`] what they deploy and what must hold of its
//! storage, and act through a `World` of it:
//!
//! ```ignore
//! let mut world = World::new();
//! world.done(HOLDER, psp22(world.alv).transfer(OTHER, 10, vec![]));
//! let error = world.refused(HOLDER, world.contract().mint(1));
//! ```

use crate::{
    acting::{Party, Succeeded},
    recovery,
    stored::StoredCells,
};
use ::alv::{Alv, AlvRef, PAUSER};
use allive_access::{AccessControl, Pausable, PauseTerms, RoleType};
use allive_calls::{
    at, psp22, Chain, Code, Constructor, Created, Deposit, Event, Failure, Message, Receipt, Typed,
};
use allive_simulator::{EmbeddedChain, GENESIS};
use false_id::{FalseId, FalseIdRef};
use hostile::{Hostile, HostileRef, Mode};
use ink::{
    codegen::ContractCallBuilder,
    env::{
        call::{ConstructorReturnType, FromAccountId},
        DefaultEnvironment,
    },
    primitives::{AccountId, Hash},
};
use olife_id::OlifeIdRef;
use psp22::PSP22;
use scale::{Decode, Encode};
use std::{
    collections::BTreeMap,
    fmt::Debug,
    ops::{Deref, DerefMut},
};

/// The cells of a contract as the chain keeps them: hashed keys, and values.
pub type Cells = BTreeMap<Vec<u8>, Vec<u8>>;
/// Topics of an event, without its signature.
pub type Topics = Vec<[u8; 32]>;
/// Code, coins and cells of every contract on the chain.
pub type State = BTreeMap<AccountId, (Hash, u128, Cells)>;

/// The contract that a folder of tests is about, and whatever else its tests deploy and keep.
pub trait Subject: Sized {
    /// The contract, as its crate exports it.
    type Contract: ContractCallBuilder;

    /// The world that most tests begin with.
    fn new() -> World<Self>;

    /// Where the contract is.
    fn address(&self) -> AccountId;

    /// Asserts what must hold after every message.
    fn check(_: &mut World<Self>) {}
}

/// A chain and the contracts on it. The fields of the subject can be read as if they were its own.
pub struct World<S> {
    /// The chain. What is sent to it directly is not checked.
    pub chain: EmbeddedChain,
    /// The token that is paid with: ALV, or one of bad will. Nobody, until it is deployed.
    pub alv: AccountId,
    /// In the place of Olife ID. Nobody, until it is deployed.
    pub identities: AccountId,
    /// How many contracts deep a message may go.
    pub most_frames: u32,
    /// Whether each refusal is searched for what it changed, which takes long where much is stored.
    pub watched: bool,
    /// Every event of what was sent by [`send`](Self::send), and the moment of each.
    pub heard: Vec<(u64, Event)>,
    /// Whether the token is the one of bad will.
    is_hostile: bool,
    /// Who owns the token.
    pub owner: AccountId,
    /// How many contracts were created.
    created: u32,
    /// What accounts hold while the token has these cells. A query takes as long as a message.
    balances: (Cells, BTreeMap<AccountId, u128>),
    subject: Option<S>,
}

impl<S> Deref for World<S> {
    type Target = S;

    fn deref(&self) -> &S {
        let subject = self.subject.as_ref();
        subject.expect("the world is about something")
    }
}

impl<S> DerefMut for World<S> {
    fn deref_mut(&mut self) -> &mut S {
        let subject = self.subject.as_mut();
        subject.expect("the world is about something")
    }
}

/// The account whose bytes are all this one. It can act without a key: the embedded chain asks
/// nobody for a signature.
pub const fn account(byte: u8) -> AccountId {
    AccountId([byte; 32])
}

/// A contract of the suite, as it was built.
///
/// # Panics
/// If it is not built.
pub fn code(name: &str) -> Code {
    match Code::read(name) {
        Ok(code) => code,
        Err(error) => panic!("{error}"),
    }
}

impl<S> World<S> {
    /// A chain without contracts, on which these accounts have coins, as has the whole keyring.
    pub fn begin(rich: &[AccountId]) -> Self {
        let mut chain = EmbeddedChain::new();
        for account in rich {
            chain.endow(*account);
        }
        Self {
            chain,
            alv: account(0),
            identities: account(0),
            most_frames: 5,
            watched: true,
            heard: Vec::new(),
            is_hostile: false,
            owner: account(0),
            created: 0,
            balances: Default::default(),
            subject: None,
        }
    }

    /// The same, and this is what the tests are about.
    pub fn about(mut self, subject: S) -> Self {
        self.subject = Some(subject);
        self
    }

    /// Deploys ALV as the token. Its owner holds all of it, and may pause it for this long.
    pub fn deploy_alv(&mut self, owner: impl Party, supply: u128, pause: u64) {
        let pause = PauseTerms {
            duration: pause,
            cooldown: pause,
        };
        let new = AlvRef::new(supply, supply, pause, GENESIS);
        self.owner = owner.id();
        self.alv = self.create(owner, "alv", new).unwrap().address;
        self.grant(PAUSER, owner);
    }

    /// Deploys a token that behaves as it is told to, honestly at first.
    pub fn deploy_hostile(&mut self, owner: impl Party) {
        self.owner = owner.id();
        self.alv = self.deploy_accomplice();
        self.is_hostile = true;
    }

    /// Deploys Olife ID, where a recovery and what a key announces take so long. Nobody is known
    /// yet.
    pub fn deploy_olife_id(&mut self, owner: impl Party, [delay, settling]: [u64; 2]) {
        let setup = recovery::setup(self.alv, owner.id(), [delay, settling], GENESIS);
        let new = OlifeIdRef::new(setup);
        self.identities = self.create(owner, "olife_id", new).unwrap().address;
    }

    /// Deploys, in the place of Olife ID, what answers as it is told to. It knows nobody at first.
    pub fn deploy_false_id(&mut self, by: impl Party) {
        let created = self.create(by, "false_id", FalseIdRef::new());
        self.identities = created.unwrap().address;
    }

    /// Another contract of bad will, which calls as it is told to. Returns where it is.
    pub fn deploy_accomplice(&mut self) -> AccountId {
        let new = HostileRef::new();
        self.create(self.owner, "hostile", new).unwrap().address
    }

    /// Creates a contract, or says why not. A refusal changes nothing.
    #[track_caller]
    pub fn create<Ref, Args, R>(
        &mut self,
        by: impl Party,
        name: &str,
        constructor: Constructor<Ref, Args, R>,
    ) -> Result<Created, R::Error>
    where
        Args: Encode,
        Ref: FromAccountId<DefaultEnvironment>,
        R: ConstructorReturnType<Ref>,
        R::Error: Decode,
    {
        let before = self.state();
        self.created += 1;
        let salt = self.created.encode();
        match self.chain.create(by.id(), &code(name), constructor, &salt) {
            Ok(created) => {
                assert!(
                    created.is_ok() || self.state() == before,
                    "a contract remains"
                );
                created
            }
            Err(failure) => panic!("{name} was not created: {failure}"),
        }
    }

    /// Sends a message that is not the subject's, which the chain must execute.
    #[track_caller]
    pub fn tell<Args: Encode, R: Decode>(
        &mut self,
        by: impl Party,
        message: Message<Args, R>,
    ) -> R {
        match self.chain.send(by.id(), message).value {
            Ok(value) => value,
            Err(failure) => panic!("{failure}"),
        }
    }

    /// The answer to a query.
    #[track_caller]
    pub fn get<Args: Encode, R: Decode>(&mut self, query: Message<Args, R>) -> R {
        self.chain.get(query)
    }

    /// The moment that it is, in milliseconds.
    pub fn now(&mut self) -> u64 {
        self.chain.now()
    }

    /// Lets time pass until `moment`.
    #[track_caller]
    pub fn at(&mut self, moment: u64) {
        match moment.checked_sub(self.now()) {
            Some(wait) => self.advance(wait),
            None => panic!("time does not run backwards"),
        }
    }

    /// Lets so many milliseconds pass.
    pub fn advance(&mut self, milliseconds: u64) {
        self.chain.advance(milliseconds);
    }

    /// Coins of the chain. The embedded chain takes no fee: only deposits and payments move them.
    pub fn coins(&mut self, of: impl Party) -> u128 {
        self.chain.balance(of.id())
    }

    /// Units of the token that an account holds, also where the token lies about it.
    #[track_caller]
    pub fn holds(&mut self, owner: impl Party) -> u128 {
        let cells = self.chain.cells(self.alv);
        if self.balances.0 != cells {
            self.balances = (cells, BTreeMap::new());
        }
        if let Some(balance) = self.balances.1.get(&owner.id()) {
            return *balance;
        }
        let balance = if self.is_hostile {
            self.get(at::<Hostile>(self.alv).held(owner.id()))
        } else {
            self.get(psp22(self.alv).balance_of(owner.id()))
        };
        self.balances.1.insert(owner.id(), balance);
        balance
    }

    /// Gives an account units of the token, which the owner of ALV must have.
    #[track_caller]
    pub fn give(&mut self, to: impl Party, value: u128) {
        if self.is_hostile {
            self.tell(self.owner, at::<Hostile>(self.alv).mint(to.id(), value));
        } else {
            let transfer = psp22(self.alv).transfer(to.id(), value, vec![]);
            self.chain.send(self.owner, transfer).succeeded();
        }
    }

    /// An account allows another to spend units of the token.
    #[track_caller]
    pub fn allow(&mut self, by: impl Party, spender: impl Party, value: u128) {
        let approve = psp22(self.alv).approve(spender.id(), value);
        self.chain.send(by.id(), approve).succeeded();
    }

    /// Gives a role of ALV.
    #[track_caller]
    pub fn grant(&mut self, role: RoleType, to: impl Party) {
        let grant = at::<Alv>(self.alv).grant_role(role, to.id().into());
        self.chain.send(self.owner, grant).succeeded();
    }

    /// Pauses ALV.
    #[track_caller]
    pub fn pause_alv(&mut self) {
        let pause = at::<Alv>(self.alv).pause();
        self.chain.send(self.owner, pause).succeeded();
    }

    /// From now on the token, which must be the one of bad will, behaves so.
    #[track_caller]
    pub fn behave(&mut self, mode: Mode) {
        self.tell(self.owner, at::<Hostile>(self.alv).behave(mode));
    }

    /// From now on the false Olife ID says that `heir` follows `former`, which left at `since`; or
    /// not.
    #[track_caller]
    pub fn follow(&mut self, heir: impl Party, former: impl Party, since: Option<u64>) {
        let follow = at::<FalseId>(self.identities).follow(heir.id(), former.id(), since);
        self.tell(self.owner, follow);
    }

    /// The cells of a contract, to be read past its messages.
    pub fn stored(&mut self, contract: AccountId) -> StoredCells {
        StoredCells::of(&mut self.chain, contract)
    }

    /// Asserts that a contract traps where the cells that answer `query` cannot be decoded: for the
    /// moment, those with this storage key lack their last byte. What cannot be read must not count
    /// as nothing.
    #[track_caller]
    pub fn assert_undecodable_traps<Args: Encode, R: Decode + Debug>(
        &mut self,
        contract: AccountId,
        field: &[u8; 4],
        query: Message<Args, R>,
    ) {
        let prefix = u32::from_be_bytes(*field).to_le_bytes();
        let mut cells = self.chain.cells(contract);
        cells.retain(|key, _| key[16..].starts_with(&prefix));
        assert!(!cells.is_empty(), "no cell has the key {field:?}");
        for (key, value) in &cells {
            let cut = &value[..value.len() - 1];
            self.chain.write_cell(contract, &key[16..], cut);
        }
        let answer = self.chain.ask(self.owner, query).value;
        assert!(
            matches!(answer, Err(Failure::Dispatch(_))),
            "{field:?} cannot be decoded, and is: {answer:?}"
        );
        for (key, value) in &cells {
            self.chain.write_cell(contract, &key[16..], value);
        }
    }

    /// Everything that contracts can change, to be looked at after what is not sent by
    /// [`send`](Self::send).
    pub fn state(&mut self) -> State {
        let contracts = self.chain.contracts().into_iter();
        let state = contracts.map(|contract| {
            let (code, coins) = (self.chain.code_hash(contract), self.coins(contract));
            (contract, (code, coins, self.chain.cells(contract)))
        });
        state.collect()
    }
}

impl<S: Subject> World<S>
where
    <S::Contract as ContractCallBuilder>::Type: FromAccountId<DefaultEnvironment>,
{
    /// The world that most tests begin with.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        S::new()
    }

    /// The messages of the contract.
    pub fn contract(&self) -> <S::Contract as ContractCallBuilder>::Type {
        at::<S::Contract>(self.address())
    }

    /// Sends a message that must succeed. Returns what it answers.
    #[track_caller]
    pub fn done<Args: Encode, R: Decode, E: Decode + Debug>(
        &mut self,
        by: impl Party,
        message: Message<Args, Result<R, E>>,
    ) -> R {
        match self.answer(by, message) {
            Ok(value) => value,
            Err(error) => panic!("refused: {error:?}"),
        }
    }

    /// Sends a message that must be refused. Returns why it is.
    #[track_caller]
    pub fn refused<Args: Encode, R: Decode + Debug, E: Decode>(
        &mut self,
        by: impl Party,
        message: Message<Args, Result<R, E>>,
    ) -> E {
        match self.answer(by, message) {
            Err(error) => error,
            Ok(value) => panic!("not refused, but answered: {value:?}"),
        }
    }

    /// Sends a message that must succeed. Returns the whole receipt.
    #[track_caller]
    pub fn receipt<Args: Encode, R: Decode, E: Decode + Debug>(
        &mut self,
        by: impl Party,
        message: Message<Args, Result<R, E>>,
    ) -> Receipt<Result<R, E>> {
        self.send(by, message).succeeded()
    }

    /// Sends a message. Returns what the contract answers, whether it is done or refused.
    #[track_caller]
    pub fn answer<Args: Encode, R: Decode, E: Decode>(
        &mut self,
        by: impl Party,
        message: Message<Args, Result<R, E>>,
    ) -> Result<R, E> {
        match self.send(by, message).value {
            Ok(answer) => answer,
            Err(failure) => panic!("failed: {failure}"),
        }
    }

    /// Sends a message, whatever becomes of it. Returns the whole receipt.
    ///
    /// Whatever is no success changes no contract and emits nothing. No message goes too deep.
    /// After each, all that the subject must keep is kept.
    #[track_caller]
    pub fn send<Args: Encode, R: Decode, E: Decode>(
        &mut self,
        by: impl Party,
        message: Message<Args, Result<R, E>>,
    ) -> Receipt<Result<R, E>> {
        let before = self.watched.then(|| self.state());
        let receipt = self.chain.send(by.id(), message);
        if !matches!(receipt.value, Ok(Ok(_))) {
            let after = self.watched.then(|| self.state());
            assert!(before == after, "a refusal changed a contract");
            assert_eq!(receipt.events, [], "a refusal emitted an event");
            assert_eq!(receipt.deposit, Deposit::default());
        }
        let now = self.chain.now();
        let heard = receipt.events.iter().map(|event| (now, event.clone()));
        self.heard.extend(heard);
        let (frames, most) = (receipt.frames, self.most_frames);
        assert!(frames <= most, "{frames} frames, of at most {most}");
        S::check(self);
        receipt
    }

    /// Asserts what the subject must keep, also where a message was not sent to it by
    /// [`send`](Self::send).
    #[track_caller]
    pub fn check(&mut self) {
        S::check(self);
    }

    /// The events of the contract, which must all be of type `E`, with their topics.
    #[track_caller]
    pub fn events<E: ink::env::Event + Decode, R>(&self, receipt: &Receipt<R>) -> Vec<(E, Topics)> {
        let all = self.own(receipt).map(|event| match event.decode() {
            Some(decoded) => (decoded, fields_of::<E>(event)),
            None => panic!("another event: {event:?}"),
        });
        all.collect()
    }

    /// The only event of type `E` among those of the contract, with its topics.
    #[track_caller]
    pub fn event<E: ink::env::Event + Decode, R>(&self, receipt: &Receipt<R>) -> (E, Topics) {
        let own = self.own(receipt);
        let mut found = own.filter_map(|event| Some((event.decode()?, fields_of::<E>(event))));
        match (found.next(), found.next()) {
            (Some(event), None) => event,
            (None, _) => panic!("no such event"),
            _ => panic!("such an event twice"),
        }
    }

    /// Asserts that of this type of events the contract emitted this one alone.
    #[track_caller]
    pub fn assert_emitted<E, R>(&self, receipt: &Receipt<R>, expected: E)
    where
        E: ink::env::Event + Decode + PartialEq + Debug,
    {
        assert_eq!(self.event::<E, R>(receipt).0, expected);
    }

    /// The events of the contract, as the chain keeps them.
    pub fn own<'r, R>(&self, receipt: &'r Receipt<R>) -> impl Iterator<Item = &'r Event> {
        let address = self.address();
        let events = receipt.events.iter();
        events.filter(move |event| event.contract == address)
    }
}

/// The topics of an event, without its signature if it has one.
fn fields_of<E: ink::env::Event>(event: &Event) -> Topics {
    let signature = usize::from(E::SIGNATURE_TOPIC.is_some());
    event.topics[signature..].to_vec()
}
