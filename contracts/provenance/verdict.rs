//! That a product is illegitimate, and the clock of the notice about it: section 582 of the
//! American Federal Food, Drug, and Cosmetic Act.

use allive_access::Timestamp;
use allive_olife_id_interface::IdentityId;

/// When the authority knew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Noticed {
    /// Which authority.
    pub by: IdentityId,
    /// When it acknowledged.
    pub at: Timestamp,
}

/// Somebody determined that a unit is illegitimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Verdict {
    /// Who.
    pub by: IdentityId,
    /// When.
    pub at: Timestamp,
    /// The last moment at which the notice is in time.
    pub due: Timestamp,
    /// The first acknowledgement by an authority.
    pub noticed: Option<Noticed>,
}

impl Verdict {
    /// Whether the notice is late: no authority acknowledged it in time.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.noticed.map_or(now, |noticed| noticed.at) > self.due
    }

    /// The one of two of which the notice is still missing, or else the earlier: what leaves a
    /// container that is illegitimate, too, keeps this one.
    pub const fn graver(self, other: Self) -> Self {
        let is_open = (self.noticed.is_none(), other.noticed.is_none());
        match is_open {
            (true, false) => self,
            (false, true) => other,
            _ if other.at < self.at => other,
            _ => self,
        }
    }
}
