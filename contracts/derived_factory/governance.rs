//! What is the same for all DAPPs: the owner, the rules, and what the constructor fixed.

use crate::{error::Result, terms::is_nobody, Durations, FactoryError, Rules};
use allive_access::{AccessError, Account, Announced, Ownership, PauseTerms};
use allive_olife_id_interface::OlifeIdClient;
use allive_requests::ChainId;
use ink::primitives::Hash;

/// The constructor's arguments. Only the rules can change later.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Charter {
    /// The remainder account: it receives what nobody claims of a pot.
    pub remainder_to: Account,
    /// The first rules.
    pub rules: Rules,
    /// How long things take.
    pub durations: Durations,
    /// How long a pause lasts, and the cooldown before the next.
    pub pause: PauseTerms,
    /// Genesis hash of the chain, which signatures bind.
    pub chain: ChainId,
    /// The Olife ID contract that decides who inherits.
    pub identities: OlifeIdClient,
}

impl Charter {
    /// The first governance of a factory, with this owner.
    ///
    /// # Errors
    /// `BadRemainder`, `UnsoundRules`, `UnsoundDurations`, `Access(UnsoundPauseTerms)`.
    pub(crate) fn governance(self, owner: Account, token_code: Hash) -> Result<Governance> {
        if is_nobody(&self.remainder_to) {
            return Err(FactoryError::BadRemainder);
        }
        if !self.rules.are_sound() {
            return Err(FactoryError::UnsoundRules);
        }
        if !self.durations.are_sound() {
            return Err(FactoryError::UnsoundDurations);
        }
        if !self.pause.are_sound() {
            return Err(AccessError::UnsoundPauseTerms.into());
        }
        Ok(Governance {
            ownership: Ownership::new(owner),
            rules: self.rules,
            next_rules: None,
            durations: self.durations,
            pause: self.pause,
            token_code,
            remainder_to: self.remainder_to,
            chain: self.chain,
            identities: self.identities,
        })
    }
}

/// Who governs the factory, by which rules, and what the constructor fixed for good.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Governance {
    /// The owner, who announces rules, accuses, decides and pauses.
    pub ownership: Ownership,
    /// The rules for DAPPs that register now.
    pub rules: Rules,
    /// The announced rules.
    pub next_rules: Option<Announced<Rules>>,
    /// How long things take.
    pub durations: Durations,
    /// How long a pause lasts, and the cooldown before the next.
    pub pause: PauseTerms,
    /// Hash of the code of the tokens.
    pub token_code: Hash,
    /// The remainder account: it receives what nobody claims of a pot.
    pub remainder_to: Account,
    /// Genesis hash of the chain.
    pub chain: ChainId,
    /// Olife ID.
    pub identities: OlifeIdClient,
}
