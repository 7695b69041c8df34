//! What an event says, however it looks on the chain.

use allive_access::Timestamp;
use allive_olife_id_interface::{IdentityId, Topic};
use provenance::{
    Alarm, Alert, Capacity, ContainerId, Dispenser, End, ErrorReason, EventHash, LotId, NewLogger,
    Outside, PackId, PrescriptionId, Product, ProductName, Reason, RunId, Target, Transformation,
    UnitId, Window,
};

/// When and where on the chain something happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The time of its block, in milliseconds since the Unix epoch.
    pub time: Timestamp,
    /// The number of its block.
    pub block: u64,
    /// Which event of its block it is.
    pub index: u32,
}

/// A fact, and when it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// When.
    pub at: Moment,
    /// What.
    pub fact: Fact,
}

/// What an event of provenance says. Events of ownership, of upgrades and of prescriptions are no
/// part of the life of a pack.
#[allow(missing_docs)] // The fields are those of the events of the same names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A product is as this says from now on.
    ProductChanged { name: ProductName, product: Product },
    /// A lot begins, as one run with its maker.
    Commissioned {
        lot: LotId,
        product: ProductName,
        maker: IdentityId,
        site: u64,
    },
    /// A run became two.
    Split { run: RunId, rest: u64 },
    /// Two runs became one.
    Joined { run: RunId, next: u64 },
    /// Units are in a container.
    Packed {
        container: ContainerId,
        units: Vec<UnitId>,
    },
    /// Units are in a container no more.
    Unpacked {
        container: ContainerId,
        units: Vec<UnitId>,
    },
    /// A unit is on its way.
    Shipped {
        unit: UnitId,
        holder: IdentityId,
        role: Topic,
        to: IdentityId,
        until: Timestamp,
    },
    /// An authority ships a unit for its holder.
    Redirected {
        unit: UnitId,
        holder: IdentityId,
        by: IdentityId,
        to: IdentityId,
        ready: Timestamp,
        until: Timestamp,
    },
    /// A recipient has a unit.
    Received {
        unit: UnitId,
        holder: IdentityId,
        role: Topic,
        site: u64,
    },
    /// A recipient does not take a unit.
    Refused { unit: UnitId, by: IdentityId },
    /// A holder took its shipment back.
    CalledBack { unit: UnitId, holder: IdentityId },
    /// A unit is at another place of its holder.
    Moved {
        unit: UnitId,
        holder: IdentityId,
        site: u64,
    },
    /// A unit ended.
    Retired {
        unit: UnitId,
        end: End,
        by: IdentityId,
        site: u64,
    },
    /// An end was undone.
    Restored { unit: UnitId, by: IdentityId },
    /// A pack was dispensed.
    Dispensed {
        pack: PackId,
        dispenser: Dispenser,
        role: Topic,
        prescription: Option<PrescriptionId>,
    },
    /// A part of a pack was dispensed.
    PartDispensed {
        pack: PackId,
        dispenser: Dispenser,
        role: Topic,
        prescription: Option<PrescriptionId>,
    },
    /// A dispensing was undone.
    DispensingUndone { pack: PackId, by: IdentityId },
    /// A patient has a pack.
    Confirmed { pack: PackId },
    /// An alarm is as this says from now on.
    AlarmChanged {
        pack: PackId,
        alarm: Alarm,
        by: IdentityId,
        reason: Reason,
    },
    /// An alert was raised; `Illegitimate` by who suspected it.
    AlertRaised {
        target: Target,
        alert: Alert,
        by: IdentityId,
        capacity: Capacity,
        reason: Reason,
    },
    /// An alert is to be lowered.
    LoweringProposed {
        target: Target,
        alert: Alert,
        by: IdentityId,
        capacity: Capacity,
        ready: Timestamp,
    },
    /// An alert was lowered.
    AlertLowered {
        target: Target,
        alert: Alert,
        by: IdentityId,
    },
    /// Somebody has seen the alerts.
    Acknowledged { target: Target, by: IdentityId },
    /// A unit is suspected.
    Suspected {
        unit: UnitId,
        by: IdentityId,
        capacity: Capacity,
        reason: Reason,
    },
    /// A suspicion was taken back.
    Cleared {
        unit: UnitId,
        by: IdentityId,
        reason: Reason,
    },
    /// Lots were made of runs. Each of them was [`Commissioned`](Self::Commissioned) just before.
    Transformed {
        inputs: Vec<RunId>,
        outputs: Vec<LotId>,
        kind: Transformation,
        by: IdentityId,
        site: u64,
    },
    /// A unit has another logger, or none.
    LoggerChanged {
        unit: UnitId,
        holder: IdentityId,
        logger: Option<NewLogger>,
    },
    /// A logger reported.
    WindowReported {
        unit: UnitId,
        logger: IdentityId,
        window: Window,
    },
    /// Somebody answers for what was measured.
    Released {
        unit: UnitId,
        by: IdentityId,
        capacity: Capacity,
        written_off: Vec<Outside>,
        reason: Reason,
    },
    /// Somebody says that an event of EPCIS was wrong.
    ErrorDeclared {
        event: EventHash,
        by: IdentityId,
        reason: ErrorReason,
        corrected_by: Vec<EventHash>,
    },
}
