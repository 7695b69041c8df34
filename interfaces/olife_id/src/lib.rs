//! What other contracts ask Olife ID, in one call each: who stands behind an account and what it
//! may do now, whether a key may attest, and whether an account inherits from another.

#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

mod client;
mod key;
pub mod scope;
mod topic;

pub use client::{NoAnswer, NotHeir, OlifeIdClient};
pub use key::Key;
pub use scope::Scope;
pub use topic::{Topic, Topics};

pub use allive_access::Timestamp;

use allive_access::Account;

/// The number of an identity, counted from 0. It outlives keys.
pub type IdentityId = u64;

/// Points of trust.
pub type Points = u32;

/// Who stands behind an account now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Standing {
    /// The identity for which the account may act.
    pub identity: IdentityId,
    /// Those of the topics that were asked for which are attested of the identity now.
    pub held: Topics,
    /// The trust score, if `Known` was asked for. Otherwise 0.
    pub trust: Points,
}

/// The queries for other contracts. They change nothing and never fail: an unknown account has no
/// identity, no role and no trust, and nobody holds a topic that nobody has heard of. A frozen
/// identity and one that was proved false have no standing.
#[ink::trait_definition]
pub trait IdentityRegistry {
    /// Who stands behind `account` now, which of these `topics` it holds, and how far it is
    /// trusted. None if the account may act for no identity. Only what was asked for is read: the
    /// trust score only if `Known` is among the topics.
    #[ink(message)]
    fn standing(&self, account: Account, topics: Topics) -> Option<Standing>;

    /// How the organisation stands for which `account` acts now: as its own key, for all topics; or
    /// as a delegate, for those that the organisation delegated to the identity of `account`.
    /// `held` are those of the `topics` that are delegated and that the organisation holds now, and
    /// the trust is the organisation's, if `Known` is among them. None if none of the topics is
    /// delegated. A delegate delegates nothing further.
    #[ink(message)]
    fn standing_as(
        &self,
        account: Account,
        organisation: IdentityId,
        topics: Topics,
    ) -> Option<Standing>;

    /// How the `principal` stands for whom `account` acts now: as its own key, or as a
    /// representative whose mandate covers all of this `scope`. None if neither is so. For a
    /// representative only [`PERSONAL`](Topic::PERSONAL) topics count, and none while the principal
    /// is frozen. A principal that is attested to be an `adult` has no representative. Without a
    /// scope only its own keys act.
    #[ink(message)]
    fn standing_for(
        &self,
        account: Account,
        principal: IdentityId,
        scope: Scope,
        topics: Topics,
    ) -> Option<Standing>;

    /// Whether `key` may act now for an identity of which `topic` is attested now. For keys that
    /// are no accounts, such as an Ethereum address.
    #[ink(message)]
    fn holds(&self, key: Key, topic: Topic) -> bool;

    /// The issuer for which `account` may attest `topic` now: the account is a key with the purpose
    /// to attest, and the issuer is approved for the topic, neither frozen nor proved false. A
    /// contract that is shown a signature asks this before it believes it.
    #[ink(message)]
    fn attests(&self, account: Account, topic: Topic) -> Option<IdentityId>;

    /// The identity for which `account` may act now. None while the identity is frozen, after it
    /// was proved false, and for a key without the purpose to act.
    #[ink(message)]
    fn identity_of(&self, account: Account) -> Option<IdentityId>;

    /// Whether `account` may act now for an identity that holds `role` now: an issuer that is
    /// approved for the role attested it, and the attestation neither expired nor was revoked.
    #[ink(message)]
    fn has_role(&self, account: Account, role: Topic) -> bool;

    /// The trust score now of the identity for which `account` may act. 0 if there is none.
    #[ink(message)]
    fn trust(&self, account: Account) -> Points;

    /// The moment at which `former` lost the purpose `HOLD` for the identity for which `account`
    /// has it now. Holdings of keys with this purpose belong to the identity. A contract can pass
    /// to `account` what `former` held before that moment. None if there is no such moment, and
    /// while the identity is frozen.
    #[ink(message)]
    fn successor_since(&self, account: Account, former: Account) -> Option<u64>;
}
