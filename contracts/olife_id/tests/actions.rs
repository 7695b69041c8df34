//! What keys do and say in these tests, and what their signatures are over.

use crate::world::*;
use allive_calls::{at, EthereumKey, Keyring, Message};
use allive_olife_id_interface::{
    IdentityId, IdentityRegistry, Points, Scope, Standing, Topic, Topics,
};
use allive_requests::{Domain, Signature};
use allive_simulator::GENESIS;
use ink::primitives::AccountId;
use olife_id::*;
use scale::Encode;

pub fn held(key: AccountId, purposes: Purposes) -> Held {
    Held {
        key: Key::Account(key.into()),
        purposes,
    }
}

/// These keys for everything, and the guardians of the person.
pub fn control(keys: &[AccountId]) -> Control {
    Control {
        keys: keys.iter().map(|key| held(*key, ALL)).collect(),
        guardians: Guardians {
            list: GUARDIANS.to_vec(),
            threshold: 2,
        },
    }
}

pub fn announce(keys: &[AccountId]) -> Action {
    Action::Announce {
        control: Some(control(keys)),
    }
}

/// The caller agrees to be a key of the person.
pub fn consent() -> Action {
    consent_for(ALL)
}

pub fn consent_for(purposes: Purposes) -> Action {
    let identity = PERSON_ID;
    Action::Consent { identity, purposes }
}

/// This shall be the only key of the person.
pub fn recover(key: AccountId) -> Action {
    Action::Recover {
        identity: PERSON_ID,
        keys: vec![held(key, ALL)],
    }
}

pub fn attest(subject: IdentityId, topic: Topic, weight: Points, expires: u64) -> Action {
    attest_at(None, subject, topic, weight, expires)
}

/// Issued at that moment.
pub fn attest_at(
    issued: Option<u64>,
    subject: IdentityId,
    topic: Topic,
    weight: Points,
    expires: u64,
) -> Action {
    Action::Attest {
        subject,
        topic,
        value: [7; 32],
        weight,
        issued,
        expires,
    }
}

pub fn revoke(subject: IdentityId, topic: Topic) -> Action {
    revoke_at(None, subject, topic)
}

/// Issued at that moment.
pub fn revoke_at(issued: Option<u64>, subject: IdentityId, topic: Topic) -> Action {
    Action::Revoke {
        subject,
        topic,
        issued,
    }
}

/// The person refuses an issuer, or accepts it again.
pub fn refuse(topic: Topic, issuer: IdentityId, refused: bool) -> Action {
    Action::Refuse {
        topic,
        issuer,
        refused,
    }
}

/// The identity of the caller appoints a delegate.
pub fn appoint(delegate: IdentityId, topics: Topics, expires: u64) -> Action {
    appoint_at(None, delegate, topics, expires)
}

/// Issued at that moment.
pub fn appoint_at(
    issued: Option<u64>,
    delegate: IdentityId,
    topics: Topics,
    expires: u64,
) -> Action {
    Action::Appoint {
        delegate,
        topics,
        issued,
        expires,
    }
}

pub fn dismiss(delegate: IdentityId) -> Action {
    dismiss_at(None, delegate)
}

/// Issued at that moment.
pub fn dismiss_at(issued: Option<u64>, delegate: IdentityId) -> Action {
    Action::Dismiss { delegate, issued }
}

pub fn decline(organisation: IdentityId, declined: bool) -> Action {
    Action::Decline {
        organisation,
        declined,
        issued: None,
    }
}

/// The representative acts for the principal.
pub fn pair(principal: IdentityId, representative: IdentityId) -> Pair {
    Pair {
        principal,
        representative,
    }
}

pub fn mandate(pair: Pair, scope: Scope, expires: u64) -> Action {
    mandate_at(None, pair, scope, expires)
}

/// Issued at that moment.
pub fn mandate_at(issued: Option<u64>, pair: Pair, scope: Scope, expires: u64) -> Action {
    Action::Mandate {
        pair,
        scope,
        value: [7; 32],
        issued,
        expires,
    }
}

pub fn end_mandate(pair: Pair) -> Action {
    end_mandate_at(None, pair)
}

/// Issued at that moment.
pub fn end_mandate_at(issued: Option<u64>, pair: Pair) -> Action {
    Action::EndMandate { pair, issued }
}

pub fn renounce(principal: IdentityId) -> Action {
    let issued = None;
    Action::Renounce { principal, issued }
}

/// An anchor knows `subject`.
/// Everything in the purse.
pub fn withdraw(to: AccountId) -> Action {
    let (to, at_most) = (to.into(), u128::MAX);
    Action::Withdraw { to, at_most }
}

pub fn known(subject: IdentityId, weight: Points) -> Action {
    attest(subject, Topic::KNOWN, weight, EXPIRES)
}

pub fn vouch(points: Points) -> Action {
    let subject = PERSON_ID;
    Action::Vouch { subject, points }
}

pub fn unvouch() -> Action {
    Action::Unvouch { subject: PERSON_ID }
}

pub fn accept(voucher: IdentityId) -> Action {
    Action::Accept {
        voucher,
        accepted: true,
    }
}

/// The hash of what an accusation is based on.
pub const EVIDENCE: Digest = [5; 32];

/// What the owner says of the person.
#[derive(Clone, Copy, Debug)]
pub enum Word {
    Accuse,
    Acquit,
    Condemn,
}

/// The owner says it.
#[track_caller]
pub fn rule(world: &mut World, word: Word) -> Result<(), IdError> {
    let mut contract = world.contract();
    match word {
        Word::Accuse => world.answer(OWNER, contract.accuse(PERSON_ID, EVIDENCE)),
        Word::Acquit => world.answer(OWNER, contract.acquit(PERSON_ID)),
        Word::Condemn => world.answer(OWNER, contract.condemn(PERSON_ID)),
    }
}

/// The owner approves an issuer of one topic.
#[track_caller]
pub fn approve(world: &mut World, issuer: IdentityId, topic: Topic, ceiling: Points) {
    let approve = world
        .contract()
        .approve_issuer(issuer, topic.bit(), ceiling);
    world.done(OWNER, approve);
}

/// The owner ends the approval of an issuer, who was honest until that moment.
#[track_caller]
pub fn withdraw_approval(world: &mut World, issuer: IdentityId, honest_until: Option<u64>) {
    let withdraw = world.contract().withdraw_approval(issuer, honest_until);
    world.done(OWNER, withdraw);
}

/// What was stored before that moment counts again.
#[track_caller]
pub fn restore(world: &mut World, issuer: IdentityId, honest_until: u64) -> Result<(), IdError> {
    let restore = world.contract().restore_attestations(issuer, honest_until);
    world.answer(OWNER, restore)
}

impl Deployed {
    pub fn act(&self, action: Action) -> Message<impl Encode, Result<IdentityId, IdError>> {
        at::<OlifeId>(self.id).act(action)
    }

    pub fn act_for(
        &self,
        request: &Request,
        signature: Signature,
    ) -> Message<impl Encode, Result<IdentityId, IdError>> {
        at::<OlifeId>(self.id).act_for(request.clone(), signature)
    }

    pub fn identity_of(&self, account: AccountId) -> Message<impl Encode, Option<IdentityId>> {
        at::<OlifeId>(self.id).identity_of(account.into())
    }

    pub fn has_role(&self, account: AccountId, role: Topic) -> Message<impl Encode, bool> {
        at::<OlifeId>(self.id).has_role(account.into(), role)
    }

    pub fn trust(&self, account: AccountId) -> Message<impl Encode, Points> {
        at::<OlifeId>(self.id).trust(account.into())
    }

    pub fn standing_as(
        &self,
        account: AccountId,
        organisation: IdentityId,
        topics: Topics,
    ) -> Message<impl Encode, Option<Standing>> {
        at::<OlifeId>(self.id).standing_as(account.into(), organisation, topics)
    }

    pub fn standing_for(
        &self,
        account: AccountId,
        principal: IdentityId,
        scope: Scope,
        topics: Topics,
    ) -> Message<impl Encode, Option<Standing>> {
        at::<OlifeId>(self.id).standing_for(account.into(), principal, scope, topics)
    }

    /// Signs a request as the polkadot.js extension does.
    pub fn signed(&self, by: Keyring, request: &Request) -> Signature {
        Signature::Sr25519(by.sign(request.message(&domain(&self.id)).wrapped()))
    }

    /// Signs a request as an Ethereum wallet does.
    pub fn signed_by_wallet(&self, by: &EthereumKey, request: &Request) -> Signature {
        Signature::Eip191(by.sign_personal(&request.text(&domain(&self.id))))
    }
}

/// For what requests are signed here.
pub fn domain(id: &AccountId) -> Domain<'_> {
    Domain {
        purpose: &PURPOSE,
        chain: &GENESIS,
        contract: id,
    }
}

/// What the event of an action says.
pub fn acted(identity: IdentityId, key: AccountId, action: Action) -> Acted {
    acted_by(identity, Key::Account(key.into()), action)
}

pub fn acted_by(identity: IdentityId, key: Key, action: Action) -> Acted {
    Acted {
        identity,
        done: (key, action),
    }
}

/// The recovery of the person, as the event carries it.
pub fn recovery_changed(recovery: Recovery) -> RecoveryChanged {
    RecoveryChanged {
        identity: PERSON_ID,
        recovery,
    }
}

/// BLAKE2b-256.
pub fn ink_hash(bytes: &[u8]) -> [u8; 32] {
    use ink::env::hash::{Blake2x256, CryptoHash};
    let mut hash = [0; 32];
    Blake2x256::hash(bytes, &mut hash);
    hash
}
