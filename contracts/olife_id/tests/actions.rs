//! What keys do and say in these tests, and what their signatures are over.

use crate::world::*;
use allive_calls::{at, EthereumKey, Keyring, Message};
use allive_olife_id_interface::{IdentityId, IdentityRegistry, Points, Topic};
use allive_signatures::{Message as Signed, Signature};
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
    Action::Attest {
        subject,
        topic,
        value: [7; 32],
        weight,
        expires,
    }
}

/// An anchor knows `subject`.
pub fn known(subject: IdentityId, weight: Points) -> Action {
    attest(subject, Topic::Known, weight, EXPIRES)
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

pub fn accuse() -> Ruling {
    Ruling::Accuse([5; 32])
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

    /// Signs a request as the polkadot.js extension does.
    pub fn signed(&self, by: Keyring, request: &Request) -> Signature {
        let message = Signed::new(&PURPOSE, &GENESIS, &self.id, request);
        Signature::Sr25519(by.sign(message.wrapped().unwrap()))
    }

    /// Signs a request as an Ethereum wallet does, over a text that is laid out by hand.
    pub fn signed_by_wallet(&self, by: &EthereumKey, request: &Request) -> Signature {
        let digest = ink_hash(&request.encode());
        let text = format!(
            "Olife ID request 0x{}\npurpose: allive/id/v1    \nchain: 0x{}\ncontract: 0x{}",
            hex::encode(digest),
            hex::encode(GENESIS),
            hex::encode(self.id),
        );
        Signature::Ecdsa(by.sign_personal(text.as_bytes()))
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
