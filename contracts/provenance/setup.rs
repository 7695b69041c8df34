use crate::ProvenanceError;
use allive_access::Timestamp;
use allive_olife_id_interface::OlifeIdClient;
use allive_requests::ChainId;

/// How long things last, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Terms {
    /// The longest time in which a shipment can be received.
    pub longest_transit: Timestamp,
    /// Between a proposal to lower an alert and its lowering.
    pub lowering_delay: Timestamp,
    /// How long an end can be undone: ten days by Article 13 of the delegated regulation of the
    /// EU's falsified medicines directive.
    pub undo: Timestamp,
    /// How long who determined that something is illegitimate may take until an authority knows: 24
    /// hours by section 582 of the American Federal Food, Drug, and Cosmetic Act.
    pub notify: Timestamp,
}

impl Terms {
    /// The longest of each that any deployment may choose: a year.
    pub const LONGEST: Timestamp = 365 * 24 * 3_600_000;

    /// Refuses durations that are zero or above [`LONGEST`](Self::LONGEST).
    ///
    /// # Errors
    /// `BadDuration`.
    pub fn check(&self) -> Result<(), ProvenanceError> {
        let all = [
            self.longest_transit,
            self.lowering_delay,
            self.undo,
            self.notify,
        ];
        let are_sound = all.iter().all(|one| (1..=Self::LONGEST).contains(one));
        are_sound.then_some(()).ok_or(ProvenanceError::BadDuration)
    }
}

/// What ink! reads with every message: the inline fields of the root cell. They never change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Setup {
    /// The Olife ID contract that says who acts.
    pub identities: OlifeIdClient,
    /// How long things last.
    pub terms: Terms,
    /// Genesis hash of the chain, which signed requests bind.
    pub chain: ChainId,
}
