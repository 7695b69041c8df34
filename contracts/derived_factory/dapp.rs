//! The money of a DAPP: proceeds, reserve and stake, and the rules for them.

use crate::{terms::share_of, Cause, DappTerms, FactoryError, Failure, Life, State};
use allive_access::{Account, Announced, Ownership, Timestamp};
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
    /// Who signs vouchers.
    pub signer: Account,
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
    /// The moment from which on the unbonding ALV may be released.
    pub unbonds: Timestamp,
    /// The supply of its token.
    pub supply: u128,
    /// The highest price at which a unit was ever sold.
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
    /// Asked back by the DAPP. It goes into the pot if the DAPP fails.
    pub unbonding: u128,
    /// Pays for rewards and vouchers.
    pub prepaid: u128,
    /// The part of the prices that did not go to the reserve. It is for the treasury.
    pub proceeds: u128,
    /// What was paid for the units that exist.
    pub raised: u128,
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

impl Money {
    /// The sum of all ALV: the pot of a failure.
    fn all(&self) -> Result<u128, FactoryError> {
        [self.stake, self.unbonding, self.prepaid, self.proceeds]
            .into_iter()
            .try_fold(self.reserve, plus)
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
        if self.signer == *former {
            self.signer = heir.clone();
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
    /// No holder is diluted. No unit is sold for less than a failure would pay for it. The reserve
    /// takes the promised share of the cost, and at least the current reserve per unit. That is at
    /// most the price, so the cost suffices.
    ///
    /// # Errors
    /// `NothingToDo`, `CapExceeded`, `WouldDilute`, `AmountTooLarge`, `Uncovered`, `Understaked`.
    pub fn issue(&mut self, tokens: u128) -> Result<u128, FactoryError> {
        if tokens == 0 {
            return Err(FactoryError::NothingToDo);
        }
        let supply = self
            .supply
            .checked_add(tokens)
            .filter(|supply| *supply <= self.terms.cap)
            .ok_or(FactoryError::CapExceeded)?;
        let pays = self.money.all()?.min(times(self.supply, self.peak));
        if times(self.supply, self.terms.price) < pays {
            return Err(FactoryError::WouldDilute);
        }
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

    /// Redeems `tokens` units. Returns what their holder receives: their part of the reserve,
    /// rounded down, so that the reserve per remaining unit never falls.
    ///
    /// # Errors
    /// `NothingToDo` if that is nothing; `Token(InsufficientBalance)` beyond the supply.
    pub fn redeem(&mut self, tokens: u128) -> Result<u128, FactoryError> {
        let rest = self
            .supply
            .checked_sub(tokens)
            .ok_or(TokenError::InsufficientBalance)?;
        let part = |whole| mul_div_down(tokens, whole, self.supply).unwrap_or_default();
        let paid = part(self.money.reserve);
        if paid == 0 {
            return Err(FactoryError::NothingToDo);
        }
        let raised = part(self.money.raised);
        self.money.reserve = minus(self.money.reserve, paid)?;
        self.money.raised = minus(self.money.raised, raised)?;
        self.supply = rest;
        Ok(paid)
    }

    /// Changes the price to the announced one.
    ///
    /// # Errors
    /// `BadPrice`; `WouldDilute` if it is below the reserve per unit; `Uncovered` or `Understaked`
    /// if a sale at this price would be.
    pub fn change_price(&mut self, price: u128) -> Result<(), FactoryError> {
        self.terms.may_cost(price)?;
        if times(self.supply, price) < self.money.reserve {
            return Err(FactoryError::WouldDilute);
        }
        self.terms.price = price;
        self.next_price = None;
        self.settled(self.peak.max(price))
    }

    /// Pays into one of the DAPP's funds.
    ///
    /// # Errors
    /// `AmountTooLarge`.
    pub fn fund(&mut self, fund: Fund, amount: u128) -> Result<(), FactoryError> {
        let balance = self.balance_of(fund);
        *balance = plus(*balance, amount)?;
        Ok(())
    }

    /// Begins to unbond `amount` of a fund. If other ALV is unbonding already, both wait for the
    /// full time again. Unbonding ALV does not count as cover, but goes into the pot if the DAPP
    /// fails.
    ///
    /// # Errors
    /// `NothingToDo`, `TooLittleThere`, `Uncovered`, `Understaked`.
    pub fn unbond(
        &mut self,
        fund: Fund,
        amount: u128,
        now: Timestamp,
        unbonding: Timestamp,
    ) -> Result<(), FactoryError> {
        if amount == 0 {
            return Err(FactoryError::NothingToDo);
        }
        let balance = self.balance_of(fund);
        *balance = minus(*balance, amount)?;
        self.money.unbonding = plus(self.money.unbonding, amount)?;
        self.unbonds = now.saturating_add(unbonding);
        self.settled(self.peak)
    }

    /// Releases the unbonding ALV. Returns the amount.
    ///
    /// # Errors
    /// `NothingToDo`, `TooEarly`, `Uncovered`, `Understaked`.
    pub fn release(&mut self, now: Timestamp) -> Result<u128, FactoryError> {
        if self.money.unbonding == 0 {
            return Err(FactoryError::NothingToDo);
        }
        if now < self.unbonds {
            return Err(FactoryError::TooEarly);
        }
        self.settled(self.peak)?;
        Ok(core::mem::take(&mut self.money.unbonding))
    }

    /// Takes `amount` out of the proceeds, for the treasury.
    ///
    /// # Errors
    /// `NothingToDo`, `TooLittleThere`, `Uncovered`, `Understaked`.
    pub fn withdraw(&mut self, amount: u128) -> Result<(), FactoryError> {
        if amount == 0 {
            return Err(FactoryError::NothingToDo);
        }
        self.money.proceeds = minus(self.money.proceeds, amount)?;
        self.settled(self.peak)
    }

    /// Issues units that are paid for from the prepaid ALV. Returns their cost.
    ///
    /// # Errors
    /// As [`issue`](Self::issue), and `TooLittleThere`.
    pub fn give(&mut self, tokens: u128) -> Result<u128, FactoryError> {
        let cost = self.issue(tokens)?;
        self.money.prepaid = minus(self.money.prepaid, cost)?;
        Ok(cost)
    }

    /// Ends the DAPP. All its ALV becomes the pot.
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
        let pot = core::mem::take(&mut self.money).all()?;
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
    /// the highest price per unit. Returns the share.
    ///
    /// # Errors
    /// `WrongPhase` unless the DAPP has failed; `Expired` once claims have ended; `NothingToDo` if
    /// the share is zero.
    pub fn claim(&mut self, tokens: u128, now: Timestamp) -> Result<u128, FactoryError> {
        let most = times(tokens, self.peak);
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

    fn balance_of(&mut self, fund: Fund) -> &mut u128 {
        match fund {
            Fund::Stake => &mut self.money.stake,
            Fund::Prepaid => &mut self.money.prepaid,
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
