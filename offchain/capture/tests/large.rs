//! A large document asks for no more than its size.

mod common;

use allive_capture::{plan, Plan};
use common::*;
use provenance::*;
use std::collections::HashSet;

/// A line: packs are commissioned, ten of them go into each case, the cases are shipped, received
/// and unpacked, and each second pack is destroyed. Returns the plan, and how often the chain was
/// asked.
fn line(cases: usize) -> (Plan, u64, usize) {
    let mut ground = Ground::new(10 * cases as u64);
    let mut events = Vec::new();
    for case in 0..cases {
        let packs = || ground.packs(10 * case..10 * case + 10);
        let sscc = || sscc(case as u64);
        events.push(commission(packs()));
        events.push(pack(FACTORY_GLN, &sscc(), packs()));
        events.push(ship(vec![sscc()], "9521468000001"));
        events.push(receive(vec![sscc()]));
        events.push(unpack(SHOP_GLN, &sscc(), packs()));
        for pack in (0..10).step_by(2) {
            events.push(observe(
                SHOP_GLN,
                "destroying",
                ground.packs([10 * case + pack]),
            ));
        }
    }
    let document = read(&events);
    let told = &ground.told.told;
    let plan = plan(&document, told, &mut ground.chain, &HashSet::new(), &[]).unwrap();
    (plan, ground.chain.asked, events.len())
}

#[test]
fn the_chain_is_asked_in_proportion_to_the_document() {
    let (small, asked_small, _) = line(10);
    let (large, asked_large, _) = line(100);
    assert_eq!(large.steps().count() / 10, small.steps().count());
    // What is asked once for all is asked once.
    assert!(
        asked_large <= 10 * asked_small,
        "{asked_large} and {asked_small}"
    );
}

#[test]
fn a_hundred_thousand_events_are_planned() {
    let (plan, _, events) = line(10_000);
    assert_eq!(events, 100_000);
    assert_eq!(plan.kept.len(), events);
    let ended = plan
        .steps()
        .filter(|step| matches!(step.action, Action::Retire { .. }));
    assert_eq!(ended.count(), 50_000);
}
