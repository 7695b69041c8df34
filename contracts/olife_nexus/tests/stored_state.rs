//! Everything that the Nexus stores, read past all messages.

use allive_simulator::GENESIS;
use allive_support::stored::StoredCells;
use ink::primitives::AccountId;
use olife_nexus::*;
use std::collections::BTreeMap;

/// ALV and Olife ID, longest term, how many records and grants, chain.
type Root = ([AccountId; 2], u64, [u64; 2], [u8; 32]);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredState {
    pub records: BTreeMap<RecordId, Record>,
    pub grants: BTreeMap<GrantId, Grant>,
    pub credits: BTreeMap<AccountId, Credit>,
    pub owed: u128,
    /// Which nonces were used.
    pub nonces: BTreeMap<(AccountId, u64), u128>,
    /// How many records were registered, and grants offered.
    pub counts: [u64; 2],
    pub longest: u64,
    /// ALV, and Olife ID.
    pub contracts: [AccountId; 2],
    pub governance: Option<Governance>,
}

impl StoredState {
    pub fn of(mut cells: StoredCells) -> Self {
        let (contracts, longest, counts, chain): Root = cells.root();
        assert_eq!(chain, GENESIS);
        // What the next version adds.
        cells.cell::<GrantId>(b"NEXT");
        Self {
            records: cells.entries(b"RECS"),
            grants: cells.entries(b"GRNT"),
            credits: cells.entries(b"CRDT"),
            owed: cells.cell(b"OWED").unwrap_or_default(),
            nonces: cells.entries(b"NONC"),
            counts,
            longest,
            contracts,
            governance: cells.cell(b"GOVN"),
        }
    }
}
