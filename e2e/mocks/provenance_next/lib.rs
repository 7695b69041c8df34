//! The next version of provenance, for tests of the upgrade only: it reads the cells of the first,
//! adds one, and migrates by a message of its own. It answers questions; nothing else is needed.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

pub use self::provenance_next::{ProvenanceNext, ProvenanceNextRef};

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

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod provenance_next {
    use crate::MigrationError;
    use allive_olife_id_interface::OlifeIdClient;
    use ink::storage::{traits::ManualKey, Lazy, Mapping};
    use provenance::{
        Alarm, Cell, Governance, Lot, LotId, Product, ProductName, Setup, Terms, UnitId, Word,
    };

    /// What the first version stores, each under its key; and what is new.
    #[ink(storage)]
    pub struct ProvenanceNext {
        setup: Setup,
        products: Mapping<ProductName, Product, ManualKey<0x5052_4f44>>,
        lots: Mapping<LotId, Lot, ManualKey<0x4c4f_5453>>,
        units: Mapping<UnitId, Cell, ManualKey<0x554e_4954>>,
        words: Mapping<(LotId, u64), Word, ManualKey<0x574f_5244>>,
        alarms: Mapping<(LotId, u64), Alarm, ManualKey<0x414c_524d>>,
        governance: Lazy<Governance, ManualKey<0x474f_564e>>,
        /// How long an end could be undone when the migration came.
        found: Lazy<Timestamp, ManualKey<0x4e45_5854>>,
    }

    impl ProvenanceNext {
        /// Empty: this version takes over the state of another, and is not deployed by itself.
        #[ink(constructor)]
        pub fn new(identities: allive_access::Account, terms: Terms) -> Self {
            Self {
                setup: Setup {
                    identities: OlifeIdClient::at(identities),
                    terms,
                    chain: [0; 32],
                },
                products: Mapping::new(),
                lots: Mapping::new(),
                units: Mapping::new(),
                words: Mapping::new(),
                alarms: Mapping::new(),
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
            self.found.set(&self.setup.terms.undo);
            self.setup.terms.undo /= 2;
            Ok(())
        }

        /// Changes what [`migrate`](Self::migrate) does, and then fails.
        ///
        /// # Errors
        /// `Failed`.
        #[ink(message)]
        pub fn fail(&mut self) -> Result<(), MigrationError> {
            self.migrate()?;
            Err(MigrationError::Failed)
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

        /// How long an end could be undone when the migration came, if there was one.
        #[ink(message)]
        pub fn found(&self) -> Option<Timestamp> {
            self.found.get()
        }

        /// The root: Olife ID, how long things last, the genesis hash.
        #[ink(message)]
        pub fn root(&self) -> (AccountId, Terms, [u8; 32]) {
            let Setup {
                identities,
                terms,
                chain,
            } = &self.setup;
            (**identities.address(), *terms, *chain)
        }

        /// A product of the first version's.
        #[ink(message)]
        pub fn product(&self, name: ProductName) -> Option<Product> {
            self.products.get(name)
        }

        /// A lot of the first version's.
        #[ink(message)]
        pub fn lot(&self, lot: LotId) -> Option<Lot> {
            self.lots.get(lot)
        }

        /// A run or a container of the first version's.
        #[ink(message)]
        pub fn unit(&self, unit: UnitId) -> Option<Cell> {
            self.units.get(unit)
        }

        /// Which of 256 packs the first version knew as dispensed.
        #[ink(message)]
        pub fn word(&self, lot: LotId, number: u64) -> Option<Word> {
            self.words.get((lot, number))
        }

        /// An alarm of the first version's.
        #[ink(message)]
        pub fn alarm(&self, lot: LotId, index: u64) -> Option<Alarm> {
            self.alarms.get((lot, index))
        }

        /// Who owned the first version, and what was announced.
        #[ink(message)]
        pub fn governance(&self) -> Option<Governance> {
            self.governance.get()
        }
    }
}
