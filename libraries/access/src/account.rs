use crate::AccessError;
use allive_storage::Boxed;
use ink::primitives::AccountId;

/// An [`AccountId`] as an argument or in storage, behind a pointer: see [`Boxed`].
pub type Account = Boxed<AccountId>;

/// The account of 32 zero bytes. It is nobody: a constant signature is valid for it, so that
/// everybody can act for it. It is also what front ends send for a field that was left empty.
pub const NOBODY: AccountId = AccountId([0; 32]);

/// Refuses [`NOBODY`] wherever an account is given an authority.
///
/// # Errors
/// [`AccessError::ZeroAccount`].
#[inline(never)]
pub fn only_somebody(account: &AccountId) -> Result<(), AccessError> {
    if *account == NOBODY {
        return Err(AccessError::ZeroAccount);
    }
    Ok(())
}
