//! Random actions by everybody, held against a model in other words, and against the invariants of
//! README.md.

use crate::{
    actors::*,
    model::{Deed, Keys, Person, Rule, HASHED},
    walk::*,
};
use allive_access::{AccessError, NoticeError, Pausable};
use allive_olife_id_interface::{IdentityId as Id, Topic};
use allive_requests::RequestError;
use olife_id::{trust::DAY, *};
use std::collections::BTreeSet;

const STEPS: u32 = 750;

/// What comes next.
impl Walk {
    fn somebody(&mut self) -> Id {
        self.dice.roll(self.model.people.len() as u64)
    }

    /// Mostly somebody; now and then nobody.
    fn anybody(&mut self) -> Id {
        let count = self.model.people.len() as u64;
        match self.dice.roll(25) {
            0 => count,
            _ => self.dice.roll(count),
        }
    }

    /// A key of an identity, if it has one that can act.
    fn key_of(&mut self, id: Id) -> u8 {
        let keys = self.model.people[id as usize].rule.keys.keys();
        let keys: Vec<_> = keys.copied().filter(|key| *key != HASHED).collect();
        sample(&mut self.dice, keys).unwrap()
    }

    fn some_keys(&mut self, id: Id) -> Keys {
        let mut keys = self.model.people[id as usize].rule.keys.clone();
        if self.dice.roll(3) == 0 {
            keys.clear();
        }
        for _ in 0..self.dice.roll(3) {
            let key = match self.dice.roll(8) {
                0 => HASHED,
                1 => self.dice.roll(SIGNERS.into()) as u8,
                // Those that are of nobody yet.
                _ => FIRST as u8 + self.dice.roll(u64::from(SIGNERS) - FIRST) as u8,
            };
            let purposes = match self.dice.roll(3) {
                0 => self.dice.roll(u64::from(ALL) + 2) as u8,
                _ => ALL,
            };
            keys.insert(key, purposes);
        }
        while keys.len() > 3 {
            keys.pop_first();
        }
        keys
    }

    fn some_rule(&mut self, id: Id) -> Rule {
        let mut guardians = self.model.people[id as usize].rule.guardians.clone();
        if self.dice.roll(2) == 0 {
            guardians.insert(self.anybody());
        }
        if guardians.len() > 4 {
            guardians.pop_first();
        }
        let threshold = match self.dice.roll(6) {
            0 => self.dice.roll(5) as u8,
            _ => guardians.len().min(2) as u8,
        };
        Rule {
            keys: self.some_keys(id),
            guardians,
            threshold,
        }
    }

    /// Mostly what somebody else wants, too, by one whose word counts.
    fn recover(&mut self) {
        let mut ward = self.somebody();
        let under = |person: &Person| person.agreed.is_some() || person.cancelled.is_some();
        if self.dice.roll(2) == 0 {
            let people = (0..).zip(&self.model.people);
            let all: Vec<Id> = people
                .filter(|(_, one)| under(one))
                .map(|(id, _)| id)
                .collect();
            ward = sample(&mut self.dice, all).unwrap_or(ward);
        }
        let person = self.model.people[ward as usize].clone();
        let mut voters: Vec<Id> = person.rule.guardians.iter().copied().collect();
        if person.cancelled.is_some() || person.agreed.is_some() {
            let known = Topic::KNOWN.0;
            let anchors = self.model.attested.keys();
            voters.extend(
                anchors
                    .filter(|one| (one.0, one.1) == (ward, known))
                    .map(|one| one.2),
            );
        }
        let voter = match self.dice.roll(10) {
            0 => None,
            _ => sample(&mut self.dice, voters),
        };
        let voter = voter.unwrap_or_else(|| self.somebody());
        let wanted: Vec<_> = person.votes.iter().map(|vote| vote.1.clone()).collect();
        let keys = match self.dice.roll(5) {
            0 => None,
            _ => sample(&mut self.dice, wanted),
        };
        let keys = keys.unwrap_or_else(|| self.some_keys(ward));
        let ward = if self.dice.roll(40) == 0 {
            self.anybody()
        } else {
            ward
        };
        let key = self.key_of(voter);
        self.act(key, Deed::Recover(ward, keys));
    }

    /// Most who can vote want the same keys of somebody, mostly of one whose recovery was
    /// cancelled.
    fn agree(&mut self) {
        let people = (0..).zip(&self.model.people);
        let contested = people.filter(|(_, one)| one.cancelled.is_some());
        let contested: Vec<Id> = contested.map(|(id, _)| id).collect();
        let ward = sample(&mut self.dice, contested);
        let ward = ward.unwrap_or_else(|| self.somebody());
        let mut keys = self.model.people[ward as usize].rule.keys.clone();
        if self.dice.roll(2) == 0 {
            keys = self.some_keys(ward);
        }
        let guardians = &self.model.people[ward as usize].rule.guardians;
        for voter in guardians.clone().into_iter().chain(0..2) {
            if self.dice.roll(6) != 0 {
                let key = self.key_of(voter);
                self.act(key, Deed::Recover(ward, keys.clone()));
            }
        }
    }

    /// Mostly somebody who is awaited.
    fn consent(&mut self) {
        let mut awaited = vec![];
        for (id, person) in (0..).zip(&self.model.people) {
            let planned = person.plan.iter().map(|plan| &plan.rule.keys);
            let agreed = person.agreed.iter().map(|agreed| &agreed.keys);
            for (key, purposes) in planned.chain(agreed).flatten() {
                let is_new = *key != HASHED && !person.rule.keys.contains_key(key);
                if is_new && !person.consents.contains(&(*key, *purposes)) {
                    awaited.push((id, *key, *purposes));
                }
            }
        }
        let found = match self.dice.roll(8) {
            0 => None,
            _ => sample(&mut self.dice, awaited),
        };
        let (id, key, purposes) = found.unwrap_or_else(|| {
            let id = self.anybody();
            (id, self.dice.roll(SIGNERS.into()) as u8, ALL)
        });
        let purposes = match self.dice.roll(20) {
            0 => self.dice.roll(u64::from(ALL)) as u8,
            _ => purposes,
        };
        self.act(key, Deed::Consent(id, purposes));
    }

    /// Mostly one of which something is due.
    fn settle(&mut self) {
        let people = (0..).zip(&self.model.people);
        let now = self.model.now;
        let under = people.filter(|(_, one)| {
            let plan = one.plan.as_ref();
            one.agreed.is_some() || plan.is_some_and(|plan| now <= plan.since + 2 * SETTLING)
        });
        let under: Vec<Id> = under.map(|(id, _)| id).collect();
        let due = under.iter().copied();
        let due: Vec<_> = due
            .filter(|id| self.model.clone().settle(*id).is_ok())
            .collect();
        let found = match self.dice.roll(10) {
            0 => None,
            1..=5 if !due.is_empty() => sample(&mut self.dice, due),
            _ => sample(&mut self.dice, under),
        };
        let id = found.unwrap_or_else(|| self.anybody());
        self.other(Other::Settle(id));
    }

    /// Up to a moment at which something changes, or just before it.
    fn pass(&mut self) {
        let mut moments = vec![];
        for person in &self.model.people {
            moments.extend(person.agreed.iter().map(|one| one.since + DELAY));
            if let Some(at) = person.cancelled {
                moments.extend([at + CONTEST, at + 2 * CONTEST]);
            }
            if let Some(plan) = &person.plan {
                moments.extend([plan.since + SETTLING, plan.since + 2 * SETTLING]);
            }
            if let Some((ready, lapses)) = person.accused {
                moments.extend([ready, lapses, lapses + NOTICE]);
            }
        }
        moments.extend(self.model.stakes.values().filter_map(|stake| stake.ends));
        moments.extend(self.model.attested.values().map(|one| one.expires));
        moments.push(self.model.paused_until);
        let now = self.model.now;
        moments.retain(|moment| *moment > now && *moment < now + DAY);
        let next = moments.iter().min().copied();
        let time = match (self.dice.roll(40), sample(&mut self.dice, moments)) {
            (0, _) => DAY,
            (1..=15, Some(moment)) => moment - now - self.dice.roll(2),
            (16..=30, Some(_)) => next.unwrap_or(now) - now - self.dice.roll(2),
            _ => self.dice.roll(60),
        };
        self.wait(time);
    }

    /// Mostly one for whom somebody vouches, and what comes next.
    fn judge(&mut self) {
        let now = self.model.now;
        let staked = self.model.stakes.keys().map(|place| place.1);
        let staked = staked.filter(|id| !self.model.people[*id as usize].is_false);
        let mut staked: Vec<Id> = staked.collect();
        let accused = |id: &Id| {
            let accused = self.model.people[*id as usize].accused;
            accused.is_some_and(|(_, lapses)| now < lapses)
        };
        if staked.iter().any(accused) {
            staked.retain(accused);
        }
        let found = sample(&mut self.dice, staked).filter(|_| self.dice.roll(5) != 0);
        let id = found.unwrap_or_else(|| self.anybody());
        let person = self.model.people.get(id as usize);
        let word = match person.and_then(|one| one.accused) {
            _ if self.dice.roll(3) == 0 => self.dice.roll(3) as u8,
            Some((_, lapses)) if now < lapses => 2,
            _ => 0,
        };
        self.other(Other::Rule(id, word));
    }

    /// Mostly now, and often some time ago.
    fn issued(&mut self) -> Option<u64> {
        let now = self.model.now;
        match self.dice.roll(12) {
            0 => Some(now + 1),
            1 => Some(now - LONGEST_WAIT - self.dice.roll(2)),
            2..=4 => Some(now - self.dice.roll(60)),
            5 => Some(now),
            _ => None,
        }
    }

    fn an_end(&mut self) -> u64 {
        let now = self.model.now;
        match self.dice.roll(8) {
            0 => now,
            1 => now + LONGEST_TERM + 1,
            2 | 3 => now + self.dice.roll(300),
            _ => now + 20 * DAY,
        }
    }

    /// Delegates and representatives. Mostly of few, so that words about the same two meet.
    fn act_for_another(&mut self, id: Id) {
        let few = id % 4;
        let other = match self.dice.roll(12) {
            0 => self.anybody(),
            _ => self.dice.roll(4),
        };
        let said: Vec<_> = self.model.on_behalf.said.keys().copied().collect();
        let said = sample(&mut self.dice, said).unwrap_or((few, other));
        let given: Vec<_> = self.model.on_behalf.given.keys().copied().collect();
        let given = sample(&mut self.dice, given).map(|one| (one.0, one.1));
        let pair = given
            .filter(|_| self.dice.roll(4) != 0)
            .unwrap_or((3 + few, other + 3));
        let adults = self.model.attested.keys();
        let adults: Vec<_> = adults.filter(|one| one.1 == Topic::ADULT.0).collect();
        let adult = sample(&mut self.dice, adults).map(|one| (one.0, other));
        let pair = adult.filter(|_| self.dice.roll(5) == 0).unwrap_or(pair);
        let issuer = [1, 1, 1, 2, 2, 0][self.dice.roll(6) as usize];
        let (issued, expires) = (self.issued(), self.an_end());
        let (by, deed) = match self.dice.roll(20) {
            0..=4 => {
                let topics = [0, 1, 4, 5, u64::MAX, ALL_TOPICS];
                let topics = topics[self.dice.roll(6) as usize];
                (few, Deed::Appoint(other, topics, expires, issued))
            }
            5 | 6 => (said.0, Deed::Dismiss(said.1, issued)),
            7 => {
                let since = self.model.now + 1 - self.dice.roll(100);
                let until = match self.dice.roll(3) {
                    0 => Some(self.model.now + 1 - self.dice.roll(100)),
                    _ => None,
                };
                (said.0, Deed::DismissAll(since, until))
            }
            8 | 9 => {
                let declined = self.dice.roll(3) == 0;
                (said.1, Deed::Decline(said.0, declined, issued))
            }
            10..=15 => {
                let scope = self.dice.roll(9) as u8;
                (issuer, Deed::Mandate(pair, scope, expires, issued))
            }
            16 | 17 => (issuer, Deed::EndMandate(pair, issued)),
            _ => (pair.1, Deed::Renounce(pair.0, issued)),
        };
        let count = self.model.people.len() as Id;
        let key = self.key_of(by.min(count - 1));
        self.act(key, deed);
    }

    fn pause(&mut self) {
        let pause = self.world.contract().pause();
        let paused = self.world.answer(OWNER, pause);
        let cools = self.model.paused_until > 0
            && self.model.now < self.model.paused_until + PAUSE.cooldown;
        let expected = if cools {
            Err(AccessError::PauseTooSoon)
        } else {
            self.model.paused_until = self.model.now + PAUSE.duration;
            Ok(())
        };
        assert_eq!(paused, expected);
    }

    fn step(&mut self) {
        let mut id = self.somebody();
        if self.model.people[id as usize].is_frozen() && self.dice.roll(4) != 0 {
            // Who is frozen mostly waits to be so no more.
            let people = (0..).zip(&self.model.people);
            let good = people.filter(|(_, one)| one.is_good());
            let good: Vec<Id> = good.map(|(id, _)| id).collect();
            id = sample(&mut self.dice, good).unwrap_or(id);
        }
        let key = self.key_of(id);
        let other = self.anybody();
        let topic = TOPICS[self.dice.roll(3) as usize];
        match self.dice.roll(80) {
            0..=3 => {
                let people = (0..).zip(&self.model.people);
                let now = self.model.now;
                let plans = |one: &Person| {
                    let plan = one.plan.as_ref();
                    plan.is_some_and(|plan| now < plan.since + 2 * SETTLING)
                };
                let stuck = people.filter(|(_, one)| one.iced && !plans(one));
                let stuck: Vec<Id> = stuck.map(|(id, _)| id).collect();
                let found = sample(&mut self.dice, stuck).filter(|_| self.dice.roll(3) != 0);
                let id = found.unwrap_or(id);
                let key = self.key_of(id);
                let rule = self.some_rule(id);
                self.act(key, Deed::Announce(Some(rule)));
            }
            4 => self.act(key, Deed::Announce(None)),
            5 => self.act(key, Deed::Freeze),
            6..=8 => {
                let people = (0..).zip(&self.model.people);
                let under = people.filter(|(_, one)| one.agreed.is_some());
                let under: Vec<Id> = under.map(|(id, _)| id).collect();
                let found = sample(&mut self.dice, under).filter(|_| self.dice.roll(4) != 0);
                let key = self.key_of(found.unwrap_or(id));
                self.act(key, Deed::Cancel(None));
            }
            9..=19 => self.recover(),
            20..=24 => self.consent(),
            25..=31 | 79 => self.settle(),
            32..=34 => {
                let expires = self.an_end();
                let weight = self.dice.roll(100) as u32;
                let issuer = if self.dice.roll(4) == 0 { id } else { id % 2 };
                let key = self.key_of(issuer);
                let refusing = self.model.refused.keys();
                let refusing: Vec<_> = refusing.filter(|one| one.2 == issuer).cloned().collect();
                let refusing = sample(&mut self.dice, refusing).filter(|_| other % 4 != 0);
                let (other, topic) = refusing.map_or((other, topic), |one| (one.0, Topic(one.1)));
                let issued = self.issued();
                self.act(key, Deed::Attest(other, topic, weight, expires, issued));
            }
            35 => {
                let key = self.key_of(id % 2);
                let issued = self.issued();
                self.act(key, Deed::Revoke(other, topic, issued));
            }
            36 => {
                let people = (0..).zip(&self.model.people);
                let many = people.filter(|(_, one)| one.rule.keys.len() > 1);
                let many: Vec<Id> = many.map(|(id, _)| id).collect();
                let id = sample(&mut self.dice, many).unwrap_or(id);
                let key = self.key_of(id);
                self.act(key, Deed::Leave);
            }
            37 => {
                let refused = self.dice.roll(2) == 0;
                self.act(key, Deed::Refuse(topic, other % 3, refused));
            }
            38..=41 => {
                let points = self.dice.roll(54) as u32;
                self.act(key, Deed::Vouch(other, points));
            }
            42..=44 => {
                let offered = self.model.stakes.keys().copied().collect::<Vec<_>>();
                let found = sample(&mut self.dice, offered);
                let (voucher, subject) = found.unwrap_or((other, id));
                let accepted = self.dice.roll(3) != 0;
                let key = self.key_of(subject);
                self.act(key, Deed::Accept(voucher, accepted));
            }
            45..=47 => {
                let staked = self.model.stakes.keys().copied().collect::<Vec<_>>();
                let (voucher, subject) = sample(&mut self.dice, staked).unwrap_or((id, other));
                let key = self.key_of(voucher);
                self.act(key, Deed::Unvouch(subject));
            }
            48 => self.act(key, Deed::Withdraw),
            49 => {
                let key = self.dice.roll(SIGNERS.into()) as u8;
                let guardians = BTreeSet::from([other]);
                let threshold = self.dice.roll(3) as u8;
                self.act(key, Deed::Create(guardians, threshold));
            }
            50..=51 => {
                let amount = self.dice.roll(900).into();
                self.other(Other::Deposit(other, amount));
            }
            52 | 63 => {
                let mut found = self.model.stakes.keys().copied().collect::<Vec<_>>();
                let people = &self.model.people;
                if found.iter().any(|place| people[place.1 as usize].is_false) {
                    found.retain(|place| people[place.1 as usize].is_false);
                }
                let (voucher, subject) = sample(&mut self.dice, found).unwrap_or((id, other));
                self.other(Other::Forfeit(voucher, subject));
            }
            53 | 76 => {
                let ceiling = self.dice.roll(80) as u32;
                let moment = self.model.now + 1 - self.dice.roll(40);
                // Mostly one that is no anchor, so that anchors help.
                let issuer = match self.dice.roll(4) {
                    0 => other % 2,
                    _ => 2,
                };
                match self.dice.roll(8) {
                    6 | 7 => self.other(Other::Restore(issuer, moment)),
                    0 => self.other(Other::EndApproval(issuer, None)),
                    1 => self.other(Other::EndApproval(issuer, Some(moment))),
                    2 => self.other(Other::Approve(issuer, 4, ceiling)),
                    3 => self.other(Other::Approve(issuer, moment % 2, ceiling)),
                    4 => self.other(Other::Approve(issuer, ALL_TOPICS, ceiling)),
                    _ if issuer == 0 => self.other(Other::Approve(issuer, OF_AGE, ceiling)),
                    _ => self.other(Other::Approve(issuer, MANDATED, ceiling)),
                }
            }
            54..=56 => self.judge(),
            57 if self.dice.roll(8) == 0 => self.pause(),
            58 | 59 | 77 | 78 => self.agree(),
            64..=75 => self.act_for_another(id),
            _ => self.pass(),
        }
        if self.dice.roll(3) == 0 {
            self.ask();
        }
    }
}

fn run(seed: u64) -> Tally {
    let mut walk = Walk::new(seed);
    for step in 0..STEPS {
        walk.world.watched = step % 10 == 0;
        walk.step();
    }
    walk.tally
}

#[test]
fn keys_guardians_attestations_and_bonds_are_as_the_model_says_after_each_of_many_random_actions() {
    let tallies = std::thread::scope(|threads| {
        let walks: Vec<_> = [1, 2, 3, 4, 6, 7, 8, 9, 10, 11]
            .into_iter()
            .map(|seed| threads.spawn(move || run(seed)))
            .collect();
        let tallies = walks.into_iter().map(|walk| walk.join().unwrap());
        tallies.collect::<Vec<_>>()
    });
    let mut all = Tally::new();
    for (what, times) in tallies.into_iter().flatten() {
        *all.entry(what).or_default() += times;
    }
    for ((done, came), times) in &all {
        println!("{done:16} {came:20} {times}");
    }
    // A walk that only ever gets refused, or never, proves nothing.
    for done in [
        "Create",
        "Consent",
        "Announce",
        "Freeze",
        "Cancel",
        "Leave",
        "Recover",
        "Attest",
        "Revoke",
        "Refuse",
        "Vouch",
        "Accept",
        "Unvouch",
        "Appoint",
        "Dismiss",
        "DismissAll",
        "Decline",
        "Mandate",
        "EndMandate",
        "Renounce",
        "standing_as",
        "standing_for",
        "Withdraw",
        "act_for",
        "Settle plan",
        "Settle guardians",
        "Settle anchor",
        "Deposit",
        "Forfeit",
        "Approve",
        "EndApproval",
        "Restore",
        "Accuse",
        "Acquit",
        "Condemn",
    ] {
        let done = (done.to_string(), "done".to_string());
        assert!(all.get(&done) >= Some(&2), "never {done:?}");
    }
    for error in [
        IdError::Access(AccessError::Paused),
        IdError::Notice(NoticeError::TooEarly),
        IdError::Notice(NoticeError::Lapsed),
        IdError::UnknownIdentity,
        IdError::NotKey,
        IdError::KeyTaken,
        IdError::NotForThat,
        IdError::Frozen,
        IdError::BadControl,
        IdError::NotAwaited,
        IdError::NoConsent,
        IdError::NotGuardian,
        IdError::Final,
        IdError::Contested,
        IdError::TooEarly,
        IdError::NotIssuer,
        IdError::BadExpiry,
        IdError::BadScope,
        IdError::Adult,
        IdError::Incompatible,
        IdError::Undated,
        IdError::InFuture,
        IdError::Outdated,
        IdError::Refused,
        IdError::Itself,
        IdError::BadPoints,
        IdError::TooLittleThere,
        IdError::Challenged,
        IdError::NothingToDo,
        RequestError::Expired.into(),
        RequestError::NonceUsed.into(),
    ] {
        let error = name(&error);
        let met = all.keys().any(|(_, came)| *came == error);
        assert!(met, "never {error}");
    }
}
