use crate::{AccessError, Account};

/// Identifier of a role: the selector of its name, as in OpenBrush (`ink::selector_id!("MINTER")`).
pub type RoleType = u32;

/// Roles as messages. The owner of the contract grants and revokes them.
#[ink::trait_definition]
pub trait AccessControl {
    /// Whether `account` holds `role`.
    #[ink(message)]
    fn has_role(&self, role: RoleType, account: Account) -> bool;

    /// Owner: grants `role` to `account`.
    ///
    /// # Errors
    /// `CallerIsNotOwner`, `ZeroAccount`, `RoleRedundant`.
    #[ink(message)]
    fn grant_role(&mut self, role: RoleType, account: Account) -> Result<(), AccessError>;

    /// Owner: revokes `role` of `account`.
    ///
    /// # Errors
    /// `CallerIsNotOwner`, `RoleIsPermanent`, `MissingRole` if `account` does not hold it.
    #[ink(message)]
    fn revoke_role(&mut self, role: RoleType, account: Account) -> Result<(), AccessError>;

    /// Holder of the role: renounces it.
    ///
    /// # Errors
    /// `MissingRole`.
    #[ink(message)]
    fn renounce_role(&mut self, role: RoleType) -> Result<(), AccessError>;
}

/// A role was granted to an account, revoked or renounced.
#[ink::event]
pub struct RoleChanged {
    /// Which role.
    pub role: RoleType,
    /// Whose.
    pub account: Account,
    /// Whether the account holds the role now.
    pub held: bool,
}
