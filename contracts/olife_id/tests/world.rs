//! A chain with ALV, Olife ID, a person with guardians and an anchor, on which every step is checked.

use ::alv::AlvRef;
use ::hostile::{Hostile, HostileRef, Mode};
use allive_access::{Pausable, PauseTerms};
use allive_calls::{
    at, psp22, Chain, Code, Constructor, EthereumKey, Event, Keyring, Message, Receipt, Typed,
};
use allive_olife_id_interface::{IdentityId, IdentityRegistry, Points, Topic};
use allive_signatures::{Message as Signed, Signature};
use allive_simulator::{EmbeddedChain, GENESIS, START};
use allive_storage::Stored;
use ink::{
    codegen::ContractCallBuilder,
    env::{
        call::{ConstructorReturnType, FromAccountId},
        DefaultEnvironment,
    },
    primitives::AccountId,
};
use olife_id::*;
use psp22::PSP22;
use scale::{Decode, Encode};
use std::fmt::Debug;

/// Deploys, and owns the contract.
pub const OWNER: Keyring = Keyring::Alice;
/// The key of the person whom most tests are about.
pub const PERSON: AccountId = account(1);
/// A key that joins.
pub const SECOND: AccountId = account(2);
/// A key that the thief holds.
pub const THIEF: AccountId = account(3);
/// One key each of three guardians and two anchors.
pub const GUARDS: [AccountId; 3] = [account(11), account(12), account(13)];
pub const ANCHOR: AccountId = account(21);
pub const ISSUER: AccountId = account(22);
/// One who vouches.
pub const FRIEND: AccountId = account(31);
pub const STRANGER: AccountId = account(0x99);
/// Where lost bonds go.
pub const PLACE: AccountId = account(0x77);

/// The identities, in the order in which they are created.
pub const GUARDIANS: [IdentityId; 3] = [0, 1, 2];
pub const ANCHOR_ID: IdentityId = 3;
pub const ISSUER_ID: IdentityId = 4;
pub const FRIEND_ID: IdentityId = 5;
pub const PERSON_ID: IdentityId = 6;
/// The number of the next identity.
pub const NEXT: IdentityId = 7;

pub const DELAY: u64 = 100;
pub const CONTEST: u64 = 150;
pub const SETTLING: u64 = 200;
pub const UNBONDING: u64 = 300;
pub const NOTICE: u64 = 400;
pub const FADE: u64 = 100 * olife_id::trust::DAY;
pub const BOND: u128 = 10;
pub const TERMS: Terms = Terms {
    delay: DELAY,
    contest: CONTEST,
    settling: SETTLING,
    unbonding: UNBONDING,
    notice: NOTICE,
    fade: FADE,
    bond: BOND,
};
pub const PAUSE: PauseTerms = PauseTerms {
    duration: 1_000,
    cooldown: 2_000,
};
pub const CEILING: Points = 80;
/// When attestations of the world end.
pub const EXPIRES: u64 = START + 1_000 * olife_id::trust::DAY;

pub const fn account(byte: u8) -> AccountId {
    AccountId([byte; 32])
}

pub type Answer<R> = Receipt<Result<R, IdError>>;

pub struct World {
    pub chain: EmbeddedChain,
    pub alv: AccountId,
    pub id: AccountId,
    /// Whether each refusal is looked at for what it changed.
    pub watched: bool,
    /// Whether the token is one of bad will, which is not asked what somebody holds.
    pub is_hostile: bool,
}

impl World {
    /// Nobody has an identity.
    pub fn empty() -> Self {
        let mut chain = EmbeddedChain::new();
        let new = AlvRef::new(1_000_000_000, 1_000_000_000, PAUSE, GENESIS);
        let alv = create(&mut chain, "alv", new);
        Self::over(chain, alv, false)
    }

    /// The same over any token.
    fn over(mut chain: EmbeddedChain, alv: AccountId, is_hostile: bool) -> Self {
        let id = create(&mut chain, "olife_id", constructor(alv, TERMS));
        let parties = [PERSON, SECOND, THIEF, ANCHOR, ISSUER, FRIEND, STRANGER];
        for party in parties.into_iter().chain(GUARDS) {
            chain.endow(party);
        }
        Self {
            chain,
            alv,
            id,
            watched: true,
            is_hostile,
        }
    }

    /// Three guardians, an anchor, an issuer of the role of clinicians, a friend, and the person, whom two of
    /// the three recover.
    pub fn new() -> Self {
        Self::peopled(Self::empty())
    }

    fn peopled(mut world: Self) -> Self {
        for key in GUARDS.into_iter().chain([ANCHOR, ISSUER, FRIEND]) {
            world.create(key, &[], 0);
        }
        world.create(PERSON, &GUARDIANS, 2);
        for (issuer, topic, ceiling) in [
            (ANCHOR_ID, Topic::Known, CEILING),
            (ISSUER_ID, Topic::Clinician, 0),
        ] {
            let approved = Issuer {
                topics: topic.bit(),
                ceiling,
            };
            let approve = world.contract().approve_issuer(issuer, Some(approved));
            world.send(OWNER.account(), approve).value.unwrap().unwrap();
        }
        world
    }

    /// The same, and the anchor attested the person with all of its points, a millisecond before now.
    pub fn known() -> Self {
        Self::attested(Self::new())
    }

    fn attested(mut world: Self) -> Self {
        world.done(ANCHOR, known(PERSON_ID, CEILING));
        world.chain.advance(1);
        world
    }

    /// The same, and two guardians proposed `SECOND` as the only key, which agreed.
    pub fn proposed() -> Self {
        let mut world = Self::known();
        world.agree(SECOND);
        world.done(
            SECOND,
            Action::Consent {
                identity: PERSON_ID,
                purposes: ALL,
            },
        );
        world
    }

    /// The same, and a key cancelled.
    pub fn contested() -> Self {
        let mut world = Self::proposed();
        world.done(PERSON, Action::Cancel);
        world
    }

    /// Two guardians want this key and no other.
    pub fn agree(&mut self, key: AccountId) {
        for guard in &GUARDS[..2] {
            self.done(*guard, recover(key));
        }
    }

    /// A friend whom the anchor knows with all of its points, and who has money here.
    pub fn with_friend() -> Self {
        Self::befriended(Self::known())
    }

    /// The same, and bonds are of a token of bad will, which is honest so far.
    pub fn hostile() -> Self {
        let mut chain = EmbeddedChain::new();
        let token = create(&mut chain, "hostile", HostileRef::new());
        let mint = at::<Hostile>(token).mint(OWNER.account(), 1_000_000);
        chain.send(OWNER.account(), mint).value.unwrap();
        let world = Self::peopled(Self::over(chain, token, true));
        Self::befriended(Self::attested(world))
    }

    /// From now on the token of bad will does so.
    pub fn behave(&mut self, mode: Mode) {
        let behave = at::<Hostile>(self.alv).behave(mode);
        self.chain.send(STRANGER, behave).value.unwrap();
    }

    fn befriended(mut world: Self) -> Self {
        world.done(ANCHOR, known(FRIEND_ID, CEILING));
        world.fund(FRIEND_ID, 1_000);
        world
    }

    pub fn contract(&self) -> <OlifeId as ContractCallBuilder>::Type {
        at::<OlifeId>(self.id)
    }

    /// Sends a message. What is refused changed no cell, moved no money, and said nothing.
    pub fn send<Args: Encode, R: Decode + Debug>(
        &mut self,
        by: AccountId,
        message: Message<Args, Result<R, IdError>>,
    ) -> Answer<R> {
        let before = self.watched.then(|| self.stored());
        let answer = self.chain.send(by, message);
        if !matches!(answer.value, Ok(Ok(_))) {
            let after = before.is_some().then(|| self.stored());
            assert_eq!(before, after, "refused, and yet changed");
            assert_eq!(answer.events, [], "refused, and yet said");
        }
        let held = self.all_held();
        assert!(self.holds(self.id) >= held, "too little lies here");
        let frames = answer.frames;
        assert!(frames <= 2 || self.is_hostile, "{frames} frames");
        answer
    }

    fn stored(&mut self) -> impl PartialEq + Debug + use<> {
        [self.id, self.alv].map(|contract| self.chain.cells(contract))
    }

    pub fn act(&mut self, by: AccountId, action: Action) -> Answer<IdentityId> {
        let message = self.contract().act(action.into());
        self.send(by, message)
    }

    /// What must succeed.
    #[track_caller]
    pub fn done(&mut self, by: AccountId, action: Action) -> Answer<IdentityId> {
        let answer = self.act(by, action);
        assert!(matches!(answer.value, Ok(Ok(_))), "{:?}", answer.value);
        answer
    }

    /// Why it is refused.
    #[track_caller]
    pub fn refused(&mut self, by: AccountId, action: Action) -> IdError {
        self.act(by, action).value.unwrap().unwrap_err()
    }

    pub fn settle(&mut self) -> Result<(), IdError> {
        let message = self.contract().settle(PERSON_ID);
        self.send(STRANGER, message).value.unwrap()
    }

    pub fn create(&mut self, by: AccountId, guardians: &[IdentityId], threshold: u8) -> IdentityId {
        self.chain.endow(by);
        let guardians = Guardians {
            list: guardians.to_vec().into(),
            threshold,
        };
        let created = self.done(by, Action::Create { guardians });
        created.value.unwrap().unwrap()
    }

    /// Puts ALV of the owner's into a purse.
    pub fn fund(&mut self, identity: IdentityId, amount: u128) {
        let approve = psp22(self.alv).approve(self.id, amount);
        let owner = OWNER.account();
        self.chain.send(owner, approve).value.unwrap().unwrap();
        let deposit = self.contract().deposit(identity, amount.into());
        self.send(owner, deposit).value.unwrap().unwrap();
    }

    pub fn by_owner<Args: Encode>(
        &mut self,
        message: Message<Args, Result<(), IdError>>,
    ) -> Result<(), IdError> {
        self.send(OWNER.account(), message).value.unwrap()
    }

    pub fn pause(&mut self) {
        let pause = self.contract().pause();
        let paused = self.chain.send(OWNER.account(), pause);
        paused.value.unwrap().unwrap();
    }

    /// The person was accused, and proved false.
    pub fn condemn(&mut self) {
        let accuse = self.contract().rule(PERSON_ID, accuse());
        assert_eq!(self.by_owner(accuse), Ok(()));
        self.chain.advance(NOTICE);
        let condemn = self.contract().rule(PERSON_ID, Ruling::Condemn);
        assert_eq!(self.by_owner(condemn), Ok(()));
    }

    pub fn get<Args: Encode, R: Decode>(&mut self, message: Message<Args, R>) -> R {
        self.chain.ask(STRANGER, message).value.unwrap()
    }

    /// What lies in a place.
    pub fn look(&mut self, place: Place) -> Option<Content> {
        let look = self.contract().look(place.into());
        let found = self.get(look)?;
        Some(found.open().unwrap())
    }

    pub fn holds(&mut self, account: AccountId) -> u128 {
        if self.is_hostile {
            return self.get(at::<Hostile>(self.alv).held(account));
        }
        self.get(psp22(self.alv).balance_of(account))
    }

    pub fn identity(&mut self, identity: IdentityId) -> Identity {
        match self.look(Place::Identity(identity)) {
            Some(Content::Identity(identity)) => identity,
            other => panic!("{other:?}"),
        }
    }

    pub fn person(&mut self) -> Identity {
        self.identity(PERSON_ID)
    }

    pub fn phase(&mut self) -> Phase {
        self.person().recovery.phase
    }

    pub fn of(&mut self, account: AccountId) -> Option<IdentityId> {
        let identity = self.contract().identity_of(account.into());
        self.get(identity)
    }

    pub fn has_role(&mut self, account: AccountId, role: Topic) -> bool {
        let role = self.contract().has_role(account.into(), role);
        self.get(role)
    }

    pub fn trust(&mut self, account: AccountId) -> Points {
        let trust = self.contract().trust(account.into());
        self.get(trust)
    }

    pub fn purse(&mut self, identity: IdentityId) -> Purse {
        match self.look(Place::Purse(identity)) {
            Some(Content::Purse(purse)) => purse,
            other => {
                assert_eq!(other, None);
                Purse::default()
            }
        }
    }

    pub fn all_held(&mut self) -> u128 {
        match self.look(Place::Held) {
            Some(Content::Held(held)) => held,
            other => panic!("{other:?}"),
        }
    }

    /// Whether the key used the number of the request.
    pub fn is_used(&mut self, request: &Request) -> bool {
        let nonce = request.nonce;
        match self.look(Place::Nonces(request.key.clone(), cell(nonce))) {
            Some(Content::Nonces(used)) => used & bit(nonce) != 0,
            other => {
                assert_eq!(other, None);
                false
            }
        }
    }

    pub fn advance(&mut self, time: u64) {
        self.chain.advance(time);
    }

    /// Lets time pass until `moment`.
    pub fn at(&mut self, moment: u64) {
        let passes = moment.checked_sub(self.chain.now());
        self.chain
            .advance(passes.expect("time does not run backwards"));
    }

    pub fn now(&mut self) -> u64 {
        self.chain.now()
    }

    /// Of this type of events, the contract said this one alone.
    #[track_caller]
    pub fn assert_said<E, R>(&self, receipt: &Receipt<R>, expected: E)
    where
        E: ink::env::Event + Decode + PartialEq + Debug,
    {
        let own = receipt.events.iter();
        let own = own.filter(|event| event.contract == self.id);
        let said: Vec<E> = own.filter_map(Event::decode).collect();
        assert_eq!(said, [expected]);
    }

    /// Signs a request as the polkadot.js extension does.
    pub fn signed(&self, by: Keyring, request: &Request) -> Signature {
        let message = Signed::new(&PURPOSE, &GENESIS, &self.id, request);
        Signature::Sr25519(by.sign(message.wrapped().unwrap()))
    }

    /// Signs a request as an Ethereum wallet does, over a text that is laid out by hand.
    pub fn signed_by_wallet(&self, by: &EthereumKey, request: &Request) -> Signature {
        let digest = ink_hash(&request.encode());
        let text = format!(
            "Olife ID request 0x{}\npurpose: allive/id/v1    \nchain: 0x{}\ncontract: 0x{}",
            hex::encode(digest),
            hex::encode(GENESIS),
            hex::encode(self.id),
        );
        Signature::Ecdsa(by.sign_personal(text.as_bytes()))
    }

    pub fn submit(&mut self, request: &Request, signature: Signature) -> Answer<IdentityId> {
        let message = self.contract().act_for(request.clone().into(), signature);
        self.send(STRANGER, message)
    }
}

/// What the event of an action says.
pub fn acted(identity: IdentityId, key: AccountId, action: Action) -> Acted {
    acted_by(identity, Key::Account(key.into()), action)
}

pub fn acted_by(identity: IdentityId, key: Key, action: Action) -> Acted {
    Acted {
        identity,
        done: Stored::of((key, action).encode()),
    }
}

/// The recovery of the person, as the event carries it.
pub fn recovery_changed(recovery: Recovery) -> RecoveryChanged {
    RecoveryChanged {
        identity: PERSON_ID,
        recovery: Stored::of(recovery.encode()),
    }
}

/// BLAKE2b-256.
pub fn ink_hash(bytes: &[u8]) -> [u8; 32] {
    use ink::env::hash::{Blake2x256, CryptoHash};
    let mut hash = [0; 32];
    Blake2x256::hash(bytes, &mut hash);
    hash
}

pub fn held(key: AccountId, purposes: Purposes) -> Held {
    Held {
        key: Key::Account(key.into()),
        purposes,
    }
}

pub fn accuse() -> Ruling {
    Ruling::Accuse([5; 32].into())
}

/// These keys for everything, and the guardians of the person.
pub fn control(keys: &[AccountId]) -> Control {
    Control {
        keys: keys.iter().map(|key| held(*key, ALL)).collect(),
        guardians: Guardians {
            list: GUARDIANS.to_vec().into(),
            threshold: 2,
        },
    }
}

pub fn announce(keys: &[AccountId]) -> Action {
    Action::Announce {
        control: Some(control(keys)),
    }
}

pub fn consent_for(purposes: Purposes) -> Action {
    let identity = PERSON_ID;
    Action::Consent { identity, purposes }
}

pub fn consent() -> Action {
    Action::Consent {
        identity: PERSON_ID,
        purposes: ALL,
    }
}

/// This shall be the only key of the person.
pub fn recover(key: AccountId) -> Action {
    Action::Recover {
        identity: PERSON_ID,
        keys: vec![held(key, ALL)].into(),
    }
}

pub fn attest(subject: IdentityId, topic: Topic, weight: Points, expires: u64) -> Action {
    Action::Attest {
        subject,
        topic,
        value: [7; 32].into(),
        weight,
        expires,
    }
}

/// An anchor knows `subject`.
pub fn known(subject: IdentityId, weight: Points) -> Action {
    attest(subject, Topic::Known, weight, EXPIRES)
}

pub fn vouch(points: Points) -> Action {
    Action::Vouch {
        subject: PERSON_ID,
        points,
    }
}

pub fn accept(voucher: IdentityId) -> Action {
    Action::Accept {
        voucher,
        accepted: true,
    }
}

pub fn unvouch() -> Action {
    Action::Unvouch { subject: PERSON_ID }
}

pub fn setup(alv: AccountId, terms: Terms) -> Setup {
    Setup {
        terms,
        pause: PAUSE,
        alv: allive_psp22_interface::Token::at(alv),
        forfeits_to: PLACE.into(),
        chain: GENESIS,
    }
}

pub fn constructor(
    alv: AccountId,
    terms: Terms,
) -> Constructor<OlifeIdRef, impl Encode, Result<OlifeIdRef, IdError>> {
    OlifeIdRef::new(setup(alv, terms).into())
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
    let created = chain.create(OWNER.account(), &code(name), constructor, b"");
    created.unwrap().unwrap().address
}

pub fn code(name: &str) -> Code {
    Code::read(name).unwrap()
}
