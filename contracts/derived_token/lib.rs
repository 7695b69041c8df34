//! A derived token: PSP22 that an application issues against ALV, minted and burned by its factory.
//!
//! README.md beside this file is the specification: roles, rules, and the test that proves each.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod error;
mod state;

pub use self::derived_token::{DerivedToken, DerivedTokenRef};
pub use ::psp22::PSP22Metadata;
pub use allive_psp22::PSP22Payable;
pub use error::DerivedTokenError;

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod derived_token {
    use crate::PSP22Metadata;
    use crate::{
        state::{Label, State},
        DerivedTokenError,
    };
    use ::psp22::PSP22Error;
    use allive_access::Account;
    use allive_psp22::{Ledger, PSP22Payable, PSP22};
    use allive_psp22_interface::PSP22Error as FactoryError;
    use allive_storage::{finish, present, Root, Tracked};
    use ink::{
        prelude::{string::String, vec::Vec},
        storage::{traits::ManualKey, Lazy},
    };

    // ---- Storage ----

    const LABEL: u32 = u32::from_be_bytes(*b"LABL");

    #[ink(storage)]
    pub struct DerivedToken {
        state: Tracked<State>,
        ledger: Ledger,
        label: Lazy<Label, ManualKey<LABEL>>,
    }

    impl Root for DerivedToken {
        type Inline = State;

        fn inline(&self) -> &Tracked<State> {
            &self.state
        }
    }

    // ---- Constructor ----

    impl DerivedToken {
        /// Factory: creates the token, with a supply of 0. The caller becomes its factory, for
        /// good.
        #[ink(constructor)]
        pub fn new(name: String, symbol: String, decimals: u8) -> Self {
            let mut token = Self {
                state: Tracked::new(State {
                    factory: Self::env().caller().into(),
                    total_supply: 0,
                    frozen: false,
                }),
                ledger: Ledger::default(),
                label: Lazy::new(),
            };
            token.label.set(&Label {
                name,
                symbol,
                decimals,
            });
            token
        }
    }

    // ---- Holders: PSP22 ----

    impl PSP22 for DerivedToken {
        #[ink(message)]
        fn total_supply(&self) -> Balance {
            self.state.total_supply
        }

        #[ink(message)]
        fn balance_of(&self, owner: Account) -> Balance {
            self.ledger.balance_of(&owner)
        }

        #[ink(message)]
        fn allowance(&self, owner: Account, spender: Account) -> Balance {
            self.ledger.allowance(&owner, &spender)
        }

        #[ink(message)]
        fn transfer(
            &mut self,
            to: Account,
            value: Balance,
            _data: Vec<u8>,
        ) -> Result<(), PSP22Error> {
            let caller = self.env().caller();
            self.pay(&caller, &caller, &to, value)?;
            finish(self, ())
        }

        #[ink(message)]
        fn transfer_from(
            &mut self,
            from: Account,
            to: Account,
            value: Balance,
            _data: Vec<u8>,
        ) -> Result<(), PSP22Error> {
            let spender = self.env().caller();
            self.pay(&spender, &from, &to, value)?;
            finish(self, ())
        }

        #[ink(message)]
        fn approve(&mut self, spender: Account, value: Balance) -> Result<(), PSP22Error> {
            let owner = self.env().caller();
            self.ledger
                .approve(&owner, &spender, value)
                .map_err(DerivedTokenError::from)?;
            finish(self, ())
        }

        #[ink(message)]
        fn increase_allowance(
            &mut self,
            spender: Account,
            delta_value: Balance,
        ) -> Result<(), PSP22Error> {
            let owner = self.env().caller();
            self.ledger
                .increase_allowance(&owner, &spender, delta_value)
                .map_err(DerivedTokenError::from)?;
            finish(self, ())
        }

        #[ink(message)]
        fn decrease_allowance(
            &mut self,
            spender: Account,
            delta_value: Balance,
        ) -> Result<(), PSP22Error> {
            let owner = self.env().caller();
            self.ledger
                .decrease_allowance(&owner, &spender, delta_value)
                .map_err(DerivedTokenError::from)?;
            finish(self, ())
        }
    }

    impl PSP22Payable for DerivedToken {
        #[ink(message)]
        fn transfer_and_call(
            &mut self,
            to: Account,
            value: Balance,
            data: Vec<u8>,
        ) -> Result<(), PSP22Error> {
            let from = self.env().caller();
            let may_pay = self.not_frozen();
            self.ledger
                .transfer_and_call::<DerivedTokenError>(&from, &to, value, &data, may_pay)?;
            finish(self, ())
        }
    }

    impl PSP22Metadata for DerivedToken {
        #[ink(message)]
        fn token_name(&self) -> Option<String> {
            Some(self.label().name)
        }

        #[ink(message)]
        fn token_symbol(&self) -> Option<String> {
            Some(self.label().symbol)
        }

        #[ink(message)]
        fn token_decimals(&self) -> u8 {
            self.label().decimals
        }
    }

    // ---- The factory ----

    impl allive_derived_token_interface::DerivedToken for DerivedToken {
        #[ink(message)]
        fn factory(&self) -> Account {
            self.state.factory.clone()
        }

        #[ink(message)]
        fn is_frozen(&self) -> bool {
            self.state.frozen
        }

        #[ink(message)]
        fn mint(&mut self, to: Account, value: Balance) -> Result<(), FactoryError> {
            self.only_factory()?;
            self.not_frozen()?;
            if value != 0 {
                let supply = self.state.total_supply.checked_add(value);
                let supply = supply.ok_or(DerivedTokenError::SupplyTooLarge)?;
                self.state.change().total_supply = supply;
                self.ledger.credit(None, &to, value);
            }
            finish(self, ())
        }

        #[ink(message)]
        fn burn(&mut self, from: Account, value: Balance) -> Result<(), FactoryError> {
            self.only_factory()?;
            self.not_frozen()?;
            self.destroy(&from, value)?;
            finish(self, ())
        }

        #[ink(message)]
        fn burn_all(&mut self, from: Account) -> Result<Balance, FactoryError> {
            self.only_factory()?;
            let value = self.ledger.balance_of(&from);
            self.destroy(&from, value)?;
            finish(self, value)
        }

        #[ink(message)]
        fn freeze(&mut self) -> Result<(), FactoryError> {
            self.only_factory()?;
            self.not_frozen()?;
            self.state.change().frozen = true;
            finish(self, ())
        }
    }

    // ---- Helpers ----

    #[ink(impl)]
    impl DerivedToken {
        /// Transfers units on behalf of `spender`, unless the token is frozen.
        fn pay(
            &mut self,
            spender: &AccountId,
            from: &AccountId,
            to: &AccountId,
            value: Balance,
        ) -> Result<(), DerivedTokenError> {
            let may_pay = self.not_frozen();
            self.ledger.transfer(spender, from, to, value, may_pay)
        }

        /// Burns units.
        fn destroy(&mut self, from: &AccountId, value: Balance) -> Result<(), DerivedTokenError> {
            if value == 0 {
                return Ok(());
            }
            self.ledger.burn(from, value)?;
            let state = self.state.change();
            // Cannot underflow: nobody holds more than the supply.
            state.total_supply = state.total_supply.saturating_sub(value);
            Ok(())
        }

        fn only_factory(&self) -> Result<(), DerivedTokenError> {
            if self.env().caller() == *self.state.factory {
                Ok(())
            } else {
                Err(DerivedTokenError::NotFactory)
            }
        }

        fn not_frozen(&self) -> Result<(), DerivedTokenError> {
            if self.state.frozen {
                return Err(DerivedTokenError::Frozen);
            }
            Ok(())
        }

        fn label(&self) -> Label {
            present(self.label.get())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use allive_derived_token_interface::DerivedToken as _;

        fn token(supply: Balance) -> DerivedToken {
            let mut token = DerivedToken::new("Care points".into(), "CARE".into(), 8);
            let factory = token.factory();
            token.mint(factory, supply).unwrap();
            token
        }

        allive_psp22::tests!(DerivedToken, token);
    }
}
