//! What Olife ID should be, without cells, encodings or money: who is what, and since when.

use crate::world::{BOND, CONTEST, DELAY, FADE, NOTICE, SETTLING, UNBONDING};
use allive_access::{AccessError, NoticeError};
use allive_olife_id_interface::{IdentityId as Id, Points, Topic};
use olife_id::{trust::DAY, IdError, ACT, ALL, ATTEST, HOLD, LONGEST_TERM, MANAGE};
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
    Cancel,
    Recover(Id, Keys),
    Attest(Id, Topic, Points, u64),
    Revoke(Id, Topic),
    Refuse(Topic, Id, bool),
    Vouch(Id, Points),
    Accept(Id, bool),
    Unvouch(Id),
    Withdraw,
}

/// Guardians, or guardians and an anchor, agreed.
#[derive(Clone, Debug)]
pub struct Agreed {
    pub keys: Keys,
    pub since: u64,
    pub anchor: Option<Id>,
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

#[derive(Clone, Debug)]
pub struct Attested {
    pub weight: Points,
    pub since: u64,
    pub expires: u64,
}

#[derive(Clone, Debug)]
pub struct Stake {
    pub points: Points,
    pub since: u64,
    pub amount: u128,
    pub ends: Option<u64>,
}

#[derive(Clone, Default)]
pub struct Model {
    pub now: u64,
    pub paused_until: u64,
    pub people: Vec<Person>,
    /// By subject, topic and issuer.
    pub attested: BTreeMap<(Id, u8, Id), Attested>,
    pub refused: BTreeSet<(Id, u8, Id)>,
    pub approved: BTreeMap<Id, (u32, Points)>,
    /// By voucher and subject.
    pub stakes: BTreeMap<(Id, Id), Stake>,
    /// Which identity inherits what a key holds that went, and since when.
    pub formers: BTreeMap<Key, (Id, u64)>,
    /// Numbers that keys used.
    pub used: BTreeSet<(Key, u64)>,
}

type Done = Result<(), IdError>;

fn need(is_so: bool, error: IdError) -> Done {
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

    fn only_unpaused(&self) -> Done {
        need(
            self.now >= self.paused_until,
            IdError::Access(AccessError::Paused),
        )
    }

    fn is_approved(&self, issuer: Id, topic: Topic) -> bool {
        let approved = self.approved.get(&issuer);
        approved.is_some_and(|(topics, _)| topics & topic.bit() != 0)
    }

    fn ceiling(&self, issuer: Id) -> Points {
        let is_approved = self.is_approved(issuer, Topic::Known);
        if is_approved {
            self.approved[&issuer].1
        } else {
            0
        }
    }

    /// Points from anchors.
    pub fn anchored(&self, id: Id) -> Points {
        let known = Topic::Known as u8;
        let all = self.attested.range((id, known, 0)..=(id, known, Id::MAX));
        let counted = all.filter(|(place, attested)| {
            self.now < attested.expires && !self.refused.contains(place)
        });
        let points = counted.map(|(place, one)| one.weight.min(self.ceiling(place.2)));
        points.sum::<Points>().min(1_000)
    }

    pub fn given(&self, voucher: Id) -> Points {
        let all = self.stakes.range((voucher, 0)..=(voucher, Id::MAX));
        let vouches = all.filter(|(_, stake)| stake.ends.is_none());
        vouches.map(|(_, stake)| stake.points).sum()
    }

    /// What a voucher gives now.
    pub fn share(&self, voucher: Id, subject: Id) -> Points {
        let stake = &self.stakes[&(voucher, subject)];
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

    fn knows_since_before(&self, anchor: Id, id: Id, moment: u64) -> bool {
        let attested = self.attested.get(&(id, Topic::Known as u8, anchor));
        let knows = attested.is_some_and(|one| one.since < moment && self.now < one.expires);
        knows && self.ceiling(anchor) > 0
    }

    fn anchor_stands(&self, id: Id) -> bool {
        let person = &self.people[id as usize];
        let anchor = person.agreed.as_ref().and_then(|agreed| agreed.anchor);
        anchor.is_some_and(|anchor| self.knows_since_before(anchor, id, person.begun))
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
            Deed::Announce(_) | Deed::Cancel | Deed::Withdraw => MANAGE,
            Deed::Freeze => ALL,
            Deed::Attest(..) | Deed::Revoke(..) => ATTEST,
            _ => ACT,
        };
        let person = &self.people[id as usize];
        need(person.rule.keys[&key] & needed != 0, IdError::NotForThat)?;
        let leads_out = matches!(deed, Deed::Announce(_) | Deed::Cancel);
        need(leads_out || !person.is_frozen(), IdError::Frozen)?;
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
        self.people.push(new);
        Ok(id)
    }

    fn act_as(&mut self, id: Id, deed: &Deed) -> Done {
        let now = self.now;
        match deed {
            Deed::Create(..) | Deed::Consent(..) => unreachable!("done before"),
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
            Deed::Cancel => {
                let stands = self.anchor_stands(id);
                let person = self.person(id)?;
                need(person.agreed.is_some(), IdError::NothingToDo)?;
                need(!stands, IdError::Final)?;
                person.agreed = None;
                person.cancelled = Some(now);
                person.votes.clear();
                person.consents.clear();
            }
            Deed::Recover(ward, keys) => return self.recover(id, *ward, keys),
            Deed::Attest(subject, topic, weight, expires) => {
                self.only_unpaused()?;
                need(self.is_approved(id, *topic), IdError::NotIssuer)?;
                need(*subject != id, IdError::Itself)?;
                need(!self.person(*subject)?.is_false, IdError::Challenged)?;
                let lasts = *expires > now && *expires <= now + LONGEST_TERM;
                need(lasts, IdError::BadExpiry)?;
                let place = (*subject, *topic as u8, id);
                need(!self.refused.contains(&place), IdError::Refused)?;
                let last = self.attested.get(&place);
                let last = last.filter(|last| now < last.expires);
                let attested = Attested {
                    weight: *weight,
                    since: last.map_or(now, |last| last.since),
                    expires: *expires,
                };
                self.attested.insert(place, attested);
            }
            Deed::Revoke(subject, topic) => {
                let gone = self.attested.remove(&(*subject, *topic as u8, id));
                need(gone.is_some(), IdError::NothingToDo)?;
            }
            Deed::Refuse(topic, issuer, refused) => {
                let place = (id, *topic as u8, *issuer);
                let changed = if *refused {
                    self.refused.insert(place)
                } else {
                    self.refused.remove(&place)
                };
                need(changed, IdError::NothingToDo)?;
            }
            Deed::Vouch(subject, points) => return self.vouch(id, *subject, *points),
            Deed::Accept(voucher, accepted) => {
                let stake = self.stakes.get(&(*voucher, id));
                let vouches = stake.is_some_and(|stake| stake.ends.is_none());
                need(!accepted || vouches, IdError::NothingToDo)?;
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
        }
        Ok(())
    }

    fn recover(&mut self, voter: Id, ward: Id, keys: &Keys) -> Done {
        let now = self.now;
        let begun = self.person(ward)?.begun;
        let agreed = self.agreed_to(ward, keys);
        need(keys_are_sound(keys) && agreed, IdError::BadControl)?;
        let knows = self.knows_since_before(voter, ward, begun);
        let person = self.person(ward)?;
        let over = person.cancelled.is_some_and(|at| now >= at + 2 * CONTEST);
        let anchored = person
            .agreed
            .as_ref()
            .is_some_and(|one| one.anchor.is_some());
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
        let anchor = anchors.last().map(|vote| vote.0);
        if guardians.len() < person.rule.threshold.into() || (takes_anchor && anchor.is_none()) {
            return Ok(());
        }
        if person.agreed.is_none() && person.cancelled.is_none() {
            person.begun = now;
        }
        person.agreed = Some(Agreed {
            keys: keys.clone(),
            since: now,
            anchor,
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
        let challenged = self.person(subject)?.is_challenged(now);
        need(!challenged, IdError::Challenged)?;
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
            need(agreed.anchor.is_none() || stands, IdError::Final)?;
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
        let person = self.person(id)?;
        *person = Person {
            rule,
            version: person.version + 1,
            accused: person.accused,
            is_false: person.is_false,
            credit: person.credit,
            accepts: person.accepts.clone(),
            ..Person::default()
        };
        Ok(())
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
        self.stakes.remove(&(voucher, subject));
        Ok(())
    }

    pub fn approve(&mut self, issuer: Id, approved: Option<(u32, Points)>) -> Done {
        self.person(issuer)?;
        match approved {
            Some(approved) => drop(self.approved.insert(issuer, approved)),
            None => drop(self.approved.remove(&issuer)),
        }
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
        let known = Topic::Known as u8;
        self.attested
            .retain(|place, _| (place.0, place.1) != (id, known));
        self.refused
            .retain(|place| (place.0, place.1) != (id, known));
        Ok(())
    }
}
