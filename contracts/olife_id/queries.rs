//! Queries of front ends: one message reads any cell.

use crate::{
    Bond, Class, Delegation, Former, Identity, Issuer, Key, Link, Mandates, OlifeId, Pair, Purse,
    Setup, Vouch,
};
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
    /// What the first identity said of the second as its delegate.
    Delegation(IdentityId, IdentityId),
    /// All mandates of a pair, also those that do not count, and when they were ended.
    Mandates(Pair),
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
    /// An appointment or a dismissal of a delegate.
    Delegation(Delegation),
    /// Mandates of a pair.
    Mandates(Mandates),
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

impl OlifeId {
    #[inline(never)]
    pub(crate) fn cell(&self, query: Query) -> Option<Stored> {
        let stored = &self.registry;
        Some(match query {
            Query::Identity(identity) => Stored::Identity(stored.identities.get(identity)?),
            Query::Attestations(identity, topic) => {
                Stored::Attestations(stored.classes.get((identity, topic))?)
            }
            Query::Issuer(identity) => Stored::Issuer(stored.issuers.get(identity)?),
            Query::Delegation(organisation, delegate) => {
                Stored::Delegation(stored.delegations.get((organisation, delegate))?)
            }
            Query::Mandates(pair) => Stored::Mandates(stored.mandates.get(pair)?),
            Query::Vouches(identity) => Stored::Vouches(stored.vouches.get(identity)?),
            Query::Bond(voucher, subject) => Stored::Bond(stored.bonds.get((voucher, subject))?),
            Query::Purse(identity) => Stored::Purse(stored.purses.get(identity)?),
            Query::Former(key) => Stored::Former(stored.formers.get(key)?),
            Query::Key(key) => Stored::Key(stored.keys.get(key)?),
            Query::Owed => Stored::Owed(self.owed.sum()),
            Query::Setup => Stored::Setup(self.setup()),
        })
    }
}
