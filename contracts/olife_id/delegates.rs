//! Delegates: identities that act for an organisation, for some of its topics and for a time.

use crate::{only_lasting, only_recent, IdError, Identity, OlifeId, Registry, Truth, ACT};
use allive_olife_id_interface::{IdentityId, Key, Timestamp, Topics};
use ink::prelude::vec::Vec;

/// The most times that an identity has in which it dismissed everybody.
pub const MAX_DISMISSED: usize = 4;

/// What an organisation last said of a delegate, and what the delegate says of that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Delegation {
    /// The topics for which the delegate acts.
    pub topics: Topics,
    /// When the organisation issued its last word, by that word.
    pub issued: Timestamp,
    /// When that was stored, by the chain's clock. A stolen key cannot lie about that.
    pub stored: Timestamp,
    /// The moment from which on the delegate does not act any more. 0 if it was dismissed.
    pub expires: Timestamp,
    /// Whether the delegate declines to act for the organisation.
    pub declined: bool,
}

impl Delegation {
    /// The organisation appoints a delegate. This replaces what it said earlier.
    ///
    /// # Errors
    /// `NothingToDo` without topics; `BadExpiry`; `Refused` if the delegate declines; `Outdated` if
    /// the organisation's last word is later.
    pub fn appoint(
        &mut self,
        topics: Topics,
        issued: Timestamp,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<(), IdError> {
        if topics == 0 {
            return Err(IdError::NothingToDo);
        }
        only_lasting(expires, now)?;
        if self.declined {
            return Err(IdError::Refused);
        }
        if issued < self.issued || (self.expires == 0 && issued == self.issued) {
            return Err(IdError::Outdated);
        }
        *self = Self {
            topics,
            issued,
            stored: now,
            expires,
            declined: false,
        };
        Ok(())
    }

    /// The organisation dismisses a delegate, also one that it appointed by a word that nobody
    /// submitted yet. The cell stays, so that no earlier appointment comes in later.
    ///
    /// # Errors
    /// `Outdated` if the organisation's last word is later; `NothingToDo` if it is this one.
    pub fn dismiss(&mut self, issued: Timestamp, now: Timestamp) -> Result<(), IdError> {
        if issued < self.issued {
            return Err(IdError::Outdated);
        }
        if self.expires == 0 && issued == self.issued {
            return Err(IdError::NothingToDo);
        }
        self.end(issued, now);
        Ok(())
    }

    /// The delegate declines, which ends its appointment for good; or it can be appointed again.
    ///
    /// # Errors
    /// `NothingToDo` if that is so already; `Outdated` if the organisation's last word is later.
    pub fn decline(
        &mut self,
        declined: bool,
        issued: Timestamp,
        now: Timestamp,
    ) -> Result<(), IdError> {
        if self.declined == declined {
            return Err(IdError::NothingToDo);
        }
        if issued < self.issued {
            return Err(IdError::Outdated);
        }
        if declined {
            self.end(issued, now);
        }
        self.declined = declined;
        Ok(())
    }

    fn end(&mut self, issued: Timestamp, now: Timestamp) {
        *self = Self {
            topics: 0,
            issued,
            stored: now,
            expires: 0,
            declined: self.declined,
        };
    }
}

/// A time in which everybody whom an organisation appointed is dismissed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Dismissed {
    /// The first moment of it.
    pub since: Timestamp,
    /// The last moment of it.
    pub until: Timestamp,
}

impl Dismissed {
    /// Whether what was stored or issued at this moment counts no more.
    fn covers(&self, moment: Timestamp) -> bool {
        self.since <= moment && moment <= self.until
    }

    fn meets(&self, other: &Self) -> bool {
        self.since <= other.until && other.since <= self.until
    }

    /// Grows, so that it spans the other time and what lies between.
    fn span(&mut self, other: &Self) {
        self.since = self.since.min(other.since);
        self.until = self.until.max(other.until);
    }
}

impl Identity {
    /// Dismisses everybody who was appointed in a time. Nothing takes that back. Times that meet
    /// become one; if there are more than [`MAX_DISMISSED`], the two that are closest do, with what
    /// lies between.
    ///
    /// # Errors
    /// `InFuture`; `NothingToDo` if it is no time, or they are dismissed already.
    pub fn dismiss_all(&mut self, time: Dismissed, now: Timestamp) -> Result<(), IdError> {
        if time.since > now || time.until > now {
            return Err(IdError::InFuture);
        }
        let mut all = self.dismissed.iter();
        let is_so = all.any(|earlier| earlier.covers(time.since) && earlier.covers(time.until));
        if time.since > time.until || is_so {
            return Err(IdError::NothingToDo);
        }
        self.dismiss_in(time);
        Ok(())
    }

    pub(crate) fn dismiss_in(&mut self, mut time: Dismissed) {
        let mut apart = Vec::new();
        for earlier in &self.dismissed {
            if earlier.meets(&time) {
                time.span(earlier);
            } else {
                apart.push(earlier.clone());
            }
        }
        let before = apart.iter().filter(|earlier| earlier.until < time.since);
        apart.insert(before.count(), time);
        self.dismissed = apart;
        if self.dismissed.len() > MAX_DISMISSED {
            self.join_closest();
        }
    }

    fn join_closest(&mut self) {
        let times = &self.dismissed;
        let gaps = times.iter().zip(times.iter().skip(1));
        let gaps = gaps.map(|(earlier, later)| later.since.saturating_sub(earlier.until));
        let closest = gaps.enumerate().min_by_key(|(_, gap)| *gap);
        let Some((place, _)) = closest else {
            return;
        };
        let earlier = self.dismissed.remove(place);
        if let Some(later) = self.dismissed.get_mut(place) {
            later.span(&earlier);
        }
    }

    /// Whether an appointment of that moment was dismissed with all others.
    fn has_dismissed(&self, moment: Timestamp) -> bool {
        let mut dismissed = self.dismissed.iter();
        dismissed.any(|time| time.covers(moment))
    }
}

impl Registry {
    /// Those of these topics for which a key may act for an organisation now: all of them for a key
    /// of its own, those that it delegated to the identity of another key.
    pub fn delegated(
        &self,
        key: &Key,
        organisation: IdentityId,
        topics: Topics,
        now: Timestamp,
    ) -> Option<Topics> {
        let identity = self.good_for(key, ACT)?;
        if identity == organisation {
            return Some(topics);
        }
        let delegation = self.delegations.get((organisation, identity))?;
        let topics = topics & delegation.topics;
        if topics == 0 || now >= delegation.expires {
            return None;
        }
        let appoints = self.identities.get(organisation)?;
        let holds = appoints.is_good() && !appoints.has_dismissed(delegation.stored);
        holds.then_some(topics)
    }
}

impl OlifeId {
    #[inline(never)]
    pub(crate) fn appoint(
        &mut self,
        (organisation, acting): (IdentityId, &Identity),
        delegate: IdentityId,
        topics: Topics,
        issued: Option<Timestamp>,
        expires: Timestamp,
    ) -> Result<(), IdError> {
        if acting.truth == Truth::False {
            return Err(IdError::Challenged);
        }
        self.only_unpaused()?;
        self.only_another(organisation, delegate)?;
        let now = self.now();
        let issued = issued.unwrap_or(now);
        only_recent(issued, now)?;
        if acting.has_dismissed(now) {
            return Err(IdError::TooEarly);
        }
        if acting.has_dismissed(issued) {
            return Err(IdError::Outdated);
        }
        let place = (organisation, delegate);
        let mut delegation = self.registry.delegations.get(place).unwrap_or_default();
        delegation.appoint(topics, issued, expires, now)?;
        self.registry.delegations.insert(place, &delegation);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn dismiss(
        &mut self,
        organisation: IdentityId,
        delegate: IdentityId,
        issued: Option<Timestamp>,
    ) -> Result<(), IdError> {
        self.only_another(organisation, delegate)?;
        let now = self.now();
        let issued = issued.unwrap_or(now);
        only_recent(issued, now)?;
        let place = (organisation, delegate);
        let mut delegation = self.registry.delegations.get(place).unwrap_or_default();
        delegation.dismiss(issued, now)?;
        self.registry.delegations.insert(place, &delegation);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn dismiss_all(
        &mut self,
        organisation: IdentityId,
        mut acting: Identity,
        since: Timestamp,
        until: Option<Timestamp>,
    ) -> Result<(), IdError> {
        let now = self.now();
        let until = until.unwrap_or(now);
        acting.dismiss_all(Dismissed { since, until }, now)?;
        self.registry.identities.insert(organisation, &acting);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn decline(
        &mut self,
        delegate: IdentityId,
        organisation: IdentityId,
        declined: bool,
        issued: Option<Timestamp>,
    ) -> Result<(), IdError> {
        self.only_another(delegate, organisation)?;
        let now = self.now();
        let issued = issued.unwrap_or(now);
        only_recent(issued, now)?;
        let place = (organisation, delegate);
        let mut delegation = self.registry.delegations.get(place).unwrap_or_default();
        delegation.decline(declined, issued, now)?;
        self.registry.delegations.insert(place, &delegation);
        Ok(())
    }

    /// # Errors
    /// `Itself`, `UnknownIdentity`.
    fn only_another(&self, one: IdentityId, other: IdentityId) -> Result<(), IdError> {
        if one == other {
            return Err(IdError::Itself);
        }
        self.only_known(other)
    }

    /// # Errors
    /// `UnknownIdentity`.
    pub(crate) fn only_known(&self, identity: IdentityId) -> Result<(), IdError> {
        if identity >= self.state.identity_count {
            return Err(IdError::UnknownIdentity);
        }
        Ok(())
    }
}
