//! Olife ID: who someone is, who recovers it, who attests and vouches for it, how far it is
//! trusted.
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
mod look;
mod setup;
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
pub use look::{Asked, Content, Former, Found, Link, Place};
pub use setup::{Setup, Terms, LONGEST_FADE, YEAR};
pub use trust::{MAX_VOUCHES, VOUCH_CAP};
pub use vouch::{Bond, Purse, Vouch};

/// A hash, or a commitment.
pub type Digest = allive_access::Arg<[u8; 32]>;

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod olife_id {
    use crate::*;
    use allive_access::{
        AccessError, Account, Amount, Ownable, Ownership, OwnershipChanged, Pausable, Pause,
        PauseChanged,
    };
    use allive_olife_id_interface::{IdentityId, IdentityRegistry, Points, Topic};
    use allive_signatures::Signature;
    use allive_storage::{pack, root_unchanged, say, Cell, List, Slim, SlimCell, Stored};
    use ink::{
        env::hash::Blake2x256,
        storage::{traits::ManualKey, Lazy, Mapping},
    };

    /// What is attested of an identity about one topic.
    type OfTopic = (IdentityId, Topic);

    /// What the first stakes on the second.
    type OfTwo = (IdentityId, IdentityId);

    /// The root cell, which ink! reads for each message, holds what is small. Only a new identity
    /// and the pause change it; the other messages end with [`root_unchanged`].
    #[ink(storage)]
    pub struct OlifeId {
        identity_count: IdentityId,
        pause: Pause,
        identities: Mapping<IdentityId, Cell<Identity>, ManualKey<{ look::IDENTITIES }>>,
        keys: Mapping<Key, Link, ManualKey<{ look::KEYS }>>,
        formers: Mapping<Key, Former, ManualKey<{ look::FORMERS }>>,
        used: Mapping<(Key, u64), u64, ManualKey<{ look::USED }>>,
        classes: Mapping<OfTopic, Cell<Class>, ManualKey<{ look::CLASSES }>>,
        issuers: Mapping<IdentityId, Issuer, ManualKey<{ look::ISSUERS }>>,
        vouches: Mapping<IdentityId, List<Vouch>, ManualKey<{ look::VOUCHES }>>,
        bonds: Mapping<OfTwo, Cell<Bond>, ManualKey<{ look::BONDS }>>,
        purses: Mapping<IdentityId, Purse, ManualKey<{ look::PURSES }>>,
        /// All ALV that lies here for somebody: what this contract must always hold.
        held: Lazy<Balance, ManualKey<{ look::HELD }>>,
        ownership: Lazy<Ownership, ManualKey<0x4f57_4e52>>,
        setup: Lazy<Cell<Setup>, ManualKey<{ look::SETUP }>>,
    }

    impl OlifeId {
        /// A registry of identities. The caller becomes owner.
        ///
        /// # Errors
        /// `UnsoundTerms`, `Access(UnsoundPauseTerms)`.
        #[ink(constructor)]
        pub fn new(setup: Cell<Setup>) -> Result<Self, IdError> {
            setup.check()?;
            let mut new = Self {
                identity_count: 0,
                pause: Pause::default(),
                identities: Mapping::new(),
                keys: Mapping::new(),
                formers: Mapping::new(),
                used: Mapping::new(),
                classes: Mapping::new(),
                issuers: Mapping::new(),
                vouches: Mapping::new(),
                bonds: Mapping::new(),
                purses: Mapping::new(),
                held: Lazy::new(),
                ownership: Lazy::new(),
                setup: Lazy::new(),
            };
            let owner = new.env().caller().into();
            new.ownership.write(&Ownership::new(owner));
            new.setup.write(&setup);
            // Now, so that the deposit of this cell is not the first payer's.
            new.held.write(&0);
            Ok(new)
        }

        // ---- What a person does ----

        /// Does what the caller's key may do. Returns the identity that it is a key of; the new
        /// one, if it was created; the awaiting one, if the key agreed.
        ///
        /// # Errors
        /// `NotKey`, `KeyTaken`, `NotForThat`, `Frozen`, and those of the [`Action`].
        #[ink(message)]
        pub fn act(&mut self, action: Cell<Action>) -> Result<IdentityId, IdError> {
            let key = Key::Account(self.caller());
            self.perform(key, None, action)
        }

        /// Does what a key signed. Anyone may submit it, once.
        ///
        /// # Errors
        /// `Expired`, `BadSignature`, `NonceUsed`, then as [`act`](Self::act); `NotKey` also if the
        /// key is not of the identity that the request names.
        #[ink(message)]
        pub fn act_for(
            &mut self,
            request: Cell<Request>,
            signature: Signature,
        ) -> Result<IdentityId, IdError> {
            if self.now() > request.deadline {
                return Err(IdError::Expired);
            }
            let chain = self.fixed().chain;
            if !request.is_signed(&signature, &chain, &self.env().account_id()) {
                return Err(IdError::BadSignature);
            }
            let Request {
                identity,
                key,
                action,
                nonce,
                ..
            } = request.into_inner();
            let place = (&key, cell(nonce));
            let used = self.used.read(place).unwrap_or_default();
            if used & bit(nonce) != 0 {
                return Err(IdError::NonceUsed);
            }
            self.used.write(place, &(used | bit(nonce)));
            self.perform(key, Some(identity), action)
        }

        /// Puts keys and guardians in place that were announced or recovered, and waited. Ends
        /// announcement, recovery and freezing. Anyone.
        ///
        /// # Errors
        /// `UnknownIdentity`, `TooEarly`, `Final`, `Contested`, `NothingToDo`, `Notice`,
        /// `NoConsent`, `KeyTaken`.
        #[ink(message)]
        pub fn settle(&mut self, identity: IdentityId) -> Result<(), IdError> {
            let mut cell = self.known(identity)?;
            let now = self.now();
            let stands = self.anchor_stands(identity, &cell);
            let change = cell.settle(stands, now, &self.fixed().terms)?;
            let (old, new) = (&change.old, &cell.control.keys);
            for key in without(old, new) {
                self.keys.clear(key);
            }
            // Also of a key that stays and is to hold for itself: what it held so far was the
            // identity's.
            for Held { key, purposes } in old.iter() {
                if key.can_act() && purposes & !crate::purposes(new, key) & HOLD != 0 {
                    let since = now;
                    self.formers.write(key, &Former { identity, since });
                }
            }
            for key in without(new, old) {
                if self.keys.stored(key).is_some() {
                    return Err(IdError::KeyTaken);
                }
                self.only_free(identity, key)?;
            }
            self.save(identity, &cell);
            let Identity {
                control, version, ..
            } = cell.into_inner();
            say(&ControlChanged {
                identity,
                version,
                recovered: change.recovered,
                control,
            });
            done()
        }

        /// Puts ALV into an identity's purse that the caller allowed to this contract. It is the
        /// identity's from then on. Anyone.
        ///
        /// # Errors
        /// `Access(Paused)`, `NothingToDo`, `UnknownIdentity`, `AmountTooLarge`, `Token`,
        /// `PaymentShort`.
        #[ink(message)]
        pub fn deposit(&mut self, identity: IdentityId, amount: Amount) -> Result<(), IdError> {
            self.only_unpaused()?;
            if *amount == 0 {
                return Err(IdError::NothingToDo);
            }
            self.known(identity)?;
            let from = self.caller();
            let held = plus(self.all_held(), *amount)?;
            self.held.write(&held);
            self.credit(identity, *amount)?;
            let alv = self.fixed().alv;
            let this = self.env().account_id();
            alv.transfer_from(&from, &this, *amount)?;
            // A token that keeps a fee, or lies, leaves less than lies here.
            if alv.balance_of(&this)? < held {
                return Err(IdError::PaymentShort);
            }
            say(&Deposited {
                identity,
                from,
                amount,
            });
            done()
        }

        /// Pays the bond of a voucher for an identity that was proved false to the place for lost
        /// bonds. Anyone.
        ///
        /// # Errors
        /// `NothingToDo` if there is no bond, `UnknownIdentity`, `Challenged` unless the identity
        /// was proved false, `Token`.
        #[ink(message)]
        pub fn forfeit(&mut self, voucher: IdentityId, subject: IdentityId) -> Result<(), IdError> {
            let bond = self.bond_of(voucher, subject)?;
            if self.known(subject)?.truth != Truth::False {
                return Err(IdError::Challenged);
            }
            self.bonds.clear((voucher, subject));
            let mut purse = self.purse_of(voucher);
            purse.forget(&bond);
            self.purses.write(voucher, &purse);
            let to = self.fixed().into_inner().forfeits_to;
            self.pay(voucher, Some(subject), to, bond.amount)?;
            done()
        }

        // ---- What the owner decides ----

        /// Approves an issuer for topics, and for points that make it an anchor; `None` takes it
        /// back, and with it at once all that it attested. Owner only.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownIdentity`.
        #[ink(message)]
        pub fn approve_issuer(
            &mut self,
            issuer: IdentityId,
            approved: Option<Issuer>,
        ) -> Result<(), IdError> {
            self.only_owner()?;
            self.known(issuer)?;
            match &approved {
                Some(approved) => {
                    self.issuers.write(issuer, approved);
                }
                None => self.issuers.clear(issuer),
            }
            say(&IssuerChanged { issuer, approved });
            done()
        }

        /// Accuses an identity of being false, takes that back, or declares it false for good,
        /// after the notice: then it has no role and no trust, and who vouched for it loses the
        /// bond. While it is accused, bonds for it do not return. Owner only.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownIdentity`, and those of the [`Ruling`].
        #[ink(message)]
        pub fn rule(&mut self, identity: IdentityId, ruling: Ruling) -> Result<(), IdError> {
            self.only_owner()?;
            let mut cell = self.known(identity)?;
            cell.truth
                .rule(ruling, self.now(), self.fixed().terms.notice)?;
            let place = (identity, Topic::Known);
            // It has no points left to vouch with. The cell stays: its deposit is another's.
            if cell.truth == Truth::False && self.classes.stored(place).is_some() {
                self.classes.write(place, &Cell::from(Class::default()));
            }
            self.save(identity, &cell);
            let truth = cell.into_inner().truth;
            say(&TruthChanged { identity, truth });
            done()
        }

        // ---- What front ends ask ----

        /// What lies in a cell, as its number, its key or its parties name it. Everything that this
        /// contract knows of an identity, and all that its DID document is made of, can be read by
        /// this.
        #[ink(message)]
        pub fn look(&self, place: Asked) -> Option<Found> {
            place.answer()
        }

        /// How many identities were created; their numbers are below this.
        #[ink(message)]
        pub fn identity_count(&self) -> IdentityId {
            self.identity_count
        }

        /// How far an identity is trusted now: the score of `trust.rs`.
        #[ink(message)]
        pub fn trust_of(&self, identity: IdentityId) -> Points {
            match self.known(identity) {
                Ok(cell) if cell.is_good() => self.score(identity),
                _ => 0,
            }
        }

        /// Refuses a key whose place another identity took: what it holds would be of two. A thief
        /// could make an identity of a key that was recovered from it, and have the key leave that.
        #[inline(never)]
        fn only_free(&self, identity: IdentityId, key: &Key) -> Result<(), IdError> {
            match self.formers.read(key) {
                Some(former) if former.identity != identity => Err(IdError::KeyTaken),
                _ => Ok(()),
            }
        }

        #[inline(never)]
        fn caller(&self) -> Account {
            self.env().caller().into()
        }

        #[inline(never)]
        fn fixed(&self) -> Cell<Setup> {
            match self.setup.read() {
                Some(setup) => setup,
                None => unreachable!("the constructor wrote it, and nothing removes it"),
            }
        }

        #[inline(never)]
        fn ownership(&self) -> Ownership {
            match self.ownership.read() {
                Some(ownership) => ownership,
                None => unreachable!("the constructor wrote it, and nothing removes it"),
            }
        }

        #[inline(never)]
        fn class(&self, identity: IdentityId, topic: Topic) -> Cell<Class> {
            let class = self.classes.read((identity, topic));
            class.unwrap_or_else(|| Class::default().into())
        }

        #[inline(never)]
        fn purse_of(&self, identity: IdentityId) -> Purse {
            self.purses.read(identity).unwrap_or_default()
        }

        fn bond_of(&self, voucher: IdentityId, subject: IdentityId) -> Result<Cell<Bond>, IdError> {
            self.bonds
                .read((voucher, subject))
                .ok_or(IdError::NothingToDo)
        }

        #[inline(never)]
        fn all_held(&self) -> Balance {
            self.held.read().unwrap_or_default()
        }

        #[inline(never)]
        fn now(&self) -> Timestamp {
            self.env().block_timestamp()
        }

        #[inline(never)]
        fn known(&self, identity: IdentityId) -> Result<Cell<Identity>, IdError> {
            self.identities
                .read(identity)
                .ok_or(IdError::UnknownIdentity)
        }

        #[inline(never)]
        fn only_owner(&self) -> Result<(), AccessError> {
            self.ownership().only_owner(&self.caller())
        }

        fn only_unpaused(&self) -> Result<(), IdError> {
            if self.pause.is_active(self.now()) {
                return Err(AccessError::Paused.into());
            }
            Ok(())
        }

        /// The one way in for everything that a person does. `named` is the identity that was
        /// signed for.
        #[inline(never)]
        fn perform(
            &mut self,
            key: Key,
            named: Option<Option<IdentityId>>,
            action: Cell<Action>,
        ) -> Result<IdentityId, IdError> {
            let own = self.keys.read(&key).map(|link| link.identity);
            if named.is_some_and(|named| named != own) {
                return Err(IdError::NotKey);
            }
            let done = Stored::of(pack(&(&key, &action)));
            let count = self.identity_count;
            let identity = match (action.into_inner(), own) {
                (Action::Create { guardians }, None) => self.create(key, guardians)?,
                (Action::Consent { identity, purposes }, None) => {
                    self.consent(identity, Held { key, purposes })?
                }
                (Action::Create { .. } | Action::Consent { .. }, Some(_)) => {
                    return Err(IdError::KeyTaken)
                }
                (_, None) => return Err(IdError::NotKey),
                (action, Some(identity)) => {
                    self.act_as(identity, key, action)?;
                    identity
                }
            };
            say(&Acted { identity, done });
            if self.identity_count != count {
                return Ok(identity);
            }
            root_unchanged(identity)
        }

        fn create(&mut self, key: Key, guardians: Guardians) -> Result<IdentityId, IdError> {
            self.only_unpaused()?;
            let identity = self.identity_count;
            self.only_free(identity, &key)?;
            guardians.check(identity, identity)?;
            // Cannot overflow: there is no time for 2^64 messages.
            self.identity_count = identity.saturating_add(1);
            let purposes = ALL;
            let control = Control {
                keys: ink::prelude::vec![Held { key, purposes }].into(),
                guardians,
            };
            let new = Cell::from(Identity::new(control, self.now()));
            self.save(identity, &new);
            Ok(identity)
        }

        fn consent(&mut self, identity: IdentityId, held: Held) -> Result<IdentityId, IdError> {
            let mut cell = self.known(identity)?;
            self.only_free(identity, &held.key)?;
            cell.consent(held)?;
            self.identities.write(identity, &cell);
            Ok(identity)
        }

        fn act_as(
            &mut self,
            identity: IdentityId,
            key: Key,
            action: Action,
        ) -> Result<(), IdError> {
            let mut cell = self.known(identity)?;
            let (needed, when_frozen) = action.needs();
            if purposes(&cell.control.keys, &key) & needed == 0 {
                return Err(IdError::NotForThat);
            }
            if cell.is_frozen() && !when_frozen {
                return Err(IdError::Frozen);
            }
            let now = self.now();
            match action {
                // Those without an identity.
                Action::Create { .. } | Action::Consent { .. } => return Ok(()),
                Action::Announce { control } => {
                    if let Some(control) = &control {
                        control.check(identity, self.identity_count)?;
                    }
                    cell.announce(control, now, &self.fixed().terms)?;
                }
                Action::Freeze => cell.freeze()?,
                Action::Cancel => {
                    let stands = self.anchor_stands(identity, &cell);
                    cell.cancel(stands, now)?;
                    self.recovery_changed(identity, &cell);
                }
                Action::Recover {
                    identity: ward,
                    keys,
                } => return self.recover(identity, ward, keys),
                Action::Attest {
                    subject,
                    topic,
                    value,
                    weight,
                    expires,
                } => {
                    let new = Slot {
                        issuer: identity,
                        value,
                        weight,
                        since: now,
                        expires,
                    };
                    return self.attest(subject, topic, new);
                }
                Action::Revoke { subject, topic } => {
                    let mut class = self.class(subject, topic);
                    class.revoke(identity)?;
                    self.classes.write((subject, topic), &class);
                    return Ok(());
                }
                Action::Refuse {
                    topic,
                    issuer,
                    refused,
                } => {
                    let mut class = self.class(identity, topic);
                    class.refuse(issuer, refused)?;
                    self.classes.write((identity, topic), &class);
                    return Ok(());
                }
                Action::Vouch { subject, points } => return self.vouch(identity, subject, points),
                Action::Accept { voucher, accepted } => {
                    return self.accept(identity, voucher, accepted)
                }
                Action::Unvouch { subject } => return self.unvouch(identity, subject),
                Action::Withdraw { to } => {
                    let mut purse = self.purse_of(identity);
                    let amount = core::mem::take(&mut purse.credit);
                    if amount == 0 {
                        return Err(IdError::NothingToDo);
                    }
                    self.purses.write(identity, &purse);
                    return self.pay(identity, None, to, amount);
                }
            }
            self.save(identity, &cell);
            Ok(())
        }

        fn accept(
            &mut self,
            identity: IdentityId,
            voucher: IdentityId,
            accepted: bool,
        ) -> Result<(), IdError> {
            let bond = self.bonds.read((voucher, identity));
            let bond = bond.filter(|bond| accepted && bond.ends.is_none());
            let had = self.count_vouch(voucher, identity, bond.as_deref(), true)?;
            if had == accepted || accepted && bond.is_none() {
                return Err(IdError::NothingToDo);
            }
            Ok(())
        }

        fn recover(
            &mut self,
            voter: IdentityId,
            ward: IdentityId,
            keys: Keys,
        ) -> Result<(), IdError> {
            let mut cell = self.known(ward)?;
            check_keys(&keys)?;
            let is_anchor = self.is_anchor_of(voter, ward, cell.recovery.begun);
            let digest = self.env().hash_bytes::<Blake2x256>(&pack(&keys));
            let terms = self.fixed().terms;
            if cell.vote(voter, is_anchor, keys, digest.into(), self.now(), &terms)? {
                self.recovery_changed(ward, &cell);
            }
            self.save(ward, &cell);
            Ok(())
        }

        fn attest(&mut self, subject: IdentityId, topic: Topic, new: Slot) -> Result<(), IdError> {
            self.only_unpaused()?;
            if !self.is_approved(new.issuer, topic) {
                return Err(IdError::NotIssuer);
            }
            if new.issuer == subject {
                return Err(IdError::Itself);
            }
            if self.known(subject)?.truth == Truth::False {
                return Err(IdError::Challenged);
            }
            let mut class = self.class(subject, topic);
            class.attest(new, self.now(), |issuer| self.is_approved(issuer, topic))?;
            self.classes.write((subject, topic), &class);
            Ok(())
        }

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
            self.known(subject)?.truth.only_unchallenged(now)?;
            let old = self.bonds.read((voucher, subject)).map(Cell::into_inner);
            let mut purse = self.purse_of(voucher);
            let price = self.fixed().terms.bond;
            let bond = purse.vouch(old, points, self.anchored(voucher), price, now)?;
            self.purses.write(voucher, &purse);
            self.count_vouch(voucher, subject, Some(&bond), false)?;
            self.bonds.write((voucher, subject), &Cell::from(bond));
            Ok(())
        }

        fn unvouch(&mut self, voucher: IdentityId, subject: IdentityId) -> Result<(), IdError> {
            let place = (voucher, subject);
            let mut bond = self.bond_of(voucher, subject)?;
            let now = self.now();
            let Some(ends) = bond.ends else {
                let mut purse = self.purse_of(voucher);
                purse.forget(&bond);
                self.purses.write(voucher, &purse);
                self.count_vouch(voucher, subject, None, false)?;
                bond.ends = Some(now.saturating_add(self.fixed().terms.unbonding));
                self.bonds.write(place, &bond);
                return Ok(());
            };
            if now < ends {
                return Err(IdError::TooEarly);
            }
            self.known(subject)?.truth.only_unchallenged(now)?;
            self.bonds.clear(place);
            self.credit(voucher, bond.amount)
        }

        /// Puts a vouch among those that count for `subject`, if it `joins` or is among them; takes
        /// it out, if there is none. Returns whether it was among them.
        fn count_vouch(
            &mut self,
            voucher: IdentityId,
            subject: IdentityId,
            bond: Option<&Bond>,
            joins: bool,
        ) -> Result<bool, IdError> {
            let mut list = self.vouches.read(subject).unwrap_or_default();
            let had = list.take_out(|vouch| vouch.voucher == voucher);
            if let Some(bond) = bond.filter(|_| had || joins) {
                if list.len() >= MAX_VOUCHES {
                    return Err(IdError::NoRoom);
                }
                list.push(Vouch {
                    voucher,
                    points: bond.points,
                    since: bond.since,
                });
            } else if !had {
                return Ok(false);
            }
            self.vouches.write(subject, &list);
            Ok(had)
        }

        /// Writes an identity, and with each of its keys what that is good for now: so that whoever
        /// asks for a role reads that, and not all of the identity. What one that was proved false
        /// has, it still inherits.
        #[inline(never)]
        fn save(&mut self, identity: IdentityId, cell: &Cell<Identity>) {
            self.identities.write(identity, cell);
            let good = match (cell.is_frozen(), &cell.truth) {
                (true, _) => 0,
                (false, Truth::False) => HOLD,
                _ => ALL,
            };
            for held in cell.control.keys.iter() {
                if held.key.can_act() {
                    let purposes = held.purposes & good;
                    self.keys.write(&held.key, &Link { identity, purposes });
                }
            }
        }

        /// The identity for which an account is good now for this.
        fn good_for(&self, account: Account, purpose: Purposes) -> Option<IdentityId> {
            let link = self.keys.read(Key::Account(account))?;
            (link.purposes & purpose != 0).then_some(link.identity)
        }

        fn acting(&self, account: Account) -> Option<IdentityId> {
            self.good_for(account, ACT)
        }

        /// What an issuer is approved for, if that is this.
        #[inline(never)]
        fn approved(&self, issuer: IdentityId, topic: Topic) -> Option<Issuer> {
            let issuer = self.issuers.read(issuer)?;
            (issuer.topics & topic.bit() != 0).then_some(issuer)
        }

        fn is_approved(&self, issuer: IdentityId, topic: Topic) -> bool {
            self.approved(issuer, topic).is_some()
        }

        /// Points that an issuer can give to one identity.
        fn ceiling(&self, issuer: IdentityId) -> Points {
            let issuer = self.approved(issuer, Topic::Known);
            issuer.map_or(0, |issuer| issuer.ceiling)
        }

        /// Whether this anchor attests that it knows the identity, since before this moment.
        fn is_anchor_of(
            &self,
            anchor: IdentityId,
            identity: IdentityId,
            before: Timestamp,
        ) -> bool {
            let class = self.class(identity, Topic::Known);
            class.attested_before(anchor, before, self.now()) && self.ceiling(anchor) > 0
        }

        /// Whether the anchor that agreed to a recovery still is one.
        fn anchor_stands(&self, identity: IdentityId, cell: &Identity) -> bool {
            let recovery = &cell.recovery;
            let anchor = recovery.anchor;
            anchor.is_some_and(|anchor| self.is_anchor_of(anchor, identity, recovery.begun))
        }

        /// Points that anchors give: A in `trust.rs`.
        fn anchored(&self, identity: IdentityId) -> Points {
            let class = self.class(identity, Topic::Known);
            let now = self.now();
            let counted = class.slots.iter().filter(|slot| class.counts(slot, now));
            counted.fold(0, |sum, slot| {
                trust::plus_anchor(sum, slot.weight, self.ceiling(slot.issuer))
            })
        }

        /// The score of an identity that is good.
        fn score(&self, identity: IdentityId) -> Points {
            let now = self.now();
            let fade = self.fixed().terms.fade;
            let mut peers: Points = 0;
            for vouch in self.vouches.read(identity).unwrap_or_default().iter() {
                let given = self.purse_of(vouch.voucher).given;
                let anchored = self.anchored(vouch.voucher);
                let age = now.saturating_sub(vouch.since);
                let share = trust::share(vouch.points, given, anchored, age, fade);
                peers = peers.saturating_add(share);
            }
            trust::score(self.anchored(identity), peers)
        }

        fn recovery_changed(&self, identity: IdentityId, cell: &Identity) {
            let recovery = Stored::of(pack(&cell.recovery));
            say(&RecoveryChanged { identity, recovery });
        }

        fn credit(&mut self, identity: IdentityId, amount: Balance) -> Result<(), IdError> {
            let mut purse = self.purse_of(identity);
            purse.credit = plus(purse.credit, amount)?;
            self.purses.write(identity, &purse);
            Ok(())
        }

        /// Pays ALV out: the only place where it leaves.
        fn pay(
            &mut self,
            identity: IdentityId,
            lost_for: Option<IdentityId>,
            to: Account,
            amount: Balance,
        ) -> Result<(), IdError> {
            // Cannot underflow: what is paid is part of what lies here.
            self.held.write(&self.all_held().saturating_sub(amount));
            self.fixed().alv.transfer(&to, amount)?;
            say(&Paid {
                identity,
                lost_for,
                to,
                amount: amount.into(),
            });
            Ok(())
        }

        fn ownership_changed(&mut self, ownership: Ownership) -> Result<(), AccessError> {
            self.ownership.write(&ownership);
            let Ownership { owner, pending } = ownership;
            say(&OwnershipChanged { owner, pending });
            root_unchanged(())
        }

        fn pause_changed(&self) {
            let until = self.pause.until();
            say(&PauseChanged { until });
        }
    }

    /// Apart, so that it is compiled once.
    #[inline(never)]
    fn done() -> Result<(), IdError> {
        root_unchanged(())
    }

    fn plus(sum: Balance, amount: Balance) -> Result<Balance, IdError> {
        sum.checked_add(amount).ok_or(IdError::AmountTooLarge)
    }

    impl IdentityRegistry for OlifeId {
        #[ink(message)]
        fn identity_of(&self, account: Account) -> Option<IdentityId> {
            self.acting(account)
        }

        #[ink(message)]
        fn has_role(&self, account: Account, role: Topic) -> bool {
            let Some(identity) = self.acting(account) else {
                return false;
            };
            let class = self.class(identity, role);
            let now = self.now();
            let mut slots = class.slots.iter();
            slots.any(|slot| class.counts(slot, now) && self.is_approved(slot.issuer, role))
        }

        #[ink(message)]
        fn trust(&self, account: Account) -> Points {
            match self.acting(account) {
                Some(identity) => self.score(identity),
                None => 0,
            }
        }

        #[ink(message)]
        fn successor_since(&self, account: Account, former: Account) -> Option<Timestamp> {
            let Former { identity, since } = self.formers.read(Key::Account(former))?;
            (self.good_for(account, HOLD) == Some(identity)).then_some(since)
        }
    }

    impl Ownable for OlifeId {
        #[ink(message)]
        fn owner(&self) -> Option<Account> {
            Some(self.ownership().owner)
        }

        #[ink(message)]
        fn pending_owner(&self) -> Option<Account> {
            self.ownership().pending
        }

        #[ink(message)]
        fn transfer_ownership(&mut self, new_owner: Option<Account>) -> Result<(), AccessError> {
            let mut ownership = self.ownership();
            ownership.offer(&self.caller(), new_owner)?;
            self.ownership_changed(ownership)
        }

        #[ink(message)]
        fn accept_ownership(&mut self) -> Result<(), AccessError> {
            let mut ownership = self.ownership();
            ownership.accept(&self.caller())?;
            self.ownership_changed(ownership)
        }
    }

    impl Pausable for OlifeId {
        #[ink(message)]
        fn paused(&self) -> bool {
            self.pause.is_active(self.now())
        }

        #[ink(message)]
        fn paused_until(&self) -> u64 {
            self.pause.until()
        }

        #[ink(message)]
        fn pause(&mut self) -> Result<(), AccessError> {
            self.only_owner()?;
            self.pause.begin(self.now(), &self.fixed().pause)?;
            self.pause_changed();
            Ok(())
        }

        #[ink(message)]
        fn unpause(&mut self) -> Result<(), AccessError> {
            self.only_owner()?;
            self.pause.end(self.now())?;
            self.pause_changed();
            Ok(())
        }
    }
}
