//! Whether a pack is genuine.

use crate::world::*;
use allive_olife_id_interface::Topic;
use provenance::*;

#[test]
fn every_pack_of_a_lot_is_genuine_and_its_custody_is_told() {
    let (mut world, _) = commissioned();
    for index in 0..COUNT {
        let known = verify(&mut world, claim(index, 0)).unwrap();
        let right = Known {
            state: State::Genuine,
            lot: lot_id(&new_lot(), MAKER),
            maker: id(MAKER),
            custody: Custody::new(id(MAKER), Topic::MANUFACTURER, site(1), START).unwrap(),
            suspected: false,
            cold: Cold::NotWatched,
        };
        assert_eq!(known, right);
    }
}

#[test]
fn each_mismatch_of_a_label_is_an_answer_of_its_own() {
    let (mut world, _) = commissioned();
    let mut check = |change: &dyn Fn(&mut Claim), right| {
        let mut changed = claim(3, 0);
        change(&mut changed);
        assert_eq!(verify(&mut world, changed), Err(right));
    };
    check(&|claim| claim.product = blood(), Mismatch::Product);
    check(&|claim| claim.code = b"LOT-2".to_vec(), Mismatch::Lot);
    check(&|claim| claim.expiry = Some(today() + 11), Mismatch::Expiry);
    check(&|claim| claim.expiry = None, Mismatch::Expiry);
    check(&|claim| claim.proof = None, Mismatch::Serial);
    check(
        &|claim| claim.proof.as_mut().unwrap().serial = serial(4),
        Mismatch::Serial,
    );
    check(
        &|claim| claim.proof.as_mut().unwrap().salt = [8; 16],
        Mismatch::Serial,
    );
    check(&|claim| claim.index = 4, Mismatch::Serial);
    check(&|claim| claim.index = COUNT, Mismatch::Serial);
    check(&|claim| claim.first = 1, Mismatch::Run);
}

#[test]
fn a_lot_without_serials_has_no_proofs_and_only_its_own_pieces() {
    let mut world = registered();
    let serials = None;
    act(
        &mut world,
        MAKER,
        commission(NewLot {
            serials,
            ..new_lot()
        }),
    );
    let without = |index| Claim {
        proof: None,
        ..claim(index, 0)
    };
    assert!(verify(&mut world, without(COUNT - 1)).is_ok());
    let error = verify(&mut world, without(COUNT));
    assert_eq!(error, Err(Mismatch::Serial));
    let error = verify(&mut world, claim(0, 0));
    assert_eq!(error, Err(Mismatch::Serial));
}

#[test]
fn whoever_names_a_pack_names_its_run() {
    let (mut world, _) = commissioned();
    let lot = lot_id(&new_lot(), MAKER);
    split(&mut world, MAKER, RunId { lot, first: 0 }, 4);
    for index in 0..COUNT {
        for first in [0, 4] {
            let claim = claim(index, first);
            let right = (index >= 4) == (first == 4);
            let answer = verify(&mut world, claim).map(drop);
            assert_eq!(answer, right.then_some(()).ok_or(Mismatch::Run));
        }
    }
}

#[test]
fn a_pack_expires_when_its_last_day_is_over() {
    let (mut world, _) = commissioned();
    let end = u64::from(new_lot().expiry.unwrap() + 1) * DAY;
    world.at(end - 1);
    assert_eq!(state(&mut world), State::Genuine);
    world.at(end);
    assert_eq!(state(&mut world), State::Expired);
}

#[test]
fn what_is_shipped_is_on_its_way_until_it_is_received_or_the_deadline_passes() {
    let (mut world, run) = commissioned();
    let unit = UnitId::Run(run);
    act(&mut world, MAKER, ship(unit, PHARMACY, UNTIL));
    world.at(UNTIL);
    let known = verify(&mut world, claim(0, 0)).unwrap();
    assert_eq!(known.state, State::InTransit);
    assert_eq!(known.custody.holder, id(MAKER));
    world.at(UNTIL + 1);
    assert_eq!(state(&mut world), State::Genuine);
}
