//! What ALV stores, read past all messages.

use allive_access::{PauseTerms, RoleType};
use allive_simulator::{EmbeddedChain, GENESIS};
use allive_support::stored::StoredCells;
use ink::primitives::AccountId;
use std::collections::BTreeMap;

/// Owner and candidate, cap, terms of the pause.
type Governance = (AccountId, Option<AccountId>, u128, PauseTerms);
/// Supply, end of the pause, chain.
type Root = (u128, u64, [u8; 32]);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredState {
    pub supply: u128,
    pub paused_until: u64,
    pub balances: BTreeMap<AccountId, u128>,
    pub allowances: BTreeMap<(AccountId, AccountId), u128>,
    pub nonces: BTreeMap<(AccountId, u64), u128>,
    pub roles: BTreeMap<(RoleType, AccountId), ()>,
}

impl StoredState {
    pub fn of(chain: &mut EmbeddedChain, alv: AccountId) -> Self {
        let mut cells = StoredCells::of(chain, alv);
        let mut state = Self::default();
        let root: Root = cells.root();
        (state.supply, state.paused_until) = (root.0, root.1);
        assert_eq!(root.2, GENESIS);
        cells.cell::<Governance>(b"GOVN").unwrap();
        state.balances = cells.entries(b"BALN");
        state.allowances = cells.entries(b"ALLW");
        state.nonces = cells.entries(b"NONC");
        state.roles = cells.entries(b"ROLE");
        let balances = state.balances.values();
        let mut numbers = balances
            .chain(state.allowances.values())
            .chain(state.nonces.values());
        assert!(numbers.all(|number| *number != 0), "a zero is stored");
        state
    }
}
