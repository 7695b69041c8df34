/// Inserts the unit tests that the crate `psp22` publishes for a token, in a module of tests of a
/// contract that implements [`PSP22`](crate::PSP22). `$new` creates a `$token` of which the caller
/// holds the supply that it is given.
///
/// The published tests give accounts by value.
#[macro_export]
macro_rules! tests {
    ($token:ty, $new:expr) => {
        struct Published($token);

        impl Published {
            fn total_supply(&self) -> u128 {
                self.0.total_supply()
            }
            fn balance_of(&self, owner: AccountId) -> u128 {
                self.0.balance_of(owner.into())
            }
            fn allowance(&self, owner: AccountId, spender: AccountId) -> u128 {
                self.0.allowance(owner.into(), spender.into())
            }
            fn transfer(
                &mut self,
                to: AccountId,
                value: u128,
                data: ::ink::prelude::vec::Vec<u8>,
            ) -> Result<(), ::psp22::PSP22Error> {
                self.0.transfer(to.into(), value, data)
            }
            fn transfer_from(
                &mut self,
                from: AccountId,
                to: AccountId,
                value: u128,
                data: ::ink::prelude::vec::Vec<u8>,
            ) -> Result<(), ::psp22::PSP22Error> {
                self.0.transfer_from(from.into(), to.into(), value, data)
            }
            fn approve(
                &mut self,
                spender: AccountId,
                value: u128,
            ) -> Result<(), ::psp22::PSP22Error> {
                self.0.approve(spender.into(), value)
            }
            fn increase_allowance(
                &mut self,
                spender: AccountId,
                delta: u128,
            ) -> Result<(), ::psp22::PSP22Error> {
                self.0.increase_allowance(spender.into(), delta.into())
            }
            fn decrease_allowance(
                &mut self,
                spender: AccountId,
                delta: u128,
            ) -> Result<(), ::psp22::PSP22Error> {
                self.0.decrease_allowance(spender.into(), delta.into())
            }
        }

        fn published(supply: u128) -> Published {
            Published($new(supply))
        }

        ::psp22::tests!(Published, published);
    };
}
