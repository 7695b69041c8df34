//! A Nexus with a patient and a grantee, and what must hold of it after every message.

pub use crate::{actors::*, stored_state::StoredState};
pub use ::alv::VAULT;
use ::hostile::Mode;
use allive_calls::{at, Message};
pub use allive_simulator::GENESIS;
pub use allive_support::code;
use allive_support::Subject;
use ink::primitives::AccountId;
use olife_nexus::*;
use scale::Encode;

pub type World = allive_support::World<Deployed>;

pub struct Deployed {
    pub nexus: AccountId,
    /// What the root cell must say.
    pub longest: u64,
}

impl Subject for Deployed {
    type Contract = OlifeNexus;

    fn new() -> World {
        let mut world = with_alv();
        world.deploy_false_id(ADMIN);
        funded(world)
    }

    fn address(&self) -> AccountId {
        self.nexus
    }

    /// ALV `held ≥ owed = Σ bought × price + Σ credits`, and counters and numbers agree.
    ///
    /// The cells are read rather than asked for: `the_queries_say_what_the_cells_hold`.
    fn check(world: &mut World) {
        let stored = stored_state(world);
        let grants = stored.grants.values();
        let bought = grants.map(|grant| u128::from(grant.bought) * grant.price);
        let credits = stored.credits.values().map(|credit| credit.amount);
        let due = bought.chain(credits).sum::<u128>();
        assert_eq!(stored.owed, due, "what is owed is not what is due");
        let held = world.holds(world.nexus);
        assert!(held >= due, "holds {held}, owes {due}");
        assert_eq!(stored.contracts[1], world.identities);
        assert_eq!(stored.longest, world.longest);
        let [records, grants] = stored.counts;
        assert_eq!(records, stored.records.len() as u64);
        assert!(stored.grants.keys().all(|grant| *grant < grants));
    }
}

/// With ALV, and without Olife ID and Nexus.
pub fn with_alv() -> World {
    let mut world = World::begin(&ACTORS);
    world.deploy_alv(ADMIN, SUPPLY, PAUSE);
    world
}

/// With a Nexus that is a vault, and a grantee who holds and allows it `WEALTH`.
pub fn funded(world: World) -> World {
    let mut world = with(world);
    world.grant(VAULT, world.nexus);
    world.give(GRANTEE, WEALTH);
    world.allow(GRANTEE, world.nexus, WEALTH);
    world
}

/// With a token that does what it is told to, honest at first.
pub fn hostile() -> World {
    let mut world = World::begin(&ACTORS);
    world.deploy_hostile(ADMIN);
    world.deploy_false_id(ADMIN);
    let mut world = with(world);
    world.give(GRANTEE, WEALTH);
    world
}

fn with(mut world: World) -> World {
    let new = OlifeNexusRef::new(world.alv, world.identities.into(), LONGEST, NOTICE, GENESIS);
    let created = world.create(ADMIN, "olife_nexus", new);
    world.about(Deployed {
        nexus: created.unwrap().address,
        longest: LONGEST,
    })
}

/// A record of the patient's, and five uses of it on offer to the grantee.
pub fn offered() -> (World, GrantId) {
    let mut world = World::new();
    let grant = open(&mut world, PATIENT, terms());
    (world, grant)
}

/// The same, and the grantee has bought so many.
pub fn bought(uses: u32) -> (World, GrantId) {
    let (mut world, grant) = offered();
    world.done(GRANTEE, world.contract().buy(grant, uses, ANY_PRICE));
    (world, grant)
}

/// The same, with a token that begins to misbehave after the purchase.
pub fn bought_with_hostile(uses: u32, mode: Mode) -> (World, GrantId) {
    let mut world = hostile();
    let grant = open(&mut world, PATIENT, terms());
    world.done(GRANTEE, world.contract().buy(grant, uses, ANY_PRICE));
    world.behave(mode);
    (world, grant)
}

/// Registers a record and offers it.
#[track_caller]
pub fn open(world: &mut World, patient: AccountId, terms: GrantTerms) -> GrantId {
    let record = world.done(patient, world.register(POINTER.to_vec()));
    world.done(patient, world.contract().offer(record, terms))
}

impl Deployed {
    pub fn register(&self, pointer: Vec<u8>) -> Message<impl Encode, Result<RecordId, NexusError>> {
        at::<OlifeNexus>(self.nexus).register(COMMITMENT, Kind::Fhir, pointer)
    }
}

pub fn record_of(world: &mut World, record: RecordId) -> Option<Record> {
    world.get(world.contract().record(record))
}

pub fn grant_of(world: &mut World, grant: GrantId) -> Option<Grant> {
    world.get(world.contract().grant(grant))
}

/// Balances of admin, patient, grantee, stranger and Nexus.
pub fn balances_of(world: &mut World) -> [u128; 5] {
    [ADMIN, PATIENT, GRANTEE, STRANGER, world.nexus].map(|owner| world.holds(owner))
}

pub fn stored_state(world: &mut World) -> StoredState {
    StoredState::of(world.stored(world.nexus))
}

/// Five uses at ten each for research by the grantee, until `END`.
pub fn terms() -> GrantTerms {
    GrantTerms {
        grantee: GRANTEE,
        purpose: Purpose::Research,
        price: PRICE,
        uses: USES,
        expires: END,
    }
}
