use crate::{proposal::are_enough, signed::only_within, CouncilError, EmergencyTerms, Members};
use allive_access::Timestamp;

/// The requests for an emergency pause of one contract, and its cooldown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Emergency {
    /// The members who asked for a pause.
    pub members: Members,
    /// The era of these members.
    pub era: u32,
    /// Until when other members can join.
    pub open_until: Timestamp,
    /// From when on the next pause is possible; zero if there never was one.
    pub cooled: Timestamp,
}

/// For which pause a request was signed, and when.
#[derive(Clone, Copy, Debug)]
pub struct Meant {
    /// The end of the cooldown after the pause before.
    pub cooled: Timestamp,
    /// When its signer asked.
    pub asked: Timestamp,
}

impl Emergency {
    /// Refuses a signed request that was meant for another pause, and one whose signer asked longer
    /// ago than members may take to join.
    ///
    /// # Errors
    /// `OutOfTime`, `OtherPause`.
    pub fn only_meant(
        &self,
        meant: &Meant,
        terms: &EmergencyTerms,
        now: Timestamp,
    ) -> Result<(), CouncilError> {
        only_within(meant.asked, terms.window, now)?;
        if meant.cooled != self.cooled {
            return Err(CouncilError::OtherPause);
        }
        Ok(())
    }

    /// A member asks for a pause. Returns whether enough members have asked, so that the contract
    /// must be paused now.
    ///
    /// # Errors
    /// `CoolingDown`, `SaidAlready`.
    pub fn ask(
        &mut self,
        member: Members,
        era: u32,
        terms: &EmergencyTerms,
        now: Timestamp,
    ) -> Result<bool, CouncilError> {
        if now < self.cooled {
            return Err(CouncilError::CoolingDown);
        }
        if self.era != era || now >= self.open_until {
            (self.members, self.era) = (0, era);
            self.open_until = now.saturating_add(terms.window);
        }
        if self.members & member != 0 {
            return Err(CouncilError::SaidAlready);
        }
        self.members |= member;
        let enough = are_enough(self.members, terms.threshold);
        if enough {
            (self.members, self.open_until) = (0, 0);
            self.cooled = now.saturating_add(terms.cooldown);
        }
        Ok(enough)
    }
}
