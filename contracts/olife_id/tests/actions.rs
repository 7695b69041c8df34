//! What keys do and say in these tests, and what their signatures are over.

use crate::world::*;
use allive_olife_id_interface::{IdentityId, Points, Topic};
use allive_storage::Stored;
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
            list: GUARDIANS.to_vec().into(),
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
        keys: vec![held(key, ALL)].into(),
    }
}

pub fn attest(subject: IdentityId, topic: Topic, weight: Points, expires: u64) -> Action {
    Action::Attest {
        subject,
        topic,
        value: [7; 32].into(),
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
    Ruling::Accuse([5; 32].into())
}

/// What the event of an action says.
pub fn acted(identity: IdentityId, key: AccountId, action: Action) -> Acted {
    acted_by(identity, Key::Account(key.into()), action)
}

pub fn acted_by(identity: IdentityId, key: Key, action: Action) -> Acted {
    Acted {
        identity,
        done: Stored::of((key, action).encode()),
    }
}

/// The recovery of the person, as the event carries it.
pub fn recovery_changed(recovery: Recovery) -> RecoveryChanged {
    RecoveryChanged {
        identity: PERSON_ID,
        recovery: Stored::of(recovery.encode()),
    }
}

/// BLAKE2b-256.
pub fn ink_hash(bytes: &[u8]) -> [u8; 32] {
    use ink::env::hash::{Blake2x256, CryptoHash};
    let mut hash = [0; 32];
    Blake2x256::hash(bytes, &mut hash);
    hash
}
