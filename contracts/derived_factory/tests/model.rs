//! The factory, its tokens and ALV in plain Rust: what every message does, by the specification.
//!
//! No rule of the contracts is called here. Theirs are only the names of errors and of what passes.

mod action;
mod issuer;
mod issuing;
pub mod wide;

pub use action::{Action, Kept, Signed, Sums, Who};
pub use issuer::{End, Issuer, Purse};

use crate::{
    identities::SETTLING,
    world::{NOTICE, PAUSE, RULES},
};
use allive_access::AccessError;
use allive_olife_id_interface::NotHeir as Why;
use allive_payments::{Credit, Part};
use allive_psp22_interface::TokenError;
use derived_factory::{
    Cause, DappId,
    FactoryError::{self, *},
    Fund, Rules, Source,
};
use issuer::due;
use std::collections::{BTreeMap, BTreeSet};

/// What a message returned; nothing is 0.
pub type Answer = Result<u128, FactoryError>;

#[derive(Clone)]
pub struct Model {
    pub now: u64,
    pub issuers: Vec<Issuer>,
    pub credits: Sums,
    /// Of what there is in each credit, how much counts from which moment on.
    pub parts: [BTreeMap<u64, u128>; Who::ALL.len()],
    /// The identity that each is a key of.
    pub keys: [Option<u64>; Who::ALL.len()],
    /// The identity that each was a key of, and when it left.
    pub formers: [Option<(u64, u64)>; Who::ALL.len()],
    pub held: u128,
    /// ALV by whom it belongs to.
    pub wallets: Sums,
    /// ALV that the factory may take.
    pub allowed: Sums,
    pub owner: Who,
    pub candidate: Option<Who>,
    pub rules: Rules,
    /// Rules, and when they were announced.
    pub announced: Option<(Rules, u64)>,
    /// When the pause ends or ended, of the factory and of ALV; 0 if there was none.
    pub paused_until: u64,
    pub alv_paused_until: u64,
    pub used: BTreeSet<(Who, u64)>,
}

impl Model {
    pub fn new(now: u64, wallets: Sums, allowed: Sums) -> Self {
        let mut keys = [None; Who::ALL.len()];
        for (identity, key) in (0..).zip(Who::PERSONS) {
            keys[key as usize] = Some(identity);
        }
        Self {
            now,
            issuers: vec![],
            credits: Sums::default(),
            parts: [const { BTreeMap::new() }; Who::ALL.len()],
            keys,
            formers: [None; Who::ALL.len()],
            held: 0,
            wallets,
            allowed,
            owner: Who::Alice,
            candidate: None,
            rules: RULES,
            announced: None,
            paused_until: 0,
            alv_paused_until: 0,
            used: BTreeSet::new(),
        }
    }

    /// What becomes of an action. A refusal changes nothing.
    pub fn act(&mut self, by: Who, action: &Action) -> Answer {
        let mut next = self.clone();
        let answer = next.attempt(by, action)?;
        *self = next;
        Ok(answer)
    }

    fn attempt(&mut self, by: Who, action: &Action) -> Answer {
        let now = self.now;
        match *action {
            Action::Register(treasury, ref profile, stake) => {
                return self.register(by, treasury, profile, stake)
            }
            Action::Heartbeat(dapp) => {
                let issuer = self.operated(by, dapp)?;
                issuer.unfailed(now)?;
                issuer.beat = now;
            }
            Action::AcceptDapp(dapp) => {
                let issuer = self.known(dapp)?;
                if issuer.successor != Some(by) {
                    return Err(NotPendingOperator);
                }
                if issuer.operator != by {
                    issuer.since = now;
                }
                (issuer.operator, issuer.successor) = (by, None);
            }
            Action::Appoint {
                dapp,
                treasury,
                signer,
                successor,
            } => {
                let issuer = self.operated(by, dapp)?;
                let barred = [Who::Remainder, Who::Nobody];
                if barred.contains(&treasury) {
                    return Err(BadTreasury);
                }
                if signer == Some(Who::Nobody) {
                    return Err(BadSigner);
                }
                if successor.is_some_and(|it| barred.contains(&it)) {
                    return Err(BadSuccessor);
                }
                (issuer.treasury, issuer.signer) = (treasury, signer);
                issuer.successor = successor;
            }
            Action::AnnouncePrice(dapp, price) => {
                let issuer = self.operated(by, dapp)?;
                issuer.live(now)?;
                price.map_or(Ok(()), |price| issuer.purse.sellable(price))?;
                let noticed = |price| (price, now, issuer.purse.notice(price));
                issuer.announced = price.map(noticed);
            }
            Action::ChangePrice(dapp) => {
                let issuer = self.operated(by, dapp)?;
                issuer.live(now)?;
                issuer.change_price(now)?;
            }
            Action::Deposit(0) | Action::Fund(_, _, 0) => return Err(NothingToDo),
            Action::Deposit(amount) => {
                self.credit(by, amount)?;
                self.collect(by, amount)?;
            }
            Action::PayIn(amount) => {
                self.pay_in(by, amount)?;
                if amount == 0 {
                    return Err(NothingToDo);
                }
            }
            // What is too little for another unit is credit.
            Action::Order { dapp, paid, least } => {
                self.pay_in(by, paid)?;
                self.buy(by, dapp, paid, least)?;
            }
            Action::Buy { dapp, paid, least } => return self.buy(by, dapp, paid, least),
            Action::Redeem {
                dapp,
                tokens,
                least,
            } => return self.redeem(by, dapp, tokens, least),
            Action::Convert {
                from,
                tokens,
                least_credit,
                to,
                least,
            } => {
                let credit = self.redeem(by, from, tokens, least_credit)?;
                return self.buy(by, to, credit, least);
            }
            Action::Withdraw => {
                let amount = std::mem::take(&mut self.credits[by]);
                if amount == 0 {
                    return Err(NothingToDo);
                }
                self.parts[by as usize].clear();
                self.pay_out(by, amount);
                return Ok(amount);
            }
            Action::Fund(dapp, fund, amount) => {
                let issuer = self.known(dapp)?;
                issuer.unfailed(now)?;
                let fund = fund_of(&mut issuer.purse, fund);
                *fund = fund.checked_add(amount).ok_or(AmountTooLarge)?;
                self.charge(by, amount)?;
            }
            Action::Unbond(dapp, source, amount) => {
                let issuer = self.operated(by, dapp)?;
                issuer.live(now)?;
                let purse = &mut issuer.purse;
                take(purse.source(source), amount)?;
                purse.leaving[source as usize] += amount;
                issuer.free_from[source as usize] = now + crate::world::UNBONDING;
                purse.promise(purse.peak)?;
            }
            Action::Release(dapp, source) => {
                let issuer = self.operated(by, dapp)?;
                issuer.live(now)?;
                let amount = std::mem::take(&mut issuer.purse.leaving[source as usize]);
                if amount == 0 {
                    return Err(NothingToDo);
                }
                if now < std::mem::take(&mut issuer.free_from[source as usize]) {
                    return Err(TooEarly);
                }
                let to = match source {
                    Source::Stake => by,
                    Source::Proceeds => issuer.treasury,
                };
                self.pay_out(to, amount);
            }
            // At once, while all units are paid in full without it.
            Action::WithdrawProceeds(dapp, amount) => {
                let issuer = self.operated(by, dapp)?;
                issuer.live(now)?;
                let purse = &mut issuer.purse;
                take(&mut purse.proceeds, amount)?;
                purse.promise(purse.peak)?;
                let stays = purse.reserve + purse.stake + purse.proceeds;
                if stays < purse.units * purse.most() {
                    return Err(WouldDilute);
                }
                let treasury = issuer.treasury;
                self.pay_out(treasury, amount);
            }
            Action::WithdrawPrepaid(dapp, amount) => {
                let issuer = self.operated(by, dapp)?;
                take(&mut issuer.purse.prepaid, amount)?;
                self.pay_out(by, amount);
            }
            Action::Reward { dapp, to, tokens } => {
                self.unpaused()?;
                self.operated(by, dapp)?.live(now)?;
                self.give(dapp, to, tokens)?;
            }
            Action::RedeemVoucher(ref signed) => self.redeem_voucher(signed)?,
            Action::Close(dapp) => self.operated(by, dapp)?.fail(Cause::OwnWord, now)?,
            Action::DeclareSilent(dapp) => self.known(dapp)?.fail(Cause::Silence, now)?,
            Action::Accuse(dapp, evidence) => {
                self.owned(by)?;
                self.known(dapp)?.accuse(evidence, now)?;
            }
            Action::Answer(dapp, answer) => {
                let accusation = self.operated(by, dapp)?.accusation(now)?;
                accusation
                    .iter_mut()
                    .for_each(|it| it.answer = Some(answer));
            }
            Action::Acquit(dapp) => {
                self.owned(by)?;
                let issuer = self.known(dapp)?;
                *issuer.accusation(now)? = None;
                issuer.accusable_from = now + 2 * crate::world::ANSWER;
            }
            Action::Decide(dapp) => {
                self.owned(by)?;
                self.known(dapp)?.fail(Cause::Decision, now)?;
            }
            Action::Claim(dapp, holder) => {
                let paid = self.known(dapp)?.claim(holder, now)?;
                self.pay_out(holder, paid);
                return Ok(paid);
            }
            Action::Sweep(dapp) => {
                let left = self.known(dapp)?.sweep(now)?;
                self.pay_out(Who::Remainder, left);
            }
            Action::Inherit(Kept::Dapp(dapp)) => {
                let Issuer {
                    operator, since, ..
                } = *self.known(dapp)?;
                let left = self.follows(by, operator, since)?;
                let issuer = self.known(dapp)?;
                if issuer.treasury == operator {
                    issuer.treasury = by;
                }
                if issuer.signer == Some(operator) {
                    issuer.signer = Some(by);
                }
                (issuer.operator, issuer.successor, issuer.since) = (by, None, left);
            }
            Action::Inherit(Kept::Credit(former)) => {
                let Some((began, _)) = self.parts[former as usize].first_key_value() else {
                    return Err(NothingToDo);
                };
                let left = self.follows(by, former, *began)?;
                let stays = self.parts[former as usize].split_off(&left);
                let passes = std::mem::replace(&mut self.parts[former as usize], stays);
                for amount in passes.into_values() {
                    self.credits[former] -= amount;
                    self.add(by, amount, left)?;
                }
            }
            Action::Rekey(to) => {
                self.now += SETTLING;
                let identity = self.keys[by as usize].take();
                let left = identity.map(|identity| (identity, self.now));
                self.formers[by as usize] = left;
                self.keys[to as usize] = identity;
                self.formers[to as usize] = None;
            }
            Action::AnnounceRules(rules) => {
                self.owned(by)?;
                if rules.is_some_and(|rules| !sound(&rules)) {
                    return Err(UnsoundRules);
                }
                self.announced = rules.map(|rules| (rules, now));
            }
            Action::ChangeRules => {
                self.owned(by)?;
                let announced = self.announced.take();
                self.rules = due(announced.map(|(rules, at)| (rules, at, NOTICE)), now)?;
            }
            Action::TransferOwnership(to) => {
                self.owned(by)?;
                self.candidate = to;
            }
            Action::AcceptOwnership => {
                if self.candidate != Some(by) {
                    return Err(Access(AccessError::CallerIsNotPendingOwner));
                }
                (self.owner, self.candidate) = (by, None);
            }
            Action::Pause => {
                self.owned(by)?;
                self.paused_until = pause(self.paused_until, now)?;
            }
            Action::Unpause => {
                self.owned(by)?;
                self.paused_until = unpause(self.paused_until, now)?;
            }
            Action::Transfer { dapp, to, units } => {
                let issuer = self.known(dapp)?;
                if units > 0 && by != to {
                    if issuer.end.is_some() {
                        return Err(Token(TokenError::Refused));
                    }
                    move_sum(&mut issuer.holders, by, to, units)?;
                }
            }
            Action::Pay(to, amount) => self.pay_alv(by, to, amount)?,
            Action::Allow(amount) => self.allowed[by] = amount,
            Action::PauseAlv => self.alv_paused_until = pause(self.alv_paused_until, now)?,
            Action::UnpauseAlv => self.alv_paused_until = unpause(self.alv_paused_until, now)?,
            Action::Wait(time) => self.now += time,
        }
        Ok(0)
    }

    pub fn paused(&self) -> bool {
        self.now < self.paused_until
    }

    pub fn unpaused(&self) -> Result<(), FactoryError> {
        (!self.paused())
            .then_some(())
            .ok_or(Access(AccessError::Paused))
    }

    pub fn known(&mut self, dapp: DappId) -> Result<&mut Issuer, FactoryError> {
        self.issuers.get_mut(dapp as usize).ok_or(UnknownDapp)
    }

    fn operated(&mut self, by: Who, dapp: DappId) -> Result<&mut Issuer, FactoryError> {
        let issuer = self.known(dapp)?;
        let is_operator = issuer.operator == by;
        is_operator.then_some(issuer).ok_or(NotOperator)
    }

    /// Whether what came to `former` then is another's now.
    /// When the former key left, if the heir inherits what that has had since this moment.
    fn follows(&self, heir: Who, former: Who, since: u64) -> Result<u64, FactoryError> {
        match self.formers[former as usize] {
            Some((identity, left)) if self.keys[heir as usize] == Some(identity) => (since < left)
                .then_some(left)
                .ok_or(NotHeir(Why::CameLater)),
            _ => Err(NotHeir(Why::NotSuccessor)),
        }
    }

    fn owned(&self, by: Who) -> Result<(), FactoryError> {
        let is_owner = self.owner == by;
        is_owner
            .then_some(())
            .ok_or(Access(AccessError::CallerIsNotOwner))
    }

    /// From credit first, then from what was allowed.
    pub fn charge(&mut self, by: Who, amount: u128) -> Result<(), FactoryError> {
        let from_credit = amount.min(self.credits[by]);
        self.credits[by] -= from_credit;
        // The latest first.
        let mut rest = from_credit;
        while let Some((moment, there)) = self.parts[by as usize].pop_last() {
            if there > rest {
                self.parts[by as usize].insert(moment, there - rest);
                break;
            }
            rest -= there;
        }
        match amount - from_credit {
            0 => Ok(()),
            rest => self.collect(by, rest),
        }
    }

    pub fn credit(&mut self, to: Who, amount: u128) -> Result<(), FactoryError> {
        let latest = self.parts[to as usize].last_key_value();
        let since = latest.map_or(self.now, |(moment, _)| *moment);
        self.add(to, amount, since)
    }

    fn add(&mut self, to: Who, amount: u128, since: u64) -> Result<(), FactoryError> {
        let credit = &mut self.credits[to];
        *credit = credit.checked_add(amount).ok_or(AmountTooLarge)?;
        if amount > 0 {
            *self.parts[to as usize].entry(since).or_default() += amount;
        }
        Ok(())
    }

    /// What is in a credit, as the factory writes it.
    pub fn credit_of(&self, who: Who) -> Credit {
        let mut parts = self.parts[who as usize].iter();
        Credit {
            amount: self.credits[who],
            began: parts.next().map_or(0, |(moment, _)| *moment),
            later: parts
                .map(|(since, amount)| Part {
                    amount: *amount,
                    since: *since,
                })
                .collect(),
        }
    }

    fn collect(&mut self, from: Who, amount: u128) -> Result<(), FactoryError> {
        let holds = self.wallets[Who::Factory];
        holds.checked_add(amount).ok_or(AmountTooLarge)?;
        self.held += amount;
        let allowed = &mut self.allowed[from];
        *allowed = (allowed.checked_sub(amount)).ok_or(Token(TokenError::InsufficientAllowance))?;
        self.pay_alv(from, Who::Factory, amount)
    }

    fn pay_in(&mut self, from: Who, amount: u128) -> Result<(), FactoryError> {
        self.pay_alv(from, Who::Factory, amount)?;
        self.held += amount;
        self.credit(from, amount)
    }

    fn pay_out(&mut self, to: Who, amount: u128) {
        self.held -= amount;
        let paid = move_sum(&mut self.wallets, Who::Factory, to, amount);
        assert_eq!(paid, Ok(()), "the factory owes more than it holds");
    }

    /// ALV refuses while it is paused, whoever pays but its vaults.
    fn pay_alv(&mut self, from: Who, to: Who, amount: u128) -> Result<(), FactoryError> {
        if amount == 0 || from == to {
            return Ok(());
        }
        if self.now < self.alv_paused_until {
            return Err(Token(TokenError::Refused));
        }
        move_sum(&mut self.wallets, from, to, amount)
    }
}

fn move_sum(sums: &mut Sums, from: Who, to: Who, amount: u128) -> Result<(), FactoryError> {
    less(&mut sums[from], amount)?;
    sums[to] += amount;
    Ok(())
}

pub fn less(balance: &mut u128, amount: u128) -> Result<(), FactoryError> {
    *balance = (balance.checked_sub(amount)).ok_or(Token(TokenError::InsufficientBalance))?;
    Ok(())
}

fn take(from: &mut u128, amount: u128) -> Result<(), FactoryError> {
    if amount == 0 {
        return Err(NothingToDo);
    }
    *from = from.checked_sub(amount).ok_or(TooLittleThere)?;
    Ok(())
}

fn fund_of(purse: &mut Purse, fund: Fund) -> &mut u128 {
    match fund {
        Fund::Stake => &mut purse.stake,
        Fund::Prepaid => &mut purse.prepaid,
    }
}

/// At least 20 % cover and 5 % of what is raised; a first stake of at most a million ALV.
fn sound(rules: &Rules) -> bool {
    (2_000..=10_000).contains(&rules.min_cover)
        && (500..=10_000).contains(&rules.stake_share)
        && (1..=1_000_000 * 100_000_000).contains(&rules.min_stake)
}

/// A pause lasts, and another waits as long as the first lasted.
fn pause(until: u64, now: u64) -> Result<u64, FactoryError> {
    if until > 0 && now < until + PAUSE {
        return Err(Access(AccessError::PauseTooSoon));
    }
    Ok(now + PAUSE)
}

fn unpause(until: u64, now: u64) -> Result<u64, FactoryError> {
    if now >= until {
        return Err(Access(AccessError::NotPaused));
    }
    Ok(now)
}
