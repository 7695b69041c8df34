//! Olife ID: a registry of identities with their keys, guardians, attestations, vouches and trust.
//!
//! README.md beside this file is the specification.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod action;
mod attestation;
mod control;
mod error;
mod events;
mod identity;
mod queries;
mod registry;
mod setup;
mod state;
pub mod trust;
mod vouch;

pub use self::olife_id::{OlifeId, OlifeIdRef};
pub use action::{bit, cell, Action, Request, PURPOSE, STATEMENT};
pub use attestation::{Class, Issuer, Slot, LONGEST_TERM, MAX_SLOTS};
pub use control::{
    check_keys, purposes, Control, Guardians, Held, Key, Keys, Purposes, ACT, ALL, ATTEST, HOLD,
    MANAGE, MAX_GUARDIANS, MAX_KEYS,
};
pub use error::IdError;
pub use events::*;
pub use identity::{without, Change, Identity, Phase, Recovery, Ruling, Truth, Vote};
pub use queries::{Query, Stored};
pub use registry::{Former, Link, Registry};
pub use setup::{IdentityTerms, Setup, LONGEST_FADE, YEAR};
pub use state::State;
pub use trust::{MAX_VOUCHES, VOUCH_CAP};
pub use vouch::{Bond, Purse, Vouch};

/// A hash, or a commitment.
pub type Digest = [u8; 32];

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod olife_id {
    use crate::*;
    use allive_access::{
        AccessError, Account, Ownable, Ownership, OwnershipChanged, Pausable, Pause, PauseChanged,
    };
    use allive_olife_id_interface::{IdentityId, IdentityRegistry, Points, Topic};
    use allive_signatures::Signature;
    use allive_storage::{finish, present, Root, Tracked};
    use ink::{
        env::hash::Blake2x256,
        storage::{traits::ManualKey, Lazy},
    };

    // ---- Storage ----

    const HELD: u32 = u32::from_be_bytes(*b"HELD");
    const OWNERSHIP: u32 = u32::from_be_bytes(*b"OWNR");
    const SETUP: u32 = u32::from_be_bytes(*b"SETU");

    #[ink(storage)]
    pub struct OlifeId {
        state: Tracked<State>,
        registry: Registry,
        /// The sum of all purses and bonds: the contract must always hold that much ALV.
        held: Lazy<Balance, ManualKey<HELD>>,
        ownership: Lazy<Ownership, ManualKey<OWNERSHIP>>,
        setup: Lazy<Setup, ManualKey<SETUP>>,
    }

    impl Root for OlifeId {
        type Inline = State;

        fn inline(&self) -> &Tracked<State> {
            &self.state
        }
    }

    // ---- Constructor ----

    impl OlifeId {
        /// Deployer: creates a registry of identities. The caller becomes owner.
        ///
        /// # Errors
        /// `UnsoundTerms`, `Access(UnsoundPauseTerms)`.
        #[ink(constructor)]
        pub fn new(setup: Setup) -> Result<Self, IdError> {
            setup.check()?;
            let mut new = Self {
                state: Tracked::new(State {
                    identity_count: 0,
                    pause: Pause::default(),
                }),
                registry: Registry::default(),
                held: Lazy::new(),
                ownership: Lazy::new(),
                setup: Lazy::new(),
            };
            let owner = new.env().caller().into();
            new.ownership.set(&Ownership::new(owner));
            new.setup.set(&setup);
            // Written now, so that the first depositor need not pay the deposit of this cell.
            new.held.set(&0);
            Ok(new)
        }
    }

    // ---- Persons ----

    impl OlifeId {
        /// Key: carries out an action of the caller. Returns the identity of the key: after
        /// `Create` the new one, after `Consent` the one that awaits the key.
        ///
        /// # Errors
        /// `NotKey`, `KeyTaken`, `NotForThat`, `Frozen`, and those of the [`Action`].
        #[ink(message)]
        #[inline(never)]
        pub fn act(&mut self, action: Action) -> Result<IdentityId, IdError> {
            let key = Key::Account(self.env().caller().into());
            let identity = self.perform(key, None, action)?;
            finish(self, identity)
        }

        /// Anybody: carries out a request that a key signed, once. The caller pays the fee.
        ///
        /// # Errors
        /// `Expired`, `BadSignature`, `NonceUsed`, then as [`act`](Self::act); `NotKey` also if the
        /// key's identity is not the one that the request names.
        #[ink(message)]
        #[inline(never)]
        pub fn act_for(
            &mut self,
            request: Request,
            signature: Signature,
        ) -> Result<IdentityId, IdError> {
            if self.now() > request.deadline {
                return Err(IdError::Expired);
            }
            if !request.is_signed(&signature, &self.setup().chain, &self.env().account_id()) {
                return Err(IdError::BadSignature);
            }
            let Request {
                identity,
                key,
                action,
                nonce,
                ..
            } = request;
            let place = (&key, cell(nonce));
            let used = self.registry.used.get(place).unwrap_or_default();
            if used & bit(nonce) != 0 {
                return Err(IdError::NonceUsed);
            }
            self.registry.used.insert(place, &(used | bit(nonce)));
            let identity = self.perform(key, Some(identity), action)?;
            finish(self, identity)
        }
    }

    // ---- Anybody ----

    impl OlifeId {
        /// Anybody: applies announced or recovered keys and guardians that have waited long enough.
        /// Ends announcement, recovery and freezing.
        ///
        /// # Errors
        /// `UnknownIdentity`, `TooEarly`, `Final`, `Contested`, `NothingToDo`, `Notice`,
        /// `NoConsent`, `KeyTaken`.
        #[ink(message)]
        #[inline(never)]
        pub fn settle(&mut self, identity: IdentityId) -> Result<(), IdError> {
            let mut settled = self.registry.identity(identity)?;
            let now = self.now();
            let stands = self.registry.anchor_stands(identity, &settled, now);
            let change = settled.settle(stands, now, &self.setup().terms)?;
            self.registry
                .save_changed(identity, &settled, &change, now)?;
            self.env().emit_event(ControlChanged {
                identity,
                version: settled.version,
                recovered: change.recovered,
                control: settled.control,
            });
            finish(self, ())
        }

        /// Anybody: takes ALV by allowance and adds it to the purse of an identity. It belongs to
        /// the identity from then on.
        ///
        /// # Errors
        /// `Access(Paused)`, `NothingToDo`, `UnknownIdentity`, `AmountTooLarge`, `Token`,
        /// `PaymentShort`.
        #[ink(message)]
        #[inline(never)]
        pub fn deposit(&mut self, identity: IdentityId, amount: Balance) -> Result<(), IdError> {
            self.only_unpaused()?;
            if amount == 0 {
                return Err(IdError::NothingToDo);
            }
            self.registry.identity(identity)?;
            let held = self.all_held().checked_add(amount);
            let held = held.ok_or(IdError::AmountTooLarge)?;
            self.held.set(&held);
            self.registry.credit(identity, amount)?;
            let alv = self.setup().alv;
            let (from, this) = (self.env().caller(), self.env().account_id());
            alv.transfer_from(&from, &this, amount)?;
            // A token that keeps a fee or lies would deliver less.
            if alv.balance_of(&this)? < held {
                return Err(IdError::PaymentShort);
            }
            self.env().emit_event(Deposited {
                identity,
                from: from.into(),
                amount,
            });
            finish(self, ())
        }

        /// Anybody: pays the bond of a voucher for an identity that was proved false to
        /// `forfeits_to`.
        ///
        /// # Errors
        /// `NothingToDo` if there is no bond, `UnknownIdentity`, `Challenged` unless the identity
        /// was proved false, `Token`.
        #[ink(message)]
        #[inline(never)]
        pub fn forfeit(&mut self, voucher: IdentityId, subject: IdentityId) -> Result<(), IdError> {
            let bond = self.registry.bond(voucher, subject)?;
            if self.registry.identity(subject)?.truth != Truth::False {
                return Err(IdError::Challenged);
            }
            self.registry.bonds.remove((voucher, subject));
            let mut purse = self.registry.purse(voucher);
            purse.forget(&bond);
            self.registry.purses.insert(voucher, &purse);
            let to = self.setup().forfeits_to;
            self.pay(voucher, Some(subject), &to, bond.amount)?;
            finish(self, ())
        }
    }

    // ---- Owner ----

    impl OlifeId {
        /// Owner: approves an issuer for topics, and for points that make it an anchor. `None` ends
        /// the approval, and with it all its attestations stop counting at once.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownIdentity`.
        #[ink(message)]
        #[inline(never)]
        pub fn approve_issuer(
            &mut self,
            issuer: IdentityId,
            approved: Option<Issuer>,
        ) -> Result<(), IdError> {
            self.only_owner()?;
            self.registry.identity(issuer)?;
            match &approved {
                Some(approved) => drop(self.registry.issuers.insert(issuer, approved)),
                None => self.registry.issuers.remove(issuer),
            }
            self.env().emit_event(IssuerChanged { issuer, approved });
            finish(self, ())
        }

        /// Owner: accuses an identity of being false, takes that back, or declares it false for
        /// good, after the notice. A false identity has no role and no trust, and its vouchers lose
        /// their bonds. While an identity is accused, bonds for it cannot return.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownIdentity`, and those of the [`Ruling`].
        #[ink(message)]
        #[inline(never)]
        pub fn rule(&mut self, identity: IdentityId, ruling: Ruling) -> Result<(), IdError> {
            self.only_owner()?;
            let mut ruled = self.registry.identity(identity)?;
            let notice = self.setup().terms.notice;
            ruled.truth.rule(ruling, self.now(), notice)?;
            let known = (identity, Topic::Known);
            // A false identity has no points to give. The cell stays, since its deposit is
            // another's.
            if ruled.truth == Truth::False && self.registry.classes.contains(known) {
                self.registry.classes.insert(known, &Class::default());
            }
            self.registry.save(identity, &ruled);
            self.env().emit_event(TruthChanged {
                identity,
                truth: ruled.truth,
            });
            finish(self, ())
        }
    }

    impl Ownable for OlifeId {
        #[ink(message)]
        #[inline(never)]
        fn owner(&self) -> Option<Account> {
            Some(self.ownership().owner)
        }

        #[ink(message)]
        #[inline(never)]
        fn pending_owner(&self) -> Option<Account> {
            self.ownership().pending
        }

        #[ink(message)]
        #[inline(never)]
        fn transfer_ownership(&mut self, new_owner: Option<Account>) -> Result<(), AccessError> {
            let mut ownership = self.ownership();
            ownership.offer(&self.env().caller(), new_owner)?;
            self.ownership_changed(ownership);
            finish(self, ())
        }

        #[ink(message)]
        #[inline(never)]
        fn accept_ownership(&mut self) -> Result<(), AccessError> {
            let mut ownership = self.ownership();
            ownership.accept(&self.env().caller())?;
            self.ownership_changed(ownership);
            finish(self, ())
        }
    }

    impl Pausable for OlifeId {
        #[ink(message)]
        #[inline(never)]
        fn paused(&self) -> bool {
            self.state.pause.is_active(self.now())
        }

        #[ink(message)]
        #[inline(never)]
        fn paused_until(&self) -> Timestamp {
            self.state.pause.until()
        }

        #[ink(message)]
        #[inline(never)]
        fn pause(&mut self) -> Result<(), AccessError> {
            self.only_owner()?;
            let (now, terms) = (self.now(), self.setup().pause);
            let until = self.state.change().pause.begin(now, &terms)?;
            self.env().emit_event(PauseChanged { until });
            finish(self, ())
        }

        #[ink(message)]
        #[inline(never)]
        fn unpause(&mut self) -> Result<(), AccessError> {
            self.only_owner()?;
            let until = self.now();
            self.state.change().pause.end(until)?;
            self.env().emit_event(PauseChanged { until });
            finish(self, ())
        }
    }

    // ---- Other contracts ----

    impl IdentityRegistry for OlifeId {
        #[ink(message)]
        #[inline(never)]
        fn identity_of(&self, account: Account) -> Option<IdentityId> {
            self.registry.good_for(&Key::Account(account), ACT)
        }

        #[ink(message)]
        #[inline(never)]
        fn has_role(&self, account: Account, role: Topic) -> bool {
            let identity = self.registry.good_for(&Key::Account(account), ACT);
            identity.is_some_and(|identity| self.registry.has_role(identity, role, self.now()))
        }

        #[ink(message)]
        #[inline(never)]
        fn trust(&self, account: Account) -> Points {
            let identity = self.registry.good_for(&Key::Account(account), ACT);
            identity.map_or(0, |identity| self.score(identity))
        }

        #[ink(message)]
        #[inline(never)]
        fn successor_since(&self, account: Account, former: Account) -> Option<Timestamp> {
            let Former { identity, since } = self.registry.formers.get(Key::Account(former))?;
            let heir = self.registry.good_for(&Key::Account(account), HOLD);
            (heir == Some(identity)).then_some(since)
        }
    }

    // ---- Queries ----

    impl OlifeId {
        /// Reads any cell, by the number, the key or the parties that name it. A DID document can
        /// be made from the answers.
        #[ink(message)]
        #[inline(never)]
        pub fn stored(&self, query: Query) -> Option<Stored> {
            let stored = &self.registry;
            Some(match query {
                Query::Identity(identity) => Stored::Identity(stored.identities.get(identity)?),
                Query::Attestations(identity, topic) => {
                    Stored::Attestations(stored.classes.get((identity, topic))?)
                }
                Query::Issuer(identity) => Stored::Issuer(stored.issuers.get(identity)?),
                Query::Vouches(identity) => Stored::Vouches(stored.vouches.get(identity)?),
                Query::Bond(voucher, subject) => {
                    Stored::Bond(stored.bonds.get((voucher, subject))?)
                }
                Query::Purse(identity) => Stored::Purse(stored.purses.get(identity)?),
                Query::Nonces(key, cell) => Stored::Nonces(stored.used.get((key, cell))?),
                Query::Former(key) => Stored::Former(stored.formers.get(key)?),
                Query::Key(key) => Stored::Key(stored.keys.get(key)?),
                Query::Held => Stored::Held(self.all_held()),
                Query::Setup => Stored::Setup(self.setup()),
            })
        }

        /// How many identities were created. Their numbers are below this.
        #[ink(message)]
        #[inline(never)]
        pub fn identity_count(&self) -> IdentityId {
            self.state.identity_count
        }

        /// The trust score of an identity now, see `trust.rs`.
        #[ink(message)]
        #[inline(never)]
        pub fn trust_of(&self, identity: IdentityId) -> Points {
            match self.registry.identity(identity) {
                Ok(known) if known.is_good() => self.score(identity),
                _ => 0,
            }
        }
    }

    // ---- Helpers: what an action does, each out of line, as the messages are ----

    #[ink(impl)]
    impl OlifeId {
        /// The common path of `act` and `act_for`. `named` is the identity in a signed request.
        #[inline(never)]
        fn perform(
            &mut self,
            key: Key,
            named: Option<Option<IdentityId>>,
            action: Action,
        ) -> Result<IdentityId, IdError> {
            let own = self.registry.keys.get(&key).map(|link| link.identity);
            if named.is_some_and(|named| named != own) {
                return Err(IdError::NotKey);
            }
            let identity = match (&action, own) {
                (Action::Create { guardians }, None) => self.create(&key, guardians)?,
                (Action::Consent { identity, purposes }, None) => {
                    self.consent(*identity, &key, *purposes)?
                }
                (Action::Create { .. } | Action::Consent { .. }, Some(_)) => {
                    return Err(IdError::KeyTaken)
                }
                (_, None) => return Err(IdError::NotKey),
                (_, Some(identity)) => {
                    self.act_as(identity, &key, &action)?;
                    identity
                }
            };
            self.env().emit_event(Acted {
                identity,
                done: (key, action),
            });
            Ok(identity)
        }

        #[inline(never)]
        fn create(&mut self, key: &Key, guardians: &Guardians) -> Result<IdentityId, IdError> {
            self.only_unpaused()?;
            let identity = self.state.identity_count;
            self.registry.only_free(identity, key)?;
            guardians.check(identity, identity)?;
            // Cannot overflow: there is no time for 2^64 messages.
            self.state.change().identity_count = identity.saturating_add(1);
            let control = Control {
                keys: ink::prelude::vec![Held {
                    key: key.clone(),
                    purposes: ALL,
                }],
                guardians: guardians.clone(),
            };
            let created = Identity::new(control, self.now());
            self.registry.save(identity, &created);
            Ok(identity)
        }

        #[inline(never)]
        fn consent(
            &mut self,
            identity: IdentityId,
            key: &Key,
            purposes: Purposes,
        ) -> Result<IdentityId, IdError> {
            let mut awaiting = self.registry.identity(identity)?;
            self.registry.only_free(identity, key)?;
            awaiting.consent(Held {
                key: key.clone(),
                purposes,
            })?;
            self.registry.identities.insert(identity, &awaiting);
            Ok(identity)
        }

        #[inline(never)]
        fn act_as(
            &mut self,
            identity: IdentityId,
            key: &Key,
            action: &Action,
        ) -> Result<(), IdError> {
            let acting = self.registry.identity(identity)?;
            let (needed, when_frozen) = action.needs();
            if purposes(&acting.control.keys, key) & needed == 0 {
                return Err(IdError::NotForThat);
            }
            if acting.is_frozen() && !when_frozen {
                return Err(IdError::Frozen);
            }
            match action {
                // Only keys without identity do these; `perform` handles them.
                Action::Create { .. } | Action::Consent { .. } => Ok(()),
                Action::Announce { control } => self.announce(identity, acting, control.as_ref()),
                Action::Freeze => self.freeze(identity, acting),
                Action::Cancel => self.cancel(identity, acting),
                Action::Recover {
                    identity: ward,
                    keys,
                } => self.recover(identity, *ward, keys),
                Action::Attest {
                    subject,
                    topic,
                    value,
                    weight,
                    expires,
                } => {
                    let new = Slot {
                        issuer: identity,
                        value: *value,
                        weight: *weight,
                        since: self.now(),
                        expires: *expires,
                    };
                    self.attest(*subject, *topic, new)
                }
                Action::Revoke { subject, topic } => {
                    let mut class = self.registry.class(*subject, *topic);
                    class.revoke(identity)?;
                    self.registry.classes.insert((subject, topic), &class);
                    Ok(())
                }
                Action::Refuse {
                    topic,
                    issuer,
                    refused,
                } => {
                    let mut class = self.registry.class(identity, *topic);
                    class.refuse(*issuer, *refused)?;
                    self.registry.classes.insert((identity, *topic), &class);
                    Ok(())
                }
                Action::Vouch { subject, points } => self.vouch(identity, *subject, *points),
                Action::Accept { voucher, accepted } => self.accept(identity, *voucher, *accepted),
                Action::Unvouch { subject } => self.unvouch(identity, *subject),
                Action::Withdraw { to } => self.withdraw(identity, to),
            }
        }

        #[inline(never)]
        fn announce(
            &mut self,
            identity: IdentityId,
            mut acting: Identity,
            control: Option<&Control>,
        ) -> Result<(), IdError> {
            if let Some(control) = control {
                control.check(identity, self.state.identity_count)?;
            }
            acting.announce(control.cloned(), self.now(), &self.setup().terms)?;
            self.registry.save(identity, &acting);
            Ok(())
        }

        #[inline(never)]
        fn freeze(&mut self, identity: IdentityId, mut acting: Identity) -> Result<(), IdError> {
            acting.freeze()?;
            self.registry.save(identity, &acting);
            Ok(())
        }

        #[inline(never)]
        fn cancel(&mut self, identity: IdentityId, mut acting: Identity) -> Result<(), IdError> {
            let now = self.now();
            let stands = self.registry.anchor_stands(identity, &acting, now);
            acting.cancel(stands, now)?;
            self.registry.save(identity, &acting);
            self.recovery_changed(identity, acting);
            Ok(())
        }

        #[inline(never)]
        fn recover(
            &mut self,
            voter: IdentityId,
            ward: IdentityId,
            keys: &Keys,
        ) -> Result<(), IdError> {
            let mut recovered = self.registry.identity(ward)?;
            check_keys(keys)?;
            let (now, terms) = (self.now(), self.setup().terms);
            let begun = recovered.recovery.begun;
            let is_anchor = self.registry.is_anchor_of(voter, ward, begun, now);
            let digest = self.env().hash_encoded::<Blake2x256, _>(keys);
            let agreed = recovered.vote(voter, is_anchor, keys.clone(), digest, now, &terms)?;
            self.registry.save(ward, &recovered);
            if agreed {
                self.recovery_changed(ward, recovered);
            }
            Ok(())
        }

        #[inline(never)]
        fn attest(&mut self, subject: IdentityId, topic: Topic, new: Slot) -> Result<(), IdError> {
            self.only_unpaused()?;
            if !self.registry.is_approved(new.issuer, topic) {
                return Err(IdError::NotIssuer);
            }
            if new.issuer == subject {
                return Err(IdError::Itself);
            }
            if self.registry.identity(subject)?.truth == Truth::False {
                return Err(IdError::Challenged);
            }
            let mut class = self.registry.class(subject, topic);
            let is_approved = |issuer| self.registry.is_approved(issuer, topic);
            class.attest(new, self.now(), is_approved)?;
            self.registry.classes.insert((subject, topic), &class);
            Ok(())
        }

        #[inline(never)]
        fn vouch(
            &mut self,
            voucher: IdentityId,
            subject: IdentityId,
            points: Points,
        ) -> Result<(), IdError> {
            self.only_unpaused()?;
            if voucher == subject {
                return Err(IdError::Itself);
            }
            let now = self.now();
            let vouched_for = self.registry.identity(subject)?;
            vouched_for.truth.only_unchallenged(now)?;
            let old = self.registry.bonds.get((voucher, subject));
            let mut purse = self.registry.purse(voucher);
            let price = self.setup().terms.bond;
            let anchored = self.registry.anchored(voucher, now);
            let bond = purse.vouch(old, points, anchored, price, now)?;
            self.registry.purses.insert(voucher, &purse);
            self.registry
                .count_vouch(voucher, subject, Some(&bond), false)?;
            self.registry.bonds.insert((voucher, subject), &bond);
            Ok(())
        }

        #[inline(never)]
        fn accept(
            &mut self,
            identity: IdentityId,
            voucher: IdentityId,
            accepted: bool,
        ) -> Result<(), IdError> {
            let bond = self.registry.bonds.get((voucher, identity));
            let bond = bond.filter(|bond| accepted && bond.ends.is_none());
            let had = self
                .registry
                .count_vouch(voucher, identity, bond.as_ref(), true)?;
            if had == accepted || accepted && bond.is_none() {
                return Err(IdError::NothingToDo);
            }
            Ok(())
        }

        #[inline(never)]
        fn unvouch(&mut self, voucher: IdentityId, subject: IdentityId) -> Result<(), IdError> {
            let mut bond = self.registry.bond(voucher, subject)?;
            let now = self.now();
            let Some(ends) = bond.ends else {
                let mut purse = self.registry.purse(voucher);
                purse.forget(&bond);
                self.registry.purses.insert(voucher, &purse);
                self.registry.count_vouch(voucher, subject, None, false)?;
                bond.ends = Some(now.saturating_add(self.setup().terms.unbonding));
                self.registry.bonds.insert((voucher, subject), &bond);
                return Ok(());
            };
            if now < ends {
                return Err(IdError::TooEarly);
            }
            let vouched_for = self.registry.identity(subject)?;
            vouched_for.truth.only_unchallenged(now)?;
            self.registry.bonds.remove((voucher, subject));
            self.registry.credit(voucher, bond.amount)
        }

        #[inline(never)]
        fn withdraw(&mut self, identity: IdentityId, to: &Account) -> Result<(), IdError> {
            let mut purse = self.registry.purse(identity);
            let amount = core::mem::take(&mut purse.credit);
            if amount == 0 {
                return Err(IdError::NothingToDo);
            }
            self.registry.purses.insert(identity, &purse);
            self.pay(identity, None, to, amount)
        }

        /// Pays ALV out. No other function does.
        fn pay(
            &mut self,
            identity: IdentityId,
            lost_for: Option<IdentityId>,
            to: &Account,
            amount: Balance,
        ) -> Result<(), IdError> {
            // Cannot underflow: the amount is part of `held`.
            self.held.set(&self.all_held().saturating_sub(amount));
            self.setup().alv.transfer(to, amount)?;
            self.env().emit_event(Paid {
                identity,
                lost_for,
                to: to.clone(),
                amount,
            });
            Ok(())
        }
    }

    // ---- Helpers ----

    #[ink(impl)]
    impl OlifeId {
        fn now(&self) -> Timestamp {
            self.env().block_timestamp()
        }

        fn score(&self, identity: IdentityId) -> Points {
            let fade = self.setup().terms.fade;
            self.registry.score(identity, self.now(), fade)
        }

        fn setup(&self) -> Setup {
            present(self.setup.get())
        }

        fn ownership(&self) -> Ownership {
            present(self.ownership.get())
        }

        fn all_held(&self) -> Balance {
            present(self.held.get())
        }

        fn only_owner(&self) -> Result<(), AccessError> {
            self.ownership().only_owner(&self.env().caller())
        }

        fn only_unpaused(&self) -> Result<(), IdError> {
            if self.state.pause.is_active(self.now()) {
                return Err(AccessError::Paused.into());
            }
            Ok(())
        }

        fn recovery_changed(&self, identity: IdentityId, changed: Identity) {
            self.env().emit_event(RecoveryChanged {
                identity,
                recovery: changed.recovery,
            });
        }

        fn ownership_changed(&mut self, ownership: Ownership) {
            self.ownership.set(&ownership);
            let Ownership { owner, pending } = ownership;
            self.env().emit_event(OwnershipChanged { owner, pending });
        }
    }
}
