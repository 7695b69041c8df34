//! Provenance: the life of a medicine from its maker to a patient.
//!
//! Makers commission lots, holders ship and receive them, everybody asks whether a pack is genuine.
//! README.md beside this file is the specification.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod acting;
mod action;
mod alarm;
mod alert;
mod answer;
mod confirming;
mod declaring;
mod describing;
pub mod digits;
mod dispensing;
mod error;
mod events;
mod governance;
mod host;
mod judging;
mod lot;
mod making;
mod moving;
mod prescribing;
mod prescription;
mod product;
mod requesting;
mod setup;
mod transformation;
mod transforming;
mod unit;
mod verdict;
mod verifying;
mod warning;
mod watch;
mod watching;
mod word;

pub use self::provenance::{Provenance, ProvenanceRef};
pub use action::{
    Action, Capacity, Outcome, PackId, Reason, Request, Seen, SignedAction, Target, PURPOSE,
};
pub use alarm::{Alarm, Phase};
pub use alert::{Alert, Alerts, Lowering, Raised};
pub use answer::{Answer, Claim, Facts, Known, Mismatch, Proof, State};
pub use confirming::{salt_of, Secret, SEAL_DOMAIN};
pub use declaring::{ErrorDeclaration, ErrorReason, EventHash, MAX_CORRECTIONS};
pub use error::ProvenanceError;
pub use events::*;
pub use governance::Governance;
pub use lot::{
    is_over, lot_key, pack_data, Day, Lot, LotId, NewLot, Serials, DAY, MAX_ANCESTORS, MAX_COUNT,
    MAX_PATHS, PACK_DOMAIN,
};
pub use prescription::{
    lock_of, prescription_key, Fill, NewPrescription, Prescription, PrescriptionId, FILL_DOMAIN,
    LONGEST_PRESCRIPTION, MAX_FILLS,
};
pub use product::{
    Bound, Class, Limit, Product, ProductName, ProductTerms, Side, Storage, MAX_FORMER, MAX_LIMITS,
};
pub use setup::{Setup, Terms};
pub use transformation::{Origin, Transformation, MAX_INPUTS, MAX_LEVEL, MAX_OUTPUTS, MAX_WORDS};
pub use unit::{
    Cell, Container, ContainerId, Custody, End, Place, Retired, Run, RunId, Shipment, Unit, UnitId,
    CUSTODIANS, MAX_HEIGHT, MAX_SUSPECTERS, MAX_UNITS,
};
pub use verdict::{Noticed, Verdict};
pub use watch::{Cold, Logger, NewLogger, Outside, Tally, Watch, Window, MAX_BOUNDS, MINUTE};
pub use word::{place, Dispenser, Flags, Recent, Word, DISPENSERS};

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod provenance {
    use crate::acting::Actor;
    use crate::*;
    use allive_access::{
        replace_code, AccessError, Account, AnnouncedUpgrade, Migration, Ownable, Ownership,
        OwnershipChanged, UpgradeChanged, UpgradeError, Upgradeable, Upgraded, Upgrades,
    };
    use allive_olife_id_interface::{IdentityId, OlifeIdClient};
    use allive_requests::{ChainId, Domain, Nonces, Signature};
    use allive_storage::{finish, present, Boxed, Root, Tracked};
    use ink::{
        prelude::vec::Vec,
        storage::{traits::ManualKey, Lazy, Mapping},
    };

    // ---- Storage ----

    const PRODUCTS: u32 = u32::from_be_bytes(*b"PROD");
    const LOTS: u32 = u32::from_be_bytes(*b"LOTS");
    const UNITS: u32 = u32::from_be_bytes(*b"UNIT");
    const WORDS: u32 = u32::from_be_bytes(*b"WORD");
    const ALARMS: u32 = u32::from_be_bytes(*b"ALRM");
    const PRESCRIPTIONS: u32 = u32::from_be_bytes(*b"PRES");
    const ASKED: u32 = u32::from_be_bytes(*b"ASKD");
    const CONFIRMED: u32 = u32::from_be_bytes(*b"CONF");
    const GOVERNANCE: u32 = u32::from_be_bytes(*b"GOVN");

    #[ink(storage)]
    pub struct Provenance {
        pub(crate) setup: Tracked<Setup>,
        pub(crate) products: Mapping<ProductName, Product, ManualKey<PRODUCTS>>,
        pub(crate) lots: Mapping<LotId, Lot, ManualKey<LOTS>>,
        /// Runs and containers.
        pub(crate) units: Mapping<UnitId, Cell, ManualKey<UNITS>>,
        /// Which packs were dispensed, by lot and index ÷ 256.
        pub(crate) words: Mapping<(LotId, u64), Word, ManualKey<WORDS>>,
        /// Packs that were dispensed twice, by lot and index.
        pub(crate) alarms: Mapping<(LotId, u64), Alarm, ManualKey<ALARMS>>,
        pub(crate) nonces: Nonces,
        pub(crate) prescriptions: Mapping<PrescriptionId, Prescription, ManualKey<PRESCRIPTIONS>>,
        /// How often it was asked about packs of a lot, by those who wanted to be counted.
        pub(crate) asked: Mapping<LotId, u64, ManualKey<ASKED>>,
        /// Which packs patients confirmed, by lot and index ÷ 256.
        pub(crate) confirmed: Mapping<(LotId, u64), Flags, ManualKey<CONFIRMED>>,
        governance: Lazy<Governance, ManualKey<GOVERNANCE>>,
    }

    impl Root for Provenance {
        type Inline = Setup;

        fn inline(&self) -> &Tracked<Setup> {
            &self.setup
        }
    }

    // ---- Constructor ----

    impl Provenance {
        /// Deployer: creates an empty registry of products. The Olife ID contract `identities` says
        /// who acts. The caller becomes owner, who can replace the code after a notice of `notice`
        /// milliseconds. `chain` is the genesis hash of the chain, which signed requests bind.
        ///
        /// # Errors
        /// `BadDuration` if one of the `terms` is outside its bounds, or if the notice is zero or
        /// above [`Upgrades::LONGEST_NOTICE`].
        #[ink(constructor)]
        pub fn new(
            identities: Account,
            terms: Terms,
            notice: Timestamp,
            chain: ChainId,
        ) -> Result<Self, ProvenanceError> {
            terms.check()?;
            let upgrades = Upgrades::new(notice).ok_or(ProvenanceError::BadDuration)?;
            let mut new = Self {
                setup: Tracked::new(Setup {
                    identities: OlifeIdClient::at(identities),
                    terms,
                    chain,
                }),
                products: Mapping::new(),
                lots: Mapping::new(),
                units: Mapping::new(),
                words: Mapping::new(),
                alarms: Mapping::new(),
                nonces: Nonces::default(),
                prescriptions: Mapping::new(),
                confirmed: Mapping::new(),
                asked: Mapping::new(),
                governance: Lazy::new(),
            };
            let ownership = Ownership::new(new.env().caller().into());
            new.governance.set(&Governance {
                ownership,
                upgrades,
            });
            Ok(new)
        }
    }

    // ---- Whoever makes, has or supervises something ----

    impl Provenance {
        /// Identity: carries out an action of the caller's identity; or, as a delegate, of an
        /// `organisation`. [`Action`] says who may carry out what. Events tell what came of it; of
        /// a dispensing, read the [`Outcome`], too.
        ///
        /// # Errors
        /// `NoAnswer`, `NoStanding`, and those of the [`Action`] by the table of README.md.
        #[ink(message)]
        #[inline(never)]
        pub fn act(
            &mut self,
            organisation: Option<IdentityId>,
            action: Boxed<Action>,
        ) -> Result<Outcome, ProvenanceError> {
            let actor = Actor {
                account: self.env().caller(),
                organisation,
            };
            let outcome = self.carry_out(&actor, action.into_inner())?;
            finish(self, outcome)
        }
    }

    // ---- Signed requests ----

    impl Provenance {
        /// Anybody: carries out a request that `request.signer` signed, as if the signer had sent
        /// the message. The caller pays the fee. What the action names must still be as its signer
        /// saw it. Read the [`Outcome`] of a dispensing.
        ///
        /// # Errors
        /// `Request(Expired)`, `Request(DeadlineTooFar)`, `Request(BadSignature)`,
        /// `Request(NonceUsed)`, `NotAsSeen`, then those of the action.
        #[ink(message)]
        #[inline(never)]
        pub fn act_for(
            &mut self,
            request: Boxed<Request>,
            signature: Boxed<Signature>,
        ) -> Result<Outcome, ProvenanceError> {
            let this = self.env().account_id();
            let domain = domain(&self.setup.chain, &this);
            let now = self.env().block_timestamp();
            self.nonces.accept(&*request, &signature, &domain, now)?;
            let Request { signer, action, .. } = request.into_inner();
            let outcome = self.carry_out_for(*signer, action)?;
            finish(self, outcome)
        }

        /// Signer: uses a nonce up, so that no request of the caller with this nonce is carried
        /// out any more.
        ///
        /// # Errors
        /// `Request(NonceUsed)`.
        #[ink(message)]
        #[inline(never)]
        pub fn cancel(&mut self, nonce: u64) -> Result<(), ProvenanceError> {
            self.nonces.take(&self.env().caller().into(), nonce)?;
            finish(self, ())
        }

        /// The nonces from `128 * cell` on that `signer` used, a bit for each: the lowest bit is
        /// for the lowest nonce.
        #[ink(message)]
        #[inline(never)]
        pub fn used_nonces(&self, signer: Account, cell: u64) -> u128 {
            self.nonces.cell(&signer, cell)
        }

        /// What a signer of this action sees now, for [`SignedAction::seen`].
        #[ink(message)]
        #[inline(never)]
        pub fn seen(&self, action: Boxed<Action>) -> Seen {
            self.what_is_seen(&action)
        }

        /// The text that an Ethereum wallet signs for this request, see [`allive_requests`].
        #[ink(message)]
        #[inline(never)]
        pub fn request_text(&self, request: Boxed<Request>) -> Vec<u8> {
            request.text(&domain(&self.setup.chain, &self.env().account_id()))
        }
    }

    // ---- Anybody ----

    impl Provenance {
        /// Anybody: forgets who dispensed the 256 packs of a lot from `256 * number` on, where that
        /// cannot be undone any more. The caller gets the storage deposit.
        ///
        /// # Errors
        /// `NothingToPrune`.
        #[ink(message)]
        #[inline(never)]
        pub fn prune(&mut self, lot: LotId, number: u64) -> Result<(), ProvenanceError> {
            self.prune_word(lot, number)?;
            finish(self, ())
        }

        /// Anybody: forgets a prescription of which no fill can be used or given back any more. The
        /// caller gets the storage deposit.
        ///
        /// # Errors
        /// `UnknownPrescription`, `NothingToPrune`.
        #[ink(message)]
        #[inline(never)]
        pub fn prune_prescription(
            &mut self,
            prescription: PrescriptionId,
        ) -> Result<(), ProvenanceError> {
            self.forget_prescription(prescription)?;
            finish(self, ())
        }

        /// Anybody, for a patient: confirms that she has a pack which was dispensed. The `secret`
        /// lies hidden on the pack. Who shows it does not matter.
        ///
        /// # Errors
        /// `Mismatch`, `NoSerials`, `WrongSecret`, `NotDispensed`, `IsConfirmed`.
        #[ink(message)]
        #[inline(never)]
        pub fn confirm(
            &mut self,
            claim: Boxed<Claim>,
            secret: Secret,
        ) -> Result<(), ProvenanceError> {
            self.confirm_pack(&claim, &secret)?;
            finish(self, ())
        }

        /// Anybody: asks as by `verify`, and is counted for the lot.
        ///
        /// # Errors
        /// `Mismatch`.
        #[ink(message)]
        #[inline(never)]
        pub fn ask(&mut self, claim: Boxed<Claim>) -> Result<Known, ProvenanceError> {
            let known = self.counted(&claim)?;
            finish(self, known)
        }

        /// How often it was asked about packs of a lot, by those who wanted to be counted.
        #[ink(message)]
        #[inline(never)]
        pub fn asked(&self, lot: LotId) -> u64 {
            self.asked.get(lot).unwrap_or_default()
        }

        /// Whether a pack is genuine, as its label and its proof say, and where it is.
        #[ink(message)]
        #[inline(never)]
        pub fn verify(&self, claim: Boxed<Claim>) -> Answer {
            self.answer(&claim).into()
        }

        /// A product, if there is one of this name.
        #[ink(message)]
        #[inline(never)]
        pub fn product(&self, name: ProductName) -> Option<Product> {
            self.products.get(name)
        }

        /// The key of the lot of this maker with this code, whether there is such a lot or not.
        #[ink(message)]
        #[inline(never)]
        pub fn lot_id(&self, product: ProductName, maker: IdentityId, code: Vec<u8>) -> LotId {
            self.lot_id_of(&product, maker, &code)
        }

        /// A lot, if there is one of this key.
        #[ink(message)]
        #[inline(never)]
        pub fn lot(&self, lot: LotId) -> Option<Lot> {
            self.lots.get(lot)
        }

        /// A run or a container, if there is one of this name.
        #[ink(message)]
        #[inline(never)]
        pub fn unit(&self, unit: UnitId) -> Option<Cell> {
            self.units.get(unit)
        }

        /// Which of 256 packs of a lot were dispensed: those from `256 * number` on.
        #[ink(message)]
        #[inline(never)]
        pub fn word(&self, lot: LotId, number: u64) -> Option<Word> {
            self.words.get((lot, number))
        }

        /// The alarm about a pack, if there is one.
        #[ink(message)]
        #[inline(never)]
        pub fn alarm(&self, lot: LotId, index: u64) -> Option<Alarm> {
            self.alarms.get((lot, index))
        }

        /// A prescription, if there is one of this key.
        #[ink(message)]
        #[inline(never)]
        pub fn prescription(&self, prescription: PrescriptionId) -> Option<Prescription> {
            self.prescriptions.get(prescription)
        }

        /// Whether a patient confirmed that she has a pack.
        #[ink(message)]
        #[inline(never)]
        pub fn confirmed(&self, lot: LotId, index: u64) -> bool {
            self.is_confirmed(lot, index)
        }

        /// The Olife ID contract that says who acts.
        #[ink(message)]
        #[inline(never)]
        pub fn identities(&self) -> AccountId {
            **self.setup.identities.address()
        }

        /// How long things last.
        #[ink(message)]
        #[inline(never)]
        pub fn terms(&self) -> Terms {
            self.setup.terms
        }

        /// The genesis hash of the chain, which signed requests bind.
        #[ink(message)]
        #[inline(never)]
        pub fn chain(&self) -> ChainId {
            self.setup.chain
        }
    }

    // ---- Owner ----

    impl Ownable for Provenance {
        #[ink(message)]
        #[inline(never)]
        fn owner(&self) -> Option<Account> {
            Some(self.governance().ownership.owner)
        }

        #[ink(message)]
        #[inline(never)]
        fn pending_owner(&self) -> Option<Account> {
            self.governance().ownership.pending
        }

        #[ink(message)]
        #[inline(never)]
        fn transfer_ownership(&mut self, new_owner: Option<Account>) -> Result<(), AccessError> {
            let mut governance = self.governance();
            let caller = self.env().caller();
            governance.ownership.offer(&caller, new_owner)?;
            self.ownership_changed(governance);
            finish(self, ())
        }

        #[ink(message)]
        #[inline(never)]
        fn accept_ownership(&mut self) -> Result<(), AccessError> {
            let mut governance = self.governance();
            governance.ownership.accept(&self.env().caller())?;
            self.ownership_changed(governance);
            finish(self, ())
        }
    }

    impl Upgradeable for Provenance {
        #[ink(message)]
        #[inline(never)]
        fn announced_upgrade(&self) -> Option<AnnouncedUpgrade> {
            self.governance().upgrades.announced
        }

        #[ink(message)]
        #[inline(never)]
        fn upgrade_notice(&self) -> Timestamp {
            self.governance().upgrades.notice
        }

        #[ink(message)]
        #[inline(never)]
        fn announce_upgrade(
            &mut self,
            code_hash: Hash,
            migration: Option<Migration>,
        ) -> Result<(), UpgradeError> {
            let mut governance = self.owned()?;
            let now = self.env().block_timestamp();
            governance.upgrades.announce(code_hash, migration, now);
            self.upgrade_changed(governance);
            finish(self, ())
        }

        #[ink(message)]
        #[inline(never)]
        fn cancel_upgrade(&mut self) -> Result<(), UpgradeError> {
            let mut governance = self.owned()?;
            governance.upgrades.cancel()?;
            self.upgrade_changed(governance);
            finish(self, ())
        }

        #[ink(message)]
        #[inline(never)]
        fn set_code_hash(&mut self, new_code_hash: Hash) -> Result<(), UpgradeError> {
            let mut governance = self.owned()?;
            let now = self.env().block_timestamp();
            let migration = governance.upgrades.carry_out(&new_code_hash, now)?;
            self.governance.set(&governance);
            replace_code(&new_code_hash, migration)?;
            self.env().emit_event(Upgraded {
                code_hash: new_code_hash,
            });
            // The root is the new code's by now. Nothing changed it here, so it is not written.
            finish(self, ())
        }
    }

    // ---- Helpers ----

    #[ink(impl)]
    impl Provenance {
        /// Tells what was done with goods.
        pub(crate) fn trace(&self, step: Step) {
            self.env().emit_event(Traced { step });
        }

        fn governance(&self) -> Governance {
            present(self.governance.get())
        }

        /// The governance, if the caller is the owner.
        fn owned(&self) -> Result<Governance, UpgradeError> {
            let governance = self.governance();
            let caller = self.env().caller();
            match governance.ownership.only_owner(&caller) {
                Ok(()) => Ok(governance),
                Err(_) => Err(UpgradeError::CallerIsNotOwner),
            }
        }

        fn ownership_changed(&mut self, governance: Governance) {
            self.governance.set(&governance);
            let Ownership { owner, pending } = governance.ownership;
            self.env().emit_event(OwnershipChanged { owner, pending });
        }

        fn upgrade_changed(&mut self, governance: Governance) {
            self.governance.set(&governance);
            let announced = governance.upgrades.announced;
            self.env().emit_event(UpgradeChanged { announced });
        }
    }

    fn domain<'a>(chain: &'a ChainId, contract: &'a AccountId) -> Domain<'a> {
        Domain {
            purpose: &PURPOSE,
            chain,
            contract,
        }
    }
}
