//! A walk of everybody beside a model: each step is taken on the chain and in the model, and both
//! are compared.

use crate::{
    model::{Deed, Keys, Model, Person, Rule, HASHED},
    stored_state::StoredState,
    world::*,
};
use allive_calls::{psp22, EthereumKey, Typed};
use allive_olife_id_interface::{
    IdentityId as Id, IdentityRegistry, Scope, Standing, Topic, Topics,
};
use allive_requests::{RequestError, Signature};
use allive_support::acting::Dice;
use ink::primitives::AccountId;
use olife_id::{trust::DAY, *};
use psp22::PSP22;
use std::collections::{BTreeMap, BTreeSet};

/// Identities that are created at once, of as many keys as can sign.
pub const FIRST: u64 = 8;
pub const SIGNERS: u8 = HASHED;
/// Keys of addresses, which only sign.
pub const WALLETS: [u8; 2] = [11, 12];
/// What is attested.
pub const TOPICS: [Topic; 3] = [Topic::KNOWN, Topic::CLINICIAN, Topic::ADULT];
/// These, and mandates. No issuer is approved for all.
pub const ALL_TOPICS: Topics = OF_AGE | Topic::REPRESENTATIVE.bit();
pub const OF_AGE: Topics = Topic::KNOWN.bit() | Topic::CLINICIAN.bit() | Topic::ADULT.bit();
pub const MANDATED: Topics =
    Topic::KNOWN.bit() | Topic::CLINICIAN.bit() | Topic::REPRESENTATIVE.bit();

/// What happened how often: by the name of what was done, and of what came of it.
pub type Tally = BTreeMap<(String, String), u32>;

pub struct Walk {
    pub world: World,
    pub model: Model,
    pub signers: Vec<EthereumKey>,
    /// Every key by its number.
    pub named: Vec<Key>,
    pub dice: Dice,
    pub tally: Tally,
    pub before: StoredState,
    pub history: Vec<String>,
}

/// What is done by none of the keys.
#[derive(Debug)]
pub enum Other {
    Settle(Id),
    Deposit(Id, u128),
    Forfeit(Id, Id),
    Approve(Id, Topics, u32),
    EndApproval(Id, Option<u64>),
    Restore(Id, u64),
    Rule(Id, u8),
}

pub fn sample<T: Clone>(dice: &mut Dice, all: impl IntoIterator<Item = T>) -> Option<T> {
    let all: Vec<T> = all.into_iter().collect();
    (!all.is_empty()).then(|| all[dice.roll(all.len() as u64) as usize].clone())
}

pub fn name(debug: &impl std::fmt::Debug) -> String {
    let text = format!("{debug:?}");
    let end = text.find([' ', '{']).unwrap_or(text.len());
    text[..end].into()
}

pub fn deed_name(deed: &Deed) -> String {
    let text = format!("{deed:?}");
    let end = text.find(['(', ' ']).unwrap_or(text.len());
    text[..end].into()
}

/// Whose word it is that settles.
pub fn settles_by(person: &Person) -> &'static str {
    match &person.agreed {
        None => "plan",
        Some(agreed) if !agreed.anchors.is_empty() => "anchor",
        Some(_) => "guardians",
    }
}

impl Walk {
    pub fn new(seed: u64) -> Self {
        let mut world = empty();
        let signers = (0..SIGNERS).map(|one| EthereumKey::from_seed([one + 1; 32]));
        let signers: Vec<_> = signers.collect();
        let mut named: Vec<_> = signers
            .iter()
            .map(|signer| Key::Account(signer.account().into()))
            .collect();
        for wallet in WALLETS.map(usize::from) {
            named[wallet] = Key::Ethereum(signers[wallet].address());
        }
        named.push(Key::Hashed([9; 32]));
        for signer in &signers {
            world.chain.endow(signer.account());
        }
        let approve = psp22(world.alv).approve(world.id, 1_000_000_000);
        let allowed = world.chain.send(OWNER, approve);
        allowed.value.unwrap().unwrap();
        let before = StoredState::of(world.stored(world.id));
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
    pub fn begin(&mut self) {
        for id in 0..FIRST {
            let guardians = (0..id).filter(|other| (id + other) % 2 == 1);
            let guardians: BTreeSet<_> = guardians.take(3).collect();
            let threshold = guardians.len().min(2) as u8;
            self.act(id as u8, Deed::Create(guardians, threshold));
        }
        for (anchor, topics) in [(0, OF_AGE), (1, MANDATED)] {
            self.other(Other::Approve(anchor, topics, 60));
        }
        let mandates = Topic::REPRESENTATIVE.bit();
        self.other(Other::Approve(2, mandates, 0));
        for id in 0..FIRST {
            for anchor in 0..2 {
                let expires = self.model.now + 20 * DAY;
                let attest = Deed::Attest(id, Topic::KNOWN, 40, expires, None);
                self.act(anchor as u8, attest);
            }
            self.other(Other::Deposit(id, 1_000));
        }
        self.wait(1);
    }

    pub fn key(&self, key: u8) -> Key {
        self.named[usize::from(key)].clone()
    }

    pub fn keys(&self, keys: &Keys) -> olife_id::Keys {
        let held = keys.iter().map(|(key, purposes)| Held {
            key: self.key(*key),
            purposes: *purposes,
        });
        held.collect()
    }

    pub fn action(&self, deed: &Deed) -> Action {
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
            Deed::Consent(identity, purposes) => Action::Consent {
                identity: *identity,
                purposes: *purposes,
            },
            Deed::Announce(rule) => Action::Announce {
                control: rule.as_ref().map(control),
            },
            Deed::Freeze => Action::Freeze,
            Deed::Cancel(begun) => Action::Cancel { begun: *begun },
            Deed::Recover(identity, keys) => Action::Recover {
                identity: *identity,
                keys: self.keys(keys),
            },
            Deed::Leave => Action::Leave,
            Deed::Attest(subject, topic, weight, expires, issued) => {
                attest_at(*issued, *subject, *topic, *weight, *expires)
            }
            Deed::Revoke(subject, topic, issued) => revoke_at(*issued, *subject, *topic),
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
            Deed::Appoint(delegate, topics, expires, issued) => {
                appoint_at(*issued, *delegate, *topics, *expires)
            }
            Deed::Dismiss(delegate, issued) => dismiss_at(*issued, *delegate),
            Deed::DismissAll(since, until) => Action::DismissAll {
                since: *since,
                until: *until,
            },
            Deed::Decline(organisation, declined, issued) => Action::Decline {
                organisation: *organisation,
                declined: *declined,
                issued: *issued,
            },
            Deed::Mandate((principal, representative), scope, expires, issued) => {
                let pair = pair(*principal, *representative);
                mandate_at(*issued, pair, *scope, *expires)
            }
            Deed::EndMandate((principal, representative), issued) => {
                end_mandate_at(*issued, pair(*principal, *representative))
            }
            Deed::Renounce(principal, issued) => Action::Renounce {
                principal: *principal,
                issued: *issued,
            },
            Deed::Withdraw => withdraw(SECOND),
        }
    }

    /// By a call or, as it comes, by a signature that somebody submits.
    pub fn act(&mut self, key: u8, mut deed: Deed) {
        let signs = WALLETS.contains(&key) || self.dice.roll(4) == 0;
        // Who signs says when, but for who forgets it.
        if let Deed::Attest(.., issued)
        | Deed::Revoke(.., issued)
        | Deed::Appoint(.., issued)
        | Deed::Dismiss(.., issued)
        | Deed::Mandate(.., issued)
        | Deed::EndMandate(.., issued)
        | Deed::DismissAll(.., issued)
        | Deed::Decline(.., issued)
        | Deed::Renounce(.., issued) = &mut deed
        {
            if signs && issued.is_none() && self.dice.roll(10) != 0 {
                *issued = Some(self.model.now);
            }
        }
        if let Deed::Cancel(begun) = &mut deed {
            let own = self.model.owner_of(key);
            let began = own.map(|id| self.model.people[id as usize].begun);
            if signs && self.dice.roll(10) != 0 {
                *begun = began;
            }
        }
        self.history.push(format!("{key} {deed:?}"));
        let action = self.action(&deed);
        let (answer, expected) = if signs {
            self.act_for(key, &deed, action)
        } else {
            let account = self.signers[usize::from(key)].account();
            let answer = self.world.answer(account, self.world.act(action));
            (answer, self.model.act(key, &deed))
        };
        assert_eq!(answer, expected, "{:#?}", self.last());
        self.count(deed_name(&deed), &answer.map(|_| ()));
        self.check(None);
    }

    pub fn act_for(
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
            signer: self.key(key),
            action: SignedAction {
                identity: named,
                action,
            },
            nonce: self.dice.roll(200),
            deadline: now - u64::from(self.dice.roll(20) == 0),
        };
        let signer = &self.signers[usize::from(key)];
        let signature = if WALLETS.contains(&key) {
            self.world.signed_by_wallet(signer, &request)
        } else {
            let message = request.message(&domain(&self.world.id));
            Signature::Ecdsa(signer.sign(message.raw()))
        };
        let answer = self
            .world
            .answer(STRANGER, self.world.act_for(&request, signature));
        let number = (key, request.nonce);
        let expected = if request.deadline < now {
            Err(RequestError::Expired.into())
        } else if self.model.used.contains(&number) {
            Err(RequestError::NonceUsed.into())
        } else if !request.action.action.is_dated() {
            Err(IdError::Undated)
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

    pub fn other(&mut self, other: Other) {
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
                let deposit = contract.deposit(*id, *amount);
                let answer = self.world.send(OWNER, deposit);
                (answer, self.model.deposit(*id, *amount), None)
            }
            Other::Forfeit(voucher, subject) => {
                let answer = self
                    .world
                    .send(STRANGER, contract.forfeit(*voucher, *subject));
                (answer, self.model.forfeit(*voucher, *subject), None)
            }
            Other::Approve(issuer, topics, ceiling) => {
                let approve = contract.approve_issuer(*issuer, *topics, *ceiling);
                let answer = self.world.send(OWNER, approve);
                let topics = Topic::of(*topics).map(|topic| topic.0).collect();
                (answer, self.model.approve(*issuer, &topics, *ceiling), None)
            }
            Other::EndApproval(issuer, honest_until) => {
                let withdraw = contract.withdraw_approval(*issuer, *honest_until);
                let answer = self.world.send(OWNER, withdraw);
                (answer, self.model.withdraw(*issuer, *honest_until), None)
            }
            Other::Restore(issuer, honest_until) => {
                let restore = contract.restore_attestations(*issuer, *honest_until);
                let answer = self.world.send(OWNER, restore);
                (answer, self.model.restore(*issuer, *honest_until), None)
            }
            Other::Rule(id, word) => {
                let answer = match word {
                    0 => self.world.send(OWNER, contract.accuse(*id, EVIDENCE)),
                    1 => self.world.send(OWNER, contract.acquit(*id)),
                    _ => self.world.send(OWNER, contract.condemn(*id)),
                };
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

    pub fn wait(&mut self, time: u64) {
        self.history.push(format!("wait {time}"));
        self.world.advance(time);
        self.model.now = self.world.now();
        self.check(None);
    }

    pub fn last(&self) -> &[String] {
        &self.history[self.history.len().saturating_sub(15)..]
    }

    pub fn count(&mut self, done: String, came: &Result<(), IdError>) {
        let came = match came {
            Ok(()) => "done".into(),
            Err(error) => name(error),
        };
        *self.tally.entry((done, came)).or_default() += 1;
    }

    /// The cells are what the model says, and the invariants hold of them.
    pub fn check(&mut self, settled: Option<Id>) {
        let stored = StoredState::of(self.world.stored(self.world.id));
        let now = self.model.now;
        let holds = self.world.holds(self.world.id);
        stored.check(now, holds);
        self.before.check_change(&stored, now, settled);
        self.compare(&stored);
        self.before = stored;
    }

    pub fn compare(&self, stored: &StoredState) {
        assert_eq!(stored.count, self.model.people.len() as Id);
        for (id, person) in (0..).zip(&self.model.people) {
            let identity = &stored.identities[&id];
            let purse = stored.purses.get(&id).cloned().unwrap_or_default();
            self.compare_person(person, identity);
            assert_eq!(purse.credit, person.credit);
            assert_eq!(purse.given, self.model.given(id));
            let accepted = stored.vouches.get(&id).into_iter().flatten();
            let accepted: BTreeSet<_> = accepted.map(|vouch| vouch.voucher).collect();
            assert_eq!(accepted, person.accepts);
        }
        let slots = stored.classes.iter().map(|(_, class)| class.slots.len());
        assert_eq!(slots.sum::<usize>(), self.model.attested.len());
        assert_eq!(stored.bonds.len(), self.model.stakes.len());
        // 7: each number that was used is marked, and no other.
        let mut used = BTreeSet::new();
        for ((key, cell), bits) in &stored.used {
            let key = (0..SIGNERS).find(|number| self.key(*number) == *key);
            let numbers = (0..128).filter(|place| bits & (1 << place) != 0);
            used.extend(numbers.map(|place| (key.unwrap(), cell * 128 + place)));
        }
        assert_eq!(used, self.model.used);
        self.compare_on_behalf(stored);
    }

    /// Who acts for whom.
    fn compare_on_behalf(&self, stored: &StoredState) {
        let all = &self.model.on_behalf;
        let said = all.said.keys().map(|place| {
            let last = all.last_said(place.0, place.1).unwrap();
            let (topics, expires) = last.appointed.unwrap_or_default();
            let declined = all.declined.contains(place);
            (*place, (topics, last.issued, expires, declined))
        });
        let cells = stored.delegations.iter().map(|(place, one)| {
            let word = (one.topics, one.issued, one.expires, one.declined);
            (*place, word)
        });
        assert!(cells.eq(said), "{:#?}", self.last());
        for (id, identity) in &stored.identities {
            let times = identity.dismissed.iter();
            let times: Vec<_> = times.map(|time| (time.since, time.until)).collect();
            let expected = all.cleared.get(id).cloned().unwrap_or_default();
            assert_eq!(times, expected);
        }
        let given = all.given.iter().filter(|(_, words)| !words.is_empty());
        let given = given.map(|(place, _)| (place.0, place.1));
        let pairs: BTreeSet<_> = given.chain(all.ended.keys().copied()).collect();
        assert_eq!(stored.mandates.len(), pairs.len());
        for (pair, mandates) in &stored.mandates {
            let pair = (pair.principal, pair.representative);
            assert_eq!(mandates.ended, all.end(pair));
            let slots = mandates.given.slots.iter();
            let slots = slots.map(|one| (one.issuer, one.issued, one.weight, one.expires));
            let given = all.last_given(pair).into_iter().map(|(issuer, word)| {
                let (scope, expires) = word.mandate.unwrap_or_default();
                (issuer, word.issued, u32::from(scope), expires)
            });
            let (slots, given): (BTreeSet<_>, BTreeSet<_>) = (slots.collect(), given.collect());
            assert_eq!(slots, given);
        }
    }

    pub fn compare_person(&self, person: &Person, identity: &Identity) {
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
            (Some(agreed), _) if !agreed.anchors.is_empty() => Phase::Anchored,
            (Some(_), _) => Phase::Proposed,
            (None, Some(_)) => Phase::Contested,
            (None, None) => Phase::Idle,
        };
        assert_eq!(recovery.phase, phase);
        let agreed = person.agreed.as_ref();
        let keys = agreed.map_or(Keys::new(), |agreed| agreed.keys.clone());
        assert_eq!(recovery.keys, self.keys(&keys));
        let anchors: BTreeSet<_> = recovery.anchors.iter().copied().collect();
        let expected = agreed.map(|agreed| agreed.anchors.clone());
        assert_eq!(anchors, expected.unwrap_or_default());
    }

    /// Somebody's trust, and whose account somebody's is.
    pub fn ask(&mut self) {
        let id = self.dice.roll(self.model.people.len() as u64 + 1);
        let trust = self.world.contract().trust_of(id);
        assert_eq!(self.world.get(trust), self.model.trust(id), "{id}");
        let key = self.dice.roll(WALLETS[0].into()) as u8;
        let account: AccountId = self.signers[usize::from(key)].account();
        let own = self.model.owner_of(key).filter(|id| {
            let person = &self.model.people[*id as usize];
            person.is_good() && person.rule.keys[&key] & ACT != 0
        });
        assert_eq!(self.world.get(self.world.identity_of(account)), own);
        let trust = self.world.contract().trust(account.into());
        let expected = own.map_or(0, |id| self.model.trust(id));
        assert_eq!(self.world.get(trust), expected);
        let standing = self.world.contract().standing(account.into(), ALL_TOPICS);
        let expected = own.map(|identity| self.standing(identity, ALL_TOPICS));
        assert_eq!(self.world.get(standing), expected);
        self.ask_on_behalf();
        // Mostly one whose place was taken.
        let formers: Vec<_> = self.model.formers.keys().copied().collect();
        let former = sample(&mut self.dice, formers).unwrap_or(key);
        if former < WALLETS[0] {
            let lost: AccountId = self.signers[usize::from(former)].account();
            let asks = self.world.contract();
            let since = self
                .world
                .get(asks.successor_since(account.into(), lost.into()));
            assert_eq!(since, self.model.follows(key, former));
        }
    }

    fn standing(&self, identity: Id, topics: Topics) -> Standing {
        let asked = TOPICS.iter().filter(|topic| topics & topic.bit() != 0);
        let held = asked.filter(|topic| self.model.has(identity, **topic));
        let known = topics & Topic::KNOWN.bit() != 0;
        Standing {
            identity,
            held: held.fold(0, |all, topic| all | topic.bit()),
            trust: if known { self.model.trust(identity) } else { 0 },
        }
    }

    /// As whom the keys of a delegate and of a representative stand.
    fn ask_on_behalf(&mut self) {
        let said: Vec<_> = self.model.on_behalf.said.keys().copied().collect();
        let given: Vec<_> = self.model.on_behalf.given.keys().copied().collect();
        let topics = [ALL_TOPICS, Topic::KNOWN.bit(), Topic::CLINICIAN.bit()];
        let topics = topics[self.dice.roll(3) as usize];
        let scope = self.dice.roll(9) as Scope;
        if let Some((organisation, delegate)) = sample(&mut self.dice, said) {
            for id in [delegate, organisation] {
                let Some((account, acts)) = self.acting(id) else {
                    continue;
                };
                let counted = if id == organisation {
                    topics
                } else {
                    topics & self.model.delegated(organisation, id)
                };
                let expected = (acts && counted != 0).then(|| self.standing(organisation, counted));
                let asks = self.world.standing_as(account, organisation, topics);
                let answer = self.world.get(asks);
                assert_eq!(answer, expected, "{id} as {organisation}");
                self.asked("standing_as", id == organisation, answer.is_some());
            }
        }
        if let Some((principal, representative, _)) = sample(&mut self.dice, given) {
            for id in [representative, principal] {
                let Some((account, acts)) = self.acting(id) else {
                    continue;
                };
                let is_own = id == principal;
                let mandated = self.model.represented((principal, id));
                let may = is_own || (scope != 0 && scope & !mandated == 0);
                let frozen = self.model.people[principal as usize].is_frozen();
                let counted = match (is_own, frozen) {
                    (true, _) => topics,
                    (false, true) => 0,
                    (false, false) => topics & Topic::PERSONAL,
                };
                let expected = (acts && may).then(|| self.standing(principal, counted));
                let asks = self.world.standing_for(account, principal, scope, topics);
                let answer = self.world.get(asks);
                assert_eq!(answer, expected, "{id} for {principal}");
                self.asked("standing_for", is_own, answer.is_some());
            }
        }
    }

    fn asked(&mut self, question: &str, is_own: bool, answered: bool) {
        if !is_own {
            let came = if answered { "done" } else { "nobody" };
            let what = (question.to_string(), came.to_string());
            *self.tally.entry(what).or_default() += 1;
        }
    }

    /// An account of an identity, and whether it acts for it now.
    fn acting(&mut self, id: Id) -> Option<(AccountId, bool)> {
        let person = &self.model.people[id as usize];
        let keys = person.rule.keys.iter();
        let accounts = keys.filter(|(key, _)| **key < WALLETS[0]);
        let accounts: Vec<_> = accounts.map(|(key, it)| (*key, it & ACT != 0)).collect();
        let is_good = person.is_good();
        let (key, acts) = sample(&mut self.dice, accounts)?;
        Some((self.signers[usize::from(key)].account(), acts && is_good))
    }
}
