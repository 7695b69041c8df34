//! The constructor.

use crate::world::*;
use allive_testkit::{at, EmbeddedChain, Typed};
use ink::primitives::AccountId;
use olife_nexus::*;

fn new(longest: u64) -> Result<(EmbeddedChain, AccountId), NexusError> {
    let mut chain = chain();
    let constructor = OlifeNexusRef::new(AccountId::from([7; 32]), longest);
    let created = chain
        .create(ADMIN.account(), &code("olife_nexus"), constructor, b"")
        .unwrap()?;
    assert_eq!(created.events, []);
    Ok((chain, created.address))
}

#[test]
fn begins_empty_with_its_token_and_longest_term() {
    let (mut chain, nexus) = new(5).unwrap();
    let nexus = || at::<OlifeNexus>(nexus);
    assert_eq!(chain.get(nexus().alv()), AccountId::from([7; 32]));
    assert_eq!(chain.get(nexus().longest_term()), 5);
    assert_eq!(chain.get(nexus().record_count()), 0);
    assert_eq!(chain.get(nexus().grant_count()), 0);
    assert_eq!(chain.get(nexus().owed()), 0);
    assert_eq!(chain.get(nexus().record(0)), None);
    assert_eq!(chain.get(nexus().grant(0)), None);
    assert_eq!(chain.get(nexus().credit_of(ADMIN.account())), 0);
}

#[test]
fn longest_term_is_between_one_millisecond_and_ten_years() {
    assert_eq!(new(0).err(), Some(NexusError::BadLongestTerm));
    assert!(new(1).is_ok());
    assert!(new(LONGEST_TERM).is_ok());
    assert_eq!(
        new(LONGEST_TERM + 1).err(),
        Some(NexusError::BadLongestTerm)
    );
    assert_eq!(new(u64::MAX).err(), Some(NexusError::BadLongestTerm));
}
