//! A factory with two DAPPs, and what must hold of it after every message.

pub use crate::{actors::*, stored_state::*};
use ::alv::VAULT;
pub use allive_calls::Receipt;
use allive_calls::{at, psp22, Chain, Keyring, Message};
use allive_olife_id_interface::OlifeIdClient;
use allive_requests::Domain;
use allive_simulator::GENESIS;
pub use allive_support::{account, acting::topic, code};
use allive_support::{acting::Party, Subject};
use derived_factory::*;
use ink::primitives::AccountId;
use psp22::PSP22;
use scale::Encode;

pub type World = allive_support::World<Deployed>;
pub type Answer<R> = Result<R, FactoryError>;

pub struct Deployed {
    pub factory: AccountId,
}

impl Subject for Deployed {
    type Contract = DerivedFactory;

    /// With `WELL` and `CARE` registered, each with `STAKE`.
    fn new() -> World {
        registered(empty())
    }

    fn address(&self) -> AccountId {
        self.factory
    }

    /// What lies here is what belongs to somebody, and at most what the factory holds of ALV; the
    /// supply of each token is the sum of its balances; every DAPP that has not failed keeps its
    /// promise.
    fn check(world: &mut World) {
        let stored = stored_state(world);
        let (holds, due) = (world.holds(world.factory), stored.held);
        assert!(holds >= due, "holds {holds}, owes {due}");
        assert_eq!(stored.count, stored.dapps.len() as u64);
        for (number, dapp) in &stored.dapps {
            let balances = stored.holders[number].values().sum::<u128>();
            match &dapp.life.state {
                State::Failed(failure) => assert!(balances <= failure.supply),
                _ => {
                    assert_eq!(dapp.supply, balances, "supply of {number}");
                    assert!(is_covered(dapp), "{number} is not covered: {dapp:?}");
                    assert!(dapp.money.reserve <= dapp.supply * dapp.terms.price);
                }
            }
        }
    }
}

/// For what vouchers are signed here.
pub fn vouchers(factory: &AccountId) -> Domain<'_> {
    Domain {
        purpose: &VOUCHER,
        chain: &GENESIS,
        contract: factory,
    }
}

/// For what requests are signed here.
pub fn requests(factory: &AccountId) -> Domain<'_> {
    Domain {
        purpose: &PURPOSE,
        ..vouchers(factory)
    }
}

/// With ALV, of which the factory is a vault, actors who hold and allow `WEALTH`, and no DAPP.
pub fn empty() -> World {
    founded(with_alv(SUPPLY), WEALTH)
}

/// With ALV, and nobody in the place of Olife ID.
pub fn with_alv(supply: u128) -> World {
    let mut world = World::begin(&[]);
    world.deploy_alv(ADMIN, supply, PAUSE);
    world.identities = NO_IDENTITIES;
    // An order comes from ALV, and the factory calls the token.
    world.most_frames = 3;
    world
}

/// With a factory that is a vault, and actors who hold and allow it so much ALV.
pub fn founded(world: World, wealth: u128) -> World {
    let mut world = with_factory(world);
    world.grant(VAULT, world.factory);
    for actor in Keyring::all() {
        world.give(actor, wealth);
        world.allow(actor, world.factory, wealth);
    }
    world
}

/// With a collateral that does what it is told to, honest at first, and the two DAPPs.
pub fn hostile() -> World {
    let mut world = World::begin(&[]);
    world.deploy_hostile(ADMIN);
    world.identities = NO_IDENTITIES;
    let mut world = with_factory(world);
    for actor in Keyring::all() {
        world.give(actor, WEALTH);
    }
    registered(world)
}

fn with_factory(mut world: World) -> World {
    let token_code = world.chain.upload(ADMIN.id(), &code("derived_token").wasm);
    let charter = Charter {
        identities: OlifeIdClient::at(world.identities.into()),
        ..charter()
    };
    let new = DerivedFactoryRef::new(world.alv, token_code, charter.into());
    let created = world.create(ADMIN, "derived_factory", new);
    world.about(Deployed {
        factory: created.unwrap().address,
    })
}

/// With `WELL` and `CARE`.
pub fn registered(mut world: World) -> World {
    for (operator, profile, dapp) in [(WELL_OPERATOR, well(), WELL), (CARE_OPERATOR, care(), CARE)]
    {
        assert_eq!(world.done(operator, world.register(profile, STAKE)), dapp);
    }
    world
}

impl Deployed {
    pub fn register(&self, profile: Profile, stake: u128) -> Message<impl Encode, Answer<DappId>> {
        at::<DerivedFactory>(self.factory).register(profile.into(), stake)
    }

    pub fn buy(&self, dapp: DappId, paid: u128) -> Message<impl Encode, Answer<u128>> {
        at::<DerivedFactory>(self.factory).buy(dapp, paid, 0, 0)
    }

    pub fn redeem(&self, dapp: DappId, tokens: u128) -> Message<impl Encode, Answer<u128>> {
        at::<DerivedFactory>(self.factory).redeem(dapp, tokens, 0)
    }

    pub fn fund(&self, dapp: DappId, fund: Fund, amount: u128) -> Message<impl Encode, Answer<()>> {
        at::<DerivedFactory>(self.factory).fund(dapp, fund, amount)
    }

    pub fn claim(&self, dapp: DappId, holder: AccountId) -> Message<impl Encode, Answer<u128>> {
        at::<DerivedFactory>(self.factory).claim(dapp, holder.into())
    }
}

pub fn dapp_of(world: &mut World, dapp: DappId) -> Dapp {
    stored_state(world).dapps[&dapp].clone()
}

pub fn money_of(world: &mut World, dapp: DappId) -> Money {
    dapp_of(world, dapp).money
}

pub fn token_of(world: &mut World, dapp: DappId) -> AccountId {
    **dapp_of(world, dapp).token.address()
}

/// Units of a DAPP's token that an account holds.
pub fn units_of(world: &mut World, dapp: DappId, holder: impl Party) -> u128 {
    let token = token_of(world, dapp);
    world.get(psp22(token).balance_of(holder.id()))
}

pub fn credited(world: &mut World, account: impl Party) -> u128 {
    let credits = stored_state(world).credits;
    credits.get(&account.id()).map_or(0, |credit| credit.amount)
}

/// The price of `WELL` becomes `price`, after its notice.
pub fn reprice(world: &mut World, price: u128) {
    let announce = world.contract().announce_price(WELL, Some(price));
    world.done(WELL_OPERATOR, announce);
    let ready = dapp_of(world, WELL).next_price.unwrap().ready;
    let notice = ready - world.now();
    wait_live(world, WELL_OPERATOR, WELL, notice);
    world.done(WELL_OPERATOR, world.contract().change_price(WELL));
}

/// Proceeds of a DAPP unbond, and are paid to its treasury.
pub fn take_proceeds(world: &mut World, operator: Keyring, dapp: DappId, amount: u128) {
    let unbond = world.contract().unbond(dapp, Source::Proceeds, amount);
    world.done(operator, unbond);
    wait_live(world, operator, dapp, UNBONDING);
    let release = world.contract().release(dapp, Source::Proceeds);
    world.done(operator, release);
}

/// Lets time pass while a DAPP gives signs of life.
pub fn wait_live(world: &mut World, operator: Keyring, dapp: DappId, mut time: u64) {
    while time > 0 {
        let step = time.min(SILENCE - 1);
        world.advance(step);
        world.done(operator, world.contract().heartbeat(dapp));
        time -= step;
    }
}

/// Lets time pass while both DAPPs give signs of life.
pub fn wait_alive(world: &mut World, mut time: u64) {
    while time > 0 {
        let step = time.min(SILENCE - 1);
        world.advance(step);
        for (operator, dapp) in [(WELL_OPERATOR, WELL), (CARE_OPERATOR, CARE)] {
            world.done(operator, world.contract().heartbeat(dapp));
        }
        time -= step;
    }
}
