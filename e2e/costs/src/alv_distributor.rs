//! Every message of the distributor.

use crate::meter::{Measures, Meter};
use allive_calls::{at, psp22, Chain, Code, Keyring, Typed};
use allive_holders::Holder;
use allive_merkle::{Hash, Software, Tree};
use allive_simulator::{EmbeddedChain, GENESIS, START};
use allive_support::filler::{holder, Filler};
use alv_distributor::{AlvDistributor, AlvDistributorRef, Claimant};
use ink::primitives::AccountId;
use psp22::PSP22;

const DAY: u64 = 86_400_000;
const AMOUNT: u128 = 10;
/// Leaves that the contract keeps in one cell.
const LEAVES_PER_CELL: u32 = 128;

/// The messages whose costs users feel.
pub const HOT: crate::Hot = &[("claim", "")];

/// Holders of the list, which is as long at every scale: a proof has a hash for each doubling of the
/// list, and what is compared is how many were paid before.
const LIST: u32 = 100_002;

/// Measures every message on a list of which the first `others` holders were paid.
///
/// # Panics
/// If a message is refused.
pub fn measure(code: &Code, others: u32) -> Measures {
    let alice = Keyring::Alice.account();
    let mut chain = EmbeddedChain::new();
    let alv = super::alv::deploy(&mut chain, alice);
    let tree = list(LIST);
    let distributor = deploy(&mut chain, code, alv, tree.root(), tree.count());
    fill(&mut chain, code, distributor, others);
    let fund = psp22(alv).transfer(distributor, 100 * AMOUNT, vec![]);
    assert_eq!(
        chain.send(alice, fund).value,
        Ok(Ok(())),
        "the distributor was not funded"
    );
    // A holder who has ALV already: what a first unit costs is the token's to show.
    for number in [others, others + 1] {
        let first = psp22(alv).transfer(holder(number), 1, vec![]);
        assert_eq!(chain.send(alice, first).value, Ok(Ok(())));
    }

    let mut meter = Meter::new(chain);
    let contract = || at::<AlvDistributor>(distributor);
    meter.message("claim", |chain, turn| {
        let number = others + u32::from(turn);
        let proof = tree.proof(number.into()).unwrap_or_default();
        let claimant = Claimant::Account(holder(number));
        chain.send(
            alice,
            contract().claim(number.into(), claimant, AMOUNT, proof),
        )
    });
    meter.query("is_claimed", |chain| {
        chain.ask(alice, contract().is_claimed(others.into()))
    });
    meter.query("claimed_total", |chain| {
        chain.ask(alice, contract().claimed_total())
    });
    meter.query("terms", |chain| chain.ask(alice, contract().terms()));
    meter.chain.advance(DAY + 1);
    meter.message("sweep", |chain, turn| {
        if turn == 1 {
            let late = psp22(alv).transfer(distributor, AMOUNT, vec![]);
            assert_eq!(chain.send(alice, late).value, Ok(Ok(())));
        }
        chain.send(alice, contract().sweep())
    });
    meter.measures()
}

/// Creates a distributor for a day, whose remainder is Bob's.
///
/// # Panics
/// If its constructor fails.
pub fn deploy(
    chain: &mut EmbeddedChain,
    code: &Code,
    alv: AccountId,
    root: Hash,
    count: u64,
) -> AccountId {
    let rest = Keyring::Bob.account();
    let constructor = AlvDistributorRef::new(alv, root, count, START + DAY, rest, GENESIS);
    match chain.create(Keyring::Alice.account(), code, constructor, b"") {
        Ok(Ok(created)) => created.address,
        other => panic!("the distributor was not created: {other:?}"),
    }
}

/// The list of this many holders, each owed the same.
///
/// # Panics
/// If there are none.
pub fn list(count: u32) -> Tree {
    let leaf = |number: u32| {
        let holder = Holder::Account(holder(number));
        allive_holders::leaf::<Software>(number.into(), &holder, AMOUNT)
    };
    match Tree::build((0..count).map(leaf).collect()) {
        Ok(tree) => tree,
        Err(error) => panic!("{error}"),
    }
}

/// As if the first `count` holders had claimed.
pub fn fill(chain: &mut EmbeddedChain, code: &Code, distributor: AccountId, count: u32) {
    let mut filler = Filler::new(chain, distributor, code);
    for cell in 0..count.div_ceil(LEAVES_PER_CELL) {
        let claimed = (count - cell * LEAVES_PER_CELL).min(LEAVES_PER_CELL);
        let bits = u128::MAX >> (LEAVES_PER_CELL - claimed);
        filler.entry("claimed", u64::from(cell), bits);
    }
}
