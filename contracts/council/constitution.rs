use crate::{Amendment, CouncilError};
use allive_access::{only_somebody, Account, Timestamp};
use ink::{prelude::vec::Vec, primitives::AccountId};

/// Members as the bits of a number, the first of the list in the lowest bit.
pub type Members = u32;

/// The most members: as many as [`Members`] has bits.
pub const MAX_MEMBERS: usize = 32;

/// The longest delay, window or cooldown: a year.
pub const YEAR: Timestamp = 365 * 24 * 3_600_000;

/// The class of an action, from the least grave to the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Class {
    /// Messages that the constitution lists, sent without coins.
    Routine,
    /// All other messages, and payments.
    Grave,
    /// Changes of the constitution.
    Constitutional,
}

/// What an action of one class needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Bar {
    /// How many members must approve.
    pub threshold: u8,
    /// The delay after these approvals, in milliseconds.
    pub delay: Timestamp,
}

impl Bar {
    fn is_below(&self, other: &Self) -> bool {
        self.threshold < other.threshold || self.delay < other.delay
    }
}

/// What an emergency pause needs. Times are in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct EmergencyTerms {
    /// How many members must ask for it.
    pub threshold: u8,
    /// How long after the first request the others must follow.
    pub window: Timestamp,
    /// How long after one pause of a contract the next is possible.
    pub cooldown: Timestamp,
}

/// The thresholds, and the times in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct CouncilTerms {
    /// For [`Class::Routine`].
    pub routine: Bar,
    /// For [`Class::Grave`].
    pub grave: Bar,
    /// For [`Class::Constitutional`].
    pub constitutional: Bar,
    /// How long after it was made a proposal expires, in milliseconds.
    pub lifetime: Timestamp,
    /// For an emergency pause.
    pub emergency: EmergencyTerms,
}

impl CouncilTerms {
    /// Whether these can be the terms for this number of members. Each of these must hold:
    ///
    /// - routine actions need at least one member, grave ones a majority of all, and no class needs
    ///   fewer members or a shorter delay than the class before it;
    /// - the delay of grave actions is at least `least_delay`, and no delay is longer than a year;
    /// - the lifetime of a proposal is longer than the longest delay, and at most two years;
    /// - an emergency needs at least two members (one if there is only one), and at most as many as
    ///   a grave action;
    /// - its window and its cooldown are from 1 ms to a year.
    pub fn are_sound(&self, members: usize, least_delay: Timestamp) -> bool {
        let Self {
            routine,
            grave,
            constitutional,
            lifetime,
            emergency,
        } = self;
        let size = |threshold: u8| usize::from(threshold);
        0 < routine.threshold
            && !grave.is_below(routine)
            && !constitutional.is_below(grave)
            && size(constitutional.threshold) <= members
            && size(grave.threshold).saturating_mul(2) > members
            && least_delay <= grave.delay
            && constitutional.delay <= YEAR
            && constitutional.delay < *lifetime
            && *lifetime <= 2 * YEAR
            && size(emergency.threshold) >= members.min(2)
            && emergency.threshold <= grave.threshold
            && is_time(emergency.window)
            && is_time(emergency.cooldown)
    }

    /// What an action of this class needs.
    pub fn bar(&self, class: Class) -> &Bar {
        match class {
            Class::Routine => &self.routine,
            Class::Grave => &self.grave,
            Class::Constitutional => &self.constitutional,
        }
    }
}

/// Whether a time is from 1 ms to a year.
fn is_time(time: Timestamp) -> bool {
    0 < time && time <= YEAR
}

/// The members, and the rules by which they decide.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Constitution {
    /// The members.
    pub members: Vec<Account>,
    /// The thresholds and times.
    pub terms: CouncilTerms,
    /// The least delay of grave actions, in milliseconds. It never changes.
    pub least_delay: Timestamp,
    /// How many times the constitution has changed. Changes of the list of routine messages count,
    /// too.
    pub era: u32,
}

/// A member who acts, and the constitution under which it does.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The member.
    pub account: Account,
    /// Its bit.
    pub bit: Members,
    /// The constitution.
    pub constitution: Constitution,
}

impl Constitution {
    /// The first constitution.
    ///
    /// # Errors
    /// `BadMembers`; `UnsoundTerms`, also if `least_delay` is not from 1 ms to a year.
    pub fn new(
        members: Vec<Account>,
        terms: CouncilTerms,
        least_delay: Timestamp,
    ) -> Result<Self, CouncilError> {
        let new = Self {
            members,
            terms,
            least_delay,
            era: 0,
        };
        new.check()?;
        Ok(new)
    }

    /// Changes members and terms, and begins a new era.
    ///
    /// # Errors
    /// `BadMembers`, `UnsoundTerms`.
    pub fn amend(&mut self, amendment: &Amendment) -> Result<(), CouncilError> {
        for gone in &amendment.remove {
            let place = self.place(gone).ok_or(CouncilError::BadMembers)?;
            self.members.remove(place);
        }
        self.members.extend_from_slice(&amendment.add);
        self.terms = amendment.terms;
        self.begin_era();
        self.check()
    }

    /// Begins a new era. Earlier proposals cannot be approved or executed any more.
    pub fn begin_era(&mut self) {
        // Cannot overflow: each era takes a delay of at least a millisecond.
        self.era = self.era.saturating_add(1);
    }

    /// The bit of a member.
    ///
    /// # Errors
    /// `NotMember`.
    pub fn bit(&self, account: &AccountId) -> Result<Members, CouncilError> {
        let place = self.place(account).ok_or(CouncilError::NotMember)?;
        // There are no more members than bits.
        Ok(1_u32.rotate_left(u32::try_from(place).unwrap_or_default()))
    }

    /// The member of this account, who acts.
    ///
    /// # Errors
    /// `NotMember`.
    pub fn actor(self, account: Account) -> Result<Actor, CouncilError> {
        Ok(Actor {
            bit: self.bit(&account)?,
            account,
            constitution: self,
        })
    }

    /// Refuses what was signed in another era.
    ///
    /// # Errors
    /// `OtherEra`.
    pub fn only_in(&self, era: u32) -> Result<(), CouncilError> {
        if self.era != era {
            return Err(CouncilError::OtherEra);
        }
        Ok(())
    }

    /// The members of these bits.
    pub fn members_of(&self, bits: Members) -> Vec<Account> {
        let mut rest = bits;
        let mut chosen = Vec::new();
        for member in &self.members {
            if rest & 1 == 1 {
                chosen.push(member.clone());
            }
            rest >>= 1;
        }
        chosen
    }

    fn place(&self, account: &AccountId) -> Option<usize> {
        self.members.iter().position(|member| **member == *account)
    }

    fn check(&self) -> Result<(), CouncilError> {
        let members = self.members.len();
        // A member that is named twice is found at its first place only.
        let is_itself = |(place, member): (usize, &Account)| self.place(member) == Some(place);
        let is_nobody = |member: &Account| only_somebody(member).is_err();
        if members == 0
            || members > MAX_MEMBERS
            || self.members.iter().any(is_nobody)
            || !self.members.iter().enumerate().all(is_itself)
        {
            return Err(CouncilError::BadMembers);
        }
        if !is_time(self.least_delay) || !self.terms.are_sound(members, self.least_delay) {
            return Err(CouncilError::UnsoundTerms);
        }
        Ok(())
    }
}
