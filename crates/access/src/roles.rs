use crate::AccessError;
use ink::primitives::AccountId;

/// Identifier of a role: the selector of its name, as in OpenBrush (`ink::selector_id!("MINTER")`).
pub type RoleType = u32;

/// Roles as messages. The owner of the contract grants and revokes them.
#[ink::trait_definition]
pub trait AccessControl {
    /// Whether `account` holds `role`.
    #[ink(message)]
    fn has_role(&self, role: RoleType, account: AccountId) -> bool;

    /// Gives `role` to `account`. Owner only.
    ///
    /// # Errors
    /// `CallerIsNotOwner`, `RoleRedundant`.
    #[ink(message)]
    fn grant_role(&mut self, role: RoleType, account: AccountId) -> Result<(), AccessError>;

    /// Takes `role` from `account`. Owner only.
    ///
    /// # Errors
    /// `CallerIsNotOwner`, `RoleIsPermanent`, `MissingRole` if `account` does not hold it.
    #[ink(message)]
    fn revoke_role(&mut self, role: RoleType, account: AccountId) -> Result<(), AccessError>;

    /// Lays down a role of the caller's own.
    ///
    /// # Errors
    /// `MissingRole`.
    #[ink(message)]
    fn renounce_role(&mut self, role: RoleType) -> Result<(), AccessError>;
}

/// An account was given a role.
#[ink::event]
pub struct RoleGranted {
    /// Which role.
    #[ink(topic)]
    pub role: RoleType,
    /// Who holds it now.
    #[ink(topic)]
    pub grantee: AccountId,
}

/// An account lost a role, or laid it down.
#[ink::event]
pub struct RoleRevoked {
    /// Which role.
    #[ink(topic)]
    pub role: RoleType,
    /// Who held it.
    #[ink(topic)]
    pub account: AccountId,
}
