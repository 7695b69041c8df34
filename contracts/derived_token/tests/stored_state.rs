//! What the token stores, read past all messages.

use allive_simulator::EmbeddedChain;
use allive_support::stored::StoredCells;
use ink::primitives::AccountId;
use scale::Decode;
use std::collections::BTreeMap;

/// The key of an entry of the ledger.
#[derive(Decode, PartialEq, Eq, PartialOrd, Ord)]
enum Entry {
    Balance(AccountId),
    Allowance(AccountId, AccountId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredState {
    pub factory: AccountId,
    pub supply: u128,
    pub frozen: bool,
    pub label: (String, String, u8),
    pub balances: BTreeMap<AccountId, u128>,
    pub allowances: BTreeMap<(AccountId, AccountId), u128>,
}

impl StoredState {
    pub fn of(chain: &mut EmbeddedChain, token: AccountId) -> Self {
        let mut cells = StoredCells::of(chain, token);
        let (factory, supply, frozen) = cells.root();
        let mut state = Self {
            factory,
            supply,
            frozen,
            label: cells.cell(b"LABL").unwrap(),
            balances: BTreeMap::new(),
            allowances: BTreeMap::new(),
        };
        for (entry, number) in cells.entries::<_, _, BTreeMap<Entry, u128>>(b"LEDG") {
            assert_ne!(number, 0, "a zero is stored");
            match entry {
                Entry::Balance(holder) => drop(state.balances.insert(holder, number)),
                Entry::Allowance(owner, spender) => {
                    state.allowances.insert((owner, spender), number);
                }
            }
        }
        state
    }
}
