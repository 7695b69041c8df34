use crate::{Fact, Kind};
use ink::{
    primitives::AccountId,
    scale::{Encode, EncodeLike, Output},
    storage::{traits::ManualKey, Mapping},
};

/// What the ledger of every token keeps a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(TypeInfo)]
pub enum Entry<'a> {
    /// Units that an account holds.
    Balance(&'a AccountId),
    /// Units of the first account that the second may spend.
    Allowance(&'a AccountId, &'a AccountId),
}

impl EncodeLike<Entry<'static>> for Entry<'_> {}

impl Encode for Entry<'_> {
    fn encode_to<T: Output + ?Sized>(&self, dest: &mut T) {
        match self {
            Self::Balance(holder) => (0u8, holder).encode_to(dest),
            Self::Allowance(owner, spender) => (1u8, owner, spender).encode_to(dest),
        }
    }
}

/// Where a ledger is stored: one mapping for all, so that each way in and out exists once. A token
/// has a field of this type. The value itself is nothing but the key, so that one is as good as
/// another.
pub type Numbers<E> = Mapping<E, u128, ManualKey<0x4c454447>>;

/// The contract as the keeper of its ledger: every unit that moves, moves here.
pub trait Ledger {
    /// What this ledger keeps a number of: [`Entry`], or an enum that has more beside, from tag 2
    /// on.
    type Entry<'a>: From<Entry<'a>> + Encode + EncodeLike<Self::Entry<'static>>;

    /// Why the token refuses.
    type Error;

    /// The payer holds less than that.
    const INSUFFICIENT_BALANCE: Self::Error;

    /// The spender may spend less than that.
    const INSUFFICIENT_ALLOWANCE: Self::Error;

    /// Whether units of `from` may move now.
    ///
    /// # Errors
    /// The contract's own.
    fn may_pay(&self, from: &AccountId) -> Result<(), Self::Error>;

    /// What the ledger says; zero where it says nothing.
    fn get(&self, entry: Self::Entry<'_>) -> u128 {
        let numbers = Numbers::<Self::Entry<'static>>::new();
        numbers.get(entry).unwrap_or_default()
    }

    /// Writes into the ledger; zero is not stored.
    fn set(&mut self, entry: Self::Entry<'_>, number: u128) {
        let mut numbers = Numbers::<Self::Entry<'static>>::new();
        if number == 0 {
            numbers.remove(entry);
        } else {
            numbers.insert(entry, &number);
        }
    }

    /// Moves `value` from one holder to another at the word of `spender`, who is either the payer
    /// or needs an allowance. Moving nothing, or to oneself, succeeds and says nothing.
    ///
    /// # Errors
    /// [`INSUFFICIENT_ALLOWANCE`](Self::INSUFFICIENT_ALLOWANCE), then what
    /// [`may_pay`](Self::may_pay) says, then [`INSUFFICIENT_BALANCE`](Self::INSUFFICIENT_BALANCE).
    fn pay(
        &mut self,
        spender: &AccountId,
        from: &AccountId,
        to: &AccountId,
        value: u128,
    ) -> Result<(), Self::Error> {
        if from == to || value == 0 {
            return Ok(());
        }
        let mut rest = 0;
        if spender != from {
            rest = self.allowance_less(from, spender, value)?;
        }
        self.may_pay(from)?;
        self.debit(from, value)?;
        self.allow(from, spender, rest);
        self.credit(Some(from), to, value);
        Ok(())
    }

    /// Takes `value` from `from`. Whoever calls this says what became of it.
    ///
    /// # Errors
    /// [`INSUFFICIENT_BALANCE`](Self::INSUFFICIENT_BALANCE).
    fn debit(&mut self, from: &AccountId, value: u128) -> Result<(), Self::Error> {
        let balance = self
            .get(Entry::Balance(from).into())
            .checked_sub(value)
            .ok_or(Self::INSUFFICIENT_BALANCE)?;
        self.set(Entry::Balance(from).into(), balance);
        Ok(())
    }

    /// Gives what was debited from `from`, or created if that is nobody, and says so.
    fn credit(&mut self, from: Option<&AccountId>, to: &AccountId, value: u128) {
        // Cannot overflow: the sum of all balances is the supply.
        let balance = self.get(Entry::Balance(to).into()).saturating_add(value);
        self.set(Entry::Balance(to).into(), balance);
        Fact::emit(Kind::Transfer, from, Some(to), value);
    }

    /// Sets what `spender` may spend. Allowing oneself does nothing and says nothing.
    fn allow(&mut self, owner: &AccountId, spender: &AccountId, amount: u128) {
        if owner == spender {
            return;
        }
        self.set(Entry::Allowance(owner, spender).into(), amount);
        Fact::emit(Kind::Approval, Some(owner), Some(spender), amount);
    }

    /// What `spender` may spend after `value` more.
    ///
    /// # Errors
    /// [`INSUFFICIENT_ALLOWANCE`](Self::INSUFFICIENT_ALLOWANCE).
    fn allowance_less(
        &self,
        owner: &AccountId,
        spender: &AccountId,
        value: u128,
    ) -> Result<u128, Self::Error> {
        self.get(Entry::Allowance(owner, spender).into())
            .checked_sub(value)
            .ok_or(Self::INSUFFICIENT_ALLOWANCE)
    }

    /// Lets `spender` spend `delta` more, at most the largest number there is.
    fn allow_more(&mut self, owner: &AccountId, spender: &AccountId, delta: u128) {
        if delta != 0 {
            let amount = self.get(Entry::Allowance(owner, spender).into());
            self.allow(owner, spender, amount.saturating_add(delta));
        }
    }

    /// Lets `spender` spend `delta` less. By nothing, or for oneself, it does nothing.
    ///
    /// # Errors
    /// [`INSUFFICIENT_ALLOWANCE`](Self::INSUFFICIENT_ALLOWANCE).
    fn allow_less(
        &mut self,
        owner: &AccountId,
        spender: &AccountId,
        delta: u128,
    ) -> Result<(), Self::Error> {
        if owner != spender && delta != 0 {
            let rest = self.allowance_less(owner, spender, delta)?;
            self.allow(owner, spender, rest);
        }
        Ok(())
    }
}
