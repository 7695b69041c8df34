use crate::IdError;
use allive_access::{only_somebody, AccessError, Account, PauseTerms};
use allive_olife_id_interface::Timestamp;
use allive_psp22_interface::Psp22Client;
use allive_requests::ChainId;

/// The longest duration of any kind but the fading of a vouch: a year.
pub const YEAR: Timestamp = 365 * 24 * 3_600_000;

/// The longest that a vouch may take to fade: ten years.
pub const LONGEST_FADE: Timestamp = 10 * YEAR;

/// How long things take, in milliseconds, and what a vouch costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct IdentityTerms {
    /// How long a recovery waits before it can settle.
    pub delay: Timestamp,
    /// How long nothing settles after a cancelled recovery. For as long again guardians need an
    /// anchor.
    pub contest: Timestamp,
    /// How long announced keys and guardians wait. For as long again they can settle.
    pub settling: Timestamp,
    /// How long a bond waits before it can return.
    pub unbonding: Timestamp,
    /// How long an accusation waits. For as long again the owner can decide.
    pub notice: Timestamp,
    /// How long a vouch takes to fade to nothing.
    pub fade: Timestamp,
    /// The bond for each point of a vouch, in the smallest unit of ALV.
    pub bond: u128,
}

impl IdentityTerms {
    /// Whether the terms are within their bounds. They keep a thief from winning: an announcement
    /// waits longer than a recovery and longer than a contest, in which guardians find an anchor. A
    /// bond waits longer than a recovery, so that a thief cannot withdraw it before.
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

/// The constructor's arguments. They never change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Setup {
    /// How long things take, and what a vouch costs.
    pub terms: IdentityTerms,
    /// How long a pause lasts, and the cooldown before the next.
    pub pause: PauseTerms,
    /// The PSP22 token of bonds.
    pub alv: Psp22Client,
    /// Who receives forfeited bonds.
    pub forfeits_to: Account,
    /// Genesis hash of the chain, which signatures bind.
    pub chain: ChainId,
}

impl Setup {
    /// Refuses terms that are not sound, and that nobody receives forfeited bonds.
    ///
    /// # Errors
    /// `UnsoundTerms`, `Access(UnsoundPauseTerms)`, `Access(ZeroAccount)`.
    pub fn check(&self) -> Result<(), IdError> {
        if !self.terms.are_sound() {
            return Err(IdError::UnsoundTerms);
        }
        if !self.pause.are_sound() {
            return Err(AccessError::UnsoundPauseTerms.into());
        }
        Ok(only_somebody(&self.forfeits_to)?)
    }
}
