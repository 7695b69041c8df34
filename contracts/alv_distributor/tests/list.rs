//! Lists of holders, and the keys of those who are addresses.

use allive_calls::{EthereumKey, Keyring};
use allive_holders::Snapshot;
use allive_merkle::{Hash, Software, Tree};
use allive_support::filler;
use alv_distributor::Holder;

/// Places in the list of [`List::small`].
pub const BOB: u64 = 0;
pub const CHARLIE: u64 = 1;
pub const FIRST_OF_KEY_1: u64 = 2;
pub const SECOND_OF_KEY_1: u64 = 3;
pub const OF_KEY_2: u64 = 4;
pub const COUNT: u64 = 131;

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
