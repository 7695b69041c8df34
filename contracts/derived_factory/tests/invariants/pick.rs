//! Who does what next: drawn so that most actions succeed, and each can fail in every way.

use super::dice::Dice;
use crate::{
    model::{wide::most, Action, Issuer, Model, Purse, Signed, Who},
    world::*,
};
use derived_factory::*;
use ink::primitives::AccountId;

/// As many DAPPs as serve at one time, or can be declared failed.
const UNFAILED: usize = 4;

pub struct Picker {
    pub dice: Dice,
    /// Where amounts are near the largest that there are.
    pub rich: bool,
}

impl Picker {
    pub fn pick(&mut self, model: &Model) -> (Who, Action) {
        let unfailed = model.issuers.iter().filter(|issuer| issuer.end.is_none());
        if unfailed.count() < UNFAILED && self.dice.once_in(6) {
            return self.register(model);
        }
        let silent = |issuer: &Issuer| issuer.phase(model.now) == Phase::Silent;
        if model.issuers.iter().any(silent) && self.dice.once_in(3) {
            let dapp = self.dapp(model, silent);
            let by = self.operator(model, dapp);
            return (by, Action::Heartbeat(dapp));
        }
        if let Some(timely) = self.timely(model) {
            return timely;
        }
        let by = self.dice.one_of(&Who::ACTORS);
        match self.dice.below(100) {
            0..=14 => self.buy(model, by),
            15..=24 => self.redeem(model, by),
            25..=29 => self.convert(model, by),
            30..=32 => {
                let edge = means(model, by) - model.credits[by];
                let amount = self.dice.amount(edge);
                if self.dice.once_in(2) {
                    return (by, Action::PayIn(amount));
                }
                (by, Action::Deposit(amount))
            }
            33..=35 => {
                let rich = Who::ACTORS.map(|who| if model.credits[who] > 0 { who } else { by });
                (self.dice.one_of(&rich), Action::Withdraw)
            }
            36..=40 => self.fund(model, by),
            41..=48 => self.take_out(model),
            49..=54 => self.give(model, by),
            55..=64 => self.operate(model),
            65..=70 => self.hand_on(model, by),
            71..=76 => self.judge(model, by),
            77..=80 => {
                let dapp = self.dapp(model, |issuer| {
                    issuer.end.is_some() && issuer.holders.sum() > 0
                });
                let holds = |who: &Who| holding(model, dapp, *who) > 0;
                (by, Action::Claim(dapp, self.who(holds)))
            }
            81 => {
                let failed = |issuer: &Issuer| issuer.end.is_some_and(|end| end.left > 0);
                (by, Action::Sweep(self.dapp(model, failed)))
            }
            82..=88 => self.govern(model, by),
            89 => self.register(model),
            90..=92 => self.inherit(model, by),
            _ => (by, Action::Wait(self.time(model))),
        }
    }

    /// A profile, mostly fit for registration.
    fn register(&mut self, model: &Model) -> (Who, Action) {
        let dice = &mut self.dice;
        let by = dice.one_of(&[
            Who::Bob,
            Who::Charlie,
            Who::Bob,
            Who::Charlie,
            Who::Contract,
        ]);
        let (price, cap, reserve_share, cover) = if self.rich {
            dice.one_of(&[
                (
                    700_000_000_000_000_000_000,
                    4 * 10_u128.pow(17),
                    5_000,
                    10_000,
                ),
                (7, 10_u128.pow(37), 10_000, 5_000),
                (10_u128.pow(30) + 7, 100_000_000, 0, 8_000),
                (10_u128.pow(33), 300_000, 3_333, 10_000),
            ])
        } else {
            dice.one_of(&[
                (10, 1_000, 5_000, 10_000),
                (7, 10_000, 10_000, 5_000),
                (13, 200, 1_000, 8_000),
                (1, 1_000_000, 3_333, 10_000),
                (29, 5_000, 7_001, 5_003),
            ])
        };
        let mut profile = Profile {
            label: label("Some token", "SOME"),
            price,
            cap,
            reserve_share,
            cover,
            // Known on stage.
            treasury: AccountId::from([0; 32]).into(),
        };
        let mut treasury = dice.one_of(&[Who::Treasury, Who::Treasury, by, Who::Absent]);
        match dice.below(40) {
            0 => profile.label.name = "".into(),
            1 => profile.label.symbol = "THIRTEENCHARS".into(),
            2 => profile.label.decimals = 19,
            3 => profile.price = 0,
            4 => profile.cap = u128::MAX,
            5 => profile.reserve_share = 10_001,
            6 => profile.cover = 10_001,
            7 | 8 => profile.cover = model.rules.min_cover - 1,
            9 => treasury = Who::Remainder,
            10..=12 => profile.reserve_share = 0,
            _ => (),
        }
        let stake = match dice.below(12) {
            0 => model.rules.min_stake - 1,
            1 => model.rules.min_stake,
            2 => dice.amount(means(model, by)),
            _ => model.rules.min_stake + dice.up_to(means(model, by) / 40),
        };
        (by, Action::Register(treasury, profile.into(), stake))
    }

    fn buy(&mut self, model: &Model, by: Who) -> (Who, Action) {
        let dapp = self.dapp(model, |issuer| issuer.phase(model.now) == Phase::Live);
        let mut paid = self.dice.amount(means(model, by));
        let mut least = [0; 2];
        if let Some(Issuer { purse, .. }) = model.issuers.get(dapp as usize) {
            if self.dice.below(6) > 0 {
                let edge = most(means(model, by) / purse.price, |units| {
                    issued(purse, units).is_some()
                });
                paid = self.dice.amount(edge).saturating_mul(purse.price);
                paid = paid.saturating_add(self.dice.up_to(purse.price - 1));
            }
            let units = paid / purse.price;
            let mut sold = *purse;
            let backing = sold.issue(units).map_or(1, |_| sold.worth(units));
            least = [units, backing].map(|outcome| self.least(outcome));
        }
        if self.dice.once_in(2) {
            return (by, Action::Order { dapp, paid, least });
        }
        (by, Action::Buy { dapp, paid, least })
    }

    fn redeem(&mut self, model: &Model, by: Who) -> (Who, Action) {
        let (by, dapp) = self.holder(model, by);
        let tokens = self.dice.amount(holding(model, dapp, by));
        let least = self.least_credit(model, dapp, tokens);
        let redeem = Action::Redeem {
            dapp,
            tokens,
            least,
        };
        (by, redeem)
    }

    fn convert(&mut self, model: &Model, by: Who) -> (Who, Action) {
        let (by, from) = self.holder(model, by);
        let to = self.dapp(model, |issuer| issuer.phase(model.now) == Phase::Live);
        let tokens = self.dice.amount(holding(model, from, by));
        let convert = Action::Convert {
            from,
            tokens,
            least_credit: self.least_credit(model, from, tokens),
            to,
            least: [self.dice.up_to(1), self.dice.up_to(1)],
        };
        (by, convert)
    }

    /// Stake, when there is little, or what rewards and vouchers are paid from.
    fn fund(&mut self, model: &Model, by: Who) -> (Who, Action) {
        let dapp = self.dapp(model, |issuer| issuer.end.is_none());
        let fund = self.dice.one_of(&[Fund::Stake, Fund::Prepaid]);
        let means = means(model, by);
        let edge = self.dice.one_of(&[means, means / 20, means / 20]);
        (by, Action::Fund(dapp, fund, self.dice.amount(edge)))
    }

    /// What a DAPP takes out.
    fn take_out(&mut self, model: &Model) -> (Who, Action) {
        let live = |issuer: &Issuer| issuer.phase(model.now) == Phase::Live;
        match self.dice.below(8) {
            0 | 1 => {
                let dapp = self.dapp(model, live);
                let source = self.dice.one_of(&[Source::Stake, Source::Proceeds]);
                let edge = model.issuers.get(dapp as usize).map_or(10, |issuer| {
                    let purse = issuer.purse;
                    match source {
                        Source::Proceeds => purse.proceeds,
                        Source::Stake => most(purse.stake, |amount| {
                            let stake = purse.stake - amount;
                            Purse { stake, ..purse }.promise(purse.peak).is_ok()
                        }),
                    }
                });
                let amount = self.dice.amount(edge);
                let by = self.operator(model, dapp);
                (by, Action::Unbond(dapp, source, amount))
            }
            2 => {
                let dapp = self.dapp(model, |issuer| issuer.purse.prepaid > 0);
                let prepaid = |issuer: &Issuer| issuer.purse.prepaid;
                let edge = model.issuers.get(dapp as usize).map_or(10, prepaid);
                let amount = self.dice.amount(edge);
                let by = self.operator(model, dapp);
                (by, Action::WithdrawPrepaid(dapp, amount))
            }
            3..=4 => {
                let source = self.dice.one_of(&[Source::Stake, Source::Proceeds]);
                let leaving = |issuer: &Issuer| issuer.purse.leaving[source as usize] > 0;
                let dapp = self.dapp(model, leaving);
                (self.operator(model, dapp), Action::Release(dapp, source))
            }
            _ => {
                let dapp = self.dapp(model, |issuer| live(issuer) && issuer.purse.proceeds > 0);
                let proceeds = |issuer: &Issuer| issuer.purse.proceeds;
                let edge = model.issuers.get(dapp as usize).map_or(10, proceeds);
                let amount = self.dice.amount(edge);
                let by = self.operator(model, dapp);
                (by, Action::WithdrawProceeds(dapp, amount))
            }
        }
    }

    /// Rewards and vouchers.
    fn give(&mut self, model: &Model, by: Who) -> (Who, Action) {
        let dapp = self.dapp(model, |issuer| {
            issuer.phase(model.now) == Phase::Live && issuer.purse.prepaid > 0
        });
        let to = self.dice.one_of(&Who::ALL);
        let issuer = model.issuers.get(dapp as usize);
        let edge = issuer.map_or(3, |Issuer { purse, .. }| {
            let prepaid = |units| issued(purse, units).is_some_and(|cost| cost <= purse.prepaid);
            most(purse.prepaid / purse.price, prepaid)
        });
        let tokens = self.dice.amount(edge);
        if self.dice.once_in(3) {
            let reward = Action::Reward { dapp, to, tokens };
            return (self.operator(model, dapp), reward);
        }
        let signer = issuer.and_then(|issuer| issuer.signer);
        let signer = signer.unwrap_or(Who::Visitor);
        let key = self.dice.one_of(&Who::KEYS);
        let signs = Who::KEYS.contains(&signer) && !self.dice.once_in(12);
        let by_signer = if signs { signer } else { key };
        let used = |nonce: &u64| model.used.contains(&(by_signer, *nonce));
        let next = (0..).find(|nonce| !used(nonce)).unwrap_or_default();
        let nonce = match self.dice.below(8) {
            0 | 1 => next.saturating_sub(1),
            2 => next + self.dice.below(200),
            _ => next,
        };
        let deadline = match self.dice.below(12) {
            0 => model.now - 1,
            1 => model.now,
            2 => u64::MAX,
            _ => model.now + self.dice.below(5_000),
        };
        let signed = Signed {
            dapp,
            tokens,
            nonce,
            deadline,
            to,
            by: by_signer,
            astray: self.dice.once_in(16),
        };
        (by, Action::RedeemVoucher(signed.into()))
    }
}

/// What somebody can pay.
pub fn means(model: &Model, who: Who) -> u128 {
    model.credits[who] + model.wallets[who].min(model.allowed[who])
}

pub fn holding(model: &Model, dapp: DappId, who: Who) -> u128 {
    let issuer = model.issuers.get(dapp as usize);
    issuer.map_or(0, |issuer| issuer.holders[who])
}

/// What units cost, if they can be issued.
fn issued(purse: &Purse, units: u128) -> Option<u128> {
    let mut purse = *purse;
    purse.issue(units).ok()
}
