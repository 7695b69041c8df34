//! Olife Nexus: consent and market for health records.
//!
//! A patient commits to a record, opens it to a grantee for a purpose, a time, a number of uses and
//! a price; each use is checked, counted, charged and logged in one call. README.md beside this
//! file is the specification.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod credit;
mod error;
mod events;
mod governance;
mod grant;
mod holding;
mod record;
mod vocabulary;

pub use self::olife_nexus::{OlifeNexus, OlifeNexusRef, LONGEST_TERM};
pub use credit::Credit;
pub use error::NexusError;
pub use events::*;
pub use governance::Governance;
pub use grant::{Grant, Terms};
pub use holding::Holding;
pub use record::{Record, MAX_POINTER};
pub use vocabulary::{GrantId, Kind, Purpose, RecordId};

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod olife_nexus {
    use crate::*;
    use allive_access::{
        replace_code, AccessError, Account, AnnouncedUpgrade, Migration, Ownable, Ownership,
        OwnershipChanged, UpgradeChanged, UpgradeError, Upgradeable, Upgraded, Upgrades,
    };
    use allive_olife_id_interface::Identities;
    use allive_psp22_interface::Token;
    use allive_storage::{root_unchanged, say, Cell, Slim, SlimCell};
    use ink::{
        prelude::vec::Vec,
        storage::{traits::ManualKey, Lazy, Mapping},
    };

    /// The longest term of a grant that any deployment may choose: ten years.
    pub const LONGEST_TERM: Timestamp = 10 * 365 * 24 * 3_600_000;

    /// The root cell, which ink! reads for each message, holds what is small. Only `register` and
    /// `offer` change it; the other messages end with [`root_unchanged`]. What changes before a
    /// call out has a cell of its own, which is written before the call.
    #[ink(storage)]
    pub struct OlifeNexus {
        token: Token,
        identities: Identities,
        longest_term: Timestamp,
        record_count: RecordId,
        grant_count: GrantId,
        records: Mapping<RecordId, Cell<Record>, ManualKey<0x5245_4353>>,
        grants: Mapping<GrantId, Cell<Grant>, ManualKey<0x4752_4e54>>,
        credits: Mapping<AccountId, Credit, ManualKey<0x4352_4454>>,
        /// What the Nexus owes: all uses bought and not made, and all credits.
        owed: Lazy<Balance, ManualKey<0x4f57_4544>>,
        governance: Lazy<Governance, ManualKey<0x474f_564e>>,
    }

    impl OlifeNexus {
        /// A registry whose money is the PSP22 token at `token`, which asks the Olife ID at
        /// `identities` who inherits, and whose grants last at most `longest_term` milliseconds.
        /// The caller becomes owner, who can replace the code at a notice of `notice` milliseconds.
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
        ) -> Result<Self, NexusError> {
            if longest_term == 0 || longest_term > LONGEST_TERM {
                return Err(NexusError::BadLongestTerm);
            }
            let mut nexus = Self {
                token: Token::at(token),
                identities: Identities::at(identities),
                longest_term,
                record_count: 0,
                grant_count: 0,
                records: Mapping::new(),
                grants: Mapping::new(),
                credits: Mapping::new(),
                owed: Lazy::new(),
                governance: Lazy::new(),
            };
            let governance = Governance {
                ownership: Ownership::new(nexus.env().caller().into()),
                upgrades: Upgrades::new(notice).ok_or(NexusError::BadNotice)?,
            };
            nexus.governance.write(&governance);
            // Now, so that the deposit of this cell is not the first buyer's.
            nexus.owed.write(&0);
            Ok(nexus)
        }

        /// Commits the caller to a record and returns its number. The commitment is not checked:
        /// only who can open it can use it. See `allive_records::commitment` for what it covers.
        ///
        /// # Errors
        /// `BadPointer`.
        #[ink(message)]
        pub fn register(
            &mut self,
            commitment: [u8; 32],
            kind: Kind,
            pointer: Vec<u8>,
        ) -> Result<RecordId, NexusError> {
            let (owner, now) = (self.env().caller(), self.env().block_timestamp());
            let new = Record::new(owner, commitment, kind, pointer, now)?;
            let record = self.record_count;
            // Cannot overflow, nor can that of grants: there is no time for 2^64 messages.
            self.record_count = record.saturating_add(1);
            self.records.write(record, &new.into());
            self.env().emit_event(RecordRegistered {
                record,
                commitment,
                kind,
            });
            Ok(record)
        }

        /// Offers a record of the caller's to a grantee and returns the number of the grant.
        ///
        /// # Errors
        /// `UnknownRecord`, `NotOwner`, `NoUses`, `BadExpiry`, `AmountTooLarge`.
        #[ink(message)]
        pub fn offer(&mut self, record: RecordId, terms: Terms) -> Result<GrantId, NexusError> {
            let opened = self.record(record).ok_or(NexusError::UnknownRecord)?;
            if opened.owner != self.env().caller() {
                return Err(NexusError::NotOwner);
            }
            let now = self.env().block_timestamp();
            let offered = Grant::offer(record, &opened, terms, now, self.longest_term)?;
            let grant = self.grant_count;
            self.grant_count = grant.saturating_add(1);
            let offered = offered.into();
            self.grants.write(grant, &offered);
            self.env().emit_event(GrantOffered {
                grant,
                grantee: offered.grantee,
                record,
                purpose: offered.purpose,
                price: offered.price,
                uses: offered.for_sale,
                expires: offered.expires,
            });
            Ok(grant)
        }

        /// Buys uses with ALV that the caller allowed to this contract, each at no more than
        /// `max_price`. Grantee only.
        ///
        /// # Errors
        /// `UnknownGrant`, `NotGrantee`, `Expired`, `NoUses`, `PriceTooHigh`, `NotForSale`,
        /// `AmountTooLarge`, `Token`, `PaymentShort`.
        #[ink(message)]
        pub fn buy(
            &mut self,
            grant: GrantId,
            uses: u32,
            max_price: Balance,
        ) -> Result<(), NexusError> {
            let buyer = self.env().caller();
            let mut cell = self.known(grant)?;
            let paid = cell.buy(buyer, uses, max_price, self.env().block_timestamp())?;
            self.grants.write(grant, &cell);
            if paid > 0 {
                let owed = self
                    .owed()
                    .checked_add(paid)
                    .ok_or(NexusError::AmountTooLarge)?;
                self.owed.write(&owed);
                self.collect(buyer, paid, owed)?;
            }
            self.env().emit_event(UsesBought { grant, uses, paid });
            root_unchanged(())
        }

        /// Makes one use of a record: checks the right, counts it, credits the patient, writes the
        /// log. Returns how many bought uses are left. Grantee only.
        ///
        /// `request` commits the grantee to what is asked for; what is delivered is held against
        /// it.
        ///
        /// # Errors
        /// `UnknownGrant`, `NotGrantee`, `Expired`, `NoUsesLeft`.
        #[ink(message)]
        pub fn use_record(&mut self, grant: GrantId, request: [u8; 32]) -> Result<u32, NexusError> {
            let mut cell = self.known(grant)?;
            let charged = cell.take_use(self.env().caller(), self.env().block_timestamp())?;
            self.grants.write(grant, &cell);
            self.credit(cell.patient, charged, cell.patient_since);
            self.env().emit_event(RecordUsed {
                grant,
                record: cell.record,
                number: cell.used,
                request,
                charged,
            });
            root_unchanged(cell.bought)
        }

        /// Closes a grant, before or after its end: nothing more can be bought or used, and what
        /// was paid for unused uses is credited to the grantee. The patient only, who also gets
        /// back the storage deposit of the grant. Needs no token: nothing that a token does can
        /// prevent it.
        ///
        /// # Errors
        /// `UnknownGrant`, `NotOwner`.
        #[ink(message)]
        pub fn revoke(&mut self, grant: GrantId) -> Result<(), NexusError> {
            let mut cell = self.known(grant)?;
            if cell.patient != self.env().caller() {
                return Err(NexusError::NotOwner);
            }
            self.grants.clear(grant);
            self.refund(grant, &mut cell)?;
            root_unchanged(())
        }

        /// Credits the grantee for what was paid and not used, and closes the grant to it. Anyone,
        /// once the grant has ended; the grantee before, too, while an upgrade is announced. The
        /// cell stays, because its deposit is the patient's: [`revoke`](Self::revoke) frees it.
        ///
        /// # Errors
        /// `UnknownGrant`, `NotExpired`, `NothingOwed`.
        #[ink(message)]
        pub fn settle(&mut self, grant: GrantId) -> Result<(), NexusError> {
            let mut cell = self.known(grant)?;
            let now = self.env().block_timestamp();
            let upgrade_is_announced = || self.governance().upgrades.is_announced(now);
            cell.may_settle(self.env().caller(), now, upgrade_is_announced)?;
            if cell.bought == 0 {
                return Err(NexusError::NothingOwed);
            }
            self.refund(grant, &mut cell)?;
            self.grants.write(grant, &cell);
            root_unchanged(())
        }

        /// Pays the caller all of its credit in ALV and returns how much. Nobody can ask for
        /// another: what is paid to a key that was lost is lost. The emptied cell stays, so that
        /// nobody earns another's deposit.
        ///
        /// # Errors
        /// `NothingOwed`, `Token`.
        #[ink(message)]
        pub fn withdraw(&mut self) -> Result<Balance, NexusError> {
            let account = self.env().caller();
            let Credit { amount, .. } = self.owed_to(account)?;
            self.credits.write(account, &Credit::default());
            // Cannot underflow: every credit is part of what is owed.
            self.owed.write(&self.owed().saturating_sub(amount));
            self.token.transfer(&account, amount)?;
            say(&CreditWithdrawn { account, amount });
            root_unchanged(amount)
        }

        /// Puts the caller in the place of a former key of its identity: for a record, a grant,
        /// what was bought under one, or a credit. Olife ID must say that the caller follows the
        /// key, and the holding must have come to that before it left. Nothing stops this but
        /// freezing the identity.
        ///
        /// What was committed to stays as it is, see [`Record::committer`]. A grant that was
        /// offered on a record goes back to when the record came to the key, so that what a thief
        /// offers after the key was replaced is inherited with the rest, and can be revoked.
        ///
        /// # Errors
        /// `UnknownRecord`, `UnknownGrant`, `NothingOwed`, `NotHeir`.
        #[ink(message)]
        pub fn inherit(&mut self, holding: Holding) -> Result<(), NexusError> {
            let heir = self.env().caller();
            let former = match &holding {
                Holding::Record(record) => {
                    let mut cell = self.record(*record).ok_or(NexusError::UnknownRecord)?;
                    let kept: &mut Record = &mut cell;
                    let committer = kept.committer();
                    let former = self.take_over(&mut kept.owner, &mut kept.since)?;
                    kept.committed_by = Some(committer);
                    self.records.write(record, &cell);
                    former
                }
                Holding::Grant(grant) | Holding::Purchase(grant) => {
                    let mut cell = self.known(*grant)?;
                    let kept: &mut Grant = &mut cell;
                    let (account, since) = match holding {
                        Holding::Grant(_) => (&mut kept.patient, &mut kept.patient_since),
                        _ => (&mut kept.grantee, &mut kept.grantee_since),
                    };
                    let former = self.take_over(account, since)?;
                    self.grants.write(grant, &cell);
                    former
                }
                Holding::Credit(former) => {
                    let Credit { amount, mut began } = self.owed_to(**former)?;
                    let former = self.take_over(&mut { **former }, &mut began)?;
                    // Emptied first, since an account may follow itself.
                    self.credits.write(former, &Credit::default());
                    self.credit(heir, amount, began);
                    former
                }
            };
            say(&Inherited {
                holding,
                former,
                heir,
            });
            root_unchanged(())
        }

        /// A record, if there is one of this number.
        #[ink(message)]
        pub fn record(&self, record: RecordId) -> Option<Cell<Record>> {
            self.records.read(record)
        }

        /// A grant, if there is one of this number that its patient did not close.
        #[ink(message)]
        pub fn grant(&self, grant: GrantId) -> Option<Cell<Grant>> {
            self.grants.read(grant)
        }

        /// How many records were registered; their numbers are below this.
        #[ink(message)]
        pub fn record_count(&self) -> RecordId {
            self.record_count
        }

        /// How many grants were offered; their numbers are below this.
        #[ink(message)]
        pub fn grant_count(&self) -> GrantId {
            self.grant_count
        }

        /// What `account` can have paid out, in the smallest unit of ALV.
        #[ink(message)]
        pub fn credit_of(&self, account: AccountId) -> Balance {
            self.credit_cell(account).amount
        }

        /// What this contract owes in all, in the smallest unit of ALV. It never holds less.
        #[ink(message)]
        pub fn owed(&self) -> Balance {
            self.owed.read().unwrap_or_default()
        }

        /// The token that uses are paid in.
        #[ink(message)]
        pub fn alv(&self) -> AccountId {
            self.token.address()
        }

        /// Olife ID, which says who inherits.
        #[ink(message)]
        pub fn identities(&self) -> AccountId {
            **self.identities.address()
        }

        /// The longest that a grant may last, in milliseconds.
        #[ink(message)]
        pub fn longest_term(&self) -> Timestamp {
            self.longest_term
        }

        #[inline(never)]
        fn known(&self, grant: GrantId) -> Result<Cell<Grant>, NexusError> {
            self.grant(grant).ok_or(NexusError::UnknownGrant)
        }

        #[inline(never)]
        fn credit_cell(&self, account: AccountId) -> Credit {
            self.credits.read(account).unwrap_or_default()
        }

        fn owed_to(&self, account: AccountId) -> Result<Credit, NexusError> {
            let credit = self.credit_cell(account);
            if credit.amount == 0 {
                return Err(NexusError::NothingOwed);
            }
            Ok(credit)
        }

        /// Credits what comes from something that came to the account at `came`.
        #[inline(never)]
        fn credit(&mut self, account: AccountId, amount: Balance, came: Timestamp) {
            if amount > 0 {
                let mut credit = self.credit_cell(account);
                credit.add(amount, came);
                self.credits.write(account, &credit);
            }
        }

        /// Puts the caller in the place of an account that it follows. Returns that account.
        #[inline(never)]
        fn take_over(
            &self,
            account: &mut AccountId,
            since: &mut Timestamp,
        ) -> Result<AccountId, NexusError> {
            let heir = self.env().caller();
            self.identities.inherits(&heir, account, *since)?;
            *since = self.env().block_timestamp();
            Ok(core::mem::replace(account, heir))
        }

        #[inline(never)]
        fn refund(&mut self, grant: GrantId, cell: &mut Grant) -> Result<(), NexusError> {
            let refunded = cell.close()?;
            self.credit(cell.grantee, refunded, cell.grantee_since);
            self.env().emit_event(GrantClosed { grant, refunded });
            Ok(())
        }

        /// Takes `amount` from `buyer`. A token that keeps a fee, or lies, leaves less than is
        /// owed.
        fn collect(
            &self,
            buyer: AccountId,
            amount: Balance,
            owed: Balance,
        ) -> Result<(), NexusError> {
            let this = self.env().account_id();
            self.token.transfer_from(&buyer, &this, amount)?;
            if self.token.balance_of(&this)? < owed {
                return Err(NexusError::PaymentShort);
            }
            Ok(())
        }

        #[inline(never)]
        fn governance(&self) -> Governance {
            match self.governance.read() {
                Some(governance) => governance,
                None => unreachable!("the constructor wrote it, and nothing removes it"),
            }
        }

        /// What the owner may change; refuses everybody else.
        fn owned(&self) -> Result<Governance, UpgradeError> {
            let governance = self.governance();
            let caller = self.env().caller();
            match governance.ownership.only_owner(&caller) {
                Ok(()) => Ok(governance),
                Err(_) => Err(UpgradeError::CallerIsNotOwner),
            }
        }

        fn ownership_changed(&mut self, governance: Governance) -> Result<(), AccessError> {
            self.governance.write(&governance);
            let Ownership { owner, pending } = governance.ownership;
            say(&OwnershipChanged { owner, pending });
            root_unchanged(())
        }

        fn upgrade_changed(&mut self, governance: Governance) -> Result<(), UpgradeError> {
            self.governance.write(&governance);
            let announced = governance.upgrades.announced;
            say(&UpgradeChanged { announced });
            root_unchanged(())
        }
    }

    impl Ownable for OlifeNexus {
        #[ink(message)]
        fn owner(&self) -> Option<Account> {
            Some(self.governance().ownership.owner)
        }

        #[ink(message)]
        fn pending_owner(&self) -> Option<Account> {
            self.governance().ownership.pending
        }

        #[ink(message)]
        fn transfer_ownership(&mut self, new_owner: Option<Account>) -> Result<(), AccessError> {
            let mut governance = self.governance();
            governance
                .ownership
                .offer(&self.env().caller(), new_owner)?;
            self.ownership_changed(governance)
        }

        #[ink(message)]
        fn accept_ownership(&mut self) -> Result<(), AccessError> {
            let mut governance = self.governance();
            governance.ownership.accept(&self.env().caller())?;
            self.ownership_changed(governance)
        }
    }

    impl Upgradeable for OlifeNexus {
        #[ink(message)]
        fn announced_upgrade(&self) -> Option<AnnouncedUpgrade> {
            self.governance().upgrades.announced
        }

        #[ink(message)]
        fn upgrade_notice(&self) -> Timestamp {
            self.governance().upgrades.notice
        }

        #[ink(message)]
        fn announce_upgrade(
            &mut self,
            code_hash: Hash,
            migration: Option<Migration>,
        ) -> Result<(), UpgradeError> {
            let mut governance = self.owned()?;
            let now = self.env().block_timestamp();
            governance.upgrades.announce(code_hash, migration, now);
            self.upgrade_changed(governance)
        }

        #[ink(message)]
        fn cancel_upgrade(&mut self) -> Result<(), UpgradeError> {
            let mut governance = self.owned()?;
            governance.upgrades.cancel()?;
            self.upgrade_changed(governance)
        }

        #[ink(message)]
        fn set_code_hash(&mut self, new_code_hash: Hash) -> Result<(), UpgradeError> {
            let mut governance = self.owned()?;
            let now = self.env().block_timestamp();
            let migration = governance.upgrades.carry_out(&new_code_hash, now)?;
            self.governance.write(&governance);
            replace_code(&new_code_hash, migration)?;
            let code_hash = new_code_hash;
            say(&Upgraded { code_hash });
            // The root is the new code's by now.
            root_unchanged(())
        }
    }
}
