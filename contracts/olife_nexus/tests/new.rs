//! The constructor.

use crate::world::*;
use allive_access::{Ownable, Upgradeable, Upgrades};
use allive_calls::at;
use ink::primitives::AccountId;
use olife_nexus::*;

fn new(longest: u64, notice: u64) -> Result<(World, AccountId), NexusError> {
    let mut world = World::begin(&ACTORS);
    let constructor = OlifeNexusRef::new(
        AccountId::from([7; 32]),
        AccountId::from([8; 32]).into(),
        longest,
        notice,
        GENESIS,
    );
    let created = world.create(ADMIN, "olife_nexus", constructor)?;
    assert_eq!(created.events, []);
    Ok((world, created.address))
}

#[test]
fn begins_empty_with_its_token_olife_id_longest_term_notice_and_owner() {
    let (mut world, nexus) = new(5, 6).unwrap();
    let nexus = || at::<OlifeNexus>(nexus);
    assert_eq!(world.get(nexus().alv()), AccountId::from([7; 32]));
    assert_eq!(world.get(nexus().identities()), AccountId::from([8; 32]));
    assert_eq!(world.get(nexus().longest_term()), 5);
    assert_eq!(world.get(nexus().upgrade_notice()), 6);
    assert_eq!(world.get(nexus().announced_upgrade()), None);
    let owner = world.get(nexus().owner()).map(|account| *account);
    assert_eq!(owner, Some(ADMIN));
    assert_eq!(world.get(nexus().pending_owner()), None);
    assert_eq!(world.get(nexus().record_count()), 0);
    assert_eq!(world.get(nexus().grant_count()), 0);
    assert_eq!(world.get(nexus().owed()), 0);
    assert_eq!(world.get(nexus().record(0)), None);
    assert_eq!(world.get(nexus().grant(0)), None);
    assert_eq!(world.get(nexus().credit_of(ADMIN)), 0);
}

#[test]
fn longest_term_is_between_one_millisecond_and_ten_years() {
    assert_eq!(new(0, 1).err(), Some(NexusError::BadLongestTerm));
    assert!(new(1, 1).is_ok());
    assert!(new(LONGEST_TERM, 1).is_ok());
    assert_eq!(
        new(LONGEST_TERM + 1, 1).err(),
        Some(NexusError::BadLongestTerm)
    );
    assert_eq!(new(u64::MAX, 1).err(), Some(NexusError::BadLongestTerm));
}

#[test]
fn the_notice_of_an_upgrade_is_between_one_millisecond_and_a_year() {
    assert_eq!(new(1, 0).err(), Some(NexusError::BadNotice));
    assert!(new(1, 1).is_ok());
    assert!(new(1, Upgrades::LONGEST_NOTICE).is_ok());
    let beyond = Upgrades::LONGEST_NOTICE + 1;
    assert_eq!(new(1, beyond).err(), Some(NexusError::BadNotice));
}
