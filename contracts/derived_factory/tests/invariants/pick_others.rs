//! What else happens: to a DAPP, to the factory, and by itself.

use super::pick::{holding, Picker};
use crate::{
    model::{Action, Issuer, Kept, Model, Who},
    world::*,
};
use derived_factory::*;

impl Picker {
    /// Sometimes what can be done only for a while, if its time has come.
    pub fn timely(&mut self, model: &Model) -> Option<(Who, Action)> {
        let open = |at: u64, notice| (at + notice..at + 2 * notice).contains(&model.now);
        let price = |issuer: &Issuer| issuer.announced.is_some_and(|it| open(it.1, it.2));
        let judged = |issuer: &Issuer| {
            let accused = issuer.accused.is_some_and(|it| open(it.at, ANSWER));
            accused && issuer.end.is_none()
        };
        let rules = model.announced.is_some_and(|it| open(it.1, NOTICE));
        match self.dice.below(30) {
            0..=2 if rules => Some((model.owner, Action::ChangeRules)),
            3..=6 if model.issuers.iter().any(price) => {
                let dapp = self.dapp(model, price);
                Some((self.operator(model, dapp), Action::ChangePrice(dapp)))
            }
            7..=13 if model.issuers.iter().any(judged) => {
                let dapp = self.dapp(model, judged);
                Some((model.owner, Action::Decide(dapp)))
            }
            14 if model.now < model.alv_paused_until => Some((Who::Alice, Action::UnpauseAlv)),
            15 if model.paused() => Some((model.owner, Action::Unpause)),
            _ => None,
        }
    }

    /// What an operator does beside money.
    pub fn operate(&mut self, model: &Model) -> (Who, Action) {
        let now = model.now;
        let live = |issuer: &Issuer| issuer.phase(now) == Phase::Live;
        match self.dice.below(20) {
            0..=2 => {
                let dapp = self.dapp(model, |_| true);
                (self.operator(model, dapp), Action::Heartbeat(dapp))
            }
            3..=5 => {
                let dapp = self.dapp(model, |issuer| issuer.end.is_none());
                let treasuries = [Who::Treasury, Who::Dave, Who::Contract, Who::Factory];
                let appoint = Action::Appoint {
                    dapp,
                    treasury: match self.dice.below(10) {
                        0 => self.dice.one_of(&[Who::Remainder, Who::Nobody]),
                        _ => self.dice.one_of(&treasuries),
                    },
                    signer: match self.dice.below(12) {
                        0 => Some(Who::Visitor),
                        1 => Some(Who::Nobody),
                        2 => None,
                        _ => Some(self.dice.one_of(&Who::KEYS)),
                    },
                    successor: match self.dice.below(12) {
                        0..=3 => None,
                        4 => Some(self.dice.one_of(&[Who::Remainder, Who::Nobody])),
                        _ => Some(self.dice.one_of(&Who::ACTORS)),
                    },
                };
                (self.operator(model, dapp), appoint)
            }
            6..=7 => {
                let dapp = self.dapp(model, |issuer| issuer.successor.is_some());
                let successor = model.issuers.get(dapp as usize);
                let successor = successor.and_then(|issuer| issuer.successor);
                let by = self.mostly(successor);
                (by, Action::AcceptDapp(dapp))
            }
            8..=11 => {
                let dapp = self.dapp(model, live);
                let old = |issuer: &Issuer| issuer.purse.price;
                let old = model.issuers.get(dapp as usize).map_or(10, old);
                let price = match self.dice.below(12) {
                    0 => None,
                    1 => Some(0),
                    2 => Some(u128::MAX),
                    3 | 4 => Some(1),
                    5..=7 => Some(old.saturating_sub(1 + old / 4)),
                    8 => Some(old.saturating_mul(2)),
                    _ => Some(old + old / 10 + 1),
                };
                (
                    self.operator(model, dapp),
                    Action::AnnouncePrice(dapp, price),
                )
            }
            12..=16 => {
                let dapp = self.dapp(model, |issuer| issuer.announced.is_some());
                (self.operator(model, dapp), Action::ChangePrice(dapp))
            }
            17..=18 => {
                let accused = |issuer: &Issuer| issuer.phase(now) == Phase::Accused;
                let dapp = self.dapp(model, accused);
                let answer = self.dice.below(4) as u8;
                (self.operator(model, dapp), Action::Answer(dapp, answer))
            }
            _ => {
                let dapp = self.dapp(model, |issuer| issuer.end.is_none());
                let by = self.operator(model, dapp);
                match self.dice.below(2) {
                    0 => (by, Action::Close(dapp)),
                    _ => (by, Action::Heartbeat(dapp)),
                }
            }
        }
    }

    /// Tokens and ALV change hands, also as gifts to the factory.
    pub fn hand_on(&mut self, model: &Model, by: Who) -> (Who, Action) {
        let to = match self.dice.below(3) {
            0 => Who::Factory,
            _ => self.dice.one_of(&Who::ALL),
        };
        match self.dice.below(6) {
            0..=2 => {
                let (by, dapp) = self.holder(model, by);
                let units = self.dice.amount(holding(model, dapp, by));
                (by, Action::Transfer { dapp, to, units })
            }
            3..=4 => {
                let edge = model.wallets[by] / self.dice.one_of(&[1, 100, 1_000]);
                (by, Action::Pay(to, self.dice.amount(edge)))
            }
            _ => {
                let wallet = model.wallets[by];
                let some = self.dice.up_to(wallet);
                let allowed = self.dice.one_of(&[u128::MAX, u128::MAX, wallet, some]);
                (by, Action::Allow(allowed))
            }
        }
    }

    /// Accusations, and DAPPs that are silent.
    pub fn judge(&mut self, model: &Model, by: Who) -> (Who, Action) {
        let now = model.now;
        let owner = self.mostly(Some(model.owner));
        let accused = |issuer: &Issuer| issuer.phase(now) == Phase::Accused;
        match self.dice.below(12) {
            0..=4 => {
                let dapp = self.dapp(model, |issuer| issuer.end.is_none());
                let evidence = self.dice.below(4) as u8;
                (owner, Action::Accuse(dapp, evidence))
            }
            5 | 6 => (owner, Action::Acquit(self.dapp(model, accused))),
            7 | 8 => (owner, Action::Decide(self.dapp(model, accused))),
            _ => {
                let silent = |issuer: &Issuer| now >= issuer.beat + SILENCE;
                let dapp = self.dapp(model, |issuer| issuer.end.is_none() && silent(issuer));
                (by, Action::DeclareSilent(dapp))
            }
        }
    }

    /// What the owner does beside that.
    pub fn govern(&mut self, model: &Model, by: Who) -> (Who, Action) {
        let owner = self.mostly(Some(model.owner));
        match self.dice.below(16) {
            0..=2 => {
                let mut rules = Rules {
                    min_cover: self.dice.one_of(&[5_000, 5_000, 4_000, 6_000]),
                    stake_share: self.dice.one_of(&[1_000, 1_000, 500, 2_000]),
                    min_stake: self.dice.one_of(&[100, 100, 1, 1_000]),
                };
                match self.dice.below(12) {
                    0 => rules.min_cover = self.dice.one_of(&[1_999, 10_001]),
                    1 => rules.stake_share = self.dice.one_of(&[499, 10_001]),
                    2 => rules.min_stake = self.dice.one_of(&[0, u128::MAX]),
                    _ => (),
                }
                let rules = (!self.dice.once_in(8)).then_some(rules);
                (owner, Action::AnnounceRules(rules))
            }
            3..=6 => (owner, Action::ChangeRules),
            7 => {
                let to = self
                    .dice
                    .one_of(&[Who::Alice, Who::Alice, Who::Eve, Who::Contract]);
                let to = (!self.dice.once_in(4)).then_some(to);
                (owner, Action::TransferOwnership(to))
            }
            8 => (self.mostly(model.candidate), Action::AcceptOwnership),
            9..=10 => (owner, Action::Pause),
            11..=12 => (owner, Action::Unpause),
            13 => (Who::Alice, Action::PauseAlv),
            14 => (Who::Alice, Action::UnpauseAlv),
            _ => (by, Action::Withdraw),
        }
    }

    /// Mostly a little; sometimes until a moment from which on something is, or is not, possible.
    pub fn time(&mut self, model: &Model) -> u64 {
        if self.dice.below(3) > 0 {
            return self.dice.below(200);
        }
        let mut moments = vec![model.paused_until, model.alv_paused_until];
        moments.extend(model.paused_until.checked_add(PAUSE));
        let announced = |at: u64, wait: u64| [at + wait, at + 2 * wait];
        let rules = model.announced.into_iter();
        moments.extend(rules.flat_map(|it| announced(it.1, NOTICE)));
        for issuer in &model.issuers {
            match issuer.end {
                // Rarely: until then everybody else has fallen silent.
                Some(end) if end.left > 0 && self.dice.once_in(12) => {
                    moments.push(end.at + CLAIMS);
                }
                Some(_) => (),
                None => {
                    let price = issuer.announced.into_iter();
                    moments.extend(price.flat_map(|it| announced(it.1, it.2)));
                    let steps = issuer.accused.map(|it| it.at).into_iter();
                    moments.extend(steps.flat_map(|at| [at + ANSWER, at + 2 * ANSWER]));
                    moments.push(issuer.accusable_from);
                    moments.extend(issuer.free_from);
                    moments.push(issuer.beat + SILENCE);
                }
            }
        }
        moments.retain(|moment| *moment > model.now);
        if moments.is_empty() {
            return self.dice.below(1_000);
        }
        // The nearer of two, lest the shorter times run out unseen.
        let [one, other] = [0; 2].map(|_| self.dice.one_of(&moments));
        one.min(other) + self.dice.below(3) - 1 - model.now
    }

    /// Mostly a DAPP that fits; sometimes any, or one that does not exist.
    pub fn dapp(&mut self, model: &Model, fits: impl Fn(&Issuer) -> bool) -> DappId {
        let numbered = (0..).zip(&model.issuers);
        let fitting: Vec<DappId> = numbered
            .filter_map(|(dapp, issuer)| fits(issuer).then_some(dapp))
            .collect();
        if fitting.is_empty() || self.dice.once_in(16) {
            self.dice.below(model.issuers.len() as u64 + 1)
        } else {
            self.dice.one_of(&fitting)
        }
    }

    pub fn operator(&mut self, model: &Model, dapp: DappId) -> Who {
        let issuer = model.issuers.get(dapp as usize);
        self.mostly(issuer.map(|issuer| issuer.operator))
    }

    /// Mostly who may, sometimes anybody.
    fn mostly(&mut self, who: Option<Who>) -> Who {
        match who {
            Some(who) if !self.dice.once_in(10) => who,
            _ => self.dice.one_of(&Who::ACTORS),
        }
    }

    pub fn who(&mut self, fits: impl Fn(&Who) -> bool) -> Who {
        let fitting: Vec<Who> = Who::ALL.into_iter().filter(fits).collect();
        if fitting.is_empty() || self.dice.once_in(8) {
            self.dice.one_of(&Who::ALL)
        } else {
            self.dice.one_of(&fitting)
        }
    }

    /// Mostly a holder who can act, and what it holds.
    pub fn holder(&mut self, model: &Model, by: Who) -> (Who, DappId) {
        let holds = |issuer: &Issuer, who: Who| issuer.end.is_none() && issuer.holders[who] > 0;
        let dapp = self.dapp(model, |issuer| {
            Who::ACTORS.into_iter().any(|who| holds(issuer, who))
        });
        let issuer = model.issuers.get(dapp as usize);
        let holders = Who::ACTORS.into_iter();
        let holders = holders.filter(|who| issuer.is_some_and(|issuer| holds(issuer, *who)));
        let holders: Vec<Who> = holders.collect();
        if holders.is_empty() || self.dice.once_in(12) {
            (by, dapp)
        } else {
            (self.dice.one_of(&holders), dapp)
        }
    }

    /// A least outcome: mostly none, else what comes out, or one above.
    pub fn least(&mut self, outcome: u128) -> u128 {
        let above = outcome.saturating_add(1);
        self.dice.one_of(&[0, 0, 0, 0, 0, outcome, outcome, above])
    }

    pub fn least_credit(&mut self, model: &Model, dapp: DappId, tokens: u128) -> u128 {
        let issuer = model.issuers.get(dapp as usize);
        let purse = issuer.map(|issuer| issuer.purse);
        let worth = purse.filter(|purse| tokens <= purse.units);
        let worth = worth.map_or(0, |purse| purse.worth(tokens));
        self.least(worth)
    }

    /// Somebody gets another key; or has what is kept for a former one.
    pub fn inherit(&mut self, model: &Model, by: Who) -> (Who, Action) {
        let identity = |who: &Who| model.keys[*who as usize];
        // A contract acts in no identity here.
        let actors = Who::ACTORS.into_iter().filter(|who| *who != Who::Contract);
        let (keys, others): (Vec<_>, Vec<_>) = actors.partition(|who| identity(who).is_some());
        if self.dice.once_in(3) {
            let key = self.dice.one_of(&keys);
            // A key whose place an identity took is none of another.
            let own = identity(&key);
            let is_free = |who: &Who| {
                let former = model.formers[*who as usize];
                former.is_none_or(|(followed, _)| Some(followed) == own)
            };
            let free: Vec<Who> = others.into_iter().filter(is_free).collect();
            if !free.is_empty() {
                return (key, Action::Rekey(self.dice.one_of(&free)));
            }
        }
        let heirs: Vec<(Who, Who)> = keys
            .iter()
            .flat_map(|heir| Who::ACTORS.map(|former| (*heir, former)))
            .filter(|(heir, former)| {
                let left = model.formers[*former as usize].map(|(identity, _)| identity);
                left.is_some() && left == identity(heir)
            })
            .collect();
        let former = |model: &Model, former: Who| -> Vec<Kept> {
            let operated = (0..).zip(&model.issuers);
            let dapps = operated.filter(|(_, issuer)| issuer.operator == former);
            let dapps = dapps.map(|(dapp, _)| Kept::Dapp(dapp));
            dapps.chain([Kept::Credit(former)]).collect()
        };
        if heirs.is_empty() || self.dice.once_in(6) {
            let dapp = Kept::Dapp(self.dapp(model, |_| true));
            let credit = Kept::Credit(self.dice.one_of(&Who::ACTORS));
            return (by, Action::Inherit(self.dice.one_of(&[dapp, credit])));
        }
        let (heir, lost) = self.dice.one_of(&heirs);
        let ripe = |kept: &(Who, Kept)| model.clone().act(kept.0, &Action::Inherit(kept.1)).is_ok();
        let all = heirs.iter().flat_map(|(heir, lost)| {
            let kept = former(model, *lost);
            kept.into_iter().map(|kept| (*heir, kept))
        });
        let ripe: Vec<_> = all.filter(ripe).collect();
        if !ripe.is_empty() && !self.dice.once_in(3) {
            let (heir, kept) = self.dice.one_of(&ripe);
            return (heir, Action::Inherit(kept));
        }
        let kept = former(model, lost);
        (heir, Action::Inherit(self.dice.one_of(&kept)))
    }

    /// The end: everything fails, everybody is paid, and the rest is swept.
    pub fn leave(&mut self, model: &Model) -> Option<(Who, Action)> {
        let by = Who::Ferdie;
        for (dapp, issuer) in (0..).zip(&model.issuers) {
            let Some(end) = issuer.end else {
                let silent = model.now >= issuer.beat + SILENCE;
                let action = match silent {
                    true => Action::DeclareSilent(dapp),
                    false => Action::Wait(issuer.beat + SILENCE - model.now),
                };
                return Some((by, action));
            };
            let open = model.now < end.at + CLAIMS;
            let share = |who: &Who| {
                let purse = &issuer.purse;
                let tokens = issuer.holders[*who];
                let part = crate::model::wide::part(tokens, end.pot, purse.units);
                part.min(tokens * purse.most()) > 0
            };
            if open && Who::ALL.iter().any(share) {
                let holder = Who::ALL.into_iter().find(share);
                return holder.map(|holder| (by, Action::Claim(dapp, holder)));
            }
        }
        for (dapp, issuer) in (0..).zip(&model.issuers) {
            if let Some(end) = issuer.end.filter(|end| end.left > 0) {
                let action = match (end.at + CLAIMS).checked_sub(model.now) {
                    None | Some(0) => Action::Sweep(dapp),
                    Some(time) => Action::Wait(time),
                };
                return Some((by, action));
            }
        }
        for (dapp, issuer) in (0..).zip(&model.issuers) {
            if issuer.purse.prepaid > 0 {
                let prepaid = Action::WithdrawPrepaid(dapp, issuer.purse.prepaid);
                return Some((issuer.operator, prepaid));
            }
        }
        let creditor = Who::ALL.into_iter().find(|who| model.credits[*who] > 0);
        creditor.map(|creditor| (creditor, Action::Withdraw))
    }
}
