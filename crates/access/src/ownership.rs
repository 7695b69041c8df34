use crate::AccessError;
use ink::primitives::AccountId;

/// One account that holds the power of administration, handed over in two steps so that it cannot
/// be lost to an address nobody controls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Ownership {
    /// The owner; `None` once ownership was renounced, for good.
    pub owner: Option<AccountId>,
    /// The account that may accept ownership.
    pub pending: Option<AccountId>,
}

impl Ownership {
    /// Ownership by `owner`, with nothing offered.
    pub fn new(owner: AccountId) -> Self {
        Self {
            owner: Some(owner),
            pending: None,
        }
    }

    /// Refuses everybody but the owner.
    ///
    /// # Errors
    /// [`AccessError::CallerIsNotOwner`].
    pub fn only_owner(&self, caller: AccountId) -> Result<(), AccessError> {
        if self.owner == Some(caller) {
            Ok(())
        } else {
            Err(AccessError::CallerIsNotOwner)
        }
    }

    /// First step: the owner offers ownership to `candidate`, in place of any earlier offer.
    /// `None` withdraws the offer.
    ///
    /// # Errors
    /// [`AccessError::CallerIsNotOwner`].
    pub fn offer(
        &mut self,
        caller: AccountId,
        candidate: Option<AccountId>,
    ) -> Result<(), AccessError> {
        self.only_owner(caller)?;
        self.pending = candidate;
        Ok(())
    }

    /// Second step: the candidate takes over. Returns the previous owner.
    ///
    /// # Errors
    /// [`AccessError::CallerIsNotPendingOwner`].
    pub fn accept(&mut self, caller: AccountId) -> Result<Option<AccountId>, AccessError> {
        if self.pending != Some(caller) {
            return Err(AccessError::CallerIsNotPendingOwner);
        }
        self.pending = None;
        Ok(self.owner.replace(caller))
    }
}

/// Two-step ownership as messages.
#[ink::trait_definition]
pub trait Ownable {
    /// The owner, if there is one.
    #[ink(message)]
    fn owner(&self) -> Option<AccountId>;

    /// The account to which ownership was offered and which has not accepted yet.
    #[ink(message)]
    fn pending_owner(&self) -> Option<AccountId>;

    /// Offers ownership to `new_owner`, who becomes owner by
    /// [`accept_ownership`](Self::accept_ownership). `None` withdraws an offer. Owner only.
    ///
    /// # Errors
    /// `CallerIsNotOwner`.
    #[ink(message)]
    fn transfer_ownership(&mut self, new_owner: Option<AccountId>) -> Result<(), AccessError>;

    /// Accepts ownership that was offered to the caller.
    ///
    /// # Errors
    /// `CallerIsNotPendingOwner`.
    #[ink(message)]
    fn accept_ownership(&mut self) -> Result<(), AccessError>;
}

/// Ownership was offered, or the offer withdrawn.
#[ink::event]
pub struct OwnershipTransferStarted {
    /// Who may accept now.
    #[ink(topic)]
    pub new_owner: Option<AccountId>,
}

/// Ownership changed hands.
#[ink::event]
pub struct OwnershipTransferred {
    /// The owner before.
    pub previous_owner: Option<AccountId>,
    /// The owner now.
    #[ink(topic)]
    pub new_owner: Option<AccountId>,
}
