use crate::IdError;
use allive_access::{AccessError, Account, PauseTerms};
use allive_olife_id_interface::Timestamp;
use allive_psp22_interface::Psp22Client;
use allive_signatures::ChainId;

/// The longest of all times but one: a year.
pub const YEAR: Timestamp = 365 * 24 * 3_600_000;

/// The longest that a vouch may take to fade: ten years.
pub const LONGEST_FADE: Timestamp = 10 * YEAR;

/// How long things take, in milliseconds, and what a vouch costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct IdentityTerms {
    /// How long a recovery waits.
    pub delay: Timestamp,
    /// How long after a cancelled recovery nothing settles, and how long after that guardians need
    /// an anchor.
    pub contest: Timestamp,
    /// How long keys and guardians wait that a key announced, and for how long they then can come.
    pub settling: Timestamp,
    /// How long a bond waits.
    pub unbonding: Timestamp,
    /// How long an accusation waits, and for how long it then can be decided.
    pub notice: Timestamp,
    /// How long a vouch takes to fade to nothing.
    pub fade: Timestamp,
    /// What each point costs that is vouched with, in the smallest unit of ALV.
    pub bond: u128,
}

impl IdentityTerms {
    /// A thief must not win: what a key announces waits longer than a recovery, and than a contest,
    /// in which guardians find an anchor and which is no shorter than a recovery. A bond waits
    /// longer than a recovery, so that whoever recovers an identity finds its bonds there.
    pub fn are_sound(&self) -> bool {
        0 < self.delay
            && self.delay <= self.contest
            && self.contest < self.settling
            && self.settling <= YEAR
            && self.delay < self.unbonding
            && self.unbonding <= YEAR
            && 0 < self.notice
            && self.notice <= YEAR
            && 0 < self.fade
            && self.fade <= LONGEST_FADE
            && 0 < self.bond
    }
}

/// What the constructor fixes for good.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Setup {
    /// How long things take, and what a vouch costs.
    pub terms: IdentityTerms,
    /// How long a pause lasts, and how long the next must wait.
    pub pause: PauseTerms,
    /// The PSP22 token of bonds.
    pub alv: Psp22Client,
    /// Who receives lost bonds.
    pub forfeits_to: Account,
    /// Genesis hash of the chain, which signatures bind.
    pub chain: ChainId,
}

impl Setup {
    /// Refuses terms that are not sound.
    ///
    /// # Errors
    /// `UnsoundTerms`, `Access(UnsoundPauseTerms)`.
    pub fn check(&self) -> Result<(), IdError> {
        if !self.terms.are_sound() {
            return Err(IdError::UnsoundTerms);
        }
        if !self.pause.are_sound() {
            return Err(AccessError::UnsoundPauseTerms.into());
        }
        Ok(())
    }
}
