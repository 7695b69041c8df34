//! A council of five beside a contract that does what it is told to.

pub use crate::{actions::*, actors::*};
use allive_calls::{Constructor, Keyring, Receipt};
pub use allive_simulator::GENESIS;
pub use allive_support::account;
use allive_support::{acting::Succeeded, Subject};
use council::*;
use ink::primitives::AccountId;
use scale::Encode;

pub type World = allive_support::World<Deployed>;
pub type Answer<R> = Result<R, CouncilError>;

pub struct Deployed {
    pub council: AccountId,
    /// The token of bad will; its `mint` is what proposals call.
    pub target: AccountId,
}

impl Subject for Deployed {
    type Contract = Council;

    fn new() -> World {
        let mut world = World::begin(&[&MEMBERS[..], &[STRANGER]].concat());
        let council = world.create(MEMBERS[0], "council", constructor(&MEMBERS, TERMS));
        world.deploy_hostile(STRANGER);
        let (council, target) = (council.unwrap().address, world.alv);
        world.about(Deployed { council, target })
    }

    fn address(&self) -> AccountId {
        self.council
    }
}

/// A council whose members can sign. They have no coins, but for the first.
pub fn of_keys() -> World {
    of_keys_with(TERMS)
}

pub fn of_keys_with(terms: CouncilTerms) -> World {
    let members = KEYS.map(Keyring::account);
    let mut world = World::begin(&[members[0], STRANGER]);
    let council = world.create(STRANGER, "council", constructor(&members, terms));
    world.deploy_hostile(STRANGER);
    let (council, target) = (council.unwrap().address, world.alv);
    world.about(Deployed { council, target })
}

/// With a grave proposal of the first member's that gives `STRANGER` a unit.
pub fn proposed() -> (World, ProposalId) {
    let mut world = World::new();
    let proposal = world.done(MEMBERS[0], world.propose(calls([world.mint(1)])));
    (world, proposal)
}

/// The same, and approved at `START`.
pub fn approved() -> (World, ProposalId) {
    let (mut world, proposal) = proposed();
    approve_by(&mut world, proposal, 1..3);
    (world, proposal)
}

/// The same, and its delay is over.
pub fn ready() -> (World, ProposalId) {
    let (mut world, proposal) = approved();
    world.at(READY);
    (world, proposal)
}

pub fn approve_by(world: &mut World, proposal: ProposalId, members: std::ops::Range<usize>) {
    for member in &MEMBERS[members] {
        world.done(*member, world.contract().approve(proposal));
    }
}

/// Proposes, approves by all that it takes, waits, and executes.
#[track_caller]
pub fn carry(world: &mut World, action: Action) -> Receipt<Answer<()>> {
    let proposal = world.done(MEMBERS[0], world.propose(action));
    approve_by(world, proposal, 1..4);
    world.advance(CONSTITUTIONAL.delay);
    world.send(STRANGER, world.contract().execute(proposal))
}

/// The same, which must succeed.
#[track_caller]
pub fn carry_out(world: &mut World, action: Action) {
    carry(world, action).succeeded();
}

pub fn phase(world: &mut World, proposal: ProposalId) -> Phase {
    world.get(world.contract().phase(proposal)).unwrap()
}

pub fn standing(world: &mut World, proposal: ProposalId) -> Standing {
    let stored = world.get(world.contract().proposal(proposal));
    stored.unwrap().standing
}

pub fn constitution(world: &mut World) -> Constitution {
    world.get(world.contract().constitution())
}

pub fn constructor(
    members: &[AccountId],
    terms: CouncilTerms,
) -> Constructor<CouncilRef, impl Encode, Answer<CouncilRef>> {
    let members = members.iter().map(|member| (*member).into()).collect();
    CouncilRef::new(members, terms, LEAST_DELAY, GENESIS)
}
