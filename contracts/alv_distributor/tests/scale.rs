//! A claim in a long list, and after many others.

use crate::world::*;
use allive_calls::{Deposit, Gas};
use allive_holders::Snapshot;
use allive_support::{
    code,
    filler::{holder, Filler},
};
use std::fmt::Write;

const LONG: u32 = 1_000_000;

/// As the tool reads it: accounts that nobody controls, one unit each.
fn long_list() -> List {
    let mut csv = String::from("account,units\n");
    for number in 0..LONG {
        let account = Holder::Account(holder(number));
        writeln!(csv, "{account},1").unwrap();
    }
    let snapshot = Snapshot::read(csv.as_bytes()).unwrap();
    List::of_snapshot(&snapshot)
}

/// Each leaf is claimed in a cell that was opened, and another in one that was not.
fn costs(world: &mut World, opened: u64, unopened: u64) -> [(Gas, Deposit); 2] {
    [opened, unopened].map(|index| {
        let receipt = world.send(STRANGER, world.claim(index));
        assert_eq!(receipt.value, Ok(Ok(())));
        (receipt.gas, receipt.deposit)
    })
}

/// As if all leaves of these cells were paid.
fn fill(world: &mut World, cells: impl Iterator<Item = u64>) {
    let distributor = world.distributor;
    let mut filler = Filler::new(&mut world.chain, distributor, &code("alv_distributor"));
    for cell in cells {
        filler.entry("claimed", cell, u128::MAX);
    }
}

#[test]
fn the_cost_of_a_claim_does_not_depend_on_what_was_claimed() {
    let list = long_list();
    let [before, after] = [false, true].map(|filled| {
        let mut world = of(list.clone());
        // Opens the cell of the first of the two that are measured.
        world.done(STRANGER, world.claim(896_000));
        if filled {
            fill(&mut world, 0..100_000 / 128 + 1);
        }
        assert_eq!(world.get(world.contract().is_claimed(100_000)), filled);
        costs(&mut world, 896_002, 896_128)
    });
    assert_eq!(before, after);

    // A shorter list has shorter proofs, and is otherwise as dear: each doubling costs half a percent.
    let short = List::of(vec![(Holder::Account(holder(1)), 1)]);
    let mut short = of(short);
    // So that the claim does not empty the distributor, which would free its cell in the token.
    short.give(short.distributor, 1);
    let alone = short.send(STRANGER, short.claim(0));
    let ratio = after[1].0.ref_time as f64 / alone.gas.ref_time as f64;
    let proofs = [896_002, 896_128].map(|index| list.proof(index).len());
    assert_eq!(proofs, [20, 20]);
    assert!((1.0..1.0 + 20.0 * 0.006).contains(&ratio), "{ratio}");
    assert_eq!(after[1].1, alone.deposit);
}

#[test]
fn a_cell_written_to_storage_equals_one_that_claims_made() {
    let mut called = World::new();
    for index in 0..128 {
        called.done(STRANGER, called.claim(index));
    }
    let mut written = World::new();
    fill(&mut written, 0..1);
    // The root holds the sum of the claims, which nothing else depends on.
    let root = called.chain.read_cell(called.distributor, &[0; 4]).unwrap();
    let distributor = written.distributor;
    written.chain.write_cell(distributor, &[0; 4], &root);
    assert_eq!(
        called.chain.cells(called.distributor),
        written.chain.cells(distributor)
    );
}
