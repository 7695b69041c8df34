//! What factory and tokens store, read past all messages, and what must hold of it at all times.

use crate::world::*;
use derived_factory::*;
use ink::primitives::AccountId;
use scale::Decode;
use std::collections::BTreeMap;

/// ALV, the end of the pause, how many DAPPs.
type Root = (AccountId, u64, u64);

/// Everything that the factory stores and what its tokens' holders hold, read past all messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    pub dapps: BTreeMap<DappId, Dapp>,
    pub credits: BTreeMap<AccountId, Credit>,
    pub vouchers: BTreeMap<(DappId, u64), u128>,
    /// ALV that lies here for somebody.
    pub held: u128,
    pub governance: Option<Governance>,
    /// Holders of each DAPP's token.
    pub holders: BTreeMap<DappId, BTreeMap<AccountId, u128>>,
    pub count: DappId,
}

impl World {
    /// What lies here is what belongs to somebody, and at most what the factory holds of ALV; the
    /// supply of each token is the sum of its balances; every DAPP that has not failed keeps its
    /// promise.
    pub fn check(&mut self, books: &Books) {
        let (holds, due) = (self.holds(self.factory), books.held);
        assert!(holds >= due, "holds {holds}, owes {due}");
        assert_eq!(books.count, books.dapps.len() as u64);
        for (number, dapp) in &books.dapps {
            let balances = books.holders[number].values().sum::<u128>();
            match &dapp.life.state {
                State::Failed(failure) => assert!(balances <= failure.supply),
                _ => {
                    assert_eq!(dapp.supply, balances, "supply of {number}");
                    assert!(is_covered(dapp), "{number} is not covered: {dapp:?}");
                    assert!(dapp.money.reserve <= dapp.supply * dapp.terms.price);
                }
            }
        }
    }

    /// What the contracts store.
    pub fn books(&mut self) -> Books {
        let mut books = Books::default();
        for (key, value) in self.chain.cells(self.factory) {
            // The chain puts 16 bytes of hash before what the contract named.
            let (cell, key) = key[16..].split_first_chunk::<4>().unwrap();
            match u32::from_le_bytes(*cell) {
                0 => books.count = entry::<(), Root>(key, &value).1 .2,
                0x4441_5050 => books.dapps.extend([entry(key, &value)]),
                0x4352_4454 => books.credits.extend([entry(key, &value)]),
                0x564f_5543 => books.vouchers.extend([entry::<_, u128>(key, &value)]),
                0x474f_564e => books.governance = Some(entry::<(), _>(key, &value).1),
                0x544f_4b4e => drop(entry::<AccountId, DappId>(key, &value)),
                other => panic!("an unknown cell {other:#x}"),
            }
        }
        let dapps = books.dapps.values().map(lies_for);
        let credits = books.credits.values().map(|credit| credit.amount);
        books.held = dapps.chain(credits).sum();
        for (number, dapp) in &books.dapps {
            let cells = self.chain.cells(**dapp.token.address()).into_iter();
            let balances = cells.filter_map(|(key, value)| {
                let (cell, key) = key[16..].split_first_chunk::<4>().unwrap();
                let is_balance = u32::from_le_bytes(*cell).to_be_bytes() == *b"BALN";
                is_balance.then(|| entry::<AccountId, u128>(key, &value))
            });
            books.holders.insert(*number, balances.collect());
        }
        books
    }
}

/// ALV that lies here for a DAPP.
pub fn lies_for(dapp: &Dapp) -> u128 {
    let money = &dapp.money;
    let left = match &dapp.life.state {
        State::Failed(failure) => failure.left,
        _ => 0,
    };
    money.reserve + money.stake + money.unbonding + money.prepaid + money.proceeds + left
}

/// Whether a DAPP keeps its promise, by the rule as the specification words it.
pub fn is_covered(dapp: &Dapp) -> bool {
    let (terms, money) = (&dapp.terms, &dapp.money);
    let share = |points: u16, amount: u128| {
        let points = u128::from(points);
        amount / 10_000 * points + (amount % 10_000 * points).div_ceil(10_000)
    };
    money.reserve + money.stake >= share(terms.cover, dapp.supply * dapp.peak)
        && money.stake >= share(terms.stake_share, money.raised)
}

fn entry<K: Decode, V: Decode>(mut key: &[u8], mut value: &[u8]) -> (K, V) {
    let entry = (K::decode(&mut key).unwrap(), V::decode(&mut value).unwrap());
    assert!(
        key.is_empty() && value.is_empty(),
        "a cell holds more than it should"
    );
    entry
}
