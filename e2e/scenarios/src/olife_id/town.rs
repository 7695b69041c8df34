//! A town in which everybody has an identity, and every step is checked.

use crate::{
    alv::{deploy, pay, SUPPLY},
    stage::{allowed, code, paid, said, Stage, DAY, HOUR, MINUTE},
};
use allive_access::PauseTerms;
use allive_calls::{at, psp22, Chain, EthereumKey, Event, Keyring, Message, Typed};
use allive_olife_id_interface::{IdentityId, IdentityRegistry, Points, Topic, Topics};
use allive_psp22_interface::Psp22Client;
use allive_requests::{ChainId, Domain, Signature};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};
use olife_id::*;
use psp22::PSP22;
use scale::{Decode, Encode};
use std::fmt::Debug;
use Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie, One, Two};

/// Approves issuers and rules; has no identity.
pub const OWNER: Keyring = Alice;
pub const ANCHOR: Keyring = Bob;
pub const GUARDIANS: [Keyring; 2] = [Charlie, Dave];
pub const FRIEND: Keyring = Ferdie;
pub const PERSON: Keyring = Eve;
/// The key that is to follow that of the person.
pub const NEXT: Keyring = One;
pub const STRANGER: Keyring = Two;

// The identities, in the order in which they are created.
pub const ANCHOR_ID: IdentityId = 0;
pub const GUARDIAN_IDS: [IdentityId; 2] = [1, 2];
pub const FRIEND_ID: IdentityId = 3;
pub const PERSON_ID: IdentityId = 4;

pub const TERMS: IdentityTerms = IdentityTerms {
    delay: HOUR,
    contest: 2 * HOUR,
    settling: 4 * HOUR,
    unbonding: 3 * HOUR,
    notice: 2 * HOUR,
    fade: 365 * DAY,
    bond: 2,
};
pub const PAUSE: PauseTerms = PauseTerms {
    duration: HOUR,
    cooldown: 2 * HOUR,
};
/// What the anchor can give.
pub const CEILING: Points = 80;
/// What the friend has for bonds.
pub const SAVINGS: u128 = 100;

/// ALV, and Olife ID with everybody in it.
pub struct Town<'c, C> {
    pub stage: Stage<'c, C>,
    pub alv: AccountId,
    pub id: AccountId,
}

impl<'c, C: Chain> Town<'c, C> {
    /// An anchor, two guardians, a friend, and a person whom both guardians recover, and whom the
    /// anchor knows.
    pub fn open(chain: &'c mut C, genesis: ChainId) -> Self {
        let mut stage = Stage::open(chain, genesis);
        let owner = OWNER.account();
        let alv = deploy(&mut stage, owner);
        let setup = Setup {
            terms: TERMS,
            pause: PAUSE,
            alv: Psp22Client::at(alv),
            forfeits_to: owner.into(),
            chain: genesis,
        };
        let created = stage.create(owner, &code("olife_id"), OlifeIdRef::new(setup));
        assert_eq!(created.events, []);
        pay(&mut stage, alv, owner, FRIEND.account(), SAVINGS);
        let id = created.address;
        let mut town = Self { stage, alv, id };
        for (key, number) in [
            (ANCHOR, ANCHOR_ID),
            (Charlie, 1),
            (Dave, 2),
            (FRIEND, FRIEND_ID),
        ] {
            let guardians = Guardians::default();
            town.does(key, number, Action::Create { guardians });
        }
        let guardians = guardians();
        town.does(PERSON, PERSON_ID, Action::Create { guardians });
        town.approve(Topic::KNOWN.bit() | Topic::CLINICIAN.bit());
        let known = town.attestation(PERSON_ID, Topic::KNOWN);
        town.does(ANCHOR, ANCHOR_ID, known);
        town.asked(PERSON, Some(PERSON_ID), CEILING);
        // An anchor helps in recoveries that begin later.
        town.stage.chain.advance(MINUTE);
        town
    }

    pub fn contract(&self) -> <OlifeId as ContractCallBuilder>::Type {
        at::<OlifeId>(self.id)
    }

    /// A key does something as this identity, which the contract says, and nothing else.
    #[track_caller]
    pub fn does(&mut self, key: Keyring, identity: IdentityId, action: Action) {
        self.does_saying(key, identity, action, |_| vec![]);
    }

    /// The same, and before that the contract, or ALV, says this.
    #[track_caller]
    pub fn does_saying(
        &mut self,
        key: Keyring,
        identity: IdentityId,
        action: Action,
        before: impl FnOnce(&mut Self) -> Vec<Event>,
    ) {
        let act = self.contract().act(action.clone());
        let (answer, events) = self.stage.accept(key.account(), act);
        assert_eq!(answer, identity);
        let mut expected = before(self);
        expected.push(self.acted(identity, account(key), action));
        assert_eq!(events, expected);
    }

    #[track_caller]
    pub fn refuses(&mut self, key: Keyring, action: Action, error: IdError) {
        let act = self.contract().act(action);
        self.stage.refuse(key.account(), act, error);
    }

    /// The owner does something, of which the contract says this.
    #[track_caller]
    pub fn rules<Args, E>(&mut self, message: Message<Args, Result<(), E>>, expected: Event)
    where
        Args: Encode,
        E: Decode + Debug,
    {
        let ((), events) = self.stage.accept(OWNER.account(), message);
        assert_eq!(events, [expected]);
    }

    /// The owner approves the anchor.
    pub fn approve(&mut self, topics: Topics) {
        let approve = self.contract().approve_issuer(ANCHOR_ID, topics, CEILING);
        self.issuer_changes(approve);
    }

    /// The owner withdraws that, and nothing that the anchor attested counts.
    pub fn disapprove(&mut self) {
        let withdraw = self.contract().withdraw_approval(ANCHOR_ID, None);
        self.issuer_changes(withdraw);
    }

    fn issuer_changes<Args: Encode>(&mut self, message: Message<Args, Result<(), IdError>>) {
        let issuer = ANCHOR_ID;
        let ((), events) = self.stage.accept(OWNER.account(), message);
        let approved = match self.stored(Query::Issuer(issuer)) {
            Some(Stored::Issuer(approved)) => Some(approved),
            other => panic!("no issuer: {other:?}"),
        };
        assert_eq!(events, [said(self.id, IssuerChanged { issuer, approved })]);
    }

    /// The same, as it is signed: with the moment at which it is issued.
    pub fn dated(&mut self, mut action: Action) -> Action {
        // The clock of a node may be ahead of its last block.
        let now = self.stage.chain.now();
        if let Action::Attest { issued, .. } = &mut action {
            *issued = Some(now);
        }
        action
    }

    /// What the anchor attests, with all of its points, for a year.
    pub fn attestation(&mut self, subject: IdentityId, topic: Topic) -> Action {
        Action::Attest {
            subject,
            topic,
            value: [7; 32],
            weight: CEILING,
            issued: None,
            expires: self.stage.chain.now() + 365 * DAY,
        }
    }

    pub fn acted(&self, identity: IdentityId, key: Key, action: Action) -> Event {
        let done = (key, action);
        said(self.id, Acted { identity, done })
    }

    /// The recovery of the person, as it is said when it changed.
    pub fn recovery_changed(&mut self) -> Vec<Event> {
        let recovery = self.person().recovery;
        let identity = PERSON_ID;
        vec![said(self.id, RecoveryChanged { identity, recovery })]
    }

    pub fn person(&mut self) -> Identity {
        match self.stored(Query::Identity(PERSON_ID)) {
            Some(Stored::Identity(identity)) => identity,
            other => panic!("no identity: {other:?}"),
        }
    }

    pub fn stored(&mut self, query: Query) -> Option<Stored> {
        let found = self.contract().stored(query);
        self.stage.chain.get(found)
    }

    /// What other contracts are told of a key.
    #[track_caller]
    pub fn asked(&mut self, key: Keyring, identity: Option<IdentityId>, trust: Points) {
        let contract = || at::<OlifeId>(self.id);
        let key = || key.account().into();
        let told = self.stage.chain.get(contract().identity_of(key()));
        assert_eq!(told, identity);
        assert_eq!(self.stage.chain.get(contract().trust(key())), trust);
        let known = self
            .stage
            .chain
            .get(contract().has_role(key(), Topic::KNOWN));
        assert_eq!(known, trust > 0, "who is known is trusted");
    }

    /// Anybody settles what is due, and the person's keys are these from then on.
    #[track_caller]
    pub fn settles(&mut self, control: &Control, recovered: bool) {
        let settle = self.contract().settle(PERSON_ID);
        let version = self.person().version + 1;
        let ((), events) = self.stage.accept(STRANGER.account(), settle);
        let changed = ControlChanged {
            identity: PERSON_ID,
            version,
            recovered,
            control: control.clone(),
        };
        assert_eq!(events, [said(self.id, changed)]);
        assert_eq!(self.person().control, *control);
    }

    #[track_caller]
    pub fn refuses_to_settle(&mut self, error: IdError) {
        let settle = self.contract().settle(PERSON_ID);
        self.stage.refuse(STRANGER.account(), settle, error);
    }

    /// A stranger submits what was signed for this identity.
    #[track_caller]
    pub fn submits(
        &mut self,
        request: &Request,
        signature: &Signature,
        identity: IdentityId,
    ) -> Vec<Event> {
        let submit = self.contract().act_for(request.clone(), signature.clone());
        let (answer, events) = self.stage.accept(STRANGER.account(), submit);
        assert_eq!(answer, identity);
        events
    }

    pub fn refuses_request(&mut self, request: &Request, signature: &Signature, error: IdError) {
        let submit = self.contract().act_for(request.clone(), signature.clone());
        self.stage.refuse(STRANGER.account(), submit, error);
    }

    /// What an account signs, as the polkadot.js extension does.
    pub fn sign(&self, by: Keyring, request: &Request) -> Signature {
        Signature::Sr25519(by.sign(request.message(&self.domain()).wrapped()))
    }

    /// What an Ethereum wallet signs.
    pub fn sign_text(&self, by: &EthereumKey, request: &Request) -> Signature {
        Signature::Eip191(by.sign_personal(&request.text(&self.domain())))
    }

    fn domain(&self) -> Domain<'_> {
        Domain {
            purpose: &PURPOSE,
            chain: &self.stage.genesis,
            contract: &self.id,
        }
    }

    /// The friend puts all savings into its purse.
    pub fn deposit(&mut self) {
        let (alv, id, friend) = (self.alv, self.id, FRIEND.account());
        let approve = psp22(alv).approve(id, SAVINGS);
        self.stage.accept(friend, approve);
        let deposit = self.contract().deposit(FRIEND_ID, SAVINGS);
        let ((), events) = self.stage.accept(friend, deposit);
        let deposited = Deposited {
            identity: FRIEND_ID,
            from: friend.into(),
            amount: SAVINGS,
        };
        let expected = [
            allowed(alv, friend, id, 0),
            paid(alv, friend, id, SAVINGS),
            said(id, deposited),
        ];
        assert_eq!(events, expected);
        self.holdings(0, SAVINGS);
    }

    /// The anchor knows the friend, who vouches for the person with ten points, which she accepts.
    pub fn vouch(&mut self) {
        let known = self.attestation(FRIEND_ID, Topic::KNOWN);
        self.does(ANCHOR, ANCHOR_ID, known);
        let vouch = Action::Vouch {
            subject: PERSON_ID,
            points: 10,
        };
        self.does(FRIEND, FRIEND_ID, vouch);
        self.asked(PERSON, Some(PERSON_ID), CEILING);
        let accept = Action::Accept {
            voucher: FRIEND_ID,
            accepted: true,
        };
        self.does(PERSON, PERSON_ID, accept);
        self.asked(PERSON, Some(PERSON_ID), CEILING + 10);
        assert_eq!(self.purse(), (SAVINGS - 20, 10));
    }

    /// What the friend has in its purse, and vouches with.
    pub fn purse(&mut self) -> (u128, Points) {
        match self.stored(Query::Purse(FRIEND_ID)) {
            Some(Stored::Purse(purse)) => (purse.credit, purse.given),
            other => panic!("no purse: {other:?}"),
        }
    }

    /// Asserts what the friend and Olife ID hold of ALV, and that the latter owes it.
    pub fn holdings(&mut self, friend: u128, id: u128) {
        let held = [
            (OWNER.account(), SUPPLY - friend - id),
            (FRIEND.account(), friend),
            (self.id, id),
        ];
        self.stage.holdings(self.alv, held);
        let owed = self.stored(Query::Owed).unwrap_or(Stored::Owed(0));
        assert_eq!(owed, Stored::Owed(id));
    }
}

pub fn account(key: Keyring) -> Key {
    Key::Account(key.account().into())
}

pub fn guardians() -> Guardians {
    Guardians {
        list: GUARDIAN_IDS.to_vec(),
        threshold: 2,
    }
}

/// These keys for everything, and the guardians of the person.
pub fn control(keys: &[Key]) -> Control {
    let keys = keys.iter().map(|key| Held {
        key: key.clone(),
        purposes: ALL,
    });
    Control {
        keys: keys.collect(),
        guardians: guardians(),
    }
}

pub fn announce(keys: &[Key]) -> Action {
    let control = Some(control(keys));
    Action::Announce { control }
}

/// This shall be the only key of the person.
pub fn recover(key: Keyring) -> Action {
    Action::Recover {
        identity: PERSON_ID,
        keys: control(&[account(key)]).keys,
    }
}

pub const CONSENT: Action = Action::Consent {
    identity: PERSON_ID,
    purposes: ALL,
};
