//! A chain with a token and a distributor of a small list, on which every step is checked.

use ::alv::{Alv, PAUSER, VAULT};
use ::hostile::{Hostile, HostileRef, Mode};
use allive_access::AccessControl;
pub use allive_calls::EthereumKey;
use allive_calls::{at, psp22, Chain, Code, Event, Keyring, Message, Receipt, Typed};
use allive_holders::Snapshot;
use allive_merkle::{Hash, Software, Tree};
pub use allive_simulator::GENESIS;
use allive_simulator::{EmbeddedChain, START};
use allive_support::{filler, tokens};
pub use alv_distributor::*;
use ink::primitives::AccountId;
use psp22::PSP22;
use scale::{Decode, Encode};
use std::{collections::BTreeMap, fmt::Debug};

/// Deploys everything, owns ALV and holds all of it at first.
pub const ADMIN: Keyring = Keyring::Alice;
/// Submits what others are paid for, and holds no ALV.
pub const STRANGER: Keyring = Keyring::Eve;
/// Whom the owners of addresses name.
pub const DESTINATION: Keyring = Keyring::Dave;
/// Gets what nobody claims.
pub const REMAINDER: Keyring = Keyring::Ferdie;

pub const HOUR: u64 = 3_600_000;
pub const DEADLINE: u64 = START + 24 * HOUR;

/// Places in the list of [`List::small`].
pub const BOB: u64 = 0;
pub const CHARLIE: u64 = 1;
pub const FIRST_OF_KEY_1: u64 = 2;
pub const SECOND_OF_KEY_1: u64 = 3;
pub const OF_KEY_2: u64 = 4;
pub const COUNT: u64 = 131;

pub type Cells = BTreeMap<Vec<u8>, Vec<u8>>;
pub type Answer<R> = Receipt<Result<R, DistributorError>>;

/// The owner of an address.
pub fn key(number: u8) -> EthereumKey {
    EthereumKey::from_seed([number; 32])
}

/// Holders, what each is owed, and the tree over them.
#[derive(Clone, Debug)]
pub struct List {
    pub entries: Vec<(Holder, u128)>,
    tree: Tree,
}

impl List {
    pub fn of(entries: Vec<(Holder, u128)>) -> Self {
        let leaves = (0..)
            .zip(&entries)
            .map(|(index, (holder, amount))| {
                allive_holders::leaf::<Software>(index, holder, *amount)
            })
            .collect();
        let tree = Tree::build(leaves).unwrap();
        Self { entries, tree }
    }

    /// The tool's list, with the tool's own root and proofs.
    pub fn of_snapshot(snapshot: &Snapshot) -> Self {
        let entries = snapshot.entries().iter();
        let list = Self::of(entries.map(|entry| (entry.holder, entry.amount)).collect());
        assert_eq!(list.root(), snapshot.root());
        list
    }

    /// Two accounts, two addresses (one of them twice), and others until a second cell is begun and
    /// the tree has odd levels.
    pub fn small() -> Self {
        let account = |ring: Keyring| Holder::Account(ring.account());
        let mut entries = vec![
            (account(Keyring::Bob), 100),
            (account(Keyring::Charlie), 250),
            (Holder::Address(key(1).address()), 1_000),
            (Holder::Address(key(1).address()), 7),
            (Holder::Address(key(2).address()), 40),
        ];
        for number in 5..COUNT as u32 {
            let holder = Holder::Account(filler::holder(number));
            entries.push((holder, u128::from(number) + 1));
        }
        Self::of(entries)
    }

    pub fn root(&self) -> Hash {
        self.tree.root()
    }

    pub fn count(&self) -> u64 {
        self.entries.len() as u64
    }

    pub fn total(&self) -> u128 {
        self.entries.iter().map(|(_, amount)| amount).sum()
    }

    pub fn holder(&self, index: u64) -> Holder {
        self.entries[index as usize].0
    }

    pub fn amount(&self, index: u64) -> u128 {
        self.entries[index as usize].1
    }

    pub fn proof(&self, index: u64) -> Vec<Hash> {
        self.tree.proof(index).unwrap()
    }
}

pub struct World {
    pub chain: EmbeddedChain,
    pub token: AccountId,
    pub distributor: AccountId,
    pub list: List,
    hostile: bool,
}

impl World {
    /// With ALV, of which the distributor is a vault and holds what the list owes.
    pub fn new() -> Self {
        Self::of(List::small())
    }

    /// The same for another list.
    pub fn of(list: List) -> Self {
        let mut world = Self::unfunded(list);
        let vault = at::<Alv>(world.token).grant_role(VAULT, world.distributor.into());
        world.tell(ADMIN, vault).unwrap();
        world.give(world.list.total());
        world
    }

    /// With ALV, of which the distributor has none; it is no vault.
    pub fn unfunded(list: List) -> Self {
        let mut chain = EmbeddedChain::new();
        let token = tokens::deploy_alv(&mut chain, ADMIN.account());
        let mut world = Self::with(chain, token, list, false);
        let pauser = at::<Alv>(token).grant_role(PAUSER, ADMIN.account().into());
        world.tell(ADMIN, pauser).unwrap();
        world
    }

    /// With a token that does what it is told to, honest at first, and enough of it.
    pub fn hostile() -> Self {
        let mut world = Self::hostile_of(List::small());
        world.give(world.list.total());
        world
    }

    /// The same for another list, and nothing of it yet.
    pub fn hostile_of(list: List) -> Self {
        let mut chain = EmbeddedChain::new();
        let token = hostile_at(&mut chain, b"token");
        Self::with(chain, token, list, true)
    }

    /// With a token that is no contract.
    pub fn without_token() -> Self {
        let token = AccountId::from([7; 32]);
        Self::with(EmbeddedChain::new(), token, List::small(), false)
    }

    fn with(mut chain: EmbeddedChain, token: AccountId, list: List, hostile: bool) -> Self {
        let terms = Terms {
            token: allive_psp22_interface::Token::at(token),
            root: list.root(),
            count: list.count(),
            deadline: DEADLINE,
            remainder_to: REMAINDER.account(),
            chain: GENESIS,
        };
        let distributor = create(&mut chain, &terms, b"").unwrap();
        Self {
            chain,
            token,
            distributor,
            list,
            hostile,
        }
    }

    /// What the leaf at `index` says, as its holder would claim it.
    pub fn claimant(&self, index: u64) -> Claimant {
        match self.list.holder(index) {
            Holder::Account(account) => Claimant::Account(account),
            Holder::Address(address) => {
                let owner = [1, 2].map(key).into_iter().find(|k| k.address() == address);
                self.signed(&owner.unwrap(), DESTINATION.account())
            }
        }
    }

    /// A claim of the key's address, to be paid to `destination`.
    pub fn signed(&self, key: &EthereumKey, destination: AccountId) -> Claimant {
        let text = destination_text(&destination, &GENESIS, &self.distributor);
        Claimant::Address {
            address: key.address(),
            destination,
            signature: key.sign_personal(&text),
        }
    }

    /// A good claim of the leaf at `index`, submitted by the stranger.
    pub fn claim(&mut self, index: u64) -> Answer<()> {
        self.claim_as(index, self.claimant(index))
    }

    /// The same with another claimant.
    pub fn claim_as(&mut self, index: u64, claimant: Claimant) -> Answer<()> {
        let (amount, proof) = (self.list.amount(index), self.list.proof(index));
        self.claim_with(index, claimant, amount, proof)
    }

    pub fn claim_with(
        &mut self,
        index: u64,
        claimant: Claimant,
        amount: u128,
        proof: Vec<Hash>,
    ) -> Answer<()> {
        let message = at::<AlvDistributor>(self.distributor).claim(index, claimant, amount, proof);
        self.act(STRANGER, message)
    }

    /// The bytes of a good claim.
    pub fn claim_input(&self, index: u64) -> Vec<u8> {
        let (amount, proof) = (self.list.amount(index), self.list.proof(index));
        let claimant = self.claimant(index);
        input(at::<AlvDistributor>(self.distributor).claim(index, claimant, amount, proof))
    }

    pub fn sweep(&mut self) -> Answer<u128> {
        self.act(STRANGER, at::<AlvDistributor>(self.distributor).sweep())
    }

    /// Sends a message of the distributor and checks what must hold after each: whatever is not a
    /// success changed no cell of any contract and emitted nothing; the terms are what they were.
    pub fn act<Args: Encode, R: Decode + Debug>(
        &mut self,
        by: Keyring,
        message: Message<Args, Result<R, DistributorError>>,
    ) -> Answer<R> {
        let before = self.cells();
        let terms = self.stored_terms();
        let answer = self.chain.send(by.account(), message);
        if !matches!(answer.value, Ok(Ok(_))) {
            assert_eq!(self.cells(), before, "refused, and changed: {answer:?}");
            assert_eq!(answer.events, [], "refused, and said something");
        }
        assert_eq!(self.stored_terms(), terms);
        answer
    }

    /// Sends a message that is not of the distributor, which the chain must execute.
    pub fn tell<Args: Encode, R: Decode>(&mut self, by: Keyring, message: Message<Args, R>) -> R {
        self.chain.send(by.account(), message).value.unwrap()
    }

    /// From now on the token, which must be the hostile one, behaves so.
    pub fn behave(&mut self, mode: Mode) {
        self.tell(ADMIN, at::<Hostile>(self.token).behave(mode));
    }

    /// Gives the distributor so much.
    pub fn give(&mut self, value: u128) {
        let to = self.distributor;
        if self.hostile {
            self.tell(ADMIN, at::<Hostile>(self.token).mint(to, value));
        } else {
            let transfer = psp22(self.token).transfer(to, value, vec![]);
            self.tell(ADMIN, transfer).unwrap();
        }
    }

    /// What an account holds, also where the token lies about it.
    pub fn holds(&mut self, owner: AccountId) -> u128 {
        if self.hostile {
            self.chain.get(at::<Hostile>(self.token).held(owner))
        } else {
            self.chain.get(psp22(self.token).balance_of(owner))
        }
    }

    /// What the distributor holds.
    pub fn held(&mut self) -> u128 {
        self.holds(self.distributor)
    }

    pub fn is_claimed(&mut self, index: u64) -> bool {
        let question = at::<AlvDistributor>(self.distributor).is_claimed(index);
        self.chain.get(question)
    }

    pub fn claimed_total(&mut self) -> u128 {
        let question = at::<AlvDistributor>(self.distributor).claimed_total();
        self.chain.get(question)
    }

    pub fn terms(&mut self) -> Terms {
        self.chain
            .get(at::<AlvDistributor>(self.distributor).terms())
    }

    /// The same, from the cell in which the sum of claims follows them.
    fn stored_terms(&mut self) -> Terms {
        let root = self.chain.read_cell(self.distributor, &[0; 4]).unwrap();
        let mut rest = &root[..];
        let terms = Terms::decode(&mut rest).unwrap();
        assert_eq!(rest.len(), 16);
        terms
    }

    /// Every cell of distributor and token, where there is one.
    pub fn cells(&mut self) -> [Cells; 2] {
        let token = if self.token == AccountId::from([7; 32]) {
            Cells::new()
        } else {
            self.chain.cells(self.token)
        };
        [self.chain.cells(self.distributor), token]
    }

    /// The distributor's own events.
    pub fn said<R>(&self, receipt: &Receipt<R>) -> Vec<Event> {
        let own = receipt.events.iter().cloned();
        own.filter(|event| event.contract == self.distributor)
            .collect()
    }

    /// Lets time pass until `moment`.
    pub fn at(&mut self, moment: u64) {
        let now = self.chain.now();
        let wait = moment.checked_sub(now);
        self.chain.advance(wait.expect("time does not run back"));
    }

    pub fn pause(&mut self) {
        use allive_access::Pausable;
        self.tell(ADMIN, at::<Alv>(self.token).pause()).unwrap();
    }
}

/// A distributor with these terms; what the constructor answers, which undoes all if it refuses.
pub fn create(
    chain: &mut EmbeddedChain,
    terms: &Terms,
    salt: &[u8],
) -> Result<AccountId, DistributorError> {
    let Terms {
        token,
        root,
        count,
        deadline,
        remainder_to,
        chain: genesis,
    } = terms.clone();
    let constructor = AlvDistributorRef::new(
        token.address(),
        root,
        count,
        deadline,
        remainder_to,
        genesis,
    );
    let created = chain.create(ADMIN.account(), &code("alv_distributor"), constructor, salt);
    Ok(created.unwrap()?.address)
}

/// What a message is on the wire.
pub fn input<Args: Encode, R>(message: Message<Args, R>) -> Vec<u8> {
    message.params().exec_input().encode()
}

pub fn hostile_at(chain: &mut EmbeddedChain, salt: &[u8]) -> AccountId {
    let constructor = HostileRef::new();
    let created = chain.create(ADMIN.account(), &code("hostile"), constructor, salt);
    created.unwrap().unwrap().address
}

pub fn code(name: &str) -> Code {
    Code::read(name).unwrap()
}
