use crate::{IdentityId, IdentityRegistry, Key, Points, Scope, Standing, Timestamp, Topic, Topics};
use allive_access::Account;
use allive_payments::Heirs;
use ink::{
    codegen::TraitCallBuilder,
    env::{self, DefaultEnvironment},
    primitives::{AccountId, LangError},
};

/// Olife ID did not answer: there is no contract, it trapped, or its answer cannot be decoded.
///
/// This is not the answer "no". The caller decides what follows; to refuse is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct NoAnswer;

/// Why an account does not inherit a holding of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum NotHeir {
    /// Olife ID did not answer.
    NoAnswer,
    /// Olife ID does not name the account as successor of the other.
    NotSuccessor,
    /// The holding came to the other account when that had left the identity.
    CameLater,
}

impl From<NoAnswer> for NotHeir {
    fn from(NoAnswer: NoAnswer) -> Self {
        Self::NoAnswer
    }
}

/// Olife ID at an address, called by other contracts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct OlifeIdClient(Account);

impl OlifeIdClient {
    /// Olife ID at `address`.
    pub const fn at(address: Account) -> Self {
        Self(address)
    }

    /// The address of Olife ID.
    pub const fn address(&self) -> &Account {
        &self.0
    }

    /// As [`IdentityRegistry::standing`](crate::IdentityRegistry::standing).
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub fn standing(
        &self,
        account: &AccountId,
        topics: Topics,
    ) -> Result<Option<Standing>, NoAnswer> {
        let registry = self.registry();
        let asked = registry.call().standing((*account).into(), topics);
        answered(asked.try_invoke())
    }

    /// As [`IdentityRegistry::standing_as`](crate::IdentityRegistry::standing_as).
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub fn standing_as(
        &self,
        account: &AccountId,
        organisation: IdentityId,
        topics: Topics,
    ) -> Result<Option<Standing>, NoAnswer> {
        let registry = self.registry();
        let asked = registry
            .call()
            .standing_as((*account).into(), organisation, topics);
        answered(asked.try_invoke())
    }

    /// As [`IdentityRegistry::standing_for`](crate::IdentityRegistry::standing_for).
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub fn standing_for(
        &self,
        account: &AccountId,
        principal: IdentityId,
        scope: Scope,
        topics: Topics,
    ) -> Result<Option<Standing>, NoAnswer> {
        let registry = self.registry();
        let asked = registry
            .call()
            .standing_for((*account).into(), principal, scope, topics);
        answered(asked.try_invoke())
    }

    /// Whether `account` acts for `principal` in this `scope` now.
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub fn represents(
        &self,
        account: &AccountId,
        principal: IdentityId,
        scope: Scope,
    ) -> Result<bool, NoAnswer> {
        let standing = self.standing_for(account, principal, scope, 0)?;
        Ok(standing.is_some())
    }

    /// As [`IdentityRegistry::holds`](crate::IdentityRegistry::holds).
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub fn holds(&self, key: Key, topic: Topic) -> Result<bool, NoAnswer> {
        answered(self.registry().call().holds(key, topic).try_invoke())
    }

    /// As [`IdentityRegistry::attests`](crate::IdentityRegistry::attests).
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub fn attests(
        &self,
        account: &AccountId,
        topic: Topic,
    ) -> Result<Option<IdentityId>, NoAnswer> {
        let registry = self.registry();
        let asked = registry.call().attests((*account).into(), topic);
        answered(asked.try_invoke())
    }

    /// As [`IdentityRegistry::identity_of`](crate::IdentityRegistry::identity_of).
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub fn identity_of(&self, account: &AccountId) -> Result<Option<IdentityId>, NoAnswer> {
        answered(
            self.registry()
                .call()
                .identity_of((*account).into())
                .try_invoke(),
        )
    }

    /// As [`IdentityRegistry::has_role`](crate::IdentityRegistry::has_role).
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub fn has_role(&self, account: &AccountId, role: Topic) -> Result<bool, NoAnswer> {
        answered(
            self.registry()
                .call()
                .has_role((*account).into(), role)
                .try_invoke(),
        )
    }

    /// As [`IdentityRegistry::trust`](crate::IdentityRegistry::trust).
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub fn trust(&self, account: &AccountId) -> Result<Points, NoAnswer> {
        answered(self.registry().call().trust((*account).into()).try_invoke())
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
        let registry = self.registry();
        let asked = registry
            .call()
            .successor_since((*account).into(), (*former).into());
        answered(asked.try_invoke())
    }

    /// Refuses unless `heir` inherits a holding that `former` has had since this moment: it must
    /// have come before `former` left the identity. Returns the moment at which `former` left. The
    /// contract stores it as the moment since which the heir has the holding: `heir` itself leaves
    /// later, so its own heirs inherit the holding, whatever `heir` does in its last block.
    ///
    /// # Errors
    /// [`NotHeir`].
    pub fn inherits(
        &self,
        heir: &AccountId,
        former: &AccountId,
        since: Timestamp,
    ) -> Result<Timestamp, NotHeir> {
        let left = self.successor_since(heir, former)?;
        let left = left.ok_or(NotHeir::NotSuccessor)?;
        // A holding that came at that very moment may have come after it, so the other account
        // keeps it.
        if since < left {
            Ok(left)
        } else {
            Err(NotHeir::CameLater)
        }
    }

    fn registry(&self) -> ink::contract_ref!(IdentityRegistry, DefaultEnvironment) {
        (*self.0).into()
    }
}

impl Heirs for OlifeIdClient {
    type Error = NotHeir;

    fn inherits(
        &self,
        heir: &AccountId,
        former: &AccountId,
        since: Timestamp,
    ) -> Result<Timestamp, NotHeir> {
        self.inherits(heir, former, since)
    }
}

fn answered<T>(answer: Result<Result<T, LangError>, env::Error>) -> Result<T, NoAnswer> {
    match answer {
        Ok(Ok(value)) => Ok(value),
        _ => Err(NoAnswer),
    }
}
