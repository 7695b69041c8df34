//! ALV with a holder, a pauser and a minter, and what must hold of it after every message.

pub use crate::{actors::*, stored_state::StoredState};
use allive_access::PauseTerms;
use allive_simulator::GENESIS;
pub use allive_support::acting::{custom, Dice, Party, Psp22Token, Succeeded};
use allive_support::Subject;
use alv::{AlvError, AlvRef, MINTER, PAUSER};
use ink::primitives::AccountId;

pub type World = allive_support::World<Deployed>;

#[derive(Clone, Copy)]
pub struct Deployed {
    pub token: AccountId,
    pub cap: u128,
}

impl Psp22Token for Deployed {
    fn token(self) -> AccountId {
        self.token
    }
}

impl Subject for Deployed {
    type Contract = alv::Alv;

    fn new() -> World {
        let mut world = bare();
        world.grant(MINTER, ISSUER);
        world.grant(PAUSER, GUARD);
        world.give(HOLDER, WEALTH);
        world
    }

    fn address(&self) -> AccountId {
        self.token
    }

    /// The sum of all balances is the supply, within the cap.
    fn check(world: &mut World) {
        let stored = stored_state(world);
        assert_eq!(stored.balances.values().sum::<u128>(), stored.supply);
        assert!(stored.supply <= world.cap);
    }
}

/// ALV as its constructor leaves it.
pub fn bare() -> World {
    with(SUPPLY, CAP, PAUSE).unwrap()
}

/// ALV of these terms, which calls nobody.
pub fn with(supply: u128, cap: u128, pause: PauseTerms) -> Result<World, AlvError> {
    let mut world = World::begin(&[]);
    let created = world.create(OWNER, "alv", AlvRef::new(supply, cap, pause, GENESIS))?;
    world.alv = created.address;
    world.owner = OWNER.id();
    world.most_frames = 1;
    Ok(world.about(Deployed {
        token: created.address,
        cap,
    }))
}

pub fn stored_state(world: &mut World) -> StoredState {
    let token = world.token;
    StoredState::of(&mut world.chain, token)
}
