//! Mandates: an issuer attests of two identities that one of them, the representative, acts for the
//! other, the principal: a minor, or somebody who cannot act. A mandate says for what and until
//! when, and nothing about why.
//!
//! A mandate is an attestation of two identities, in a [`Class`] of its own. So it counts by the
//! approval of its issuer, and is dated, bounded and revoked like any other.

use crate::{only_recent, Class, IdError, OlifeId, Registry, Slot, Truth, ACT};
use allive_olife_id_interface::{scope, IdentityId, Key, Points, Scope, Timestamp, Topic};

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

impl Registry {
    /// The mandates of a pair.
    fn mandate(&self, pair: Pair) -> Class {
        self.mandates.get(pair).unwrap_or_default()
    }

    /// Whether a word about a pair counts: an issuer's by its approval, one of the two always.
    fn speaks(&self, pair: Pair, word: &Slot) -> bool {
        let Pair {
            principal,
            representative,
        } = pair;
        word.issuer == principal
            || word.issuer == representative
            || self.is_approved(word, Topic::REPRESENTATIVE)
    }

    /// When the last word was issued that ended mandates of a pair. It ended all that were issued
    /// up to then, whoever issued them: so a court ends what a registry of births attested.
    fn ended(&self, pair: Pair, class: &Class) -> Option<Timestamp> {
        let ends = class.slots.iter().filter(|word| word.expires == 0);
        let ends = ends.filter(|word| self.speaks(pair, word));
        ends.map(|word| word.issued).max()
    }

    /// For what the representative acts now: all that an issuer whose approval counts attested.
    pub fn scope(&self, pair: Pair, now: Timestamp) -> Scope {
        let class = self.mandate(pair);
        let ended = self.ended(pair, &class);
        let lasts = |word: &Slot| now < word.expires && Some(word.issued) > ended;
        let words = class.slots.iter().filter(|word| lasts(word));
        let words = words.filter(|word| self.is_approved(word, Topic::REPRESENTATIVE));
        // Cannot fail: a scope is stored as a weight.
        let scopes = words.map(|word| Scope::try_from(word.weight).unwrap_or_default());
        scopes.fold(0, |all, scope| all | scope)
    }

    /// Whether a key acts for a principal in this scope now: as its own key or as one of a
    /// representative.
    pub fn represents(
        &self,
        key: &Key,
        principal: IdentityId,
        scope: Scope,
        now: Timestamp,
    ) -> bool {
        let Some(representative) = self.good_for(key, ACT) else {
            return false;
        };
        let pair = Pair {
            principal,
            representative,
        };
        representative == principal || (scope != 0 && scope & !self.scope(pair, now) == 0)
    }

    /// Whether a word about a pair can make room: nothing that was issued before it can come any
    /// more, and it neither counts nor keeps a mandate from counting.
    fn mandate_can_go(&self, pair: Pair, class: &Class, word: &Slot, now: Timestamp) -> bool {
        let keeps = |other: &Slot| now < other.expires && other.issued <= word.issued;
        let is_needed = if word.expires == 0 {
            self.speaks(pair, word) && class.slots.iter().any(keeps)
        } else {
            now < word.expires && self.is_approved(word, Topic::REPRESENTATIVE)
        };
        !is_needed && word.is_settled(now)
    }
}

impl OlifeId {
    #[inline(never)]
    pub(crate) fn mandate(&mut self, pair: Pair, scope: Scope, new: Slot) -> Result<(), IdError> {
        self.only_unpaused()?;
        let Pair {
            principal,
            representative,
        } = pair;
        let topic = Topic::REPRESENTATIVE;
        let issuer = self.registry.issuers.get(new.issuer).unwrap_or_default();
        if !issuer.may_attest(topic) {
            return Err(IdError::NotIssuer);
        }
        let of_itself = [principal, representative].contains(&new.issuer);
        if of_itself || principal == representative {
            return Err(IdError::Itself);
        }
        if scope == 0 || scope > scope::ALL {
            return Err(IdError::BadScope);
        }
        self.only_known(representative)?;
        if self.registry.identity(principal)?.truth == Truth::False {
            return Err(IdError::Challenged);
        }
        let now = self.now();
        only_recent(new.issued, now)?;
        let mut class = self.registry.mandate(pair);
        let is_ended = self.registry.ended(pair, &class) >= Some(new.issued);
        if is_ended || !issuer.counts(topic, new.issued) {
            return Err(IdError::Outdated);
        }
        let new = Slot {
            weight: Points::from(scope),
            ..new
        };
        let registry = &self.registry;
        class.attest(
            new,
            now,
            Timestamp::default(),
            |word| issuer.counts(topic, word.stored),
            |class, word| registry.mandate_can_go(pair, class, word, now),
        )?;
        self.registry.mandates.insert(pair, &class);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn end_mandate(
        &mut self,
        issuer: IdentityId,
        pair: Pair,
        issued: Option<Timestamp>,
    ) -> Result<(), IdError> {
        let may_come = self.registry.may_attest(issuer, Topic::REPRESENTATIVE);
        self.say_ended(issuer, pair, issued, may_come)
    }

    /// The representative lays a mandate down, or the principal ends it, who is of age.
    #[inline(never)]
    pub(crate) fn renounce(
        &mut self,
        identity: IdentityId,
        pair: Pair,
        issued: Option<Timestamp>,
    ) -> Result<(), IdError> {
        if identity == pair.principal {
            if !self.registry.has_role(identity, Topic::ADULT, self.now()) {
                return Err(IdError::NotOfAge);
            }
        } else if identity != pair.representative {
            return Err(IdError::NothingToDo);
        }
        self.say_ended(identity, pair, issued, true)
    }

    fn say_ended(
        &mut self,
        by: IdentityId,
        pair: Pair,
        issued: Option<Timestamp>,
        may_come: bool,
    ) -> Result<(), IdError> {
        self.only_known(pair.principal)?;
        self.only_known(pair.representative)?;
        let now = self.now();
        let issued = issued.unwrap_or(now);
        only_recent(issued, now)?;
        let mut class = self.registry.mandate(pair);
        let registry = &self.registry;
        class.revoke(by, issued, now, may_come, |class, word| {
            registry.mandate_can_go(pair, class, word, now)
        })?;
        self.registry.mandates.insert(pair, &class);
        Ok(())
    }
}
