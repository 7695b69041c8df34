//! What Olife ID should be, without cells, encodings or money: who is what, and since when.

use crate::on_behalf::OnBehalf;
use crate::world::{BOND, CONTEST, DELAY, FADE, NOTICE, SETTLING, UNBONDING};
use allive_access::{AccessError, NoticeError};
use allive_olife_id_interface::{IdentityId as Id, Points, Scope, Topic, Topics};
use olife_id::{
    trust::DAY, IdError, ACT, ALL, APPOINT, ATTEST, GUARD, HOLD, LONGEST_TERM, LONGEST_WAIT,
    MANAGE, STAKE,
};
use std::collections::{BTreeMap, BTreeSet};

/// The number of a key among those that a walk uses.
pub type Key = u8;
/// Keys with their purposes.
pub type Keys = BTreeMap<Key, u8>;

/// The key of a scheme that cannot act.
pub const HASHED: Key = 13;

/// Keys, guardians, and how many of these it takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    pub keys: Keys,
    pub guardians: BTreeSet<Id>,
    pub threshold: u8,
}

/// What a key does.
#[derive(Clone, Debug)]
pub enum Deed {
    Create(BTreeSet<Id>, u8),
    Consent(Id, u8),
    Announce(Option<Rule>),
    Freeze,
    /// Of the recovery that began then.
    Cancel(Option<u64>),
    Leave,
    Recover(Id, Keys),
    /// Subject, topic, weight, end, and when it was issued.
    Attest(Id, Topic, Points, u64, Option<u64>),
    Revoke(Id, Topic, Option<u64>),
    Refuse(Topic, Id, bool),
    Vouch(Id, Points),
    Accept(Id, bool),
    Unvouch(Id),
    /// Delegate, topics, end, and when it was issued.
    Appoint(Id, Topics, u64, Option<u64>),
    Dismiss(Id, Option<u64>),
    /// Since when, and until when.
    DismissAll(u64, Option<u64>),
    Decline(Id, bool, Option<u64>),
    /// Principal and representative, scope, end, and when it was issued.
    Mandate((Id, Id), Scope, u64, Option<u64>),
    EndMandate((Id, Id), Option<u64>),
    /// Of which principal, and when it was issued.
    Renounce(Id, Option<u64>),
    Withdraw,
}

/// Guardians, or guardians and an anchor, agreed.
#[derive(Clone, Debug)]
pub struct Agreed {
    pub keys: Keys,
    pub since: u64,
    pub anchors: BTreeSet<Id>,
}

/// What a key announced.
#[derive(Clone, Debug)]
pub struct Plan {
    pub rule: Rule,
    pub since: u64,
}

#[derive(Clone, Debug, Default)]
pub struct Person {
    pub rule: Rule,
    pub iced: bool,
    pub agreed: Option<Agreed>,
    pub cancelled: Option<u64>,
    pub begun: u64,
    /// When its keys last changed.
    pub updated: u64,
    pub votes: Vec<(Id, Keys)>,
    pub consents: BTreeSet<(Key, u8)>,
    pub plan: Option<Plan>,
    /// When the accusation can be decided, and when it lapses.
    pub accused: Option<(u64, u64)>,
    pub is_false: bool,
    pub version: u32,
    pub credit: u128,
    pub accepts: BTreeSet<Id>,
}

impl Person {
    pub fn is_frozen(&self) -> bool {
        self.iced || self.agreed.is_some()
    }

    pub fn is_good(&self) -> bool {
        !self.is_frozen() && !self.is_false
    }

    fn is_challenged(&self, now: u64) -> bool {
        self.is_false || self.accused.is_some_and(|(_, lapses)| now < lapses)
    }

    fn awaits(&self, key: Key, purposes: u8) -> bool {
        let recovered = self.agreed.iter().map(|agreed| &agreed.keys);
        let planned = self.plan.iter().map(|plan| &plan.rule.keys);
        recovered
            .chain(planned)
            .any(|keys| keys.get(&key) == Some(&purposes))
    }
}

/// What an issuer last said of somebody.
#[derive(Clone, Debug)]
pub struct Attested {
    pub weight: Points,
    pub issued: u64,
    pub stored: u64,
    pub since: u64,
    pub expires: u64,
    pub is_revoked: bool,
    /// Which approval of its issuer for the topic it was stored under.
    pub approval: usize,
}

/// An approval of an issuer for one topic.
#[derive(Clone, Copy, Debug)]
pub struct Approval {
    pub from: u64,
    /// When it ended, and up to when the issuer was honest by the owner's word.
    pub ended: Option<(u64, u64)>,
    /// Whether the topic was taken away, so that nothing of it counts for good.
    pub is_void: bool,
}

#[derive(Clone, Debug)]
pub struct Stake {
    pub points: Points,
    pub since: u64,
    pub amount: u128,
    pub ends: Option<u64>,
    pub accepted: bool,
}

#[derive(Clone, Default)]
pub struct Model {
    pub now: u64,
    pub paused_until: u64,
    pub people: Vec<Person>,
    /// By subject, topic and issuer.
    pub attested: BTreeMap<(Id, u8, Id), Attested>,
    /// Since when.
    pub refused: BTreeMap<(Id, u8, Id), u64>,
    /// By issuer and topic, the last one last.
    pub approvals: BTreeMap<(Id, u8), Vec<Approval>>,
    pub ceilings: BTreeMap<Id, Points>,
    /// When the approval of an issuer last changed.
    pub changed: BTreeMap<Id, u64>,
    /// By voucher and subject.
    pub stakes: BTreeMap<(Id, Id), Stake>,
    /// Which identity inherits what a key holds that went, and since when.
    pub formers: BTreeMap<Key, (Id, u64)>,
    /// Numbers that keys used.
    pub used: BTreeSet<(Key, u64)>,
    pub on_behalf: OnBehalf,
}

pub type Done = Result<(), IdError>;

pub fn need(is_so: bool, error: IdError) -> Done {
    is_so.then_some(()).ok_or(error)
}

fn can_act(key: Key) -> bool {
    key != HASHED
}

fn keys_are_sound(keys: &Keys) -> bool {
    let manages = |(key, purposes): (&Key, &u8)| can_act(*key) && purposes & MANAGE != 0;
    keys.len() <= 5 && keys.values().all(|one| (1..=ALL).contains(one)) && keys.iter().any(manages)
}

impl Model {
    pub fn owner_of(&self, key: Key) -> Option<Id> {
        let holds = |person: &Person| person.rule.keys.contains_key(&key);
        let place = self.people.iter().position(holds);
        place.filter(|_| can_act(key)).map(|place| place as Id)
    }

    /// Whether no other identity inherits what this key holds.
    fn is_free(&self, key: Key, id: Id) -> bool {
        self.formers.get(&key).is_none_or(|(other, _)| *other == id)
    }

    /// Since when this key follows that one.
    pub fn follows(&self, heir: Key, former: Key) -> Option<u64> {
        let (id, since) = self.formers.get(&former)?;
        let person = &self.people[*id as usize];
        let holds = person.rule.keys.get(&heir).is_some_and(|it| it & HOLD != 0);
        (holds && can_act(heir) && !person.is_frozen()).then_some(*since)
    }

    /// Whether none of these keys joined the identity without holding for it, and is to.
    fn agreed_to(&self, id: Id, keys: &Keys) -> bool {
        let old = &self.people[id as usize].rule.keys;
        let grows = |(key, purposes): (&Key, &u8)| {
            old.get(key).is_some_and(|had| purposes & HOLD > had & HOLD)
        };
        !keys.iter().any(grows)
    }

    fn person(&mut self, id: Id) -> Result<&mut Person, IdError> {
        let person = self.people.get_mut(id as usize);
        person.ok_or(IdError::UnknownIdentity)
    }

    fn guardians_are_sound(&self, guardians: &BTreeSet<Id>, threshold: u8, own: Id) -> bool {
        let count = guardians.len();
        let known = |id: &Id| *id < self.people.len() as Id && *id != own;
        let enough = (1..=count).contains(&threshold.into()) || (count == 0 && threshold == 0);
        count <= 9 && enough && guardians.iter().all(known)
    }

    pub fn only_unpaused(&self) -> Done {
        need(
            self.now >= self.paused_until,
            IdError::Access(AccessError::Paused),
        )
    }

    fn approval(&self, issuer: Id, topic: u8) -> Option<&Approval> {
        self.approvals.get(&(issuer, topic))?.last()
    }

    /// Whether it may attest the topic now.
    pub fn is_approved(&self, issuer: Id, topic: Topic) -> bool {
        let approval = self.approval(issuer, topic.0);
        approval.is_some_and(|one| one.ended.is_none() && !one.is_void)
    }

    /// Whether the approval under which it was stored lets it count.
    pub fn is_believed(&self, place: &(Id, u8, Id), attested: &Attested) -> bool {
        self.is_honest(place.2, place.1, attested.approval, attested.stored)
    }

    /// Whether an approval lets what was stored then count.
    pub fn is_honest(&self, issuer: Id, topic: u8, approval: usize, stored: u64) -> bool {
        let approval = self.approvals[&(issuer, topic)][approval];
        let honest = |(_, honest_until): (u64, u64)| stored < honest_until;
        !approval.is_void && approval.ended.is_none_or(honest)
    }

    /// Whether the issuer was approved at that moment, and honest.
    pub fn could_attest(&self, issuer: Id, topic: Topic, issued: u64) -> bool {
        self.approvals[&(issuer, topic.0)].iter().any(|one| {
            let honest = |(_, until): (u64, u64)| issued < until;
            !one.is_void && one.from <= issued && one.ended.is_none_or(honest)
        })
    }

    fn ceiling(&self, issuer: Id) -> Points {
        self.ceilings.get(&issuer).copied().unwrap_or_default()
    }

    /// Points from anchors.
    pub fn anchored(&self, id: Id) -> Points {
        let known = Topic::KNOWN.0;
        let all = self.attested.range((id, known, 0)..=(id, known, Id::MAX));
        let counted = all.filter(|(place, attested)| self.counts(place, attested));
        let points = counted.map(|(place, one)| one.weight.min(self.ceiling(place.2)));
        points.sum::<Points>().min(1_000)
    }

    fn counts(&self, place: &(Id, u8, Id), attested: &Attested) -> bool {
        let lasts = !attested.is_revoked && self.now < attested.expires;
        lasts && !self.refused.contains_key(place) && self.is_believed(place, attested)
    }

    /// Whether somebody attests the topic of the identity.
    pub fn has(&self, id: Id, topic: Topic) -> bool {
        let mut all = self
            .attested
            .range((id, topic.0, 0)..=(id, topic.0, Id::MAX));
        all.any(|(place, attested)| self.counts(place, attested))
    }

    pub fn given(&self, voucher: Id) -> Points {
        let all = self.stakes.range((voucher, 0)..=(voucher, Id::MAX));
        let vouches = all.filter(|(_, stake)| stake.ends.is_none());
        vouches.map(|(_, stake)| stake.points).sum()
    }

    /// What a voucher gives now.
    pub fn share(&self, voucher: Id, subject: Id) -> Points {
        let stake = &self.stakes[&(voucher, subject)];
        if self.people[voucher as usize].is_false {
            return 0;
        }
        let (given, anchored) = (self.given(voucher), self.anchored(voucher));
        let backed = stake.points * anchored.min(given) / given;
        let days = (self.now - stake.since) / DAY;
        let lasts = FADE / DAY;
        (u64::from(backed) * lasts.saturating_sub(days) / lasts) as Points
    }

    pub fn trust(&self, id: Id) -> Points {
        let Some(person) = self.people.get(id as usize).filter(|one| one.is_good()) else {
            return 0;
        };
        let shares = person.accepts.iter();
        let peers: Points = shares.map(|voucher| self.share(*voucher, id)).sum();
        self.anchored(id) + peers.min(200)
    }

    /// Whether somebody has known the identity since before its recovery began, and can help.
    fn helps(&self, anchor: Id, id: Id) -> bool {
        let begun = self.people[id as usize].begun;
        let place = (id, Topic::KNOWN.0, anchor);
        let knows = self.attested.get(&place).is_some_and(|one| {
            let lasts = !one.is_revoked && self.now < one.expires;
            lasts && one.since < begun && self.is_believed(&place, one)
        });
        let refused = self.refused.get(&place);
        let unwanted = refused.is_some_and(|since| since + SETTLING <= begun);
        let may = self.is_approved(anchor, Topic::KNOWN) && self.ceiling(anchor) > 0;
        knows && may && !unwanted
    }

    fn anchor_stands(&self, id: Id) -> bool {
        let agreed = self.people[id as usize].agreed.iter();
        let mut anchors = agreed.flat_map(|agreed| &agreed.anchors);
        anchors.any(|anchor| self.helps(*anchor, id))
    }

    /// Whether a refusal is so old that it is no thief's, who would have won by then.
    fn is_settled(&self, place: &(Id, u8, Id)) -> bool {
        let person = &self.people[place.0 as usize];
        let over = person
            .cancelled
            .is_some_and(|at| self.now >= at + 2 * CONTEST);
        let under = person.agreed.is_some() || (person.cancelled.is_some() && !over);
        let at = if under { person.begun } else { self.now };
        self.refused
            .get(place)
            .is_some_and(|since| since + SETTLING <= at)
    }

    pub fn act(&mut self, key: Key, deed: &Deed) -> Result<Id, IdError> {
        let own = self.owner_of(key);
        match (deed, own) {
            (Deed::Create(guardians, threshold), None) => {
                return self.create(key, guardians, *threshold)
            }
            (Deed::Consent(id, purposes), None) => {
                self.person(*id)?;
                need(self.is_free(key, *id), IdError::KeyTaken)?;
                let person = self.person(*id)?;
                need(person.awaits(key, *purposes), IdError::NotAwaited)?;
                let agrees = person.consents.insert((key, *purposes));
                need(agrees, IdError::NotAwaited)?;
                return Ok(*id);
            }
            (Deed::Create(..) | Deed::Consent(..), Some(_)) => return Err(IdError::KeyTaken),
            _ => (),
        }
        let id = own.ok_or(IdError::NotKey)?;
        let needed = match deed {
            Deed::Announce(_) | Deed::Cancel(_) | Deed::Withdraw | Deed::DismissAll(..) => MANAGE,
            Deed::Freeze | Deed::Leave => ALL,
            Deed::Attest(..) | Deed::Revoke(..) => ATTEST,
            Deed::Mandate(..) | Deed::EndMandate(..) => ATTEST,
            Deed::Appoint(..) => APPOINT,
            Deed::Dismiss(..) => APPOINT | MANAGE,
            Deed::Recover(..) => GUARD,
            Deed::Vouch(..) | Deed::Unvouch(..) => STAKE,
            _ => ACT,
        };
        let person = &self.people[id as usize];
        need(person.rule.keys[&key] & needed != 0, IdError::NotForThat)?;
        let leads_out = matches!(
            deed,
            Deed::Announce(_)
                | Deed::Cancel(_)
                | Deed::Leave
                | Deed::Revoke(..)
                | Deed::EndMandate(..)
                | Deed::Dismiss(..)
                | Deed::DismissAll(..)
        );
        need(leads_out || !person.is_frozen(), IdError::Frozen)?;
        if let Deed::Leave = deed {
            return self.leave(id, key).map(|()| id);
        }
        self.act_as(id, deed).map(|()| id)
    }

    fn create(&mut self, key: Key, guardians: &BTreeSet<Id>, threshold: u8) -> Result<Id, IdError> {
        self.only_unpaused()?;
        let id = self.people.len() as Id;
        need(self.is_free(key, id), IdError::KeyTaken)?;
        let sound = self.guardians_are_sound(guardians, threshold, id);
        need(sound, IdError::BadControl)?;
        let mut new = Person::default();
        new.rule.keys.insert(key, ALL);
        new.rule.guardians = guardians.clone();
        new.rule.threshold = threshold;
        new.updated = self.now;
        self.people.push(new);
        Ok(id)
    }

    fn act_as(&mut self, id: Id, deed: &Deed) -> Done {
        let now = self.now;
        match deed {
            Deed::Create(..) | Deed::Consent(..) | Deed::Leave => unreachable!("done before"),
            Deed::Announce(rule) => {
                if let Some(rule) = rule {
                    let sound = keys_are_sound(&rule.keys)
                        && self.agreed_to(id, &rule.keys)
                        && self.guardians_are_sound(&rule.guardians, rule.threshold, id);
                    need(sound, IdError::BadControl)?;
                }
                let person = self.person(id)?;
                let nothing = rule.is_none() && person.plan.is_none();
                need(!nothing, IdError::NothingToDo)?;
                let since = now;
                person.plan = rule.clone().map(|rule| Plan { rule, since });
                let agreed = &person.agreed;
                let stays = |(key, purposes): &(Key, u8)| {
                    let agreed = agreed.as_ref();
                    agreed.is_some_and(|agreed| agreed.keys.get(key) == Some(purposes))
                };
                person.consents.retain(stays);
            }
            Deed::Freeze => self.person(id)?.iced = true,
            Deed::Cancel(begun) => {
                let stands = self.anchor_stands(id);
                let person = self.person(id)?;
                let other = begun.is_some_and(|begun| begun != person.begun);
                need(!other, IdError::NothingToDo)?;
                need(person.agreed.is_some(), IdError::NothingToDo)?;
                need(!stands, IdError::Final)?;
                person.agreed = None;
                person.cancelled = Some(now);
                person.votes.clear();
                person.consents.clear();
            }
            Deed::Recover(ward, keys) => return self.recover(id, *ward, keys),
            Deed::Attest(subject, topic, weight, expires, issued) => {
                self.only_unpaused()?;
                need(self.is_approved(id, *topic), IdError::NotIssuer)?;
                need(*subject != id, IdError::Itself)?;
                need(!self.person(*subject)?.is_false, IdError::Challenged)?;
                let issued = self.issued(*issued)?;
                need(self.could_attest(id, *topic, issued), IdError::Outdated)?;
                let lasts = *expires > now && *expires <= now + LONGEST_TERM;
                need(lasts, IdError::BadExpiry)?;
                let place = (*subject, topic.0, id);
                let last = self.attested.get(&place);
                let newer = last.is_none_or(|last| {
                    issued > last.issued || (issued == last.issued && !last.is_revoked)
                });
                need(newer, IdError::Outdated)?;
                let goes_on = last.filter(|last| {
                    !last.is_revoked && now < last.expires && self.is_believed(&place, last)
                });
                let is_refused = self.refused.contains_key(&place);
                let renews = goes_on.is_some() && !self.is_settled(&place);
                need(!is_refused || renews, IdError::Refused)?;
                let attested = Attested {
                    weight: *weight,
                    issued,
                    stored: now,
                    since: goes_on.map_or(now, |last| last.since),
                    expires: *expires,
                    is_revoked: false,
                    approval: self.approvals[&(id, topic.0)].len() - 1,
                };
                self.attested.insert(place, attested);
            }
            Deed::Revoke(subject, topic, issued) => {
                self.person(*subject)?;
                let issued = self.issued(*issued)?;
                let place = (*subject, topic.0, id);
                let last = self.attested.get(&place);
                let is_known = last.is_some() || self.is_approved(id, *topic);
                need(is_known, IdError::NothingToDo)?;
                need(
                    last.is_none_or(|last| issued >= last.issued),
                    IdError::Outdated,
                )?;
                let again = last.is_some_and(|last| last.is_revoked && issued == last.issued);
                need(!again, IdError::NothingToDo)?;
                let approval = last.map_or_else(
                    || self.approvals[&(id, topic.0)].len() - 1,
                    |last| last.approval,
                );
                let revoked = Attested {
                    weight: 0,
                    issued,
                    stored: now,
                    since: now,
                    expires: 0,
                    is_revoked: true,
                    approval,
                };
                self.attested.insert(place, revoked);
            }
            Deed::Refuse(topic, issuer, refused) => {
                need(*topic != Topic::ADULT, IdError::NothingToDo)?;
                let place = (id, topic.0, *issuer);
                let is_so = self.refused.contains_key(&place) == *refused;
                need(!is_so, IdError::NothingToDo)?;
                if *refused {
                    self.refused.insert(place, now);
                    return Ok(());
                }
                if self.is_settled(&place) {
                    let attested = self.attested.get_mut(&place);
                    attested.into_iter().for_each(|one| one.since = now);
                }
                self.refused.remove(&place);
            }
            Deed::Vouch(subject, points) => {
                need(!self.people[id as usize].is_false, IdError::Challenged)?;
                return self.vouch(id, *subject, *points);
            }
            Deed::Accept(voucher, accepted) => {
                let stake = self.stakes.get_mut(&(*voucher, id));
                let stake = stake.filter(|one| one.ends.is_none() && now < one.since + FADE);
                need(!accepted || stake.is_some(), IdError::NothingToDo)?;
                if let Some(stake) = stake.filter(|_| *accepted) {
                    stake.accepted = true;
                }
                let accepts = &mut self.person(id)?.accepts;
                let changed = if *accepted {
                    accepts.insert(*voucher)
                } else {
                    accepts.remove(voucher)
                };
                need(changed, IdError::NothingToDo)?;
            }
            Deed::Unvouch(subject) => return self.unvouch(id, *subject),
            Deed::Withdraw => {
                let credit = &mut self.person(id)?.credit;
                need(*credit > 0, IdError::NothingToDo)?;
                *credit = 0;
            }
            _ => return self.act_for_another(id, deed),
        }
        Ok(())
    }

    fn recover(&mut self, voter: Id, ward: Id, keys: &Keys) -> Done {
        let now = self.now;
        self.person(ward)?;
        let agreed = self.agreed_to(ward, keys);
        need(keys_are_sound(keys) && agreed, IdError::BadControl)?;
        let knows = self.helps(voter, ward);
        let helpers: BTreeSet<Id> = (0..self.people.len() as Id)
            .filter(|id| self.helps(*id, ward))
            .collect();
        let person = self.person(ward)?;
        let over = person.cancelled.is_some_and(|at| now >= at + 2 * CONTEST);
        let anchored = person
            .agreed
            .as_ref()
            .is_some_and(|one| !one.anchors.is_empty());
        let takes_anchor = anchored || (person.cancelled.is_some() && !over);
        let is_guardian = person.rule.guardians.contains(&voter);
        need(is_guardian || (knows && takes_anchor), IdError::NotGuardian)?;
        if over {
            person.votes.clear();
            person.cancelled = None;
        }
        if let Some(place) = person.votes.iter().position(|vote| vote.0 == voter) {
            person.votes.swap_remove(place);
        }
        person.votes.push((voter, keys.clone()));
        let same = person.votes.iter().filter(|vote| vote.1 == *keys);
        let (guardians, anchors): (Vec<_>, Vec<_>) =
            same.partition(|vote| person.rule.guardians.contains(&vote.0));
        let anchors = anchors.iter().map(|vote| vote.0);
        let mut anchors: BTreeSet<Id> = anchors.filter(|id| helpers.contains(id)).collect();
        // Who agreed on the same keys before is with them still.
        let same = |agreed: &&mut Agreed| !agreed.anchors.is_empty() && agreed.keys == *keys;
        if let Some(agreed) = person.agreed.as_mut().filter(same) {
            agreed.anchors.extend(&anchors);
            anchors.clone_from(&agreed.anchors);
        }
        if guardians.len() < person.rule.threshold.into() || (takes_anchor && anchors.is_empty()) {
            return Ok(());
        }
        if person.agreed.is_none() && person.cancelled.is_none() {
            person.begun = now;
        }
        person.agreed = Some(Agreed {
            keys: keys.clone(),
            since: now,
            anchors,
        });
        person.cancelled = None;
        person.votes.clear();
        person.consents.clear();
        Ok(())
    }

    fn vouch(&mut self, id: Id, subject: Id, points: Points) -> Done {
        let now = self.now;
        self.only_unpaused()?;
        need(subject != id, IdError::Itself)?;
        let challenged = self.person(subject)?.is_challenged(now);
        need(!challenged, IdError::Challenged)?;
        let old = self.stakes.get(&(id, subject));
        let counted = old.filter(|old| old.ends.is_none());
        let before = counted.map_or(0, |old| old.points);
        let staked = old.map_or(0, |old| old.amount);
        let accepted = old.is_some_and(|old| old.accepted);
        let sound =
            (1..=50).contains(&points) && self.given(id) - before + points <= self.anchored(id);
        need(sound, IdError::BadPoints)?;
        let amount = staked.max(BOND * u128::from(points));
        let person = self.person(id)?;
        let more = amount - staked;
        need(person.credit >= more, IdError::TooLittleThere)?;
        person.credit -= more;
        let stake = Stake {
            points,
            since: now,
            amount,
            ends: None,
            accepted,
        };
        self.stakes.insert((id, subject), stake);
        Ok(())
    }

    fn unvouch(&mut self, id: Id, subject: Id) -> Done {
        let now = self.now;
        let stake = self.stakes.get_mut(&(id, subject));
        let stake = stake.ok_or(IdError::NothingToDo)?;
        let Some(ends) = stake.ends else {
            stake.ends = Some(now + UNBONDING);
            self.person(subject)?.accepts.remove(&id);
            return Ok(());
        };
        need(now >= ends, IdError::TooEarly)?;
        let amount = stake.amount;
        let never_counts = !stake.accepted && now >= stake.since + FADE;
        let challenged = self.person(subject)?.is_challenged(now);
        need(!challenged || never_counts, IdError::Challenged)?;
        self.stakes.remove(&(id, subject));
        self.person(id)?.credit += amount;
        Ok(())
    }

    pub fn settle(&mut self, id: Id) -> Done {
        let now = self.now;
        self.person(id)?;
        let stands = self.anchor_stands(id);
        let person = &self.people[id as usize];
        let rule = if let Some(agreed) = &person.agreed {
            need(now >= agreed.since + DELAY, IdError::TooEarly)?;
            need(agreed.anchors.is_empty() || stands, IdError::Final)?;
            Rule {
                keys: agreed.keys.clone(),
                ..person.rule.clone()
            }
        } else {
            let contested = person.cancelled.is_some_and(|at| now < at + CONTEST);
            need(!contested, IdError::Contested)?;
            let plan = person.plan.as_ref().ok_or(IdError::NothingToDo)?;
            let lapsed = now >= plan.since + 2 * SETTLING;
            need(!lapsed, NoticeError::Lapsed.into())?;
            need(now >= plan.since + SETTLING, NoticeError::TooEarly.into())?;
            plan.rule.clone()
        };
        let old = &person.rule.keys;
        let had = |key: &Key| old.get(key).copied();
        let mut agreed = true;
        for (key, purposes) in rule.keys.iter().filter(|(key, _)| can_act(**key)) {
            agreed &= had(key).is_some() || person.consents.contains(&(*key, *purposes));
        }
        need(agreed, IdError::NoConsent)?;
        need(now > person.updated, IdError::TooEarly)?;
        let mut joining = rule
            .keys
            .keys()
            .filter(|key| can_act(**key) && had(key).is_none());
        let free = joining.all(|key| self.owner_of(*key).is_none() && self.is_free(*key, id));
        need(free, IdError::KeyTaken)?;
        let left = old.iter().filter(|(key, purposes)| {
            let holds = rule.keys.get(*key).is_some_and(|it| it & HOLD != 0);
            can_act(**key) && **purposes & HOLD != 0 && !holds
        });
        let left: Vec<_> = left.map(|(key, _)| (*key, (id, now))).collect();
        self.formers.extend(left);
        // Who holds for its identity is followed by nobody.
        let holds = |key: &Key| rule.keys.get(key).is_some_and(|it| it & HOLD != 0);
        self.formers.retain(|key, _| !holds(key));
        if self.people[id as usize].agreed.is_some() {
            self.clear_after_recovery(id, self.people[id as usize].begun);
        }
        let person = self.person(id)?;
        *person = Person {
            rule,
            version: person.version + 1,
            updated: now,
            accused: person.accused,
            is_false: person.is_false,
            credit: person.credit,
            accepts: person.accepts.clone(),
            ..Person::default()
        };
        Ok(())
    }

    /// A key leaves, also what was planned with it.
    fn leave(&mut self, id: Id, key: Key) -> Done {
        let now = self.now;
        let person = self.person(id)?;
        need(now > person.updated, IdError::TooEarly)?;
        let without = |keys: &Keys| {
            let mut rest = keys.clone();
            rest.remove(&key);
            rest
        };
        let rest = without(&person.rule.keys);
        need(keys_are_sound(&rest), IdError::BadControl)?;
        let held = person.rule.keys[&key] & HOLD != 0;
        person.rule.keys = rest;
        person.version += 1;
        person.updated = now;
        let plan = person.plan.iter_mut().map(|plan| &mut plan.rule.keys);
        let agreed = person.agreed.iter_mut().map(|agreed| &mut agreed.keys);
        for keys in plan.chain(agreed) {
            let rest = without(keys);
            if keys_are_sound(&rest) {
                *keys = rest;
            }
        }
        if held {
            self.formers.insert(key, (id, now));
        }
        Ok(())
    }

    /// When something was issued, if that is neither too late nor too early.
    pub fn issued(&self, issued: Option<u64>) -> Result<u64, IdError> {
        let issued = issued.unwrap_or(self.now);
        need(issued <= self.now, IdError::InFuture)?;
        need(self.now <= issued + LONGEST_WAIT, IdError::Outdated)?;
        Ok(issued)
    }

    pub fn deposit(&mut self, id: Id, amount: u128) -> Done {
        self.only_unpaused()?;
        need(amount > 0, IdError::NothingToDo)?;
        self.person(id)?.credit += amount;
        Ok(())
    }

    pub fn forfeit(&mut self, voucher: Id, subject: Id) -> Done {
        let stake = self.stakes.contains_key(&(voucher, subject));
        need(stake, IdError::NothingToDo)?;
        need(self.person(subject)?.is_false, IdError::Challenged)?;
        let stake = &self.stakes[&(voucher, subject)];
        let counts = stake.accepted || self.now < stake.since + FADE;
        need(counts, IdError::NothingToDo)?;
        self.stakes.remove(&(voucher, subject));
        Ok(())
    }

    pub fn approve(&mut self, issuer: Id, topics: &BTreeSet<u8>, ceiling: Points) -> Done {
        let now = self.now;
        need(!self.person(issuer)?.is_false, IdError::Challenged)?;
        let apart = [Topic::REPRESENTATIVE.0, Topic::ADULT.0];
        let both = apart.iter().all(|topic| topics.contains(topic));
        need(!both, IdError::Incompatible)?;
        let had: BTreeSet<u8> = (0..64)
            .filter(|topic| self.is_approved(issuer, Topic(*topic)))
            .collect();
        let left = self.approvals.range((issuer, 0)..=(issuer, u8::MAX));
        // Of an approval that ended something may still count.
        let rest = left.filter(|(place, all)| {
            !topics.contains(&place.1) && all.iter().any(|one| !one.is_void)
        });
        let is_so = had == *topics && rest.count() == 0 && self.ceiling(issuer) == ceiling;
        need(!topics.is_empty() && !is_so, IdError::NothingToDo)?;
        let changed = self.changed.get(&issuer).copied().unwrap_or_default();
        need(now > changed, IdError::TooEarly)?;
        for (place, all) in self.approvals.range_mut((issuer, 0)..=(issuer, u8::MAX)) {
            let is_void = !topics.contains(&place.1);
            all.iter_mut().for_each(|one| one.is_void |= is_void);
        }
        for topic in topics.difference(&had) {
            let new = Approval {
                from: now,
                ended: None,
                is_void: false,
            };
            self.approvals
                .entry((issuer, *topic))
                .or_default()
                .push(new);
        }
        self.ceilings.insert(issuer, ceiling);
        self.changed.insert(issuer, now);
        Ok(())
    }

    /// Ends all approvals of an issuer, or says again up to when it was honest in those that ended
    /// last.
    pub fn withdraw(&mut self, issuer: Id, honest_until: Option<u64>) -> Done {
        let now = self.now;
        need(honest_until.is_none_or(|at| at <= now), IdError::InFuture)?;
        let honest = honest_until.unwrap_or_default();
        let approvals = self.approvals.range_mut((issuer, 0)..=(issuer, u8::MAX));
        let mut approvals: Vec<_> = approvals.flat_map(|(_, all)| all).collect();
        approvals.retain(|one| !one.is_void);
        let is_open = approvals.iter().any(|one| one.ended.is_none());
        if is_open {
            approvals.retain(|one| one.ended.is_none());
        }
        let ended = approvals
            .iter()
            .filter_map(|one| one.ended)
            .map(|(at, _)| at);
        let last = ended.max().unwrap_or(now);
        let mut changed = vec![];
        for one in approvals {
            let (at, until) = one.ended.unwrap_or((now, u64::MAX));
            if at == last && until != honest.min(at) {
                need(honest.min(at) < until, IdError::Widens)?;
                changed.push((one, (at, honest.min(at))));
            }
        }
        need(!changed.is_empty(), IdError::NothingToDo)?;
        for (one, ended) in changed {
            one.ended = Some(ended);
        }
        self.changed.insert(issuer, now);
        Ok(())
    }

    /// Believes more of what an issuer attested under the approval that ended last.
    pub fn restore(&mut self, issuer: Id, honest_until: u64) -> Done {
        let now = self.now;
        need(honest_until <= now, IdError::InFuture)?;
        let all = self.approvals.range_mut((issuer, 0)..=(issuer, u8::MAX));
        let mut all: Vec<_> = all.flat_map(|(_, all)| all).collect();
        all.retain(|one| !one.is_void);
        let is_open = all.iter().any(|one| one.ended.is_none());
        need(!is_open, IdError::NothingToDo)?;
        let mut ended: Vec<_> = all
            .iter_mut()
            .filter_map(|one| one.ended.as_mut())
            .collect();
        let last = ended.iter().map(|ended| ended.0).max().unwrap_or_default();
        ended.retain(|(at, until)| *at == last && honest_until.min(*at) > *until);
        need(!ended.is_empty(), IdError::NothingToDo)?;
        for ended in ended {
            ended.1 = honest_until.min(ended.0);
        }
        self.changed.insert(issuer, now);
        Ok(())
    }

    /// 0 accuses, 1 acquits, 2 condemns.
    pub fn rule(&mut self, id: Id, word: u8) -> Done {
        let now = self.now;
        let person = self.person(id)?;
        let challenged = if word == 0 {
            IdError::Challenged
        } else {
            IdError::NothingToDo
        };
        need(!person.is_false, challenged)?;
        if word == 0 {
            let soon = person
                .accused
                .is_some_and(|(_, lapses)| now < lapses + NOTICE);
            need(!soon, IdError::Challenged)?;
            person.accused = Some((now + NOTICE, now + 2 * NOTICE));
            return Ok(());
        }
        let (ready, lapses) = person.accused.ok_or(IdError::NothingToDo)?;
        if word == 1 {
            need(now < lapses, IdError::NothingToDo)?;
            person.accused = Some((ready, now));
            return Ok(());
        }
        need(now < lapses, NoticeError::Lapsed.into())?;
        need(now >= ready, NoticeError::TooEarly.into())?;
        person.is_false = true;
        // It issues nothing any more, and nothing that it issued counts.
        for (_, all) in self.approvals.range_mut((id, 0)..=(id, u8::MAX)) {
            all.iter_mut().for_each(|one| one.is_void = true);
        }
        self.ceilings.remove(&id);
        Ok(())
    }
}
