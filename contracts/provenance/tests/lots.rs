//! Commissioning.

use crate::world::*;
use allive_olife_id_interface::Topic;
use provenance::*;

#[track_caller]
fn refuses(change: impl FnOnce(&mut NewLot), right: ProvenanceError) {
    let mut world = registered();
    let mut lot = new_lot();
    change(&mut lot);
    assert_eq!(refused(&mut world, MAKER, commission(lot)), right);
}

#[test]
fn the_owner_of_a_product_commissions_a_lot_and_has_all_of_it() {
    let errors = [
        ProvenanceError::NotAttested,
        ProvenanceError::NoStanding,
        ProvenanceError::NotMaker,
    ];
    let action = |_: &World, _| commission(new_lot());
    assert_eq!(may(registered, action, &errors), [MAKER]);
    // The owner must still be attested.
    let mut world = registered();
    attest(&mut world, MAKER, !Topic::MANUFACTURER.bit());
    let error = refused(&mut world, MAKER, commission(new_lot()));
    assert_eq!(error, ProvenanceError::NotAttested);
    let mut world = registered();
    let lot = lot_id(&new_lot(), MAKER);
    let said = step(&mut world, MAKER, commission(new_lot()));
    let right = Step::LotCommissioned {
        lot,
        product: new_lot().product,
        maker: id(MAKER),
        site: site(1),
    };
    assert_eq!(said, right);
    let NewLot { product, code, .. } = new_lot();
    let asked = world.contract().lot_id(product, id(MAKER), code);
    assert_eq!(world.get(asked), lot);
    let stored = world.get(world.contract().lot(lot)).unwrap();
    assert_eq!(stored.maker, id(MAKER));
    assert_eq!(stored.storage, product_terms(Class::Medicine).storage);
    let first = UnitId::Run(RunId { lot, first: 0 });
    let right = Custody::new(id(MAKER), Topic::MANUFACTURER, site(1), START).unwrap();
    assert_eq!(custody(&mut world, first), right);
}

#[test]
fn a_lot_of_four_billion_packs_costs_what_a_lot_of_one_costs() {
    let cost = |count| {
        let mut world = registered();
        let lot = NewLot { count, ..new_lot() };
        let receipt = world.receipt(MAKER, message(&world, None, commission(lot)));
        receipt.gas.ref_time
    };
    let (one, all) = (cost(1), cost(MAX_COUNT));
    assert!(all.abs_diff(one) < one / 1_000, "{one}, {all}");
}

#[test]
fn a_code_is_used_once_by_a_maker_and_makers_do_not_disturb_each_other() {
    let (mut world, _) = commissioned();
    let again = NewLot {
        count: 1,
        ..new_lot()
    };
    assert_eq!(
        refused(&mut world, MAKER, commission(again)),
        ProvenanceError::LotExists
    );
    assert_ne!(lot_id(&new_lot(), MAKER), lot_id(&new_lot(), RIVAL));
}

#[test]
fn what_is_wrong_with_a_lot_is_refused() {
    refuses(|lot| lot.product = blood(), ProvenanceError::UnknownProduct);
    refuses(|lot| lot.code = vec![], ProvenanceError::BadCode);
    refuses(|lot| lot.code = vec![b'A'; 21], ProvenanceError::BadCode);
    refuses(|lot| lot.code = b"A B".to_vec(), ProvenanceError::BadCode);
    refuses(|lot| lot.expiry = None, ProvenanceError::BadExpiry);
    refuses(
        |lot| lot.expiry = Some(today() - 1),
        ProvenanceError::BadExpiry,
    );
    refuses(
        |lot| lot.expiry = Some(today() + 101),
        ProvenanceError::BadExpiry,
    );
    refuses(|lot| lot.count = 0, ProvenanceError::BadCount);
    refuses(|lot| lot.count = MAX_COUNT + 1, ProvenanceError::BadCount);
    for length in [0, MAX_PATHS + 1] {
        let serials = Serials {
            root: [1; 32],
            paths: vec![1; length],
        };
        refuses(|lot| lot.serials = Some(serials), ProvenanceError::BadPaths);
    }
    let mut world = registered();
    let wrong = Action::Commission {
        lot: new_lot().into(),
        site: site(1) + 1,
    };
    assert_eq!(refused(&mut world, MAKER, wrong), ProvenanceError::BadSite);
}

#[test]
fn the_lot_of_blood_is_a_donation_whose_check_character_fits() {
    let mut world = World::new();
    act(&mut world, BLOOD_SERVICE, register(blood(), Class::Blood));
    let donation = |code: &[u8]| {
        commission(NewLot {
            product: blood(),
            code: code.to_vec(),
            count: 1,
            ..new_lot()
        })
    };
    for wrong in [&b"G123498654321A"[..], b"G123498654321", b"LOT-1"] {
        let error = refused(&mut world, BLOOD_SERVICE, donation(wrong));
        assert_eq!(error, ProvenanceError::BadCode);
    }
    act(&mut world, BLOOD_SERVICE, donation(b"G123498654321H"));
}
