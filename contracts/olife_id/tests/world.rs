//! A person with guardians, an anchor, an issuer and a friend, and what must hold after every
//! message.

pub use crate::{actions::*, actors::*};
use allive_calls::Constructor;
use allive_olife_id_interface::{IdentityId, Topic};
use allive_simulator::GENESIS;
use allive_support::Subject;
pub use allive_support::{account, code};
use ink::primitives::AccountId;
use olife_id::*;
use scale::Encode;

pub type World = allive_support::World<Deployed>;
type Answer<R> = Result<R, IdError>;

pub struct Deployed {
    pub id: AccountId,
}

impl Subject for Deployed {
    type Contract = OlifeId;

    /// Three guardians, an anchor, an issuer of the role of clinicians, a friend, and the person,
    /// whom two of the three recover.
    fn new() -> World {
        peopled(empty())
    }

    fn address(&self) -> AccountId {
        self.id
    }

    /// What belongs to somebody lies here.
    fn check(world: &mut World) {
        let held = all_held(world);
        assert!(world.holds(world.id) >= held, "too little lies here");
    }
}

/// Nobody has an identity.
pub fn empty() -> World {
    let mut world = begin();
    world.deploy_alv(OWNER, SUPPLY, PAUSE.duration);
    world.most_frames = 2;
    over(world)
}

fn begin() -> World {
    let parties = [
        OWNER, PERSON, SECOND, THIEF, ANCHOR, ISSUER, FRIEND, STRANGER,
    ];
    World::begin(&[&parties[..], &GUARDS].concat())
}

/// With Olife ID, whose bonds are of the token that is there.
fn over(mut world: World) -> World {
    let created = world.create(OWNER, "olife_id", constructor(world.alv, TERMS));
    let id = created.unwrap().address;
    world.about(Deployed { id })
}

fn peopled(mut world: World) -> World {
    for key in GUARDS.into_iter().chain([ANCHOR, ISSUER, FRIEND]) {
        create(&mut world, key, &[], 0);
    }
    create(&mut world, PERSON, &GUARDIANS, 2);
    for (issuer, topic, ceiling) in [
        (ANCHOR_ID, Topic::KNOWN, CEILING),
        (ISSUER_ID, Topic::CLINICIAN, 0),
    ] {
        approve(&mut world, issuer, topic, ceiling);
    }
    world
}

/// As [`World::new`], and the anchor attested the person with all of its points, a millisecond
/// before now.
pub fn attested() -> World {
    attest_person(World::new())
}

fn attest_person(mut world: World) -> World {
    world.done(ANCHOR, world.act(known(PERSON_ID, CEILING)));
    world.advance(1);
    world
}

/// The same, and two guardians proposed `SECOND` as the only key, which agreed.
pub fn proposed() -> World {
    let mut world = attested();
    agree(&mut world, SECOND);
    world.done(SECOND, world.act(consent()));
    world
}

/// The same, and a key cancelled.
pub fn contested() -> World {
    let mut world = proposed();
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    world
}

/// As [`attested`], and the anchor knows a friend with all of its points, who has money here.
pub fn with_friend() -> World {
    befriended(attested())
}

fn befriended(mut world: World) -> World {
    world.done(ANCHOR, world.act(known(FRIEND_ID, CEILING)));
    fund(&mut world, FRIEND_ID, 1_000);
    world
}

/// The same, and bonds are of a token of bad will, which is honest so far.
pub fn hostile() -> World {
    let mut world = begin();
    world.deploy_hostile(OWNER);
    world.give(OWNER, 1_000_000);
    befriended(attest_person(peopled(over(world))))
}

/// Two guardians want this key and no other.
#[track_caller]
pub fn agree(world: &mut World, key: AccountId) {
    for guard in &GUARDS[..2] {
        world.done(*guard, world.act(recover(key)));
    }
}

#[track_caller]
pub fn settle(world: &mut World) -> Answer<()> {
    world.answer(STRANGER, world.contract().settle(PERSON_ID))
}

#[track_caller]
pub fn create(
    world: &mut World,
    by: AccountId,
    guardians: &[IdentityId],
    threshold: u8,
) -> IdentityId {
    world.chain.endow(by);
    let guardians = Guardians {
        list: guardians.to_vec(),
        threshold,
    };
    world.done(by, world.act(Action::Create { guardians }))
}

/// Puts ALV of the owner's into a purse.
#[track_caller]
pub fn fund(world: &mut World, identity: IdentityId, amount: u128) {
    world.allow(OWNER, world.id, amount);
    world.done(OWNER, world.contract().deposit(identity, amount));
}

/// The person was accused, and proved false.
#[track_caller]
pub fn condemn(world: &mut World) {
    assert_eq!(rule(world, Word::Accuse), Ok(()));
    world.advance(NOTICE);
    assert_eq!(rule(world, Word::Condemn), Ok(()));
}

pub fn stored(world: &mut World, query: Query) -> Option<Stored> {
    world.get(world.contract().stored(query))
}

pub fn identity_at(world: &mut World, identity: IdentityId) -> Identity {
    match stored(world, Query::Identity(identity)) {
        Some(Stored::Identity(identity)) => identity,
        other => panic!("{other:?}"),
    }
}

pub fn the_person(world: &mut World) -> Identity {
    identity_at(world, PERSON_ID)
}

pub fn purse_of(world: &mut World, identity: IdentityId) -> Purse {
    match stored(world, Query::Purse(identity)) {
        Some(Stored::Purse(purse)) => purse,
        other => {
            assert_eq!(other, None);
            Purse::default()
        }
    }
}

pub fn all_held(world: &mut World) -> u128 {
    match stored(world, Query::Owed) {
        Some(Stored::Owed(held)) => held,
        other => panic!("{other:?}"),
    }
}

/// Whether the key used the number of the request.
pub fn is_used(world: &mut World, request: &Request) -> bool {
    let (signer, nonce) = (request.signer.clone(), request.nonce);
    let used = world.contract().used_nonces(signer, nonce / 128);
    (world.get(used) >> (nonce % 128)) & 1 != 0
}

pub fn setup(alv: AccountId, terms: IdentityTerms) -> Setup {
    Setup {
        terms,
        pause: PAUSE,
        alv: allive_psp22_interface::Psp22Client::at(alv),
        forfeits_to: PLACE.into(),
        chain: GENESIS,
    }
}

pub fn constructor(
    alv: AccountId,
    terms: IdentityTerms,
) -> Constructor<OlifeIdRef, impl Encode, Answer<OlifeIdRef>> {
    OlifeIdRef::new(setup(alv, terms))
}
