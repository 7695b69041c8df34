//! Olife Nexus: consent and market for health records.
//!
//! A patient commits to a record and offers it to a grantee for a purpose, a time, a number of uses
//! and a price. Each use is checked, counted, paid and logged in one call. README.md beside this
//! file is the specification.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod action;
mod error;
mod events;
mod governance;
mod grant;
mod holding;
mod record;
mod state;
mod trading;
mod vocabulary;

pub use self::olife_nexus::{OlifeNexus, OlifeNexusRef, LONGEST_TERM};
pub use action::{Action, Request, PURPOSE};
pub use allive_payments::{Credit, Part, MAX_PARTS};
pub use error::NexusError;
pub use events::*;
pub use governance::Governance;
pub use grant::{Grant, GrantTerms};
pub use holding::Holding;
pub use record::{Record, MAX_POINTER};
pub use state::State;
pub use vocabulary::{GrantId, Kind, Purpose, RecordId};

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod olife_nexus {
    use crate::*;
    use allive_access::{
        replace_code, AccessError, Account, AnnouncedUpgrade, Migration, Ownable, Ownership,
        OwnershipChanged, UpgradeChanged, UpgradeError, Upgradeable, Upgraded, Upgrades,
    };
    use allive_olife_id_interface::OlifeIdClient;
    use allive_payments::{Credits, Owed};
    use allive_psp22_interface::Psp22Client;
    use allive_requests::{ChainId, Domain, Nonces, Signature};
    use allive_storage::{finish, present, Boxed, Root, Tracked};
    use ink::{
        prelude::vec::Vec,
        storage::{traits::ManualKey, Lazy, Mapping},
    };

    /// The longest term of a grant that any deployment may choose: ten years.
    pub const LONGEST_TERM: Timestamp = 10 * 365 * 24 * 3_600_000;

    // ---- Storage ----

    const RECORDS: u32 = u32::from_be_bytes(*b"RECS");
    const GRANTS: u32 = u32::from_be_bytes(*b"GRNT");
    const GOVERNANCE: u32 = u32::from_be_bytes(*b"GOVN");

    /// State that a message changes before it calls out has a cell of its own, which is written
    /// before the call.
    #[ink(storage)]
    pub struct OlifeNexus {
        pub(crate) state: Tracked<State>,
        pub(crate) records: Mapping<RecordId, Record, ManualKey<RECORDS>>,
        pub(crate) grants: Mapping<GrantId, Grant, ManualKey<GRANTS>>,
        pub(crate) credits: Credits,
        /// What the Nexus owes: all uses bought but not made, and all credits.
        pub(crate) owed: Owed,
        pub(crate) nonces: Nonces,
        pub(crate) governance: Lazy<Governance, ManualKey<GOVERNANCE>>,
    }

    impl Root for OlifeNexus {
        type Inline = State;

        fn inline(&self) -> &Tracked<State> {
            &self.state
        }
    }

    // ---- Constructor ----

    impl OlifeNexus {
        /// Deployer: creates a Nexus. Uses are paid in the PSP22 token `token`, the Olife ID
        /// contract `identities` decides who inherits, and grants last at most `longest_term`
        /// milliseconds. The caller becomes owner, who can replace the code after a notice of
        /// `notice` milliseconds. `chain` is the genesis hash of the chain, which signed requests
        /// bind.
        ///
        /// # Errors
        /// `BadLongestTerm` if it is zero or above [`LONGEST_TERM`]; `BadNotice` if that is zero or
        /// above [`Upgrades::LONGEST_NOTICE`].
        #[ink(constructor)]
        pub fn new(
            token: AccountId,
            identities: Account,
            longest_term: Timestamp,
            notice: Timestamp,
            chain: ChainId,
        ) -> Result<Self, NexusError> {
            if longest_term == 0 || longest_term > LONGEST_TERM {
                return Err(NexusError::BadLongestTerm);
            }
            let mut nexus = Self {
                state: Tracked::new(State {
                    token: Psp22Client::at(token),
                    identities: OlifeIdClient::at(identities),
                    longest_term,
                    record_count: 0,
                    grant_count: 0,
                    chain,
                }),
                records: Mapping::new(),
                grants: Mapping::new(),
                credits: Credits::default(),
                owed: Owed::nothing(),
                nonces: Nonces::default(),
                governance: Lazy::new(),
            };
            let governance = Governance {
                ownership: Ownership::new(nexus.env().caller().into()),
                upgrades: Upgrades::new(notice).ok_or(NexusError::BadNotice)?,
            };
            nexus.governance.set(&governance);
            Ok(nexus)
        }
    }

    // ---- Patients ----

    impl OlifeNexus {
        /// Anybody: registers a commitment to a record of the caller. Returns the number of the
        /// record. The contract cannot check the commitment. See `allive_records::commitment` for
        /// what it covers.
        ///
        /// # Errors
        /// `BadPointer`.
        #[ink(message)]
        #[inline(never)]
        pub fn register(
            &mut self,
            commitment: [u8; 32],
            kind: Kind,
            pointer: Vec<u8>,
        ) -> Result<RecordId, NexusError> {
            let caller = self.env().caller();
            let record = self.register_by(&caller, commitment, kind, pointer)?;
            finish(self, record)
        }

        /// Owner of the record: offers it to a grantee. Returns the number of the grant.
        ///
        /// # Errors
        /// `UnknownRecord`, `NotOwner`, `ZeroAccount`, `NoUses`, `BadExpiry`, `AmountTooLarge`.
        #[ink(message)]
        #[inline(never)]
        pub fn offer(
            &mut self,
            record: RecordId,
            terms: GrantTerms,
        ) -> Result<GrantId, NexusError> {
            let caller = self.env().caller();
            let grant = self.offer_by(&caller, record, None, terms)?;
            finish(self, grant)
        }

        /// Patient: closes a grant, before or after its end. Nothing more can be bought or used,
        /// and the grantee is credited for unused uses. The patient gets the storage deposit of the
        /// grant back. This does not call the token, so the token cannot prevent it.
        ///
        /// # Errors
        /// `UnknownGrant`, `NotOwner`.
        #[ink(message)]
        #[inline(never)]
        pub fn revoke(&mut self, grant: GrantId) -> Result<(), NexusError> {
            let caller = self.env().caller();
            self.revoke_by(&caller, grant)?;
            finish(self, ())
        }
    }

    // ---- Grantees ----

    impl OlifeNexus {
        /// Grantee: buys uses, each at no more than `max_price`, and pays by allowance in ALV.
        ///
        /// # Errors
        /// `UnknownGrant`, `NotGrantee`, `Expired`, `NoUses`, `PriceTooHigh`, `NotForSale`,
        /// `AmountTooLarge`, `Token`, `PaymentShort`.
        #[ink(message)]
        #[inline(never)]
        pub fn buy(
            &mut self,
            grant: GrantId,
            uses: u32,
            max_price: Balance,
        ) -> Result<(), NexusError> {
            let caller = self.env().caller();
            self.buy_by(&caller, grant, uses, max_price)?;
            finish(self, ())
        }

        /// Grantee: makes one use of a record. The use is checked, counted, credited to the patient
        /// and logged. Returns how many bought uses are left.
        ///
        /// `request` is the grantee's commitment to what it asks for. The delivery is checked
        /// against it.
        ///
        /// # Errors
        /// `UnknownGrant`, `NotGrantee`, `Expired`, `NoUsesLeft`.
        #[ink(message)]
        #[inline(never)]
        pub fn use_record(&mut self, grant: GrantId, request: [u8; 32]) -> Result<u32, NexusError> {
            let caller = self.env().caller();
            let left = self.use_by(&caller, grant, request)?;
            finish(self, left)
        }
    }

    // ---- Anybody ----

    impl OlifeNexus {
        /// Anybody: credits the grantee for unused uses of a grant that has ended, and takes the
        /// rest off sale. While an upgrade is announced, the grantee may do this earlier. The cell
        /// stays, because its deposit belongs to the patient; [`revoke`](Self::revoke) removes it.
        ///
        /// # Errors
        /// `UnknownGrant`, `NotExpired`, `NothingOwed`.
        #[ink(message)]
        #[inline(never)]
        pub fn settle(&mut self, grant: GrantId) -> Result<(), NexusError> {
            let caller = self.env().caller();
            self.settle_by(&caller, grant)?;
            finish(self, ())
        }

        /// Holder of a credit: withdraws all of it in ALV, paid to `to`. Returns the amount. Only
        /// the holder's own word or signature does that, since ALV that is paid to a lost key is
        /// lost. A signature names the most that is paid. The empty cell stays, so that nobody gets
        /// another account's deposit.
        ///
        /// # Errors
        /// `ZeroAccount`, `NothingOwed`, `Token`.
        #[ink(message)]
        #[inline(never)]
        pub fn withdraw(&mut self, to: Account) -> Result<Balance, NexusError> {
            let caller = self.env().caller();
            let amount = self.withdraw_by(&caller, to, Balance::MAX)?;
            finish(self, amount)
        }

        /// Heir: takes the place of a former key of the caller's identity for one record, grant,
        /// purchase or credit. Olife ID must name the caller as successor of that key, and the
        /// holding must have come to the key before it left the identity. Only freezing the
        /// identity stops this.
        ///
        /// The commitment does not change, see [`Record::committer`]. A grant counts from when its
        /// record came to the key. So a grant that a thief offers after the key was replaced can be
        /// inherited, too, and revoked.
        ///
        /// # Errors
        /// `UnknownRecord`, `UnknownGrant`, `NothingOwed`, `NotHeir`.
        #[ink(message)]
        #[inline(never)]
        pub fn inherit(&mut self, holding: Holding) -> Result<(), NexusError> {
            let caller = self.env().caller();
            self.inherit_by(&caller, holding)?;
            finish(self, ())
        }
    }

    // ---- Signed requests ----

    impl OlifeNexus {
        /// Anybody: carries out a request that `request.signer` signed, as if the signer had sent
        /// the message. The caller pays the fee. Events tell what the message answers.
        ///
        /// # Errors
        /// `Request(Expired)`, `Request(DeadlineTooFar)`, `Request(BadSignature)`,
        /// `Request(NonceUsed)`, then those of the action; for an offer `OtherRecord`, too.
        #[ink(message)]
        #[inline(never)]
        pub fn act_for(
            &mut self,
            request: Boxed<Request>,
            signature: Signature,
        ) -> Result<(), NexusError> {
            let this = self.env().account_id();
            let domain = domain(&self.state.chain, &this);
            let now = self.env().block_timestamp();
            self.nonces.accept(&*request, &signature, &domain, now)?;
            let Request { signer, action, .. } = request.into_inner();
            self.act(&signer, action)?;
            finish(self, ())
        }

        /// Signer: uses a nonce up, so that no request of the caller with this nonce is carried
        /// out any more.
        ///
        /// # Errors
        /// `Request(NonceUsed)`.
        #[ink(message)]
        #[inline(never)]
        pub fn cancel(&mut self, nonce: u64) -> Result<(), NexusError> {
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

        /// The text that an Ethereum wallet signs for this request, see [`allive_requests`].
        #[ink(message)]
        #[inline(never)]
        pub fn request_text(&self, request: Boxed<Request>) -> Vec<u8> {
            request.text(&domain(&self.state.chain, &self.env().account_id()))
        }
    }

    // ---- Queries ----

    impl OlifeNexus {
        /// A record, if there is one of this number.
        #[ink(message)]
        #[inline(never)]
        pub fn record(&self, record: RecordId) -> Option<Record> {
            self.records.get(record)
        }

        /// A grant, if there is one of this number that was not revoked.
        #[ink(message)]
        #[inline(never)]
        pub fn grant(&self, grant: GrantId) -> Option<Grant> {
            self.grants.get(grant)
        }

        /// How many records were registered. Their numbers are below this.
        #[ink(message)]
        #[inline(never)]
        pub fn record_count(&self) -> RecordId {
            self.state.record_count
        }

        /// How many grants were offered. Their numbers are below this.
        #[ink(message)]
        #[inline(never)]
        pub fn grant_count(&self) -> GrantId {
            self.state.grant_count
        }

        /// The credit of `account`, in the smallest unit of ALV.
        #[ink(message)]
        #[inline(never)]
        pub fn credit_of(&self, account: AccountId) -> Balance {
            self.credits.of(&account).amount
        }

        /// What the Nexus owes in total, in the smallest unit of ALV. It never holds less.
        #[ink(message)]
        #[inline(never)]
        pub fn owed(&self) -> Balance {
            self.owed.sum()
        }

        /// The token that pays for uses.
        #[ink(message)]
        #[inline(never)]
        pub fn alv(&self) -> AccountId {
            self.state.token.address()
        }

        /// The Olife ID contract that decides who inherits.
        #[ink(message)]
        #[inline(never)]
        pub fn identities(&self) -> AccountId {
            **self.state.identities.address()
        }

        /// The longest that a grant may last, in milliseconds.
        #[ink(message)]
        #[inline(never)]
        pub fn longest_term(&self) -> Timestamp {
            self.state.longest_term
        }
    }

    // ---- Owner ----

    impl Ownable for OlifeNexus {
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

    impl Upgradeable for OlifeNexus {
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
    impl OlifeNexus {
        pub(crate) fn governance(&self) -> Governance {
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

    /// What binds a signed request to this contract.
    fn domain<'a>(chain: &'a ChainId, contract: &'a AccountId) -> Domain<'a> {
        Domain {
            purpose: &PURPOSE,
            chain,
            contract,
        }
    }
}
