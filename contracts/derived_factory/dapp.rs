//! The money of a DAPP: what its users paid, what stands behind their tokens, what it staked.

use crate::{terms::share_of, Cause, DappTerms, FactoryError, Failure, Life, State};
use allive_access::{Account, Announced, Ownership};
use allive_derived_token_interface::DerivedTokenClient;
use allive_math::{mul_div_down, mul_div_up};
use allive_psp22_interface::TokenError;
use allive_storage::Boxed;
use ink::primitives::AccountId;

/// Milliseconds since the Unix epoch.
type Timestamp = u64;

/// One cell holds all that selling and redeeming need.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Dapp {
    /// Who runs it, and to whom that was offered.
    pub operator: Ownership,
    /// The moment at which its operator became that.
    pub since: Timestamp,
    /// Who receives what was raised.
    pub treasury: Account,
    /// Whose signature makes a voucher.
    pub signer: Account,
    /// Its token.
    pub token: DerivedTokenClient,
    /// What it promised.
    pub terms: DappTerms,
    /// The price that comes after its notice.
    pub next_price: Option<Announced<u128>>,
    /// Where it stands.
    pub life: Life,
    /// Its money, in the smallest unit of ALV.
    pub money: Money,
    /// The moment at which what is unbonding may be released.
    pub unbonds: Timestamp,
    /// Units of its token in being.
    pub supply: u128,
    /// The highest price at which a unit was ever sold.
    pub peak: u128,
}

/// ALV that lies here for a DAPP, by what it is for. `raised` alone is no ALV, but a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Money {
    /// Redeems tokens.
    pub reserve: u128,
    /// Staked by the DAPP; reached only through its failure.
    pub stake: u128,
    /// Asked back by the DAPP; still taken if it fails.
    pub unbonding: u128,
    /// Pays for rewards and vouchers.
    pub prepaid: u128,
    /// Paid by buyers beyond the reserve, for the treasury.
    pub proceeds: u128,
    /// What was paid for the units in being.
    pub raised: u128,
}

/// The two funds into which a DAPP, or anybody for it, pays ALV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Fund {
    /// Behind its token.
    Stake,
    /// For rewards and vouchers.
    Prepaid,
}

impl Money {
    /// All ALV in it: what a failure leaves to holders.
    fn all(&self) -> Result<u128, FactoryError> {
        [self.stake, self.unbonding, self.prepaid, self.proceeds]
            .into_iter()
            .try_fold(self.reserve, plus)
    }
}

impl Dapp {
    /// Who was offered it takes it over.
    ///
    /// # Errors
    /// `NotPendingOperator`.
    pub fn accept(&mut self, caller: &AccountId, now: Timestamp) -> Result<(), FactoryError> {
        self.operator
            .accept(caller)
            .map_err(|_| FactoryError::NotPendingOperator)?;
        self.since = now;
        Ok(())
    }

    /// The operator's key is lost: `heir` takes its place. What was offered is offered no more, and
    /// where the operator was treasury or signer as well, whoever has the key would be paid and
    /// obeyed on.
    pub fn inherit(&mut self, heir: Account, now: Timestamp) {
        let former = &self.operator.owner;
        if self.treasury == *former {
            self.treasury = heir.clone();
        }
        if self.signer == *former {
            self.signer = heir.clone();
        }
        self.operator = Ownership::new(heir);
        self.since = now;
    }

    /// How many units `paid` suffices for now.
    ///
    /// # Errors
    /// `NothingToDo` if that is none.
    pub fn affordable(&self, paid: u128) -> Result<u128, FactoryError> {
        match mul_div_down(paid, 1, self.terms.price) {
            Some(tokens) if tokens > 0 => Ok(tokens),
            _ => Err(FactoryError::NothingToDo),
        }
    }

    /// Brings `tokens` units into being at the price of now. Returns what they cost.
    ///
    /// Nobody is diluted. No unit is sold below what a failure would pay for one: all that lies
    /// here for the DAPP, at most the highest price for each. And of the cost the reserve takes the
    /// promised share, never less than stands behind each unit already; since that is at most its
    /// price, the cost suffices.
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

    /// Takes `tokens` units out of being. Returns what their holder receives: their part of the
    /// reserve, so that what stands behind each other unit never falls.
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

    /// The announced price becomes the price.
    ///
    /// # Errors
    /// `BadPrice`; `WouldDilute` if it is below what stands behind a unit in the reserve;
    /// `Uncovered` or `Understaked` if that is what selling at it would be.
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

    /// Takes `amount` out of a fund, to leave after `unbonding`. With what is on its way already it
    /// waits anew. It covers nothing any more, and is taken all the same if the DAPP fails
    /// meanwhile.
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

    /// What was asked back leaves. Returns how much.
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

    /// `amount` of what was raised leaves for the treasury.
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

    /// Units paid for out of what the DAPP prepaid. Returns what they cost.
    ///
    /// # Errors
    /// As [`issue`](Self::issue), and `TooLittleThere`.
    pub fn give(&mut self, tokens: u128) -> Result<u128, FactoryError> {
        let cost = self.issue(tokens)?;
        self.money.prepaid = minus(self.money.prepaid, cost)?;
        Ok(cost)
    }

    /// The DAPP is over: everything that lies here for it becomes the pot.
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

    /// The share of a holder of `tokens` units in the pot: its part, at most the highest price of
    /// each.
    ///
    /// # Errors
    /// `WrongPhase` unless the DAPP has failed; `Expired` once claims have ended; `NothingToDo` if
    /// that is nothing.
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

    /// What nobody claimed in time. Returns how much.
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

    /// The promise to holders, which every message keeps that issues, or takes money away: reserve
    /// and stake cover the promised part of `peak` for each unit, and the stake its share of what
    /// was raised.
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

/// The sum, if it has a representation.
pub(crate) fn plus(a: u128, b: u128) -> Result<u128, FactoryError> {
    a.checked_add(b).ok_or(FactoryError::AmountTooLarge)
}

/// The difference, if there is one.
pub(crate) fn minus(a: u128, b: u128) -> Result<u128, FactoryError> {
    a.checked_sub(b).ok_or(FactoryError::TooLittleThere)
}

/// The price of so many units. It has a representation, because that of all units has.
#[inline(never)]
fn times(tokens: u128, price: u128) -> u128 {
    tokens.saturating_mul(price)
}
