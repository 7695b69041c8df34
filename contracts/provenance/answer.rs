//! What everybody may ask: is this pack genuine?

use crate::{Alert, Cold, Custody, Day, End, LotId, ProductName, Raised};
use allive_merkle::Hash;
use allive_olife_id_interface::IdentityId;
use ink::prelude::vec::Vec;

/// What a label says, and where the pack is in its lot.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Claim {
    /// The product.
    pub product: ProductName,
    /// The code of the lot.
    pub code: Vec<u8>,
    /// The last day of use.
    pub expiry: Option<Day>,
    /// Which pack of the lot, from 0.
    pub index: u64,
    /// The first pack of the run in which it is.
    pub first: u64,
    /// That the serial of the label is that of the pack. None for a lot without serials.
    pub proof: Option<Proof>,
}

/// That a serial is that of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Proof {
    /// The serial.
    pub serial: Vec<u8>,
    /// The salt of the pack, which stands on its label.
    pub salt: [u8; 16],
    /// The siblings from the leaf up.
    pub path: Vec<Hash>,
}

/// What of a label does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Mismatch {
    /// No such product is registered.
    Product,
    /// No maker of the product commissioned such a lot.
    Lot,
    /// The lot expires on another day.
    Expiry,
    /// There is no such pack in the lot, or the serial is not that of this pack; or the lot has
    /// serials and none is given, or the other way round.
    Serial,
    /// The pack is in another run.
    Run,
}

/// The state of a pack. If several hold, the first of this list is the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum State {
    /// It was stolen.
    Stolen,
    /// It is illegitimate: counterfeit, diverted, or unfit.
    Illegitimate,
    /// It ended, in this way. That it was destroyed outranks other ends.
    Ended(End),
    /// It is recalled or was withdrawn: the gravest of these.
    Recalled(Alert),
    /// Something of which it was made is stolen, recalled or was withdrawn: run, lot or product.
    RecalledUpstream,
    /// Its last day is over.
    Expired,
    /// It is suspected, or something of which it was made is; or it was not kept as cold or as warm
    /// as it must be. [`Known`] says which.
    Quarantined,
    /// It is on its way.
    InTransit,
    /// It was opened, and a part of it was dispensed.
    PartlyDispensed,
    /// Nothing speaks against it.
    Genuine,
}

/// The answer about a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Answer {
    /// There is no such pack, for this reason.
    Unknown(Mismatch),
    /// There is one.
    Known(Known),
}

/// What is known of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Known {
    /// Its state.
    pub state: State,
    /// Its lot.
    pub lot: LotId,
    /// Who made it.
    pub maker: IdentityId,
    /// Who has it.
    pub custody: Custody,
    /// Whether it is suspected.
    pub suspected: bool,
    /// Whether it was kept as cold and as warm as it must be.
    pub cold: Cold,
}

/// What holds of a pack, from its own cells and from those of all containers above it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What is said of product, lot, run and containers.
    pub raised: Raised,
    /// What is said of that from which it was made.
    pub upstream: Raised,
    /// How it ended.
    pub end: Option<End>,
    /// Whether a part of it was dispensed.
    pub opened: bool,
    /// Whether its last day is over.
    pub expired: bool,
    /// Whether it is suspected.
    pub suspected: bool,
    /// Whether it was kept as cold and as warm as it must be.
    pub cold: Cold,
    /// Whether it is on its way.
    pub in_transit: bool,
}

impl Facts {
    /// Adds an end: that of the pack, or of a container above it. A pack of which a part was
    /// dispensed has not ended: it can still be recalled, and expires.
    pub fn ended(&mut self, end: End) {
        if end == End::PartlyDispensed {
            self.opened = true;
        } else if self.end.is_none() || end == End::Destroyed {
            self.end = Some(end);
        }
    }

    /// The one state that they make.
    pub fn state(&self) -> State {
        if self.raised.has(Alert::Stolen) {
            return State::Stolen;
        }
        if self.raised.has(Alert::Illegitimate) {
            return State::Illegitimate;
        }
        if let Some(end) = self.end {
            return State::Ended(end);
        }
        if let Some(alert) = self.raised.recall() {
            return State::Recalled(alert);
        }
        if self.upstream != Raised::default() {
            return State::RecalledUpstream;
        }
        if self.expired {
            return State::Expired;
        }
        if self.suspected || self.cold.is_broken() {
            return State::Quarantined;
        }
        if self.in_transit {
            return State::InTransit;
        }
        if self.opened {
            return State::PartlyDispensed;
        }
        State::Genuine
    }
}
