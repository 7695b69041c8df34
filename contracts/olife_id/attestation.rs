//! Attestations of an identity, in a bounded cell for each topic.

use crate::{Digest, IdError};
use allive_olife_id_interface::{IdentityId, Points, Timestamp};
use ink::prelude::vec::Vec;

/// The most attestations of one topic that an identity has, and the most issuers that it can
/// refuse.
pub const MAX_SLOTS: usize = 16;

/// The longest that an attestation may last: ten years.
pub const LONGEST_TERM: Timestamp = 10 * 365 * 24 * 3_600_000;

/// The longest that an attestation or a revocation may wait between the moment at which the issuer
/// issued it and the moment at which it is submitted: 30 days.
pub const LONGEST_WAIT: Timestamp = 30 * 24 * 3_600_000;

/// Refuses an end that is not in the future, or too far in it.
///
/// # Errors
/// `BadExpiry`.
pub fn only_lasting(expires: Timestamp, now: Timestamp) -> Result<(), IdError> {
    if expires <= now || expires > now.saturating_add(LONGEST_TERM) {
        return Err(IdError::BadExpiry);
    }
    Ok(())
}

/// Refuses a moment of issue that lies in the future or too far in the past.
///
/// # Errors
/// `InFuture`, `Outdated`.
pub fn only_recent(issued: Timestamp, now: Timestamp) -> Result<(), IdError> {
    if issued > now {
        return Err(IdError::InFuture);
    }
    if now > issued.saturating_add(LONGEST_WAIT) {
        return Err(IdError::Outdated);
    }
    Ok(())
}

/// The last word of an issuer about one topic of one identity, or about two
/// identities: an attestation or a revocation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Slot {
    /// Who attests.
    pub issuer: IdentityId,
    /// A commitment to what is attested.
    pub value: Digest,
    /// Points; of a mandate its scope.
    pub weight: Points,
    /// When the issuer issued it, by its own word.
    pub issued: Timestamp,
    /// When it was stored, by the chain's clock. A stolen key cannot lie about that.
    pub stored: Timestamp,
    /// Since when this issuer has attested this without a break.
    pub since: Timestamp,
    /// The moment from which on it does not count any more. 0 if the issuer revoked it.
    pub expires: Timestamp,
}

impl Slot {
    /// A revocation. It stays as long as an attestation that was issued earlier could still be
    /// submitted.
    fn revoked(issuer: IdentityId, issued: Timestamp, now: Timestamp) -> Self {
        Self {
            issuer,
            value: Digest::default(),
            weight: 0,
            issued,
            stored: now,
            since: now,
            expires: 0,
        }
    }

    /// Whether nothing that was issued before it can be submitted any more.
    pub(crate) fn is_settled(&self, now: Timestamp) -> bool {
        now > self.issued.saturating_add(LONGEST_WAIT)
    }
}

/// A refusal of an issuer by the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Refusal {
    /// Who is refused.
    pub issuer: IdentityId,
    /// Since when.
    pub since: Timestamp,
}

/// All attestations of one topic about one identity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Class {
    /// The last word of each issuer.
    pub slots: Vec<Slot>,
    /// The issuers that the subject refuses. Their attestations stay but do not count. A refusal
    /// that is younger than the settling time could be a thief's: it disqualifies no anchor from a
    /// recovery, and makes no room.
    pub refused: Vec<Refusal>,
}

impl Class {
    /// Whether an attestation counts, if its issuer's approval lets it count.
    pub fn counts(&self, slot: &Slot, now: Timestamp) -> bool {
        now < slot.expires && !self.is_refused(slot.issuer, Timestamp::MAX)
    }

    /// Whether the subject refuses the issuer since this moment or earlier.
    pub fn is_refused(&self, issuer: IdentityId, since: Timestamp) -> bool {
        let mut refused = self.refused.iter();
        refused.any(|refusal| refusal.issuer == issuer && refusal.since <= since)
    }

    /// The attestation of `issuer`, if it attests now and has done so since before `moment`.
    pub fn attested_before(
        &self,
        issuer: IdentityId,
        moment: Timestamp,
        now: Timestamp,
    ) -> Option<&Slot> {
        let mut slots = self.slots.iter();
        slots.find(|slot| slot.issuer == issuer && slot.since < moment && now < slot.expires)
    }

    /// Adds an attestation, or replaces the last word of the same issuer. A live attestation of
    /// which the approval `holds` goes on by that: the new one counts since the old one. `can_go`
    /// tells whether a word can make room.
    ///
    /// # Errors
    /// `BadExpiry`; `Outdated` if the issuer's last word is later; `Refused`, unless the issuer
    /// renews a live attestation and the refusal has not `settled`; `NoRoom`.
    pub fn attest(
        &mut self,
        mut new: Slot,
        now: Timestamp,
        settled: Timestamp,
        holds: impl Fn(&Slot) -> bool,
        can_go: impl Fn(&Self, &Slot) -> bool,
    ) -> Result<(), IdError> {
        only_lasting(new.expires, now)?;
        let is_refused = self.is_refused(new.issuer, Timestamp::MAX);
        let is_barred = self.is_refused(new.issuer, settled);
        let mut slots = self.slots.iter_mut();
        if let Some(last) = slots.find(|slot| slot.issuer == new.issuer) {
            if new.issued < last.issued || (last.expires == 0 && new.issued == last.issued) {
                return Err(IdError::Outdated);
            }
            let goes_on = now < last.expires && holds(last);
            if is_barred || (is_refused && !goes_on) {
                return Err(IdError::Refused);
            }
            if goes_on {
                new.since = last.since;
            }
            *last = new;
            return Ok(());
        }
        if is_refused {
            return Err(IdError::Refused);
        }
        self.push(new, can_go)
    }

    /// Revokes the attestation of an issuer. A revocation stays in its place, so that no
    /// attestation that was issued earlier comes back. One that `may_come` first stays as well.
    ///
    /// # Errors
    /// `Outdated` if the issuer's last word is later; `NothingToDo` if there is nothing to revoke;
    /// `NoRoom`.
    pub fn revoke(
        &mut self,
        issuer: IdentityId,
        issued: Timestamp,
        now: Timestamp,
        may_come: bool,
        can_go: impl Fn(&Self, &Slot) -> bool,
    ) -> Result<(), IdError> {
        let revoked = Slot::revoked(issuer, issued, now);
        let mut slots = self.slots.iter_mut();
        let Some(last) = slots.find(|slot| slot.issuer == issuer) else {
            if !may_come {
                return Err(IdError::NothingToDo);
            }
            return self.push(revoked, can_go);
        };
        if issued < last.issued {
            return Err(IdError::Outdated);
        }
        if last.expires == 0 && issued == last.issued {
            return Err(IdError::NothingToDo);
        }
        *last = revoked;
        Ok(())
    }

    fn push(&mut self, new: Slot, can_go: impl Fn(&Self, &Slot) -> bool) -> Result<(), IdError> {
        if self.slots.len() >= MAX_SLOTS {
            let stays = self.slots.iter().filter(|slot| !can_go(self, slot));
            self.slots = stays.cloned().collect();
        }
        if self.slots.len() >= MAX_SLOTS {
            return Err(IdError::NoRoom);
        }
        self.slots.push(new);
        Ok(())
    }

    /// Whether a word neither counts nor is needed, so that it can make room. `counts` tells
    /// whether its issuer's approval lets it count. `settled` is the moment before which a refusal
    /// has settled.
    pub fn can_go(&self, slot: &Slot, counts: bool, settled: Timestamp, now: Timestamp) -> bool {
        let is_void = now >= slot.expires || !counts || self.is_refused(slot.issuer, settled);
        is_void && slot.is_settled(now)
    }

    /// Refuses an issuer, or accepts it again. If the refusal has `settled`, an attestation counts
    /// for recoveries only from now on.
    ///
    /// # Errors
    /// `NothingToDo` if that is so already, `NoRoom`.
    pub fn refuse(
        &mut self,
        issuer: IdentityId,
        refused: bool,
        settled: Timestamp,
        now: Timestamp,
    ) -> Result<(), IdError> {
        if self.is_refused(issuer, Timestamp::MAX) == refused {
            return Err(IdError::NothingToDo);
        }
        if refused {
            if self.refused.len() >= MAX_SLOTS {
                return Err(IdError::NoRoom);
            }
            self.refused.push(Refusal { issuer, since: now });
            return Ok(());
        }
        if self.is_refused(issuer, settled) {
            let slots = self.slots.iter_mut();
            for slot in slots.filter(|slot| slot.issuer == issuer) {
                slot.since = now;
            }
        }
        self.refused.retain(|refusal| refusal.issuer != issuer);
        Ok(())
    }
}
