//! Mandates: an issuer attests of two identities that one of them, the representative, acts for the
//! other, the principal: a minor, or somebody who cannot act. A mandate says for what and until
//! when, and nothing about why.
//!
//! A mandate is an attestation of two identities, in a [`Class`] of its own. So it counts by the
//! approval of its issuer, and is dated, bounded and revoked like any other.

use crate::{only_recent, Class, IdError, Identity, OlifeId, Registry, Slot, Truth, ACT};
use allive_olife_id_interface::{scope, IdentityId, Key, Points, Scope, Timestamp, Topic, Topics};

/// Who is represented, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Pair {
    /// Who is represented.
    pub principal: IdentityId,
    /// Who acts for it.
    pub representative: IdentityId,
}

impl Pair {
    /// Refuses a pair of one.
    ///
    /// # Errors
    /// `Itself`.
    fn only_two(&self) -> Result<(), IdError> {
        if self.principal == self.representative {
            return Err(IdError::Itself);
        }
        Ok(())
    }

    /// Refuses a pair of one, and an issuer that is one of the two.
    ///
    /// # Errors
    /// `Itself`.
    fn only_of_others(&self, issuer: IdentityId) -> Result<(), IdError> {
        if [self.principal, self.representative].contains(&issuer) {
            return Err(IdError::Itself);
        }
        self.only_two()
    }
}

/// The mandates of a pair, and when they were ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Mandates {
    /// What issuers attest, by words that were issued after the end.
    pub given: Class,
    /// When the last word was issued that ended all mandates of the pair. 0 if none did.
    pub ended: Timestamp,
}

impl Mandates {
    /// Ends all mandates that were issued up to this moment, whoever issued them, and those that
    /// nobody submitted yet. Nothing undoes that, since a mandate that comes back would be worse
    /// than one that must be given anew.
    ///
    /// # Errors
    /// `NothingToDo` if they were ended at this moment or later.
    fn end(&mut self, issued: Timestamp) -> Result<(), IdError> {
        if issued <= self.ended {
            return Err(IdError::NothingToDo);
        }
        self.ended = issued;
        self.given.slots.retain(|word| word.issued > issued);
        Ok(())
    }
}

impl Registry {
    fn mandates_of(&self, pair: Pair) -> Mandates {
        self.mandates.get(pair).unwrap_or_default()
    }

    /// The moment at which an identity ceases or ceased to be an `adult`, 0 if it never was one. No
    /// mandate counts that was issued before it, so that none sleeps and comes back.
    fn adult_until(&self, identity: IdentityId) -> Timestamp {
        let topic = Topic::ADULT;
        let class = self.class(identity, topic);
        let words = class.slots.iter();
        let ends = words.filter(|word| self.is_approved(word, topic));
        let ends = ends.map(|word| match word.expires {
            0 => word.stored,
            expires => expires,
        });
        ends.max().unwrap_or_default()
    }

    /// For what the representative acts now: all that an issuer whose approval counts attested
    /// since the principal was an `adult`, if it ever was one.
    pub fn scope(&self, pair: Pair, now: Timestamp) -> Scope {
        let given = self.mandates_of(pair).given;
        let until = self.adult_until(pair.principal);
        let lasts = |word: &&Slot| now < word.expires && word.issued >= until;
        let lasting = given.slots.iter().filter(lasts);
        let counted = lasting.filter(|word| self.is_approved(word, Topic::REPRESENTATIVE));
        // Cannot fail: a scope is stored as a weight.
        let scopes = counted.map(|word| Scope::try_from(word.weight).unwrap_or_default());
        scopes.fold(0, |all, scope| all | scope)
    }

    /// Those of these topics that count of a principal for whom a key acts in this scope now: all
    /// for its own key, and what is personal for a key of its representative. So nobody treats
    /// patients by representing a clinician. While the principal is frozen, none does.
    pub fn represented(
        &self,
        key: &Key,
        principal: IdentityId,
        scope: Scope,
        topics: Topics,
        now: Timestamp,
    ) -> Option<Topics> {
        let representative = self.good_for(key, ACT)?;
        if representative == principal {
            return Some(topics);
        }
        let pair = Pair {
            principal,
            representative,
        };
        if scope == 0 || scope & !self.scope(pair, now) != 0 {
            return None;
        }
        let represented = self.identities.get(principal)?;
        match represented.truth {
            Truth::False => None,
            _ if represented.is_frozen() => Some(0),
            _ => Some(topics & Topic::PERSONAL),
        }
    }
}

impl OlifeId {
    #[inline(never)]
    pub(crate) fn mandate(&mut self, pair: Pair, scope: Scope, new: Slot) -> Result<(), IdError> {
        self.only_unpaused()?;
        let topic = Topic::REPRESENTATIVE;
        let issuer = self.registry.issuers.get(new.issuer).unwrap_or_default();
        if !issuer.may_attest(topic) {
            return Err(IdError::NotIssuer);
        }
        pair.only_of_others(new.issuer)?;
        if scope == 0 || scope > scope::ALL {
            return Err(IdError::BadScope);
        }
        self.only_known(pair.representative)?;
        if self.registry.identity(pair.principal)?.truth == Truth::False {
            return Err(IdError::Challenged);
        }
        let now = self.now();
        only_recent(new.issued, now)?;
        if new.issued < self.registry.adult_until(pair.principal) {
            return Err(IdError::Adult);
        }
        let mut mandates = self.registry.mandates_of(pair);
        if new.issued <= mandates.ended || !issuer.counts(topic, new.issued) {
            return Err(IdError::Outdated);
        }
        let new = Slot {
            weight: Points::from(scope),
            ..new
        };
        let settled = Timestamp::default();
        let registry = &self.registry;
        mandates.given.attest(
            new,
            now,
            settled,
            |word| issuer.counts(topic, word.stored),
            |class, word| registry.can_go(class, word, topic, settled, now),
        )?;
        self.registry.mandates.insert(pair, &mandates);
        Ok(())
    }

    /// An approved issuer ends all mandates of a pair. One that is frozen or approved no more takes
    /// back its own.
    #[inline(never)]
    pub(crate) fn end_mandate(
        &mut self,
        (issuer, acting): (IdentityId, &Identity),
        pair: Pair,
        issued: Option<Timestamp>,
    ) -> Result<(), IdError> {
        pair.only_of_others(issuer)?;
        let topic = Topic::REPRESENTATIVE;
        let ends_all = !acting.is_frozen() && self.registry.may_attest(issuer, topic);
        self.change_mandates(pair, issued, |mandates, issued, now| {
            if ends_all {
                return mandates.end(issued);
            }
            let makes_no_room = |_: &Class, _: &Slot| false;
            mandates
                .given
                .revoke(issuer, issued, now, false, makes_no_room)
        })
    }

    /// The representative lays all mandates down.
    #[inline(never)]
    pub(crate) fn renounce(
        &mut self,
        representative: IdentityId,
        principal: IdentityId,
        issued: Option<Timestamp>,
    ) -> Result<(), IdError> {
        let pair = Pair {
            principal,
            representative,
        };
        pair.only_two()?;
        self.change_mandates(pair, issued, |mandates, issued, _| mandates.end(issued))
    }

    fn change_mandates(
        &mut self,
        pair: Pair,
        issued: Option<Timestamp>,
        change: impl FnOnce(&mut Mandates, Timestamp, Timestamp) -> Result<(), IdError>,
    ) -> Result<(), IdError> {
        self.only_known(pair.principal)?;
        self.only_known(pair.representative)?;
        let now = self.now();
        let issued = issued.unwrap_or(now);
        only_recent(issued, now)?;
        let mut mandates = self.registry.mandates_of(pair);
        change(&mut mandates, issued, now)?;
        self.registry.mandates.insert(pair, &mandates);
        Ok(())
    }
}
