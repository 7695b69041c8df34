//! Who speaks for an identity: its keys with their purposes, and its guardians.

use crate::IdError;
use allive_access::Account;
use allive_olife_id_interface::IdentityId;
use ink::prelude::vec::Vec;

/// How many keys an identity has at most.
pub const MAX_KEYS: usize = 5;

/// How many guardians an identity has at most.
pub const MAX_GUARDIANS: usize = 9;

/// What a key may be used for, as bits.
pub type Purposes = u8;

/// Changes keys and guardians, cancels a recovery, takes money out.
pub const MANAGE: Purposes = 1;
/// Acts for the identity, here and in every contract that asks whose account it is.
pub const ACT: Purposes = 2;
/// Attests others, if the identity is an issuer.
pub const ATTEST: Purposes = 4;
/// What it holds in other contracts is the identity's: another key of this purpose inherits that
/// when it goes, whoever removed it. A key gets this purpose when it joins, by its consent, and not
/// later.
pub const HOLD: Purposes = 8;
/// All purposes.
pub const ALL: Purposes = MANAGE | ACT | ATTEST | HOLD;

/// A key, tagged by its scheme. The list grows at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Key {
    /// An account of the chain: it calls by itself, and what its key signs counts (sr25519, or
    /// ECDSA whose hash the account is). It can be a multisig or a contract, which then only calls.
    Account(Account),
    /// An Ethereum address: it signs texts by EIP-191, and others submit.
    Ethereum([u8; 20]),
    /// A commitment to a public key of a scheme that the chain cannot verify: the place for a
    /// post-quantum one. It is listed and shown, and cannot do anything yet.
    Hashed([u8; 32]),
}

impl Key {
    /// Whether the chain can tell that this key did something.
    pub fn can_act(&self) -> bool {
        !matches!(self, Self::Hashed(_))
    }
}

/// A key of an identity.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Held {
    /// The key.
    pub key: Key,
    /// What it is for.
    pub purposes: Purposes,
}

/// The keys of an identity: 1 to [`MAX_KEYS`].
pub type Keys = Vec<Held>;

/// What `key` is for among `keys`; nothing if it is none of them.
pub fn purposes(keys: &[Held], key: &Key) -> Purposes {
    let held = keys.iter().find(|held| held.key == *key);
    held.map_or(0, |held| held.purposes)
}

/// Refuses keys that nobody could speak by: each must be named once and be for something, and one
/// that can act must be for managing.
///
/// # Errors
/// `BadControl`.
pub fn check_keys(keys: &[Held]) -> Result<(), IdError> {
    let mut managed = false;
    for held in keys.iter() {
        let same = keys.iter().filter(|other| other.key == held.key);
        if held.purposes == 0 || held.purposes > ALL || same.count() > 1 {
            return Err(IdError::BadControl);
        }
        managed |= held.purposes & MANAGE != 0 && held.key.can_act();
    }
    if !managed || keys.len() > MAX_KEYS {
        return Err(IdError::BadControl);
    }
    Ok(())
}

/// Who recovers an identity together. Guardians are identities: they outlive keys of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Guardians {
    /// Who they are: up to [`MAX_GUARDIANS`]. With none, nothing is ever recovered.
    pub list: Vec<IdentityId>,
    /// How many of them it takes; 0 if there are none.
    pub threshold: u8,
}

impl Guardians {
    /// Refuses guardians of `identity` that are named twice, not among the `count` identities,
    /// itself, or fewer than it takes.
    ///
    /// # Errors
    /// `BadControl`.
    pub fn check(&self, identity: IdentityId, count: IdentityId) -> Result<(), IdError> {
        let list = &self.list;
        let is_sound = |guardian: &IdentityId| {
            let same = list.iter().filter(|other| *other == guardian);
            *guardian < count && *guardian != identity && same.count() == 1
        };
        let length = list.len();
        let threshold = usize::from(self.threshold);
        if length > MAX_GUARDIANS
            || threshold > length
            || (threshold == 0) != (length == 0)
            || !list.iter().all(is_sound)
        {
            return Err(IdError::BadControl);
        }
        Ok(())
    }
}

/// Who speaks for an identity.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Control {
    /// Its keys.
    pub keys: Keys,
    /// Who recovers it.
    pub guardians: Guardians,
}

impl Control {
    /// Refuses keys or guardians that are not sound.
    ///
    /// # Errors
    /// `BadControl`.
    pub fn check(&self, identity: IdentityId, count: IdentityId) -> Result<(), IdError> {
        check_keys(&self.keys)?;
        self.guardians.check(identity, count)
    }
}
