//! A derived token: PSP22 that an application issues against ALV, minted and burned by its factory.
//!
//! README.md beside this file is the specification: roles, rules, and the test that proves each.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod metadata;

pub use self::derived_token::{DerivedToken, DerivedTokenRef};
pub use metadata::PSP22Metadata;

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod derived_token {
    use crate::PSP22Metadata;
    use allive_access::{Account, Amount};
    use allive_derived_token_interface::{DerivedError, Label, Text};
    use allive_psp22::{Data, Entry, Fact, Kind, Ledger, Numbers, PSP22};
    use allive_storage::root_unchanged;
    use ink::storage::{traits::ManualKey, Lazy};
    use psp22::PSP22Error;

    /// The root cell holds what transfers and the factory need; the label stays unread.
    #[ink(storage)]
    pub struct DerivedToken {
        factory: Account,
        total_supply: Balance,
        frozen: bool,
        ledger: Numbers<Entry<'static>>,
        label: Lazy<Label, ManualKey<0x4c41424c>>,
    }

    impl DerivedToken {
        /// Creates the token, with no units in being. The caller becomes its factory, for good.
        #[ink(constructor)]
        pub fn new(name: Text, symbol: Text, decimals: u8) -> Self {
            let mut token = Self {
                factory: Self::env().caller().into(),
                total_supply: 0,
                frozen: false,
                ledger: Default::default(),
                label: Lazy::new(),
            };
            token.label.set(&Label {
                name,
                symbol,
                decimals,
            });
            token
        }

        /// Refuses everybody but the factory.
        fn only_factory(&self) -> Result<(), DerivedError> {
            if self.env().caller() == *self.factory {
                Ok(())
            } else {
                Err(DerivedError::NotFactory)
            }
        }

        /// Refuses everything, once frozen.
        fn not_frozen(&self) -> Result<(), DerivedError> {
            if self.frozen {
                return Err(DerivedError::Frozen);
            }
            Ok(())
        }

        /// Takes units out of being.
        fn destroy(&mut self, from: &AccountId, value: Balance) -> Result<(), DerivedError> {
            if value == 0 {
                return Ok(());
            }
            self.debit(from, value)?;
            // Cannot underflow: nobody holds more than the supply.
            self.total_supply = self.total_supply.saturating_sub(value);
            Fact::emit(Kind::Transfer, Some(from), None, value);
            Ok(())
        }

        fn label(&self) -> Label {
            match self.label.get() {
                Some(label) => label,
                None => unreachable!("the constructor wrote it, and nothing removes it"),
            }
        }
    }

    impl Ledger for DerivedToken {
        type Entry<'a> = Entry<'a>;
        type Error = DerivedError;

        const INSUFFICIENT_BALANCE: DerivedError = DerivedError::InsufficientBalance;
        const INSUFFICIENT_ALLOWANCE: DerivedError = DerivedError::InsufficientAllowance;

        /// Anybody, until the token is frozen.
        fn may_pay(&self, _from: &AccountId) -> Result<(), DerivedError> {
            self.not_frozen()
        }
    }

    /// Ends a message of PSP22 that touched the ledger alone, in the standard's own error.
    fn standard(result: Result<(), DerivedError>) -> Result<(), PSP22Error> {
        match result {
            Ok(()) => root_unchanged(()),
            Err(DerivedError::InsufficientBalance) => Err(PSP22Error::InsufficientBalance),
            Err(DerivedError::InsufficientAllowance) => Err(PSP22Error::InsufficientAllowance),
            Err(other) => Err(PSP22Error::Custom(other.reason().into())),
        }
    }

    impl PSP22 for DerivedToken {
        #[ink(message)]
        fn total_supply(&self) -> Balance {
            self.total_supply
        }

        #[ink(message)]
        fn balance_of(&self, owner: Account) -> Balance {
            self.get(Entry::Balance(&owner))
        }

        #[ink(message)]
        fn allowance(&self, owner: Account, spender: Account) -> Balance {
            self.get(Entry::Allowance(&owner, &spender))
        }

        #[ink(message)]
        fn transfer(&mut self, to: Account, value: Amount, _data: Data) -> Result<(), PSP22Error> {
            let caller = self.env().caller();
            standard(self.pay(&caller, &caller, &to, *value))
        }

        #[ink(message)]
        fn transfer_from(
            &mut self,
            from: Account,
            to: Account,
            value: Amount,
            _data: Data,
        ) -> Result<(), PSP22Error> {
            standard(self.pay(&self.env().caller(), &from, &to, *value))
        }

        #[ink(message)]
        fn approve(&mut self, spender: Account, value: Amount) -> Result<(), PSP22Error> {
            self.allow(&self.env().caller(), &spender, *value);
            root_unchanged(())
        }

        #[ink(message)]
        fn increase_allowance(
            &mut self,
            spender: Account,
            delta_value: Amount,
        ) -> Result<(), PSP22Error> {
            self.allow_more(&self.env().caller(), &spender, *delta_value);
            root_unchanged(())
        }

        #[ink(message)]
        fn decrease_allowance(
            &mut self,
            spender: Account,
            delta_value: Amount,
        ) -> Result<(), PSP22Error> {
            standard(self.allow_less(&self.env().caller(), &spender, *delta_value))
        }
    }

    impl PSP22Metadata for DerivedToken {
        #[ink(message)]
        fn token_name(&self) -> Option<Text> {
            Some(self.label().name)
        }

        #[ink(message)]
        fn token_symbol(&self) -> Option<Text> {
            Some(self.label().symbol)
        }

        #[ink(message)]
        fn token_decimals(&self) -> u8 {
            self.label().decimals
        }
    }

    impl allive_derived_token_interface::DerivedToken for DerivedToken {
        #[ink(message)]
        fn factory(&self) -> Account {
            self.factory.clone()
        }

        #[ink(message)]
        fn is_frozen(&self) -> bool {
            self.frozen
        }

        #[ink(message)]
        fn mint(&mut self, to: Account, value: Amount) -> Result<(), DerivedError> {
            self.only_factory()?;
            self.not_frozen()?;
            if *value != 0 {
                self.total_supply = self
                    .total_supply
                    .checked_add(*value)
                    .ok_or(DerivedError::SupplyTooLarge)?;
                self.credit(None, &to, *value);
            }
            Ok(())
        }

        #[ink(message)]
        fn burn(&mut self, from: Account, value: Amount) -> Result<(), DerivedError> {
            self.only_factory()?;
            self.not_frozen()?;
            self.destroy(&from, *value)
        }

        #[ink(message)]
        fn burn_all(&mut self, from: Account) -> Result<Balance, DerivedError> {
            self.only_factory()?;
            let value = self.get(Entry::Balance(&from));
            self.destroy(&from, value)?;
            Ok(value)
        }

        #[ink(message)]
        fn freeze(&mut self) -> Result<(), DerivedError> {
            self.only_factory()?;
            self.not_frozen()?;
            self.frozen = true;
            Ok(())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use allive_derived_token_interface::DerivedToken as _;
        use ink::scale::{Decode, Encode};

        fn text(plain: &str) -> Text {
            Text::decode(&mut &plain.encode()[..]).unwrap()
        }

        fn token(supply: Balance) -> DerivedToken {
            let mut token = DerivedToken::new(text("Care points"), text("CARE"), 8);
            let factory = token.factory();
            token.mint(factory, supply.into()).unwrap();
            token
        }

        allive_psp22::tests!(DerivedToken, token);

        #[test]
        fn text_encodes_as_the_string_that_the_metadata_names() {
            for length in [0, 1, 63, 64, 255] {
                let plain = "a".repeat(length);
                assert_eq!(text(&plain).encode(), plain.encode());
                let cut = &plain.encode()[..length];
                assert!(Text::decode(&mut &cut[..]).is_err());
            }
            assert!(Text::decode(&mut &"a".repeat(256).encode()[..]).is_err());
        }
    }
}
