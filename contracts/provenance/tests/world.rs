//! Provenance with everybody whom it needs, and what must hold of it after every message.

use crate::replay::Replay;
pub use crate::{
    actors::*,
    stored_state::{the_lot, StoredState},
};
use ::false_id::{FalseId, Known as Attested};
use allive_calls::{at, EthereumKey, Message};
use allive_olife_id_interface::{IdentityId, Topic, Topics};
use allive_requests::{Domain, Signature};
pub use allive_simulator::{GENESIS, START};
use allive_support::Subject;
use ink::{env::Event, primitives::AccountId};
use provenance::*;
use scale::{Decode, Encode};

pub type World = allive_support::World<Deployed>;

pub struct Deployed {
    pub provenance: AccountId,
    pub replay: Replay,
}

impl Subject for Deployed {
    type Contract = Provenance;

    fn new() -> World {
        let mut rich = vec![ADMIN, STRANGER, key_of(MAKER).account()];
        rich.extend(ROLES.map(|(account, _)| account));
        let mut world = World::begin(&rich);
        world.owner = ADMIN;
        world.deploy_false_id(ADMIN);
        for (account, role) in ROLES {
            attest(&mut world, account, role.bit());
        }
        let new = ProvenanceRef::new(world.identities.into(), TERMS, NOTICE, GENESIS);
        let created = world.create(ADMIN, "provenance", new).unwrap();
        assert_eq!(created.events, []);
        world.about(Deployed {
            provenance: created.address,
            replay: Replay::default(),
        })
    }

    fn address(&self) -> AccountId {
        self.provenance
    }

    fn check(world: &mut World) {
        let state = stored_state(world);
        state.check();
        let heard = std::mem::take(&mut world.heard);
        world.replay.check(&heard, &state);
    }
}

/// With the product of the maker.
pub fn registered() -> World {
    let mut world = World::new();
    act(&mut world, MAKER, register(gtin(), Class::Medicine));
    world
}

/// The same, and with the lot of ten packs, which the maker has at `site(1)`.
pub fn commissioned() -> (World, RunId) {
    let mut world = registered();
    act(&mut world, MAKER, commission(new_lot()));
    let lot = lot_id(&new_lot(), MAKER);
    (world, RunId { lot, first: 0 })
}

/// The same, and the pharmacy has received it at `site(5)`.
pub fn delivered() -> (World, RunId) {
    let (mut world, run) = commissioned();
    pass(&mut world, UnitId::Run(run), MAKER, PHARMACY);
    (world, run)
}

/// What is attested of an account from now on, which has an identity with another key that signs.
pub fn attest(world: &mut World, account: AccountId, roles: Topics) {
    let known = Attested {
        identity: Some(id(account)),
        roles,
        trust: 0,
    };
    for key in [account, key_of(account).account()] {
        world.tell(
            ADMIN,
            at::<FalseId>(world.identities).know(key, known.clone()),
        );
    }
}

/// The message of an action.
pub fn message(
    world: &World,
    organisation: Option<IdentityId>,
    action: Action,
) -> Message<impl Encode, Result<Outcome, ProvenanceError>> {
    world.contract().act(organisation, action.into())
}

/// The key of an actor that signs.
pub fn key_of(actor: AccountId) -> EthereumKey {
    EthereumKey::from_seed(actor.0)
}

pub fn domain(provenance: &AccountId) -> Domain<'_> {
    Domain {
        purpose: &PURPOSE,
        chain: &GENESIS,
        contract: provenance,
    }
}

/// A request of an actor, about what it sees now.
pub fn request_of(world: &mut World, actor: AccountId, action: Action, nonce: u64) -> Request {
    let seen = world.get(world.contract().seen(action.clone().into()));
    Request {
        signer: key_of(actor).account().into(),
        action: SignedAction {
            organisation: None,
            action: action.into(),
            seen,
        },
        nonce,
        deadline: world.now() + 10_000,
    }
}

/// The message that submits it, signed by its actor.
pub fn submitted(
    world: &World,
    actor: AccountId,
    request: &Request,
) -> Message<impl Encode, Result<Outcome, ProvenanceError>> {
    submitted_by(world, &key_of(actor), request)
}

/// The same, signed by any key.
pub fn submitted_by(
    world: &World,
    key: &EthereumKey,
    request: &Request,
) -> Message<impl Encode, Result<Outcome, ProvenanceError>> {
    let message = request.message(&domain(&world.provenance));
    let signature = Signature::Ecdsa(key.sign(message.raw()));
    world
        .contract()
        .act_for(request.clone().into(), signature.into())
}

/// Somebody acts by its own key.
#[track_caller]
pub fn act(world: &mut World, by: AccountId, action: Action) {
    world.done(by, message(world, None, action));
}

/// The same, which must be refused.
#[track_caller]
pub fn refused(world: &mut World, by: AccountId, action: Action) -> ProvenanceError {
    world.refused(by, message(world, None, action))
}

/// The one event that follows.
#[track_caller]
pub fn event<E: Event + Decode>(world: &mut World, by: AccountId, action: Action) -> E {
    let receipt = world.receipt(by, message(world, None, action));
    let mut events = world.events(&receipt);
    assert_eq!(events.len(), 1);
    events.remove(0).0
}

/// The one step that follows.
#[track_caller]
pub fn step(world: &mut World, by: AccountId, action: Action) -> Step {
    let Traced { step } = event(world, by, action);
    step
}

pub fn register(name: ProductName, class: Class) -> Action {
    let terms = product_terms(class);
    Action::Register {
        name,
        terms: terms.into(),
    }
}

pub fn commission(lot: NewLot) -> Action {
    Action::Commission {
        lot: lot.into(),
        site: site(1),
    }
}

pub fn ship(unit: UnitId, to: AccountId, until: u64) -> Action {
    Action::Ship {
        unit,
        to: id(to),
        until,
    }
}

/// Receives it in the one role that the actor has, at a place of its own.
pub fn receive(unit: UnitId, by: AccountId) -> Action {
    let (_, role) = ROLES.into_iter().find(|(actor, _)| *actor == by).unwrap();
    Action::Receive {
        unit,
        role,
        site: site(u64::from(by.0[0])),
    }
}

/// Ships and receives it.
#[track_caller]
pub fn pass(world: &mut World, unit: UnitId, from: AccountId, to: AccountId) {
    let until = world.now() + 1;
    act(world, from, ship(unit, to, until));
    act(world, to, receive(unit, to));
}

#[track_caller]
pub fn split(world: &mut World, by: AccountId, run: RunId, length: u64) -> RunId {
    let said = step(world, by, Action::Split { run, length });
    let first = run.first + length;
    assert_eq!(said, Step::RunSplit { run, rest: first });
    RunId { first, ..run }
}

pub fn pack(container: ContainerId, units: &[UnitId]) -> Action {
    let units = units.to_vec();
    Action::Pack { container, units }
}

pub fn unpack(container: ContainerId, units: &[UnitId]) -> Action {
    let units = units.to_vec();
    Action::Unpack { container, units }
}

pub fn raise(target: Target, alert: Alert, capacity: Capacity) -> Action {
    Action::Raise {
        target,
        alert,
        capacity,
        reason: REASON,
    }
}

pub fn cell(world: &mut World, unit: UnitId) -> Cell {
    world.get(world.contract().unit(unit)).unwrap()
}

pub fn custody(world: &mut World, unit: UnitId) -> Custody {
    *cell(world, unit).unit().custody().unwrap()
}

/// The lot that a maker commissions, or would.
pub fn lot_id(new: &NewLot, maker: AccountId) -> LotId {
    use ink::env::hash::{Blake2x128, CryptoHash};
    let mut hash = LotId::default();
    let key = lot_key(&new.product, id(maker), &new.code);
    Blake2x128::hash(&key, &mut hash);
    hash
}

/// The prescription of a commitment that a clinician gives, or would.
pub fn prescription_id(prescriber: AccountId, commitment: [u8; 32]) -> PrescriptionId {
    use ink::env::hash::{Blake2x128, CryptoHash};
    let mut hash = PrescriptionId::default();
    let key = prescription_key(id(prescriber), &commitment);
    Blake2x128::hash(&key, &mut hash);
    hash
}

/// What the label of a pack of the lot says.
pub fn claim(index: u64, first: u64) -> Claim {
    let NewLot {
        product,
        code,
        expiry,
        ..
    } = new_lot();
    Claim {
        product,
        code,
        expiry,
        index,
        first,
        proof: tree().proof(index).map(|path| Proof {
            serial: serial(index),
            salt: SALT,
            path,
        }),
    }
}

pub fn verify(world: &mut World, claim: Claim) -> Result<Known, Mismatch> {
    match world.get(world.contract().verify(claim.into())) {
        Answer::Known(known) => Ok(known),
        Answer::Unknown(mismatch) => Err(mismatch),
    }
}

/// The state of the first piece of the lot.
#[track_caller]
pub fn state(world: &mut World) -> State {
    verify(world, claim(0, 0)).unwrap().state
}

pub fn stored_state(world: &mut World) -> StoredState {
    StoredState::of(world.stored(world.provenance))
}

/// Which of these actors may do this. The others are refused with one of these errors.
#[track_caller]
pub fn may(
    begin: impl Fn() -> World,
    action: impl Fn(&World, AccountId) -> Action,
    errors: &[ProvenanceError],
) -> Vec<AccountId> {
    let mut may = Vec::new();
    let everybody = ROLES.map(|(account, _)| account).into_iter();
    for actor in everybody.chain([STRANGER]) {
        let mut world = begin();
        let action = action(&world, actor);
        match world.answer(actor, message(&world, None, action)) {
            Ok(_) => may.push(actor),
            Err(error) => assert!(errors.contains(&error), "{actor:?}: {error:?}"),
        }
    }
    may
}

pub const ANY_CUSTODIAN: [Topic; 9] = [
    Topic::MANUFACTURER,
    Topic::WHOLESALER,
    Topic::CARRIER,
    Topic::PHARMACY,
    Topic::HOSPITAL,
    Topic::CLINICIAN,
    Topic::BLOOD_SERVICE,
    Topic::LABORATORY,
    Topic::RELIEF,
];

/// The first run of the lot.
pub fn first_run() -> RunId {
    let lot = lot_id(&new_lot(), MAKER);
    RunId { lot, first: 0 }
}

pub fn suspect(unit: UnitId, capacity: Capacity) -> Action {
    Action::Suspect {
        unit,
        capacity,
        reason: REASON,
    }
}

pub fn condemn(unit: UnitId, capacity: Capacity) -> Action {
    Action::Condemn {
        unit,
        capacity,
        reason: REASON,
    }
}

/// It must not freeze.
pub const FROST: Bound = Bound {
    hundredths: 200,
    side: Side::Below,
};

/// It must not get warm.
pub const HEAT: Bound = Bound {
    hundredths: 800,
    side: Side::Above,
};

/// Names a logger of both bounds, with a gap of half an hour.
pub fn watch(unit: UnitId, logger: AccountId) -> Action {
    measure(unit, logger, &[FROST, HEAT], 30)
}

pub fn measure(unit: UnitId, logger: AccountId, bounds: &[Bound], longest_gap: u32) -> Action {
    let logger = NewLogger {
        by: id(logger),
        bounds: bounds.to_vec(),
        longest_gap,
    };
    let logger = Some(logger.into());
    Action::Watch { unit, logger }
}

/// Nobody measures it any more.
pub fn unwatch(unit: UnitId) -> Action {
    let logger = None;
    Action::Watch { unit, logger }
}

/// Reports that it was outside of these bounds for so long.
pub fn report(unit: UnitId, from: u64, until: u64, outside: &[(Bound, u64)]) -> Action {
    let outside = outside.iter();
    Action::Report {
        unit,
        window: Window {
            from,
            until,
            outside: outside
                .map(|&(bound, time)| Outside { bound, time })
                .collect(),
            digest: [0xd1; 32],
        }
        .into(),
    }
}

/// Answers for what was counted.
pub fn release(unit: UnitId, capacity: Capacity, written_off: &[(Bound, u64)]) -> Action {
    let written_off = written_off.iter();
    Action::Release {
        unit,
        capacity,
        written_off: written_off
            .map(|&(bound, time)| Outside { bound, time })
            .collect(),
        reason: REASON,
    }
}

/// The maker has a lot that may be above 8 °C for an hour and never below 2 °C.
pub fn cold_lot() -> World {
    let mut world = World::new();
    let mut terms = product_terms(Class::Vaccine);
    terms.storage.limits.push(Limit {
        bound: FROST,
        minutes: 0,
    });
    let (name, terms) = (gtin(), terms.into());
    act(&mut world, MAKER, Action::Register { name, terms });
    act(&mut world, MAKER, commission(new_lot()));
    world
}
