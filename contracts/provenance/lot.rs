//! Lots: what was made together, and how a label finds it.

use crate::{digits, Alerts, Product, ProductName, ProvenanceError, RunId, Storage};
use allive_access::Timestamp;
use allive_merkle::{Domain, Hash};
use allive_olife_id_interface::IdentityId;
use ink::{prelude::vec::Vec, scale::Encode};

/// The key of a lot: the BLAKE2b-128 hash of what [`lot_key`] writes. Whoever knows the label and
/// the maker computes it.
pub type LotId = [u8; 16];

/// The number of a day: 0 is 1 January 1970, in UTC.
pub type Day = u32;

/// The milliseconds of a day.
pub const DAY: Timestamp = 24 * 3_600_000;

/// The most packs, or pieces, of a lot.
pub const MAX_COUNT: u64 = 1 << 32;

/// The longest content identifier of paths, in bytes.
pub const MAX_PATHS: usize = 64;

/// The most runs from which a lot was made, over all levels.
pub const MAX_ANCESTORS: usize = 16;

/// Begins every leaf of a lot's tree.
pub const PACK_DOMAIN: Domain = *b"allive/pack/v1  ";

/// What the hash of a [`LotId`] covers: name, maker and code in SCALE.
pub fn lot_key(product: &ProductName, maker: IdentityId, code: &[u8]) -> Vec<u8> {
    (product, maker, code).encode()
}

/// What a leaf of a lot's tree covers: product, serial, index and salt in SCALE.
pub fn pack_data(product: &ProductName, serial: &[u8], index: u64, salt: &[u8; 16]) -> Vec<u8> {
    (product, serial, index, salt).encode()
}

/// The serials of a lot.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Serials {
    /// The root of the tree over all packs, by position.
    pub root: Hash,
    /// Where the paths are: a content identifier in binary form, never text.
    pub paths: Vec<u8>,
}

/// What a maker says of a new lot.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct NewLot {
    /// The product.
    pub product: ProductName,
    /// The code of the lot, as its label has it; of blood the donation number.
    pub code: Vec<u8>,
    /// The last day on which it may be used.
    pub expiry: Option<Day>,
    /// How many packs, or pieces without serials.
    pub count: u64,
    /// None for what has no serials and moves by quantity.
    pub serials: Option<Serials>,
}

/// A lot.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Lot {
    /// The product.
    pub product: ProductName,
    /// Who commissioned it.
    pub maker: IdentityId,
    /// Its code.
    pub code: Vec<u8>,
    /// The last day on which it may be used.
    pub expiry: Option<Day>,
    /// How many packs, or pieces.
    pub count: u64,
    /// Its serials, if it has any.
    pub serials: Option<Serials>,
    /// How the product had to be stored when the lot was commissioned.
    pub storage: Storage,
    /// The runs from which it was made, directly or not, each once.
    pub ancestors: Vec<RunId>,
    /// Over how many levels these are spread, at most [`MAX_LEVEL`](crate::MAX_LEVEL).
    pub level: u8,
    /// What is said of the whole lot.
    pub alerts: Alerts,
}

impl Lot {
    /// The owner of a product commissions a lot.
    ///
    /// # Errors
    /// `NotMaker`, `BadCode`, `BadCount`, `BadPaths`; `BadExpiry` if it is over, later than the
    /// shelf life allows, or missing where there is a shelf life.
    pub fn commission(
        product: &Product,
        maker: IdentityId,
        new: NewLot,
        now: Timestamp,
    ) -> Result<Self, ProvenanceError> {
        product.only_owner(maker)?;
        let is_code = match new.product {
            ProductName::Blood { .. } => digits::is_donation_number(&new.code),
            _ => digits::is_label_code(&new.code),
        };
        if !is_code {
            return Err(ProvenanceError::BadCode);
        }
        only_within(new.expiry, product.terms.shelf_life, now)?;
        if new.count == 0 || new.count > MAX_COUNT {
            return Err(ProvenanceError::BadCount);
        }
        if let Some(serials) = &new.serials {
            if serials.paths.is_empty() || serials.paths.len() > MAX_PATHS {
                return Err(ProvenanceError::BadPaths);
            }
        }
        Ok(Self {
            product: new.product,
            maker,
            code: new.code,
            expiry: new.expiry,
            count: new.count,
            serials: new.serials,
            storage: product.terms.storage.clone(),
            ancestors: Vec::new(),
            level: 0,
            alerts: Alerts::default(),
        })
    }

    /// Whether its last day is over.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.expiry.is_some_and(|last| is_over(last, now))
    }
}

/// Whether a day is over: it may be used through its last day, in UTC.
pub fn is_over(day: Day, now: Timestamp) -> bool {
    now >= Timestamp::from(day).saturating_add(1).saturating_mul(DAY)
}

fn only_within(
    expiry: Option<Day>,
    shelf_life: Option<u16>,
    now: Timestamp,
) -> Result<(), ProvenanceError> {
    let is_sound = match (expiry, shelf_life) {
        (None, None) => true,
        (None, Some(_)) => false,
        (Some(last), shelf_life) => {
            let longest = shelf_life.map_or(Timestamp::MAX, Timestamp::from);
            let latest = (now / DAY).saturating_add(longest);
            !is_over(last, now) && Timestamp::from(last) <= latest
        }
    };
    is_sound.then_some(()).ok_or(ProvenanceError::BadExpiry)
}
