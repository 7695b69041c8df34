//! A contract of bad will, for tests only: a PSP22 token that misbehaves as it is told to, and a
//! caller that passes on any bytes, once or twice.
//!
//! It keeps no allowances: everybody may spend everything, so that set-up is short.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod raw;

pub use self::hostile::{Hostile, HostileRef};

use ink::{prelude::vec::Vec, primitives::AccountId};

/// How the token misbehaves.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Mode {
    /// Not at all.
    Honest,
    /// Payments return an error.
    Refuses,
    /// Every PSP22 message traps.
    Traps,
    /// The payee gets a tenth less than the payer gives.
    KeepsFee,
    /// Payments succeed and move nothing.
    LiesAboutSuccess,
    /// Everybody holds this much, it says; payments are honest.
    LiesAboutBalance(u128),
    /// Payments answer with these bytes.
    AnswersPayments {
        /// The answer.
        bytes: Vec<u8>,
        /// Whether the chain is told that the payment failed.
        reverted: bool,
    },
    /// Payments are honest; questions about balances are answered with these bytes.
    AnswersBalances(Vec<u8>),
    /// The next payment first calls another contract, and then is honest.
    Reenters {
        /// Which contract.
        target: AccountId,
        /// With what.
        input: Vec<u8>,
        /// Whether the payment fails when that call does.
        insists: bool,
    },
}

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod hostile {
    use crate::{raw, Mode};
    use ink::{
        env::ReturnFlags,
        prelude::vec::Vec,
        storage::{traits::ManualKey, Lazy, Mapping},
    };
    use psp22::{PSP22Error, PSP22};

    /// Who paid how much, and what for.
    type Told = (AccountId, Balance, Vec<u8>);

    /// Cells apart, so that nothing is undone when a message is entered again.
    #[ink(storage)]
    #[derive(Default)]
    pub struct Hostile {
        mode: Lazy<Mode, ManualKey<0x4d4f_4445>>,
        balances: Mapping<AccountId, Balance, ManualKey<0x4241_4c53>>,
        answer: Lazy<Option<Vec<u8>>, ManualKey<0x414e_5357>>,
        told: Lazy<Option<Told>, ManualKey<0x544f_4c44>>,
    }

    impl Hostile {
        /// An honest token that nobody holds.
        #[ink(constructor)]
        pub fn new() -> Self {
            Self::default()
        }

        /// From now on the token behaves so.
        #[ink(message)]
        pub fn behave(&mut self, mode: Mode) {
            self.mode.set(&mode);
        }

        /// Gives anybody any amount.
        #[ink(message)]
        pub fn mint(&mut self, to: AccountId, value: Balance) {
            self.balances
                .insert(to, &self.held(to).saturating_add(value));
        }

        /// Creates another contract of `code`, this one's own, and then gives `to` one unit. The chain
        /// charges much for that in one step, so that it can run out of gas with much left.
        #[ink(message)]
        pub fn spawn(&mut self, code: Hash, to: AccountId) {
            HostileRef::new()
                .code_hash(code)
                .endowment(0)
                .salt_bytes(Vec::<u8>::new())
                .instantiate();
            self.mint(to, 1);
        }

        /// What `owner` really holds.
        #[ink(message)]
        pub fn held(&self, owner: AccountId) -> Balance {
            self.balances.get(owner).unwrap_or_default()
        }

        /// What the call of the last `Reenters` returned, if there was one; in it, `None` if that
        /// call trapped.
        #[ink(message)]
        pub fn answer(&self) -> Option<Option<Vec<u8>>> {
            self.answer.get()
        }

        /// A token says what it was paid. Answers as it answers payments.
        #[ink(message, selector = 0x0305eeec)]
        pub fn on_received(
            &mut self,
            from: AccountId,
            value: Balance,
            note: Vec<u8>,
        ) -> Result<(), PSP22Error> {
            self.told.set(&Some((from, value, note)));
            self.misbehave().map(|_| ())
        }

        /// What a token said last.
        #[ink(message)]
        pub fn told(&self) -> Option<Told> {
            self.told.get_or_default()
        }

        /// Calls `target` with `input`. Returns what it answered; `None` if it trapped.
        #[ink(message)]
        pub fn forward(&mut self, target: AccountId, input: Vec<u8>) -> Option<Vec<u8>> {
            raw::call(target, input)
        }

        /// The same call twice in one transaction.
        #[ink(message)]
        pub fn forward_twice(
            &mut self,
            target: AccountId,
            input: Vec<u8>,
        ) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
            (raw::call(target, input.clone()), raw::call(target, input))
        }

        fn mode(&self) -> Mode {
            self.mode.get().unwrap_or(Mode::Honest)
        }

        /// Does what it was told to instead of, or before, what it should.
        fn misbehave(&mut self) -> Result<Effect, PSP22Error> {
            match self.mode() {
                Mode::Honest | Mode::LiesAboutBalance(_) | Mode::AnswersBalances(_) => {
                    Ok(Effect::None)
                }
                Mode::Refuses => Err(PSP22Error::Custom("as told".into())),
                Mode::Traps => trap(),
                Mode::KeepsFee => Ok(Effect::Fee),
                Mode::LiesAboutSuccess => Ok(Effect::NoPayment),
                Mode::AnswersPayments { bytes, reverted } => {
                    let flags = if reverted {
                        ReturnFlags::REVERT
                    } else {
                        ReturnFlags::empty()
                    };
                    raw::answer(flags, bytes)
                }
                Mode::Reenters {
                    target,
                    input,
                    insists,
                } => {
                    self.mode.set(&Mode::Honest);
                    let answer = raw::call(target, input);
                    self.answer.set(&answer);
                    if insists && answer.is_none() {
                        return Err(PSP22Error::Custom("not let in".into()));
                    }
                    Ok(Effect::None)
                }
            }
        }

        fn pay(
            &mut self,
            from: AccountId,
            to: AccountId,
            value: Balance,
        ) -> Result<(), PSP22Error> {
            let fee = match self.misbehave()? {
                Effect::None => 0,
                Effect::Fee => value.div_ceil(10),
                Effect::NoPayment => return Ok(()),
            };
            let rest = self
                .held(from)
                .checked_sub(value)
                .ok_or(PSP22Error::InsufficientBalance)?;
            self.balances.insert(from, &rest);
            self.mint(to, value.saturating_sub(fee));
            Ok(())
        }
    }

    impl PSP22 for Hostile {
        #[ink(message)]
        fn total_supply(&self) -> Balance {
            0
        }

        #[ink(message)]
        fn balance_of(&self, owner: AccountId) -> Balance {
            match self.mode() {
                Mode::Traps => trap(),
                Mode::LiesAboutBalance(value) => value,
                Mode::AnswersBalances(bytes) => raw::answer(ReturnFlags::empty(), bytes),
                _ => self.held(owner),
            }
        }

        #[ink(message)]
        fn allowance(&self, _owner: AccountId, _spender: AccountId) -> Balance {
            Balance::MAX
        }

        #[ink(message)]
        fn transfer(
            &mut self,
            to: AccountId,
            value: Balance,
            _data: Vec<u8>,
        ) -> Result<(), PSP22Error> {
            self.pay(self.env().caller(), to, value)
        }

        #[ink(message)]
        fn transfer_from(
            &mut self,
            from: AccountId,
            to: AccountId,
            value: Balance,
            _data: Vec<u8>,
        ) -> Result<(), PSP22Error> {
            self.pay(from, to, value)
        }

        #[ink(message)]
        fn approve(&mut self, _spender: AccountId, _value: Balance) -> Result<(), PSP22Error> {
            Ok(())
        }

        #[ink(message)]
        fn increase_allowance(
            &mut self,
            _spender: AccountId,
            _by: Balance,
        ) -> Result<(), PSP22Error> {
            Ok(())
        }

        #[ink(message)]
        fn decrease_allowance(
            &mut self,
            _spender: AccountId,
            _by: Balance,
        ) -> Result<(), PSP22Error> {
            Ok(())
        }
    }

    /// What misbehaving makes of a payment.
    enum Effect {
        None,
        Fee,
        NoPayment,
    }

    fn trap() -> ! {
        panic!("as told")
    }
}
