//! The control over an identity: its keys with their purposes, and its guardians.

use crate::IdError;
use allive_access::AccessError;
use allive_olife_id_interface::{IdentityId, Key};
use ink::prelude::vec::Vec;

/// The most keys of an identity.
pub const MAX_KEYS: usize = 5;

/// The most guardians of an identity.
pub const MAX_GUARDIANS: usize = 9;

/// The purposes of a key, as bits.
pub type Purposes = u8;

/// The key may announce keys and guardians, cancel a recovery, and withdraw.
pub const MANAGE: Purposes = 1;
/// The key may do everyday acts for the identity: in other contracts that ask for its identity, and
/// here refuse issuers and accept vouches.
pub const ACT: Purposes = 2;
/// The key may attest and revoke, if the identity is an issuer.
pub const ATTEST: Purposes = 4;
/// Holdings of the key in other contracts belong to the identity: another key with this purpose
/// inherits them when this one is removed, whoever removed it. A key can get this purpose only when
/// it joins, by its consent.
pub const HOLD: Purposes = 8;
/// The key may vote for the new keys of others, if the identity is their guardian or anchor.
pub const GUARD: Purposes = 16;
/// The key may stake the purse: vouch, and end a vouch.
pub const STAKE: Purposes = 32;
/// The key may appoint and dismiss delegates of the identity.
pub const APPOINT: Purposes = 64;
/// All purposes.
pub const ALL: Purposes = MANAGE | ACT | ATTEST | HOLD | GUARD | STAKE | APPOINT;

/// A key of an identity.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Held {
    /// The key.
    pub key: Key,
    /// Its purposes.
    pub purposes: Purposes,
}

/// The keys of an identity: 1 to [`MAX_KEYS`].
pub type Keys = Vec<Held>;

/// The purposes of `key` among `keys`. None if it is not among them.
pub fn purposes(keys: &[Held], key: &Key) -> Purposes {
    let held = keys.iter().find(|held| held.key == *key);
    held.map_or(0, |held| held.purposes)
}

/// Refuses unsound keys: each must be somebody's, be named once and have a purpose, and one that
/// can act must have `MANAGE`.
///
/// # Errors
/// `Access(ZeroAccount)`, `BadControl`.
pub fn check_keys(keys: &[Held]) -> Result<(), IdError> {
    let mut managed = false;
    for held in keys.iter() {
        only_somebodys(&held.key)?;
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

/// Refuses a key of zero bytes: see [`allive_access::NOBODY`]. For the zero address of Ethereum and
/// the zero commitment nobody has a key.
///
/// # Errors
/// `Access(ZeroAccount)`.
pub fn only_somebodys(key: &Key) -> Result<(), AccessError> {
    if key.is_nobodys() {
        return Err(AccessError::ZeroAccount);
    }
    Ok(())
}

/// Drops a key that leaves by its own word, unless the rest would not be sound.
pub fn drop_key(keys: &mut Keys, key: &Key) {
    let mut rest = keys.clone();
    rest.retain(|held| held.key != *key);
    if check_keys(&rest).is_ok() {
        *keys = rest;
    }
}

/// The guardians who can recover an identity together. They are identities, so they outlive their
/// own keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Guardians {
    /// The guardians: up to [`MAX_GUARDIANS`]. Without any there is no recovery.
    pub list: Vec<IdentityId>,
    /// How many of them must agree. 0 if there are none.
    pub threshold: u8,
}

impl Guardians {
    /// Refuses unsound guardians of `identity`: each must be named once, be one of the `count`
    /// identities, and not be `identity` itself. There must be at least as many as the threshold.
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

/// The keys and guardians of an identity.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Control {
    /// Its keys.
    pub keys: Keys,
    /// Its guardians.
    pub guardians: Guardians,
}

impl Control {
    /// Refuses keys or guardians that are not sound.
    ///
    /// # Errors
    /// `Access(ZeroAccount)`, `BadControl`.
    pub fn check(&self, identity: IdentityId, count: IdentityId) -> Result<(), IdError> {
        check_keys(&self.keys)?;
        self.guardians.check(identity, count)
    }
}
