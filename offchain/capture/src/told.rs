//! What a user says beside a document.

use crate::{Lots, Parties};
use allive_access::Timestamp;
use allive_epcis::identifiers::Sscc;
use allive_olife_id_interface::IdentityId;
use provenance::{Alert, Day, NewLot, ProductName, Reason};
use std::collections::HashMap;

/// What a user says beside a document.
#[derive(Debug, Default)]
pub struct Told {
    /// Who is who.
    pub parties: Parties,
    /// Lots with serials, and their labels.
    pub lots: Lots,
    /// Things that events name by a URI of somebody's own.
    pub items: HashMap<String, Item>,
    /// Who packed a container first, where that is neither in the document nor to be guessed.
    pub packers: HashMap<Sscc, IdentityId>,
    /// How long a shipment can be received, in milliseconds.
    pub deadline: Timestamp,
    /// Which alert a recall is.
    pub recall: Option<Alert>,
    /// The commitment to the reason of alerts and suspicions.
    pub reason: Option<Reason>,
}

/// One thing without a key of GS1, such as a blood bag or a denture: a lot of one piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The product.
    pub product: ProductName,
    /// The code of its lot; of blood the donation number.
    pub code: Vec<u8>,
    /// The last day of use.
    pub expiry: Option<Day>,
}

impl Item {
    /// The lot that it is.
    pub fn new_lot(&self) -> NewLot {
        NewLot {
            product: self.product.clone(),
            code: self.code.clone(),
            expiry: self.expiry,
            count: 1,
            serials: None,
        }
    }
}
