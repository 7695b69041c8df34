//! The constructor.

use crate::world::*;
use allive_access::{Ownable, Upgradeable, Upgrades};
use allive_calls::at;
use ink::primitives::AccountId;
use provenance::*;

fn new(terms: Terms, notice: u64) -> Result<(World, AccountId), ProvenanceError> {
    let mut world = World::begin(&[ADMIN]);
    let identities = AccountId::from([8; 32]).into();
    let constructor = ProvenanceRef::new(identities, terms, notice, GENESIS);
    let created = world.create(ADMIN, "provenance", constructor)?;
    Ok((world, created.address))
}

#[test]
fn begins_empty_with_its_olife_id_terms_notice_chain_and_owner() {
    let (mut world, address) = new(TERMS, NOTICE).unwrap();
    let contract = || at::<Provenance>(address);
    assert_eq!(world.get(contract().identities()), AccountId::from([8; 32]));
    assert_eq!(world.get(contract().terms()), TERMS);
    assert_eq!(world.get(contract().chain()), GENESIS);
    assert_eq!(world.get(contract().upgrade_notice()), NOTICE);
    let owner = world.get(contract().owner()).map(|account| *account);
    assert_eq!(owner, Some(ADMIN));
    assert_eq!(world.get(contract().product(gtin())), None);
    assert_eq!(world.get(contract().lot([0; 16])), None);
    assert_eq!(world.get(contract().unit(container(MAKER, 1))), None);
}

#[test]
fn each_duration_is_between_one_millisecond_and_a_year() {
    let longest = Terms::LONGEST;
    let with = |change: fn(&mut Terms, u64), value| {
        let mut terms = TERMS;
        change(&mut terms, value);
        new(terms, NOTICE).map(drop)
    };
    let fields: [fn(&mut Terms, u64); 3] = [
        |terms, value| terms.longest_transit = value,
        |terms, value| terms.lowering_delay = value,
        |terms, value| terms.undo = value,
    ];
    for field in fields {
        for (value, right) in [(0, false), (1, true), (longest, true), (longest + 1, false)] {
            let right = right.then_some(()).ok_or(ProvenanceError::BadDuration);
            assert_eq!(with(field, value), right);
        }
    }
    let beyond = Upgrades::LONGEST_NOTICE + 1;
    for notice in [0, beyond] {
        assert_eq!(new(TERMS, notice).err(), Some(ProvenanceError::BadDuration));
    }
}
