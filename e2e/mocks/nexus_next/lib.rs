//! The next version of Olife Nexus, for tests of the upgrade only: it keeps every cell of the
//! first, adds one, and migrates by a message of its own. It answers questions; nothing else is
//! needed.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

pub use self::nexus_next::{NexusNext, NexusNextRef};

/// Why a migration was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum MigrationError {
    /// Only the contract itself migrates, as part of an upgrade.
    NotByItself,
    /// The state was migrated already.
    Repeated,
    /// As told.
    Failed,
}

/// An error without content: on the wire it is nothing but an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Silent;

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod nexus_next {
    use crate::{MigrationError, Silent};
    use allive_access::Account;
    use allive_olife_id_interface::OlifeIdClient;
    use allive_payments::{Credits, Owed};
    use allive_psp22_interface::Psp22Client;
    use allive_requests::Nonces;
    use ink::storage::{traits::ManualKey, Lazy, Mapping};
    use olife_nexus::{Governance, Grant, GrantId, Record, RecordId, State};

    /// Field by field what the first version stores, each under its key; and what is new.
    #[ink(storage)]
    pub struct NexusNext {
        state: State,
        records: Mapping<RecordId, Record, ManualKey<0x5245_4353>>,
        grants: Mapping<GrantId, Grant, ManualKey<0x4752_4e54>>,
        credits: Credits,
        owed: Owed,
        nonces: Nonces,
        governance: Lazy<Governance, ManualKey<0x474f_564e>>,
        /// How many grants the migration found.
        found: Lazy<GrantId, ManualKey<0x4e45_5854>>,
    }

    impl NexusNext {
        /// Empty: this version takes over the state of another, and is not deployed by itself.
        #[ink(constructor)]
        pub fn new(token: AccountId, identities: Account) -> Self {
            Self {
                state: State {
                    token: Psp22Client::at(token),
                    identities: OlifeIdClient::at(identities),
                    longest_term: 0,
                    record_count: 0,
                    grant_count: 0,
                    chain: [0; 32],
                },
                records: Mapping::new(),
                grants: Mapping::new(),
                credits: Credits::default(),
                owed: Owed::nothing(),
                nonces: Nonces::default(),
                governance: Lazy::new(),
                found: Lazy::new(),
            }
        }

        /// Takes over the state: fills the new cell, and changes a value of the root.
        ///
        /// # Errors
        /// `NotByItself`, `Repeated`.
        #[ink(message)]
        pub fn migrate(&mut self) -> Result<(), MigrationError> {
            if self.env().caller() != self.env().account_id() {
                return Err(MigrationError::NotByItself);
            }
            if self.found.get().is_some() {
                return Err(MigrationError::Repeated);
            }
            self.found.set(&self.state.grant_count);
            self.state.longest_term /= 2;
            Ok(())
        }

        /// Changes what [`migrate`](Self::migrate) does, and more, and then fails.
        ///
        /// # Errors
        /// `Failed`.
        #[ink(message)]
        pub fn fail(&mut self) -> Result<(), MigrationError> {
            self.migrate()?;
            self.owed = Owed::nothing();
            self.grants.remove(0);
            Err(MigrationError::Failed)
        }

        /// The same, without a reason.
        ///
        /// # Errors
        /// `Silent`.
        #[ink(message)]
        pub fn fail_silently(&mut self) -> Result<(), Silent> {
            self.fail().map_err(|_| Silent)
        }

        /// The same, and traps.
        #[ink(message)]
        pub fn trap(&mut self) -> Result<(), MigrationError> {
            self.fail().map_err(|_| panic!("as told"))
        }

        /// Which version this is.
        #[ink(message)]
        pub fn version(&self) -> u32 {
            2
        }

        /// How many grants the migration found, if there was one.
        #[ink(message)]
        pub fn found(&self) -> Option<GrantId> {
            self.found.get()
        }

        /// A record of the first version's.
        #[ink(message)]
        pub fn record(&self, record: RecordId) -> Option<Record> {
            self.records.get(record)
        }

        /// A grant of the first version's.
        #[ink(message)]
        pub fn grant(&self, grant: GrantId) -> Option<Grant> {
            self.grants.get(grant)
        }

        /// A credit of the first version's.
        #[ink(message)]
        pub fn credit_of(&self, account: AccountId) -> Balance {
            self.credits.of(&account).amount
        }

        /// What the first version owed.
        #[ink(message)]
        pub fn owed(&self) -> Balance {
            self.owed.sum()
        }

        /// The root: token, Olife ID, longest term, how many records and grants.
        #[ink(message)]
        pub fn root(&self) -> (AccountId, AccountId, Timestamp, RecordId, GrantId) {
            (
                self.state.token.address(),
                **self.state.identities.address(),
                self.state.longest_term,
                self.state.record_count,
                self.state.grant_count,
            )
        }

        /// Who owned the first version, and what was announced.
        #[ink(message)]
        pub fn governance(&self) -> Option<Governance> {
            self.governance.get()
        }
    }
}
