//! The events of provenance. They hold identities, never accounts. Most have no topic but their
//! signature: a topic costs an eighth of a transfer. Ownership and upgrades have the events of
//! `allive_access`.

use crate::{
    Alarm, Alert, Capacity, ContainerId, Dispenser, End, ErrorReason, EventHash, LotId, NewLogger,
    Outside, PackId, PrescriptionId, Product, ProductName, Reason, RunId, Target, Transformation,
    UnitId, Window,
};
use allive_access::Timestamp;
use allive_merkle::Hash;
use allive_olife_id_interface::{IdentityId, Topic};
use allive_storage::Boxed;
use ink::prelude::vec::Vec;

/// A product was registered, revised, handed over, taken over or assigned. Holds the new state.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductChanged {
    /// Its name.
    #[ink(topic)]
    pub name: ProductName,
    /// The product.
    pub product: Product,
}

/// A lot was commissioned.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotCommissioned {
    /// The lot.
    pub lot: LotId,
    /// The product.
    pub product: ProductName,
    /// Who made it.
    pub maker: IdentityId,
    /// Where: a GLN, or 0.
    pub site: u64,
}

/// A run was split.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunSplit {
    /// The run.
    pub run: RunId,
    /// The first pack of the rest, which is a run of its own from now on.
    pub rest: u64,
}

/// A run was joined with its neighbour.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunsJoined {
    /// The run.
    pub run: RunId,
    /// The first pack of the neighbour, which is no run any more.
    pub next: u64,
}

/// Units were packed.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Into which container.
    pub container: ContainerId,
    /// Which units.
    pub units: Vec<UnitId>,
}

/// Units were unpacked.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// Out of which container.
    pub container: ContainerId,
    /// Which units.
    pub units: Vec<UnitId>,
}

/// A unit was shipped.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipped {
    /// Which unit.
    pub unit: UnitId,
    /// By whom.
    pub holder: IdentityId,
    /// The role in which the holder received it.
    pub role: Topic,
    /// To whom.
    pub to: IdentityId,
    /// The last moment at which it can be received.
    pub until: Timestamp,
}

/// A unit was received.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Which unit.
    pub unit: UnitId,
    /// By whom.
    pub holder: IdentityId,
    /// In which role.
    pub role: Topic,
    /// Where: a GLN, or 0.
    pub site: u64,
}

/// A unit was refused.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which unit.
    pub unit: UnitId,
    /// By whom.
    pub by: IdentityId,
}

/// A unit was called back.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalledBack {
    /// Which unit.
    pub unit: UnitId,
    /// By whom.
    pub holder: IdentityId,
}

/// A unit was moved between places of its holder.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Which unit.
    pub unit: UnitId,
    /// Who has it.
    pub holder: IdentityId,
    /// Where it is: a GLN, or 0.
    pub site: u64,
}

/// A unit ended.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRetired {
    /// Which unit.
    pub unit: UnitId,
    /// How.
    pub end: End,
    /// By whom.
    pub by: IdentityId,
    /// Where: a GLN, or 0.
    pub site: u64,
}

/// The end of a unit was undone.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRestored {
    /// Which unit.
    pub unit: UnitId,
    /// By whom.
    pub by: IdentityId,
}

/// A pack was dispensed.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackDispensed {
    /// Which pack.
    pub pack: PackId,
    /// By whom, and where.
    pub dispenser: Dispenser,
    /// In which role.
    pub role: Topic,
    /// On which prescription.
    pub prescription: Option<PrescriptionId>,
}

/// A part of a pack was dispensed.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartDispensed {
    /// Of which pack.
    pub pack: PackId,
    /// By whom, and where.
    pub dispenser: Dispenser,
    /// In which role.
    pub role: Topic,
    /// On which prescription.
    pub prescription: Option<PrescriptionId>,
}

/// The dispensing of a pack was undone. A prescription on which it was dispensed has its fill
/// again.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispensingUndone {
    /// Which pack.
    pub pack: PackId,
    /// By whom.
    pub by: IdentityId,
}

/// An alarm about a pack was raised, also anew, explained, closed or escalated. Holds the new
/// state.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmChanged {
    /// Which pack.
    #[ink(topic)]
    pub pack: PackId,
    /// The alarm.
    pub alarm: Alarm,
    /// Who acted.
    pub by: IdentityId,
    /// Why; all zeros where it was raised.
    pub reason: Reason,
}

/// An alert was raised.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertRaised {
    /// Of what.
    #[ink(topic)]
    pub target: Target,
    /// Which alert.
    pub alert: Alert,
    /// By whom.
    pub by: IdentityId,
    /// As what.
    pub capacity: Capacity,
    /// Why.
    pub reason: Reason,
}

/// It was proposed to lower an alert.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoweringProposed {
    /// Of what.
    #[ink(topic)]
    pub target: Target,
    /// Which alert.
    pub alert: Alert,
    /// By whom.
    pub by: IdentityId,
    /// As what.
    pub capacity: Capacity,
    /// Why.
    pub reason: Reason,
    /// The moment from which on it can be lowered.
    pub ready: Timestamp,
}

/// An alert was lowered.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertLowered {
    /// Of what.
    #[ink(topic)]
    pub target: Target,
    /// Which alert.
    pub alert: Alert,
    /// By which authority.
    pub by: IdentityId,
}

/// Somebody has seen what is said of a target.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// Of what.
    #[ink(topic)]
    pub target: Target,
    /// Who.
    pub by: IdentityId,
}

/// A unit is suspected.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspected {
    /// Which unit.
    pub unit: UnitId,
    /// By whom.
    pub by: IdentityId,
    /// As what.
    pub capacity: Capacity,
    /// Why.
    pub reason: Reason,
}

/// A suspected unit was cleared.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleared {
    /// Which unit.
    pub unit: UnitId,
    /// By whom.
    pub by: IdentityId,
    /// Why.
    pub reason: Reason,
}

/// Runs ended, and lots were made of them, each with an event [`LotCommissioned`].
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transformed {
    /// The runs.
    pub inputs: Vec<RunId>,
    /// The lots.
    pub outputs: Vec<LotId>,
    /// What was made of what.
    pub kind: Transformation,
    /// By whom.
    pub by: IdentityId,
    /// Where: a GLN, or 0.
    pub site: u64,
}

/// A clinician prescribed something.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prescribed {
    /// The prescription.
    pub prescription: PrescriptionId,
    /// Who prescribed it.
    pub prescriber: IdentityId,
    /// What, to whom, and how it is taken: the commitment to it.
    pub commitment: Hash,
    /// How often.
    pub fills: u8,
    /// The moment from which on it cannot be filled any more.
    pub expires: Timestamp,
}

/// A prescription cannot be filled any more.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrescriptionCancelled {
    /// Which prescription.
    pub prescription: PrescriptionId,
    /// By whom.
    pub by: IdentityId,
}

/// A patient confirmed that she has a pack.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackConfirmed {
    /// Which pack.
    pub pack: PackId,
}

/// A unit has another logger, or none any more.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggerChanged {
    /// Which unit.
    pub unit: UnitId,
    /// By whom.
    pub holder: IdentityId,
    /// Who measures what.
    pub logger: Option<Boxed<NewLogger>>,
}

/// A logger told what it measured.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowReported {
    /// Which unit.
    pub unit: UnitId,
    /// The logger.
    pub logger: IdentityId,
    /// When, and what.
    pub window: Boxed<Window>,
}

/// Somebody answers for a unit that was outside of a bound.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    /// Which unit.
    pub unit: UnitId,
    /// Who.
    pub by: IdentityId,
    /// As what.
    pub capacity: Capacity,
    /// What did no harm.
    pub written_off: Vec<Outside>,
    /// Why.
    pub reason: Reason,
}

/// An authority ships a unit for its holder.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirected {
    /// Which unit.
    pub unit: UnitId,
    /// Whose it is until it is received.
    pub holder: IdentityId,
    /// Which authority.
    pub by: IdentityId,
    /// To whom.
    pub to: IdentityId,
    /// The first moment at which it can be received.
    pub ready: Timestamp,
    /// The last moment at which it can be received.
    pub until: Timestamp,
    /// Why.
    pub reason: Reason,
}

/// Somebody declared that an event of EPCIS was wrong. That counts if it is who acted there.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorDeclared {
    /// The hash of the event.
    #[ink(topic)]
    pub event: EventHash,
    /// By whom.
    pub by: IdentityId,
    /// Why it was wrong.
    pub reason: ErrorReason,
    /// The events that say what is right.
    pub corrected_by: Vec<EventHash>,
}

/// A laboratory said how far an order is. Only who has the secret of the order can read it.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderProgressed {
    /// The order.
    #[ink(topic)]
    pub name: ProductName,
    /// How many times it said so, with this one.
    pub number: u32,
    /// A [commitment](crate::Stage::commitment) to the stage.
    pub commitment: Hash,
}
