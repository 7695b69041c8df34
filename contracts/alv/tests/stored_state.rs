//! What ALV stores, read past all messages.

use allive_access::{PauseTerms, RoleType};
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
    Nonce(AccountId),
    Role(AccountId, RoleType),
}

/// Owner and candidate, cap, terms of the pause, chain.
type Governance = (AccountId, Option<AccountId>, u128, PauseTerms, [u8; 32]);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredState {
    pub supply: u128,
    pub paused_until: u64,
    pub balances: BTreeMap<AccountId, u128>,
    pub allowances: BTreeMap<(AccountId, AccountId), u128>,
    pub nonces: BTreeMap<AccountId, u128>,
    pub roles: BTreeMap<(AccountId, RoleType), u128>,
}

impl StoredState {
    pub fn of(chain: &mut EmbeddedChain, alv: AccountId) -> Self {
        let mut cells = StoredCells::of(chain, alv);
        let mut state = Self::default();
        (state.supply, state.paused_until) = cells.root();
        cells.cell::<Governance>(b"GOVN").unwrap();
        for (entry, number) in cells.entries::<_, _, BTreeMap<Entry, u128>>(b"LEDG") {
            assert_ne!(number, 0, "a zero is stored");
            match entry {
                Entry::Balance(holder) => drop(state.balances.insert(holder, number)),
                Entry::Allowance(owner, spender) => {
                    state.allowances.insert((owner, spender), number);
                }
                Entry::Nonce(signer) => drop(state.nonces.insert(signer, number)),
                Entry::Role(account, role) => drop(state.roles.insert((account, role), number)),
            }
        }
        state
    }
}
