//! One DAPP: its promise, its money, its life.

use super::{
    issuing::may_cost,
    wide::{part, part_up, product},
    Sums, Who,
};
use crate::world::{ANSWER, CLAIMS, NOTICE, SILENCE, UNBONDING};
use allive_access::NoticeError;
use allive_psp22_interface::TokenError;
use derived_factory::{
    Cause,
    FactoryError::{self, *},
    Phase, Source,
};

#[derive(Clone, Debug)]
pub struct Issuer {
    pub operator: Who,
    /// When the operator became that.
    pub since: u64,
    pub successor: Option<Who>,
    pub treasury: Who,
    pub signer: Option<Who>,
    /// A price, when it was announced, and how long ahead.
    pub announced: Option<(u128, u64, u64)>,
    /// The last sign of life.
    pub beat: u64,
    pub accused: Option<Accused>,
    pub accusable_from: u64,
    pub end: Option<End>,
    /// From when on what is leaving may leave, by its source.
    pub free_from: [u64; 2],
    pub purse: Purse,
    pub holders: Sums,
}

#[derive(Clone, Copy, Debug)]
pub struct Accused {
    pub at: u64,
    pub evidence: u8,
    pub answer: Option<u8>,
}

#[derive(Clone, Copy, Debug)]
pub struct End {
    pub at: u64,
    pub cause: Cause,
    pub pot: u128,
    pub left: u128,
}

/// What a DAPP promised, what lies here for it, and the units that it is promised for.
#[derive(Clone, Copy, Debug)]
pub struct Purse {
    pub price: u128,
    pub cap: u128,
    pub reserve_share: u16,
    pub cover: u16,
    pub stake_share: u16,
    pub reserve: u128,
    pub stake: u128,
    pub proceeds: u128,
    /// Stake and proceeds that were asked back.
    pub leaving: [u128; 2],
    pub prepaid: u128,
    pub raised: u128,
    pub units: u128,
    pub peak: u128,
}

const WHOLE: u128 = 10_000;

impl Issuer {
    /// The table of states.
    pub fn phase(&self, now: u64) -> Phase {
        if self.end.is_some() {
            Phase::Failed
        } else if self.accused.is_some_and(|it| now < it.at + 2 * ANSWER) {
            Phase::Accused
        } else if now >= self.beat + SILENCE {
            Phase::Silent
        } else {
            Phase::Live
        }
    }

    pub fn live(&self, now: u64) -> Result<(), FactoryError> {
        self.only(now, |phase| phase == Phase::Live)
    }

    pub fn unfailed(&self, now: u64) -> Result<(), FactoryError> {
        self.only(now, |phase| phase != Phase::Failed)
    }

    pub fn only(&self, now: u64, fits: impl Fn(Phase) -> bool) -> Result<(), FactoryError> {
        let phase = self.phase(now);
        fits(phase).then_some(()).ok_or(WrongPhase(phase))
    }

    pub fn change_price(&mut self, now: u64) -> Result<(), FactoryError> {
        let announced = self.announced.take();
        let price = due(announced, now)?;
        let purse = &mut self.purse;
        // Units may have been sold since.
        if announced.is_some_and(|(.., wait)| wait < purse.notice(price)) {
            return Err(Notice(NoticeError::TooEarly));
        }
        purse.sellable(price)?;
        purse.price = price;
        purse.promise(purse.peak.max(price))
    }

    /// Units come into being; not while a higher price is announced.
    pub fn issue(&mut self, units: u128, now: u64) -> Result<u128, FactoryError> {
        let price = self.purse.price;
        let rises = |(next, at, wait)| next > price && now < at + 2 * wait;
        if units > 0 && self.announced.is_some_and(rises) {
            return Err(RiseAnnounced);
        }
        self.purse.issue(units)
    }

    /// What a failure now would pay a holder.
    pub fn share(&self, holder: Who) -> u128 {
        let mut failed = self.clone();
        let ends = failed.fail(Cause::OwnWord, 0);
        ends.and_then(|()| failed.claim(holder, 0))
            .unwrap_or_default()
    }

    pub fn accuse(&mut self, evidence: u8, now: u64) -> Result<(), FactoryError> {
        self.only(now, |phase| matches!(phase, Phase::Live | Phase::Silent))?;
        if now < self.accusable_from {
            return Err(TooEarly);
        }
        self.accused = Some(Accused {
            at: now,
            evidence,
            answer: None,
        });
        // An accusation is open for twice the time to answer, and another waits as long again.
        self.accusable_from = now + 4 * ANSWER;
        Ok(())
    }

    pub fn accusation(&mut self, now: u64) -> Result<&mut Option<Accused>, FactoryError> {
        self.only(now, |phase| phase == Phase::Accused)?;
        Ok(&mut self.accused)
    }

    pub fn fail(&mut self, cause: Cause, now: u64) -> Result<(), FactoryError> {
        self.unfailed(now)?;
        match cause {
            Cause::OwnWord => (),
            // Also while it is accused.
            Cause::Silence if now >= self.beat + SILENCE => (),
            Cause::Silence => return Err(WrongPhase(self.phase(now))),
            Cause::Decision => {
                let accused = *self.accusation(now)?;
                if accused.is_some_and(|it| now < it.at + ANSWER) {
                    return Err(TooEarly);
                }
            }
        }
        let purse = &mut self.purse;
        let pot = purse.pot();
        *purse = Purse {
            reserve: 0,
            stake: 0,
            proceeds: 0,
            leaving: [0; 2],
            raised: 0,
            ..*purse
        };
        self.free_from = [0; 2];
        self.end = Some(End {
            at: now,
            cause,
            pot,
            left: pot,
        });
        Ok(())
    }

    pub fn claim(&mut self, holder: Who, now: u64) -> Result<u128, FactoryError> {
        self.only(now, |phase| phase == Phase::Failed)?;
        let (Some(end), purse) = (&mut self.end, &self.purse) else {
            unreachable!("it has failed")
        };
        if now >= end.at + CLAIMS {
            return Err(Expired);
        }
        let tokens = std::mem::take(&mut self.holders[holder]);
        let share = part(tokens, end.pot, purse.units).min(tokens * purse.most());
        if share == 0 {
            return Err(NothingToDo);
        }
        end.left -= share;
        Ok(share)
    }

    pub fn sweep(&mut self, now: u64) -> Result<u128, FactoryError> {
        self.only(now, |phase| phase == Phase::Failed)?;
        let Some(end) = &mut self.end else {
            unreachable!("it has failed")
        };
        if now < end.at + CLAIMS {
            return Err(TooEarly);
        }
        match std::mem::take(&mut end.left) {
            0 => Err(NothingToDo),
            left => Ok(left),
        }
    }
}

impl Purse {
    /// The parts of the price and of what stands behind a unit that buyers pay into the reserve:
    /// the promised share, and no less than each unit has already.
    pub fn issue(&mut self, units: u128) -> Result<u128, FactoryError> {
        if units == 0 {
            return Err(NothingToDo);
        }
        if units > self.cap - self.units {
            return Err(CapExceeded);
        }
        let cost = units * self.price;
        let promised = units * part_up(self.price, self.reserve_share.into(), WHOLE);
        let reserved = promised.max(part_up(units, self.reserve, self.units));
        let sum = |a: u128, b| a.checked_add(b).ok_or(AmountTooLarge);
        self.reserve = sum(self.reserve, reserved)?;
        self.proceeds = sum(self.proceeds, cost - reserved)?;
        self.raised = sum(self.raised, cost)?;
        self.units += units;
        self.peak = self.peak.max(self.price);
        self.promise(self.peak)?;
        Ok(cost)
    }

    pub fn redeem(&mut self, units: u128) -> Result<u128, FactoryError> {
        if units > self.units {
            return Err(Token(TokenError::InsufficientBalance));
        }
        let paid = self.worth(units);
        if paid == 0 {
            return Err(NothingToDo);
        }
        self.raised -= part(units, self.raised, self.units);
        self.reserve -= paid;
        self.units -= units;
        if self.units == 0 {
            self.peak = 0;
        }
        Ok(paid)
    }

    /// A price at which units can be sold beside those that there are: what is promised for each,
    /// and what stands behind each, is not above it.
    pub fn sellable(&self, price: u128) -> Result<(), FactoryError> {
        may_cost(price, self.cap)?;
        let promised = product(self.peak, self.cover.into()) <= product(price, WHOLE);
        let behind = product(price, self.units) >= (0, self.reserve);
        (promised && behind).then_some(()).ok_or(PriceTooLow)
    }

    /// What lowers a failure's payment is announced as long ahead as stake leaves.
    pub fn notice(&self, price: u128) -> u64 {
        match price < self.most() {
            true => UNBONDING,
            false => NOTICE,
        }
    }

    /// The most that a failure pays for a unit.
    pub fn most(&self) -> u128 {
        self.price.min(self.peak)
    }

    pub fn source(&mut self, source: Source) -> &mut u128 {
        match source {
            Source::Stake => &mut self.stake,
            Source::Proceeds => &mut self.proceeds,
        }
    }

    /// What units redeem for.
    pub fn worth(&self, units: u128) -> u128 {
        part(units, self.reserve, self.units)
    }

    /// Cover: reserve + stake ≥ cover × units × peak. Stake: stake ≥ share × raised.
    pub fn promise(&self, peak: u128) -> Result<(), FactoryError> {
        let behind = self.reserve.checked_add(self.stake).ok_or(AmountTooLarge)?;
        if product(behind, WHOLE) < product(self.units * peak, self.cover.into()) {
            return Err(Uncovered);
        }
        if product(self.stake, WHOLE) < product(self.raised, self.stake_share.into()) {
            return Err(Understaked);
        }
        Ok(())
    }

    /// All ALV that lies here for the DAPP, before it fails.
    pub fn all(&self) -> u128 {
        self.pot() + self.prepaid
    }

    /// What holders share when it fails.
    pub fn pot(&self) -> u128 {
        self.reserve + self.stake + self.proceeds + self.leaving.iter().sum::<u128>()
    }
}

/// What was announced, if its notice is over, and for as long as that was.
pub fn due<T>(announced: Option<(T, u64, u64)>, now: u64) -> Result<T, FactoryError> {
    let (value, at, wait) = announced.ok_or(Notice(NoticeError::NotAnnounced))?;
    if now >= at + 2 * wait {
        return Err(Notice(NoticeError::Lapsed));
    }
    if now < at + wait {
        return Err(Notice(NoticeError::TooEarly));
    }
    Ok(value)
}
