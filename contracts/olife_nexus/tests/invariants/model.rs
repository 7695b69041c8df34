//! What the Nexus should be, told in other words than the contract's.

use crate::world::*;
use allive_olife_id_interface::NotHeir;
use allive_psp22_interface::TokenError;
use allive_support::acting::Dice;
use ink::primitives::AccountId;
use olife_nexus::*;
use std::collections::BTreeMap;

#[derive(Default)]
pub struct Model {
    pub records: Vec<Record>,
    pub grants: Vec<Option<Grant>>,
    pub credits: BTreeMap<AccountId, Credit>,
    /// Who follows whom, since when, as Olife ID was told.
    pub followed: BTreeMap<(AccountId, AccountId), u64>,
    pub wallets: BTreeMap<AccountId, u128>,
    pub allowed: BTreeMap<AccountId, u128>,
    pub paused_until: u64,
    /// When the announced upgrade lapses; zero if there is none.
    pub announced_until: u64,
}

impl Model {
    pub fn offer(
        &mut self,
        by: AccountId,
        record: RecordId,
        terms: &GrantTerms,
        now: u64,
    ) -> Result<GrantId, NexusError> {
        let opened = self.records.get(record as usize);
        match opened.map(|record| &record.owner) {
            None => return Err(NexusError::UnknownRecord),
            Some(owner) if *owner != by => return Err(NexusError::NotOwner),
            _ if terms.uses == 0 => return Err(NexusError::NoUses),
            _ if terms.expires <= now || terms.expires > now + LONGEST => {
                return Err(NexusError::BadExpiry)
            }
            _ => (),
        }
        self.grants.push(Some(Grant {
            record,
            patient: by,
            patient_since: self.records[record as usize].since,
            grantee: terms.grantee,
            grantee_since: now,
            purpose: terms.purpose,
            price: terms.price,
            expires: terms.expires,
            for_sale: terms.uses,
            bought: 0,
            used: 0,
        }));
        Ok(self.grants.len() as u64 - 1)
    }

    pub fn open(&mut self, grant: GrantId) -> Result<&mut Grant, NexusError> {
        self.grants
            .get_mut(grant as usize)
            .and_then(Option::as_mut)
            .ok_or(NexusError::UnknownGrant)
    }

    pub fn for_grantee(
        &mut self,
        by: AccountId,
        grant: GrantId,
        now: u64,
    ) -> Result<&mut Grant, NexusError> {
        let grant = self.open(grant)?;
        if grant.grantee != by {
            return Err(NexusError::NotGrantee);
        }
        if now >= grant.expires {
            return Err(NexusError::Expired);
        }
        Ok(grant)
    }

    pub fn buy(
        &mut self,
        nexus: AccountId,
        by: AccountId,
        grant: GrantId,
        (uses, accepted): (u32, u128),
        now: u64,
    ) -> Result<(), NexusError> {
        let cell = self.for_grantee(by, grant, now)?;
        if uses == 0 {
            return Err(NexusError::NoUses);
        }
        if cell.price > accepted {
            return Err(NexusError::PriceTooHigh);
        }
        if uses > cell.for_sale {
            return Err(NexusError::NotForSale);
        }
        let cost = cell.price * u128::from(uses);
        if cost > 0 {
            let refused = if self.allowed[&by] < cost {
                Some(TokenError::InsufficientAllowance)
            } else if now < self.paused_until {
                Some(TokenError::Refused)
            } else if self.wallets[&by] < cost {
                Some(TokenError::InsufficientBalance)
            } else {
                None
            };
            if let Some(reason) = refused {
                return Err(NexusError::Token(reason));
            }
            *self.allowed.get_mut(&by).unwrap() -= cost;
            *self.wallets.get_mut(&by).unwrap() -= cost;
            *self.wallets.get_mut(&nexus).unwrap() += cost;
        }
        let cell = self.open(grant)?;
        cell.for_sale -= uses;
        cell.bought += uses;
        Ok(())
    }

    pub fn use_record(
        &mut self,
        by: AccountId,
        grant: GrantId,
        now: u64,
    ) -> Result<u32, NexusError> {
        let cell = self.for_grantee(by, grant, now)?;
        if cell.bought == 0 {
            return Err(NexusError::NoUsesLeft);
        }
        cell.bought -= 1;
        cell.used += 1;
        let (left, patient, price) = (cell.bought, cell.patient, cell.price);
        let since = cell.patient_since;
        self.earn(patient, price, since);
        Ok(left)
    }

    pub fn revoke(&mut self, by: AccountId, grant: GrantId) -> Result<(), NexusError> {
        let cell = self.open(grant)?.clone();
        if cell.patient != by {
            return Err(NexusError::NotOwner);
        }
        let refund = cell.price * u128::from(cell.bought);
        self.earn(cell.grantee, refund, cell.grantee_since);
        self.grants[grant as usize] = None;
        Ok(())
    }

    pub fn settle(&mut self, by: AccountId, grant: GrantId, now: u64) -> Result<(), NexusError> {
        let announced = now < self.announced_until;
        let cell = self.open(grant)?;
        if now < cell.expires && !(announced && cell.grantee == by) {
            return Err(NexusError::NotExpired);
        }
        if cell.bought == 0 {
            return Err(NexusError::NothingOwed);
        }
        let (grantee, refund) = (cell.grantee, cell.price * u128::from(cell.bought));
        let since = cell.grantee_since;
        (cell.bought, cell.for_sale) = (0, 0);
        self.earn(grantee, refund, since);
        Ok(())
    }

    pub fn withdraw(&mut self, nexus: AccountId, account: AccountId) -> Result<u128, NexusError> {
        let amount = match self.credits.get_mut(&account) {
            None | Some(Credit { amount: 0, .. }) => return Err(NexusError::NothingOwed),
            Some(credit) => std::mem::take(credit).amount,
        };
        *self.wallets.get_mut(&nexus).unwrap() -= amount;
        *self.wallets.get_mut(&account).unwrap() += amount;
        Ok(amount)
    }

    pub fn earn(&mut self, account: AccountId, amount: u128, since: u64) {
        if amount > 0 {
            let credit = self.credits.entry(account).or_default();
            let mut parts = parts_of(credit);
            *parts.entry(since).or_default() += amount;
            while parts.len() > MAX_PARTS {
                let moments: Vec<u64> = parts.keys().copied().collect();
                let closest = moments.windows(2).min_by_key(|two| two[1] - two[0]);
                let [earlier, later] = closest.unwrap() else {
                    unreachable!()
                };
                let joins = parts.remove(later).unwrap();
                *parts.entry(*earlier).or_default() += joins;
            }
            *credit = credit_of(parts);
        }
    }

    /// When the former key left, if `by` inherits what came to it at that moment.
    pub fn follows(&self, by: AccountId, former: AccountId, came: u64) -> Result<u64, NexusError> {
        match self.followed.get(&(by, former)) {
            None => Err(NotHeir::NotSuccessor.into()),
            Some(left) if came >= *left => Err(NotHeir::CameLater.into()),
            Some(left) => Ok(*left),
        }
    }

    pub fn inherit(&mut self, by: AccountId, holding: &Holding) -> Result<(), NexusError> {
        match holding {
            Holding::Record(record) => {
                let unknown = NexusError::UnknownRecord;
                let cell = self.records.get(*record as usize).ok_or(unknown)?;
                let left = self.follows(by, cell.owner, cell.since)?;
                let cell = &mut self.records[*record as usize];
                cell.committed_by.get_or_insert(cell.owner);
                (cell.owner, cell.since) = (by, left);
            }
            Holding::Grant(grant) => {
                let cell = self.open(*grant)?.clone();
                let left = self.follows(by, cell.patient, cell.patient_since)?;
                let cell = self.open(*grant)?;
                (cell.patient, cell.patient_since) = (by, left);
            }
            Holding::Purchase(grant) => {
                let cell = self.open(*grant)?.clone();
                let left = self.follows(by, cell.grantee, cell.grantee_since)?;
                let cell = self.open(*grant)?;
                (cell.grantee, cell.grantee_since) = (by, left);
            }
            Holding::Credit(former) => {
                let credit = self.credits.get(former).cloned().unwrap_or_default();
                if credit.amount == 0 {
                    return Err(NexusError::NothingOwed);
                }
                let left = self.follows(by, **former, credit.began)?;
                let mut passes = parts_of(&credit);
                let stays = passes.split_off(&left);
                self.credits.insert(**former, credit_of(stays));
                self.earn(by, passes.values().sum(), left);
            }
        }
        Ok(())
    }

    /// For whom something is kept, if it exists.
    pub fn holder(&self, holding: &Holding) -> Option<AccountId> {
        let grant = |grant: &GrantId| self.grants.get(*grant as usize)?.as_ref();
        match holding {
            Holding::Record(record) => Some(self.records.get(*record as usize)?.owner),
            Holding::Grant(number) => Some(grant(number)?.patient),
            Holding::Purchase(number) => Some(grant(number)?.grantee),
            Holding::Credit(former) => Some(**former),
        }
    }

    /// Mostly a grant for which `fits` holds; sometimes any, or one that does not exist.
    pub fn pick(&self, dice: &mut Dice, fits: impl Fn(&Grant) -> bool) -> GrantId {
        let numbered = (0..).zip(&self.grants);
        let fitting: Vec<GrantId> = numbered
            .filter_map(|(id, grant)| grant.as_ref().filter(|grant| fits(grant)).map(|_| id))
            .collect();
        if fitting.is_empty() || dice.roll(6) == 0 {
            dice.roll(self.grants.len() as u64 + 1)
        } else {
            fitting[dice.roll(fitting.len() as u64) as usize]
        }
    }

    pub fn owed(&self) -> u128 {
        let bought = self
            .grants
            .iter()
            .flatten()
            .map(|grant| u128::from(grant.bought) * grant.price);
        bought
            .chain(self.credits.values().map(|credit| credit.amount))
            .sum()
    }
}

/// What counts from which moment.
fn parts_of(credit: &Credit) -> BTreeMap<u64, u128> {
    let later = credit.later.iter().map(|part| (part.since, part.amount));
    let mut parts: BTreeMap<_, _> = later.collect();
    let first = credit.amount - parts.values().sum::<u128>();
    if first > 0 {
        parts.insert(credit.began, first);
    }
    parts
}

fn credit_of(mut parts: BTreeMap<u64, u128>) -> Credit {
    let amount = parts.values().sum();
    let began = parts.pop_first().map_or(0, |(since, _)| since);
    let later = parts.into_iter();
    Credit {
        amount,
        began,
        later: later
            .map(|(since, amount)| Part { amount, since })
            .collect(),
    }
}
