//! One line of a life.

use crate::{Moment, Standing};
use allive_access::Timestamp;
use allive_olife_id_interface::{IdentityId, Topic};
use provenance::{
    Alarm, Alert, Bound, Capacity, ContainerId, End, LotId, NewLogger, Outside, PackId,
    ProductName, RunId, Transformation, Window,
};

/// Something that has a place, as it was at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goods {
    /// A run.
    Run {
        /// Which.
        run: RunId,
        /// How many packs it had.
        length: u64,
    },
    /// A container, with all that is in it.
    Container(ContainerId),
}

/// Of what an entry tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Of one pack.
    Pack(PackId),
    /// Of a run or a container.
    Goods(Goods),
    /// Of a whole lot.
    Lot(LotId),
    /// Of all lots of a product.
    Product(ProductName),
}

/// Whose life it is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// That of the subject.
    Own,
    /// That of something of which the subject was made: of this lot.
    Upstream(LotId),
}

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub identity: IdentityId,
    /// In which role, where the events say it.
    pub role: Option<Topic>,
    /// As what somebody spoke.
    pub capacity: Option<Capacity>,
}

/// An entry of a life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub time: Timestamp,
    /// The event. None for what came by itself, when time passed.
    pub event: Option<Moment>,
    /// Whose life it is a part of.
    pub whose: Whose,
    /// Of what it tells.
    pub about: About,
    /// What happened.
    pub what: What,
    /// Who did it. None for a patient, and for what came by itself.
    pub by: Option<By>,
    /// Where: a GLN, or 0 if it is not said or has no place.
    pub site: u64,
    /// What everybody would have been told of the subject just after. Of a lot, only while it is
    /// one run.
    pub standing: Option<Standing>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A lot was commissioned.
    Commissioned {
        /// How many packs it has.
        count: u64,
    },
    /// Something was made of something else.
    Transformed {
        /// What was consumed.
        inputs: Vec<Goods>,
        /// The lots that were made.
        outputs: Vec<LotId>,
        /// Of what kind that was.
        kind: Transformation,
        /// Whether the subject, or what it was made of, is among the inputs.
        consumed: bool,
    },
    /// A run was split.
    Split {
        /// How many packs stayed in the run.
        length: u64,
    },
    /// A run was joined with the next one.
    Joined {
        /// How many packs it has now.
        length: u64,
    },
    /// Goods are in a container.
    Packed {
        /// The container.
        container: ContainerId,
        /// What was packed: of a pack's life, what it is in.
        goods: Vec<Goods>,
    },
    /// Goods are in the container no more.
    Unpacked {
        /// The container.
        container: ContainerId,
        /// What was unpacked.
        goods: Vec<Goods>,
        /// Whether that was the last of it: its number is free again.
        emptied: bool,
    },
    /// It is on its way.
    Shipped {
        /// Who had it.
        from: IdentityId,
        /// To whom.
        to: IdentityId,
        /// Until when it can be received.
        until: Timestamp,
        /// From when on, if an authority ships it for its holder.
        ready: Option<Timestamp>,
    },
    /// The recipient has it.
    Received {
        /// From whom.
        from: IdentityId,
    },
    /// The recipient did not take it.
    Refused {
        /// Who still has it.
        holder: IdentityId,
    },
    /// Its holder took the shipment back.
    CalledBack,
    /// Nobody received it in time. It counts as not shipped.
    Lapsed {
        /// Who did not receive it.
        to: IdentityId,
        /// Who still has it.
        holder: IdentityId,
    },
    /// It is at another place of its holder.
    Moved,
    /// It ended as a whole.
    Ended(End),
    /// Its end was undone.
    Restored,
    /// The pack was dispensed.
    Dispensed {
        /// Whether it was on a prescription.
        prescribed: bool,
    },
    /// A part of the pack was dispensed.
    PartDispensed {
        /// Whether it was on a prescription.
        prescribed: bool,
    },
    /// The dispensing was undone.
    DispensingUndone,
    /// A patient said that she has it.
    Confirmed,
    /// Its label was shown again, or somebody answered for that.
    Alarm(Alarm),
    /// An alert was raised.
    Raised(Alert),
    /// An alert is to be lowered.
    LoweringProposed {
        /// Which.
        alert: Alert,
        /// From when on.
        ready: Timestamp,
    },
    /// An alert was lowered.
    Lowered {
        /// Which.
        alert: Alert,
        /// Whether another alert of the same meaning for a pharmacist is still raised.
        others: bool,
    },
    /// Somebody has seen the alerts.
    Acknowledged,
    /// It is suspected.
    Suspected,
    /// A suspicion was taken back.
    Cleared,
    /// Somebody else measures it, or nobody.
    LoggerNamed(Option<NewLogger>),
    /// A logger reported.
    Reported {
        /// What it measured.
        window: Window,
        /// All bounds that it measures.
        measured: Vec<Bound>,
    },
    /// A logger fell silent.
    Silent {
        /// When the last window ended.
        since: Timestamp,
    },
    /// Somebody answered for what was measured.
    Released(Vec<Outside>),
    /// Its last day was over.
    Expired,
}
