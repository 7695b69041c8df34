//! The cases that the standard publishes, on ALV as it is built, on the older pallet.
//!
//! `psp22::tests!` is written for contracts inside ink!'s own test environment. Here what it takes
//! from there is drink's: the caller, the events, and a token that stands for the contract.

use allive_access::PauseTerms;
use allive_calls::{psp22, Code, Message, Typed};
use allive_drink::{DrinkChain, GENESIS};
use alv::AlvRef;
use ink_primitives::AccountId;
use psp22::PSP22 as _;
use scale::Encode;
use std::cell::RefCell;

/// What the cases take from the crate of this name.
mod ink {
    pub use scale;
    pub use std::prelude::v1::test;

    pub mod primitives {
        pub use ink_primitives::AccountId;
    }

    pub mod env {
        pub enum DefaultEnvironment {}

        pub mod test {
            use allive_calls::Keyring;
            use ink_primitives::AccountId;
            use std::cell::{Cell, RefCell};

            thread_local! {
                pub static CALLER: Cell<Keyring> = const { Cell::new(Keyring::Alice) };
                pub static SAID: RefCell<Vec<EmittedEvent>> = const { RefCell::new(Vec::new()) };
            }

            pub struct Accounts {
                pub alice: AccountId,
                pub bob: AccountId,
                pub charlie: AccountId,
            }

            #[derive(Clone)]
            pub struct EmittedEvent {
                pub data: Vec<u8>,
            }

            // The suite names the type.
            #[allow(clippy::extra_unused_type_parameters)]
            pub fn default_accounts<E>() -> Accounts {
                let [alice, bob, charlie, ..] = Keyring::all().map(Keyring::account);
                Accounts {
                    alice,
                    bob,
                    charlie,
                }
            }

            // The suite names the type.
            #[allow(clippy::extra_unused_type_parameters)]
            pub fn set_caller<E>(caller: AccountId) {
                let key = Keyring::all()
                    .into_iter()
                    .find(|key| key.account() == caller);
                CALLER.set(key.expect("one of the accounts"));
            }

            pub fn recorded_events() -> std::vec::IntoIter<EmittedEvent> {
                SAID.with_borrow(Clone::clone).into_iter()
            }
        }
    }
}

/// ALV on a chain of its own.
struct Token {
    chain: RefCell<DrinkChain>,
    address: AccountId,
}

type Answer = Result<(), psp22::PSP22Error>;

impl Token {
    fn new(supply: u128) -> Self {
        let mut chain = DrinkChain::new();
        let pause = PauseTerms {
            duration: 1,
            cooldown: 1,
        };
        let constructor = AlvRef::new(supply, u128::MAX, pause, GENESIS);
        let code = Code::read("alv").unwrap();
        let created = chain.create(caller(), &code, constructor, b"");
        let created = created.unwrap().unwrap();
        say(created.events);
        Self {
            chain: RefCell::new(chain),
            address: created.address,
        }
    }

    fn send<Args: Encode>(&mut self, message: Message<Args, Answer>) -> Answer {
        let receipt = self.chain.get_mut().send(caller(), message);
        say(receipt.events);
        receipt.value.unwrap()
    }

    fn total_supply(&self) -> u128 {
        let message = psp22(self.address).total_supply();
        self.chain.borrow_mut().get(message)
    }

    fn balance_of(&self, owner: AccountId) -> u128 {
        let message = psp22(self.address).balance_of(owner);
        self.chain.borrow_mut().get(message)
    }

    fn allowance(&self, owner: AccountId, spender: AccountId) -> u128 {
        let message = psp22(self.address).allowance(owner, spender);
        self.chain.borrow_mut().get(message)
    }

    fn transfer(&mut self, to: AccountId, value: u128, data: Vec<u8>) -> Answer {
        self.send(psp22(self.address).transfer(to, value, data))
    }

    fn transfer_from(
        &mut self,
        from: AccountId,
        to: AccountId,
        value: u128,
        data: Vec<u8>,
    ) -> Answer {
        self.send(psp22(self.address).transfer_from(from, to, value, data))
    }

    fn approve(&mut self, spender: AccountId, value: u128) -> Answer {
        self.send(psp22(self.address).approve(spender, value))
    }

    fn increase_allowance(&mut self, spender: AccountId, delta: u128) -> Answer {
        self.send(psp22(self.address).increase_allowance(spender, delta))
    }

    fn decrease_allowance(&mut self, spender: AccountId, delta: u128) -> Answer {
        self.send(psp22(self.address).decrease_allowance(spender, delta))
    }
}

fn caller() -> AccountId {
    ink::env::test::CALLER.get().account()
}

fn say(events: Vec<allive_calls::Event>) {
    let said = events
        .into_iter()
        .map(|event| ink::env::test::EmittedEvent { data: event.data });
    ink::env::test::SAID.with_borrow_mut(|all| all.extend(said));
}

psp22::tests!(Token, Token::new);
