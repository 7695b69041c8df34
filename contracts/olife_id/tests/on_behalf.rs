//! Who acts for whom, as it should be: everything that was ever said, and what counts of it now.

use crate::{
    actors::SETTLING,
    model::{need, Deed, Done, Model},
};
use allive_olife_id_interface::{scope, IdentityId as Id, Scope, Topic, Topics};
use olife_id::{IdError, LONGEST_TERM, MAX_DISMISSED};
use std::collections::{BTreeMap, BTreeSet};

const MANDATES: Topic = Topic::REPRESENTATIVE;

/// What an organisation said of a delegate.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    pub issued: u64,
    pub stored: u64,
    /// For what and until when it was appointed; nothing if it was dismissed.
    pub appointed: Option<(Topics, u64)>,
}

/// What an issuer said of a pair.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    pub issued: u64,
    pub stored: u64,
    /// Under which approval.
    pub approval: usize,
    /// The scope and until when; nothing if the issuer took its mandate back.
    pub mandate: Option<(Scope, u64)>,
}

/// Nothing here is ever forgotten.
#[derive(Clone, Default)]
pub struct OnBehalf {
    /// By organisation and delegate.
    pub said: BTreeMap<(Id, Id), Vec<Said>>,
    pub declined: BTreeSet<(Id, Id)>,
    /// The times in which an organisation dismissed everybody, and, where it has too many, what
    /// lies between two of them.
    pub cleared: BTreeMap<Id, Vec<(u64, u64)>>,
    /// By principal, representative and issuer.
    pub given: BTreeMap<(Id, Id, Id), Vec<Given>>,
    /// Up to when the mandates of principal and representative were ended, each time.
    pub ended: BTreeMap<(Id, Id), Vec<u64>>,
}

impl OnBehalf {
    fn is_cleared(&self, organisation: Id, moment: u64) -> bool {
        let times = self.cleared.get(&organisation).into_iter().flatten();
        let mut times = times.map(|(since, until)| since..=until);
        times.any(|time| time.contains(&&moment))
    }

    /// The word that was issued last. A dismissal wins at the same moment, and so does what was
    /// stored later.
    pub fn last_said(&self, organisation: Id, delegate: Id) -> Option<&Said> {
        let all = self.said.get(&(organisation, delegate))?;
        all.iter()
            .max_by_key(|word| (word.issued, word.appointed.is_none()))
    }

    /// Up to when the mandates of a pair are ended.
    pub fn end(&self, pair: (Id, Id)) -> u64 {
        let ends = self.ended.get(&pair).into_iter().flatten();
        ends.copied().max().unwrap_or_default()
    }

    /// What each issuer said last of a pair, unless that was ended.
    pub fn last_given(&self, pair: (Id, Id)) -> Vec<(Id, Given)> {
        let (principal, representative) = pair;
        let of = (principal, representative, 0)..=(principal, representative, Id::MAX);
        let last = self.given.range(of);
        let last = last.filter_map(|(place, all)| Some((place.2, *all.last()?)));
        last.filter(|(_, word)| word.issued > self.end(pair))
            .collect()
    }
}

impl Model {
    /// For what the delegate acts for the organisation now.
    pub fn delegated(&self, organisation: Id, delegate: Id) -> Topics {
        let all = &self.on_behalf;
        let last = all.last_said(organisation, delegate);
        let Some((stored, (topics, expires))) =
            last.and_then(|word| Some((word.stored, word.appointed?)))
        else {
            return 0;
        };
        let acts = self.now < expires && !all.is_cleared(organisation, stored);
        let is_good = self.people[organisation as usize].is_good();
        if acts && is_good {
            topics
        } else {
            0
        }
    }

    /// For what the representative acts for the principal now.
    pub fn represented(&self, pair: (Id, Id)) -> Scope {
        if self.people[pair.0 as usize].is_false {
            return 0;
        }
        let mut all = 0;
        for (issuer, word) in self.on_behalf.last_given(pair) {
            let honest = self.is_honest(issuer, MANDATES.0, word.approval, word.stored);
            all |= match word.mandate {
                Some((scope, expires))
                    if honest
                        && self.now < expires
                        && !self.was_adult_after(pair.0, word.issued) =>
                {
                    scope
                }
                _ => 0,
            };
        }
        all
    }

    /// Whether it is an adult, or was one after that moment, as far as its issuers are believed.
    fn was_adult_after(&self, id: Id, moment: u64) -> bool {
        let adult = Topic::ADULT.0;
        let mut all = self.attested.range((id, adult, 0)..=(id, adult, Id::MAX));
        all.any(|(place, word)| {
            let end = if word.is_revoked {
                word.stored
            } else {
                word.expires
            };
            moment < end && self.is_believed(place, word)
        })
    }

    fn only_known(&self, id: Id) -> Done {
        need(id < self.people.len() as Id, IdError::UnknownIdentity)
    }

    fn only_lasting(&self, expires: u64) -> Done {
        let lasts = expires > self.now && expires <= self.now + LONGEST_TERM;
        need(lasts, IdError::BadExpiry)
    }

    pub fn act_for_another(&mut self, id: Id, deed: &Deed) -> Done {
        match deed {
            Deed::Appoint(delegate, topics, expires, issued) => {
                self.appoint(id, *delegate, *topics, *expires, *issued)
            }
            Deed::Dismiss(delegate, issued) => self.dismiss(id, *delegate, *issued),
            Deed::DismissAll(since, until) => self.dismiss_all(id, *since, *until),
            Deed::Decline(organisation, declined, issued) => {
                self.decline(id, *organisation, *declined, *issued)
            }
            Deed::Mandate(pair, scope, expires, issued) => {
                self.mandate(id, *pair, *scope, *expires, *issued)
            }
            Deed::EndMandate(pair, issued) => self.end_mandate(id, *pair, *issued),
            Deed::Renounce(principal, issued) => {
                need(*principal != id, IdError::Itself)?;
                self.end((*principal, id), *issued)
            }
            _ => unreachable!("done before"),
        }
    }

    fn appoint(
        &mut self,
        id: Id,
        delegate: Id,
        topics: Topics,
        expires: u64,
        issued: Option<u64>,
    ) -> Done {
        need(!self.people[id as usize].is_false, IdError::Challenged)?;
        self.only_unpaused()?;
        need(delegate != id, IdError::Itself)?;
        self.only_known(delegate)?;
        let issued = self.issued(issued)?;
        let all = &self.on_behalf;
        need(!all.is_cleared(id, self.now), IdError::TooEarly)?;
        need(!all.is_cleared(id, issued), IdError::Outdated)?;
        need(topics != 0, IdError::NothingToDo)?;
        self.only_lasting(expires)?;
        need(!all.declined.contains(&(id, delegate)), IdError::Refused)?;
        let newer = all.last_said(id, delegate).is_none_or(|last| {
            issued > last.issued || (issued == last.issued && last.appointed.is_some())
        });
        need(newer, IdError::Outdated)?;
        self.say(id, delegate, issued, Some((topics, expires)));
        Ok(())
    }

    fn say(&mut self, id: Id, delegate: Id, issued: u64, appointed: Option<(Topics, u64)>) {
        let stored = self.now;
        let said = self.on_behalf.said.entry((id, delegate)).or_default();
        said.push(Said {
            issued,
            stored,
            appointed,
        });
    }

    fn dismiss(&mut self, id: Id, delegate: Id, issued: Option<u64>) -> Done {
        need(delegate != id, IdError::Itself)?;
        self.only_known(delegate)?;
        let issued = self.issued(issued)?;
        if let Some(last) = self.on_behalf.last_said(id, delegate) {
            need(issued >= last.issued, IdError::Outdated)?;
            let again = last.appointed.is_none() && issued == last.issued;
            need(!again, IdError::NothingToDo)?;
        }
        self.say(id, delegate, issued, None);
        Ok(())
    }

    fn dismiss_all(&mut self, id: Id, since: u64, until: Option<u64>) -> Done {
        let until = until.unwrap_or(self.now);
        need(since <= self.now && until <= self.now, IdError::InFuture)?;
        let times = self.on_behalf.cleared.get(&id).into_iter().flatten();
        let mut times = times.map(|(first, last)| *first..=*last);
        let is_so = times.any(|time| time.contains(&since) && time.contains(&until));
        need(since <= until && !is_so, IdError::NothingToDo)?;
        self.clear(id, since, until);
        Ok(())
    }

    fn clear(&mut self, id: Id, since: u64, until: u64) {
        let cleared = self.on_behalf.cleared.entry(id).or_default();
        cleared.push((since, until));
        // Apart, in their order.
        cleared.sort_unstable();
        let mut apart: Vec<(u64, u64)> = vec![];
        for (since, until) in std::mem::take(cleared) {
            match apart.last_mut() {
                Some(last) if since <= last.1 => last.1 = last.1.max(until),
                _ => apart.push((since, until)),
            }
        }
        if apart.len() > MAX_DISMISSED {
            let places = 1..apart.len();
            let closest = places.min_by_key(|place| apart[*place].0 - apart[place - 1].1);
            let later = apart.remove(closest.unwrap());
            apart[closest.unwrap() - 1].1 = later.1;
        }
        *cleared = apart;
    }

    /// What a thief appointed does not outlive a recovery.
    pub fn clear_after_recovery(&mut self, id: Id, begun: u64) {
        self.clear(id, begun.saturating_sub(SETTLING), self.now);
    }

    fn decline(&mut self, id: Id, organisation: Id, declined: bool, issued: Option<u64>) -> Done {
        need(organisation != id, IdError::Itself)?;
        self.only_known(organisation)?;
        let issued = self.issued(issued)?;
        let place = (organisation, id);
        let is_so = self.on_behalf.declined.contains(&place) == declined;
        need(!is_so, IdError::NothingToDo)?;
        let last = self.on_behalf.last_said(organisation, id);
        need(
            last.is_none_or(|last| issued >= last.issued),
            IdError::Outdated,
        )?;
        if declined {
            self.on_behalf.declined.insert(place);
            self.say(organisation, id, issued, None);
        } else {
            self.on_behalf.declined.remove(&place);
        }
        Ok(())
    }

    fn mandate(
        &mut self,
        id: Id,
        pair: (Id, Id),
        scope: Scope,
        expires: u64,
        issued: Option<u64>,
    ) -> Done {
        self.only_unpaused()?;
        need(self.is_approved(id, MANDATES), IdError::NotIssuer)?;
        need(are_others(id, pair), IdError::Itself)?;
        need((1..=scope::ALL).contains(&scope), IdError::BadScope)?;
        self.only_known(pair.1)?;
        self.only_known(pair.0)?;
        let is_false = self.people[pair.0 as usize].is_false;
        need(!is_false, IdError::Challenged)?;
        let issued = self.issued(issued)?;
        need(!self.was_adult_after(pair.0, issued), IdError::Adult)?;
        need(issued > self.on_behalf.end(pair), IdError::Outdated)?;
        need(self.could_attest(id, MANDATES, issued), IdError::Outdated)?;
        self.only_lasting(expires)?;
        let given = self.on_behalf.given.entry((pair.0, pair.1, id));
        let given = given.or_default();
        let newer = given.last().is_none_or(|last| {
            issued > last.issued || (issued == last.issued && last.mandate.is_some())
        });
        need(newer, IdError::Outdated)?;
        given.push(Given {
            issued,
            stored: self.now,
            approval: self.approvals[&(id, MANDATES.0)].len() - 1,
            mandate: Some((scope, expires)),
        });
        Ok(())
    }

    fn end_mandate(&mut self, id: Id, pair: (Id, Id), issued: Option<u64>) -> Done {
        need(are_others(id, pair), IdError::Itself)?;
        if self.is_approved(id, MANDATES) && !self.people[id as usize].is_frozen() {
            return self.end(pair, issued);
        }
        self.only_known(pair.0)?;
        self.only_known(pair.1)?;
        let issued = self.issued(issued)?;
        let last = self.on_behalf.last_given(pair);
        let own = last.into_iter().find(|(issuer, _)| *issuer == id);
        let (_, own) = own.ok_or(IdError::NothingToDo)?;
        need(issued >= own.issued, IdError::Outdated)?;
        let again = own.mandate.is_none() && issued == own.issued;
        need(!again, IdError::NothingToDo)?;
        let place = (pair.0, pair.1, id);
        self.on_behalf.given.entry(place).or_default().push(Given {
            issued,
            stored: self.now,
            mandate: None,
            ..own
        });
        Ok(())
    }

    fn end(&mut self, pair: (Id, Id), issued: Option<u64>) -> Done {
        self.only_known(pair.0)?;
        self.only_known(pair.1)?;
        let issued = self.issued(issued)?;
        need(issued > self.on_behalf.end(pair), IdError::NothingToDo)?;
        self.on_behalf.ended.entry(pair).or_default().push(issued);
        Ok(())
    }
}

/// Whether an issuer is none of a pair of two.
fn are_others(issuer: Id, (principal, representative): (Id, Id)) -> bool {
    principal != representative && issuer != principal && issuer != representative
}
