use crate::payable::{announce, MAX_DATA};
use allive_access::only_somebody;
use ink::{
    env::DefaultEnvironment,
    primitives::AccountId,
    storage::{traits::ManualKey, Mapping},
};
use psp22::{Approval, Transfer};

/// Storage keys.
const BALANCES: u32 = u32::from_be_bytes(*b"BALN");
const ALLOWANCES: u32 = u32::from_be_bytes(*b"ALLW");

/// Why the ledger refused a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerError {
    /// The payer's balance is too low.
    InsufficientBalance,
    /// The spender's allowance is too low.
    InsufficientAllowance,
    /// The spender would be the account of 32 zero bytes, for which everybody can act.
    ZeroAccount,
    /// The receiver of a payment was to be told more than [`MAX_DATA`] bytes.
    TooMuchData,
    /// The receiver of a payment refused it, trapped, is not a contract, or is the payer.
    NotAccepted,
}

/// Balances and allowances of a token. Every change is made here, and emits its event of PSP22.
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

    /// Transfers `value` from one holder to another on behalf of `spender`, who is either the payer
    /// or needs an allowance. A transfer of 0 or to oneself succeeds and emits nothing. Events:
    /// `Approval`, if an allowance was used, and `Transfer`.
    ///
    /// `may_pay` is an error if units of the payer cannot be transferred now.
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
        self.set_allowance(from, spender, rest);
        self.credit(Some(from), to, value);
        Ok(())
    }

    /// Transfers `value` to the contract `to` and tells it: see
    /// [`PSP22Payable`](crate::PSP22Payable).
    ///
    /// A transfer to oneself succeeds and moves nothing, whatever the balance. So there is nothing
    /// to tell, and a payer cannot be its own receiver.
    ///
    /// # Errors
    /// `TooMuchData`, those of [`transfer`](Self::transfer), `NotAccepted`.
    pub fn transfer_and_call<E: From<LedgerError>>(
        &mut self,
        from: &AccountId,
        to: &AccountId,
        value: u128,
        data: &[u8],
        may_pay: Result<(), E>,
    ) -> Result<(), E> {
        if data.len() > MAX_DATA {
            return Err(LedgerError::TooMuchData.into());
        }
        self.transfer(from, from, to, value, may_pay)?;
        if from == to && self.balance_of(from) < value {
            return Err(LedgerError::InsufficientBalance.into());
        }
        if from == to || !announce(to, from, value, data) {
            return Err(LedgerError::NotAccepted.into());
        }
        Ok(())
    }

    /// Takes `value` from the balance of `from`. The caller must emit the event.
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

    /// Adds `value` to the balance of `to`: debited from `from`, or minted if `from` is `None`.
    /// Event: `Transfer`.
    pub fn credit(&mut self, from: Option<&AccountId>, to: &AccountId, value: u128) {
        // Cannot overflow: the sum of all balances is the supply.
        self.set_balance(to, self.balance_of(to).saturating_add(value));
        transferred(from, Some(to), value);
    }

    /// Burns `value` of `from`. Event: `Transfer` without `to`.
    ///
    /// # Errors
    /// `InsufficientBalance`.
    pub fn burn(&mut self, from: &AccountId, value: u128) -> Result<(), LedgerError> {
        self.debit(from, value)?;
        transferred(Some(from), None, value);
        Ok(())
    }

    /// Sets the allowance of `spender`. An allowance for oneself does nothing and emits nothing.
    /// Event: `Approval`.
    ///
    /// # Errors
    /// `ZeroAccount`.
    pub fn approve(
        &mut self,
        owner: &AccountId,
        spender: &AccountId,
        amount: u128,
    ) -> Result<(), LedgerError> {
        only_somebody(spender).map_err(|_| LedgerError::ZeroAccount)?;
        self.set_allowance(owner, spender, amount);
        Ok(())
    }

    fn set_allowance(&mut self, owner: &AccountId, spender: &AccountId, amount: u128) {
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

    /// Raises the allowance of `spender` by `delta`, at most to the largest `u128`. With 0 it does
    /// nothing. Event: `Approval`.
    ///
    /// # Errors
    /// `ZeroAccount`.
    pub fn increase_allowance(
        &mut self,
        owner: &AccountId,
        spender: &AccountId,
        delta: u128,
    ) -> Result<(), LedgerError> {
        if delta != 0 {
            let amount = self.allowance(owner, spender).saturating_add(delta);
            self.approve(owner, spender, amount)?;
        }
        Ok(())
    }

    /// Lowers the allowance of `spender` by `delta`. With 0 or for oneself it does nothing. Event:
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
            self.set_allowance(owner, spender, rest);
        }
        Ok(())
    }

    /// The allowance of `spender` after spending `value`.
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
