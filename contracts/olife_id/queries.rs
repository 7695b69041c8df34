//! How front ends read everything that is stored, by one message.

use crate::{Bond, Class, Former, Identity, Issuer, Key, Link, Purse, Setup, Vouch};
use allive_olife_id_interface::{IdentityId, Topic};
use ink::prelude::vec::Vec;

/// What can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Query {
    /// An identity.
    Identity(IdentityId),
    /// What was attested of an identity about a topic, whatever counts of it.
    Attestations(IdentityId, Topic),
    /// What an identity is approved for as an issuer.
    Issuer(IdentityId),
    /// The vouches that an identity accepts.
    Vouches(IdentityId),
    /// What the first identity staked on the second.
    Bond(IdentityId, IdentityId),
    /// What an identity has here, and how many points it vouches with.
    Purse(IdentityId),
    /// Which numbers a key used in signed requests, of 64 from this times 64 on; the lowest bit is
    /// the first.
    Nonces(Key, u64),
    /// Which identity took the place of a key.
    Former(Key),
    /// Which identity this is a key of, whatever it may do.
    Key(Key),
    /// All ALV that lies here for somebody. This contract never holds less.
    Held,
    /// What the constructor fixed.
    Setup,
}

/// What a [`Query`] finds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Stored {
    /// An identity.
    Identity(Identity),
    /// Attestations of a topic.
    Attestations(Class),
    /// What an issuer is approved for.
    Issuer(Issuer),
    /// Accepted vouches.
    Vouches(Vec<Vouch>),
    /// A bond.
    Bond(Bond),
    /// A purse.
    Purse(Purse),
    /// 64 numbers.
    Nonces(u64),
    /// An identity that took the place of a key.
    Former(Former),
    /// An identity that has the key.
    Key(Link),
    /// ALV, in its smallest unit.
    Held(u128),
    /// What is fixed.
    Setup(Setup),
}
