//! Products: registered, revised, handed over, assigned.

use crate::world::*;
use allive_olife_id_interface::{IdentityId, Topic};
use provenance::*;

const NOBODY_HERE: &[ProvenanceError] =
    &[ProvenanceError::NotAttested, ProvenanceError::NoStanding];

fn product(world: &mut World, name: ProductName) -> Product {
    world.get(world.contract().product(name)).unwrap()
}

/// Owner, and whose lots the label finds besides.
fn makers(world: &mut World) -> (IdentityId, Vec<IdentityId>) {
    let product = product(world, gtin());
    (product.owner, product.former)
}

fn hand_over(to: impl Into<Option<ink::primitives::AccountId>>) -> Action {
    let to = to.into().map(id);
    Action::HandOver { name: gtin(), to }
}

fn take_over() -> Action {
    Action::TakeOver { name: gtin() }
}

fn assign(owner: IdentityId, former: Vec<IdentityId>) -> Action {
    Action::Assign {
        name: gtin(),
        owner,
        former,
    }
}

#[test]
fn a_maker_registers_a_product_in_the_role_that_its_name_asks_for() {
    let cases = [
        (gtin(), Class::Medicine, vec![MAKER, RIVAL]),
        (blood(), Class::Blood, vec![BLOOD_SERVICE]),
        (order(), Class::Dental, vec![LABORATORY]),
    ];
    for (name, class, makers) in cases {
        let action = || register(name.clone(), class);
        assert_eq!(may(World::new, |_, _| action(), NOBODY_HERE), makers);
        let mut world = World::new();
        let changed: ProductChanged = event(&mut world, makers[0], action());
        let right = Product {
            owner: id(makers[0]),
            former: vec![],
            pending: None,
            terms: product_terms(class),
            alerts: Alerts::default(),
        };
        assert_eq!(changed.product, right);
        assert_eq!(product(&mut world, name), right);
    }
}

#[test]
fn a_product_is_registered_once() {
    let mut world = registered();
    for by in [MAKER, RIVAL] {
        let error = refused(&mut world, by, register(gtin(), Class::Vaccine));
        assert_eq!(error, ProvenanceError::ProductExists);
    }
}

#[test]
fn a_name_must_be_sound_and_ones_own() {
    let mut world = World::new();
    let wrong = ProductName::Gtin(9_506_000_134_353);
    let error = refused(&mut world, MAKER, register(wrong, Class::Medicine));
    assert_eq!(error, ProvenanceError::BadName);
    attest(&mut world, RIVAL, Topic::BLOOD_SERVICE.bit());
    let error = refused(&mut world, RIVAL, register(blood(), Class::Blood));
    assert_eq!(error, ProvenanceError::OthersName);
    attest(&mut world, RIVAL, Topic::LABORATORY.bit());
    let error = refused(&mut world, RIVAL, register(order(), Class::Specimen));
    assert_eq!(error, ProvenanceError::OthersName);
}

#[test]
fn only_the_owner_in_its_role_revises_a_product_and_lots_keep_their_terms() {
    let (mut world, run) = commissioned();
    let terms = ProductTerms {
        storage: Storage::default(),
        ..product_terms(Class::Vaccine)
    };
    let revise = || Action::Revise {
        name: gtin(),
        terms: terms.clone().into(),
    };
    let errors = [NOBODY_HERE, &[ProvenanceError::NotMaker]].concat();
    assert_eq!(may(registered, |_, _| revise(), &errors), [MAKER]);
    act(&mut world, MAKER, revise());
    assert_eq!(product(&mut world, gtin()).terms, terms);
    let lot = world.get(world.contract().lot(run.lot)).unwrap();
    assert_eq!(lot.storage, product_terms(Class::Medicine).storage);
    let unsound = Action::Revise {
        name: gtin(),
        terms: product_terms(Class::Blood).into(),
    };
    assert_eq!(
        refused(&mut world, MAKER, unsound),
        ProvenanceError::BadTerms
    );
    let mut empty = World::new();
    assert_eq!(
        refused(&mut empty, MAKER, revise()),
        ProvenanceError::UnknownProduct
    );
}

#[test]
fn a_product_changes_hands_when_the_other_takes_it_over_and_old_lots_stay_findable() {
    let (mut world, run) = commissioned();
    assert_eq!(
        refused(&mut world, RIVAL, take_over()),
        ProvenanceError::NotOffered
    );
    act(&mut world, MAKER, hand_over(RIVAL));
    assert_eq!(makers(&mut world), (id(MAKER), vec![]));
    act(&mut world, RIVAL, take_over());
    assert_eq!(makers(&mut world), (id(RIVAL), vec![id(MAKER)]));
    assert_eq!(verify(&mut world, claim(0, 0)).unwrap().lot, run.lot);
    // Both made a lot of this code: that of the owner is found.
    act(&mut world, RIVAL, commission(new_lot()));
    let found = verify(&mut world, claim(0, 0)).unwrap();
    assert_eq!(found.maker, id(RIVAL));
    let old = NewLot {
        code: b"LOT-2".to_vec(),
        ..new_lot()
    };
    assert_eq!(
        refused(&mut world, MAKER, commission(old)),
        ProvenanceError::NotMaker
    );
    // It comes back.
    act(&mut world, RIVAL, hand_over(MAKER));
    act(&mut world, MAKER, take_over());
    assert_eq!(makers(&mut world), (id(MAKER), vec![id(RIVAL)]));
}

#[test]
fn an_offer_is_replaced_withdrawn_and_used_once() {
    let mut world = registered();
    attest(&mut world, WHOLESALER, Topic::MANUFACTURER.bit());
    act(&mut world, MAKER, hand_over(RIVAL));
    act(&mut world, MAKER, hand_over(WHOLESALER));
    assert_eq!(
        refused(&mut world, RIVAL, take_over()),
        ProvenanceError::NotOffered
    );
    act(&mut world, MAKER, hand_over(None));
    assert_eq!(
        refused(&mut world, WHOLESALER, take_over()),
        ProvenanceError::NotOffered
    );
    act(&mut world, MAKER, hand_over(RIVAL));
    attest(&mut world, RIVAL, 0);
    assert_eq!(
        refused(&mut world, RIVAL, take_over()),
        ProvenanceError::NotAttested
    );
    attest(&mut world, RIVAL, Topic::MANUFACTURER.bit());
    act(&mut world, RIVAL, take_over());
    assert_eq!(
        refused(&mut world, RIVAL, take_over()),
        ProvenanceError::NotOffered
    );
    assert_eq!(
        refused(&mut world, RIVAL, hand_over(RIVAL)),
        ProvenanceError::ToItself
    );
}

#[test]
fn a_name_that_says_whose_it_is_is_neither_handed_over_nor_assigned() {
    for (name, class, owner) in [
        (blood(), Class::Blood, BLOOD_SERVICE),
        (order(), Class::Dental, LABORATORY),
    ] {
        let mut world = World::new();
        act(&mut world, owner, register(name.clone(), class));
        let to = Some(id(RIVAL));
        let hand_over = Action::HandOver {
            name: name.clone(),
            to,
        };
        let error = refused(&mut world, owner, hand_over);
        assert_eq!(error, ProvenanceError::OthersName);
        let assign = Action::Assign {
            name,
            owner: id(RIVAL),
            former: vec![],
        };
        let error = refused(&mut world, AUTHORITY, assign);
        assert_eq!(error, ProvenanceError::OthersName);
    }
}

#[test]
fn an_authority_gives_a_squatted_gtin_to_whom_it_belongs_and_the_squatters_lots_are_not_found() {
    let begin = || commissioned().0;
    let action = || assign(id(RIVAL), vec![]);
    assert_eq!(
        may(begin, |_, _| action(), NOBODY_HERE),
        [AUTHORITY, SECOND]
    );
    let mut world = begin();
    act(&mut world, MAKER, hand_over(MAKER_FRIEND));
    act(&mut world, AUTHORITY, action());
    assert_eq!(product(&mut world, gtin()).pending, None);
    assert_eq!(verify(&mut world, claim(0, 0)), Err(Mismatch::Lot));
    // The right owner has a lot of the same code.
    act(&mut world, RIVAL, commission(new_lot()));
    assert_eq!(verify(&mut world, claim(0, 0)).unwrap().maker, id(RIVAL));
    // The authority was wrong, and says so.
    act(&mut world, SECOND, assign(id(MAKER), vec![id(RIVAL)]));
    assert_eq!(verify(&mut world, claim(0, 0)).unwrap().maker, id(MAKER));
}

const MAKER_FRIEND: ink::primitives::AccountId = WHOLESALER;

#[test]
fn an_authority_names_at_most_seven_former_makers_each_once() {
    let mut world = registered();
    let seven: Vec<_> = (0..7).collect();
    for former in [(0..8).collect(), vec![1, 1], vec![id(MAKER)]] {
        let error = refused(&mut world, AUTHORITY, assign(id(MAKER), former));
        assert_eq!(error, ProvenanceError::TooManyMakers);
    }
    act(&mut world, AUTHORITY, assign(id(MAKER), seven));
    act(&mut world, MAKER, hand_over(RIVAL));
    let error = refused(&mut world, RIVAL, take_over());
    assert_eq!(error, ProvenanceError::TooManyMakers);
}
