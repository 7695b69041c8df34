//! Olife ID: a registry of identities with their keys, guardians, attestations, vouches and trust.
//!
//! README.md beside this file is the specification.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod action;
mod attestation;
mod control;
mod delegates;
mod error;
mod events;
mod identity;
mod issuer;
mod issuing;
mod mandates;
mod persons;
mod queries;
mod registry;
mod setup;
mod staking;
mod state;
pub mod trust;
mod vouch;
mod words;

pub use self::olife_id::{OlifeId, OlifeIdRef};
pub use action::{Action, Request, SignedAction, PURPOSE};
pub use allive_olife_id_interface::Key;
pub use attestation::{
    only_lasting, only_recent, Class, Refusal, Slot, LONGEST_TERM, LONGEST_WAIT, MAX_SLOTS,
};
pub use control::{
    check_keys, drop_key, only_somebodys, purposes, Control, Guardians, Held, Keys, Purposes, ACT,
    ALL, APPOINT, ATTEST, GUARD, HOLD, MANAGE, MAX_GUARDIANS, MAX_KEYS, STAKE,
};
pub use delegates::{Delegation, Dismissed, MAX_DISMISSED};
pub use error::IdError;
pub use events::*;
pub use identity::{without, Change, Identity, Phase, Recovery, Truth, Vote};
pub use issuer::{Issuer, Period, MAX_PERIODS};
pub use mandates::{Mandates, Pair};
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
    use allive_olife_id_interface::{
        IdentityId, IdentityRegistry, Points, Scope, Standing, Topic, Topics,
    };
    use allive_payments::Owed;
    use allive_requests::{ChainId, Domain, Signature};
    use allive_storage::{finish, present, Root, Tracked};
    use ink::{
        prelude::vec::Vec,
        storage::{traits::ManualKey, Lazy},
    };

    // ---- Storage ----

    const OWNERSHIP: u32 = u32::from_be_bytes(*b"OWNR");
    const SETUP: u32 = u32::from_be_bytes(*b"SETU");

    #[ink(storage)]
    pub struct OlifeId {
        pub(crate) state: Tracked<State>,
        pub(crate) registry: Registry,
        /// All purses and bonds.
        pub(crate) owed: Owed,
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
        /// `UnsoundTerms`, `Access(UnsoundPauseTerms)`, `Access(ZeroAccount)`.
        #[ink(constructor)]
        pub fn new(setup: Setup) -> Result<Self, IdError> {
            setup.check()?;
            let mut new = Self {
                state: Tracked::new(State {
                    identity_count: 0,
                    pause: Pause::default(),
                }),
                registry: Registry::default(),
                owed: Owed::nothing(),
                ownership: Lazy::new(),
                setup: Lazy::new(),
            };
            let owner = new.env().caller().into();
            new.ownership.set(&Ownership::new(owner));
            new.setup.set(&setup);
            Ok(new)
        }
    }

    // ---- Persons ----

    impl OlifeId {
        /// Key: carries out an action of the caller. Returns the identity of the key: after
        /// `Create` the new one, after `Consent` the one that awaits the key.
        ///
        /// # Errors
        /// `NotKey`, `KeyTaken`, `NotForThat`, `Frozen`, and those of the [`Action`];
        /// `CancelRequest` is `NothingToDo`.
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
        /// `Request(Expired)`, `Request(DeadlineTooFar)`, `Request(BadSignature)`,
        /// `Request(NonceUsed)`, `Undated`, then as [`act`](Self::act); `NotKey` also if the key's
        /// identity is not the one that the request names.
        #[ink(message)]
        #[inline(never)]
        pub fn act_for(
            &mut self,
            request: Request,
            signature: Signature,
        ) -> Result<IdentityId, IdError> {
            let (chain, this, now) = (self.setup().chain, self.env().account_id(), self.now());
            let nonces = &mut self.registry.nonces;
            nonces.accept(&request, &signature, &domain(&chain, &this), now)?;
            let SignedAction { identity, action } = request.action;
            if !action.is_dated() {
                return Err(IdError::Undated);
            }
            let identity = self.perform(request.signer, Some(identity), action)?;
            finish(self, identity)
        }

        /// Account: uses a nonce up, so that no request of the caller with this nonce is carried
        /// out any more.
        ///
        /// # Errors
        /// `Request(NonceUsed)`.
        #[ink(message)]
        #[inline(never)]
        pub fn cancel_request(&mut self, nonce: u64) -> Result<(), IdError> {
            let key = Key::Account(self.env().caller().into());
            self.registry.nonces.take(&key, nonce)?;
            finish(self, ())
        }

        /// The nonces from `128 * cell` on that `signer` used, a bit for each: the lowest bit is
        /// for the lowest nonce.
        #[ink(message)]
        #[inline(never)]
        pub fn used_nonces(&self, signer: Key, cell: u64) -> u128 {
            self.registry.nonces.cell(&signer, cell)
        }

        /// The text that an Ethereum wallet signs for this request, see [`allive_requests`].
        #[ink(message)]
        #[inline(never)]
        pub fn request_text(&self, request: Request) -> Vec<u8> {
            request.text(&domain(&self.setup().chain, &self.env().account_id()))
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
            let stands = self.anchor_stands(identity, &settled);
            let change = settled.settle(stands, self.now(), &self.setup().terms)?;
            self.control_changed(identity, settled, &change)?;
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
            self.registry.credit(identity, amount)?;
            let (from, this) = (self.env().caller(), self.env().account_id());
            self.owed.collect(&self.setup().alv, &this, &from, amount)?;
            self.env().emit_event(Deposited {
                identity,
                from: from.into(),
                amount,
            });
            finish(self, ())
        }

        /// Anybody: pays the bond of a voucher for an identity that was proved false to
        /// `forfeits_to`. A bond for a vouch that was never accepted and has faded is the
        /// voucher's.
        ///
        /// # Errors
        /// `NothingToDo` if there is no bond at stake, `UnknownIdentity`, `Challenged` unless the
        /// identity was proved false, `Token`.
        #[ink(message)]
        #[inline(never)]
        pub fn forfeit(&mut self, voucher: IdentityId, subject: IdentityId) -> Result<(), IdError> {
            self.take_bond(voucher, subject)?;
            finish(self, ())
        }
    }

    // ---- Owner ----

    impl OlifeId {
        /// Owner: approves an issuer for these topics and no others. With a `ceiling` of points it
        /// is an anchor, if `Known` is among them. What it attested of a topic under an approval
        /// that ended does not count again, except as
        /// [`withdraw_approval`](Self::withdraw_approval) says.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownIdentity`, `Challenged` if it was proved false,
        /// `NothingToDo` without topics and if nothing changes, `NoRoom`.
        #[ink(message)]
        #[inline(never)]
        pub fn approve_issuer(
            &mut self,
            issuer: IdentityId,
            topics: Topics,
            ceiling: Points,
        ) -> Result<(), IdError> {
            self.only_owner()?;
            self.approve(issuer, topics, ceiling)?;
            finish(self, ())
        }

        /// Owner: ends the approval of an issuer, at once. What was stored before `honest_until`
        /// goes on counting, everything later does not; `None` means that nothing counts. Sent
        /// again before the next approval, it names an earlier such moment.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `InFuture`, `NothingToDo` if it was never approved and if
        /// nothing changes, `Widens` if more would count than before.
        #[ink(message)]
        #[inline(never)]
        pub fn withdraw_approval(
            &mut self,
            issuer: IdentityId,
            honest_until: Option<Timestamp>,
        ) -> Result<(), IdError> {
            self.only_owner()?;
            self.end_approval(issuer, honest_until)?;
            finish(self, ())
        }

        /// Owner: names a later moment up to which an issuer was honest, for the approval that
        /// ended last. What was stored before that moment counts again. Possible until the next
        /// approval. Apart from [`withdraw_approval`](Self::withdraw_approval), which is urgent:
        /// whoever can only take trust away in a hurry cannot give it by that.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `InFuture`, `NothingToDo` if the issuer is approved or never
        /// was, and if no more would count than before.
        #[ink(message)]
        #[inline(never)]
        pub fn restore_attestations(
            &mut self,
            issuer: IdentityId,
            honest_until: Timestamp,
        ) -> Result<(), IdError> {
            self.only_owner()?;
            self.restore(issuer, honest_until)?;
            finish(self, ())
        }

        /// Owner: accuses an identity of being false, with evidence of this hash. Meanwhile bonds
        /// for it cannot return.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownIdentity`, `Challenged` if it was proved false, is
        /// accused, or was accused too recently.
        #[ink(message)]
        #[inline(never)]
        pub fn accuse(&mut self, identity: IdentityId, evidence: Digest) -> Result<(), IdError> {
            self.only_owner()?;
            let mut accused = self.registry.identity(identity)?;
            let notice = self.setup().terms.notice;
            accused.truth.accuse(evidence, self.now(), notice)?;
            self.truth_changed(identity, accused);
            finish(self, ())
        }

        /// Owner: takes an accusation back.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownIdentity`, `NothingToDo` if it is not accused.
        #[ink(message)]
        #[inline(never)]
        pub fn acquit(&mut self, identity: IdentityId) -> Result<(), IdError> {
            self.only_owner()?;
            let mut accused = self.registry.identity(identity)?;
            accused.truth.acquit(self.now())?;
            self.truth_changed(identity, accused);
            finish(self, ())
        }

        /// Owner: declares an accused identity false for good, after the notice. It has no role and
        /// no trust, attests nothing any more, and its vouchers lose their bonds.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownIdentity`, `NothingToDo` if it is not accused,
        /// `Notice`.
        #[ink(message)]
        #[inline(never)]
        pub fn condemn(&mut self, identity: IdentityId) -> Result<(), IdError> {
            self.only_owner()?;
            let mut accused = self.registry.identity(identity)?;
            accused.truth.condemn(self.now())?;
            self.truth_changed(identity, accused);
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
        fn standing(&self, account: Account, topics: Topics) -> Option<Standing> {
            let identity = self.registry.good_for(&Key::Account(account), ACT)?;
            Some(self.standing_of(identity, topics))
        }

        #[ink(message)]
        #[inline(never)]
        fn standing_as(
            &self,
            account: Account,
            organisation: IdentityId,
            topics: Topics,
        ) -> Option<Standing> {
            let (key, now) = (Key::Account(account), self.now());
            let topics = self.registry.delegated(&key, organisation, topics, now)?;
            Some(self.standing_of(organisation, topics))
        }

        #[ink(message)]
        #[inline(never)]
        fn standing_for(
            &self,
            account: Account,
            principal: IdentityId,
            scope: Scope,
            topics: Topics,
        ) -> Option<Standing> {
            let (key, now) = (Key::Account(account), self.now());
            let topics = self
                .registry
                .represented(&key, principal, scope, topics, now)?;
            Some(self.standing_of(principal, topics))
        }

        #[ink(message)]
        #[inline(never)]
        fn holds(&self, key: Key, topic: Topic) -> bool {
            let identity = self.registry.good_for(&key, ACT);
            identity.is_some_and(|identity| self.registry.has_role(identity, topic, self.now()))
        }

        #[ink(message)]
        #[inline(never)]
        fn attests(&self, account: Account, topic: Topic) -> Option<IdentityId> {
            let issuer = self.registry.good_for(&Key::Account(account), ATTEST)?;
            self.registry.may_attest(issuer, topic).then_some(issuer)
        }

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
            self.cell(query)
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

    // ---- Helpers ----

    #[ink(impl)]
    impl OlifeId {
        pub(crate) fn now(&self) -> Timestamp {
            self.env().block_timestamp()
        }

        fn score(&self, identity: IdentityId) -> Points {
            let fade = self.setup().terms.fade;
            self.registry.score(identity, self.now(), fade)
        }

        fn standing_of(&self, identity: IdentityId, topics: Topics) -> Standing {
            let trust = if topics & Topic::KNOWN.bit() == 0 {
                0
            } else {
                self.score(identity)
            };
            Standing {
                identity,
                held: self.registry.held(identity, topics, self.now()),
                trust,
            }
        }

        pub(crate) fn setup(&self) -> Setup {
            present(self.setup.get())
        }

        fn ownership(&self) -> Ownership {
            present(self.ownership.get())
        }

        fn only_owner(&self) -> Result<(), AccessError> {
            self.ownership().only_owner(&self.env().caller())
        }

        pub(crate) fn only_unpaused(&self) -> Result<(), IdError> {
            if self.state.pause.is_active(self.now()) {
                return Err(AccessError::Paused.into());
            }
            Ok(())
        }

        fn ownership_changed(&mut self, ownership: Ownership) {
            self.ownership.set(&ownership);
            let Ownership { owner, pending } = ownership;
            self.env().emit_event(OwnershipChanged { owner, pending });
        }
    }

    /// For what requests are signed here.
    fn domain<'a>(chain: &'a ChainId, contract: &'a AccountId) -> Domain<'a> {
        Domain {
            purpose: &PURPOSE,
            chain,
            contract,
        }
    }
}
