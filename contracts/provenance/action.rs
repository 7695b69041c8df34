//! What an identity does, and what it signs so that somebody else can submit it.

use crate::{
    Alert, Claim, ContainerId, End, ErrorDeclaration, Fill, LotId, NewLogger, NewLot,
    NewPrescription, NewProgress, Outside, PrescriptionId, ProductName, ProductTerms, RunId,
    Transformation, UnitId, Window,
};
use allive_access::Timestamp;
use allive_olife_id_interface::{IdentityId, Topic};
use allive_storage::Boxed;
use ink::prelude::vec::Vec;

/// Of what something is said.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Target {
    /// All lots of a product.
    Product(ProductName),
    /// A lot.
    Lot(LotId),
    /// A run or a container.
    Unit(UnitId),
}

/// A pack of a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct PackId {
    /// The lot.
    pub lot: LotId,
    /// Which pack of it, from 0.
    pub index: u64,
}

/// What came of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Outcome {
    /// It is done.
    Done,
    /// The pack was not dispensed. Another had dispensed it, and an alarm was raised.
    Alarm,
}

/// As what somebody speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Capacity {
    /// Who has it.
    Custodian,
    /// Who made it: the owner of the product, the maker of the lot, the packer of the container, in
    /// the maker's role.
    Maker,
    /// An authority that supervises medicines.
    Authority,
}

/// A commitment to a reason, which stays off chain.
pub type Reason = [u8; 32];

/// The BLAKE2b-256 hash of what an action names, as it is on the chain: the query
/// `seen` answers it.
pub type Seen = [u8; 32];

/// Begins every signed request; see [`allive_requests`] for what follows.
pub const PURPOSE: allive_requests::Purpose = *b"allive/prov/v1  ";

/// A signed request. See [`allive_requests::Request`].
pub type Request = allive_requests::Request<SignedAction>;

/// What somebody signs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct SignedAction {
    /// The organisation for which the signer acts as a delegate. None if it acts for its own
    /// identity.
    pub organisation: Option<IdentityId>,
    /// What it does.
    pub action: Boxed<Action>,
    /// What the signer saw. A run keeps its name when it is split or joined, a container when it is
    /// packed, and goods keep theirs when they go away and come back. If what the action names is
    /// not as it was seen, the request does not count.
    pub seen: Seen,
}

/// The actions that a signature can authorise: all messages of identities. See the messages of the
/// same names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Action {
    /// Maker, in the role that the name asks for: registers a product.
    Register {
        /// Its name.
        name: ProductName,
        /// What holds for its lots.
        terms: Boxed<ProductTerms>,
    },
    /// Owner of the product, in the same role: sets what holds for lots to come.
    Revise {
        /// Which product.
        name: ProductName,
        /// What holds for lots to come.
        terms: Boxed<ProductTerms>,
    },
    /// Owner of the product, in the same role: hands it over. This replaces an earlier offer.
    HandOver {
        /// Which product.
        name: ProductName,
        /// To whom; None withdraws the offer.
        to: Option<IdentityId>,
    },
    /// Manufacturer: takes over a product that was handed over to it.
    TakeOver {
        /// Which product.
        name: ProductName,
    },
    /// Authority: gives a GTIN to whom it belongs.
    Assign {
        /// Which product.
        name: ProductName,
        /// Who owns it from now on.
        owner: IdentityId,
        /// Whose lots its label finds besides.
        former: Vec<IdentityId>,
    },
    /// Owner of the product, in the same role: commissions a lot, which the maker then has.
    Commission {
        /// The lot.
        lot: Boxed<NewLot>,
        /// Where it is: a GLN, or 0.
        site: u64,
    },
    /// Holder: splits a run behind its first packs.
    Split {
        /// Which run.
        run: RunId,
        /// How many packs stay in it.
        length: u64,
    },
    /// Holder: joins a run with the one that begins where it ends.
    Join {
        /// The first of both.
        run: RunId,
    },
    /// Holder of all: packs units into a container, which begins with the first of them if it is
    /// empty.
    Pack {
        /// Which container.
        container: ContainerId,
        /// What is packed.
        units: Vec<UnitId>,
    },
    /// Holder: unpacks units out of an outermost container, which ends with the last of them.
    Unpack {
        /// Which container.
        container: ContainerId,
        /// What is unpacked.
        units: Vec<UnitId>,
    },
    /// Holder: ships a unit.
    Ship {
        /// Which unit.
        unit: UnitId,
        /// To whom.
        to: IdentityId,
        /// The last moment at which it can be received.
        until: Timestamp,
    },
    /// Recipient, in a role of [`CUSTODIANS`](crate::CUSTODIANS): receives a unit.
    Receive {
        /// Which unit.
        unit: UnitId,
        /// In which role.
        role: Topic,
        /// Where: a GLN, or 0.
        site: u64,
    },
    /// Recipient: refuses a unit, which stays with its holder.
    Refuse {
        /// Which unit.
        unit: UnitId,
    },
    /// Holder: calls a unit back that was not received yet.
    CallBack {
        /// Which unit.
        unit: UnitId,
    },
    /// Holder: moves a unit to another place of its own.
    MoveTo {
        /// Which unit.
        unit: UnitId,
        /// Where: a GLN, or 0.
        site: u64,
    },
    /// Holder: ends a unit.
    Retire {
        /// Which unit.
        unit: UnitId,
        /// How.
        end: End,
    },
    /// Holder: undoes the end of a unit.
    Restore {
        /// Which unit.
        unit: UnitId,
    },
    /// Holder, in a role of [`DISPENSERS`](crate::DISPENSERS): dispenses a pack with a serial. If
    /// another has dispensed it, this raises an alarm instead, whoever the caller is.
    Dispense {
        /// What its label says.
        claim: Boxed<Claim>,
        /// In which role.
        role: Topic,
        /// Where: a GLN, or 0.
        site: u64,
        /// On which prescription, if it needs one.
        prescription: Option<Boxed<Fill>>,
    },
    /// Whoever dispensed a pack: undoes that, at the same place.
    UndoDispense {
        /// The run in which it is.
        run: RunId,
        /// Which pack.
        index: u64,
    },
    /// One of two who dispensed the same pack: explains that.
    Explain {
        /// The pack.
        pack: PackId,
        /// Why.
        reason: Reason,
    },
    /// Maker or authority: settles an alarm.
    Settle {
        /// The pack.
        pack: PackId,
        /// Whether as an authority.
        as_authority: bool,
        /// Whether it is escalated, or else closed as an error.
        escalate: bool,
        /// Why.
        reason: Reason,
    },
    /// Custodian (only that it was stolen), maker or authority: raises an alert, at once.
    Raise {
        /// Of what.
        target: Target,
        /// Which alert.
        alert: Alert,
        /// As what.
        capacity: Capacity,
        /// Why.
        reason: Reason,
    },
    /// Whoever could raise it: proposes to lower an alert.
    ProposeLowering {
        /// Of what.
        target: Target,
        /// Which alert.
        alert: Alert,
        /// As what.
        capacity: Capacity,
        /// Why.
        reason: Reason,
    },
    /// Authority, and not who proposed it: lowers an alert after the delay.
    Lower {
        /// Of what.
        target: Target,
        /// Which alert.
        alert: Alert,
    },
    /// Any identity: says that it has seen what is said of a target.
    Acknowledge {
        /// Of what.
        target: Target,
    },
    /// Custodian, maker or authority: suspects a unit, which is quarantined from then on.
    Suspect {
        /// Which unit.
        unit: UnitId,
        /// As what.
        capacity: Capacity,
        /// Why.
        reason: Reason,
    },
    /// Whoever suspects a unit: does so no longer. Authority: clears it of all suspicions.
    Clear {
        /// Which unit.
        unit: UnitId,
        /// Whether as an authority.
        as_authority: bool,
        /// Why.
        reason: Reason,
    },
    /// Nothing but using the nonce up: as the message `cancel` of this nonce.
    Cancel,
    /// Holder of all inputs, who owns the products of all outputs, in the role of the kind: makes
    /// new lots of runs at one place, which then have ended.
    Transform {
        /// What goes in, as a whole.
        inputs: Vec<RunId>,
        /// What comes out.
        outputs: Vec<Boxed<NewLot>>,
        /// What is made of what.
        kind: Transformation,
    },
    /// As `Dispense`, but only a part of the pack, which is a run of its own. The rest stays with
    /// the holder, and is dispensed in parts, or by `Dispense`.
    DispensePart {
        /// What its label says.
        claim: Boxed<Claim>,
        /// In which role.
        role: Topic,
        /// Where: a GLN, or 0.
        site: u64,
        /// On which prescription, if it needs one.
        prescription: Option<Boxed<Fill>>,
    },
    /// Clinician, in that role: prescribes something.
    Prescribe {
        /// What.
        prescription: Boxed<NewPrescription>,
    },
    /// Who prescribed it, or an authority: lets a prescription be filled no more.
    CancelPrescription {
        /// Which prescription.
        prescription: PrescriptionId,
        /// Whether as an authority.
        as_authority: bool,
    },
    /// Holder: names the logger of a unit, which is watched from now on. What was counted stays.
    Watch {
        /// Which unit.
        unit: UnitId,
        /// Who measures what; None if nobody does any more.
        logger: Option<Boxed<NewLogger>>,
    },
    /// Its logger, in the role of [`LOGGER`](Topic::LOGGER): tells what it measured.
    Report {
        /// Which unit.
        unit: UnitId,
        /// When, and what.
        window: Boxed<Window>,
    },
    /// Custodian or maker, in the role of [`QUALITY`](Topic::QUALITY), or authority: answers for a
    /// unit that was outside of a bound.
    Release {
        /// Which unit.
        unit: UnitId,
        /// As what.
        capacity: Capacity,
        /// What did no harm. What was counted meanwhile stays.
        written_off: Vec<Outside>,
        /// Why.
        reason: Reason,
    },
    /// Custodian, maker or authority that suspects a unit: determines that it is illegitimate, and
    /// must notify until the verdict is due.
    Condemn {
        /// Which unit.
        unit: UnitId,
        /// As what.
        capacity: Capacity,
        /// Why.
        reason: Reason,
    },
    /// Authority: ships a unit for a holder that cannot, because its identity is frozen or false. A
    /// holder that can act calls it back before it is received.
    Redirect {
        /// Which unit.
        unit: UnitId,
        /// To whom.
        to: IdentityId,
        /// The last moment at which it can be received.
        until: Timestamp,
        /// Why.
        reason: Reason,
    },
    /// Any identity: declares that an event of EPCIS was wrong. Nothing is erased.
    DeclareError {
        /// Which event, and why.
        declaration: Boxed<ErrorDeclaration>,
    },
    /// Laboratory of an order of dental work, in that role: says how far it is, so that only the
    /// patient can read it.
    ReportProgress {
        /// Of which order, and how far.
        progress: Boxed<NewProgress>,
    },
}
