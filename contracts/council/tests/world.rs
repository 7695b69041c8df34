//! A council of five beside a contract that does what it is told to.

use ::hostile::Hostile;
use allive_calls::{at, parts, psp22, Constructor, Message, Receipt};
use allive_simulator::START;
pub use allive_support::account;
use allive_support::{acting::Succeeded, Subject};
use council::*;
use ink::primitives::AccountId;
use psp22::PSP22;
use scale::Encode;

pub const MEMBERS: [AccountId; 5] = [account(1), account(2), account(3), account(4), account(5)];
pub const STRANGER: AccountId = account(0x99);

pub const ROUTINE: Bar = Bar {
    threshold: 2,
    delay: 0,
};
pub const GRAVE: Bar = Bar {
    threshold: 3,
    delay: 100,
};
pub const CONSTITUTIONAL: Bar = Bar {
    threshold: 4,
    delay: 200,
};
pub const LIFETIME: u64 = 1_000;
pub const EXPIRES: u64 = START + LIFETIME;
pub const EMERGENCY: EmergencyTerms = EmergencyTerms {
    threshold: 2,
    window: 50,
    cooldown: 500,
};
pub const TERMS: Terms = Terms {
    routine: ROUTINE,
    grave: GRAVE,
    constitutional: CONSTITUTIONAL,
    lifetime: LIFETIME,
    emergency: EMERGENCY,
};
pub const LEAST_DELAY: u64 = 60;
/// When a grave proposal that was approved at `START` can be executed.
pub const READY: u64 = START + 100;

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
    stored.unwrap().standing.into_inner()
}

pub fn constitution(world: &mut World) -> Constitution {
    world.get(world.contract().constitution()).into_inner()
}

impl Deployed {
    pub fn propose(&self, action: Action) -> Message<impl Encode, Answer<ProposalId>> {
        at::<Council>(self.council).propose(action.into())
    }

    pub fn pause(&self, target: AccountId) -> Message<impl Encode, Answer<bool>> {
        at::<Council>(self.council).emergency_pause(target.into())
    }

    /// A call that gives `STRANGER` units of the target.
    pub fn mint(&self, value: u128) -> Call {
        call(at::<Hostile>(self.target).mint(STRANGER, value))
    }

    /// A payment by the target, which then behaves as it was told to.
    pub fn transfer(&self) -> Call {
        call(psp22(self.target).transfer(STRANGER, 0, vec![]))
    }
}

pub fn constructor(
    members: &[AccountId],
    terms: Terms,
) -> Constructor<CouncilRef, impl Encode, Answer<CouncilRef>> {
    let members = members.iter().map(|member| (*member).into()).collect();
    CouncilRef::new(members, terms, LEAST_DELAY)
}

/// What the message is on the wire, without coins or demands.
pub fn call<Args: Encode, R>(message: Message<Args, R>) -> Call {
    let (target, input) = parts(message);
    let (selector, arguments) = input.split_first_chunk().unwrap();
    Call {
        target: target.into(),
        selector: *selector,
        arguments: arguments.to_vec(),
        value: 0.into(),
        min_ref_time: 0,
    }
}

pub fn calls(calls: impl Into<Vec<Call>>) -> Action {
    Action::Calls(calls.into())
}

/// Who goes and who comes, at terms that are sound for four to six.
pub fn amend(remove: &[AccountId], add: &[AccountId]) -> Action {
    amend_to(remove, add, terms_of_six())
}

pub fn amend_to(remove: &[AccountId], add: &[AccountId], terms: Terms) -> Action {
    let [remove, add] = [remove, add].map(|list| list.iter().map(|id| (*id).into()).collect());
    Action::Amend(Amendment { remove, add, terms })
}

/// `TERMS` with a threshold that is a majority also of six.
pub fn terms_of_six() -> Terms {
    let mut terms = TERMS;
    terms.grave.threshold = 4;
    terms
}
