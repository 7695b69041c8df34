//! A patient confirms that she has a pack.

use crate::world::*;
use allive_merkle::{leaf, Software, Tree};
use allive_olife_id_interface::Topic;
use provenance::*;

fn secret(index: u64) -> Secret {
    let mut secret = [0x11; 16];
    secret[..8].copy_from_slice(&index.to_le_bytes());
    secret
}

/// The lot, with a hidden secret on each pack.
fn sealed() -> (NewLot, Tree) {
    let leaves = (0..COUNT).map(|index| {
        let salt = salt_of::<Software>(&secret(index));
        let data = pack_data(&gtin(), &serial(index), index, &salt);
        leaf::<Software>(&PACK_DOMAIN, &data)
    });
    let tree = Tree::build(leaves.collect()).unwrap();
    let serials = Some(Serials {
        root: tree.root(),
        paths: vec![1; 36],
    });
    let lot = NewLot {
        serials,
        ..new_lot()
    };
    (lot, tree)
}

/// What stands on the label of a pack.
fn label(index: u64) -> Claim {
    let path = sealed().1.proof(index).unwrap();
    let proof = Some(Proof {
        serial: serial(index),
        salt: salt_of::<Software>(&secret(index)),
        path,
    });
    Claim {
        proof,
        ..claim(index, 0)
    }
}

fn run() -> RunId {
    let lot = lot_id(&new_lot(), MAKER);
    RunId { lot, first: 0 }
}

/// The pharmacy has dispensed pack 3.
fn dispensed() -> World {
    let mut world = registered();
    act(&mut world, MAKER, commission(sealed().0));
    pass(&mut world, UnitId::Run(run()), MAKER, PHARMACY);
    let dispense = Action::Dispense {
        claim: label(3).into(),
        role: Topic::PHARMACY,
        site: site(5),
        prescription: None,
    };
    act(&mut world, PHARMACY, dispense);
    world
}

#[track_caller]
fn error(world: &mut World, claim: Claim, secret: Secret) -> ProvenanceError {
    let message = world.contract().confirm(claim.into(), secret);
    world.refused(STRANGER, message)
}

#[test]
fn whoever_shows_the_secret_of_a_dispensed_pack_confirms_it_once() {
    let mut world = dispensed();
    let lot = run().lot;
    assert!(!world.get(world.contract().confirmed(lot, 3)));
    let confirm = world.contract().confirm(label(3).into(), secret(3));
    let receipt = world.receipt(STRANGER, confirm);
    let pack = PackId { lot, index: 3 };
    let step = Step::PackConfirmed { pack };
    world.assert_emitted(&receipt, Traced { step });
    for index in 0..COUNT {
        let confirmed = world.get(world.contract().confirmed(lot, index));
        assert_eq!(confirmed, index == 3);
    }
    let again = error(&mut world, label(3), secret(3));
    assert_eq!(again, ProvenanceError::IsConfirmed);
}

#[test]
fn only_a_dispensed_pack_is_confirmed_by_its_own_secret() {
    let mut world = dispensed();
    let wrong = error(&mut world, label(3), secret(4));
    assert_eq!(wrong, ProvenanceError::WrongSecret);
    let other = error(&mut world, label(4), secret(4));
    assert_eq!(other, ProvenanceError::NotDispensed);
    let mut bent = label(3);
    bent.code = b"LOT-2".to_vec();
    let bent = error(&mut world, bent, secret(3));
    assert_eq!(bent, ProvenanceError::Mismatch(Mismatch::Lot));
    let mut world = registered();
    let serials = None;
    let lot = NewLot {
        serials,
        ..new_lot()
    };
    act(&mut world, MAKER, commission(lot));
    let proof = None;
    let bulk = Claim { proof, ..label(0) };
    let bulk = error(&mut world, bulk, secret(0));
    assert_eq!(bulk, ProvenanceError::NoSerials);
}

#[test]
fn what_a_patient_confirmed_is_not_undone() {
    let mut world = dispensed();
    let confirm = world.contract().confirm(label(3).into(), secret(3));
    world.done(STRANGER, confirm);
    let (run, index) = (run(), 3);
    let undo = Action::UndoDispense { run, index };
    let error = refused(&mut world, PHARMACY, undo);
    assert_eq!(error, ProvenanceError::Final);
}

#[test]
fn what_cannot_be_decoded_does_not_count_as_not_confirmed() {
    let mut world = dispensed();
    let confirm = world.contract().confirm(label(3).into(), secret(3));
    world.done(STRANGER, confirm);
    let asked = world.contract().confirmed(run().lot, 3);
    let provenance = world.provenance;
    world.assert_undecodable_traps(provenance, b"CONF", asked);
}
