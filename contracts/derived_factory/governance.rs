use crate::{Durations, Rules};
use allive_access::{Account, Announced, Ownership, PauseTerms};
use allive_olife_id_interface::Identities;
use allive_signatures::ChainId;
use ink::primitives::Hash;

/// The codes that a factory works with, by their hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Codes {
    /// Of the tokens that it creates.
    pub token: Hash,
    /// Of the office, to which it hands on what is rare.
    pub office: Hash,
}

/// What a factory begins with, and what of it never changes but the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Charter {
    /// Who receives what the holders of a failed DAPP's token did not claim.
    pub remainder_to: Account,
    /// The first rules.
    pub rules: Rules,
    /// How long things take.
    pub durations: Durations,
    /// How long a pause lasts, and how long the next must wait.
    pub pause: PauseTerms,
    /// Genesis hash of the chain, which vouchers bind.
    pub chain: ChainId,
    /// Olife ID, which says whose keys were recovered.
    pub identities: Identities,
}

/// Who governs the factory, by which rules, and what the constructor fixed for good.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Governance {
    /// Announces rules, accuses and decides, pauses.
    pub ownership: Ownership,
    /// The rules for whoever registers now.
    pub rules: Rules,
    /// The rules that come after their notice.
    pub next_rules: Option<Announced<Rules>>,
    /// How long things take.
    pub durations: Durations,
    /// How long a pause lasts, and how long the next must wait.
    pub pause: PauseTerms,
    /// The codes of the tokens and of the office.
    pub codes: Codes,
    /// Who receives what the holders of a failed DAPP's token did not claim.
    pub remainder_to: Account,
    /// Genesis hash of the chain.
    pub chain: ChainId,
    /// Olife ID.
    pub identities: Identities,
}
