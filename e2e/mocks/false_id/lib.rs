//! In the place of Olife ID, for tests only: it answers what it was told to, whatever that is. And
//! one who asks another registry, as the contracts of the suite do.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

pub use self::false_id::{FalseId, FalseIdRef};

use allive_olife_id_interface::{IdentityId, Points, Topics};
use ink::{
    prelude::vec::Vec,
    primitives::AccountId,
    scale::{Encode, Output},
};

/// How questions are answered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Mode {
    /// By what it was told about accounts.
    Honest,
    /// Every question traps.
    Traps,
    /// With these bytes.
    Answers {
        /// The answer, from its first byte on.
        bytes: Vec<u8>,
        /// Whether the chain is told that the question failed.
        reverted: bool,
    },
    /// First calls another contract, and traps if that is not let in. Then honestly.
    Reenters {
        /// Which contract.
        target: AccountId,
        /// With what: a selector and its arguments.
        input: Vec<u8>,
    },
}

/// What is known of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Known {
    /// Its identity.
    pub identity: Option<IdentityId>,
    /// Its roles.
    pub roles: Topics,
    /// How far it is trusted.
    pub trust: Points,
}

/// Bytes that are encoded as they are, without a length.
struct Raw(Vec<u8>);

impl Encode for Raw {
    fn encode_to<T: Output + ?Sized>(&self, to: &mut T) {
        to.write(&self.0);
    }
}

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod false_id {
    use crate::{Known, Mode, Raw};
    use allive_access::Account;
    use allive_olife_id_interface::{
        IdentityId, IdentityRegistry, Key, NoAnswer, NotHeir, OlifeIdClient, Points, Scope,
        Standing, Topic, Topics,
    };
    use ink::{
        env::ReturnFlags,
        storage::{traits::ManualKey, Lazy, Mapping},
    };

    #[ink(storage)]
    #[derive(Default)]
    pub struct FalseId {
        mode: Lazy<Mode, ManualKey<0x4d4f_4445>>,
        known: Mapping<AccountId, Known, ManualKey<0x4b4e_574e>>,
        followed: Mapping<(AccountId, AccountId), Timestamp, ManualKey<0x464c_5744>>,
    }

    impl FalseId {
        /// Honest, and knows nobody.
        #[ink(constructor)]
        pub fn new() -> Self {
            Self::default()
        }

        /// From now on questions are answered so.
        #[ink(message)]
        pub fn behave(&mut self, mode: Mode) {
            self.mode.set(&mode);
        }

        /// What is known of an account from now on.
        #[ink(message)]
        pub fn know(&mut self, account: AccountId, known: Known) {
            self.known.insert(account, &known);
        }

        /// From now on `account` follows `former`, which left at `since`; or does not.
        #[ink(message)]
        pub fn follow(&mut self, account: AccountId, former: AccountId, since: Option<Timestamp>) {
            match since {
                Some(since) => drop(self.followed.insert((account, former), &since)),
                None => self.followed.remove((account, former)),
            }
        }

        /// What another registry answers to `standing`.
        ///
        /// # Errors
        /// `NoAnswer`.
        #[ink(message)]
        pub fn ask_standing(
            &self,
            registry: Account,
            account: AccountId,
            topics: Topics,
        ) -> Result<Option<Standing>, NoAnswer> {
            OlifeIdClient::at(registry).standing(&account, topics)
        }

        /// What another registry answers to `holds`.
        ///
        /// # Errors
        /// `NoAnswer`.
        #[ink(message)]
        pub fn ask_holds(
            &self,
            registry: Account,
            key: Key,
            topic: Topic,
        ) -> Result<bool, NoAnswer> {
            OlifeIdClient::at(registry).holds(key, topic)
        }

        /// What another registry answers to `attests`.
        ///
        /// # Errors
        /// `NoAnswer`.
        #[ink(message)]
        pub fn ask_attests(
            &self,
            registry: Account,
            account: AccountId,
            topic: Topic,
        ) -> Result<Option<IdentityId>, NoAnswer> {
            OlifeIdClient::at(registry).attests(&account, topic)
        }

        /// What another registry answers to `identity_of`.
        ///
        /// # Errors
        /// `NoAnswer`.
        #[ink(message)]
        pub fn ask_identity_of(
            &self,
            registry: Account,
            account: AccountId,
        ) -> Result<Option<IdentityId>, NoAnswer> {
            OlifeIdClient::at(registry).identity_of(&account)
        }

        /// What another registry answers to `has_role`.
        ///
        /// # Errors
        /// `NoAnswer`.
        #[ink(message)]
        pub fn ask_has_role(
            &self,
            registry: Account,
            account: AccountId,
            role: Topic,
        ) -> Result<bool, NoAnswer> {
            OlifeIdClient::at(registry).has_role(&account, role)
        }

        /// What another registry answers to `trust`.
        ///
        /// # Errors
        /// `NoAnswer`.
        #[ink(message)]
        pub fn ask_trust(&self, registry: Account, account: AccountId) -> Result<Points, NoAnswer> {
            OlifeIdClient::at(registry).trust(&account)
        }

        /// What another registry answers to `successor_since`.
        ///
        /// # Errors
        /// `NoAnswer`.
        #[ink(message)]
        pub fn ask_successor_since(
            &self,
            registry: Account,
            account: AccountId,
            former: AccountId,
        ) -> Result<Option<Timestamp>, NoAnswer> {
            OlifeIdClient::at(registry).successor_since(&account, &former)
        }

        /// Whether `heir` inherits by what another registry answers, and since when it then has the
        /// holding.
        ///
        /// # Errors
        /// Those of `NotHeir`.
        #[ink(message)]
        pub fn ask_inherits(
            &self,
            registry: Account,
            heir: AccountId,
            former: AccountId,
            since: Timestamp,
        ) -> Result<Timestamp, NotHeir> {
            OlifeIdClient::at(registry).inherits(&heir, &former, since)
        }

        /// Answers, or lets the honest answer be given.
        fn misbehave(&self) {
            match self.mode.get().unwrap_or(Mode::Honest) {
                Mode::Honest => (),
                Mode::Traps => panic!("as told"),
                Mode::Answers { bytes, reverted } => {
                    let flags = if reverted {
                        ReturnFlags::REVERT
                    } else {
                        ReturnFlags::empty()
                    };
                    ink::env::return_value(flags, &Raw(bytes))
                }
                Mode::Reenters { target, input } => {
                    let called = allive_call::call(&target, &input, 0);
                    assert_eq!(called, Ok(()), "not let in");
                }
            }
        }

        fn of(&self, account: &AccountId) -> Known {
            self.known.get(account).unwrap_or_default()
        }
    }

    impl IdentityRegistry for FalseId {
        #[ink(message)]
        fn standing(&self, account: Account, topics: Topics) -> Option<Standing> {
            self.misbehave();
            let known = self.of(&account);
            Some(Standing {
                identity: known.identity?,
                held: known.roles & topics,
                trust: known.trust,
            })
        }

        #[ink(message)]
        fn standing_as(
            &self,
            account: Account,
            organisation: IdentityId,
            topics: Topics,
        ) -> Option<Standing> {
            let standing = self.standing(account, topics)?;
            (standing.identity == organisation).then_some(standing)
        }

        #[ink(message)]
        fn standing_for(
            &self,
            account: Account,
            principal: IdentityId,
            _scope: Scope,
            topics: Topics,
        ) -> Option<Standing> {
            let standing = self.standing(account, topics)?;
            (standing.identity == principal).then_some(standing)
        }

        #[ink(message)]
        fn holds(&self, key: Key, topic: Topic) -> bool {
            self.misbehave();
            match key {
                Key::Account(account) => self.of(&account).roles & topic.bit() != 0,
                _ => false,
            }
        }

        #[ink(message)]
        fn attests(&self, account: Account, topic: Topic) -> Option<IdentityId> {
            self.misbehave();
            let known = self.of(&account);
            known.identity.filter(|_| known.roles & topic.bit() != 0)
        }

        #[ink(message)]
        fn identity_of(&self, account: Account) -> Option<IdentityId> {
            self.misbehave();
            self.of(&account).identity
        }

        #[ink(message)]
        fn has_role(&self, account: Account, role: Topic) -> bool {
            self.misbehave();
            self.of(&account).roles & role.bit() != 0
        }

        #[ink(message)]
        fn trust(&self, account: Account) -> Points {
            self.misbehave();
            self.of(&account).trust
        }

        #[ink(message)]
        fn successor_since(&self, account: Account, former: Account) -> Option<Timestamp> {
            self.misbehave();
            self.followed.get((*account, *former))
        }
    }
}
