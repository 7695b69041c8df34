//! The cells of identities, and what is derived from them.

use crate::{
    purposes, trust, without, Bond, Change, Class, Delegation, Held, IdError, Identity, Issuer,
    Mandates, Pair, Purposes, Purse, Slot, Truth, Vouch, ALL, HOLD, MAX_VOUCHES,
};
use allive_olife_id_interface::{IdentityId, Key, Points, Timestamp, Topic, Topics};
use allive_requests::Nonces;
use ink::{
    prelude::vec::Vec,
    storage::{traits::ManualKey, Mapping},
};

/// The identity of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Link {
    /// Which identity.
    pub identity: IdentityId,
    /// The purposes of the key that are valid now: none while the identity is frozen, only `HOLD`
    /// if it was proved false.
    pub purposes: Purposes,
}

/// The identity that inherits from a key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Former {
    /// Which identity.
    pub identity: IdentityId,
    /// Since when.
    pub since: Timestamp,
}

/// An identity and a topic.
type OfTopic = (IdentityId, Topic);

/// A voucher and its subject, or an organisation and its delegate.
type OfTwo = (IdentityId, IdentityId);

const IDENTITIES: u32 = u32::from_be_bytes(*b"IDEN");
const KEYS: u32 = u32::from_be_bytes(*b"KEYS");
const FORMERS: u32 = u32::from_be_bytes(*b"FORM");
const CLASSES: u32 = u32::from_be_bytes(*b"CLAS");
const ISSUERS: u32 = u32::from_be_bytes(*b"ISSU");
const DELEGATIONS: u32 = u32::from_be_bytes(*b"DELE");
const MANDATES: u32 = u32::from_be_bytes(*b"MAND");
const VOUCHES: u32 = u32::from_be_bytes(*b"VOUC");
const BONDS: u32 = u32::from_be_bytes(*b"BOND");
const PURSES: u32 = u32::from_be_bytes(*b"PURS");

/// Identities with their keys, attestations and bonds.
#[ink::storage_item]
#[derive(Debug, Default)]
pub struct Registry {
    pub(crate) identities: Mapping<IdentityId, Identity, ManualKey<IDENTITIES>>,
    pub(crate) keys: Mapping<Key, Link, ManualKey<KEYS>>,
    pub(crate) formers: Mapping<Key, Former, ManualKey<FORMERS>>,
    pub(crate) nonces: Nonces<Key>,
    pub(crate) classes: Mapping<OfTopic, Class, ManualKey<CLASSES>>,
    pub(crate) issuers: Mapping<IdentityId, Issuer, ManualKey<ISSUERS>>,
    /// By organisation and delegate.
    pub(crate) delegations: Mapping<OfTwo, Delegation, ManualKey<DELEGATIONS>>,
    pub(crate) mandates: Mapping<Pair, Mandates, ManualKey<MANDATES>>,
    pub(crate) vouches: Mapping<IdentityId, Vec<Vouch>, ManualKey<VOUCHES>>,
    pub(crate) bonds: Mapping<OfTwo, Bond, ManualKey<BONDS>>,
    pub(crate) purses: Mapping<IdentityId, Purse, ManualKey<PURSES>>,
}

impl Registry {
    // ---- Identities and their keys ----

    /// # Errors
    /// `UnknownIdentity`.
    pub fn identity(&self, number: IdentityId) -> Result<Identity, IdError> {
        self.identities.get(number).ok_or(IdError::UnknownIdentity)
    }

    /// Writes an identity, and with each of its keys the purposes that are valid now. So a query
    /// for a role need not read the whole identity. An identity that was proved false still
    /// inherits.
    pub fn save(&mut self, number: IdentityId, identity: &Identity) {
        self.identities.insert(number, identity);
        let good = match (identity.is_frozen(), &identity.truth) {
            (true, _) => 0,
            (false, Truth::False) => HOLD,
            _ => ALL,
        };
        for held in &identity.control.keys {
            if held.key.can_act() {
                let link = Link {
                    identity: number,
                    purposes: held.purposes & good,
                };
                self.keys.insert(&held.key, &link);
            }
        }
    }

    /// Writes an identity whose keys were replaced. Removed keys lose their link. Keys that no
    /// longer have `HOLD` become former keys, from which the identity inherits; keys that join with
    /// `HOLD` are former no more, since they hold for the identity themselves.
    ///
    /// # Errors
    /// `KeyTaken`.
    pub fn save_changed(
        &mut self,
        number: IdentityId,
        identity: &Identity,
        change: &Change,
        now: Timestamp,
    ) -> Result<(), IdError> {
        let (old, new) = (&change.old, &identity.control.keys);
        for key in without(old, new) {
            self.keys.remove(key);
        }
        // Also for a key that stays without `HOLD`: what it held so far belongs to the identity.
        for Held { key, purposes: had } in old {
            if key.can_act() && had & !purposes(new, key) & HOLD != 0 {
                let former = Former {
                    identity: number,
                    since: now,
                };
                self.formers.insert(key, &former);
            }
        }
        for key in without(new, old) {
            if self.keys.contains(key) {
                return Err(IdError::KeyTaken);
            }
            self.only_free(number, key)?;
            if purposes(new, key) & HOLD != 0 {
                self.formers.remove(key);
            }
        }
        self.save(number, identity);
        Ok(())
    }

    /// Refuses a key whose holdings passed to another identity. Otherwise they would belong to two
    /// identities: a thief could create an identity with a key that was recovered, and remove the
    /// key from it.
    ///
    /// # Errors
    /// `KeyTaken`.
    pub fn only_free(&self, identity: IdentityId, key: &Key) -> Result<(), IdError> {
        match self.formers.get(key) {
            Some(former) if former.identity != identity => Err(IdError::KeyTaken),
            _ => Ok(()),
        }
    }

    /// The identity of a key, if the key has this purpose now.
    pub fn good_for(&self, key: &Key, purpose: Purposes) -> Option<IdentityId> {
        let link = self.keys.get(key)?;
        (link.purposes & purpose != 0).then_some(link.identity)
    }

    // ---- Attestations ----

    /// All attestations of one topic about one identity.
    pub fn class(&self, identity: IdentityId, topic: Topic) -> Class {
        self.classes.get((identity, topic)).unwrap_or_default()
    }

    /// Whether an issuer may attest this topic now.
    pub fn may_attest(&self, issuer: IdentityId, topic: Topic) -> bool {
        let issuer = self.issuers.get(issuer);
        issuer.is_some_and(|issuer| issuer.may_attest(topic))
    }

    /// Whether an attestation of this topic counts by the approval of its issuer.
    pub fn is_approved(&self, slot: &Slot, topic: Topic) -> bool {
        let issuer = self.issuers.get(slot.issuer);
        issuer.is_some_and(|issuer| issuer.counts(topic, slot.stored))
    }

    /// Whether a word in the cell of this topic can make room. `settled` is the moment before which
    /// a refusal has settled.
    pub fn can_go(
        &self,
        class: &Class,
        slot: &Slot,
        topic: Topic,
        settled: Timestamp,
        now: Timestamp,
    ) -> bool {
        match self.issuers.get(slot.issuer) {
            // Nothing that it issued earlier counts, if it is ever approved again.
            None => true,
            Some(issuer) => class.can_go(slot, issuer.counts(topic, slot.stored), settled, now),
        }
    }

    /// Whether an approved issuer attests this topic of the identity.
    pub fn has_role(&self, identity: IdentityId, role: Topic, now: Timestamp) -> bool {
        let class = self.class(identity, role);
        let mut slots = class.slots.iter();
        slots.any(|slot| class.counts(slot, now) && self.is_approved(slot, role))
    }

    /// Those of these topics of the identity that an approved issuer attests.
    pub fn held(&self, identity: IdentityId, topics: Topics, now: Timestamp) -> Topics {
        let held = Topic::of(topics).filter(|topic| self.has_role(identity, *topic, now));
        held.fold(0, |held, topic| held | topic.bit())
    }

    /// Whether this anchor attests that it knows the identity, has done so since before the
    /// recovery began, and was not refused for as long as `settling` by then.
    pub fn is_anchor_of(
        &self,
        anchor: IdentityId,
        identity: IdentityId,
        begun: Timestamp,
        settling: Timestamp,
        now: Timestamp,
    ) -> bool {
        let class = self.class(identity, Topic::KNOWN);
        let Some(slot) = class.attested_before(anchor, begun, now) else {
            return false;
        };
        let is_refused = class.is_refused(anchor, begun.saturating_sub(settling));
        let issuer = self.issuers.get(anchor).unwrap_or_default();
        issuer.ceiling > 0
            && issuer.may_attest(Topic::KNOWN)
            && issuer.counts(Topic::KNOWN, slot.stored)
            && !is_refused
    }

    /// Whether an anchor that agreed to a recovery is an anchor still.
    pub fn anchor_stands(
        &self,
        number: IdentityId,
        identity: &Identity,
        settling: Timestamp,
        now: Timestamp,
    ) -> bool {
        let recovery = &identity.recovery;
        let mut anchors = recovery.anchors.iter();
        anchors.any(|anchor| self.is_anchor_of(*anchor, number, recovery.begun, settling, now))
    }

    // ---- Vouches ----

    /// # Errors
    /// `NothingToDo` if there is none.
    pub fn bond(&self, voucher: IdentityId, subject: IdentityId) -> Result<Bond, IdError> {
        let bond = self.bonds.get((voucher, subject));
        bond.ok_or(IdError::NothingToDo)
    }

    /// The purse of an identity. It is empty if the identity never had any ALV.
    pub fn purse(&self, identity: IdentityId) -> Purse {
        self.purses.get(identity).unwrap_or_default()
    }

    /// # Errors
    /// `AmountTooLarge`.
    pub fn credit(&mut self, identity: IdentityId, amount: u128) -> Result<(), IdError> {
        let mut purse = self.purse(identity);
        let credit = purse.credit.checked_add(amount);
        purse.credit = credit.ok_or(IdError::AmountTooLarge)?;
        self.purses.insert(identity, &purse);
        Ok(())
    }

    /// Updates the vouch of `voucher` in the list that counts for `subject`. With a bond, the vouch
    /// is written if it `joins` or is in the list; without one, it is removed. Returns whether it
    /// was in the list.
    ///
    /// # Errors
    /// `NoRoom`.
    pub fn count_vouch(
        &mut self,
        voucher: IdentityId,
        subject: IdentityId,
        bond: Option<&Bond>,
        joins: bool,
    ) -> Result<bool, IdError> {
        let mut list = self.vouches.get(subject).unwrap_or_default();
        let count = list.len();
        list.retain(|vouch| vouch.voucher != voucher);
        let had = list.len() < count;
        if let Some(bond) = bond.filter(|_| had || joins) {
            if list.len() >= MAX_VOUCHES {
                return Err(IdError::NoRoom);
            }
            list.push(Vouch {
                voucher,
                points: bond.points,
                since: bond.since,
            });
        } else if !had {
            return Ok(false);
        }
        self.vouches.insert(subject, &list);
        Ok(had)
    }

    // ---- Trust ----

    /// The points that anchors give: A in `trust.rs`.
    pub fn anchored(&self, identity: IdentityId, now: Timestamp) -> Points {
        let class = self.class(identity, Topic::KNOWN);
        let counted = class.slots.iter().filter(|slot| class.counts(slot, now));
        counted.fold(0, |sum, slot| {
            let issuer = self.issuers.get(slot.issuer).unwrap_or_default();
            if !issuer.counts(Topic::KNOWN, slot.stored) {
                return sum;
            }
            trust::plus_anchor(sum, slot.weight, issuer.ceiling)
        })
    }

    /// The score of an identity that is neither frozen nor proved false.
    pub fn score(&self, identity: IdentityId, now: Timestamp, fade: Timestamp) -> Points {
        let mut peers: Points = 0;
        for vouch in self.vouches.get(identity).unwrap_or_default() {
            let Purse {
                given, is_false, ..
            } = self.purse(vouch.voucher);
            if is_false {
                continue;
            }
            let anchored = self.anchored(vouch.voucher, now);
            let age = now.saturating_sub(vouch.since);
            let share = trust::share(vouch.points, given, anchored, age, fade);
            peers = peers.saturating_add(share);
        }
        trust::score(self.anchored(identity, now), peers)
    }
}
