//! Printed labels, asked of the contract on the embedded chain.

use crate::chain::local::{Printed, MAKER, PHARMACY, SHOP, YEAR};
use allive_calls::Keyring;
use allive_packs::{ask, Asked, PackLabel, Registry};
use provenance::{Action, Alert, Answer, Capacity, Mismatch, ProductName, RunId, State, Target};
use std::fs::File;

fn scan(printed: &Printed, label: &PackLabel) -> Answer {
    let paths = File::open(&printed.files.paths).unwrap();
    match ask(&mut printed.on_chain(), label, Some(paths), YEAR).unwrap() {
        Asked::Answer(answer) => answer,
        Asked::NoProof(error) => panic!("{error:?}"),
    }
}

#[test]
fn every_printed_label_is_answered_by_the_contract_whichever_run_its_pack_is_in() {
    let printed = Printed::new();
    for (index, holder, site) in [
        (0, MAKER, 0),
        (99, MAKER, 0),
        (100, PHARMACY, SHOP),
        (499, PHARMACY, SHOP),
        (500, MAKER, 0),
        (599, MAKER, 0),
    ] {
        let label = printed.files.label(index).unwrap();
        let Answer::Known(known) = scan(&printed, &label) else {
            panic!("{index} is not known");
        };
        assert_eq!((known.state, known.lot), (State::Genuine, printed.lot));
        assert_eq!((known.custody.holder, known.custody.site), (holder, site));
    }
    let recall = Action::Raise {
        target: Target::Lot(printed.lot),
        alert: Alert::RecallOne,
        capacity: Capacity::Maker,
        reason: [1; 32],
    };
    printed.act(Keyring::Alice, recall);
    let label = printed.files.label(7).unwrap();
    let Answer::Known(known) = scan(&printed, &label) else {
        panic!();
    };
    assert_eq!(known.state, State::Recalled(Alert::RecallOne));
}

#[test]
fn a_label_of_another_product_lot_day_or_serial_is_told_apart() {
    let printed = Printed::new();
    let good = printed.files.label(100).unwrap();
    let mut product = good.clone();
    product.gtin = "09506000134369".parse().unwrap();
    let mut lot = good.clone();
    lot.lot = "LOT-2".parse().unwrap();
    let mut day = good.clone();
    day.expiry = Some("260330".parse().unwrap());
    let mut serial = good.clone();
    serial.serial = printed.files.label(101).unwrap().serial;
    for (label, mismatch) in [
        (product, Mismatch::Product),
        (lot, Mismatch::Lot),
        (day, Mismatch::Expiry),
        (serial, Mismatch::Serial),
    ] {
        assert_eq!(scan(&printed, &label), Answer::Unknown(mismatch));
    }
    let nobody = ask(&mut printed.on_chain(), &good, None::<File>, YEAR).unwrap();
    assert!(matches!(nobody, Asked::NoProof(None)));
}

#[test]
fn what_is_not_on_the_chain_is_answered_with_nothing() {
    let printed = Printed::new();
    let mut chain = printed.on_chain();
    let name = ProductName::Gtin(9_506_000_134_352);
    let (lot, first) = (printed.lot, 100);
    assert_eq!(chain.length(RunId { lot, first }).unwrap(), Some(400));
    assert_eq!(chain.length(RunId { lot, first: 101 }).unwrap(), None);
    assert_eq!(chain.lot(&name, PHARMACY, b"LOT-1").unwrap(), None);
    let (id, found) = chain.lot(&name, MAKER, b"LOT-1").unwrap().unwrap();
    assert_eq!((id, found.count), (printed.lot, 600));
    assert_eq!(chain.product(&name).unwrap().unwrap().owner, MAKER);
    let other = ProductName::Gtin(9_506_000_134_369);
    assert_eq!(chain.product(&other).unwrap(), None);
}
