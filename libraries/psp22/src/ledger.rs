use ink::{
    env::DefaultEnvironment,
    primitives::AccountId,
    storage::{traits::ManualKey, Mapping},
};
use psp22::{Approval, Transfer};

/// Storage keys.
const BALANCES: u32 = u32::from_be_bytes(*b"BALN");
const ALLOWANCES: u32 = u32::from_be_bytes(*b"ALLW");

/// Why units do not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerError {
    /// The payer holds less than that.
    InsufficientBalance,
    /// The spender may spend less than that.
    InsufficientAllowance,
}

/// Balances and allowances of a token. Every unit that moves, moves here, and has its event of
/// PSP22.
///
/// A zero is not stored.
#[ink::storage_item]
#[derive(Debug, Default)]
pub struct Ledger {
    balances: Mapping<AccountId, u128, ManualKey<BALANCES>>,
    allowances: Mapping<(AccountId, AccountId), u128, ManualKey<ALLOWANCES>>,
}

impl Ledger {
    /// Units that `owner` holds.
    pub fn balance_of(&self, owner: &AccountId) -> u128 {
        self.balances.get(owner).unwrap_or_default()
    }

    /// Units of `owner` that `spender` may spend.
    pub fn allowance(&self, owner: &AccountId, spender: &AccountId) -> u128 {
        self.allowances.get((owner, spender)).unwrap_or_default()
    }

    /// Moves `value` from one holder to another at the word of `spender`, who is either the payer
    /// or needs an allowance. Moving nothing, or to oneself, succeeds and emits nothing. Events:
    /// `Approval`, if an allowance was used, and `Transfer`.
    ///
    /// `may_pay` says whether units of the payer may move now.
    ///
    /// # Errors
    /// `InsufficientAllowance`, then that of `may_pay`, then `InsufficientBalance`.
    pub fn transfer<E: From<LedgerError>>(
        &mut self,
        spender: &AccountId,
        from: &AccountId,
        to: &AccountId,
        value: u128,
        may_pay: Result<(), E>,
    ) -> Result<(), E> {
        if from == to || value == 0 {
            return Ok(());
        }
        let mut rest = 0;
        if spender != from {
            rest = self.allowance_less(from, spender, value)?;
        }
        may_pay?;
        self.debit(from, value)?;
        self.approve(from, spender, rest);
        self.credit(Some(from), to, value);
        Ok(())
    }

    /// Takes `value` from `from`. Whoever calls this emits what became of it.
    ///
    /// # Errors
    /// `InsufficientBalance`.
    pub fn debit(&mut self, from: &AccountId, value: u128) -> Result<(), LedgerError> {
        let balance = self
            .balance_of(from)
            .checked_sub(value)
            .ok_or(LedgerError::InsufficientBalance)?;
        self.set_balance(from, balance);
        Ok(())
    }

    /// Gives what was debited from `from`, or created if that is nobody. Event: `Transfer`.
    pub fn credit(&mut self, from: Option<&AccountId>, to: &AccountId, value: u128) {
        // Cannot overflow: the sum of all balances is the supply.
        self.set_balance(to, self.balance_of(to).saturating_add(value));
        transferred(from, Some(to), value);
    }

    /// Takes `value` from `from` out of being. Event: `Transfer` to nobody.
    ///
    /// # Errors
    /// `InsufficientBalance`.
    pub fn burn(&mut self, from: &AccountId, value: u128) -> Result<(), LedgerError> {
        self.debit(from, value)?;
        transferred(Some(from), None, value);
        Ok(())
    }

    /// Sets what `spender` may spend. Allowing oneself does nothing and emits nothing. Event:
    /// `Approval`.
    pub fn approve(&mut self, owner: &AccountId, spender: &AccountId, amount: u128) {
        if owner == spender {
            return;
        }
        if amount == 0 {
            self.allowances.remove((owner, spender));
        } else {
            self.allowances.insert((owner, spender), &amount);
        }
        ink::env::emit_event::<DefaultEnvironment, _>(Approval {
            owner: *owner,
            spender: *spender,
            amount,
        });
    }

    /// Lets `spender` spend `delta` more, at most the largest number there is. By nothing, it does
    /// nothing. Event: `Approval`.
    pub fn increase_allowance(&mut self, owner: &AccountId, spender: &AccountId, delta: u128) {
        if delta != 0 {
            let amount = self.allowance(owner, spender).saturating_add(delta);
            self.approve(owner, spender, amount);
        }
    }

    /// Lets `spender` spend `delta` less. By nothing, or for oneself, it does nothing. Event:
    /// `Approval`.
    ///
    /// # Errors
    /// `InsufficientAllowance`.
    pub fn decrease_allowance(
        &mut self,
        owner: &AccountId,
        spender: &AccountId,
        delta: u128,
    ) -> Result<(), LedgerError> {
        if owner != spender && delta != 0 {
            let rest = self.allowance_less(owner, spender, delta)?;
            self.approve(owner, spender, rest);
        }
        Ok(())
    }

    /// What `spender` may spend after `value` more.
    fn allowance_less(
        &self,
        owner: &AccountId,
        spender: &AccountId,
        value: u128,
    ) -> Result<u128, LedgerError> {
        self.allowance(owner, spender)
            .checked_sub(value)
            .ok_or(LedgerError::InsufficientAllowance)
    }

    fn set_balance(&mut self, owner: &AccountId, balance: u128) {
        if balance == 0 {
            self.balances.remove(owner);
        } else {
            self.balances.insert(owner, &balance);
        }
    }
}

fn transferred(from: Option<&AccountId>, to: Option<&AccountId>, value: u128) {
    ink::env::emit_event::<DefaultEnvironment, _>(Transfer {
        from: from.copied(),
        to: to.copied(),
        value,
    });
}
