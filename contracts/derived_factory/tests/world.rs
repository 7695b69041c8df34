//! A chain with ALV, a factory and two DAPPs, on which every step is checked.

use ::alv::{Alv, AlvRef};
use ::hostile::{Hostile, HostileRef, Mode};
use allive_access::{AccessControl, PauseTerms, RoleType};
use allive_calls::{at, psp22, Chain, Code, Constructor, Event, Keyring, Message, Receipt, Typed};
use allive_derived_token_interface::Label;
use allive_olife_id_interface::OlifeIdClient;
use allive_simulator::{EmbeddedChain, GENESIS, START};
use derived_factory::*;
use ink::{
    codegen::ContractCallBuilder,
    env::{
        call::{ConstructorReturnType, FromAccountId},
        DefaultEnvironment,
    },
    primitives::{AccountId, Hash},
};
use psp22::PSP22;
use scale::{Decode, Encode};
use std::fmt::Debug;

pub use crate::books::*;

/// Who acts. Operators sign vouchers, so that actors have keys.
pub const ADMIN: Keyring = Keyring::Alice;
/// Operator of the DAPP `WELL`.
pub const WELL_OPERATOR: Keyring = Keyring::Bob;
/// Operator of the DAPP `CARE`.
pub const CARE_OPERATOR: Keyring = Keyring::Charlie;
pub const USER: Keyring = Keyring::Dave;
pub const OTHER: Keyring = Keyring::Eve;
pub const STRANGER: Keyring = Keyring::Ferdie;
/// Whom an identity's keys are recovered to.
pub const HEIR: Keyring = Keyring::One;

pub const TREASURY: AccountId = account(0x77);
pub const REMAINDER: AccountId = account(0x88);
pub const ABSENT: AccountId = account(0x99);
/// Where most tests have Olife ID: nobody answers there.
pub const NO_IDENTITIES: AccountId = account(0x1d);

/// Sells at `PRICE`, keeps half of it to redeem, and covers holders in full.
pub const WELL: DappId = 0;
/// Sells at `CARE_PRICE`, keeps all of it to redeem, and covers holders to half.
pub const CARE: DappId = 1;

pub const PRICE: u128 = 10;
pub const CARE_PRICE: u128 = 7;
pub const CAP: u128 = 1_000_000;
pub const STAKE: u128 = 10_000;

pub const SUPPLY: u128 = 100_000_000;
/// What each actor holds and allows the factory at first.
pub const WEALTH: u128 = 1_000_000;

pub const PAUSE: u64 = 1_000;
pub const SILENCE: u64 = 10_000;
pub const ANSWER: u64 = 2_000;
pub const UNBONDING: u64 = SILENCE + 2 * ANSWER + 1;
pub const NOTICE: u64 = 500;
pub const CLAIMS: u64 = 1_000_000;

pub const RULES: Rules = Rules {
    min_cover: 5_000,
    stake_share: 1_000,
    min_stake: 100,
};
pub const DURATIONS: Durations = Durations {
    silence: SILENCE,
    answer: ANSWER,
    unbonding: UNBONDING,
    notice: NOTICE,
    claims: CLAIMS,
};
pub const PAUSE_TERMS: PauseTerms = PauseTerms {
    duration: PAUSE,
    cooldown: PAUSE,
};

const VAULT: RoleType = ink::selector_id!("VAULT");
const PAUSER: RoleType = ink::selector_id!("PAUSER");

pub const fn account(byte: u8) -> AccountId {
    AccountId([byte; 32])
}

pub type Answer<R> = Receipt<Result<R, FactoryError>>;
pub type Topics = Vec<[u8; 32]>;

pub struct World {
    pub chain: EmbeddedChain,
    pub alv: AccountId,
    pub identities: AccountId,
    pub factory: AccountId,
    hostile: bool,
}

impl World {
    /// With ALV, of which the factory is a vault, actors who hold and allow `WEALTH`, and no DAPP.
    pub fn empty() -> Self {
        Self::of_wealth(SUPPLY, WEALTH)
    }

    /// The same with `supply` of ALV, of which each actor holds and allows `wealth`.
    pub fn of_wealth(supply: u128, wealth: u128) -> Self {
        Self::beside(supply, wealth, |_, _| NO_IDENTITIES)
    }

    /// The same beside an Olife ID, or what is taken for it: created once there is ALV.
    pub fn beside(
        supply: u128,
        wealth: u128,
        identities: impl FnOnce(&mut EmbeddedChain, AccountId) -> AccountId,
    ) -> Self {
        let mut chain = EmbeddedChain::new();
        let new = AlvRef::new(supply, supply, PAUSE_TERMS, GENESIS);
        let alv = create(&mut chain, "alv", new);
        let identities = identities(&mut chain, alv);
        let mut world = Self::with(chain, [alv, identities], false);
        for (role, account) in [(PAUSER, ADMIN.account()), (VAULT, world.factory)] {
            let granted = world.tell(ADMIN, at::<Alv>(alv).grant_role(role, account.into()));
            assert_eq!(granted, Ok(()));
        }
        for actor in Keyring::all() {
            let paid = psp22(alv).transfer(actor.account(), wealth, vec![]);
            assert_eq!(world.tell(ADMIN, paid), Ok(()));
            let allowed = psp22(alv).approve(world.factory, wealth);
            assert_eq!(world.tell(actor, allowed), Ok(()));
        }
        world
    }

    /// With `WELL` and `CARE` registered, each with `STAKE`.
    pub fn new() -> Self {
        Self::empty().registered()
    }

    /// With a collateral that does what it is told to, honest at first, and the two DAPPs.
    pub fn hostile() -> Self {
        let mut chain = EmbeddedChain::new();
        let alv = create(&mut chain, "hostile", HostileRef::new());
        let mut world = Self::with(chain, [alv, NO_IDENTITIES], true);
        for actor in Keyring::all() {
            world.tell(ADMIN, at::<Hostile>(alv).mint(actor.account(), WEALTH));
        }
        world.registered()
    }

    fn with(mut chain: EmbeddedChain, [alv, identities]: [AccountId; 2], hostile: bool) -> Self {
        let token_code = token_code(&mut chain);
        let charter = Charter {
            identities: OlifeIdClient::at(identities.into()),
            ..charter()
        };
        let new = DerivedFactoryRef::new(alv, token_code, charter.into());
        let factory = create(&mut chain, "derived_factory", new);
        Self {
            chain,
            alv,
            identities,
            factory,
            hostile,
        }
    }

    pub fn registered(mut self) -> Self {
        for (operator, profile, dapp) in
            [(WELL_OPERATOR, well(), WELL), (CARE_OPERATOR, care(), CARE)]
        {
            let registered = self.register(operator, profile, STAKE);
            assert_eq!(registered.value, Ok(Ok(dapp)));
        }
        self
    }

    /// Sends a message to the factory, and looks that its promises hold after it. A message that is
    /// refused changes nothing and says nothing.
    pub fn send<Args: Encode, R: Decode + Debug>(
        &mut self,
        by: Keyring,
        message: Message<Args, Result<R, FactoryError>>,
    ) -> Answer<R> {
        let before = self.books();
        let receipt = self.chain.send(by.account(), message);
        let after = self.books();
        if !matches!(receipt.value, Ok(Ok(_))) {
            assert_eq!(
                before, after,
                "refused, and yet changed: {:?}",
                receipt.value
            );
            assert!(receipt.events.is_empty(), "refused, and yet said");
        }
        self.check(&after);
        receipt
    }

    /// Sends a message to any contract, which must be carried out.
    pub fn tell<Args: Encode, R: Decode>(&mut self, by: Keyring, message: Message<Args, R>) -> R {
        self.chain.send(by.account(), message).value.unwrap()
    }

    /// The answer to a query.
    pub fn get<Args: Encode, R: Decode>(&mut self, message: Message<Args, R>) -> R {
        self.chain.ask(STRANGER.account(), message).value.unwrap()
    }

    pub fn register(&mut self, by: Keyring, profile: Profile, stake: u128) -> Answer<DappId> {
        let message = self.contract().register(profile.into(), stake);
        self.send(by, message)
    }

    pub fn buy(&mut self, by: Keyring, dapp: DappId, paid: u128) -> Answer<u128> {
        let message = self.contract().buy(dapp, paid, 0);
        self.send(by, message)
    }

    pub fn redeem(&mut self, by: Keyring, dapp: DappId, tokens: u128) -> Answer<u128> {
        let message = self.contract().redeem(dapp, tokens, 0);
        self.send(by, message)
    }

    pub fn claim(&mut self, dapp: DappId, holder: AccountId) -> Answer<u128> {
        let message = self.contract().claim(dapp, holder.into());
        self.send(STRANGER, message)
    }

    /// The messages of the factory.
    pub fn contract(&self) -> <DerivedFactory as ContractCallBuilder>::Type {
        at::<DerivedFactory>(self.factory)
    }

    pub fn dapp(&mut self, dapp: DappId) -> Dapp {
        self.books().dapps[&dapp].clone()
    }

    pub fn token(&mut self, dapp: DappId) -> AccountId {
        **self.dapp(dapp).token.address()
    }

    /// Units of a DAPP's token that an account holds.
    pub fn units(&mut self, dapp: DappId, holder: AccountId) -> u128 {
        let token = self.token(dapp);
        self.get(psp22(token).balance_of(holder))
    }

    /// ALV that an account holds, also where the token lies about it.
    pub fn holds(&mut self, account: AccountId) -> u128 {
        if self.hostile {
            self.get(at::<Hostile>(self.alv).held(account))
        } else {
            self.get(psp22(self.alv).balance_of(account))
        }
    }

    pub fn credit(&mut self, account: AccountId) -> u128 {
        let credits = self.books().credits;
        credits.get(&account).map_or(0, |credit| credit.amount)
    }

    /// From now on the collateral, which must be the hostile one, behaves so.
    pub fn behave(&mut self, mode: Mode) {
        self.tell(ADMIN, at::<Hostile>(self.alv).behave(mode));
    }

    /// The events of the factory, which must all be of type `E`.
    pub fn said<E: ink::env::Event + Decode, R>(&self, receipt: &Receipt<R>) -> Vec<E> {
        let own = receipt.events.iter();
        let own = own.filter(|event| event.contract == self.factory);
        own.map(|event: &Event| event.decode().unwrap()).collect()
    }

    /// The one event of type `E` that the factory emitted, with its topics after the signature.
    pub fn event<E: ink::env::Event + Decode, R>(&self, receipt: &Receipt<R>) -> (E, Topics) {
        let own = receipt.events.iter();
        let own = own.filter(|event| event.contract == self.factory);
        let mut found = own.filter_map(|event| Some((event.decode()?, event.topics[1..].to_vec())));
        let first = found.next().expect("no such event");
        assert!(found.next().is_none(), "such an event twice");
        first
    }

    /// Sends a message that must succeed.
    pub fn done<Args: Encode, R: Decode + Debug>(
        &mut self,
        by: Keyring,
        message: Message<Args, Result<R, FactoryError>>,
    ) -> R {
        self.send(by, message).value.unwrap().unwrap()
    }

    /// Sends a message that must be refused, and returns why it is.
    pub fn refused<Args: Encode, R: Decode + Debug>(
        &mut self,
        by: Keyring,
        message: Message<Args, Result<R, FactoryError>>,
    ) -> FactoryError {
        self.send(by, message).value.unwrap().unwrap_err()
    }

    pub fn fund(&mut self, by: Keyring, dapp: DappId, fund: Fund, amount: u128) {
        self.done(by, self.contract().fund(dapp, fund, amount));
    }

    /// The price of `WELL` becomes `price`, after its notice.
    pub fn reprice(&mut self, price: u128) {
        self.done(
            WELL_OPERATOR,
            self.contract().announce_price(WELL, Some(price)),
        );
        self.chain.advance(NOTICE);
        self.done(WELL_OPERATOR, self.contract().change_price(WELL));
    }

    /// Lets time pass while both DAPPs give signs of life.
    pub fn wait_alive(&mut self, mut time: u64) {
        while time > 0 {
            let step = time.min(SILENCE - 1);
            self.chain.advance(step);
            for (operator, dapp) in [(WELL_OPERATOR, WELL), (CARE_OPERATOR, CARE)] {
                self.done(operator, self.contract().heartbeat(dapp));
            }
            time -= step;
        }
    }

    pub fn money(&mut self, dapp: DappId) -> Money {
        self.dapp(dapp).money
    }

    /// Lets time pass until `moment`.
    pub fn at(&mut self, moment: u64) {
        let now = self.chain.now();
        let passes = moment.checked_sub(now);
        self.chain
            .advance(passes.expect("time does not run backwards"));
    }
}

/// What the factory begins with.
pub fn charter() -> Charter {
    Charter {
        remainder_to: REMAINDER.into(),
        rules: RULES,
        durations: DURATIONS,
        pause: PAUSE_TERMS,
        chain: GENESIS,
        identities: OlifeIdClient::at(NO_IDENTITIES.into()),
    }
}

/// A credit that began with the chain.
pub fn credit(amount: u128) -> Credit {
    Credit {
        amount,
        began: START,
    }
}

/// The topic that a field of an event makes.
pub fn topic(field: impl Encode) -> [u8; 32] {
    let bytes = field.encode();
    let mut topic = [0; 32];
    topic[..bytes.len()].copy_from_slice(&bytes);
    topic
}

pub fn well() -> Profile {
    Profile {
        label: label("Wellness", "WELL"),
        price: PRICE,
        cap: CAP,
        reserve_share: 5_000,
        cover: 10_000,
        treasury: TREASURY.into(),
    }
}

pub fn care() -> Profile {
    Profile {
        label: label("Care", "CARE"),
        price: CARE_PRICE,
        cap: CAP,
        reserve_share: 10_000,
        cover: 5_000,
        treasury: TREASURY.into(),
    }
}

pub fn label(name: &str, symbol: &str) -> Label {
    Label {
        name: name.into(),
        symbol: symbol.into(),
        decimals: 2,
    }
}

/// The code of tokens, uploaded.
pub fn token_code(chain: &mut EmbeddedChain) -> Hash {
    chain.upload(ADMIN.account(), &code("derived_token").wasm)
}

pub fn create<Ref, Args, R>(
    chain: &mut EmbeddedChain,
    name: &str,
    constructor: Constructor<Ref, Args, R>,
) -> AccountId
where
    Args: Encode,
    Ref: FromAccountId<DefaultEnvironment>,
    R: ConstructorReturnType<Ref>,
    R::Error: Decode + Debug,
{
    let created = chain.create(ADMIN.account(), &code(name), constructor, b"");
    created.unwrap().unwrap().address
}

pub fn code(name: &str) -> Code {
    Code::read(name).unwrap()
}
