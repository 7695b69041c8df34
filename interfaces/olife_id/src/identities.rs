use crate::{IdentityId, Points, Timestamp, Topic};
use allive_access::Account;
use allive_psp22_interface::{ask, standard::Selector};
use ink::{
    primitives::AccountId,
    scale::{Decode, Encode},
};

/// Olife ID did not answer: there is no contract, it trapped, or its answer means nothing.
///
/// No answer is not the answer "no". Whoever asks decides what follows; to refuse is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct NoAnswer;

/// Why an account does not inherit what a contract keeps for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum NotHeir {
    /// Olife ID did not answer.
    NoAnswer,
    /// Olife ID does not say that the one follows the other.
    NotSuccessor,
    /// It came to the other account when that was no key of the identity any more.
    CameLater,
}

impl From<NoAnswer> for NotHeir {
    fn from(NoAnswer: NoAnswer) -> Self {
        Self::NoAnswer
    }
}

/// Olife ID, as a contract that asks it holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Identities(Account);

const IDENTITY_OF: Selector = ink::selector_bytes!("IdentityRegistry::identity_of");
const HAS_ROLE: Selector = ink::selector_bytes!("IdentityRegistry::has_role");
const TRUST: Selector = ink::selector_bytes!("IdentityRegistry::trust");
const SUCCESSOR_SINCE: Selector = ink::selector_bytes!("IdentityRegistry::successor_since");

impl Identities {
    /// Olife ID at `address`.
    pub const fn at(address: Account) -> Self {
        Self(address)
    }

    /// Where Olife ID is.
    pub const fn address(&self) -> &Account {
        &self.0
    }

    /// As [`IdentityRegistry::identity_of`](crate::IdentityRegistry::identity_of).
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub fn identity_of(&self, account: &AccountId) -> Result<Option<IdentityId>, NoAnswer> {
        self.ask(&(IDENTITY_OF, account))
    }

    /// As [`IdentityRegistry::has_role`](crate::IdentityRegistry::has_role).
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub fn has_role(&self, account: &AccountId, role: Topic) -> Result<bool, NoAnswer> {
        self.ask(&(HAS_ROLE, account, role))
    }

    /// As [`IdentityRegistry::trust`](crate::IdentityRegistry::trust).
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub fn trust(&self, account: &AccountId) -> Result<Points, NoAnswer> {
        self.ask(&(TRUST, account))
    }

    /// As [`IdentityRegistry::successor_since`](crate::IdentityRegistry::successor_since).
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub fn successor_since(
        &self,
        account: &AccountId,
        former: &AccountId,
    ) -> Result<Option<Timestamp>, NoAnswer> {
        self.ask(&(SUCCESSOR_SINCE, account, former))
    }

    /// Whether `heir` inherits what came to `former` at the moment `came`: before `former` left the
    /// identity that inherits what it held.
    ///
    /// # Errors
    /// [`NotHeir`].
    pub fn inherits(
        &self,
        heir: &AccountId,
        former: &AccountId,
        came: Timestamp,
    ) -> Result<(), NotHeir> {
        let left = self.successor_since(heir, former)?;
        // What came in that very moment may have come after it: the other account keeps it.
        if came < left.ok_or(NotHeir::NotSuccessor)? {
            Ok(())
        } else {
            Err(NotHeir::CameLater)
        }
    }

    fn ask<R: Decode>(&self, question: &impl Encode) -> Result<R, NoAnswer> {
        ask(&self.0, question).map_err(|_| NoAnswer)
    }
}
