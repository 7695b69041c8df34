//! The life of an identity: how its keys change and are recovered.
//!
//! The durations, from short to long: a recovery waits `delay`. After a cancelled recovery nothing
//! settles for `contest`, which is at least as long. An announcement of keys and guardians waits
//! `settling`, which is longer than both.

use crate::{
    check_keys, drop_key, purposes, Control, Digest, Dismissed, Held, IdError, IdentityTerms, Keys,
    HOLD, MAX_SLOTS,
};
use allive_access::Announced;
use allive_olife_id_interface::{IdentityId, Key, Timestamp};
use core::mem::take;
use ink::prelude::vec::Vec;

/// The phase of a recovery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Phase {
    /// The guardians have not agreed.
    #[default]
    Idle,
    /// Enough guardians agree on keys. The identity is frozen. A key can cancel it; from `turns`
    /// on, anyone can settle it.
    Proposed,
    /// A key cancelled it at `turns`. For `contest` nothing settles. For twice `contest` guardians
    /// can do nothing without an anchor.
    Contested,
    /// Enough guardians and an anchor agree on keys. The identity is frozen. No key can cancel it
    /// while one of the anchors that agreed is one; from `turns` on, anyone can settle it.
    Anchored,
}

/// The vote of a guardian or an anchor for new keys.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Vote {
    /// Who voted.
    pub voter: IdentityId,
    /// BLAKE2b-256 of the keys in SCALE.
    pub keys: Digest,
}

/// The state of a recovery.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Recovery {
    /// Its phase.
    pub phase: Phase,
    /// When enough guardians first agreed. An anchor must have attested before that.
    pub begun: Timestamp,
    /// The moment that [`Phase`] explains.
    pub turns: Timestamp,
    /// The keys on which the guardians agreed.
    pub keys: Keys,
    /// The anchors that agreed. One that still is an anchor is enough.
    pub anchors: Vec<IdentityId>,
    /// The votes since the phase began: of guardians, and of anchors that attested the identity.
    pub votes: Vec<Vote>,
}

/// Whether an identity is accused or was proved false.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Truth {
    /// It was never accused.
    #[default]
    Unchallenged,
    /// The owner of the contract accused it of being false, with evidence of this hash. The
    /// accusation may have lapsed.
    Accused(Announced<Digest>),
    /// It was proved false, for good.
    False,
}

impl Truth {
    /// Accuses an identity of being false, with evidence of this hash.
    ///
    /// # Errors
    /// `Challenged` if it was proved false, is accused, or was accused too recently.
    pub fn accuse(
        &mut self,
        evidence: Digest,
        now: Timestamp,
        notice: Timestamp,
    ) -> Result<(), IdError> {
        match self {
            Self::False => return Err(IdError::Challenged),
            // During an accusation bonds cannot return. So there is time between two accusations.
            Self::Accused(last) if now < last.lapses.saturating_add(notice) => {
                return Err(IdError::Challenged)
            }
            _ => *self = Self::Accused(Announced::new(evidence, now, notice)),
        }
        Ok(())
    }

    /// Takes the accusation back.
    ///
    /// # Errors
    /// `NothingToDo` if there is none.
    pub fn acquit(&mut self, now: Timestamp) -> Result<(), IdError> {
        match self {
            Self::Accused(last) if !last.has_lapsed(now) => last.lapses = now,
            _ => return Err(IdError::NothingToDo),
        }
        Ok(())
    }

    /// Declares the identity false, after the notice.
    ///
    /// # Errors
    /// `NothingToDo` if it is not accused; `Notice`.
    pub fn condemn(&mut self, now: Timestamp) -> Result<(), IdError> {
        match take(self) {
            Self::Accused(last) => drop(last.due(now)?),
            _ => return Err(IdError::NothingToDo),
        }
        *self = Self::False;
        Ok(())
    }

    /// Refuses an identity that is accused now or was proved false.
    ///
    /// # Errors
    /// `Challenged`.
    pub fn only_unchallenged(&self, now: Timestamp) -> Result<(), IdError> {
        match self {
            Self::False => Err(IdError::Challenged),
            Self::Accused(accusation) if !accusation.has_lapsed(now) => Err(IdError::Challenged),
            _ => Ok(()),
        }
    }
}

/// An identity.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Identity {
    /// Its keys and guardians.
    pub control: Control,
    /// Whether a key froze it. It is also frozen while a recovery waits.
    pub frozen: bool,
    /// Whether it is accused or was proved false.
    pub truth: Truth,
    /// The announced keys and guardians.
    pub plan: Option<Announced<Control>>,
    /// Its recovery.
    pub recovery: Recovery,
    /// Awaited keys that consented, with these purposes.
    pub consents: Vec<Held>,
    /// How many times its keys and guardians changed.
    pub version: u32,
    /// When they last changed.
    pub updated: Timestamp,
    /// In which times everybody whom it appointed is dismissed, in their order.
    pub dismissed: Vec<Dismissed>,
}

/// A change of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The former keys.
    pub old: Keys,
    /// Whether it was a recovery.
    pub recovered: bool,
}

/// Keys that can act and are among `these` but not among `those`.
pub fn without<'a>(these: &'a [Held], those: &'a [Held]) -> impl Iterator<Item = &'a Key> {
    let these = these.iter().map(|held| &held.key);
    these.filter(move |key| key.can_act() && those.iter().all(|held| held.key != **key))
}

impl Identity {
    /// A new identity.
    pub fn new(control: Control, now: Timestamp) -> Self {
        Self {
            control,
            frozen: false,
            truth: Truth::Unchallenged,
            plan: None,
            recovery: Recovery::default(),
            consents: Vec::new(),
            version: 0,
            updated: now,
            dismissed: Vec::new(),
        }
    }

    /// Whether it is frozen, by a key or by a recovery that waits.
    pub fn is_frozen(&self) -> bool {
        self.frozen || matches!(self.recovery.phase, Phase::Proposed | Phase::Anchored)
    }

    /// Whether it is neither frozen nor proved false.
    pub fn is_good(&self) -> bool {
        !self.is_frozen() && self.truth != Truth::False
    }

    /// Freezes it.
    ///
    /// # Errors
    /// `Frozen` if a key froze it already.
    pub fn freeze(&mut self) -> Result<(), IdError> {
        if self.frozen {
            return Err(IdError::Frozen);
        }
        self.frozen = true;
        Ok(())
    }

    /// Announces keys and guardians, or withdraws the announcement.
    ///
    /// # Errors
    /// `NothingToDo` if there is no announcement to withdraw; `BadControl` if a key that joined
    /// without `HOLD` would get it.
    pub fn announce(
        &mut self,
        control: Option<Control>,
        now: Timestamp,
        terms: &IdentityTerms,
    ) -> Result<(), IdError> {
        match &control {
            Some(control) => self.only_agreed(&control.keys)?,
            None if self.plan.is_none() => return Err(IdError::NothingToDo),
            None => (),
        }
        self.plan = control.map(|control| Announced::new(control, now, terms.settling));
        // A thief must not drop the consents of keys that guardians voted for.
        let recovered = &self.recovery.keys;
        self.consents.retain(|held| recovered.contains(held));
        Ok(())
    }

    /// A key consents to join.
    ///
    /// # Errors
    /// `NotAwaited` unless the key is awaited with exactly these purposes and has not consented
    /// yet.
    pub fn consent(&mut self, held: Held) -> Result<(), IdError> {
        if !self.awaits(&held) || self.consents.contains(&held) {
            return Err(IdError::NotAwaited);
        }
        self.consents.push(held);
        Ok(())
    }

    /// A guardian, or an anchor that attested this identity in time, votes for new keys.
    /// `is_anchor` tells whether somebody is such an anchor. Returns whether enough agree now.
    ///
    /// # Errors
    /// `BadControl` if a key that joined without `HOLD` would get it; `NotGuardian`.
    pub fn vote(
        &mut self,
        voter: IdentityId,
        is_anchor: impl Fn(IdentityId) -> bool,
        keys: Keys,
        digest: Digest,
        now: Timestamp,
        terms: &IdentityTerms,
    ) -> Result<bool, IdError> {
        self.only_agreed(&keys)?;
        let recovery = &mut self.recovery;
        if recovery.phase == Phase::Contested && now >= over(recovery.turns, terms) {
            *recovery = Recovery::default();
        }
        let needs_anchor = matches!(recovery.phase, Phase::Contested | Phase::Anchored);
        let guardians = &self.control.guardians;
        recovery.votes.retain(|vote| vote.voter != voter);
        // Anchors must leave room for the votes of all guardians.
        let helps = || needs_anchor && recovery.votes.len() < MAX_SLOTS && is_anchor(voter);
        if !guardians.list.contains(&voter) && !helps() {
            return Err(IdError::NotGuardian);
        }
        recovery.votes.push(Vote {
            voter,
            keys: digest,
        });
        // What they agreed on before stays agreed, and another anchor only makes it safer.
        let is_same = recovery.phase == Phase::Anchored && recovery.keys == keys;
        let mut anchors = if is_same {
            recovery.anchors.clone()
        } else {
            Vec::new()
        };
        let mut agreeing = 0_u8;
        for vote in recovery.votes.iter().filter(|vote| vote.keys == digest) {
            if guardians.list.contains(&vote.voter) {
                // Cannot overflow: there are few guardians, and each has one vote.
                agreeing = agreeing.saturating_add(1);
            } else if !anchors.contains(&vote.voter)
                && anchors.len() < MAX_SLOTS
                && is_anchor(vote.voter)
            {
                anchors.push(vote.voter);
            }
        }
        if agreeing < guardians.threshold || (needs_anchor && anchors.is_empty()) {
            if is_same {
                recovery.anchors = anchors;
            }
            return Ok(false);
        }
        if recovery.phase == Phase::Idle {
            recovery.begun = now;
        }
        recovery.phase = if needs_anchor {
            Phase::Anchored
        } else {
            Phase::Proposed
        };
        recovery.turns = now.saturating_add(terms.delay);
        recovery.keys = keys;
        recovery.anchors = anchors;
        recovery.votes.clear();
        self.consents.clear();
        Ok(true)
    }

    /// A key cancels the recovery, or the one that began at that moment.
    ///
    /// # Errors
    /// `NothingToDo` if none waits, or another one; `Final` if an anchor agreed to it and is one
    /// still.
    pub fn cancel(
        &mut self,
        begun: Option<Timestamp>,
        anchor_stands: bool,
        now: Timestamp,
    ) -> Result<(), IdError> {
        if begun.is_some_and(|begun| begun != self.recovery.begun) {
            return Err(IdError::NothingToDo);
        }
        match self.recovery.phase {
            Phase::Proposed => (),
            Phase::Anchored if !anchor_stands => (),
            Phase::Anchored => return Err(IdError::Final),
            _ => return Err(IdError::NothingToDo),
        }
        self.recovery = Recovery {
            phase: Phase::Contested,
            begun: self.recovery.begun,
            turns: now,
            ..Recovery::default()
        };
        self.consents.clear();
        Ok(())
    }

    /// Applies what is due: a recovery that waited, or else an announcement. Ends recovery,
    /// announcement and freezing.
    ///
    /// # Errors
    /// `TooEarly`, `Contested`; `Final` if no anchor that agreed is one still;
    /// `NothingToDo`; `Notice`; `NoConsent`.
    pub fn settle(
        &mut self,
        anchor_stands: bool,
        now: Timestamp,
        terms: &IdentityTerms,
    ) -> Result<Change, IdError> {
        let recovery = &self.recovery;
        let begun = recovery.begun;
        let (control, recovered) = match recovery.phase {
            Phase::Proposed | Phase::Anchored => {
                if now < recovery.turns {
                    return Err(IdError::TooEarly);
                }
                if recovery.phase == Phase::Anchored && !anchor_stands {
                    return Err(IdError::Final);
                }
                let control = Control {
                    keys: take(&mut self.recovery.keys),
                    guardians: take(&mut self.control.guardians),
                };
                (control, true)
            }
            Phase::Contested if now < recovery.turns.saturating_add(terms.contest) => {
                return Err(IdError::Contested)
            }
            _ => {
                let plan = self.plan.take().ok_or(IdError::NothingToDo)?;
                (plan.due(now)?, false)
            }
        };
        for held in control.keys.iter().filter(|held| held.key.can_act()) {
            let joins = purposes(&self.control.keys, &held.key) == 0;
            if joins && !self.consents.contains(held) {
                return Err(IdError::NoConsent);
            }
        }
        self.only_first_change(now)?;
        let old = core::mem::replace(&mut self.control, control).keys;
        self.frozen = false;
        self.plan = None;
        self.recovery = Recovery::default();
        self.consents.clear();
        if recovered {
            // Whom a thief appointed must not act until the new key has seen to it.
            let since = begun.saturating_sub(terms.settling);
            self.dismiss_in(Dismissed { since, until: now });
        }
        self.changed(now);
        Ok(Change { old, recovered })
    }

    /// A key leaves by its own word, at once. It also leaves what was announced or proposed, so
    /// that its leaving stops neither.
    ///
    /// # Errors
    /// `BadControl` if no key that can act would have `MANAGE`; `TooEarly` if keys changed at this
    /// very moment.
    pub fn leave(&mut self, key: &Key, now: Timestamp) -> Result<Change, IdError> {
        self.only_first_change(now)?;
        let old = self.control.keys.clone();
        self.control.keys.retain(|held| held.key != *key);
        check_keys(&self.control.keys)?;
        if let Some(plan) = &mut self.plan {
            drop_key(&mut plan.value.keys, key);
        }
        drop_key(&mut self.recovery.keys, key);
        self.changed(now);
        let recovered = false;
        Ok(Change { old, recovered })
    }

    /// When the recovery began that is under way, if one is.
    pub fn recovering_since(&self, now: Timestamp, terms: &IdentityTerms) -> Option<Timestamp> {
        let recovery = &self.recovery;
        match recovery.phase {
            Phase::Idle => None,
            Phase::Contested if now >= over(recovery.turns, terms) => None,
            _ => Some(recovery.begun),
        }
    }

    /// Refuses a second change of keys at one moment: keys that leave one after another leave at
    /// different moments, so that what one inherits from another is inherited from it as well.
    ///
    /// # Errors
    /// `TooEarly`.
    fn only_first_change(&self, now: Timestamp) -> Result<(), IdError> {
        if now <= self.updated {
            return Err(IdError::TooEarly);
        }
        Ok(())
    }

    fn changed(&mut self, now: Timestamp) {
        // Cannot overflow: there is one change at a moment.
        self.version = self.version.saturating_add(1);
        self.updated = now;
    }

    fn awaits(&self, held: &Held) -> bool {
        let plan = &self.plan;
        self.recovery.keys.contains(held)
            || plan
                .as_ref()
                .is_some_and(|plan| plan.value.keys.contains(held))
    }

    /// Refuses to give `HOLD` to a key that joined without it, since the key could not consent to
    /// that.
    ///
    /// # Errors
    /// `BadControl`.
    fn only_agreed(&self, keys: &[Held]) -> Result<(), IdError> {
        for Held { key, purposes } in keys.iter() {
            let had = self::purposes(&self.control.keys, key);
            if had != 0 && purposes & !had & HOLD != 0 {
                return Err(IdError::BadControl);
            }
        }
        Ok(())
    }
}

/// The moment from which on guardians can agree without an anchor again, after a cancelled
/// recovery.
fn over(cancelled: Timestamp, terms: &IdentityTerms) -> Timestamp {
    cancelled
        .saturating_add(terms.contest)
        .saturating_add(terms.contest)
}
