//! What factory and tokens store, read past all messages.

use crate::world::World;
use derived_factory::*;
use ink::primitives::AccountId;
use std::collections::BTreeMap;

/// Everything that the factory stores and what its tokens' holders hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredState {
    pub dapps: BTreeMap<DappId, Dapp>,
    pub credits: BTreeMap<AccountId, Credit>,
    pub nonces: BTreeMap<(AccountId, u64), u128>,
    /// ALV that lies here for somebody.
    pub held: u128,
    pub governance: Option<Governance>,
    /// Holders of each DAPP's token.
    pub holders: BTreeMap<DappId, BTreeMap<AccountId, u128>>,
    pub count: DappId,
}

pub fn stored_state(world: &mut World) -> StoredState {
    let mut cells = world.stored(world.factory);
    // ALV, the end of the pause, how many DAPPs.
    let (_, _, count): (AccountId, u64, DappId) = cells.root();
    let dapps: BTreeMap<DappId, Dapp> = cells.entries(b"DAPP");
    let credits: BTreeMap<AccountId, Credit> = cells.entries(b"CRDT");
    cells.entries::<AccountId, DappId, Vec<_>>(b"TOKN");
    let held = dapps.values().map(lies_for);
    let held = held
        .chain(credits.values().map(|credit| credit.amount))
        .sum();
    let tokens = dapps
        .iter()
        .map(|(number, dapp)| (*number, **dapp.token.address()));
    let holders = tokens.map(|(number, token)| (number, holders_of(world, token)));
    let holders = holders.collect();
    StoredState {
        dapps,
        credits,
        nonces: cells.entries(b"NONC"),
        held,
        governance: cells.cell(b"GOVN"),
        holders,
        count,
    }
}

/// Who holds how many units of a token.
fn holders_of(world: &mut World, token: AccountId) -> BTreeMap<AccountId, u128> {
    let mut cells = world.stored(token);
    // Factory, supply, whether it is frozen.
    cells.root::<(AccountId, u128, bool)>();
    cells.cell::<(String, String, u8)>(b"LABL");
    cells.entries::<(AccountId, AccountId), u128, Vec<_>>(b"ALLW");
    cells.entries(b"BALN")
}

/// ALV that lies here for a DAPP.
pub fn lies_for(dapp: &Dapp) -> u128 {
    let money = &dapp.money;
    let left = match &dapp.life.state {
        State::Failed(failure) => failure.left,
        _ => 0,
    };
    let leaving = money.stake_unbonding.amount + money.proceeds_unbonding.amount;
    money.reserve + money.stake + leaving + money.prepaid + money.proceeds + left
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
