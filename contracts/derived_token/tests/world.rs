//! A derived token with a holder, and what must hold of it after every message.

pub use crate::{actors::*, stored_state::StoredState};
use allive_calls::{at, Message};
use allive_derived_token_interface::DerivedToken as _;
pub use allive_psp22_interface::PSP22Error as FactoryError;
pub use allive_support::acting::{custom, Dice, Party, Psp22Token};
use allive_support::Subject;
use derived_token::{DerivedToken, DerivedTokenRef};
use ink::primitives::AccountId;
use scale::Encode;

pub type World = allive_support::World<Deployed>;

#[derive(Clone, Copy)]
pub struct Deployed {
    pub token: AccountId,
    was_frozen: bool,
}

impl Psp22Token for Deployed {
    fn token(self) -> AccountId {
        self.token
    }
}

impl Subject for Deployed {
    type Contract = DerivedToken;

    fn new() -> World {
        let mut world = bare();
        world.done(FACTORY, world.mint(HOLDER, WEALTH));
        world
    }

    fn address(&self) -> AccountId {
        self.token
    }

    /// The sum of all balances is the supply; factory and label stay, and so does the frost.
    fn check(world: &mut World) {
        let stored = stored_state(world);
        assert_eq!(stored.balances.values().sum::<u128>(), stored.supply);
        assert_eq!(stored.factory, FACTORY.id());
        let (name, symbol, decimals) = LABEL;
        assert_eq!(stored.label, (name.into(), symbol.into(), decimals));
        assert!(stored.frozen || !world.was_frozen, "the token thawed");
        world.was_frozen = stored.frozen;
    }
}

/// With no units in being. The token calls nobody.
pub fn bare() -> World {
    let mut world = World::begin(&[]);
    let (name, symbol, decimals) = LABEL;
    let new = DerivedTokenRef::new(name.into(), symbol.into(), decimals);
    let created = world.create(FACTORY, "derived_token", new);
    let created = created.unwrap();
    assert_eq!(created.events, [], "nothing came into being yet");
    world.alv = created.address;
    world.most_frames = 1;
    world.about(Deployed {
        token: created.address,
        was_frozen: false,
    })
}

/// With a holder, and frozen.
pub fn frozen() -> World {
    let mut world = World::new();
    world.done(FACTORY, world.contract().freeze());
    world
}

type Answer<R> = Result<R, FactoryError>;

impl Deployed {
    pub fn mint(&self, to: impl Party, value: u128) -> Message<impl Encode, Answer<()>> {
        at::<DerivedToken>(self.token).mint(to.id().into(), value)
    }

    pub fn burn(&self, from: impl Party, value: u128) -> Message<impl Encode, Answer<()>> {
        at::<DerivedToken>(self.token).burn(from.id().into(), value)
    }

    pub fn burn_all(&self, from: impl Party) -> Message<impl Encode, Answer<u128>> {
        at::<DerivedToken>(self.token).burn_all(from.id().into())
    }
}

pub fn stored_state(world: &mut World) -> StoredState {
    let token = world.token;
    StoredState::of(&mut world.chain, token)
}
