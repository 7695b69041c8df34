//! A supply chain in which everybody has an identity, and every step is checked.

use super::medicine::*;
use crate::{
    alv, identity,
    stage::{code, said, Stage, DAY, HOUR},
};
use ::olife_id::OlifeId;
use ::provenance::*;
use allive_calls::{at, Chain, Event, Keyring, Message, Typed};
use allive_olife_id_interface::{IdentityId, Topic, Topics};
use allive_requests::{ChainId, Domain, Signature};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};
use scale::Encode;
use Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie, One, Two};

/// Owns the contracts, and attests roles.
pub const OWNER: Keyring = Alice;
pub const MAKER: Keyring = Bob;
pub const WHOLESALER: Keyring = Charlie;
pub const CARRIER: Keyring = Dave;
pub const PHARMACY: Keyring = Eve;
/// Another maker, which has a hospital.
pub const HOSPITAL: Keyring = Ferdie;
pub const AUTHORITY: Keyring = One;
pub const STRANGER: Keyring = Two;

/// The identity that attests roles.
const ISSUER: IdentityId = 0;

pub const TERMS: Terms = Terms {
    longest_transit: 30 * DAY,
    lowering_delay: 2 * HOUR,
    undo: 10 * DAY,
    notify: DAY,
};
pub const NOTICE: u64 = DAY;
pub const REASON: Reason = [0x9e; 32];

/// Olife ID, provenance, and who has which identity.
pub struct Supply<'c, C> {
    pub stage: Stage<'c, C>,
    pub identities: AccountId,
    pub provenance: AccountId,
    /// The lots are commissioned on this day.
    pub today: Day,
    known: Vec<(Keyring, IdentityId)>,
}

impl<'c, C: Chain> Supply<'c, C> {
    /// With an owner that attests roles, and nobody else.
    pub fn open(chain: &'c mut C, genesis: ChainId) -> Self {
        let mut stage = Stage::open(chain, genesis);
        let owner = OWNER.account();
        let alv = alv::deploy(&mut stage, owner);
        let identities = identity::deploy(&mut stage, alv, owner);
        let new = ProvenanceRef::new(identities.into(), TERMS, NOTICE, genesis);
        let created = stage.create(owner, &code("provenance"), new);
        assert_eq!(created.events, []);
        let today = Day::try_from(stage.chain.now() / DAY).expect("a time of this age");
        let mut supply = Self {
            stage,
            identities,
            provenance: created.address,
            today,
            known: vec![],
        };
        assert_eq!(supply.join(OWNER, &[], &[]), ISSUER);
        let approve = at::<OlifeId>(identities).approve_issuer(ISSUER, CUSTODIANS | OTHERS, 100);
        supply.stage.accept(owner, approve);
        supply
    }

    /// The same, with everybody but the stranger.
    pub fn whole(chain: &'c mut C, genesis: ChainId) -> Self {
        let mut supply = Self::open(chain, genesis);
        for (key, roles) in [
            (MAKER, &[Topic::MANUFACTURER][..]),
            (WHOLESALER, &[Topic::WHOLESALER]),
            (CARRIER, &[Topic::CARRIER]),
            (PHARMACY, &[Topic::PHARMACY]),
            (HOSPITAL, &[Topic::HOSPITAL, Topic::MANUFACTURER]),
            (AUTHORITY, &[Topic::AUTHORITY]),
        ] {
            supply.join(key, roles, &[]);
        }
        supply
    }

    /// Somebody gets an identity, which these guard, and these roles.
    pub fn join(&mut self, key: Keyring, roles: &[Topic], guardians: &[IdentityId]) -> IdentityId {
        let subject = identity::create(&mut self.stage, self.identities, key.account(), guardians);
        self.known.push((key, subject));
        for topic in roles {
            let attest = ::olife_id::Action::Attest {
                subject,
                topic: *topic,
                value: [7; 32],
                weight: 0,
                issued: None,
                expires: self.stage.chain.now() + 365 * DAY,
            };
            let act = at::<OlifeId>(self.identities).act(attest);
            self.stage.accept(OWNER.account(), act);
        }
        subject
    }

    /// The identity of somebody.
    #[track_caller]
    pub fn id(&self, key: Keyring) -> IdentityId {
        let mut known = self.known.iter();
        let found = known.find(|(other, _)| *other == key);
        found.expect("somebody with an identity").1
    }

    /// The identity has this key from now on, and not that one.
    pub fn replaced(&mut self, old: Keyring, new: Keyring) {
        for (key, _) in &mut self.known {
            if *key == old {
                *key = new;
            }
        }
    }

    pub fn contract(&self) -> <Provenance as ContractCallBuilder>::Type {
        at::<Provenance>(self.provenance)
    }

    pub fn message(
        &self,
        organisation: Option<IdentityId>,
        action: Action,
    ) -> Message<impl Encode, Result<Outcome, ProvenanceError>> {
        at::<Provenance>(self.provenance).act(organisation, action.into())
    }

    /// Somebody does something, of which the contract says this, and nothing else.
    #[track_caller]
    pub fn does<E: ink::env::Event + Encode>(&mut self, by: Keyring, action: Action, event: E) {
        let outcome = self.comes_of(by, action, event);
        assert_eq!(outcome, Outcome::Done);
    }

    /// The same of what is done with goods.
    #[track_caller]
    pub fn traces(&mut self, by: Keyring, action: Action, step: Step) {
        self.does(by, action, Traced { step });
    }

    /// The same; returns what came of it.
    #[track_caller]
    pub fn comes_of<E: ink::env::Event + Encode>(
        &mut self,
        by: Keyring,
        action: Action,
        event: E,
    ) -> Outcome {
        let message = self.message(None, action);
        let (outcome, events) = self.stage.accept(by.account(), message);
        assert_eq!(events, [said(self.provenance, event)]);
        outcome
    }

    #[track_caller]
    pub fn refuses(&mut self, by: Keyring, action: Action, error: ProvenanceError) {
        let message = self.message(None, action);
        self.stage.refuse(by.account(), message, error);
    }

    /// A maker registers the product.
    pub fn register(&mut self, by: Keyring) {
        let product = product(self.id(by));
        let terms = terms().into();
        let action = Action::Register { name: GTIN, terms };
        self.does(
            by,
            action,
            ProductChanged {
                name: GTIN,
                product,
            },
        );
    }

    /// A maker commissions a lot of ten packs, which is one run, at `site(1)`.
    pub fn commission(&mut self, by: Keyring, lot: &NewLot) -> RunId {
        let maker = self.id(by);
        let asks = self.contract().lot_id(GTIN, maker, lot.code.clone());
        let id = self.stage.chain.get(asks);
        let commissioned = Step::LotCommissioned {
            lot: id,
            product: GTIN,
            maker,
            site: site(1),
        };
        let lot = lot.clone().into();
        let action = Action::Commission { lot, site: site(1) };
        self.traces(by, action, commissioned);
        RunId { lot: id, first: 0 }
    }

    /// Somebody ships a unit that it has in this role, for so long.
    pub fn ship(&mut self, unit: UnitId, (by, role): Party, to: Keyring, time: u64) -> u64 {
        let until = self.stage.chain.now() + time;
        let (holder, to) = (self.id(by), self.id(to));
        let shipped = Step::Shipped {
            unit,
            holder,
            role,
            to,
            until,
        };
        self.traces(by, Action::Ship { unit, to, until }, shipped);
        until
    }

    /// Somebody receives a unit in this role, at this site.
    pub fn receive(&mut self, unit: UnitId, (by, role): Party, site: u64) {
        let holder = self.id(by);
        let received = Step::Received {
            unit,
            holder,
            role,
            site,
        };
        self.traces(by, Action::Receive { unit, role, site }, received);
    }

    /// What anybody is told of a pack.
    pub fn verify(&mut self, claim: Claim) -> Answer {
        let asks = self.contract().verify(claim.into());
        self.stage.chain.get(asks)
    }

    /// Asserts the state of a pack, and who has it.
    #[track_caller]
    pub fn is(&mut self, claim: Claim, state: State, holder: Keyring) {
        let Answer::Known(known) = self.verify(claim) else {
            panic!("the pack is not known");
        };
        assert_eq!(
            (known.state, known.custody.holder),
            (state, self.id(holder))
        );
    }

    /// What somebody signs about what it sees now, as the polkadot.js extension does.
    pub fn sign(&mut self, by: Keyring, action: Action, nonce: u64) -> (Request, Signature) {
        let asks = self.contract().seen(action.clone().into());
        let seen = self.stage.chain.get(asks);
        let request = Request {
            signer: by.account().into(),
            action: SignedAction {
                organisation: None,
                action: action.into(),
                seen,
            },
            nonce,
            deadline: self.stage.chain.now() + DAY,
        };
        let message = request.message(&Domain {
            purpose: &PURPOSE,
            chain: &self.stage.genesis,
            contract: &self.provenance,
        });
        let signature = Signature::Sr25519(by.sign(message.wrapped()));
        (request, signature)
    }

    /// The message that submits it.
    pub fn submission(
        &self,
        (request, signature): &(Request, Signature),
    ) -> Message<impl Encode, Result<Outcome, ProvenanceError>> {
        let request = request.clone().into();
        at::<Provenance>(self.provenance).act_for(request, signature.clone().into())
    }

    /// What was said of contracts besides.
    pub fn said<E: ink::env::Event + Encode>(&self, event: E) -> Event {
        said(self.provenance, event)
    }
}

/// Somebody, and the role in which it has something.
pub type Party = (Keyring, Topic);

/// The roles of those who do not have goods.
const OTHERS: Topics = Topic::AUTHORITY.bit();
