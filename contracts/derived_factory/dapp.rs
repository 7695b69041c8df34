//! The money of a DAPP: proceeds, reserve and stake, and the rules for them.

use crate::{terms::share_of, Cause, DappTerms, Durations, FactoryError, Failure, Life, State};
use allive_access::{Account, Announced, NoticeError, Ownership, Timestamp};
use allive_derived_token_interface::DerivedTokenClient;
use allive_math::{mul_div_down, mul_div_up};
use allive_psp22_interface::TokenError;
use allive_storage::Boxed;
use ink::primitives::AccountId;

/// A DAPP. One cell holds everything that selling and redeeming need.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Dapp {
    /// Its operator, and the account to which it was offered.
    pub operator: Ownership,
    /// The moment at which its operator registered, accepted or inherited it.
    pub since: Timestamp,
    /// Who receives the proceeds.
    pub treasury: Account,
    /// Who signs vouchers, if anybody does.
    pub signer: Option<Account>,
    /// Its token.
    pub token: DerivedTokenClient,
    /// Its terms.
    pub terms: DappTerms,
    /// The announced price.
    pub next_price: Option<Announced<u128>>,
    /// Its state and deadlines.
    pub life: Life,
    /// Its money, in the smallest unit of ALV.
    pub money: Money,
    /// The supply of its token.
    pub supply: u128,
    /// The highest price at which a unit was sold since the supply was last 0.
    pub peak: u128,
}

/// ALV that the factory holds for a DAPP, by its purpose. Only `raised` is not ALV but a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Money {
    /// Pays for redeemed units.
    pub reserve: u128,
    /// Staked by the DAPP. Holders are paid from it only when the DAPP fails.
    pub stake: u128,
    /// The part of the prices that did not go to the reserve. It is for the treasury.
    pub proceeds: u128,
    /// Stake that the DAPP asked back.
    pub stake_unbonding: Unbonding,
    /// Proceeds that the DAPP asked for.
    pub proceeds_unbonding: Unbonding,
    /// Pays for rewards and vouchers. It is the DAPP's own, and no part of the pot.
    pub prepaid: u128,
    /// What was paid for the units that exist.
    pub raised: u128,
}

/// ALV that leaves the pot once its unbonding time is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Unbonding {
    /// How much.
    pub amount: u128,
    /// The moment from which on it may be released.
    pub ready: Timestamp,
}

/// The two funds into which a DAPP, or anybody for it, pays ALV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Fund {
    /// The stake.
    Stake,
    /// ALV that pays for rewards and vouchers.
    Prepaid,
}

/// What a DAPP can ask for out of the pot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Source {
    /// The stake, for the operator.
    Stake,
    /// The proceeds, for the treasury.
    Proceeds,
}

impl Money {
    /// What a failure shares among the holders now: all ALV but the prepaid.
    fn pot(&self) -> Result<u128, FactoryError> {
        let leaving = plus(self.stake_unbonding.amount, self.proceeds_unbonding.amount)?;
        plus(self.remaining()?, leaving)
    }

    /// The part of the pot that nobody asked back.
    fn remaining(&self) -> Result<u128, FactoryError> {
        plus(plus(self.reserve, self.stake)?, self.proceeds)
    }
}

impl Dapp {
    /// The account to which the DAPP was offered takes it over. An operator that takes over from
    /// itself has had the DAPP all the time: a thief cannot keep it from the heir in that way.
    ///
    /// # Errors
    /// `NotPendingOperator`.
    pub fn accept(&mut self, caller: &AccountId, now: Timestamp) -> Result<(), FactoryError> {
        let is_new = *self.operator.owner != *caller;
        self.operator
            .accept(caller)
            .map_err(|_| FactoryError::NotPendingOperator)?;
        if is_new {
            self.since = now;
        }
        Ok(())
    }

    /// `heir` takes the place of the operator, whose key is lost. A pending offer ends. The heir
    /// also replaces treasury and signer where they were the operator; otherwise whoever has the
    /// lost key could still receive proceeds and sign vouchers. The DAPP is the heir's since the
    /// lost key `left` its identity.
    pub fn inherit(&mut self, heir: Account, left: Timestamp) {
        let former = &self.operator.owner;
        if self.treasury == *former {
            self.treasury = heir.clone();
        }
        if self.signer.as_ref() == Some(former) {
            self.signer = Some(heir.clone());
        }
        self.operator = Ownership::new(heir);
        self.since = left;
    }

    /// How many units `paid` buys at the current price.
    ///
    /// # Errors
    /// `NothingToDo` if that is none.
    pub fn affordable(&self, paid: u128) -> Result<u128, FactoryError> {
        match mul_div_down(paid, 1, self.terms.price) {
            Some(tokens) if tokens > 0 => Ok(tokens),
            _ => Err(FactoryError::NothingToDo),
        }
    }

    /// Issues `tokens` units at the current price. Returns their cost.
    ///
    /// Nobody is diluted. The cost is at least what a failure pays for the units, since that is at
    /// most the price. The reserve takes the promised share of the cost, and at least the current
    /// reserve per unit. That is at most the price, too, so the cost suffices.
    ///
    /// # Errors
    /// `NothingToDo`, `RiseAnnounced`, `CapExceeded`, `AmountTooLarge`, `Uncovered`, `Understaked`.
    pub fn issue(&mut self, tokens: u128, now: Timestamp) -> Result<u128, FactoryError> {
        if tokens == 0 {
            return Err(FactoryError::NothingToDo);
        }
        if self.rises(now) {
            return Err(FactoryError::RiseAnnounced);
        }
        let supply = self
            .supply
            .checked_add(tokens)
            .filter(|supply| *supply <= self.terms.cap)
            .ok_or(FactoryError::CapExceeded)?;
        let cost = times(tokens, self.terms.price);
        let promised = share_of(self.terms.reserve_share, self.terms.price);
        let reserved = times(tokens, promised)
            .max(mul_div_up(tokens, self.money.reserve, self.supply).unwrap_or_default());
        let money = &mut self.money;
        money.reserve = plus(money.reserve, reserved)?;
        money.proceeds = plus(money.proceeds, minus(cost, reserved)?)?;
        money.raised = plus(money.raised, cost)?;
        self.supply = supply;
        self.peak = self.peak.max(self.terms.price);
        self.settled(self.peak)?;
        Ok(cost)
    }

    /// What redeeming `tokens` units pays now: their part of the reserve, rounded down.
    pub fn backing(&self, tokens: u128) -> u128 {
        mul_div_down(tokens, self.money.reserve, self.supply).unwrap_or_default()
    }

    /// Redeems `tokens` units. Returns what their holder receives: their part of the reserve,
    /// rounded down, so that the reserve per remaining unit never falls. With the last unit the
    /// peak is forgotten.
    ///
    /// # Errors
    /// `NothingToDo` if that is nothing; `Token(InsufficientBalance)` beyond the supply.
    pub fn redeem(&mut self, tokens: u128) -> Result<u128, FactoryError> {
        let rest = self
            .supply
            .checked_sub(tokens)
            .ok_or(TokenError::InsufficientBalance)?;
        let paid = self.backing(tokens);
        if paid == 0 {
            return Err(FactoryError::NothingToDo);
        }
        let raised = mul_div_down(tokens, self.money.raised, self.supply).unwrap_or_default();
        self.money.reserve = minus(self.money.reserve, paid)?;
        self.money.raised = minus(self.money.raised, raised)?;
        self.supply = rest;
        if rest == 0 {
            // No unit is left that was sold at this price.
            self.peak = 0;
        }
        Ok(paid)
    }

    /// Announces a price.
    ///
    /// # Errors
    /// As [`can_sell_at`](Self::can_sell_at).
    pub fn announce_price(
        &mut self,
        price: u128,
        now: Timestamp,
        durations: &Durations,
    ) -> Result<(), FactoryError> {
        self.can_sell_at(price)?;
        let notice = self.notice_of(price, durations);
        self.next_price = Some(Announced::new(price, now, notice));
        Ok(())
    }

    /// Changes the price to the announced one.
    ///
    /// # Errors
    /// `Notice`, also if units were sold since at a price that asks for a longer notice; as
    /// [`can_sell_at`](Self::can_sell_at); `Uncovered` or `Understaked` if a sale at this price
    /// would be.
    pub fn change_price(
        &mut self,
        now: Timestamp,
        durations: &Durations,
    ) -> Result<(), FactoryError> {
        let announced = self.next_price.take();
        let announced = announced.ok_or(NoticeError::NotAnnounced)?;
        let price = announced.due(now)?;
        let notice = announced.lapses.saturating_sub(announced.ready);
        if notice < self.notice_of(price, durations) {
            return Err(NoticeError::TooEarly.into());
        }
        self.can_sell_at(price)?;
        self.terms.price = price;
        self.settled(self.peak.max(price))
    }

    /// Pays into one of the DAPP's funds.
    ///
    /// # Errors
    /// `AmountTooLarge`.
    pub fn fund(&mut self, fund: Fund, amount: u128) -> Result<(), FactoryError> {
        let balance = match fund {
            Fund::Stake => &mut self.money.stake,
            Fund::Prepaid => &mut self.money.prepaid,
        };
        *balance = plus(*balance, amount)?;
        Ok(())
    }

    /// Takes `amount` out of the prepaid ALV.
    ///
    /// # Errors
    /// `NothingToDo`, `TooLittleThere`.
    pub fn withdraw_prepaid(&mut self, amount: u128) -> Result<(), FactoryError> {
        if amount == 0 {
            return Err(FactoryError::NothingToDo);
        }
        self.money.prepaid = minus(self.money.prepaid, amount)?;
        Ok(())
    }

    /// Begins to unbond `amount` of the stake or of the proceeds. If other ALV of the same source
    /// is unbonding already, both wait for the full time again. Unbonding ALV does not count as
    /// cover, but goes into the pot if the DAPP fails.
    ///
    /// # Errors
    /// `NothingToDo`, `TooLittleThere`, `Uncovered`, `Understaked`.
    pub fn unbond(
        &mut self,
        source: Source,
        amount: u128,
        now: Timestamp,
        wait: Timestamp,
    ) -> Result<(), FactoryError> {
        if amount == 0 {
            return Err(FactoryError::NothingToDo);
        }
        let balance = match source {
            Source::Stake => &mut self.money.stake,
            Source::Proceeds => &mut self.money.proceeds,
        };
        *balance = minus(*balance, amount)?;
        let unbonding = self.unbonding(source);
        unbonding.amount = plus(unbonding.amount, amount)?;
        unbonding.ready = now.saturating_add(wait);
        self.settled(self.peak)
    }

    /// Releases the unbonding ALV of a source. Returns the amount.
    ///
    /// # Errors
    /// `NothingToDo`, `TooEarly`, `Uncovered`, `Understaked`.
    pub fn release(&mut self, source: Source, now: Timestamp) -> Result<u128, FactoryError> {
        let Unbonding { amount, ready } = core::mem::take(self.unbonding(source));
        if amount == 0 {
            return Err(FactoryError::NothingToDo);
        }
        if now < ready {
            return Err(FactoryError::TooEarly);
        }
        self.settled(self.peak)?;
        Ok(amount)
    }

    /// Takes `amount` out of the proceeds at once. A failure must still pay every unit in full
    /// without it, and without what is unbonding. Otherwise the proceeds have to unbond, since they
    /// leave the pot no faster than stake does.
    ///
    /// # Errors
    /// `NothingToDo`, `TooLittleThere`, `Uncovered`, `Understaked`, `WouldDilute`.
    pub fn withdraw(&mut self, amount: u128) -> Result<(), FactoryError> {
        if amount == 0 {
            return Err(FactoryError::NothingToDo);
        }
        self.money.proceeds = minus(self.money.proceeds, amount)?;
        self.settled(self.peak)?;
        if self.money.remaining()? < self.most(self.supply) {
            return Err(FactoryError::WouldDilute);
        }
        Ok(())
    }

    /// Issues units that are paid for from the prepaid ALV. Returns their cost.
    ///
    /// # Errors
    /// As [`issue`](Self::issue), and `TooLittleThere`.
    pub fn give(&mut self, tokens: u128, now: Timestamp) -> Result<u128, FactoryError> {
        let cost = self.issue(tokens, now)?;
        self.money.prepaid = minus(self.money.prepaid, cost)?;
        Ok(cost)
    }

    /// Ends the DAPP. All its ALV but the prepaid becomes the pot.
    ///
    /// # Errors
    /// As [`Life::may_fail`].
    pub fn fail(
        &mut self,
        cause: Cause,
        now: Timestamp,
        claims: Timestamp,
    ) -> Result<(), FactoryError> {
        self.life.may_fail(cause, now)?;
        let pot = self.money.pot()?;
        self.money = Money {
            prepaid: self.money.prepaid,
            ..Money::default()
        };
        self.life.state = State::Failed(Boxed::from(Failure {
            cause,
            pot,
            supply: self.supply,
            left: pot,
            ends: now.saturating_add(claims),
        }));
        Ok(())
    }

    /// Takes the share of a holder of `tokens` units out of the pot: its part of the pot, at most
    /// the price of the units. Returns the share.
    ///
    /// # Errors
    /// `WrongPhase` unless the DAPP has failed; `Expired` once claims have ended; `NothingToDo` if
    /// the share is zero.
    pub fn claim(&mut self, tokens: u128, now: Timestamp) -> Result<u128, FactoryError> {
        let most = self.most(tokens);
        let failure = self.failure(now)?;
        if now >= failure.ends {
            return Err(FactoryError::Expired);
        }
        let share = mul_div_down(tokens, failure.pot, failure.supply)
            .unwrap_or_default()
            .min(most);
        if share == 0 {
            return Err(FactoryError::NothingToDo);
        }
        failure.left = minus(failure.left, share)?;
        Ok(share)
    }

    /// Takes the unclaimed rest out of the pot. Returns the amount.
    ///
    /// # Errors
    /// `WrongPhase`, `TooEarly` before claims have ended, `NothingToDo`.
    pub fn sweep(&mut self, now: Timestamp) -> Result<u128, FactoryError> {
        let failure = self.failure(now)?;
        if now < failure.ends {
            return Err(FactoryError::TooEarly);
        }
        if failure.left == 0 {
            return Err(FactoryError::NothingToDo);
        }
        Ok(core::mem::take(&mut failure.left))
    }

    /// Checks the promise to holders. Every message that issues units or takes ALV away must keep
    /// it: reserve and stake cover the promised part of `peak` for each unit, and the stake is at
    /// least its share of what was raised.
    fn settled(&self, peak: u128) -> Result<(), FactoryError> {
        let owed = times(self.supply, peak);
        if plus(self.money.reserve, self.money.stake)? < share_of(self.terms.cover, owed) {
            return Err(FactoryError::Uncovered);
        }
        if self.money.stake < share_of(self.terms.stake_share, self.money.raised) {
            return Err(FactoryError::Understaked);
        }
        Ok(())
    }

    /// Refuses a price at which the DAPP could not sell while its present units exist. A sale would
    /// have to dilute them: the price is below the promised cover of a unit, or below its reserve.
    ///
    /// # Errors
    /// `BadPrice`, `PriceTooLow`.
    fn can_sell_at(&self, price: u128) -> Result<(), FactoryError> {
        self.terms.may_cost(price)?;
        let covered = share_of(self.terms.cover, self.peak);
        if price < covered || times(self.supply, price) < self.money.reserve {
            return Err(FactoryError::PriceTooLow);
        }
        Ok(())
    }

    /// How long a price is announced ahead. A price that lowers what a failure pays takes as long
    /// as stake takes to leave.
    fn notice_of(&self, price: u128, durations: &Durations) -> Timestamp {
        if price < self.most(1) {
            durations.unbonding.max(durations.notice)
        } else {
            durations.notice
        }
    }

    /// Whether a higher price is announced.
    fn rises(&self, now: Timestamp) -> bool {
        matches!(&self.next_price, Some(next) if next.value > self.terms.price && !next.has_lapsed(now))
    }

    /// The most that a failure pays for so many units: their price, and no more than the highest
    /// price at which any of them can have been sold.
    fn most(&self, tokens: u128) -> u128 {
        times(tokens, self.terms.price.min(self.peak))
    }

    fn unbonding(&mut self, source: Source) -> &mut Unbonding {
        match source {
            Source::Stake => &mut self.money.stake_unbonding,
            Source::Proceeds => &mut self.money.proceeds_unbonding,
        }
    }

    fn failure(&mut self, now: Timestamp) -> Result<&mut Failure, FactoryError> {
        let phase = self.life.phase(now);
        match &mut self.life.state {
            State::Failed(failure) => Ok(failure),
            _ => Err(FactoryError::WrongPhase(phase)),
        }
    }
}

/// The sum, unless it overflows.
pub(crate) fn plus(a: u128, b: u128) -> Result<u128, FactoryError> {
    a.checked_add(b).ok_or(FactoryError::AmountTooLarge)
}

/// The difference, unless it is negative.
pub(crate) fn minus(a: u128, b: u128) -> Result<u128, FactoryError> {
    a.checked_sub(b).ok_or(FactoryError::TooLittleThere)
}

/// The price of so many units. It cannot overflow, because `price × cap` does not.
#[inline(never)]
fn times(tokens: u128, price: u128) -> u128 {
    tokens.saturating_mul(price)
}
