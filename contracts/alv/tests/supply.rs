//! Units come into being and go out of it.

use crate::world::*;
use ::psp22::{PSP22Burnable, PSP22Error, PSP22Mintable};
use allive_access::{AccessControl, AccessError, PauseTerms};
use allive_calls::{at, Receipt, Typed};
use allive_simulator::{EmbeddedChain, GENESIS, START};
use alv::{Alv, AlvError, AlvRef, MINTER};
use scale::Encode;

impl World {
    fn mint(&mut self, by: impl Party, value: u128) -> Receipt<Result<(), PSP22Error>> {
        let message = at::<Alv>(self.alv).mint(value);
        self.act(by, message)
    }

    fn burn(&mut self, by: impl Party, value: u128) -> Receipt<Result<(), PSP22Error>> {
        let message = at::<Alv>(self.alv).burn(value);
        self.act(by, message)
    }

    fn root(&mut self) -> Option<Vec<u8>> {
        self.chain.read_cell(self.alv, &ROOT.encode())
    }
}

#[test]
fn the_deployer_begins_with_the_whole_supply_and_the_ownership() {
    let mut chain = EmbeddedChain::new();
    let constructor = AlvRef::new(SUPPLY, CAP, terms(), GENESIS);
    let created = chain
        .create(OWNER.id(), &code(), constructor, b"")
        .unwrap()
        .unwrap();
    let mut world = World {
        chain,
        alv: created.address,
    };
    assert_eq!(
        created.events,
        [world.moved(None, Some(OWNER.id()), SUPPLY)]
    );
    assert_eq!([world.balance(OWNER), world.supply()], [SUPPLY; 2]);
    assert_eq!(world.chain.get(at::<Alv>(world.alv).cap()), CAP);
    let books = world.books();
    assert!(books.roles.is_empty(), "nobody holds a role at first");
    assert_eq!(books.paused_until, 0);
    assert_eq!(books.balances.len(), 1);
}

#[test]
fn a_supply_above_the_cap_is_refused_and_one_at_the_cap_is_not() {
    let mut chain = EmbeddedChain::new();
    let over = create(&mut chain, CAP + 1, CAP, terms(), b"");
    assert_eq!(over, Err(AlvError::CapExceeded));
    assert!(create(&mut chain, CAP, CAP, terms(), b"").is_ok());
    assert!(create(&mut chain, u128::MAX, u128::MAX, terms(), b"all").is_ok());
}

#[test]
fn the_terms_of_the_pause_are_looked_at_before_the_cap() {
    let mut chain = EmbeddedChain::new();
    let none = PauseTerms {
        duration: 0,
        cooldown: 0,
    };
    let unsound = Err(AlvError::Access(AccessError::UnsoundPauseTerms));
    assert_eq!(create(&mut chain, CAP + 1, CAP, none, b""), unsound);
    assert_eq!(create(&mut chain, CAP, CAP, none, b""), unsound);
}

#[test]
fn a_token_may_begin_with_nothing() {
    let mut chain = EmbeddedChain::new();
    let alv = create(&mut chain, 0, 0, terms(), b"").unwrap();
    let mut world = World { chain, alv };
    assert_eq!(world.supply(), 0);
    world.grant(MINTER, ISSUER);
    assert_eq!(world.mint(ISSUER, 1).value, custom("CapExceeded"));
}

#[test]
fn the_minter_mints_for_itself_up_to_the_cap_exactly() {
    let mut world = World::new();
    for value in [CAP - SUPPLY + 1, u128::MAX] {
        assert_eq!(world.mint(ISSUER, value).value, custom("CapExceeded"));
    }
    let receipt = world.mint(ISSUER, CAP - SUPPLY).succeeded();
    assert_eq!(
        receipt.events,
        [world.moved(None, Some(ISSUER.id()), CAP - SUPPLY)]
    );
    assert_eq!([world.supply(), world.balance(ISSUER)], [CAP, CAP - SUPPLY]);
    assert_eq!(world.mint(ISSUER, 1).value, custom("CapExceeded"));
    assert_eq!(world.chain.get(at::<Alv>(world.alv).cap()), CAP);
}

#[test]
fn nobody_but_a_minter_mints_not_even_the_owner() {
    let mut world = World::new();
    for other in [OWNER, HOLDER, GUARD, STRANGER] {
        assert_eq!(world.mint(other, 1).value, custom("MissingRole"));
        assert_eq!(world.mint(other, 0).value, custom("MissingRole"));
        assert_eq!(world.mint(other, u128::MAX).value, custom("MissingRole"));
    }
}

#[test]
fn minting_or_burning_nothing_succeeds_and_says_nothing() {
    let mut world = World::new();
    let before = world.books();
    assert_eq!(world.mint(ISSUER, 0).succeeded().events, []);
    assert_eq!(world.burn(STRANGER, 0).succeeded().events, []);
    assert_eq!(world.books(), before);
}

#[test]
fn a_holder_burns_her_own_units_and_no_more() {
    let mut world = World::new();
    for value in [WEALTH + 1, u128::MAX] {
        let refused = world.burn(HOLDER, value);
        assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientBalance)));
    }
    let receipt = world.burn(HOLDER, WEALTH).succeeded();
    assert_eq!(
        receipt.events,
        [world.moved(Some(HOLDER.id()), None, WEALTH)]
    );
    assert_eq!(
        [world.supply(), world.balance(HOLDER)],
        [SUPPLY - WEALTH, 0]
    );
    let refused = world.burn(HOLDER, 1);
    assert_eq!(refused.value, Ok(Err(PSP22Error::InsufficientBalance)));
}

#[test]
fn what_was_burned_may_be_minted_again() {
    let mut world = World::new();
    world.mint(ISSUER, CAP - SUPPLY).succeeded();
    world.burn(HOLDER, 5).succeeded();
    assert_eq!(world.mint(ISSUER, 6).value, custom("CapExceeded"));
    world.mint(ISSUER, 5).succeeded();
    assert_eq!(world.supply(), CAP);
}

/// Messages of PSP22 end without writing the root cell; those that change it must not.
#[test]
fn the_supply_outlives_messages_that_leave_the_root_cell_alone() {
    let mut world = World::new();
    let root = |supply: u128| Some((supply, 0_u64).encode());
    world.mint(ISSUER, 7).succeeded();
    assert_eq!(world.root(), root(SUPPLY + 7));
    world.transfer(ISSUER, OTHER, 3).succeeded();
    world.approve(ISSUER, OTHER, 3).succeeded();
    world.transfer_from(OTHER, ISSUER, OTHER, 3).succeeded();
    assert_eq!(world.root(), root(SUPPLY + 7));
    world.burn(OTHER, 2).succeeded();
    world.transfer(OTHER, ISSUER, 3).succeeded();
    assert_eq!(world.root(), root(SUPPLY + 5));
    assert_eq!(world.supply(), SUPPLY + 5);
}

#[test]
fn a_pause_stops_neither_minting_nor_burning() {
    let mut world = World::new();
    world.pause();
    world.mint(ISSUER, 7).succeeded();
    world.burn(ISSUER, 3).succeeded();
    world.burn(HOLDER, WEALTH).succeeded();
    assert_eq!(world.supply(), SUPPLY + 4 - WEALTH);
    assert_eq!(world.transfer(ISSUER, OTHER, 4).value, custom("Paused"));
    assert_eq!(world.books().paused_until, START + DURATION);
}

#[test]
fn the_largest_number_there_is_can_be_the_cap_and_does_not_overflow() {
    let mut chain = EmbeddedChain::new();
    let alv = create(&mut chain, u128::MAX, u128::MAX, terms(), b"").unwrap();
    let token = || at::<Alv>(alv);
    let granted = chain.send(OWNER.id(), token().grant_role(MINTER, OWNER.id().into()));
    assert_eq!(granted.value, Ok(Ok(())));
    for value in [1, u128::MAX] {
        let refused = chain.send(OWNER.id(), token().mint(value));
        assert_eq!(refused.value, custom("CapExceeded"));
    }
    let burned = chain.send(OWNER.id(), token().burn(u128::MAX));
    assert_eq!(burned.value, Ok(Ok(())));
    let minted = chain.send(OWNER.id(), token().mint(u128::MAX));
    assert_eq!(minted.value, Ok(Ok(())));
}
