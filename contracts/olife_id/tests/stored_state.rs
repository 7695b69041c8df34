//! What Olife ID stores, read past all messages, and what must hold of it at all times.

use crate::actors::*;
use allive_access::{Ownership, Pause};
use allive_olife_id_interface::{IdentityId, Points, Topic};
use allive_support::stored::StoredCells;
use olife_id::{trust::DAY, *};
use std::collections::BTreeMap;

/// Everything that lies in the contract's cells.
#[derive(Clone, Debug)]
pub struct StoredState {
    pub count: IdentityId,
    pub identities: BTreeMap<IdentityId, Identity>,
    pub keys: Vec<(Key, Link)>,
    pub classes: Vec<((IdentityId, Topic), Class)>,
    pub issuers: BTreeMap<IdentityId, Issuer>,
    pub delegations: BTreeMap<(IdentityId, IdentityId), Delegation>,
    pub mandates: Vec<(Pair, Mandates)>,
    pub vouches: BTreeMap<IdentityId, Vec<Vouch>>,
    pub bonds: BTreeMap<(IdentityId, IdentityId), Bond>,
    pub purses: BTreeMap<IdentityId, Purse>,
    pub used: Vec<((Key, u64), u128)>,
    pub formers: Vec<(Key, Former)>,
    pub held: u128,
}

impl StoredState {
    pub fn of(mut cells: StoredCells) -> Self {
        let (count, _): (IdentityId, Pause) = cells.root();
        // What nothing here is held against, but is read all the same.
        cells.cell::<Ownership>(b"OWNR");
        cells.cell::<Setup>(b"SETU");
        Self {
            count,
            identities: cells.entries(b"IDEN"),
            keys: cells.entries(b"KEYS"),
            classes: cells.entries(b"CLAS"),
            issuers: cells.entries(b"ISSU"),
            delegations: cells.entries(b"DELE"),
            mandates: cells.entries(b"MAND"),
            vouches: cells.entries(b"VOUC"),
            bonds: cells.entries(b"BOND"),
            purses: cells.entries(b"PURS"),
            used: cells.entries(b"NONC"),
            formers: cells.entries(b"FORM"),
            held: cells.cell(b"OWED").unwrap_or_default(),
        }
    }

    /// The invariants of README.md that can be seen at one moment, by their numbers there.
    pub fn check(&self, now: u64, holds: u128) {
        assert_eq!(self.count, self.identities.len() as IdentityId);
        // 1
        for (key, link) in &self.keys {
            assert!(key.can_act());
            let identity = &self.identities[&link.identity];
            let purposes = purposes(&identity.control.keys, key);
            assert_ne!(purposes, 0, "{key:?} is not listed");
            let good = match (identity.is_frozen(), &identity.truth) {
                (true, _) => 0,
                (false, Truth::False) => HOLD,
                (false, _) => ALL,
            };
            assert_eq!(link.purposes, purposes & good);
        }
        // 8: who holds for its identity is followed by nobody, and who is followed is of no other.
        for (key, former) in &self.formers {
            let links = self.keys.iter().filter(|(other, _)| other == key);
            for (_, link) in links {
                let control = &self.identities[&link.identity].control;
                assert_eq!(link.identity, former.identity);
                assert_eq!(purposes(&control.keys, key) & HOLD, 0, "{key:?}");
            }
        }
        for (id, identity) in &self.identities {
            for held in identity
                .control
                .keys
                .iter()
                .filter(|held| held.key.can_act())
            {
                let links = self.keys.iter().filter(|(key, _)| *key == held.key);
                let links: Vec<_> = links.map(|(_, link)| link.identity).collect();
                assert_eq!(links, [*id]);
            }
            // 2
            let manages = |held: &Held| held.key.can_act() && held.purposes & MANAGE != 0;
            assert!(identity.control.keys.iter().any(manages));
            identity.control.check(*id, self.count).unwrap();
            // 4
            assert!(identity.recovery.votes.len() <= MAX_SLOTS + MAX_GUARDIANS);
            assert!(identity.consents.len() <= 2 * MAX_KEYS);
            self.is_listed_state(identity);
        }
        // 9
        for (pair, mandates) in &self.mandates {
            let given = &mandates.given;
            assert!(given.refused.is_empty() && mandates.ended <= now);
            for word in &given.slots {
                assert!(word.issued > mandates.ended, "ended, and still there");
                let two = [pair.principal, pair.representative];
                assert!(!two.contains(&word.issuer));
            }
        }
        let mandates = self.mandates.iter().map(|(_, mandates)| &mandates.given);
        for class in self.classes.iter().map(|(_, class)| class).chain(mandates) {
            assert!(class.slots.len() <= MAX_SLOTS && class.refused.len() <= MAX_SLOTS);
            let mut issuers: Vec<_> = class.slots.iter().map(|slot| slot.issuer).collect();
            issuers.sort_unstable();
            issuers.dedup();
            assert_eq!(issuers.len(), class.slots.len(), "an issuer twice");
            for slot in &class.slots {
                assert!(slot.issued <= slot.stored && slot.stored <= now);
                assert!(slot.stored <= slot.issued + LONGEST_WAIT);
            }
        }
        for ((organisation, delegate), delegation) in &self.delegations {
            assert_ne!(organisation, delegate);
            assert!(delegation.issued <= delegation.stored && delegation.stored <= now);
            let is_over = delegation.expires == 0;
            assert_eq!(delegation.topics == 0, is_over);
            assert!(is_over || !delegation.declined);
        }
        // 5
        let purses = self.purses.values().map(|purse| purse.credit);
        let bonds = self.bonds.values().map(|bond| bond.amount);
        let due: u128 = purses.chain(bonds).sum();
        assert_eq!(
            self.held, due,
            "what lies here is not what belongs to somebody"
        );
        assert!(holds >= self.held);
        self.check_points(now);
    }

    /// What the table of phases says of each.
    fn is_listed_state(&self, identity: &Identity) {
        let recovery = &identity.recovery;
        let waits = matches!(recovery.phase, Phase::Proposed | Phase::Anchored);
        assert_eq!(waits, !recovery.keys.is_empty());
        assert_eq!(
            !recovery.anchors.is_empty(),
            recovery.phase == Phase::Anchored
        );
        let began = recovery.phase != Phase::Idle;
        assert_eq!(began, recovery.begun > 0);
        assert_eq!(began, recovery.turns > 0);
        if waits {
            check_keys(&recovery.keys).unwrap();
        }
    }

    /// 6, and that what is counted is what was staked.
    fn check_points(&self, now: u64) {
        let mut gives: BTreeMap<IdentityId, Points> = BTreeMap::new();
        for (subject, vouches) in &self.vouches {
            assert!(vouches.len() <= MAX_VOUCHES);
            if self.identities[subject].truth == Truth::False {
                // It is trusted no more, whoever vouches for it.
                continue;
            }
            for vouch in vouches {
                if self.identities[&vouch.voucher].truth == Truth::False {
                    // It gives nothing any more.
                    assert!(self.purses[&vouch.voucher].is_false);
                    continue;
                }
                let bond = &self.bonds[&(vouch.voucher, *subject)];
                let counted = (vouch.points, vouch.since, None);
                assert_eq!(counted, (bond.points, bond.since, bond.ends));
                let purse = &self.purses[&vouch.voucher];
                let anchored = self.anchored(vouch.voucher, now);
                let age = now - vouch.since;
                let share = trust::share(vouch.points, purse.given, anchored, age, FADE);
                assert!(share <= vouch.points && (age < DAY || share < vouch.points));
                *gives.entry(vouch.voucher).or_default() += share;
            }
        }
        for (voucher, points) in gives {
            assert!(
                points <= self.anchored(voucher, now),
                "{voucher} gives too much"
            );
        }
        for (id, purse) in &self.purses {
            let own = self.bonds.iter().filter(|(place, _)| place.0 == *id);
            let active = own.filter(|(_, bond)| bond.ends.is_none());
            assert_eq!(
                purse.given,
                active.map(|(_, bond)| bond.points).sum::<Points>()
            );
        }
    }

    fn anchored(&self, id: IdentityId, now: u64) -> Points {
        let known = self
            .classes
            .iter()
            .find(|(place, _)| *place == (id, Topic::KNOWN));
        let mut sum = 0;
        for slot in known.iter().flat_map(|(_, class)| class.slots.iter()) {
            let refused = |class: &Class| class.refused.iter().any(|one| one.issuer == slot.issuer);
            let refused = known.is_some_and(|(_, class)| refused(class));
            let issuer = self.issuers.get(&slot.issuer);
            let issuer = issuer.filter(|issuer| issuer.counts(Topic::KNOWN, slot.stored));
            if now < slot.expires && !refused {
                sum += slot.weight.min(issuer.map_or(0, |issuer| issuer.ceiling));
            }
        }
        sum.min(trust::ANCHORS_CAP)
    }

    /// A key left by its own word: it is gone, and nothing else changed.
    fn has_left(&self, before: &Control, after: &Control) {
        assert_eq!(after.guardians, before.guardians);
        assert_eq!(after.keys.len() + 1, before.keys.len());
        assert!(after.keys.iter().all(|held| before.keys.contains(held)));
    }

    /// 3: what must have been so before, if keys or guardians are others now.
    pub fn check_change(&self, after: &Self, now: u64, settled: Option<IdentityId>) {
        for (id, before) in &self.identities {
            let identity = &after.identities[id];
            if identity.version == before.version {
                assert_eq!(identity.control, before.control, "changed without a word");
                continue;
            }
            assert_eq!(identity.version, before.version + 1);
            assert_eq!(identity.updated, now);
            assert!(before.updated < now, "changed twice at a moment");
            if settled != Some(*id) {
                self.has_left(&before.control, &identity.control);
                continue;
            }
            let recovery = &before.recovery;
            match recovery.phase {
                Phase::Proposed | Phase::Anchored => {
                    assert!(now >= recovery.turns);
                    assert_eq!(identity.control.keys, recovery.keys);
                    assert_eq!(identity.control.guardians, before.control.guardians);
                    let anchors = &recovery.anchors;
                    let stands = |anchor: &IdentityId| {
                        let known = |place: &(IdentityId, Topic)| *place == (*id, Topic::KNOWN);
                        let class = self.classes.iter().find(|(place, _)| known(place));
                        let (_, class) = class.unwrap();
                        let knows = class.attested_before(*anchor, recovery.begun, now);
                        let issuer = self.issuers.get(anchor);
                        knows.is_some()
                            && issuer
                                .is_some_and(|one| one.ceiling > 0 && one.may_attest(Topic::KNOWN))
                    };
                    assert!(anchors.is_empty() || anchors.iter().any(stands));
                }
                phase => {
                    assert!(phase == Phase::Idle || now >= recovery.turns + CONTEST);
                    let plan = before.plan.as_ref().unwrap();
                    assert!(now >= plan.ready && now < plan.lapses);
                    assert_eq!(identity.control, plan.value);
                }
            }
            let joins = without(&identity.control.keys, &before.control.keys);
            assert!(joins.into_iter().all(|key| {
                let purposes = purposes(&identity.control.keys, key);
                let key = key.clone();
                before.consents.contains(&Held { key, purposes })
            }));
            let rest = (
                identity.frozen,
                &identity.plan,
                &identity.recovery,
                identity.consents.len(),
            );
            assert_eq!(rest, (false, &None, &Recovery::default(), 0));
        }
    }
}
