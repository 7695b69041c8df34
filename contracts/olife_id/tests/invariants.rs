//! Random actions by everybody, held against a model in other words, and against the invariants of README.md.

use crate::{
    books::Books,
    model::{Deed, Keys, Model, Person, Rule, HASHED},
    world::*,
};
use allive_access::{AccessError, NoticeError, Pausable};
use allive_e2e::acting::Dice;
use allive_identity::{IdentityId as Id, IdentityRegistry, Topic};
use allive_signed::{Message, Signature};
use allive_testkit::{psp22, EthereumKey, Typed, GENESIS};
use ink::primitives::AccountId;
use olife_id::{trust::DAY, *};
use psp22::PSP22;
use std::collections::{BTreeMap, BTreeSet};

const STEPS: u32 = 600;
/// Identities that are created at once, of as many keys as can sign.
const FIRST: u64 = 8;
const SIGNERS: u8 = HASHED;
/// Keys of addresses, which only sign.
const WALLETS: [u8; 2] = [11, 12];
const TOPICS: [Topic; 2] = [Topic::Known, Topic::Clinician];

/// What happened how often: by the name of what was done, and of what came of it.
type Tally = BTreeMap<(String, String), u32>;

struct Walk {
    world: World,
    model: Model,
    signers: Vec<EthereumKey>,
    /// Every key by its number.
    named: Vec<Key>,
    dice: Dice,
    tally: Tally,
    before: Books,
    history: Vec<String>,
}

/// What is done by none of the keys.
#[derive(Debug)]
enum Other {
    Settle(Id),
    Deposit(Id, u128),
    Forfeit(Id, Id),
    Approve(Id, Option<(u32, u32)>),
    Rule(Id, u8),
}

fn sample<T: Clone>(dice: &mut Dice, all: impl IntoIterator<Item = T>) -> Option<T> {
    let all: Vec<T> = all.into_iter().collect();
    (!all.is_empty()).then(|| all[dice.roll(all.len() as u64) as usize].clone())
}

fn name(debug: &impl std::fmt::Debug) -> String {
    let text = format!("{debug:?}");
    let end = text.find([' ', '{']).unwrap_or(text.len());
    text[..end].into()
}

fn deed_name(deed: &Deed) -> String {
    let text = format!("{deed:?}");
    let end = text.find(['(', ' ']).unwrap_or(text.len());
    text[..end].into()
}

/// Whose word it is that settles.
fn settles_by(person: &Person) -> &'static str {
    match &person.agreed {
        None => "plan",
        Some(agreed) if agreed.anchor.is_some() => "anchor",
        Some(_) => "guardians",
    }
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut world = World::empty();
        let signers = (0..SIGNERS).map(|one| EthereumKey::from_seed([one + 1; 32]));
        let signers: Vec<_> = signers.collect();
        let mut named: Vec<_> = signers
            .iter()
            .map(|signer| Key::Account(signer.account().into()))
            .collect();
        for wallet in WALLETS.map(usize::from) {
            named[wallet] = Key::Ethereum(signers[wallet].address().into());
        }
        named.push(Key::Hashed([9; 32].into()));
        for signer in &signers {
            world.chain.endow(signer.account());
        }
        let approve = psp22(world.alv).approve(world.id, 1_000_000_000);
        let allowed = world.chain.send(OWNER.account(), approve);
        allowed.value.unwrap().unwrap();
        let before = world.books();
        let mut walk = Self {
            world,
            model: Model::default(),
            signers,
            named,
            dice: Dice(seed),
            tally: Tally::new(),
            before,
            history: vec![],
        };
        walk.model.now = walk.world.now();
        walk.begin();
        walk
    }

    /// Some people who know each other, so that much can happen.
    fn begin(&mut self) {
        for id in 0..FIRST {
            let guardians = (0..id).filter(|other| (id + other) % 2 == 1);
            let guardians: BTreeSet<_> = guardians.take(3).collect();
            let threshold = guardians.len().min(2) as u8;
            self.act(id as u8, Deed::Create(guardians, threshold));
        }
        let all = TOPICS.iter().fold(0, |all, topic| all | topic.bit());
        for anchor in 0..2 {
            self.other(Other::Approve(anchor, Some((all, 60))));
        }
        for id in 0..FIRST {
            for anchor in 0..2 {
                let expires = self.model.now + 20 * DAY;
                let attest = Deed::Attest(id, Topic::Known, 40, expires);
                self.act(anchor as u8, attest);
            }
            self.other(Other::Deposit(id, 1_000));
        }
        self.wait(1);
    }

    fn key(&self, key: u8) -> Key {
        self.named[usize::from(key)].clone()
    }

    fn keys(&self, keys: &Keys) -> olife_id::Keys {
        let held = keys.iter().map(|(key, purposes)| Held {
            key: self.key(*key),
            purposes: *purposes,
        });
        held.collect()
    }

    fn action(&self, deed: &Deed) -> Action {
        let guardians = |list: &BTreeSet<Id>, threshold: u8| Guardians {
            list: list.iter().copied().collect(),
            threshold,
        };
        let control = |rule: &Rule| Control {
            keys: self.keys(&rule.keys),
            guardians: guardians(&rule.guardians, rule.threshold),
        };
        match deed {
            Deed::Create(list, threshold) => Action::Create {
                guardians: guardians(list, *threshold),
            },
            Deed::Consent(identity) => Action::Consent {
                identity: *identity,
            },
            Deed::Announce(rule) => Action::Announce {
                control: rule.as_ref().map(control),
            },
            Deed::Freeze => Action::Freeze,
            Deed::Cancel => Action::Cancel,
            Deed::Recover(identity, keys) => Action::Recover {
                identity: *identity,
                keys: self.keys(keys),
            },
            Deed::Attest(subject, topic, weight, expires) => {
                attest(*subject, *topic, *weight, *expires)
            }
            Deed::Revoke(subject, topic) => Action::Revoke {
                subject: *subject,
                topic: *topic,
            },
            Deed::Refuse(topic, issuer, refused) => Action::Refuse {
                topic: *topic,
                issuer: *issuer,
                refused: *refused,
            },
            Deed::Vouch(subject, points) => Action::Vouch {
                subject: *subject,
                points: *points,
            },
            Deed::Accept(voucher, accepted) => Action::Accept {
                voucher: *voucher,
                accepted: *accepted,
            },
            Deed::Unvouch(subject) => Action::Unvouch { subject: *subject },
            Deed::Withdraw => Action::Withdraw { to: SECOND.into() },
        }
    }

    /// By a call or, as it comes, by a signature that somebody submits.
    fn act(&mut self, key: u8, deed: Deed) {
        let signs = WALLETS.contains(&key) || self.dice.roll(4) == 0;
        self.history.push(format!("{key} {deed:?}"));
        let action = self.action(&deed);
        let (answer, expected) = if signs {
            self.act_for(key, &deed, action)
        } else {
            let account = self.signers[usize::from(key)].account();
            let answer = self.world.act(account, action).value.unwrap();
            (answer, self.model.act(key, &deed))
        };
        assert_eq!(answer, expected, "{:#?}", self.last());
        self.count(deed_name(&deed), &answer.map(|_| ()));
        self.check(None);
    }

    fn act_for(
        &mut self,
        key: u8,
        deed: &Deed,
        action: Action,
    ) -> (Result<Id, IdError>, Result<Id, IdError>) {
        let now = self.model.now;
        let named = match self.dice.roll(20) {
            0 => Some(self.dice.roll(FIRST)),
            _ => self.model.owner_of(key),
        };
        let request = Request {
            identity: named,
            key: self.key(key),
            action: action.into(),
            nonce: self.dice.roll(200),
            deadline: now - u64::from(self.dice.roll(20) == 0),
        };
        let signer = &self.signers[usize::from(key)];
        let signature = if WALLETS.contains(&key) {
            self.world.signed_by_wallet(signer, &request)
        } else {
            let message = Message::new(&PURPOSE, &GENESIS, &self.world.id, &request);
            Signature::Ecdsa(signer.sign(message.raw().unwrap()))
        };
        let answer = self.world.submit(&request, signature).value.unwrap();
        let number = (key, request.nonce);
        let expected = if request.deadline < now {
            Err(IdError::Expired)
        } else if self.model.used.contains(&number) {
            Err(IdError::NonceUsed)
        } else if named != self.model.owner_of(key) {
            Err(IdError::NotKey)
        } else {
            self.model.act(key, deed)
        };
        if expected.is_ok() {
            self.model.used.insert(number);
        }
        self.count("act_for".into(), &expected.clone().map(|_| ()));
        (answer, expected)
    }

    fn other(&mut self, other: Other) {
        self.history.push(format!("{other:?}"));
        let mut contract = self.world.contract();
        let by = match &other {
            Other::Settle(id) => self.model.people.get(*id as usize).map(settles_by),
            _ => None,
        };
        let (answer, expected, settled) = match &other {
            Other::Settle(id) => {
                let answer = self.world.send(STRANGER, contract.settle(*id));
                (answer, self.model.settle(*id), Some(*id))
            }
            Other::Deposit(id, amount) => {
                let deposit = contract.deposit(*id, (*amount).into());
                let answer = self.world.send(OWNER.account(), deposit);
                (answer, self.model.deposit(*id, *amount), None)
            }
            Other::Forfeit(voucher, subject) => {
                let answer = self
                    .world
                    .send(STRANGER, contract.forfeit(*voucher, *subject));
                (answer, self.model.forfeit(*voucher, *subject), None)
            }
            Other::Approve(issuer, approved) => {
                let issuing = approved.map(|(topics, ceiling)| Issuer { topics, ceiling });
                let approve = contract.approve_issuer(*issuer, issuing);
                let answer = self.world.send(OWNER.account(), approve);
                (answer, self.model.approve(*issuer, *approved), None)
            }
            Other::Rule(id, word) => {
                let ruling = match word {
                    0 => accuse(),
                    1 => Ruling::Acquit,
                    _ => Ruling::Condemn,
                };
                let answer = self.world.send(OWNER.account(), contract.rule(*id, ruling));
                (answer, self.model.rule(*id, *word), None)
            }
        };
        let answer = answer.value.unwrap();
        assert_eq!(answer, expected, "{:#?}", self.last());
        let text = format!("{other:?}");
        let mut name = text[..text.find('(').unwrap()].to_string();
        if let Some(by) = by.filter(|_| answer.is_ok()) {
            name = format!("{name} {by}");
        }
        if let Other::Rule(_, word) = other {
            name = ["Accuse", "Acquit", "Condemn"][usize::from(word)].into();
        }
        self.count(name, &answer);
        self.check(settled);
    }

    fn wait(&mut self, time: u64) {
        self.history.push(format!("wait {time}"));
        self.world.advance(time);
        self.model.now = self.world.now();
        self.check(None);
    }

    fn last(&self) -> &[String] {
        &self.history[self.history.len().saturating_sub(15)..]
    }

    fn count(&mut self, done: String, came: &Result<(), IdError>) {
        let came = match came {
            Ok(()) => "done".into(),
            Err(error) => name(error),
        };
        *self.tally.entry((done, came)).or_default() += 1;
    }

    /// The cells are what the model says, and the invariants hold of them.
    fn check(&mut self, settled: Option<Id>) {
        let books = self.world.books();
        let now = self.model.now;
        let holds = self.world.holds(self.world.id);
        books.check(now, holds);
        self.before.check_change(&books, now, settled);
        self.compare(&books);
        self.before = books;
    }

    fn compare(&self, books: &Books) {
        assert_eq!(books.count, self.model.people.len() as Id);
        for (id, person) in (0..).zip(&self.model.people) {
            let identity = &books.identities[&id];
            let purse = books.purses.get(&id).cloned().unwrap_or_default();
            self.compare_person(person, identity);
            assert_eq!(purse.credit, person.credit);
            assert_eq!(purse.given, self.model.given(id));
            let accepted = books.vouches.get(&id).into_iter().flatten();
            let accepted: BTreeSet<_> = accepted.map(|vouch| vouch.voucher).collect();
            assert_eq!(accepted, person.accepts);
        }
        let slots = books.classes.iter().map(|(_, class)| class.slots.len());
        assert_eq!(slots.sum::<usize>(), self.model.attested.len());
        assert_eq!(books.bonds.len(), self.model.stakes.len());
        // 7: each number that was used is marked, and no other.
        let mut used = BTreeSet::new();
        for ((key, cell), bits) in &books.used {
            let key = (0..SIGNERS).find(|number| self.key(*number) == *key);
            let numbers = (0..64).filter(|place| bits & (1 << place) != 0);
            used.extend(numbers.map(|place| (key.unwrap(), cell * 64 + place)));
        }
        assert_eq!(used, self.model.used);
    }

    fn compare_person(&self, person: &Person, identity: &Identity) {
        let control = &identity.control;
        assert_eq!(control.keys, self.keys(&person.rule.keys));
        let guardians: BTreeSet<_> = control.guardians.list.iter().copied().collect();
        let rule = &person.rule;
        assert_eq!(guardians, rule.guardians);
        assert_eq!(control.guardians.threshold, rule.threshold);
        let plan = identity.plan.as_ref();
        let (now, expected) = (identity.is_frozen(), person.is_frozen());
        assert_eq!(now, expected);
        assert_eq!(identity.is_good(), person.is_good());
        assert_eq!(identity.version, person.version);
        assert_eq!(plan.is_some(), person.plan.is_some());
        assert_eq!(identity.consents.len(), person.consents.len());
        let recovery = &identity.recovery;
        assert_eq!(recovery.votes.len(), person.votes.len());
        let phase = match (&person.agreed, person.cancelled) {
            (Some(agreed), _) if agreed.anchor.is_some() => Phase::Anchored,
            (Some(_), _) => Phase::Proposed,
            (None, Some(_)) => Phase::Contested,
            (None, None) => Phase::Idle,
        };
        assert_eq!(recovery.phase, phase);
        let agreed = person.agreed.as_ref();
        let keys = agreed.map_or(Keys::new(), |agreed| agreed.keys.clone());
        assert_eq!(recovery.keys, self.keys(&keys));
    }

    /// Somebody's trust, and whose account somebody's is.
    fn ask(&mut self) {
        let id = self.dice.roll(self.model.people.len() as u64 + 1);
        let trust = self.world.contract().trust_of(id);
        assert_eq!(self.world.get(trust), self.model.trust(id), "{id}");
        let key = self.dice.roll(WALLETS[0].into()) as u8;
        let account: AccountId = self.signers[usize::from(key)].account();
        let own = self.model.owner_of(key).filter(|id| {
            let person = &self.model.people[*id as usize];
            person.is_good() && person.rule.keys[&key] & ACT != 0
        });
        assert_eq!(self.world.of(account), own);
        let trust = self.world.contract().trust(account.into());
        let expected = own.map_or(0, |id| self.model.trust(id));
        assert_eq!(self.world.get(trust), expected);
    }

    // ---- What comes next ----

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
                0 => self.dice.roll(9) as u8,
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
            let known = Topic::Known as u8;
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

    /// Most who can vote want the same keys of somebody, mostly of one whose recovery was cancelled.
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
            for key in planned.chain(agreed).flat_map(|keys| keys.keys()) {
                let is_new = *key != HASHED && !person.rule.keys.contains_key(key);
                if is_new && !person.consents.contains(key) {
                    awaited.push((id, *key));
                }
            }
        }
        let found = match self.dice.roll(8) {
            0 => None,
            _ => sample(&mut self.dice, awaited),
        };
        let (id, key) = found.unwrap_or_else(|| {
            let id = self.anybody();
            (id, self.dice.roll(SIGNERS.into()) as u8)
        });
        self.act(key, Deed::Consent(id));
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

    fn pause(&mut self) {
        let pause = self.world.contract().pause();
        let paused = self.world.chain.send(OWNER.account(), pause).value.unwrap();
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
        let topic = TOPICS[self.dice.roll(2) as usize];
        match self.dice.roll(64) {
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
                self.act(key, Deed::Cancel);
            }
            9..=19 => self.recover(),
            20..=24 => self.consent(),
            25..=31 => self.settle(),
            32..=34 => {
                let expires = match self.dice.roll(8) {
                    0 => self.model.now,
                    1 => self.model.now + LONGEST_TERM + 1,
                    2 | 3 => self.model.now + self.dice.roll(300),
                    _ => self.model.now + 20 * DAY,
                };
                let weight = self.dice.roll(100) as u32;
                let issuer = if self.dice.roll(4) == 0 { id } else { id % 2 };
                let key = self.key_of(issuer);
                let refusing = self.model.refused.iter();
                let refusing: Vec<_> = refusing.filter(|one| one.2 == issuer).cloned().collect();
                let refusing = sample(&mut self.dice, refusing).filter(|_| other % 2 == 0);
                let other = refusing.map_or(other, |one| one.0);
                self.act(key, Deed::Attest(other, topic, weight, expires));
            }
            35 => {
                let key = self.key_of(id % 2);
                self.act(key, Deed::Revoke(other, topic));
            }
            36..=37 => {
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
            53 => {
                let approved = match self.dice.roll(4) {
                    0 => None,
                    _ => Some((3 << self.dice.roll(2).min(1), self.dice.roll(80) as u32)),
                };
                let approved = approved.map(|(topics, ceiling)| (topics | 1, ceiling));
                self.other(Other::Approve(other % 3, approved));
            }
            54..=56 => self.judge(),
            57 if self.dice.roll(8) == 0 => self.pause(),
            58 => self.agree(),
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
        let walks: Vec<_> = (1..=4)
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
        "Recover",
        "Attest",
        "Revoke",
        "Refuse",
        "Vouch",
        "Accept",
        "Unvouch",
        "Withdraw",
        "act_for",
        "Settle plan",
        "Settle guardians",
        "Settle anchor",
        "Deposit",
        "Forfeit",
        "Approve",
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
        IdError::Refused,
        IdError::Itself,
        IdError::BadPoints,
        IdError::TooLittleThere,
        IdError::Challenged,
        IdError::NothingToDo,
        IdError::Expired,
        IdError::NonceUsed,
    ] {
        let error = name(&error);
        let met = all.keys().any(|(_, came)| *came == error);
        assert!(met, "never {error}");
    }
}
