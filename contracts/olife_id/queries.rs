//! Queries of front ends: one message reads any cell.

use crate::{Bond, Class, Former, Identity, Issuer, Key, Link, Purse, Setup, Vouch};
use allive_olife_id_interface::{IdentityId, Topic};
use ink::prelude::vec::Vec;

/// The cell to read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Query {
    /// An identity.
    Identity(IdentityId),
    /// All attestations of an identity about a topic, also those that do not count.
    Attestations(IdentityId, Topic),
    /// The approval of an issuer.
    Issuer(IdentityId),
    /// The vouches that an identity accepts.
    Vouches(IdentityId),
    /// The bond of the first identity for the second.
    Bond(IdentityId, IdentityId),
    /// The purse of an identity, and how many points it vouches with.
    Purse(IdentityId),
    /// Which identity inherits from a key.
    Former(Key),
    /// The identity of a key.
    Key(Key),
    /// The sum of all purses and bonds. The contract never holds less ALV.
    Owed,
    /// The constructor's arguments.
    Setup,
}

/// The cell that a [`Query`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Stored {
    /// An identity.
    Identity(Identity),
    /// Attestations of a topic.
    Attestations(Class),
    /// The approval of an issuer.
    Issuer(Issuer),
    /// Accepted vouches.
    Vouches(Vec<Vouch>),
    /// A bond.
    Bond(Bond),
    /// A purse.
    Purse(Purse),
    /// The identity that inherits from a key.
    Former(Former),
    /// The identity of a key.
    Key(Link),
    /// ALV, in its smallest unit.
    Owed(u128),
    /// The constructor's arguments.
    Setup(Setup),
}
