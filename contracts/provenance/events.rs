//! The events of provenance. They hold identities, never accounts. What is done every day is one
//! event without topics, since each costs an eighth of a transfer. Ownership and upgrades have the
//! events of `allive_access`.

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

/// Something was done with goods. It is the one event without a signature topic, which is how
/// readers know it: see docs/decisions/0025.
#[ink::event(anonymous)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced {
    /// What.
    pub step: Step,
}

/// What is done with goods, every day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Step {
    /// A lot was commissioned.
    LotCommissioned {
        /// The lot.
        lot: LotId,
        /// The product.
        product: ProductName,
        /// Who made it.
        maker: IdentityId,
        /// Where: a GLN, or 0.
        site: u64,
    },
    /// A run was split.
    RunSplit {
        /// The run.
        run: RunId,
        /// The first pack of the rest, which is a run of its own from now on.
        rest: u64,
    },
    /// A run was joined with its neighbour.
    RunsJoined {
        /// The run.
        run: RunId,
        /// The first pack of the neighbour, which is no run any more.
        next: u64,
    },
    /// Units were packed.
    Packed {
        /// Into which container.
        container: ContainerId,
        /// Which units.
        units: Vec<UnitId>,
    },
    /// Units were unpacked.
    Unpacked {
        /// Out of which container.
        container: ContainerId,
        /// Which units.
        units: Vec<UnitId>,
    },
    /// A unit was shipped.
    Shipped {
        /// Which unit.
        unit: UnitId,
        /// By whom.
        holder: IdentityId,
        /// The role in which the holder received it.
        role: Topic,
        /// To whom.
        to: IdentityId,
        /// The last moment at which it can be received.
        until: Timestamp,
    },
    /// A unit was received.
    Received {
        /// Which unit.
        unit: UnitId,
        /// By whom.
        holder: IdentityId,
        /// In which role.
        role: Topic,
        /// Where: a GLN, or 0.
        site: u64,
    },
    /// A unit was refused.
    Refused {
        /// Which unit.
        unit: UnitId,
        /// By whom.
        by: IdentityId,
    },
    /// A unit was called back.
    CalledBack {
        /// Which unit.
        unit: UnitId,
        /// By whom.
        holder: IdentityId,
    },
    /// A unit was moved between places of its holder.
    Moved {
        /// Which unit.
        unit: UnitId,
        /// Who has it.
        holder: IdentityId,
        /// Where it is: a GLN, or 0.
        site: u64,
    },
    /// A unit ended.
    UnitRetired {
        /// Which unit.
        unit: UnitId,
        /// How.
        end: End,
        /// By whom.
        by: IdentityId,
        /// Where: a GLN, or 0.
        site: u64,
    },
    /// The end of a unit was undone.
    UnitRestored {
        /// Which unit.
        unit: UnitId,
        /// By whom.
        by: IdentityId,
    },
    /// A pack was dispensed.
    PackDispensed {
        /// Which pack.
        pack: PackId,
        /// By whom, and where.
        dispenser: Dispenser,
        /// In which role.
        role: Topic,
        /// On which prescription.
        prescription: Option<PrescriptionId>,
    },
    /// A part of a pack was dispensed.
    PartDispensed {
        /// Of which pack.
        pack: PackId,
        /// By whom, and where.
        dispenser: Dispenser,
        /// In which role.
        role: Topic,
        /// On which prescription.
        prescription: Option<PrescriptionId>,
    },
    /// The dispensing of a pack was undone. A prescription on which it was dispensed has its fill
    /// again.
    DispensingUndone {
        /// Which pack.
        pack: PackId,
        /// By whom.
        by: IdentityId,
    },
    /// A patient confirmed that she has a pack.
    PackConfirmed {
        /// Which pack.
        pack: PackId,
    },
    /// Runs ended, and lots were made of them, each with an event [`LotCommissioned`].
    Transformed {
        /// The runs.
        inputs: Vec<RunId>,
        /// The lots.
        outputs: Vec<LotId>,
        /// What was made of what.
        kind: Transformation,
        /// By whom.
        by: IdentityId,
        /// Where: a GLN, or 0.
        site: u64,
    },
    /// A logger told what it measured.
    WindowReported {
        /// Which unit.
        unit: UnitId,
        /// The logger.
        logger: IdentityId,
        /// When, and what.
        window: Boxed<Window>,
    },
}

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
