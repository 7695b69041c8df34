use crate::{only_somebody, AccessError, Account};
use ink::primitives::AccountId;

/// The account that administers a contract. Ownership changes in two steps, so that it cannot be
/// lost to an address that nobody controls.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Ownership {
    /// The owner.
    pub owner: Account,
    /// The account that may accept ownership.
    pub pending: Option<Account>,
}

impl Ownership {
    /// Ownership by `owner`, without a pending owner.
    pub fn new(owner: Account) -> Self {
        Self {
            owner,
            pending: None,
        }
    }

    /// Refuses everybody but the owner.
    ///
    /// # Errors
    /// [`AccessError::CallerIsNotOwner`].
    pub fn only_owner(&self, caller: &AccountId) -> Result<(), AccessError> {
        if *self.owner == *caller {
            Ok(())
        } else {
            Err(AccessError::CallerIsNotOwner)
        }
    }

    /// First step: the owner offers ownership to `candidate`. This replaces any earlier offer;
    /// `None` withdraws it.
    ///
    /// # Errors
    /// [`AccessError::CallerIsNotOwner`]; [`AccessError::ZeroAccount`] if the candidate is nobody.
    pub fn offer(
        &mut self,
        caller: &AccountId,
        candidate: Option<Account>,
    ) -> Result<(), AccessError> {
        self.only_owner(caller)?;
        if let Some(candidate) = &candidate {
            only_somebody(candidate)?;
        }
        self.pending = candidate;
        Ok(())
    }

    /// Second step: the candidate takes over.
    ///
    /// # Errors
    /// [`AccessError::CallerIsNotPendingOwner`].
    pub fn accept(&mut self, caller: &AccountId) -> Result<(), AccessError> {
        match self.pending.take() {
            Some(candidate) if *candidate == *caller => {
                self.owner = candidate;
                Ok(())
            }
            other => {
                self.pending = other;
                Err(AccessError::CallerIsNotPendingOwner)
            }
        }
    }
}

/// Two-step ownership as messages.
#[ink::trait_definition]
pub trait Ownable {
    /// The owner, if there is one.
    #[ink(message)]
    fn owner(&self) -> Option<Account>;

    /// The account to which ownership was offered and which has not accepted yet.
    #[ink(message)]
    fn pending_owner(&self) -> Option<Account>;

    /// Owner: offers ownership to `new_owner`, who becomes owner by
    /// [`accept_ownership`](Self::accept_ownership). `None` withdraws an offer.
    ///
    /// # Errors
    /// `CallerIsNotOwner`, `ZeroAccount`.
    #[ink(message)]
    fn transfer_ownership(&mut self, new_owner: Option<Account>) -> Result<(), AccessError>;

    /// Pending owner: accepts ownership that was offered to the caller.
    ///
    /// # Errors
    /// `CallerIsNotPendingOwner`.
    #[ink(message)]
    fn accept_ownership(&mut self) -> Result<(), AccessError>;
}

/// Ownership was offered or accepted, or an offer was withdrawn. The fields hold the new state.
#[ink::event]
pub struct OwnershipChanged {
    /// The owner.
    pub owner: Account,
    /// Who may accept ownership.
    pub pending: Option<Account>,
}
