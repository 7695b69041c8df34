//! What the token stores, read past all messages.

use allive_simulator::EmbeddedChain;
use allive_support::stored::StoredCells;
use ink::primitives::AccountId;
use std::collections::BTreeMap;

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
        let state = Self {
            factory,
            supply,
            frozen,
            label: cells.cell(b"LABL").unwrap(),
            balances: cells.entries(b"BALN"),
            allowances: cells.entries(b"ALLW"),
        };
        let balances = state.balances.values();
        let mut numbers = balances.chain(state.allowances.values());
        assert!(numbers.all(|number| *number != 0), "a zero is stored");
        state
    }
}
