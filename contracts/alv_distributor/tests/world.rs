//! A distributor of a small list, and what must hold of it after every message.

pub use crate::{actors::*, list::*};
use ::alv::VAULT;
use allive_calls::Constructor;
pub use allive_simulator::GENESIS;
use allive_support::{account, acting::Party, Subject};
pub use alv_distributor::*;
use ink::primitives::AccountId;
use scale::Encode;

pub type World = allive_support::World<Deployed>;
type Answer<R> = Result<R, DistributorError>;

pub struct Deployed {
    pub distributor: AccountId,
    pub terms: ClaimTerms,
    pub list: List,
}

impl Subject for Deployed {
    type Contract = AlvDistributor;

    fn new() -> World {
        of(List::small())
    }

    fn address(&self) -> AccountId {
        self.distributor
    }

    /// The terms are those of the constructor.
    fn check(world: &mut World) {
        let mut stored = world.stored(world.distributor);
        let (terms, _claimed): (ClaimTerms, u128) = stored.root();
        assert_eq!(terms, world.terms);
        stored.entries::<u64, u128, Vec<_>>(b"CLMD");
    }
}

/// With ALV, of which the distributor is a vault and holds what the list owes.
pub fn of(list: List) -> World {
    let mut world = unfunded(list);
    world.grant(VAULT, world.distributor);
    world.give(world.distributor, world.list.total());
    world
}

/// With ALV, of which the distributor has none; it is no vault.
pub fn unfunded(list: List) -> World {
    let mut world = World::begin(&[]);
    world.deploy_alv(ADMIN, SUPPLY, HOUR);
    with(world, list)
}

/// With a token that does what it is told to, honest at first, and enough of it.
pub fn hostile() -> World {
    let mut world = hostile_of(List::small());
    world.give(world.distributor, world.list.total());
    world
}

/// The same for another list, and nothing of it yet.
pub fn hostile_of(list: List) -> World {
    let mut world = World::begin(&[]);
    world.deploy_hostile(ADMIN);
    with(world, list)
}

/// With a token that is no contract.
pub fn without_token() -> World {
    let mut world = World::begin(&[]);
    world.alv = account(7);
    with(world, List::small())
}

fn with(mut world: World, list: List) -> World {
    let terms = ClaimTerms {
        token: allive_psp22_interface::Psp22Client::at(world.alv),
        root: list.root(),
        count: list.count(),
        deadline: DEADLINE,
        remainder_to: REMAINDER.id(),
        chain: GENESIS,
    };
    let created = world.create(ADMIN, "alv_distributor", constructor(terms.clone()));
    let distributor = created.unwrap().address;
    world.about(Deployed {
        distributor,
        terms,
        list,
    })
}

pub fn constructor(
    terms: ClaimTerms,
) -> Constructor<AlvDistributorRef, impl Encode, Answer<AlvDistributorRef>> {
    let token = terms.token.address();
    let ClaimTerms { root, count, .. } = terms;
    AlvDistributorRef::new(
        token,
        root,
        count,
        terms.deadline,
        terms.remainder_to,
        terms.chain,
    )
}
